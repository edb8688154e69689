//! What every adapter must do. `conformance!` makes a test of each story; an adapter joins with one line. Stories of several
//! learners and of accounts are in `shared`.

use std::{slice, thread};

use respline::{
    course::{Record, RecordKey, Timestamp},
    store::{Cursor, Kept, Store, StoreError},
};

use super::{Opener, setting};

/// Tests of an adapter: its name, and a function that gives an opener of a fresh store.
#[macro_export]
macro_rules! conformance {
    ($adapter:ident, $fresh:expr $(, $ignored:meta)?) => {
        $crate::conformance!($adapter, $fresh, [$($ignored)?]; conformance:
            an_unknown_learner_has_no_records
            records_come_in_order_of_time_then_key
            a_repeated_record_is_passed_over
            a_key_with_other_content_is_refused_and_nothing_is_stored
            learners_are_kept_apart
            every_origin_and_any_text_reads_back
            a_second_terminal_sees_what_the_first_stored
            a_reader_catches_up_from_where_it_was
            an_entry_of_a_newer_version_is_kept_word_for_word
            ten_thousand_records_read_back
            many_writers_lose_nothing;
            shared:
            several_learners_are_stored_together_or_not_at_all
            everyone_is_read_in_the_order_of_storing
            a_reader_of_everyone_misses_nothing_while_many_store
            a_reader_of_one_misses_nothing_while_another_session_stores
            learners_are_those_with_records_or_an_account
            who_is_forgotten_is_gone_and_cursors_stay_good
            single_records_are_removed_and_cursors_stay_good
            a_change_by_another_handle_is_noticed
            an_account_is_found_by_its_key_and_by_its_name
            a_name_is_one_persons_whatever_its_case
            of_many_who_want_one_name_one_gets_it
            a_key_is_one_persons
            keys_are_listed_and_taken_away
            a_pin_is_set_and_cleared
            records_without_an_account_are_admitted_by_the_one_who_runs_the_box);
    };
    ($adapter:ident, $fresh:expr, $ignored:tt; $($stories:ident: $($story:ident)*);*) => {
        mod $adapter {
            fn fresh() -> super::Opener {
                let fresh: fn() -> super::Opener = $fresh;
                fresh()
            }
            use super::*;
            $($($crate::conformance!(story $ignored $stories $story);)*)*
        }
    };
    (story [$($ignored:meta)?] $stories:ident $story:ident) => {
        #[test]
        $(#[$ignored])?
        fn $story() {
            $crate::$stories::$story(&fresh());
        }
    };
}

pub(crate) fn append(store: &mut dyn Store, learner: &str, records: &[Record]) {
    store.append(learner, records).unwrap_or_else(|error| panic!("{error}"));
}

pub(crate) fn records(store: &mut dyn Store, learner: &str) -> Vec<Record> {
    store.records(learner).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn an_unknown_learner_has_no_records(open: &Opener) {
    let mut store = open();
    assert_eq!(records(&mut *store, "ann"), []);
    append(&mut *store, "ann", &[]);
    let batch = store.records_since("ann", Cursor::START).expect("it reads");
    assert_eq!((batch.records.len(), batch.unread, batch.cursor), (0, 0, Cursor::START));
}

pub(crate) fn records_come_in_order_of_time_then_key(open: &Opener) {
    let mut store = open();
    let [first, second, third, fourth, fifth] =
        [(9, 3, -4), (2, 7, 50), (2, 10, 50), (u64::MAX, 0, 50), (1, 0, 51)].map(|(o, s, at)| setting(o, s, at, "x"));
    append(&mut *store, "ann", &[fifth.clone(), third.clone()]);
    append(&mut *store, "ann", &[fourth.clone(), first.clone(), second.clone()]);
    assert_eq!(records(&mut *store, "ann"), [first, second, third, fourth, fifth]);
}

pub(crate) fn a_repeated_record_is_passed_over(open: &Opener) {
    let mut store = open();
    let (one, two) = (setting(1, 0, 5, "dark"), setting(1, 1, 6, "light"));
    let kept = |records: &[&Record]| records.iter().map(|record| Kept::of(record).expect("it has a form")).collect();
    let (first, both): (Vec<_>, Vec<_>) = (kept(&[&one, &one]), kept(&[&one, &two]));
    assert_eq!(store.keep("ann", &first).expect("it is stored"), 1, "twice in one call");
    assert_eq!(store.keep("ann", &both).expect("it is stored"), 1, "again in another call");
    assert_eq!(store.keep("ann", &both).expect("it is stored"), 0);
    assert_eq!(records(&mut *store, "ann"), [one, two]);
}

pub(crate) fn a_key_with_other_content_is_refused_and_nothing_is_stored(open: &Opener) {
    let mut store = open();
    let there = setting(1, 1, 5, "dark");
    append(&mut *store, "ann", slice::from_ref(&there));
    for forged in [setting(1, 1, 5, "light"), setting(1, 1, 6, "dark")] {
        let refused = store.append("ann", &[setting(1, 0, 1, "new"), forged, setting(1, 2, 9, "new")]);
        assert!(matches!(refused, Err(StoreError::Conflict(RecordKey { origin: 1, seq: 1 }))), "{refused:?}");
        assert_eq!(records(&mut *store, "ann"), slice::from_ref(&there));
    }
    append(&mut *store, "ann", &[setting(1, 0, 1, "new")]);
    assert_eq!(records(&mut *store, "ann").len(), 2, "the store still works");
}

pub(crate) fn learners_are_kept_apart(open: &Opener) {
    let mut store = open();
    let names = ["ann", "Ann", "ann ", "", "Ann'; DROP TABLE record; --"];
    for (seq, name) in (0..).zip(names) {
        append(&mut *store, name, &[setting(7, 0, seq, name)]);
    }
    for (seq, name) in (0..).zip(names) {
        assert_eq!(records(&mut *store, name), [setting(7, 0, seq, name)], "{name:?}");
    }
}

pub(crate) fn every_origin_and_any_text_reads_back(open: &Opener) {
    let mut store = open();
    let texts =
        ["", "'\"\\`%_;--", "a\0b", "\u{1f980}\u{301}", "\u{202e}evil\u{2066}", "\r\n\t\u{1b}[31m", "\u{10ffff}"];
    let origins = [0, 1, 1 << 63, u64::MAX];
    for learner in texts.into_iter().filter(|text| !text.contains('\0')) {
        let written: Vec<Record> = (0..)
            .zip(origins.into_iter().flat_map(|origin| texts.map(|text| (origin, text))))
            .map(|(at, (origin, text))| setting(origin, u32::MAX - u32::try_from(at).expect("small"), at, text))
            .collect();
        append(&mut *store, learner, &written);
        assert_eq!(records(&mut *store, learner), written, "{learner:?}");
    }
    let ends = [setting(2, 0, i64::MIN, "x"), setting(2, 1, i64::MAX, "x")];
    append(&mut *store, "times", &ends);
    assert_eq!(records(&mut *store, "times"), ends);
}

pub(crate) fn a_second_terminal_sees_what_the_first_stored(open: &Opener) {
    let (mut first, mut second) = (open(), open());
    append(&mut *first, "ann", &[setting(1, 0, 1, "a")]);
    assert_eq!(records(&mut *second, "ann"), [setting(1, 0, 1, "a")]);
    append(&mut *second, "ann", &[setting(2, 0, 2, "b")]);
    drop(second);
    assert_eq!(records(&mut *first, "ann").len(), 2);
    drop(first);
    assert_eq!(records(&mut *open(), "ann").len(), 2);
}

pub(crate) fn a_reader_catches_up_from_where_it_was(open: &Opener) {
    let (mut first, mut second) = (open(), open());
    append(&mut *first, "ann", &[setting(1, 0, 100, "a")]);
    append(&mut *first, "bob", &[setting(1, 0, 1, "not hers")]);
    let seen = first.records_since("ann", Cursor::START).expect("it reads").cursor;
    assert_eq!(first.records_since("ann", seen).expect("it reads").records, []);
    let (late, early) = (setting(2, 1, 90, "d"), setting(2, 0, 7, "c"));
    append(&mut *second, "ann", &[late.clone(), early.clone()]);
    let new = first.records_since("ann", seen).expect("it reads");
    assert_eq!(new.records, [early, late], "in order of time, although older than what was seen");
    let again = first.records_since("ann", new.cursor).expect("it reads");
    assert_eq!((again.records.len(), again.cursor), (0, new.cursor));
    let newest = first.newest().expect("it reads");
    append(&mut *second, "bob", &[setting(3, 0, 1, "e")]);
    let mut whose = Vec::new();
    first.read_everyone(newest, &mut |learner, _| whose.push(learner.to_owned())).expect("it reads");
    assert_eq!(whose, ["bob"], "from the newest on there is only what comes after it");
}

pub(crate) fn an_entry_of_a_newer_version_is_kept_word_for_word(open: &Opener) {
    let mut store = open();
    let entry = r#"{"kind":"dreamt",  "of":["electric", "sheep"]}"#;
    let strange = Kept { key: RecordKey { origin: 3, seq: 0 }, at: Timestamp(3), entry: entry.into() };
    store.keep("ann", slice::from_ref(&strange)).expect("it is stored");
    append(&mut *store, "ann", &[setting(1, 0, 1, "a")]);
    let batch = store.records_since("ann", Cursor::START).expect("it reads");
    assert_eq!((batch.records, batch.unread), (vec![setting(1, 0, 1, "a")], 1));
    let mut raw = Vec::new();
    store.read("ann", Cursor::START, &mut |kept| raw.push(kept.into_owned())).expect("it reads");
    assert_eq!(raw.last(), Some(&strange));
}

pub(crate) fn ten_thousand_records_read_back(open: &Opener) {
    let mut store = open();
    let written: Vec<Record> = (0..10_000).map(|seq| setting(1, seq, i64::from(seq / 3), "dark")).collect();
    for part in written.chunks(2_500).rev() {
        append(&mut *store, "ann", part);
    }
    assert_eq!(records(&mut *store, "ann"), written);
}

pub(crate) fn many_writers_lose_nothing(open: &Opener) {
    const EACH: u32 = 50;
    drop(open());
    thread::scope(|scope| {
        for origin in 0..4 {
            scope.spawn(move || {
                let mut store = open();
                for seq in 0..EACH {
                    append(&mut *store, "ann", &[setting(origin, seq, i64::from(seq), "x")]);
                }
            });
        }
    });
    let stored = records(&mut *open(), "ann");
    for origin in 0..4 {
        let seqs: Vec<u32> = stored.iter().filter(|r| r.key.origin == origin).map(|r| r.key.seq).collect();
        assert_eq!(seqs, (0..EACH).collect::<Vec<_>>(), "writer {origin}");
    }
}
