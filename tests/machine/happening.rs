//! What can happen to the program.

use proptest::prelude::*;
use respline::{
    app::{Holds, Size},
    classroom::Act,
    course::Scenario,
};

use super::support::class::{AFTER, SENTENCES};

/// Something that happens to the program.
#[derive(Clone, Debug)]
pub(crate) enum Happening {
    Keys(String),
    Resize(Size),
    Click(u16, u16),
    Wheel(i16),
    Paste(String),
    Tick,
    /// From now on the store refuses, or no longer.
    Refuse(bool),
    /// A scenario is saved: this one, with this done to it.
    Save(&'static str, Edit),
    /// Somebody does something in the class.
    Class(&'static str),
    /// The class file is edited: a learner goes, or comes back.
    EditClass(bool),
    /// Time passes, in minutes; the clock may be set back.
    Wait(i64),
    /// The instructor does something.
    Act(Act),
    /// The class file is edited: so many of its assignments are left, the first one with this limit in minutes.
    Edit(usize, u64),
    /// The link is lost, and the program started again.
    Gone,
    /// The program ends and is started again.
    Restart,
}

/// What an instructor may do with the exam.
fn act() -> impl Strategy<Value = Act> {
    let lab = || "lab".to_owned();
    prop_oneof![
        Just(Act::Opened { assignment: lab() }),
        Just(Act::Closed { assignment: lab() }),
        Just(Act::Paused { assignment: lab() }),
        Just(Act::Resumed { assignment: lab() }),
        (-30_i64..30).prop_map(move |by| Act::Extended { assignment: lab(), learner: None, by_ms: by * 60_000 }),
        Just(Act::Reopened { assignment: lab(), learner: None, until: None }),
        Just(Act::Messaged { text: "Read the story".into(), learner: None }),
    ]
}

/// What an author does to a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edit {
    /// It is as it was.
    Undo,
    /// The question of a row is another one.
    Ask(usize),
    /// A row goes.
    Drop(usize),
    /// A row moves to the top.
    Lift(usize),
    /// The other control of a row is right.
    Turn(usize),
    /// The file is broken.
    Break,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::Undo),
        Just(Edit::Break),
        (0_usize..5).prop_map(Edit::Ask),
        (0_usize..5).prop_map(Edit::Drop),
        (0_usize..5).prop_map(Edit::Lift),
        (0_usize..5).prop_map(Edit::Turn),
    ]
}

impl Edit {
    pub(crate) fn of(self, mut scenario: Scenario) -> Holds {
        let layers = &mut scenario.layers;
        match self {
            Self::Undo => {}
            Self::Ask(row) => layers[row].task.push_str(" and well"),
            Self::Drop(row) => drop(layers.remove(row)),
            Self::Lift(row) => layers[..=row].rotate_right(1),
            Self::Turn(row) => layers[row].controls.iter_mut().for_each(|control| control.correct ^= true),
            Self::Break => return Holds::Broken("scenarios/a.toml:1:1: broken".into()),
        }
        Holds::Scenario(std::sync::Arc::new(scenario))
    }
}

/// Keys that lead somewhere, alone and in the order a learner would press them.
const KEYS: &[&str] = &[
    "enter",
    "esc",
    "q",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pgup",
    "pgdn",
    "tab",
    "shift-tab",
    "space",
    "backspace",
    "?",
    "/",
    "a",
    "b",
    "c",
    "e",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "w",
    "x",
    "1",
    "2",
    "3",
    "4",
    "5",
    "G",
    "N",
    "[",
    "]",
    "ctrl-c",
    "ctrl-g",
    "ctrl-k",
    "ctrl-l",
    "ctrl-z",
    "c 1 enter",
    "p 2 enter n",
    "c 3 enter n",
    "enter c 1 enter n c 1 enter n p 2 enter n p 1 enter n p 1 enter n",
    "ctrl-k \"line\" enter",
    "ctrl-k \"leak\" enter",
    "ctrl-k \"blog\" enter",
    "esc esc esc",
    "down down enter",
    "x n",
    // In the room of a class.
    "o y",
    "v y",
    "d",
    "x y",
    "e \"15\" enter",
    "E \"-5\" enter",
    "M \"hello\" enter",
    "r y",
    "/ \"row 2\" enter",
    "/ \"ana\" enter",
    "s f",
    "+ ] [",
    "2 3 4 5",
    "up up up up up up up G k k k k k k k k enter",
    "down enter enter",
    "ctrl-k \"drill\" enter",
    "i",
    "G up up up up up up enter",
    "enter 1 enter p enter n",
    "a enter enter enter left",
];

pub(crate) fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        20 => prop::sample::select(KEYS).prop_map(|keys| Happening::Keys(keys.to_owned())),
        2 => (1_u16..130, 1_u16..40).prop_map(|(width, height)| Happening::Resize(Size { width, height })),
        2 => (0_u16..130, 0_u16..40).prop_map(|(column, row)| Happening::Click(column, row)),
        1 => (-70_i16..70).prop_map(Happening::Wheel),
        1 => any::<String>().prop_map(Happening::Paste),
        1 => Just(Happening::Tick),
        2 => any::<bool>().prop_map(Happening::Refuse),
        2 => (prop::sample::select(&["blog-vm", "db-auto", "db-hand"][..]), edit())
            .prop_map(|(id, edit)| Happening::Save(id, edit)),
        4 => prop::sample::select(SENTENCES).prop_map(Happening::Class),
        4 => prop::sample::select(AFTER).prop_map(Happening::Class),
        1 => any::<bool>().prop_map(Happening::EditClass),
        2 => (-20_i64..60).prop_map(Happening::Wait),
        3 => act().prop_map(Happening::Act),
        1 => (0_usize..3, 1_u64..60).prop_map(|(left, limit)| Happening::Edit(left, limit)),
        1 => Just(Happening::Gone),
        1 => Just(Happening::Restart),
    ]
}
