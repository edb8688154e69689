//! What content asks of `document`: the Markdown in its files, and the characters no text may hold.
//!
//! A document counts in lines and columns, content in bytes of the text it found: this is where one becomes the other.

use crate::document::{self, Document};

pub(super) use crate::document::problem_chars;

/// `text` with everything that could steer a terminal shown as a visible mark.
pub(super) fn printable(text: &str) -> String {
    document::printable(text).into_owned()
}

/// Markdown, read.
#[derive(Default)]
pub(super) struct Markup {
    pub document: Document,
    /// What is wrong with it.
    pub remarks: Vec<Remark>,
    /// The scenarios whose line it draws, and the bytes that say so.
    pub drawn: Vec<(usize, String)>,
}

/// Something wrong with Markdown, at a byte of it.
pub(super) struct Remark {
    pub at: usize,
    pub message: String,
    pub hint: &'static str,
}

/// Reads Markdown.
pub(super) fn read(text: &str) -> Markup {
    let (document, issues) = Document::parse(text);
    let remarks = issues.into_iter().map(|issue| Remark {
        at: byte(text, issue.line, issue.column),
        message: issue.problem.to_string(),
        hint: issue.problem.hint(),
    });
    let remarks = remarks.collect();
    let drawn = document.line_directives().into_iter().map(|(line, id)| (byte(text, line, 1), id.to_owned())).collect();
    Markup { document, remarks, drawn }
}

/// The byte at which a character of a line begins, both counted from one.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines.by_ref().take(line.saturating_sub(1)).map(str::len).sum();
    let within = lines.next().unwrap_or_default().char_indices().nth(column.saturating_sub(1));
    before + within.map_or(0, |(place, _)| place)
}
