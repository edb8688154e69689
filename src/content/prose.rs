//! Holds the Markdown of stories, explanations and lessons to what a learner's screen can show.

use crate::document::{Document, Issue};

use super::{
    frame::Frame,
    source::Findings,
    wide::{has_short_words, too_wide},
};

const WIDE_HINT: &str = "keep fenced lines and words within 38 columns";

/// Tells what is wrong with `text`, whose bytes `at` maps to the file's; `frame` knows the scenarios it may draw.
pub(super) fn check(
    text: &str,
    at: impl Fn(usize) -> usize,
    frame: Option<&Frame>,
    findings: &mut Findings<'_>,
) -> Document {
    let (document, issues) = Document::parse(text);
    for Issue { line, column, problem } in issues {
        findings.error("markdown", at(byte(text, line, column)), problem.to_string(), problem.hint());
    }
    for (place, columns) in too_wide(text, &document) {
        let message = format!("{columns} columns are wider than the narrowest screen");
        findings.warn("too-wide", at(place), message, WIDE_HINT);
    }
    if let Some(frame) = frame {
        for (line, id) in document.line_directives() {
            frame.refer_scenario(id, at(byte(text, line, 1)), findings);
        }
    }
    document
}

/// Tells what is wrong with the reason `text`, as [`check`] does.
pub(super) fn check_reason(
    text: &str,
    at: impl Fn(usize) -> usize,
    frame: Option<&Frame>,
    findings: &mut Findings<'_>,
) {
    if !is_plain(text) {
        check(text, at, frame, findings);
    }
}

/// A line of words, code and stress, in which nothing can be wrong: most reasons are no more, and a pack has many.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphanumeric() || first == '`')
        && !text.contains(['\n', '<', '['])
        && has_short_words(text)
}

/// The byte of the character at `line` and `column`, both counted from one.
pub(super) fn byte(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        let mut findings = Findings::new("a.toml", text);
        check_reason(text, |place| place, None, &mut findings);
        findings.into_problems().iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn a_reason_is_read_as_markdown_where_anything_could_be_wrong() {
        assert_eq!(found("Plain words, `code` and *stress*: nothing to tell."), Vec::<&str>::new());
        assert_eq!(found("See <b>this</b>"), ["markdown"; 2]);
        assert_eq!(found("See [^1]"), ["markdown"]);
        assert_eq!(found("Two\n\n:::nonsense\n\nlines"), ["markdown"; 2]);
        assert_eq!(found(&"x".repeat(39)), ["too-wide"]);
    }
}
