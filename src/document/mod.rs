//! A Markdown document and its shape on a grid of cells.
//!
//! The leaf of the crate: pure functions from text to blocks and from blocks to rows of styled spans. What a role looks
//! like on a screen is decided elsewhere. Everything the program prints is measured and made safe here, so that all
//! parts agree on what a column is and no content ever reaches a terminal as a command.

mod block;
mod directive;
mod footnote;
mod inline;
mod issue;
mod layout;
mod list;
mod measure;
mod note;
mod outline;
mod parse;
mod place;
mod plain;
mod printable;
mod row;
mod search;
mod source;
mod table;
mod wrap;

#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod shapes;

pub use block::{Alignment, Block, Content, Document, Footnote, Inline, Item, NoteKind, Style};
pub use issue::{Issue, Problem};
pub use layout::{Drawing, Layout, layout};
pub use measure::{clip, width};
pub use outline::{OutlineEntry, slug};
pub use place::Place;
pub use plain::plain;
pub use printable::{printable, problem_chars};
pub use row::{Glyphs, Role, Row, Span};
pub use search::Hit;
pub use wrap::fold;
