//! Review and drills through the whole program: rounds of rows, and simulated learners over simulated weeks.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod learners;
mod rounds;
mod simulated;
#[path = "../support/mod.rs"]
mod support;
