//! The training box: the tutor served over SSH, one port, one process, no system accounts.
//!
//! A thin adapter. What a learner sees is a [`Session`](crate::terminal::Session) or, without a terminal, a
//! [`Conversation`](crate::terminal::Conversation), the same as on their own machine; this module moves the bytes, knows who
//! is who, stores for everybody through one writer (`desk`), and defends the box (`gate`, `guard`). Nobody gets a
//! shell: everything but a session is refused.

mod admission;
mod connection;
mod desk;
mod discipline;
mod feed;
mod gate;
mod guard;
mod host_key;
mod hosted;
mod hub;
mod line;
mod login;
mod metrics;
mod opening;
pub mod pin;
mod policy;
mod pump;
mod roll;
mod rooms;
mod screen;
mod serve;
mod shelf;
mod status;
mod terminal;

pub use host_key::HostKeyError;
pub use policy::{Limits, Policy};
pub use serve::{Content, ServeError, TrainingBox, serve};
