//! The report after class as something to read: on a terminal, in Markdown, and as a page of HTML with its plots.
//!
//! `page` says what is told and in which order; [`text`], [`markdown`] and [`html`] only write it down. Nothing in them
//! runs or is fetched, every word of content is escaped, and colour only repeats what shape, place and words say.

mod analysis;
mod document;
mod grades;
mod heat;
mod html;
mod markdown;
mod page;
mod plot;
mod text;

pub use html::html;
pub use markdown::markdown;
pub use text::text;
