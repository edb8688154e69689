//! What the machine does to a store: processes killed in the middle, files torn, disks full or read-only.
//!
//! A test that needs a process of its own runs this binary again with the name of one of the `children`.

#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where something is wrong")]

mod children;
mod kill;
mod program;
mod room;
mod torn;

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

use respline::{
    course::{Entry, Record, RecordKey, Timestamp},
    store::{Sqlite, Store},
};
use rusqlite::Connection;

fn open(path: &Path) -> Sqlite {
    Sqlite::open(path).unwrap_or_else(|error| panic!("{error}"))
}

fn setting(origin: u64, seq: u32) -> Record {
    let entry = Entry::Set { name: "theme".into(), value: "dark".repeat(30) };
    Record { key: RecordKey { origin, seq }, at: Timestamp(seq.into()), entry }
}

/// This binary again, to run one of the `children` on a path.
fn child(name: &str, path: &Path) -> Command {
    let mut command = Command::new(env::current_exe().expect("it is known"));
    command.args(["--exact", "--ignored", "--nocapture", "--test-threads=1", &format!("children::{name}")]);
    command.env("RESPLINE_TEST_PATH", path).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// What a child said after `word`, on complete lines.
fn said<'text>(output: &'text str, word: &str) -> Vec<&'text str> {
    let lines = output.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
    lines.filter_map(|line| line.strip_prefix(word)?.strip_prefix(' ')).collect()
}

/// Places of the records that session `origin` stored.
fn stored(path: &Path, origin: u64) -> Vec<u32> {
    let records = open(path).records("ann").unwrap_or_else(|error| panic!("{error}"));
    records.iter().filter(|record| record.key.origin == origin).map(|record| record.key.seq).collect()
}

fn assert_sound(path: &Path) {
    let connection = Connection::open(path).expect("it opens");
    let verdict: String =
        connection.query_row("PRAGMA integrity_check", (), |row| row.get(0)).expect("it can be checked");
    assert_eq!(verdict, "ok");
}
