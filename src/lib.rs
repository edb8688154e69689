//! `respline`, a terminal tutor for one skill: reading the cloud's shared-responsibility line.
//!
//! ```text
//! document <- course <- content <- classroom <- app <- ui <- terminal <- {ssh, cli}
//!                                  classroom <- store <- terminal
//! ```
//!
//! A module names only modules to its left (`tests/layers.rs` holds the rule). Left of `terminal`, `store` aside, nothing
//! touches files, environment, clock, threads, randomness or the terminal: time, seed, size, colour depth and identity
//! come in as values.

pub mod app;
pub mod classroom;
pub mod cli;
pub mod content;
pub mod course;
pub mod document;
pub mod ssh;
pub mod store;
pub mod terminal;
pub mod ui;
