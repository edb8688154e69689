//! A Markdown document and its shape on a grid of cells.
/// A parsed document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {}
