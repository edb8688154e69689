//! Stories: key scripts with the screens they must give, told in memory and on a real terminal.
//!
//! `UPDATE_STORIES=1 cargo test --test story` rewrites the screens; read them before they are committed.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod here;
mod marks;
mod memory;
mod room;
mod script;
#[path = "../support/mod.rs"]
mod support;
mod terminal;

use std::{collections::BTreeSet, fs, path::PathBuf};

use script::Story;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/story")
}

fn read(name: &str) -> Story {
    let path = folder().join(format!("{name}.txt"));
    Story::parse(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn tell_in_memory(name: &str) {
    let story = read(name);
    let screens = memory::screens(&story);
    if std::env::var_os("UPDATE_STORIES").is_some() {
        fs::write(folder().join(format!("{name}.txt")), story.with(&screens)).expect("it can be written");
        return;
    }
    for (step, screen) in story.steps().zip(screens) {
        let (want, have) = (step.screen.join("\n"), screen.join("\n"));
        assert!(want == have, "after '{}' the screen should be\n{want}\nand is\n{have}", step.line);
    }
}

macro_rules! stories {
    ($($name:ident),* $(,)?) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
        $(mod $name {
            #[test]
            fn in_memory() {
                super::tell_in_memory(stringify!($name));
            }

            #[test]
            fn on_a_terminal() {
                super::terminal::tell(&super::read(stringify!($name)), &super::here::Here);
            }
        })*
    };
}

stories! {
    ascii,
    breach,
    breach_narrow,
    breach_wide,
    checkpoint,
    drill,
    exam,
    exercise,
    exercise_narrow,
    exercise_wide,
    first_start,
    glossary,
    lesson,
    lesson_narrow,
    lesson_wide,
    mouse,
    moving,
    moving_narrow,
    moving_wide,
    no_colour,
    review,
    screens,
    test_out,
}

#[test]
fn every_file_is_told() {
    let files = fs::read_dir(folder()).expect("it is there").map(|entry| entry.expect("it can be read").path());
    let stories = files.filter(|path| path.extension().is_some_and(|end| end == "txt"));
    let names: BTreeSet<String> =
        stories.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    assert_eq!(names, NAMES.iter().map(|name| (*name).to_owned()).collect());
}
