//! A program standing on every screen there is.

use std::sync::Arc;

use respline::{
    app::{Goal, Screen},
    classroom::{Act, Assignment, Feedback, Task},
    course::{Drill, Timestamp},
    store::{Memory, Store},
};

use super::{
    class::{CLASS, Happenings, of},
    moody::Moody,
    program::{LEARNER, Opening, Program, learnt},
    rooms,
};

/// A program and what it stands on.
pub(crate) struct Stand {
    pub(crate) name: String,
    pub(crate) program: Program,
}

fn stand(name: &str, program: Program) -> Stand {
    Stand { name: name.to_owned(), program }
}

/// Where these keys lead on the moving line.
const MOVING: [(&str, &str); 5] = [
    ("moving line", ""),
    ("moving line, next mode", "[ ]"),
    ("what moves, stories", "e"),
    ("what moves", "e enter"),
    ("what moves, explained", "e enter m"),
];

/// Every screen, of a pack with a lesson and a scenario by these names.
pub(crate) fn everywhere(opening: &Opening, lesson: &str, scenario: &str) -> Vec<Stand> {
    let mut stands = alone(opening, lesson, scenario);
    stands.extend(assigned(opening, scenario));
    stands
}

/// Every screen but those of work that is set.
pub(crate) fn alone(opening: &Opening, lesson: &str, scenario: &str) -> Vec<Stand> {
    let mut stands = own(opening, lesson, scenario);
    stands.extend(watched(opening, scenario));
    stands.extend(breaches(opening, scenario));
    stands
}

/// Every screen of who learns alone.
fn own(opening: &Opening, lesson: &str, scenario: &str) -> Vec<Stand> {
    let opened = |goal: Option<Goal>, keys: &str| {
        let store = Memory::default();
        let mut program = Program::start(&Opening { goal, ..opening.clone() }, &store, 1);
        program.press(keys);
        program
    };
    let read = || Some(Goal::Read { lesson: lesson.to_owned(), at: None });
    let play = || Some(Goal::Practice(scenario.to_owned()));
    let mut stands = vec![
        stand("welcome", opened(None, "")),
        stand("home", opened(Some(Goal::Home), "")),
        stand("home, all unfolded", opened(Some(Goal::Home), "G up up up up up up up up up space up space")),
        stand("lesson", opened(read(), "")),
        stand("lesson, at its end", opened(read(), "G")),
        stand("outline", opened(read(), "o down")),
        stand("find", opened(read(), "/ \"the\"")),
        stand("found", opened(read(), "/ \"the\" enter n")),
        stand("story", opened(play(), "")),
        stand("owner", opened(play(), "enter u h h")),
        stand("control", opened(play(), "enter h c h h 2 down")),
        stand("explained", opened(play(), "enter c 2 enter")),
        stand("progress, empty", opened(Some(Goal::Progress), "")),
        stand("threats", opened(Some(Goal::Threats(None)), "")),
        stand("glossary", opened(Some(Goal::Glossary(None)), "")),
        stand("glossary of a story", opened(play(), "w")),
        stand("settings", opened(Some(Goal::Settings), "down")),
        stand("search", opened(Some(Goal::Search), "down")),
        stand("search, nothing found", opened(Some(Goal::Search), "\"zzzzzzzzzz\"")),
        stand("help", opened(Some(Goal::Help), "")),
        stand("help of a question", opened(play(), "enter c ?")),
        stand("unsaved", unsaved(opening, scenario)),
    ];
    stands.extend(MOVING.map(|(name, keys)| stand(name, opened(Some(Goal::Moving(scenario.to_owned())), keys))));
    let (mut debrief, mut progress) = (opened(play(), "enter"), opened(play(), "enter"));
    answer_all(&mut debrief);
    answer_all(&mut progress);
    progress.press("q p");
    let (mut hand_in, mut result) =
        (opened(Some(Goal::Sit(lesson.to_owned())), "enter"), opened(Some(Goal::Sit(lesson.to_owned())), "enter"));
    answer_all(&mut hand_in);
    answer_all(&mut result);
    result.press("x");
    stands.extend(rounds(opening, scenario));
    stands.extend([
        stand("debrief", debrief),
        stand("progress", progress),
        stand("hand-in", hand_in),
        stand("result", result),
    ]);
    stands
}

/// The room of a class, with somebody stuck and somebody done, and a learner who is asked.
fn watched(opening: &Opening, scenario: &str) -> Vec<Stand> {
    let text = CLASS.replace(", \"db-auto\"", "").replace("db-hand", scenario);
    let class = opening.rooms.first().map_or_else(|| of(opening, &text), |room| Arc::clone(&room.class));
    let scene = |goal: Goal, keys: &str, after: &[&str]| {
        let mut happenings = Happenings::new(opening, &class);
        let opening = Opening { goal: Some(goal), rooms: vec![happenings.room()], ..opening.clone() };
        let mut program = Program::start(&opening, &Memory::default(), 1);
        let lab =
            ["ana begins lab", "bo begins lab", "ana answers 1 right", "bo answers 1 trust", "bo answers 2 claim"];
        for sentence in lab.into_iter().chain(["bo answers 3 control", "kim says Look at row 2"]) {
            program.take(happenings.happen(program.now(), sentence));
        }
        program.wait(1_000);
        program.press(keys);
        for sentence in after {
            program.wait(1_000);
            program.take(happenings.happen(program.now(), sentence));
        }
        program.wait(1_000);
        program
    };
    let watch = |keys: &str| scene(Goal::Watch("c".into()), keys, &[]);
    let row = class.assignments.first().and_then(|set| match &set.task {
        Task::Scenarios(ids) => opening.shelf.scenario(ids.first()?).ok(),
        _ => None,
    });
    let row = row.and_then(|scenario| scenario.layers.first().map(|layer| layer.id.clone())).expect("a row");
    let asks = format!("kim asks {scenario} {row}");
    let asked = |keys: &str| {
        let mut program = scene(Goal::Home, "", &[&asks]);
        program.press(keys);
        program
    };
    vec![
        stand("room", watch("n")),
        stand("room, names hidden", watch("down right")),
        stand("room, a row", watch("2")),
        stand("room, stuck", watch("3")),
        stand("room, a learner", watch("n down 4")),
        stand("room, no polls", watch("5")),
        stand("room, a poll", watch("o y")),
        stand("room, revealed", watch("o y v y")),
        stand("room, a line is typed", watch("m \"Five minutes left\"")),
        stand("room, a yes is needed", watch("x")),
        stand("asked", asked("")),
        stand("asked, which control", asked("enter c")),
        stand("asked, answered", asked("enter c 1 enter")),
        stand("asked, revealed", scene(Goal::Home, "", &[&asks, "kim reveals 3 1 2 1 1"])),
    ]
}

/// Every screen of work that is set by the class of `opening`, or by one of its own.
pub(crate) fn assigned(opening: &Opening, scenario: &str) -> Vec<Stand> {
    let set = || {
        vec![
            rooms::exam(scenario),
            Assignment { feedback: Feedback::AfterDue, id: "b".into(), ..rooms::exam(scenario) },
        ]
    };
    let classes = if opening.rooms.is_empty() { vec![rooms::room(set())] } else { opening.rooms.clone() };
    let opened = |goal: Goal, keys: &str| {
        let with = Opening { goal: Some(goal), rooms: classes.clone(), ..opening.clone() };
        let mut program = Program::start_at(&with, &Memory::default(), 1, rooms::BEGIN);
        program.press(keys);
        program
    };
    let said = Act::Messaged {
        text: format!("{} is due. {}", classes[0].class.title, "All of it. ".repeat(30)),
        learner: None,
    };
    let mut messages = opened(Goal::Home, "");
    messages.take(rooms::told(0, rooms::minute(0), said.clone()));
    let mut read = opened(Goal::Home, "");
    read.take(rooms::told(0, rooms::minute(0), said));
    read.press("G up up up up enter");
    let mut paused = opened(Goal::Home, "enter enter enter c");
    paused.take(rooms::told(
        0,
        rooms::minute(1),
        Act::Paused { assignment: classes[0].class.assignments[0].id.clone() },
    ));
    let (mut done, mut kept) = (opened(Goal::Home, "enter enter enter"), opened(Goal::Home, "down enter enter enter"));
    answer_all(&mut done);
    answer_all(&mut kept);
    done.press("x");
    kept.press("x");
    vec![
        stand("home with what is set", opened(Goal::Home, "")),
        stand("assigned", opened(Goal::Home, "enter")),
        stand("assigned, at work", opened(Goal::Home, "enter enter enter c")),
        stand("assigned, sealed", opened(Goal::Practice(scenario.to_owned()), "")),
        stand("assigned, paused", paused),
        stand("assigned, explained", done),
        stand("assigned, kept back", kept),
        stand("a message", messages),
        stand("messages", read),
    ]
}

/// The screens of reviews and drills, for somebody who learnt the scenario long ago.
fn rounds(opening: &Opening, scenario: &str) -> Vec<Stand> {
    let opened = |goal: Goal, keys: &str| {
        let mut store = Memory::default();
        store.append(LEARNER, &learnt(opening, scenario, Timestamp(0))).expect("memory takes it");
        let mut program = Program::start(&Opening { goal: Some(goal), ..opening.clone() }, &store, 1);
        program.press(keys);
        program
    };
    let mut round = opened(Goal::Review, "");
    answer_all(&mut round);
    vec![
        stand("home, rows due", opened(Goal::Home, "")),
        stand("drills", opened(Goal::Drills, "down")),
        stand("review", opened(Goal::Review, "")),
        stand("review, control", opened(Goal::Review, "c")),
        stand("review, explained", opened(Goal::Review, "c 2 enter")),
        stand("drill, a story", opened(Goal::Drill(Drill::Mixed), "")),
        stand("round", round),
    ]
}

/// What follows from the rows of a scenario, and the way back from the news.
fn breaches(opening: &Opening, scenario: &str) -> Vec<Stand> {
    // No class may have set it as an exam.
    let opening = &Opening { rooms: Vec::new(), ..opening.clone() };
    let opened = |goal: Goal, keys: &str| {
        let mut program = Program::start(&Opening { goal: Some(goal), ..opening.clone() }, &Memory::default(), 1);
        program.press(keys);
        program
    };
    let find = || Goal::Investigate(scenario.to_owned());
    let mut replay = opened(Goal::Practice(scenario.to_owned()), "enter");
    answer_all(&mut replay);
    replay.press("a");
    let mut whole = opened(Goal::Practice(scenario.to_owned()), "enter");
    answer_all(&mut whole);
    whole.press("a enter enter enter enter");
    vec![
        stand("breaches", opened(Goal::Breaches, "down")),
        stand("breach", replay),
        stand("breach, further on", whole),
        stand("which row", opened(find(), "down")),
        stand("which row, the story", opened(find(), "s")),
        stand("which control", opened(find(), "enter down")),
        stand("which side", opened(find(), "enter 1 enter p")),
        stand("traced", opened(find(), "enter 1 enter p enter")),
    ]
}

/// Answers every row, the same way, until something else than a question is on the screen.
pub(crate) fn answer_all(program: &mut Program) {
    for _ in 0..60 {
        program.press("c 2 enter n");
        // In an exam of several scenarios each begins with its story.
        if matches!(program.state().screen(), Some(Screen::Exercise(exercise)) if exercise.story) {
            program.press("enter");
        }
        if !matches!(program.state().screen(), Some(Screen::Exercise(_))) {
            return;
        }
    }
    panic!("the questions never end");
}

fn unsaved(opening: &Opening, scenario: &str) -> Program {
    let store = Moody::default();
    let goal = Some(Goal::Practice(scenario.to_owned()));
    let mut program = Program::start(&Opening { goal, ..opening.clone() }, &store, 1);
    program.press("enter c");
    store.refuse(true);
    program.press("2 enter");
    program
}
