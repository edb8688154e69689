//! Why nothing was exported.

use std::io;

/// Why nothing was exported. Both are written to memory, so neither happens while there is some.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A tree could not be written as XML.
    #[error("the questions cannot be written as XML: {0}")]
    Xml(#[from] io::Error),
    /// The files could not be put into one.
    #[error("the package cannot be put together: {0}")]
    Zip(#[from] zip::result::ZipError),
}

impl ExportError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        "export fewer scenarios at a time"
    }
}
