//! The stores: one story for every adapter, and what each does besides.

#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where something is wrong")]

mod command;
mod conformance;
mod copy;
mod opening;
mod portable;
mod postgres;
mod properties;
#[path = "../support/postgres.rs"]
mod server;
mod severed;
mod shared;

use std::{path::Path, sync::Arc};

use respline::{
    course::{Entry, Record, RecordKey, Timestamp},
    store::{Database, Location, Memory, Sqlite},
};

/// Opens one more handle on a store, as a second terminal would.
type Opener = Box<dyn Fn() -> Box<dyn Database> + Send + Sync>;

conformance!(memory, || {
    let shared = Memory::default();
    Box::new(move || Box::new(shared.clone()))
});

conformance!(sqlite, || {
    let folder = Arc::new(tempfile::tempdir().expect("there is room"));
    Box::new(move || Box::new(open(&folder.path().join("progress.db"))))
});

conformance!(
    postgresql,
    || {
        let url = Location::parse(&server::Server::shared().database()).expect("a URL");
        Box::new(move || respline::store::open(&url).unwrap_or_else(|error| panic!("{error}")))
    },
    ignore = "needs PostgreSQL"
);

#[test]
fn a_name_with_a_nul_is_a_name_where_the_store_can_hold_it() {
    let folder = tempfile::tempdir().expect("there is room");
    let stores: [Box<dyn Database>; 2] =
        [Box::new(Memory::default()), Box::new(open(&folder.path().join("progress.db")))];
    for mut store in stores {
        store.append("a\0b", &[setting(1, 0, 1, "x")]).expect("it is stored");
        assert_eq!(store.records("a\0b").expect("it reads").len(), 1);
        assert_eq!(store.records("a").expect("it reads"), []);
        assert_eq!(store.learners().expect("it reads"), ["a\0b"]);
    }
}

fn open(path: &Path) -> Sqlite {
    Sqlite::open(path).unwrap_or_else(|error| panic!("{error}"))
}

fn setting(origin: u64, seq: u32, at: i64, value: &str) -> Record {
    let entry = Entry::Set { name: "theme".into(), value: value.into() };
    Record { key: RecordKey { origin, seq }, at: Timestamp(at), entry }
}
