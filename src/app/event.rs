//! What comes in and what goes out: the only two ways between the state machine and the world.

use std::sync::Arc;

use crate::{
    classroom::{Class, ClassRecord},
    course::{Lesson, Record, RecordKey, Scenario, Timestamp},
};

use super::{Action, Key};

/// A size or a place on the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// Something that happened, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub input: Input,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// A line of `--plain` that names its action, such as a number.
    Act(Action),
    /// Text was pasted.
    Paste(String),
    /// The left button was pressed on a cell, counted from zero.
    Click {
        /// Column.
        column: u16,
        /// Row.
        row: u16,
    },
    /// The wheel was turned by so many notches; up is negative.
    Wheel(i16),
    /// The terminal has a new size.
    Resize(Size),
    /// The moment asked for by [`Effect::Wake`] has come.
    Tick,
    /// The records up to this one are durable.
    Stored(RecordKey),
    /// The records asked for could not be stored: the reason in words.
    NotStored(String),
    /// Records of this learner that another of their sessions stored.
    Elsewhere(Vec<Record>),
    /// The link to the learner is gone, or the session has to end: the last input of a session, instead of or after a key
    /// that quits. It stores what leaving means, and asks for the end.
    Gone,
    /// Words for everyone on this box: it is about to stop, say.
    Announced(String),
    /// A class file as it reads now: it was edited, or joined while the session runs.
    Class(Arc<Class>),
    /// What instructors did, in order of time; those of this session among them.
    Acts {
        /// Class id.
        class: String,
        /// What.
        acts: Vec<ClassRecord>,
    },
    /// Why an instructor's act was not stored, in words.
    NotActed(String),
    /// What learners of a class that is watched did, each with their login, in the order it was stored.
    Work(Vec<(String, Record)>),
    /// A scenario asked for is here.
    Scenario(Arc<Scenario>),
    /// A lesson asked for is here.
    Lesson(Arc<Lesson>),
    /// What was asked for cannot be read: the reason in words.
    Unreadable(String),
    /// A file whose text is on the screen was saved.
    Saved {
        /// Its name within the pack, `scenarios/shop.toml`.
        file: String,
        /// What it holds now.
        holds: Holds,
    },
}

/// What a saved file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Holds {
    /// A scenario.
    Scenario(Arc<Scenario>),
    /// A lesson.
    Lesson(Arc<Lesson>),
    /// Nothing that can be used: the first error with its place, in words.
    Broken(String),
}

/// What the state machine asks of the world. Results come back as [`Input`]s.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Make records durable, all or none. What could not be stored before is asked for again, in order.
    Append(Vec<Record>),
    /// Make an instructor's act durable and tell everyone of its class, this session included, with [`Input::Acts`].
    Act {
        /// Class id.
        class: String,
        /// What.
        act: ClassRecord,
    },
    /// Tell, with [`Input::Work`], what the learners of a class did so far and from now on.
    Watch(Arc<Class>),
    /// Read a scenario by id.
    OpenScenario(String),
    /// Read a lesson by id.
    OpenLesson(String),
    /// Send a [`Input::Tick`] after so many milliseconds; a later wish replaces an earlier one.
    Wake(u32),
    /// Paint the whole screen anew: the line has garbled it.
    Repaint,
    /// Suspend the program, where there is a shell to return to.
    Suspend,
    /// End the session.
    Quit,
}
