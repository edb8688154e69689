//! A box that moves from one database to another and back.

use std::path::Path;

use respline::{
    course::{RecordKey, Timestamp},
    store::{self, Accounts, CopyError, Database, Kept, Location, Memory, Store, StoreError, Survey, copy},
};

use super::{open, server::Server, setting};

const NEWER: &str = r#"{"kind":"dreamt",  "of":["electric", "sheep"]}"#;

/// Three learners, two of them with accounts, more records than fit one batch, and some of a newer version.
fn fill(store: &mut dyn Database) {
    for (name, key) in [("Ann", Some("ssh-ed25519 one")), ("李小龍", None)] {
        store.enrol(name, Timestamp(7), key, None).expect("it is stored");
    }
    assert!(store.add_key("Ann", "ssh-rsa two").expect("it is stored"));
    assert!(store.set_pin("李小龍", Some("$argon2id$v=19$x")).expect("it is stored"));
    let many: Vec<_> = (0..1_234).map(|seq| setting(u64::MAX, seq, -i64::from(seq), "x")).collect();
    let newer = Kept { key: RecordKey { origin: 3, seq: 0 }, at: Timestamp(3), entry: NEWER.into() };
    for learner in ["Ann", "guest", "ann"] {
        store.append(learner, &many).expect("it is stored");
        store.keep(learner, std::slice::from_ref(&newer)).expect("it is stored");
        store.append(learner, &[setting(1, 0, i64::MAX, "\u{202e}'\\\u{1f980}")]).expect("it is stored");
    }
}

fn filled() -> Memory {
    let mut store = Memory::default();
    fill(&mut store);
    store
}

fn survey(store: &mut dyn Database) -> Survey {
    Survey::of(store).unwrap_or_else(|error| panic!("{error}"))
}

/// Through every database in turn; the digest is the same everywhere, and a second copy adds nothing.
fn travels(stops: &mut [Box<dyn Database>]) {
    let mut from: Box<dyn Database> = Box::new(filled());
    let first = survey(&mut *from);
    assert_eq!((first.learners, first.accounts, first.keys, first.pins), (4, 2, 2, 1));
    assert_eq!((first.records, first.unread, first.damaged), (3 * 1_236, 3, 0));
    assert_eq!((first.kinds.get("set"), first.kinds.get("dreamt")), (Some(&(3 * 1_235)), Some(&3)));
    for to in stops {
        let copied = copy(&mut *from, &mut **to).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((copied.new, copied.is_same(), &copied.to), (first.records, true, &first));
        let again = copy(&mut *from, &mut **to).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((again.new, again.is_same()), (0, true));
        let mut words = Vec::new();
        to.read("guest", store::Cursor::START, &mut |kept| words.push(kept.entry.into_owned())).expect("it reads");
        assert!(words.iter().any(|word| word == NEWER), "word for word");
        assert_eq!(to.pin("李小龍").expect("it reads").as_deref(), Some("$argon2id$v=19$x"));
        std::mem::swap(&mut from, to);
    }
}

#[test]
fn a_box_is_the_same_in_every_file() {
    let folder = tempfile::tempdir().expect("there is room");
    let file = |name: &str| Box::new(open(&folder.path().join(name))) as Box<dyn Database>;
    travels(&mut [file("a.db"), Box::new(Memory::default()), file("b.db")]);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_box_goes_to_a_server_and_comes_back_the_same() {
    let folder = tempfile::tempdir().expect("there is room");
    let file = |name: &str| Box::new(open(&folder.path().join(name))) as Box<dyn Database>;
    let server = || store::open(&Location::parse(&Server::shared().database()).expect("a URL")).expect("it is there");
    travels(&mut [file("a.db"), server(), server(), file("b.db")]);
}

#[test]
fn a_copy_joins_what_is_there_and_says_that_it_is_more() {
    let (mut from, mut to) = (filled(), Memory::default());
    to.append("Ann", &[setting(9, 9, 9, "hers, from elsewhere")]).expect("it is stored");
    let copied = copy(&mut from, &mut to).expect("nothing differs");
    assert_eq!((copied.new, copied.is_same()), (copied.from.records, false));
    assert_eq!(copied.to.records, copied.from.records + 1);
}

#[test]
fn what_differs_stops_a_copy() {
    let stopped = |to: &mut Memory| copy(&mut filled(), to).expect_err("it differs");
    let mut to = Memory::default();
    to.append("guest", &[setting(1, 0, 0, "forged")]).expect("it is stored");
    let error = stopped(&mut to);
    assert!(matches!(error, CopyError::Target(StoreError::Conflict(_))), "{error}");
    let account = |name: &str, at: i64, key: Option<&str>, pin: Option<&str>| {
        let mut to = Memory::default();
        to.enrol(name, Timestamp(at), key, pin).expect("it is stored");
        let error = stopped(&mut to);
        assert!(!error.hint().is_empty());
        match error {
            CopyError::Account { what, .. } => what,
            error => panic!("{error}"),
        }
    };
    assert_eq!(account("ann", 7, None, None), "name's case");
    assert_eq!(account("Ann", 8, None, None), "date");
    assert_eq!(account("bob", 7, Some("ssh-rsa two"), None), "key");
    assert_eq!(account("李小龍", 7, None, Some("$argon2id$other")), "PIN");
}

#[test]
fn a_digest_tells_every_difference() {
    let digest = |change: &dyn Fn(&mut Memory)| {
        let mut store = filled();
        change(&mut store);
        survey(&mut store).digest
    };
    let changes: [&dyn Fn(&mut Memory); 7] = [
        &|_| {},
        &|store| store.append("guest", &[setting(2, 0, 0, "x")]).expect("it is stored"),
        &|store| store.append("guest ", &[setting(2, 0, 0, "x")]).expect("it is stored"),
        &|store| assert!(store.add_key("Ann", "ssh-rsa three").expect("it is stored")),
        &|store| assert!(store.set_pin("Ann", Some("$argon2id$v=19$x")).expect("it is stored")),
        &|store| assert!(store.admit("guest", Timestamp(1)).expect("it is stored")),
        &|store| assert_eq!(store.forget("guest").expect("it is removed"), 1_236),
    ];
    let mut all: Vec<String> = changes.iter().map(|change| digest(change)).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), changes.len());
}

#[test]
fn a_damaged_index_is_found() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("a.db");
    fill(&mut open(&path));
    assert_eq!(open(&path).examine().expect("it is whole").schema, Some(2));
    drop_an_index_entry(&path);
    let error = open(&path).examine().expect_err("an index lacks a row");
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
}

/// An index that knows less than its table.
fn drop_an_index_entry(path: &Path) {
    let connection = rusqlite::Connection::open(path).expect("it opens");
    let sabotage = "
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = 'CREATE INDEX record_in_order ON record (learner, at, origin, seq) WHERE seq > 0'
            WHERE name = 'record_in_order';
        PRAGMA writable_schema = RESET;
        REINDEX record_in_order;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = 'CREATE INDEX record_in_order ON record (learner, at, origin, seq)'
            WHERE name = 'record_in_order';";
    connection.execute_batch(sabotage).expect("it is done");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_counter_that_was_not_restored_is_found() {
    let server = Server::shared();
    let url = server.database();
    let mut store = respline::store::Postgres::open(&url).expect("it is there");
    store.append("ann", &[setting(1, 0, 1, "a"), setting(1, 1, 1, "a")]).expect("it is stored");
    let health = store.examine().expect("it is whole");
    assert!(health.engine.starts_with("PostgreSQL 1") && health.schema == Some(1), "{health:?}");
    assert!(health.warnings.iter().any(|warning| warning.contains("fsync")), "{health:?}");
    server.sql(&url, "SELECT setval(pg_get_serial_sequence('record', 'place'), 1)");
    let error = store.examine().expect_err("the next record would be given a place that is taken");
    assert!(matches!(error, StoreError::Corrupt { .. }) && error.to_string().contains("setval"), "{error}");
}
