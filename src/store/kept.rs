//! A record as a store holds it: under its key, at its time, its entry a text that only the course can read.

use std::borrow::Cow;

use crate::course::{Entry, Record, RecordKey, Timestamp};

use super::StoreError;

/// A record in its stored form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    /// Unique for one learner.
    pub key: RecordKey,
    /// When.
    pub at: Timestamp,
    /// The entry as JSON; empty where the database no longer holds a text.
    pub entry: Cow<'a, str>,
}

impl Kept<'_> {
    /// The stored form of `record`.
    ///
    /// # Errors
    /// When its entry has no JSON form.
    pub fn of(record: &Record) -> Result<Self, StoreError> {
        let entry = serde_json::to_string(&record.entry).map_err(StoreError::Unwritable)?;
        Ok(Self { key: record.key, at: record.at, entry: Cow::Owned(entry) })
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
