//! A program standing on every screen there is.

use respline::{
    app::{Goal, Screen},
    store::Memory,
};

use super::{
    moody::Moody,
    program::{Opening, Program},
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
        stand("home, all unfolded", opened(Some(Goal::Home), "G up up up up up up up up space up space")),
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
    stands.extend(breaches(opening, scenario));
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
    stands.extend([
        stand("debrief", debrief),
        stand("progress", progress),
        stand("hand-in", hand_in),
        stand("result", result),
    ]);
    stands
}

/// What follows from the rows of a scenario, and the way back from the news.
fn breaches(opening: &Opening, scenario: &str) -> Vec<Stand> {
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
