//! The responsibility line as a picture to keep: for a slide, a handout, a wall.
//!
//! The screens draw on cells; this draws on paper. It owns what such a figure says and where everything stands on it, and
//! makes text of that: an SVG file, or a page of HTML with the same figure and its rows as a table. Nothing in them runs or
//! is fetched, every word of content is escaped, and colour only repeats what the side, the pattern and the words say.

mod html;
mod markup;
mod sheet;
mod svg;

pub use html::page;
pub(super) use html::whole;
pub(super) use markup::escaped;
pub use svg::svg;
