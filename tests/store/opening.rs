//! The SQLite file: private, ours, of this version, or refused and left as it was.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

use respline::store::{Sqlite, Store, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{open, setting};

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("progress.db");
    (folder, path)
}

fn refused(path: &Path) -> StoreError {
    let error = Sqlite::open(path).expect_err("it is refused");
    assert!(error.to_string().contains(path.file_name().expect("it has a name").to_str().expect("it is text")));
    assert!(!error.hint().is_empty());
    error
}

/// A file that opening refuses must be the same afterwards, and so must its log.
fn refused_untouched(path: &Path) -> StoreError {
    let log = path.with_extension("db-wal");
    let read = || (fs::read(path).expect("it is there"), fs::read(&log).unwrap_or_default());
    let before = read();
    let error = refused(path);
    assert!(read() == before, "the file was touched: {error}");
    error
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

#[test]
fn a_new_database_and_its_folders_are_private() {
    let (folder, _) = place();
    let path = folder.path().join("a/b/progress.db");
    let mut store = open(&path);
    store.append("ann", &[setting(1, 0, 1, "dark")]).expect("it is stored");
    assert_eq!(mode(&folder.path().join("a")), 0o700);
    assert_eq!(mode(&folder.path().join("a/b")), 0o700);
    for name in ["progress.db", "progress.db-wal", "progress.db-shm"] {
        assert_eq!(mode(&folder.path().join("a/b").join(name)), 0o600, "{name}");
    }
    drop(store);
    assert_eq!(fs::read_dir(folder.path().join("a/b")).expect("it is there").count(), 1, "one tidy file is left");
}

#[test]
fn an_empty_file_and_a_link_are_filled() {
    let (folder, path) = place();
    fs::write(&path, "").expect("it is written");
    let link = folder.path().join("link.db");
    symlink(&path, &link).expect("it is made");
    open(&link).append("ann", &[setting(1, 0, 1, "dark")]).expect("it is stored");
    assert_eq!(open(&path).records("ann").expect("it reads").len(), 1);
}

#[test]
fn a_newer_schema_is_refused() {
    let (_folder, path) = place();
    drop(open(&path));
    Connection::open(&path).expect("it opens").pragma_update(None, "user_version", 99).expect("it is set");
    let error = refused_untouched(&path);
    assert!(matches!(error, StoreError::Newer { found: 99, known: 2, .. }), "{error}");
}

#[test]
fn what_is_not_ours_is_refused() {
    let (folder, path) = place();
    fs::write(&path, "dear diary, ".repeat(1000)).expect("it is written");
    assert!(matches!(refused_untouched(&path), StoreError::Foreign { .. }));
    for application in [0, 0x1234_5678] {
        let path = folder.path().join(format!("{application}.db"));
        let other = Connection::open(&path).expect("it opens");
        other.pragma_update(None, "application_id", application).expect("it is set");
        other.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE diary (page TEXT);").expect("it is made");
        let copy = folder.path().join(format!("copy-{application}.db"));
        for (from, to) in [(&path, &copy), (&path.with_extension("db-wal"), &copy.with_extension("db-wal"))] {
            fs::copy(from, to).expect("it is copied");
        }
        assert!(matches!(refused_untouched(&copy), StoreError::Foreign { .. }), "with a log that is not in it yet");
    }
    assert!(matches!(refused(folder.path()), StoreError::Foreign { .. }), "a folder");
}

#[test]
fn a_path_that_leads_nowhere_is_said_so() {
    let (folder, path) = place();
    fs::write(&path, "").expect("it is written");
    let error = refused(&path.join("progress.db"));
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error}");
    let hostile = folder.path().join("x\u{1b}[2J.db/");
    fs::create_dir(&hostile).expect("it is made");
    let error = Sqlite::open(&hostile).expect_err("it is refused").to_string();
    assert!(!error.contains('\u{1b}'), "{error}");
}

#[test]
fn a_damaged_database_is_said_so() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.append("ann", &(0..500).map(|seq| setting(1, seq, 1, "dark")).collect::<Vec<_>>()).expect("it is stored");
    drop(store);
    let mut bytes = fs::read(&path).expect("it is there");
    bytes[4096..].fill(0xa5);
    fs::write(&path, &bytes).expect("it is written");
    let error = open(&path).records("ann").expect_err("it is refused");
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    assert!(error.hint().contains("restore it from a backup"));
    assert!(fs::read(&path).expect("it is there") == bytes, "the file was touched");
}

#[test]
fn a_lock_that_is_held_is_waited_for_and_then_said_so() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let other = Connection::open(&path).expect("it opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("it locks");
    let began = Instant::now();
    let error = store.append("ann", &[setting(1, 0, 1, "dark")]).expect_err("it is refused");
    assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    assert!(began.elapsed().as_secs() >= 4, "it gave up after {:?}", began.elapsed());
    other.execute_batch("COMMIT").expect("it lets go");
    store.append("ann", &[setting(1, 0, 1, "dark")]).expect("it is stored");
}

#[test]
fn a_file_that_was_moved_away_takes_no_more_answers() {
    let (folder, path) = place();
    let mut store = open(&path);
    store.append("ann", &[setting(1, 0, 1, "dark")]).expect("it is stored");
    let aside = folder.path().join("aside.db");
    fs::rename(&path, &aside).expect("it is moved");
    let error = store.append("ann", &[setting(1, 1, 1, "dark")]).expect_err("it is refused");
    assert!(matches!(error, StoreError::Gone { .. }), "{error}");
    fs::rename(&aside, &path).expect("it is moved back");
    store.append("ann", &[setting(1, 1, 1, "dark")]).expect("it is stored");
}

#[test]
fn a_log_without_its_file_is_not_played_into_a_new_one() {
    let (folder, path) = place();
    let log = path.with_extension("db-wal");
    let mut store = open(&path);
    store.append("ann", &[setting(1, 0, 1, "dark")]).expect("it is stored");
    let kept = fs::read(&log).expect("it is there");
    fs::rename(&path, folder.path().join("aside.db")).expect("it is moved");
    let error = Sqlite::open(&path).expect_err("it is refused");
    assert!(matches!(error, StoreError::Corrupt { .. }) && error.to_string().contains("db-wal"), "{error}");
    assert!(!path.exists() && fs::read(&log).expect("it is there") == kept);
}

#[test]
fn terminals_that_start_together_begin_one_database() {
    for _ in 0..20 {
        let (_folder, path) = place();
        thread::scope(|scope| {
            for origin in 0..6 {
                let path = &path;
                scope.spawn(move || open(path).append("ann", &[setting(origin, 0, 1, "dark")]).expect("it is stored"));
            }
        });
        assert_eq!(open(&path).records("ann").expect("it reads").len(), 6);
    }
}

#[test]
fn what_this_handle_stored_is_no_change() {
    let (_folder, path) = place();
    let (mut store, mut other) = (open(&path), open(&path));
    assert_eq!(store.records("ann").expect("it reads"), []);
    store.append("ann", &[setting(1, 0, 1, "dark")]).expect("it is stored");
    assert!(!store.changed().expect("it reads"));
    other.append("ann", &[setting(1, 1, 1, "dark")]).expect("it is stored");
    assert!(store.changed().expect("it reads"));
    assert_eq!(store.records("ann").expect("it reads").len(), 2);
    assert!(!store.changed().expect("it reads"));
}

#[test]
fn a_file_of_the_first_version_is_brought_up() {
    let (_folder, path) = place();
    let first = Connection::open(&path).expect("it opens");
    let records = include_str!("../../src/store/migrations/0001-records.sql");
    first.execute_batch(records).expect("it is made");
    first.execute_batch("PRAGMA application_id = 0x7273706c; PRAGMA user_version = 1;").expect("it is ours");
    let row = (setting(1, 0, 5, "dark"), r#"{"kind":"set","name":"theme","value":"dark"}"#);
    let add = "INSERT INTO record (learner, origin, seq, at, entry) VALUES ('ann', '0000000000000001', 0, 5, ?1)";
    first.execute(add, (row.1,)).expect("it is stored");
    drop(first);
    let mut store = open(&path);
    assert_eq!(store.records("ann").expect("it reads"), [row.0]);
    store.append("ann", &[setting(1, 1, 6, "light")]).expect("it is stored");
    assert_eq!(store.learners().expect("it reads"), ["ann"]);
}

#[test]
fn who_is_forgotten_is_gone_from_the_file_too() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.append("ann", &[setting(1, 0, 1, "a very private thing")]).expect("it is stored");
    store.append("bob", &[setting(1, 0, 1, "his")]).expect("it is stored");
    assert_eq!(store.forget("ann").expect("she is forgotten"), 1);
    for path in [path.clone(), path.with_extension("db-wal")] {
        let bytes = fs::read(&path).expect("it is there");
        let found = bytes.windows(12).any(|part| part == b"very private");
        assert!(!found, "{}", path.display());
    }
}
