//! The conversation in lines, held by scripts: it teaches what the screen teaches, and keeps the same records.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod answers;
mod breach;
mod course;
mod resume;
mod room;
mod rounds;
mod scenario;
#[path = "../support/mod.rs"]
mod support;
