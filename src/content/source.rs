//! A content file's bytes, and what is found wrong with them.

use std::{borrow::Cow, cell::OnceCell};

use super::{
    format::{COURSE_FILE, LONGEST_COURSE, LONGEST_FILE},
    problem::{Place, Problem, Severity},
};

/// A file of a pack, read by whoever may read files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile<'a> {
    /// Its path, as problems shall name it; the last folder, `lessons` or `scenarios`, says what it is.
    pub path: String,
    /// What is in it.
    pub bytes: Cow<'a, [u8]>,
}

impl<'a> SourceFile<'a> {
    /// A file at `path`.
    pub fn new(path: impl Into<String>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }

    /// The file's text.
    ///
    /// # Errors
    /// When it is too long or is not UTF-8.
    pub(crate) fn text(&self) -> Result<&str, Vec<Problem>> {
        if self.bytes.len() > longest(&self.path) {
            return Err(vec![Problem::too_large(&self.path, u64::try_from(self.bytes.len()).unwrap_or(u64::MAX))]);
        }
        std::str::from_utf8(&self.bytes).map_err(|error| {
            let (good, bad) = self.bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
            let text = String::from_utf8_lossy(good) + String::from_utf8_lossy(bad);
            let place = Place::of(&self.path, &text, good.len());
            let byte = bad.first().copied().unwrap_or_default();
            let message = format!("byte 0x{byte:02x} is not UTF-8 text");
            vec![Problem::error("not-utf8", place, &message, "save the file as UTF-8")]
        })
    }
}

/// The most bytes that the file at `path` may have.
pub fn longest(path: &str) -> usize {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| file_name(folder));
    let of_pack = matches!(folder, "lessons" | "scenarios");
    if of_pack && file_name(path) != COURSE_FILE { LONGEST_FILE } else { LONGEST_COURSE }
}

/// The name of a file without its folders and its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What follows the last dot of a file's name.
pub(super) fn ending(path: &str) -> &str {
    file_name(path).rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The name of a file without its folders.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// A text that came from a file, quoted and cut to what a message can hold.
pub(crate) fn quoted(text: &str) -> String {
    let mut head: String = text.chars().take(40).collect();
    if head.len() < text.len() {
        head.push('…');
    }
    format!("`{head}`")
}

/// The most problems told of one file: beyond that the first ones are to be mended first.
const MOST: usize = 100;

/// What stops the parser: what stands on such a line was guessed.
const BROKEN: [&str; 2] = ["syntax", "too-deep"];

/// Something found at a byte of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    at: usize,
    severity: Severity,
    code: &'static str,
    message: String,
    hint: String,
}

/// Gathers what is found in one file.
pub(crate) struct Findings<'t> {
    path: &'t str,
    text: &'t str,
    lines: OnceCell<Lines>,
    found: Vec<Finding>,
}

impl<'t> Findings<'t> {
    pub(crate) const fn new(path: &'t str, text: &'t str) -> Self {
        Self { path, text, lines: OnceCell::new(), found: Vec::new() }
    }

    pub(crate) fn error(&mut self, code: &'static str, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        let (message, hint) = (message.into(), hint.into());
        self.found.push(Finding { at, severity: Severity::Error, code, message, hint });
    }

    pub(crate) fn warn(&mut self, code: &'static str, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        let (message, hint) = (message.into(), hint.into());
        self.found.push(Finding { at, severity: Severity::Warning, code, message, hint });
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.found.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The file's text.
    pub(crate) const fn text(&self) -> &'t str {
        self.text
    }

    /// The file could not be read whole, so that what seems missing may be there.
    pub(super) fn is_broken(&self) -> bool {
        self.found.iter().any(|finding| BROKEN.contains(&finding.code))
    }

    /// The place of byte `at`.
    pub(crate) fn place(&self, at: usize) -> Place {
        Place::on_line(self.path, self.text, (self.line(at), at))
    }

    /// The line of byte `at`.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.get_or_init(|| Lines::of(self.text)).line(at)
    }

    /// Everything found, in the order of the file.
    ///
    /// A line that is no TOML is told so and no more.
    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        let mut found = std::mem::take(&mut self.found);
        found.sort();
        found.dedup();
        let broken: Vec<usize> =
            found.iter().filter(|one| BROKEN.contains(&one.code)).map(|one| self.line(one.at)).collect();
        let certain = |one: &Finding| BROKEN.contains(&one.code) || one.code == "control-character";
        found.retain(|one| certain(one) || broken.binary_search(&self.line(one.at)).is_err());
        found.dedup_by(|next, one| {
            (next.code, one.code) == ("syntax", "syntax") && self.line(next.at) == self.line(one.at)
        });
        let more = found.split_off(found.len().min(MOST));
        let mut problems: Vec<Problem> = found.iter().map(|finding| self.problem(finding)).collect();
        if let Some(severity) = more.iter().map(|finding| finding.severity).min() {
            let message = format!("{} more problems in this file", more.len());
            let hint = "mend the ones above first, then check again";
            let problem = Problem::error("more-problems", Place::head(self.path), &message, hint);
            problems.push(Problem { severity, ..problem });
        }
        problems
    }

    fn problem(&self, finding: &Finding) -> Problem {
        let place = self.place(finding.at);
        let problem = Problem::error(finding.code, place, &finding.message, &finding.hint);
        Problem { severity: finding.severity, ..problem }
    }
}

/// Where lines start, the first left out.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The line of byte `at`, counted from one.
    fn line(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at) + 1
    }
}
