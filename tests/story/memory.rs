//! A story told in memory: the screens its steps give.

use respline::{
    app::{Colours, Goal, Input},
    course::{Drill, Model, Order, Timestamp},
    store::{Memory, Store},
};

use super::{
    script::{ENDED, Event, Story},
    support::{
        packs,
        program::{LEARNER, Opening, Program},
    },
    terminal::before,
};

/// The screens that the steps of `story` give.
pub(crate) fn screens(story: &Story) -> Vec<Vec<String>> {
    let mut store = Memory::default();
    store.append(LEARNER, &before(story, Timestamp(0))).expect("memory takes it");
    let mut program = Program::start(&opening(story, &story.start), &store, 1);
    let mut origin = 1;
    let mut screens = Vec::new();
    for step in story.steps() {
        match &step.event {
            Event::Keys(keys) => {
                program.press(keys);
            }
            Event::Resize(size) => program.take(Input::Resize(*size)),
            Event::Then(sentence) => panic!("'{sentence}' happens in a room only"),
            Event::Restart(arguments) => {
                let size = program.state().cx.size;
                program.close();
                origin += 1;
                program = Program::start(&Opening { size, ..opening(story, arguments) }, &store, origin);
            }
        }
        assert!(!story.no_colour || is_colourless(&program), "'{}' gives a colour", step.line);
        assert!(!story.ascii || program.screen().join("").is_ascii(), "'{}' draws more than ASCII", step.line);
        screens.push(if program.ended() { vec![ENDED.to_owned()] } else { program.screen() });
    }
    screens
}

fn is_colourless(program: &Program) -> bool {
    use ratatui::style::Color;
    program.frame().content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset)
}

fn opening(story: &Story, arguments: &str) -> Opening {
    let mut opening = packs::opening(packs::small());
    opening.size = story.size;
    opening.look.ascii = story.ascii;
    if story.no_colour {
        opening.look.colours = Colours::None;
    }
    arguments_into(&mut opening, arguments);
    opening
}

/// What the command line makes of these arguments.
fn arguments_into(opening: &mut Opening, arguments: &str) {
    opening.order = Order::Shuffled;
    opening.seed = None;
    let mut words = arguments.split_whitespace();
    let (mut named, mut exam, mut find, mut drill) = (None, false, false, None);
    let verb = words.next();
    while let Some(word) = words.next() {
        match word {
            "--seed" => opening.seed = words.next().and_then(|seed| seed.parse().ok()),
            "--order" if words.next() == Some("authored") => opening.order = Order::Authored,
            "--exam" => exam = true,
            "--weak" => drill = Some(Drill::Weak),
            "--threat" => drill = words.next().map(|id| Drill::Threat(id.to_owned())),
            "--model" if words.next() == Some("paas") => drill = Some(Drill::Model(Model::Paas)),
            "--find" => find = true,
            id => named = Some(id.to_owned()),
        }
    }
    if verb == Some("breach") {
        opening.goal = Some(breach(named, find));
        return;
    }
    let named = || named.expect("an id");
    opening.goal = match verb {
        None => None,
        Some("play") if exam => Some(Goal::Exam(named())),
        Some("play") => Some(Goal::Practice(named())),
        Some("moving") => Some(Goal::Moving(named())),
        Some("read") => Some(Goal::Read { lesson: named(), at: None }),
        Some("review") => Some(Goal::Review),
        Some("drill") => Some(Goal::Drill(drill.unwrap_or(Drill::Mixed))),
        Some(verb) => panic!("no story starts with '{verb}'"),
    };
}

fn breach(named: Option<String>, find: bool) -> Goal {
    match named {
        None => Goal::Breaches,
        Some(id) if find => Goal::Investigate(id),
        Some(named) => match named.split_once('/') {
            Some((id, row)) => Goal::Breach { scenario: id.to_owned(), row: Some(row.to_owned()) },
            None => Goal::Breach { scenario: named, row: None },
        },
    }
}
