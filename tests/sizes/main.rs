//! Every screen at every size: none panics, and where the screen is large enough no word of the shipped texts is clipped.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod drawn;
mod every_size;
mod shipped;
#[path = "../support/mod.rs"]
mod support;
mod words;
