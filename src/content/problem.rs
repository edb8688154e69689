//! What is wrong with a pack, said so that an author can mend it: where, what, and what to do.
//!
//! Content is hostile until proven otherwise (DESIGN section 7), so every text in here has been made printable when the
//! problem was built: whoever shows a problem can show it as it is.

use std::fmt;

use crate::document::{printable, width};

use super::source::longest;
use serde::Serialize;

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The pack cannot be used.
    Error,
    /// The pack can be used and should be better.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A place in a content file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Path of the file, as the pack was named.
    pub file: String,
    /// Line, counted from one.
    pub line: usize,
    /// Column in characters, counted from one.
    pub column: usize,
    /// The line, made printable; a long one cut around the column.
    pub excerpt: String,
    /// Cells of the excerpt that stand before the column.
    #[serde(skip)]
    caret: usize,
}

/// Characters shown on either side of the column, where the line is longer than both.
const WINDOW: usize = 40;

impl Place {
    /// The place of byte `at` in `text`.
    pub(super) fn of(file: &str, text: &str, at: usize) -> Self {
        let line = text.get(..at).unwrap_or(text).matches('\n').count();
        Self::on_line(file, text, (line + 1, at))
    }

    /// The place of byte `at` in `text`, whose line is known.
    pub(super) fn on_line(file: &str, text: &str, (line, at): (usize, usize)) -> Self {
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let (before, after) = text.split_at(at);
        let left = before.rsplit_once('\n').map_or(before, |(_, left)| left);
        let right = after.lines().next().unwrap_or_default();
        let right = right.trim_end_matches('\r');
        let length = left.chars().count();
        let window = if length + right.chars().count() <= 2 * WINDOW { 2 * WINDOW } else { WINDOW };
        let shown = shown_left(left, length, window);
        let excerpt = shown.clone() + &shown_right(right, window);
        Self { file: printable(file).into_owned(), line, column: length + 1, excerpt, caret: width(&shown) }
    }

    /// The head of a file that has no line to show.
    pub(super) fn head(file: &str) -> Self {
        Self::of(file, "", 0)
    }
}

fn shown_left(left: &str, length: usize, window: usize) -> String {
    let tail: String = left.chars().skip(length.saturating_sub(window)).collect();
    let cut = if length > window { "…" } else { "" };
    cut.to_owned() + &printable(&tail)
}

fn shown_right(right: &str, window: usize) -> String {
    let head: String = right.chars().take(window).collect();
    let cut = if head.len() < right.len() { "…" } else { "" };
    printable(&head).into_owned() + cut
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How much it weighs.
    pub severity: Severity,
    /// What kind of problem it is: stable, kebab-case.
    pub code: &'static str,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Problem {
    /// An error at `place`.
    pub(super) fn error(code: &'static str, place: Place, message: &str, hint: &str) -> Self {
        Self {
            severity: Severity::Error,
            code,
            place,
            message: printable(message).into_owned(),
            hint: printable(hint).into_owned(),
        }
    }

    /// A warning at `place`.
    pub(super) fn warning(code: &'static str, place: Place, message: &str, hint: &str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message, hint) }
    }

    /// An error about the file at `path` as a whole.
    pub fn of_file(code: &'static str, path: &str, message: &str, hint: &str) -> Self {
        Self::error(code, Place::head(path), message, hint)
    }

    /// The error of a file of `length` bytes, more than it may have.
    pub fn too_large(path: &str, length: u64) -> Self {
        let message = format!("the file has {length} bytes, more than {}", longest(path));
        Self::of_file("too-large", path, &message, "split it: one scenario or one lesson to a file")
    }

    /// The pack cannot be used as long as this stands.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The problem as `respline check` prints it: place first, in the form editors jump to.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, code, place, message, hint } = self;
        writeln!(f, "{}:{}:{}: {severity}: {message} [{code}]", place.file, place.line, place.column)?;
        if !place.excerpt.is_empty() {
            writeln!(f, "  | {}", place.excerpt)?;
            writeln!(f, "  | {:caret$}^", "", caret = place.caret)?;
        }
        write!(f, "  hint: {hint}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_lines_and_characters_from_one() {
        let place = Place::of("a.toml", "one\ntwö x\r\nthree", 9);
        assert_eq!((place.line, place.column, place.excerpt.as_str(), place.caret), (2, 5, "twö x", 4));
        let end = Place::of("a.toml", "one\n", 4);
        assert_eq!((end.line, end.column, end.excerpt.as_str()), (2, 1, ""));
        let inside = Place::of("a.toml", "ö", 1);
        assert_eq!((inside.line, inside.column), (1, 1), "half a character is the character");
    }

    #[test]
    fn a_long_line_is_cut_around_the_column() {
        let line = format!("{}!{}", "a".repeat(100), "b".repeat(100));
        let place = Place::of("a.toml", &line, 100);
        assert_eq!(place.column, 101);
        assert_eq!(place.excerpt, format!("…{}!{}…", "a".repeat(40), "b".repeat(39)));
        assert_eq!(place.caret, 41);
    }

    #[test]
    fn a_problem_reads_place_first_with_a_caret_and_a_hint() {
        let place = Place::of("a.toml", "tittle = 1", 0);
        let problem = Problem::error("unknown-key", place, "unknown key `tittle`", "did you mean `title`?");
        assert_eq!(
            problem.to_string(),
            "a.toml:1:1: error: unknown key `tittle` [unknown-key]\n  | tittle = 1\n  | ^\n  hint: did you mean `title`?"
        );
    }
}
