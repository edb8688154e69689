//! The classroom: its files, its clock, its grades.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where something is wrong"
)]

mod broken;
mod class;
mod clock;
mod command;
mod grades;
mod room;
mod spreadsheet;
mod statements;
