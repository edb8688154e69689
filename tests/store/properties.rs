//! What holds for every history.

use proptest::{collection::vec, prelude::*};
use respline::{
    course::{Entry, Mode, Model, Order, Progress, Record, RecordKey, Timestamp},
    store::{Cursor, Database, Export, Import, Kept, Memory, Store, Survey},
};

use super::open;

fn entry() -> impl Strategy<Value = Entry> {
    let attempt = (0_u64..3, 0_u32..6).prop_map(|(origin, seq)| RecordKey { origin, seq });
    prop_oneof![
        Just(Entry::Welcomed),
        any::<String>().prop_map(|value| Entry::Set { name: "theme".into(), value }),
        ("8\\.[1-3]", 0_usize..9, any::<bool>()).prop_map(|(lesson, block, finished)| Entry::Read {
            lesson,
            block,
            finished
        }),
        (any::<u64>(), any::<String>()).prop_map(|(seed, scenario)| Entry::Began {
            scenario,
            lesson: "8.1".into(),
            model: Model::Paas,
            mode: Mode::Practice,
            seed,
            order: Order::Shuffled,
            rows: vec!["data".into()],
        }),
        attempt.prop_map(|attempt| Entry::Dropped { attempt }),
    ]
}

/// Few keys, so that they meet.
fn record() -> impl Strategy<Value = Record> {
    let key = (prop_oneof![Just(0_u64), Just(1), Just(u64::MAX)], 0_u32..6);
    (key, -2_i64..4, entry()).prop_map(|((origin, seq), at, entry)| Record {
        key: RecordKey { origin, seq },
        at: Timestamp(at),
        entry,
    })
}

/// A history in which every key stands for one thing, as a session writes it.
fn history(origin: u64) -> impl Strategy<Value = Vec<Record>> {
    vec((0_i64..5, entry()), 0..12).prop_map(move |entries| {
        let record = |(seq, (at, entry))| Record { key: RecordKey { origin, seq }, at: Timestamp(at), entry };
        (0..).zip(entries).map(record).collect()
    })
}

fn raw(store: &mut dyn Store) -> Vec<Kept<'static>> {
    let mut found = Vec::new();
    store.read("ann", Cursor::START, &mut |kept| found.push(kept.into_owned())).expect("it reads");
    found
}

/// What may be asked of a store that many share.
#[derive(Clone, Debug)]
enum Call {
    Keep(Vec<(String, Vec<Record>)>),
    Forget(String),
    Enrol(String, Option<String>),
}

fn call() -> impl Strategy<Value = Call> {
    let name = || "[abA]";
    prop_oneof![
        4 => vec((name(), vec(record(), 0..3)), 0..4).prop_map(Call::Keep),
        1 => name().prop_map(Call::Forget),
        1 => (name(), proptest::option::of("key[12]")).prop_map(|(name, key)| Call::Enrol(name, key)),
    ]
}

/// What came of it, in words.
fn carry_out(store: &mut dyn Database, call: &Call) -> String {
    match call {
        Call::Keep(batch) => {
            let kept = |records: &[Record]| records.iter().map(|record| Kept::of(record).expect("a form")).collect();
            let batch: Vec<(&str, Vec<Kept<'_>>)> =
                batch.iter().map(|(name, all)| (name.as_str(), kept(all))).collect();
            let batch: Vec<(&str, &[Kept<'_>])> = batch.iter().map(|(name, all)| (*name, all.as_slice())).collect();
            store.keep_all(&batch).map_or_else(|error| error.to_string(), |new| new.to_string())
        }
        Call::Forget(name) => store.forget(name).expect("it is removed").to_string(),
        Call::Enrol(name, key) => {
            format!("{:?}", store.enrol(name, Timestamp(1), key.as_deref(), None).expect("it works"))
        }
    }
}

/// Adds what is new, in the order of storing.
fn all(store: &mut dyn Database, after: Cursor, seen: &mut Vec<(String, RecordKey)>) -> Cursor {
    store.read_everyone(after, &mut |name, kept| seen.push((name.to_owned(), kept.key))).expect("it reads")
}

fn filled(histories: &[&[Record]]) -> Memory {
    let mut store = Memory::default();
    for history in histories {
        store.append("ann", history).expect("it is stored");
    }
    store
}

fn exported(store: &mut dyn Store) -> String {
    Export::of(store, "ann", Timestamp(7)).expect("it reads").text
}

fn imported(store: &mut dyn Store, text: &str) -> usize {
    let import = Import::read(text.as_bytes()).expect("it is whole");
    store.keep("ann", &import.records).expect("it is stored")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_does_what_memory_does(calls in vec(vec(record(), 0..4), 0..8)) {
        let folder = tempfile::tempdir().expect("there is room");
        let (mut sqlite, mut memory) = (open(&folder.path().join("progress.db")), Memory::default());
        let mut cursor = Cursor::START;
        for records in &calls {
            let (left, right) = (sqlite.append("ann", records), memory.append("ann", records));
            prop_assert_eq!(left.map_err(|e| e.to_string()), right.map_err(|e| e.to_string()));
            let (left, right) = (sqlite.records_since("ann", cursor), memory.records_since("ann", cursor));
            let batch = left.expect("it reads");
            prop_assert_eq!(&batch, &right.expect("it reads"));
            cursor = batch.cursor;
        }
        prop_assert_eq!(raw(&mut sqlite), raw(&mut memory));
    }

    #[test]
    fn sqlite_does_what_memory_does_for_many(calls in vec(call(), 0..10)) {
        let folder = tempfile::tempdir().expect("there is room");
        let (mut sqlite, mut memory) = (open(&folder.path().join("progress.db")), Memory::default());
        let (mut cursors, mut seen) = ((Cursor::START, Cursor::START), (Vec::new(), Vec::new()));
        for call in &calls {
            prop_assert_eq!(carry_out(&mut sqlite, call), carry_out(&mut memory, call));
            cursors = (all(&mut sqlite, cursors.0, &mut seen.0), all(&mut memory, cursors.1, &mut seen.1));
            prop_assert_eq!(&seen.0, &seen.1);
            prop_assert_eq!(sqlite.learners().expect("it reads"), memory.learners().expect("it reads"));
        }
        let digest = |store: &mut dyn Database| Survey::of(store).expect("it reads").digest;
        prop_assert_eq!(digest(&mut sqlite), digest(&mut memory));
    }

    #[test]
    fn an_import_gives_back_what_was_exported_once(records in history(1)) {
        let mut there = filled(&[&records]);
        let text = exported(&mut there);
        let mut here = Memory::default();
        prop_assert_eq!(imported(&mut here, &text), records.len());
        prop_assert_eq!(imported(&mut here, &text), 0);
        prop_assert_eq!(exported(&mut here), text);
        prop_assert_eq!(raw(&mut here), raw(&mut there));
    }

    #[test]
    fn two_machines_add_up_the_same_in_either_order(
        shared in history(1), left in history(2), right in history(3),
    ) {
        let (mut left, mut right) = (filled(&[&shared, &left]), filled(&[&shared, &right]));
        let (from_left, from_right) = (exported(&mut left), exported(&mut right));
        let fold = |texts: [&str; 2]| {
            let mut store = Memory::default();
            for text in texts {
                imported(&mut store, text);
            }
            Progress::fold(&store.records("ann").expect("it reads"))
        };
        let (one, other) = (fold([&from_left, &from_right]), fold([&from_right, &from_left]));
        prop_assert_eq!(&one, &other);
        imported(&mut left, &from_right);
        prop_assert_eq!(&Progress::fold(&left.records("ann").expect("it reads")), &one);
    }
}
