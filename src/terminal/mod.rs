//! Runs one session over bytes: keys in, frames out.
//!
//! [`Session`] is the whole program behind a terminal, [`Conversation`] behind a stream of lines. They know neither clock nor
//! descriptors, so that the process's own terminal ([`local`], [`lines`]) and the SSH server run the same ones. Where records
//! go is the [`Ledger`]'s business: straight into a store, or to one that stores for hundreds of sessions.

mod capability;
pub mod classes;
mod conversation;
mod decode;
mod direct;
mod engine;
mod error;
mod ledger;
pub mod library;
pub mod lines;
pub mod local;
pub mod opening;
mod paint;
mod session;
mod watch;
mod world;
pub mod zones;

pub use capability::{Capability, Surroundings, survey};
pub use classes::{ClassError, Classes, Part};
pub use conversation::Conversation;
pub use decode::Decoder;
pub use direct::{Attendance, Direct, NO_INSTRUCTOR};
pub use engine::Engine;
pub use error::TerminalError;
pub use ledger::Ledger;
pub use library::{Library, LibraryError};
pub use paint::{Painter, Place, give_back};
pub use session::Session;
pub use watch::Watch;
pub use world::Shelf;
