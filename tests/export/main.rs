//! Questions for learning platforms: what is written, read back by parsers that are not ours.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where something is wrong"
)]

mod command;
mod gift;
mod hostile;
mod package;
mod readers;
