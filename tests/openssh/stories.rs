//! The key stories of the local tutor, told over a link: the same screens.

use std::{fs, path::Path};

use super::{
    script::Story,
    support::pty::Pty,
    terminal::{Host, tell},
    training_box::{TrainingBox, program},
};

impl Host for TrainingBox {
    /// What a story starts with is the forced command of its client. The tutor by itself is what guests get.
    fn start(&self, story: &Story, arguments: &str, database: &Path, size: (u16, u16)) -> Pty {
        let restricted = if arguments.is_empty() { "--restricted --learner local" } else { "" };
        self.admit("ann", &format!("{} {arguments} {restricted}", program(database)));
        let language = if story.ascii { "LANG=C" } else { "LANG=C.UTF-8" };
        let colour = if story.no_colour { "NO_COLOR=1" } else { "" };
        self.terminal("ann", &["-o", &format!("SetEnv={language} {colour}")], size)
    }

    fn wait_gone(&self, database: &Path) {
        self.wait_left(database);
    }
}

fn over_a_link(name: &str) {
    let path = format!("{}/tests/story/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let story = Story::parse(&fs::read_to_string(path).expect("it is there"));
    tell(&story, &TrainingBox::start());
}

macro_rules! stories {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        #[ignore = "needs openssh-server and openssh-client"]
        fn $name() {
            over_a_link(stringify!($name));
        })*
    };
}

stories! { ascii, checkpoint, exam, exercise, exercise_narrow, first_start, lesson, mouse, no_colour, screens }
