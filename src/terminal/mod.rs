//! Runs one session over bytes: keys in, frames out.
//!
//! [`Session`] is the whole program behind a terminal and knows neither clock nor descriptors, so that the local terminal
//! and the SSH server run the same one; [`local`] is the loop that ties it to the process's own terminal.

mod capability;
mod decode;
mod engine;
mod error;
pub mod library;
pub mod lines;
pub mod local;
mod paint;
mod session;
mod watch;
mod world;

pub use capability::{Capability, Surroundings, survey};
pub use decode::Decoder;
pub use engine::Engine;
pub use error::TerminalError;
pub use library::{Library, LibraryError};
pub use paint::{Painter, Place};
pub use session::Session;
pub use watch::Watch;
pub use world::Shelf;
