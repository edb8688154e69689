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
mod broken;
mod class;
mod clock;
mod command;
mod grades;
#[path = "../support/markup.rs"]
mod markup;
mod report;
mod room;
mod simulated;
