//! A record as a store holds it: under its key, at its time, its entry a text that only the course can read.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::course::{Entry, Record, RecordKey, Timestamp};

use super::StoreError;

/// A record in its stored form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    /// Unique for one learner.
    pub key: RecordKey,
    /// When.
    pub at: Timestamp,
    /// The entry as JSON in printable ASCII; empty where the database no longer holds a text.
    pub entry: Cow<'a, str>,
}

impl Kept<'_> {
    /// The stored form of `record`.
    ///
    /// # Errors
    /// When its entry has no JSON form.
    pub fn of(record: &Record) -> Result<Self, StoreError> {
        Self::new(record.key, record.at, &record.entry)
    }

    /// The stored form of a record whose entry only somebody else can read, as a class's is.
    ///
    /// # Errors
    /// When the entry has no JSON form.
    pub fn new(key: RecordKey, at: Timestamp, entry: &impl Serialize) -> Result<Self, StoreError> {
        let entry = ascii_json(entry).map_err(StoreError::Unwritable)?;
        Ok(Self { key, at, entry: Cow::Owned(entry) })
    }

    /// The record, unless a newer version wrote it or it is damaged.
    pub fn record(&self) -> Option<Record> {
        let entry: Entry = serde_json::from_str(&self.entry).ok()?;
        Some(Record { key: self.key, at: self.at, entry })
    }

    /// The same record, free of what it was read from.
    pub fn into_owned(self) -> Kept<'static> {
        Kept { key: self.key, at: self.at, entry: Cow::Owned(self.entry.into_owned()) }
    }
}

/// A place in the order in which one database stored its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor(pub(super) i64);

impl Cursor {
    /// Before the first record.
    pub const START: Self = Self(0);
}

/// What one reading found.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// In order of time, then key.
    pub records: Vec<Record>,
    /// Records that this version cannot read: written by a newer one, or damaged. They stay in the database.
    pub unread: usize,
    /// Where the next reading begins.
    pub cursor: Cursor,
}

/// JSON in printable ASCII: whoever prints a record, a database's shell included, prints nothing that steers a terminal.
pub(super) fn ascii_json(value: &impl Serialize) -> serde_json::Result<String> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut text, Ascii))?;
    String::from_utf8(text).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// The text can be printed as it is.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        if is_plain(fragment) {
            return to.write_all(fragment.as_bytes());
        }
        for char in fragment.chars() {
            match char {
                ' '..='~' => write!(to, "{char}")?,
                other => other.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(to, "\\u{unit:04x}"))?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_entry_is_printable_and_reads_back() {
        let entry = Entry::Set { name: "\u{202e}\u{7f}\u{9b}\"\\".into(), value: "\u{1f980}\0\n é".into() };
        let record = Record { key: RecordKey { origin: 1, seq: 0 }, at: Timestamp(5), entry };
        let kept = Kept::of(&record).expect("it has a form");
        assert!(is_plain(&kept.entry), "{}", kept.entry);
        assert!(kept.entry.contains(r"\ud83e\udd80"), "{}", kept.entry);
        assert_eq!(kept.record(), Some(record));
    }
}
