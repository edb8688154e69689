//! What `respline check` and the opening of packs make of good, broken and hostile content.

mod arbitrary;
mod broken;
mod command;
mod folders;
mod guessable;
mod hostile;
mod pack;
mod schema;
mod wholes;
