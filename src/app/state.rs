//! The whole state of a session.

use super::{Effect, Event, Look, Size};

/// The whole state of a session.
#[derive(Clone, Debug)]
pub struct State {
    /// Size of the screen.
    pub size: Size,
    /// How it looks.
    pub look: Look,
}

/// One step of the program.
#[must_use]
pub fn update(state: State, _event: Event) -> (State, Vec<Effect>) {
    (state, Vec::new())
}
