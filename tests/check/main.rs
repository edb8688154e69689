//! What `respline check` and the opening of packs make of good, broken and hostile content.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where something is wrong"
)]

mod arbitrary;
mod breaches;
mod broken;
mod command;
mod figure;
mod folders;
mod glossary;
mod guessable;
mod hostile;
#[path = "../support/markup.rs"]
mod markup;
mod pack;
mod schema;
mod taplo;
mod tidy;
mod walk;
mod wholes;
