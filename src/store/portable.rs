//! A learner's records as a text to carry to another machine: JSON Lines between a header and a checksum.
//!
//! ```text
//! {"format":1,"program":"respline","learner":"ann","records":2,"exported":1790000000000}
//! {"key":"00ff000000000001-0","at":1789999990000,"entry":{"kind":"welcomed"}}
//! {"key":"00ff000000000001-1","at":1789999991000,"entry":{"kind":"set","name":"theme","value":"light"}}
//! {"sha256":"…"}
//! ```
//!
//! Every line is printable ASCII. Entries are carried word for word, so that a version which cannot read some of them still
//! passes them on. The checksum covers the record lines with their line feeds; a text that was cut off has none.

use std::{borrow::Cow, fmt::Write as _};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::{
    course::{RecordKey, Timestamp},
    document::printable,
};

use super::{
    Cursor, Kept, Store, StoreError,
    kept::{ascii_json, is_plain},
};

const FORMAT: u32 = 1;
const PROGRAM: &str = "respline";

/// No record comes near this; a longer line is no record.
const LONGEST_LINE: usize = 1 << 20;

#[derive(Serialize, Deserialize)]
struct Header {
    format: u32,
    program: String,
    learner: String,
    records: usize,
    exported: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'text> {
    key: RecordKey,
    at: Timestamp,
    #[serde(borrow)]
    entry: &'text RawValue,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Closing {
    sha256: String,
}

/// A learner's records, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The whole text.
    pub text: String,
    /// Records in it.
    pub records: usize,
    /// Damaged records that are not in it: their entry is no JSON any more.
    pub left_out: usize,
}

impl Export {
    /// Writes out every record of `learner`, marked with the time `now`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of(store: &mut dyn Store, learner: &str, now: Timestamp) -> Result<Self, StoreError> {
        let (mut lines, mut records, mut left_out) = (String::new(), 0, 0);
        store.read(learner, Cursor::START, &mut |kept| match line(&kept) {
            Some(line) => {
                lines.extend([line.as_str(), "\n"]);
                records += 1;
            }
            None => left_out += 1,
        })?;
        let header =
            Header { format: FORMAT, program: PROGRAM.into(), learner: learner.into(), records, exported: now.0 };
        let header = ascii_json(&header).map_err(StoreError::Unwritable)?;
        let closing = ascii_json(&closing(lines.as_bytes())).map_err(StoreError::Unwritable)?;
        Ok(Self { text: format!("{header}\n{lines}{closing}\n"), records, left_out })
    }
}

fn line(kept: &Kept<'_>) -> Option<String> {
    let entry: &RawValue = serde_json::from_str(&kept.entry).ok()?;
    if is_entry(entry) { ascii_json(&Line { key: kept.key, at: kept.at, entry }).ok() } else { None }
}

fn is_entry(json: &RawValue) -> bool {
    json.get().starts_with('{') && is_plain(json.get())
}

fn closing(lines: &[u8]) -> Closing {
    let mut sha256 = String::new();
    for byte in Sha256::digest(lines) {
        let _ = write!(sha256, "{byte:02x}");
    }
    Closing { sha256 }
}

/// An exported text, read back and found whole; nothing is stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import<'text> {
    /// Whose records they were.
    pub learner: String,
    /// The records.
    pub records: Vec<Kept<'text>>,
}

impl<'text> Import<'text> {
    /// Reads an exported text.
    ///
    /// # Errors
    /// When it is not whole and genuine to the last line.
    pub fn read(text: &'text [u8]) -> Result<Self, PortableError> {
        let (first, rest) = cut_first(text);
        let header = header(first).map_err(|problem| problem.at(1))?;
        let (lines, last) = cut_last(rest);
        let after = lines.split(|byte| *byte == b'\n').count() + 1;
        let told: Closing = serde_json::from_slice(last).map_err(|_| Problem::CutOff.at(after))?;
        let records = records(lines)?;
        if records.len() != header.records {
            return Err(Problem::Count { said: header.records, found: records.len() }.at(1));
        }
        if told.sha256 != closing(lines).sha256 {
            return Err(Problem::Changed.at(after));
        }
        Ok(Self { learner: header.learner, records })
    }
}

/// The first line, and what follows it.
fn cut_first(text: &[u8]) -> (&[u8], &[u8]) {
    let mut parts = text.splitn(2, |byte| *byte == b'\n');
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// What stands before the last line, with its line feed, and the last line.
fn cut_last(text: &[u8]) -> (&[u8], &[u8]) {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
    text.split_at_checked(end).unwrap_or_default()
}

fn header(line: &[u8]) -> Result<Header, Problem> {
    /// What every format has, so that a newer one is told from a foreign text.
    #[derive(Deserialize)]
    struct Mark {
        format: u32,
        program: String,
    }
    let mark: Mark = serde_json::from_slice(line).map_err(|_| Problem::Foreign)?;
    match mark {
        Mark { program, .. } if program != PROGRAM => Err(Problem::Foreign),
        Mark { format: FORMAT, .. } => serde_json::from_slice(line).map_err(|error| Problem::malformed(&error)),
        Mark { format, .. } => Err(Problem::Newer { format }),
    }
}

fn records(lines: &[u8]) -> Result<Vec<Kept<'_>>, PortableError> {
    let lines = lines.strip_suffix(b"\n").into_iter().flat_map(|lines| lines.split(|byte| *byte == b'\n'));
    lines.zip(2..).map(|(line, number)| record(line).map_err(|problem| problem.at(number))).collect()
}

fn record(line: &[u8]) -> Result<Kept<'_>, Problem> {
    if line.len() > LONGEST_LINE {
        return Err(Problem::TooLong);
    }
    let line: Line<'_> = serde_json::from_slice(line).map_err(|error| Problem::malformed(&error))?;
    if is_entry(line.entry) {
        return Ok(Kept { key: line.key, at: line.at, entry: Cow::Borrowed(line.entry.get()) });
    }
    Err(Problem::Malformed("its entry is not an object in printable ASCII".into()))
}

/// Why a text cannot be imported, and where that shows.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {problem}")]
pub struct PortableError {
    /// Counted from one.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with an exported text.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Problem {
    /// The first line is not ours.
    #[error("this is no export of respline")]
    Foreign,
    /// The first line names a format of a newer version.
    #[error("it is in format {format}, which only a newer version of respline can read")]
    Newer {
        /// The format.
        format: u32,
    },
    /// A line is not what it should be.
    #[error("this is no record: {0}")]
    Malformed(String),
    /// A line is longer than any record.
    #[error("it is longer than any record can be")]
    TooLong,
    /// The end is missing.
    #[error("the closing line is missing: the file was cut off")]
    CutOff,
    /// Records were added or taken away.
    #[error("{said} records were exported, {found} are here")]
    Count {
        /// What the header says.
        said: usize,
        /// What is there.
        found: usize,
    },
    /// The checksum is another.
    #[error("the checksum does not fit: the file was changed after it was exported")]
    Changed,
}

impl Problem {
    const fn at(self, line: usize) -> PortableError {
        PortableError { line, problem: self }
    }

    /// The parser saw one line only, so of its place the column alone is true.
    fn malformed(error: &serde_json::Error) -> Self {
        let told = error.to_string();
        let what = told.split(" at line ").next().unwrap_or(&told);
        Self::Malformed(format!("{} (column {})", printable(what), error.column()))
    }

    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Foreign => "give a file that `respline progress export` wrote",
            Self::Newer { .. } => "update respline on this machine",
            Self::Malformed(_) | Self::TooLong | Self::CutOff | Self::Count { .. } | Self::Changed => {
                "nothing was imported; export again and copy the file whole"
            }
        }
    }
}
