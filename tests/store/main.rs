//! The stores: one story for every adapter, and what each does besides.

#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where something is wrong")]

mod conformance;
mod opening;
mod portable;
mod properties;

use std::{path::Path, sync::Arc};

use respline::{
    course::{Entry, Record, RecordKey, Timestamp},
    store::{Memory, Sqlite, Store},
};

/// Opens one more handle on a store, as a second terminal would.
type Opener = Box<dyn Fn() -> Box<dyn Store> + Send + Sync>;

conformance!(memory, || {
    let shared = Memory::default();
    Box::new(move || Box::new(shared.clone()))
});

conformance!(sqlite, || {
    let folder = Arc::new(tempfile::tempdir().expect("there is room"));
    Box::new(move || Box::new(open(&folder.path().join("progress.db"))))
});

fn open(path: &Path) -> Sqlite {
    Sqlite::open(path).unwrap_or_else(|error| panic!("{error}"))
}

fn setting(origin: u64, seq: u32, at: i64, value: &str) -> Record {
    let entry = Entry::Set { name: "theme".into(), value: value.into() };
    Record { key: RecordKey { origin, seq }, at: Timestamp(at), entry }
}
