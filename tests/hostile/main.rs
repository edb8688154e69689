//! Hostile texts everywhere: whatever content, names, records and keys hold, a terminal gets only what the program draws.
//!
//! The loader refuses such content; here most of it is handed over behind the loader's back, to test what comes after it.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod binary;
mod evil;
mod guard;
mod lines;
mod screens;
#[path = "../support/mod.rs"]
mod support;
