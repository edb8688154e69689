//! The classroom: its files, its clock, its grades.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where something is wrong"
)]

mod analysis;
mod assigned;
mod broken;
mod class;
mod clock;
mod command;
mod grades;
mod hand_in;
#[path = "../support/markup.rs"]
mod markup;
mod matrix;
mod minutes;
mod privacy;
mod rehearsal;
mod report;
mod room;
mod secrecy;
mod simulated;
mod spreadsheet;
mod statements;
#[path = "../support/mod.rs"]
mod support;
mod walk;
