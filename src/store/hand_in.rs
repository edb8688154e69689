//! A learner's work on an assignment as a text to hand in: JSON Lines, each one chained to all before it.
//!
//! ```text
//! {"format":1,"program":"respline hand-in","class":"autumn","assignment":"lab-1","login":"ana",…,"records":2}
//! {"key":"00ff000000000001-0","at":1789999990000,"entry":{"kind":"sat-down",…},"link":"…"}
//! {"key":"00ff000000000001-1","at":1789999991000,"entry":{"kind":"began",…},"link":"…"}
//! {"records":2,"link":"…"}
//! ```
//!
//! The first link is the SHA-256 of the first line; each further one covers the link before it, the key, the time and the
//! entry of its own line; the last one the link before it and the count. A line that was changed, taken out, put in or moved
//! is found and named; so is a text that was cut off. It is no signature: whoever knows this page can write a new chain.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::{
    course::{Record, RecordKey, Timestamp, hex64},
    document::printable,
};

use super::{
    Kept, StoreError,
    kept::{ascii_json, is_plain},
};

const FORMAT: u32 = 1;
const PROGRAM: &str = "respline hand-in";

/// No record comes near this.
const LONGEST_LINE: usize = 1 << 20;

/// What stands on the first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cover {
    /// Class id.
    pub class: String,
    /// Assignment id.
    pub assignment: String,
    /// The learner, by login.
    pub login: String,
    /// Digest of the questions (`classroom::pack_digest`).
    pub pack: String,
    /// Version of the program that wrote it.
    pub version: String,
    /// Seed of the first attempt.
    #[serde(with = "hex64")]
    pub seed: u64,
    /// When it was written, by the clock of the learner's machine.
    pub written: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct First {
    format: u32,
    program: String,
    #[serde(flatten)]
    cover: Cover,
    records: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'text> {
    key: RecordKey,
    at: Timestamp,
    #[serde(borrow)]
    entry: &'text RawValue,
    link: Cow<'text, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    records: usize,
    link: String,
}

/// A hand-in, read back and found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandIn<'text> {
    /// Whose, and of what.
    pub cover: Cover,
    /// The records, in the file's order.
    pub records: Vec<Kept<'text>>,
}

/// The text of a hand-in.
///
/// # Errors
/// When a record has no JSON form.
pub fn write_hand_in(cover: &Cover, records: &[Record]) -> Result<String, StoreError> {
    let kept = records.iter().map(Kept::of).collect::<Result<Vec<_>, _>>()?;
    text(cover, &kept).map_err(StoreError::Unwritable)
}

fn text(cover: &Cover, records: &[Kept<'_>]) -> serde_json::Result<String> {
    let count = records.len();
    let first = First { format: FORMAT, program: PROGRAM.into(), cover: cover.clone(), records: count };
    let mut text = ascii_json(&first)?;
    let mut link = Link::first(text.as_bytes());
    for kept in records {
        link = link.next(kept.key, kept.at, &kept.entry);
        let entry: &RawValue = serde_json::from_str(&kept.entry)?;
        let line = Line { key: kept.key, at: kept.at, entry, link: Cow::Owned(link.to_string()) };
        text.extend(["\n", &ascii_json(&line)?]);
    }
    let last = Last { records: count, link: link.last(count).to_string() };
    text.extend(["\n", &ascii_json(&last)?, "\n"]);
    Ok(text)
}

impl<'text> HandIn<'text> {
    /// Reads a hand-in.
    ///
    /// # Errors
    /// When it is none, or not whole and unchanged to the last line.
    pub fn read(text: &'text [u8]) -> Result<Self, HandInError> {
        let body = text.strip_suffix(b"\n").unwrap_or(text);
        // A mail program may have changed the ends of lines.
        let bare = |line: &'text [u8]| line.strip_suffix(b"\r").unwrap_or(line);
        let lines: Vec<&[u8]> = body.split(|byte| *byte == b'\n').map(bare).collect();
        let (first, rest) = lines.split_first().ok_or(HandInError::Foreign)?;
        let header = header(first)?;
        // A text that was cut off ends in the middle of a record or with one.
        let (last, lines) = rest.split_last().ok_or(HandInError::CutOff { found: 0, said: header.records })?;
        let cut_off = |_| HandInError::CutOff { found: lines.len(), said: header.records };
        let last: Last = serde_json::from_slice(last).map_err(cut_off)?;
        let (link, records) = chained(Link::first(first), lines)?;
        if last.link != link.last(records.len()).to_string() || last.records != header.records {
            return Err(HandInError::Changed { line: lines.len() + 2 });
        }
        Ok(Self { cover: header.cover, records })
    }
}

fn header(line: &[u8]) -> Result<First, HandInError> {
    /// What every format has.
    #[derive(Deserialize)]
    struct Mark {
        format: u32,
        program: String,
    }
    match serde_json::from_slice(line).map_err(|_| HandInError::Foreign)? {
        Mark { program, .. } if program != PROGRAM => Err(HandInError::Foreign),
        Mark { format: FORMAT, .. } => serde_json::from_slice(line).map_err(|error| malformed(1, &error)),
        Mark { format, .. } => Err(HandInError::Newer { format }),
    }
}

/// Follows the chain through `lines`, the second ones of their text.
fn chained<'text>(first: Link, lines: &[&'text [u8]]) -> Result<(Link, Vec<Kept<'text>>), HandInError> {
    let (mut link, mut records) = (first, Vec::with_capacity(lines.len()));
    for (number, line) in (2..).zip(lines.iter().copied()) {
        if line.len() > LONGEST_LINE {
            return Err(HandInError::Malformed { line: number, what: "it is longer than any record can be".into() });
        }
        let line: Line<'text> = serde_json::from_slice(line).map_err(|error| malformed(number, &error))?;
        let entry = line.entry.get();
        link = link.next(line.key, line.at, entry);
        if !is_plain(entry) || line.link != link.to_string() {
            return Err(HandInError::Changed { line: number });
        }
        records.push(Kept { key: line.key, at: line.at, entry: Cow::Borrowed(entry) });
    }
    Ok((link, records))
}

/// The parser saw one line only, so of its place the column alone is true.
fn malformed(line: usize, error: &serde_json::Error) -> HandInError {
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or(&told);
    HandInError::Malformed { line, what: format!("{} (column {})", printable(what), error.column()) }
}

/// A link of the chain.
#[derive(Clone, Copy)]
struct Link([u8; 32]);

impl Link {
    fn first(line: &[u8]) -> Self {
        Self(Sha256::digest(line).into())
    }

    fn next(self, key: RecordKey, at: Timestamp, entry: &str) -> Self {
        let hash = Sha256::new_with_prefix(self.0).chain_update(format!("{key}\n{}\n", at.0));
        Self(hash.chain_update(entry).finalize().into())
    }

    fn last(self, records: usize) -> Self {
        Self(Sha256::new_with_prefix(self.0).chain_update(format!("end {records}")).finalize().into())
    }
}

impl std::fmt::Display for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why a file is no sound hand-in.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum HandInError {
    /// It is something else.
    #[error("this is no hand-in file of respline")]
    Foreign,
    /// A newer version wrote it.
    #[error("it is in format {format}, which only a newer version of respline can read")]
    Newer {
        /// The format.
        format: u32,
    },
    /// A line is not what it should be.
    #[error("line {line} is no record: {what}")]
    Malformed {
        /// Counted from one.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The end is missing.
    #[error("it was cut off: {said} records were handed in, {found} are here")]
    CutOff {
        /// Lines that are there.
        found: usize,
        /// What the first line says.
        said: usize,
    },
    /// It was edited.
    #[error("it was changed after it was written: line {line} does not follow from those before it")]
    Changed {
        /// The first line that does not fit, counted from one.
        line: usize,
    },
    /// It is larger than any work can be.
    #[error("it is larger than {0} MiB")]
    TooLarge(u64),
    /// It is sealed, and not for this class.
    #[error("it is sealed for another key than this class's")]
    OtherKey,
    /// It is sealed, and the private half of the key is not here.
    #[error("it is sealed, and the private half of the class's key is not here")]
    NoKey,
    /// What is sealed was changed.
    #[error("its seal is broken: it was changed or cut off after it was written")]
    Broken,
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

impl HandInError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Foreign => "give the files that `respline hand-in` wrote",
            Self::Newer { .. } => "update respline on this machine",
            Self::NoKey => "name its file with --key",
            Self::OtherKey => "ask for the class file they used, or name the key's file with --key",
            _ => "ask the learner to write it again with `respline hand-in`",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::course::{AssignmentRef, Entry};

    use super::*;

    fn cover() -> Cover {
        Cover {
            class: "autumn".into(),
            assignment: "lab".into(),
            login: "ana\u{1b}".into(),
            pack: "ab".into(),
            version: "0.1.0".into(),
            seed: u64::MAX,
            written: Timestamp(9),
        }
    }

    fn records(count: u32) -> Vec<Record> {
        let assignment = Some(AssignmentRef { class: "autumn".into(), assignment: "lab".into() });
        let entry = Entry::SatDown {
            lesson: String::new(),
            seed: 1,
            scenarios: vec!["shop".into()],
            assignment,
            test_out: false,
        };
        (0..count)
            .map(|seq| Record { key: RecordKey { origin: 1, seq }, at: Timestamp(5), entry: entry.clone() })
            .collect()
    }

    #[test]
    fn what_is_written_reads_back() {
        for count in [0, 1, 5] {
            let text = write_hand_in(&cover(), &records(count)).expect("it is written");
            assert!(text.lines().all(is_plain), "{text}");
            let read = HandIn::read(text.as_bytes()).expect("it is whole");
            assert_eq!(read.cover, cover());
            assert_eq!(read.records.iter().filter_map(Kept::record).collect::<Vec<_>>(), records(count));
        }
    }

    #[test]
    fn the_line_that_was_changed_is_named_and_a_cut_is_told() {
        let text = write_hand_in(&cover(), &records(5)).expect("it is written");
        let lines: Vec<&str> = text.lines().collect();
        let read = |lines: &[&str]| HandIn::read(lines.join("\n").as_bytes()).map(drop);
        let edited = lines[3].replace("shop", "shoq");
        assert_eq!(
            read(&[lines[0], lines[1], lines[2], &edited, lines[4], lines[5], lines[6]]),
            Err(HandInError::Changed { line: 4 })
        );
        assert_eq!(
            read(&[lines[0], lines[1], lines[3], lines[4], lines[5], lines[6]]),
            Err(HandInError::Changed { line: 3 })
        );
        assert_eq!(
            read(&[lines[0], lines[2], lines[1], lines[3], lines[4], lines[5], lines[6]]),
            Err(HandInError::Changed { line: 2 })
        );
        assert_eq!(read(&lines[..5]), Err(HandInError::CutOff { found: 3, said: 5 }));
        assert_eq!(read(&lines[..1]), Err(HandInError::CutOff { found: 0, said: 5 }));
        let other = lines[0].replace("lab", "exam");
        assert_eq!(
            read(&[&other, lines[1], lines[6]]),
            Err(HandInError::Changed { line: 2 }),
            "the first line is covered"
        );
        assert_eq!(HandIn::read(b"PK\x03\x04").map(drop), Err(HandInError::Foreign));
        let newer = lines[0].replace("\"format\":1", "\"format\":2");
        assert_eq!(read(&[&newer]), Err(HandInError::Newer { format: 2 }));
    }

    proptest! {
        #[test]
        fn no_byte_can_be_changed_unseen(at in 0_usize..4_000, to in any::<u8>()) {
            let mut text = write_hand_in(&cover(), &records(4)).expect("it is written").into_bytes();
            let at = at % (text.len() - 1);
            prop_assume!(text[at] != to);
            text[at] = to;
            let read = HandIn::read(&text);
            prop_assert!(read.is_err(), "{read:?}");
        }

        #[test]
        fn anything_is_read_without_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = HandIn::read(&bytes);
            let mut text = write_hand_in(&cover(), &records(2)).expect("it is written").into_bytes();
            text.extend(&bytes);
            prop_assert!(bytes.is_empty() || HandIn::read(&text).is_err());
        }
    }
}
