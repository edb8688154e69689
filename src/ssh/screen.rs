//! What a learner has before them: a screen, or a conversation in lines. One shape for the task that moves the bytes.

use crate::{
    app::{Input, Size},
    course::Timestamp,
    terminal::{Conversation, Session},
};

use super::discipline::{Discipline, Typed, raw};

/// What a learner has before them.
pub(super) enum Screen {
    /// A terminal that can be drawn on.
    Drawn(Box<Session>),
    /// Lines; with what a terminal's driver does for them where there is a raw terminal behind them.
    Lines(Box<Conversation>, Option<Discipline>, Echo),
}

/// What was typed and is still to be shown, and the bytes of a line without an end.
#[derive(Default)]
pub(super) struct Echo {
    shown: String,
    partial: Vec<u8>,
}

/// The longest line that is read from a stream, in bytes.
const LONGEST: usize = 4096;

impl Screen {
    pub(super) fn begin(&mut self, size: Size, now: Timestamp) {
        match self {
            Self::Drawn(session) => session.resize(size, now),
            Self::Lines(conversation, ..) => conversation.begin(now),
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8], now: Timestamp) {
        match self {
            Self::Drawn(session) => session.feed(bytes, now),
            Self::Lines(conversation, Some(discipline), echo) => {
                let (typed, shown) = discipline.feed(bytes);
                echo.shown.push_str(&shown);
                for typed in typed {
                    match typed {
                        Typed::Line(line) => conversation.line(line, now),
                        Typed::End => conversation.end(now),
                    }
                }
            }
            Self::Lines(conversation, None, echo) => echo.lines(bytes, |line| conversation.line(line, now)),
        }
    }

    pub(super) fn resize(&mut self, size: Size, now: Timestamp) {
        if let Self::Drawn(session) = self {
            session.resize(size, now);
        }
    }

    pub(super) fn tell(&mut self, input: Input, now: Timestamp) {
        match self {
            Self::Drawn(session) => session.tell(input, now),
            Self::Lines(conversation, ..) => conversation.tell(input, now),
        }
    }

    pub(super) fn tick(&mut self, now: Timestamp) {
        match self {
            Self::Drawn(session) => {
                session.tick(now);
                // There is no shell to return to.
                session.take_suspend();
            }
            Self::Lines(conversation, ..) => conversation.tick(now),
        }
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match self {
            Self::Drawn(session) => session.deadline(),
            Self::Lines(conversation, ..) => conversation.deadline(),
        }
    }

    /// What is to be sent now; nothing when nothing is new.
    pub(super) fn output(&mut self) -> Vec<u8> {
        match self {
            Self::Drawn(session) => session.output(),
            Self::Lines(conversation, discipline, echo) => {
                let mut text = std::mem::take(&mut echo.shown);
                let said = conversation.output();
                text.push_str(&if discipline.is_some() { raw(&said) } else { said });
                text.into_bytes()
            }
        }
    }

    /// The client will send nothing more.
    pub(super) fn end_of_input(&mut self, now: Timestamp) {
        match self {
            Self::Drawn(session) => session.end(now),
            Self::Lines(conversation, _, echo) => {
                echo.rest(|line| conversation.line(line, now));
                conversation.end(now);
            }
        }
    }

    /// Stores what only leaving stores.
    pub(super) fn leave_off(&mut self, now: Timestamp) {
        match self {
            Self::Drawn(session) => session.end(now),
            Self::Lines(conversation, ..) => conversation.end(now),
        }
    }

    /// Bytes that give the terminal back, and say `farewell` on it.
    pub(super) fn leave(&mut self, farewell: &str) -> Vec<u8> {
        let mut bytes = match self {
            Self::Drawn(session) => session.leave(),
            Self::Lines(..) => self.output(),
        };
        if !farewell.is_empty() {
            bytes.extend_from_slice(farewell.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        bytes
    }

    /// Whether the store has yet to answer for something.
    pub(super) fn awaiting(&self) -> bool {
        match self {
            Self::Drawn(session) => session.awaiting(),
            Self::Lines(conversation, ..) => conversation.awaiting(),
        }
    }

    pub(super) fn ended(&self) -> bool {
        match self {
            Self::Drawn(session) => session.ended(),
            Self::Lines(conversation, ..) => conversation.ended(),
        }
    }
}

impl Echo {
    /// Cuts a stream into lines.
    fn lines(&mut self, bytes: &[u8], mut each: impl FnMut(String)) {
        for byte in bytes {
            if *byte == b'\n' {
                each(String::from_utf8_lossy(&std::mem::take(&mut self.partial)).into_owned());
            } else if self.partial.len() < LONGEST {
                self.partial.push(*byte);
            }
        }
    }

    fn rest(&mut self, each: impl FnMut(String)) {
        if !self.partial.is_empty() {
            self.lines(b"\n", each);
        }
    }
}
