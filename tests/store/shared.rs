//! What every adapter must do where many share it: several learners' records, and accounts.

use std::{
    slice,
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use respline::{
    course::{Record, RecordKey, Timestamp},
    store::{Cursor, Database, Enrolled, Kept, Store, StoreError},
};

use super::{
    Opener,
    conformance::{append, records},
    setting,
};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOne";
const OTHER: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAITwo";
const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn kept(records: &[Record]) -> Vec<Kept<'static>> {
    records.iter().map(|record| Kept::of(record).expect("it has a form")).collect()
}

/// Everybody's records after `after`, with whose they are.
fn everyone(store: &mut dyn Store, after: Cursor) -> (Vec<(String, RecordKey)>, Cursor) {
    let mut found = Vec::new();
    let cursor = store
        .read_everyone(after, &mut |learner, kept| found.push((learner.to_owned(), kept.key)))
        .unwrap_or_else(|error| panic!("{error}"));
    (found, cursor)
}

fn enrol(store: &mut dyn Database, learner: &str, key: Option<&str>) -> Enrolled {
    store.enrol(learner, NOW, key, None).unwrap_or_else(|error| panic!("{error}"))
}

fn key(origin: u64, seq: u32) -> RecordKey {
    RecordKey { origin, seq }
}

pub(crate) fn several_learners_are_stored_together_or_not_at_all(open: &Opener) {
    let mut store = open();
    let (ann, bob) = (kept(&[setting(1, 0, 1, "a"), setting(1, 1, 2, "b")]), kept(&[setting(1, 0, 3, "c")]));
    let batch: [(&str, &[Kept<'_>]); 3] = [("ann", &ann), ("bob", &bob), ("ann", ann.split_at(1).0)];
    assert_eq!(store.keep_all(&batch).expect("it is stored"), 3, "one of five is there twice");
    assert_eq!(store.keep_all(&batch).expect("it is stored"), 0);
    assert_eq!((records(&mut *store, "ann").len(), records(&mut *store, "bob").len()), (2, 1));
    let (new, forged) = (kept(&[setting(2, 0, 9, "new")]), kept(&[setting(1, 0, 3, "forged")]));
    let refused = store.keep_all(&[("ann", &new), ("cy", &new), ("bob", &forged), ("dan", &new)]);
    assert!(matches!(refused, Err(StoreError::Conflict(RecordKey { origin: 1, seq: 0 }))), "{refused:?}");
    assert_eq!(store.learners().expect("it reads"), ["ann", "bob"]);
    assert_eq!(records(&mut *store, "ann").len(), 2);
    assert_eq!(store.keep_all(&[]).expect("nothing is stored"), 0);
    assert_eq!(store.keep_all(&[("ann", &new), ("cy", &new)]).expect("the store still works"), 2);
}

pub(crate) fn everyone_is_read_in_the_order_of_storing(open: &Opener) {
    let mut store = open();
    append(&mut *store, "bob", &[setting(1, 7, 900, "a"), setting(1, 3, 100, "b")]);
    append(&mut *store, "ann", &[setting(1, 7, 500, "c")]);
    append(&mut *store, "bob", &[setting(0, 0, -5, "d")]);
    let (found, cursor) = everyone(&mut *store, Cursor::START);
    let expected = [("bob", key(1, 7)), ("bob", key(1, 3)), ("ann", key(1, 7)), ("bob", key(0, 0))];
    assert_eq!(found, expected.map(|(name, key)| (name.to_owned(), key)));
    assert_eq!(everyone(&mut *store, cursor), (Vec::new(), cursor));
    append(&mut *open(), "cy", &[setting(1, 0, 1, "e")]);
    assert_eq!(everyone(&mut *store, cursor).0, [("cy".to_owned(), key(1, 0))]);
    // Both kinds of reading count in the same places.
    assert_eq!(store.records_since("bob", cursor).expect("it reads").records, []);
}

/// Reads on and on while four others store, and must have met every record in the end.
fn watch(open: &Opener, read_on: impl Fn(&mut dyn Database, Cursor, &mut Vec<(String, RecordKey)>) -> Cursor + Sync) {
    const EACH: u32 = 60;
    drop(open());
    let done = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let (mut store, mut seen, mut cursor) = (open(), Vec::new(), Cursor::START);
            loop {
                let last = done.load(Ordering::SeqCst);
                cursor = read_on(&mut *store, cursor, &mut seen);
                if last {
                    return seen;
                }
            }
        });
        let writer = |origin: u64| {
            let mut store = open();
            for seq in 0..EACH {
                append(&mut *store, "ann", &[setting(origin, seq, i64::from(EACH - seq), "x")]);
            }
        };
        let writers: Vec<_> = (0..4).map(|origin| scope.spawn(move || writer(origin))).collect();
        for writer in writers {
            writer.join().expect("it stores");
        }
        done.store(true, Ordering::SeqCst);
        watcher.join().expect("it reads")
    });
    let mut keys: Vec<RecordKey> = seen.into_iter().map(|(_, key)| key).collect();
    keys.sort_unstable();
    let expected: Vec<RecordKey> = (0..4).flat_map(|origin| (0..EACH).map(move |seq| key(origin, seq))).collect();
    assert_eq!(keys, expected, "each once");
}

pub(crate) fn a_reader_of_everyone_misses_nothing_while_many_store(open: &Opener) {
    watch(open, |store, cursor, seen| {
        let (found, cursor) = everyone(store, cursor);
        seen.extend(found);
        cursor
    });
}

pub(crate) fn a_reader_of_one_misses_nothing_while_another_session_stores(open: &Opener) {
    watch(open, |store, cursor, seen| {
        let batch = store.records_since("ann", cursor).expect("it reads");
        seen.extend(batch.records.into_iter().map(|record| ("ann".to_owned(), record.key)));
        batch.cursor
    });
}

pub(crate) fn learners_are_those_with_records_or_an_account(open: &Opener) {
    let mut store = open();
    assert_eq!(store.learners().expect("it reads"), Vec::<String>::new());
    append(&mut *store, "zoe", &[setting(1, 0, 1, "a"), setting(1, 1, 1, "b")]);
    append(&mut *store, "Zoe", &[setting(1, 0, 1, "a")]);
    append(&mut *store, "nobody", &[]);
    assert_eq!(enrol(&mut *store, "李小龍", None), Enrolled::Done);
    assert_eq!(enrol(&mut *store, "ann", None), Enrolled::Done);
    append(&mut *store, "ann", &[setting(1, 0, 1, "a")]);
    assert_eq!(store.learners().expect("it reads"), ["Zoe", "ann", "zoe", "李小龍"]);
}

pub(crate) fn who_is_forgotten_is_gone_and_cursors_stay_good(open: &Opener) {
    let (mut store, mut other) = (open(), open());
    append(&mut *store, "bob", &[setting(1, 0, 1, "his")]);
    assert_eq!(enrol(&mut *store, "ann", Some(KEY)), Enrolled::Done);
    assert!(store.set_pin("ann", Some("$argon2id$x")).expect("it is stored"));
    append(&mut *store, "ann", &[setting(1, 0, 1, "hers"), setting(1, 1, 2, "hers")]);
    let (_, cursor) = everyone(&mut *other, Cursor::START);
    assert_eq!(store.forget("ann").expect("she is forgotten"), 2);
    assert_eq!(store.forget("ann").expect("she was forgotten"), 0);
    assert_eq!(store.learners().expect("it reads"), ["bob"]);
    assert_eq!(records(&mut *store, "ann"), []);
    assert_eq!(store.learner_of(KEY).expect("it reads"), None);
    assert_eq!(store.pin("ann").expect("it reads"), None);
    assert_eq!(store.account("ann").expect("it reads"), None);
    append(&mut *store, "bob", &[setting(1, 1, 2, "new")]);
    append(&mut *store, "ann", &[setting(1, 0, 5, "anew")]);
    let expected = [("bob".to_owned(), key(1, 1)), ("ann".to_owned(), key(1, 0))];
    assert_eq!(everyone(&mut *other, cursor).0, expected, "no place is given twice");
    assert_eq!(records(&mut *open(), "ann"), [setting(1, 0, 5, "anew")]);
    assert_eq!(records(&mut *open(), "bob").len(), 2);
}

pub(crate) fn single_records_are_removed_and_cursors_stay_good(open: &Opener) {
    let (mut store, mut other) = (open(), open());
    append(&mut *store, "bob", &[setting(1, 0, 1, "his")]);
    assert_eq!(enrol(&mut *store, "ann", Some(KEY)), Enrolled::Done);
    append(&mut *store, "ann", &[setting(1, 0, 1, "hers"), setting(1, 1, 2, "hers"), setting(2, 1, 3, "hers")]);
    let (_, cursor) = everyone(&mut *other, Cursor::START);
    assert_eq!(store.remove("ann", &[key(1, 1), key(2, 1), key(2, 1), key(7, 7)]).expect("they are removed"), 2);
    assert_eq!(store.remove("nobody", &[key(1, 0)]).expect("there is nobody"), 0);
    assert_eq!(records(&mut *store, "ann"), [setting(1, 0, 1, "hers")]);
    assert_eq!(records(&mut *store, "bob").len(), 1);
    assert_eq!(store.learner_of(KEY).expect("it reads"), Some("ann".to_owned()), "the account stays");
    append(&mut *store, "ann", &[setting(2, 1, 9, "anew")]);
    assert_eq!(everyone(&mut *other, cursor).0, [("ann".to_owned(), key(2, 1))], "no place is given twice");
    assert_eq!(store.remove("ann", &[key(1, 0), key(2, 1)]).expect("they are removed"), 2);
    assert_eq!(records(&mut *open(), "ann"), []);
}

pub(crate) fn a_change_by_another_handle_is_noticed(open: &Opener) {
    let (mut one, mut other) = (open(), open());
    assert!(one.changed().expect("it reads"), "nothing was read yet");
    assert_eq!(records(&mut *one, "ann"), []);
    append(&mut *other, "ann", &[setting(1, 0, 1, "a")]);
    assert!(one.changed().expect("it reads"));
    assert!(one.changed().expect("it reads"), "until it is read");
    assert_eq!(records(&mut *one, "ann").len(), 1);
    let _ = everyone(&mut *one, Cursor::START);
    append(&mut *other, "bob", slice::from_ref(&setting(1, 0, 1, "a")));
    assert!(one.changed().expect("it reads"));
}

pub(crate) fn an_account_is_found_by_its_key_and_by_its_name(open: &Opener) {
    let mut store = open();
    assert_eq!(store.learner_of(KEY).expect("it reads"), None);
    assert_eq!(store.enrol("Ann", NOW, Some(KEY), Some("$argon2id$ann")).expect("it is stored"), Enrolled::Done);
    assert_eq!(enrol(&mut *store, "bob", None), Enrolled::Done);
    let mut again = open();
    assert_eq!(again.learner_of(KEY).expect("it reads").as_deref(), Some("Ann"));
    assert_eq!(again.learner_of(OTHER).expect("it reads"), None);
    let found = again.account("aNN").expect("it reads").expect("she has one");
    assert_eq!((found.learner.as_str(), found.made, found.has_pin), ("Ann", NOW, true));
    assert_eq!(again.account("anne").expect("it reads"), None);
    let all: Vec<String> = again.accounts().expect("it reads").into_iter().map(|account| account.learner).collect();
    assert_eq!(all, ["Ann", "bob"]);
    assert_eq!(again.keys(None).expect("it reads"), [("Ann".to_owned(), KEY.to_owned())]);
}

pub(crate) fn a_name_is_one_persons_whatever_its_case(open: &Opener) {
    let mut store = open();
    assert_eq!(enrol(&mut *store, "Straße", Some(KEY)), Enrolled::Done);
    assert_eq!(enrol(&mut *store, "STRASSE", Some(OTHER)), Enrolled::NameTaken);
    assert_eq!(store.learner_of(OTHER).expect("it reads"), None, "nothing of a refused enrolment is stored");
    append(&mut *store, "Zoë", &[setting(1, 0, 1, "from before")]);
    for name in ["Zoë", "ZOË"] {
        assert_eq!(enrol(&mut *store, name, Some(OTHER)), Enrolled::NameTaken, "somebody has records as {name}");
    }
    assert_eq!(enrol(&mut *store, "strasser", Some(OTHER)), Enrolled::Done);
}

pub(crate) fn of_many_who_want_one_name_one_gets_it(open: &Opener) {
    drop(open());
    let ready = Barrier::new(6);
    let try_it = |number: usize| {
        let (mut store, name) = (open(), if number.is_multiple_of(2) { "ann" } else { "Ann" });
        let key = format!("ssh-ed25519 key{number}");
        ready.wait();
        match enrol(&mut *store, name, Some(&key)) {
            Enrolled::Done => Some(number),
            Enrolled::NameTaken => None,
            Enrolled::KeyTaken => panic!("each has its own key"),
        }
    };
    let won: Vec<usize> = thread::scope(|scope| {
        let all: Vec<_> = (0..6)
            .map(|number| {
                scope.spawn({
                    let try_it = &try_it;
                    move || try_it(number)
                })
            })
            .collect();
        all.into_iter().filter_map(|one| one.join().expect("it is asked")).collect()
    });
    let [winner] = won.as_slice() else { panic!("{won:?}") };
    let keys = open().keys(None).expect("it reads");
    assert_eq!(keys.iter().map(|(_, key)| key.clone()).collect::<Vec<_>>(), [format!("ssh-ed25519 key{winner}")]);
}

pub(crate) fn a_key_is_one_persons(open: &Opener) {
    let mut store = open();
    assert_eq!(enrol(&mut *store, "ann", Some(KEY)), Enrolled::Done);
    assert_eq!(enrol(&mut *store, "bob", None), Enrolled::Done);
    assert_eq!(enrol(&mut *store, "cy", Some(KEY)), Enrolled::KeyTaken);
    assert_eq!(enrol(&mut *store, "ANN", Some(KEY)), Enrolled::KeyTaken, "she has come back");
    assert_eq!(store.account("cy").expect("it reads"), None);
    assert!(!store.add_key("bob", KEY).expect("it is asked"), "it is hers");
    assert!(!store.add_key("nobody", OTHER).expect("it is asked"));
    assert!(store.add_key("ann", OTHER).expect("it is stored"));
    assert!(store.add_key("ann", OTHER).expect("it is stored"), "again");
}

pub(crate) fn keys_are_listed_and_taken_away(open: &Opener) {
    let mut store = open();
    assert_eq!(enrol(&mut *store, "ann", Some(OTHER)), Enrolled::Done);
    assert!(store.add_key("ann", KEY).expect("it is stored"));
    assert_eq!(enrol(&mut *store, "bob", None), Enrolled::Done);
    let hers = [("ann", KEY), ("ann", OTHER)].map(|(name, key)| (name.to_owned(), key.to_owned()));
    assert_eq!(store.keys(Some("ann")).expect("it reads"), hers);
    assert_eq!(store.keys(Some("bob")).expect("it reads"), []);
    assert!(store.remove_key(KEY).expect("it is removed"));
    assert!(!store.remove_key(KEY).expect("it is gone"));
    assert!(store.add_key("bob", KEY).expect("it is stored"));
    assert_eq!(store.learner_of(KEY).expect("it reads").as_deref(), Some("bob"));
}

pub(crate) fn a_pin_is_set_and_cleared(open: &Opener) {
    let mut store = open();
    assert_eq!(store.enrol("ann", NOW, None, Some("$argon2id$one")).expect("it is stored"), Enrolled::Done);
    assert_eq!(store.pin("ann").expect("it reads").as_deref(), Some("$argon2id$one"));
    assert_eq!(store.pin("ANN").expect("it reads"), None, "a PIN is asked by the name as it is kept");
    assert!(store.set_pin("ann", Some("$argon2id$two")).expect("it is stored"));
    assert_eq!(open().pin("ann").expect("it reads").as_deref(), Some("$argon2id$two"));
    assert!(store.set_pin("ann", None).expect("it is stored"));
    assert_eq!(store.pin("ann").expect("it reads"), None);
    assert!(!store.set_pin("bob", Some("$argon2id$x")).expect("it is asked"));
    assert_eq!(store.pin("bob").expect("it reads"), None);
}

pub(crate) fn records_without_an_account_are_admitted_by_the_one_who_runs_the_box(open: &Opener) {
    let mut store = open();
    append(&mut *store, "ann", &[setting(1, 0, 1, "from a backup")]);
    assert_eq!(enrol(&mut *store, "ann", Some(KEY)), Enrolled::NameTaken);
    assert!(store.admit("ann", NOW).expect("it is stored"));
    assert!(store.admit("ann", Timestamp(5)).expect("it is there"));
    assert_eq!(store.account("ann").expect("it reads").map(|account| account.made), Some(NOW), "it stays as it was");
    assert!(!store.admit("Ann", NOW).expect("it is asked"), "another account has the name");
    assert!(store.add_key("ann", KEY).expect("it is stored"));
    assert_eq!(records(&mut *store, "ann").len(), 1);
}
