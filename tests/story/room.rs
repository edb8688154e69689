//! Stories of a class, told in memory: an instructor who watches (`start: watch`) or a learner who is asked (`start: learner`),
//! and between the keys what others do (`then: ana answers 2 trust`, `then: wait 200 s`).

use std::{collections::BTreeSet, fs, path::PathBuf};

use respline::{
    app::{Goal, Input},
    store::{Memory, Store},
};

use super::{
    script::{Event, Story},
    support::{
        class::{CLASS, Happenings, of},
        packs,
        program::{LEARNER, Program, still},
    },
};

fn folder() -> PathBuf {
    super::folder().join("room")
}

/// The screens that the steps of `story` give.
fn screens(story: &Story) -> Vec<Vec<String>> {
    let mut opening = packs::opening(packs::small());
    opening.size = story.size;
    opening.look.ascii = story.ascii;
    let class = of(&opening, CLASS);
    let mut happenings = Happenings::new(&opening, &class);
    opening.rooms = vec![happenings.room()];
    opening.goal = Some(if story.start == "watch" { Goal::Watch("c".into()) } else { Goal::Home });
    let mut store = Memory::default();
    store.append(LEARNER, &[still()]).expect("memory takes it");
    let mut program = Program::start(&opening, &store, 1);
    let mut screens = Vec::new();
    for step in story.steps() {
        match &step.event {
            Event::Keys(keys) => {
                program.press(keys);
            }
            Event::Resize(size) => program.take(Input::Resize(*size)),
            Event::Restart(arguments) => panic!("no room is restarted with '{arguments}'"),
            Event::Then(sentences) => then(&mut program, &mut happenings, sentences),
        }
        assert!(!story.ascii || program.screen().join("").is_ascii(), "'{}' draws more than ASCII", step.line);
        screens.push(program.screen());
    }
    screens
}

/// Lets things happen, one after the other, each a second after the one before.
fn then(program: &mut Program, happenings: &mut Happenings, sentences: &str) {
    for sentence in sentences.split(',').map(str::trim) {
        if let Some(seconds) = sentence.strip_prefix("wait ") {
            let seconds: i64 = seconds.trim_end_matches(" s").parse().expect("seconds");
            program.wait(seconds * 1_000);
            continue;
        }
        if let Some(poll) = program.state().cx.rooms[0].ledger.polls().last() {
            happenings.asked(poll.id, &poll.scenario, &poll.layer);
        }
        program.wait(1_000);
        program.take(happenings.happen(program.now(), sentence));
    }
    program.wait(1_000);
}

fn tell(name: &str) {
    let path = folder().join(format!("{name}.txt"));
    let story = Story::parse(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    let screens = screens(&story);
    if std::env::var_os("UPDATE_STORIES").is_some() {
        fs::write(path, story.with(&screens)).expect("it can be written");
        return;
    }
    for (step, screen) in story.steps().zip(screens) {
        let (want, have) = (step.screen.join("\n"), screen.join("\n"));
        assert!(want == have, "after '{}' the screen should be\n{want}\nand is\n{have}", step.line);
    }
}

macro_rules! rooms {
    ($($name:ident),* $(,)?) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
        $(#[test]
        fn $name() {
            tell(stringify!($name));
        })*
    };
}

rooms! {
    asked,
    instructor,
    narrow,
    poll,
    wide,
}

#[test]
fn every_room_is_told() {
    let files = fs::read_dir(folder()).expect("it is there").map(|entry| entry.expect("it can be read").path());
    let names: BTreeSet<String> =
        files.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    assert_eq!(names, NAMES.iter().map(|name| (*name).to_owned()).collect());
}
