//! What content asks of `document`: the Markdown in its files, and the characters no text may hold.

use crate::document::Document;

/// `text` with everything that could steer a terminal shown as a visible mark.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if is_problem(c) { '\u{fffd}' } else { c }).collect()
}

/// The characters that no text may hold, and where they stand.
pub(super) fn problem_chars(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| is_problem(*c))
}

fn is_problem(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || ('\u{200b}'..='\u{200f}').contains(&c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
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
pub(super) fn read(_text: &str) -> Markup {
    Markup::default()
}
