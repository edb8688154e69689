//! The state machine: `update(State, Event) -> (State, Vec<Effect>)`, the key table, and one file per screen.

mod event;
mod key;
mod look;
mod state;

pub use event::{Effect, Event, Input, Size};
pub use key::{Key, KeyCode};
pub use look::{Colours, Look, Theme};
pub use state::{State, update};
