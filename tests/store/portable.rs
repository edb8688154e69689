//! Export and import: whole or not at all.

use std::{fs, os::unix::fs::PermissionsExt};

use respline::{
    cli::progress::{Source, Target, TransferError, export, import},
    course::{RecordKey, Timestamp},
    store::{Cursor, Export, Import, Kept, Memory, Problem, Store},
};
use sha2::{Digest, Sha256};

use super::setting;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn ann() -> Memory {
    let mut store = Memory::default();
    let records = [setting(1, 0, 10, "dark"), setting(u64::MAX, 7, 11, "\u{202e}\"\n\0"), setting(1, 1, 12, "light")];
    store.append("ann", &records).expect("it is stored");
    let newer = r#"{"kind":"dreamt",  "of":[1.50, 2]}"#.into();
    let newer = Kept { key: RecordKey { origin: 5, seq: 0 }, at: Timestamp(9), entry: newer };
    store.keep("ann", &[newer]).expect("it is stored");
    store
}

fn raw(store: &mut dyn Store, learner: &str) -> Vec<Kept<'static>> {
    let mut found = Vec::new();
    store.read(learner, Cursor::START, &mut |kept| found.push(kept.into_owned())).expect("it reads");
    found
}

fn text() -> String {
    Export::of(&mut ann(), "ann", NOW).expect("it reads").text
}

fn problem(text: &str) -> (usize, Problem) {
    let error = Import::read(text.as_bytes()).expect_err("it is refused");
    (error.line, error.problem)
}

#[test]
fn a_learner_moves_without_loss_or_duplicates() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ann.jsonl");
    let exported = export(&mut ann(), "ann", NOW, &Target::New(path.clone())).expect("it is written");
    assert_eq!(exported.to_string(), "4 records written");
    assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
    let mut elsewhere = Memory::default();
    elsewhere.append("a.lee", &[setting(1, 1, 12, "light")]).expect("it is stored");
    let first = import(&mut elsewhere, "a.lee", &Source::File(path.clone())).expect("it is read");
    assert_eq!(
        (first.learner.as_str(), first.to_string().as_str()),
        ("ann", "4 records read, 3 new; 1 are kept for a newer version of respline to read")
    );
    let second = import(&mut elsewhere, "a.lee", &Source::File(path)).expect("it is read");
    assert_eq!((second.read, second.new), (4, 0));
    assert_eq!(raw(&mut elsewhere, "a.lee"), raw(&mut ann(), "ann"));
    let back = Export::of(&mut elsewhere, "a.lee", NOW).expect("it reads").text;
    assert_eq!(back.replace("a.lee", "ann"), text(), "word for word");
}

#[test]
fn a_file_is_replaced_only_when_told_and_never_a_device() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ann.jsonl");
    fs::write(&path, "mine").expect("it is written");
    let refused = export(&mut ann(), "ann", NOW, &Target::New(path.clone()));
    assert!(matches!(refused, Err(TransferError::Exists { .. })), "{refused:?}");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "mine");
    export(&mut ann(), "ann", NOW, &Target::Over(path.clone())).expect("it is written");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), text());
    let link = folder.path().join("device");
    std::os::unix::fs::symlink("/dev/null", &link).expect("it is made");
    let refused = export(&mut ann(), "ann", NOW, &Target::Over(link));
    assert!(matches!(refused, Err(TransferError::Exists { .. })), "{refused:?}");
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 2, "no temporary file is left");
}

#[test]
fn an_export_can_be_printed_whatever_is_in_it() {
    let mut store = Memory::default();
    let name = "\u{1b}[31m\u{202e}é\u{7f}";
    store.append(name, &[setting(1, 0, 10, name)]).expect("it is stored");
    let text = Export::of(&mut store, name, NOW).expect("it reads").text;
    assert!(text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')), "{text:?}");
    let import = Import::read(text.as_bytes()).expect("it is whole");
    assert_eq!((import.learner.as_str(), import.records), (name, raw(&mut store, name)));
}

#[test]
fn every_cut_is_noticed() {
    let whole = text();
    let closing = whole.trim_end().rfind('\n').expect("there are lines") + 1;
    for length in 0..whole.len() - 1 {
        let (line, problem) = match Import::read(&whole.as_bytes()[..length]) {
            Err(error) => (error.line, error.problem),
            Ok(_) => panic!("cut at {length} of {}", whole.len()),
        };
        let lines = whole.as_bytes()[..length].split(|byte| *byte == b'\n').count();
        assert!(line <= lines.max(2), "{length}: line {line}");
        if length > closing {
            assert_eq!((line, problem), (6, Problem::CutOff));
        }
    }
}

#[test]
fn every_changed_byte_is_noticed_or_harmless() {
    let whole = text();
    let before = Import::read(whole.as_bytes()).expect("it is whole").records;
    for place in 0..whole.len() {
        let mut bytes = whole.clone().into_bytes();
        bytes[place] ^= 1;
        if let Ok(read) = Import::read(&bytes) {
            assert_eq!(read.records, before, "byte {place}");
        }
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    assert_eq!(problem(""), (1, Problem::Foreign));
    assert_eq!(problem("{\"program\":\"other\",\"format\":1}\n"), (1, Problem::Foreign));
    assert_eq!(problem(&text().replace("\"format\":1", "\"format\":2")), (1, Problem::Newer { format: 2 }));
    assert_eq!(problem(&text().replace("\"records\":4", "\"records\":5")), (1, Problem::Count { said: 5, found: 4 }));
    assert_eq!(problem(&text().replace("light", "night")), (6, Problem::Changed));
    assert_eq!(problem(&text().replace('\n', "\r\n")), (6, Problem::Changed));
    let (line, what) = problem(&text().replace("\"at\":10", "\"at\":x"));
    assert_eq!((line, what.to_string().contains("expected value (column")), (3, true), "{what}");
}

#[test]
fn a_line_that_is_no_record_is_refused_however_well_sealed() {
    assert_eq!(problem(&sealed(&format!("{{{}}}", " ".repeat(1 << 20)))), (2, Problem::TooLong));
    for line in [
        "[1]",
        r#"{"key":"1-1","at":1,"entry":[]}"#,
        r#"{"key":"1-1","at":1,"entry":{"é":1}}"#,
        r#"{"key":"1-1","at":1,"entry":{},"more":1}"#,
        r#"{"key":"11","at":1,"entry":{}}"#,
    ] {
        assert!(matches!(problem(&sealed(line)), (2, Problem::Malformed(_))), "{line}");
    }
}

/// An export of one line that is whole by its count and checksum.
fn sealed(line: &str) -> String {
    let sum: Vec<String> = Sha256::digest(format!("{line}\n")).iter().map(|byte| format!("{byte:02x}")).collect();
    let header = r#"{"format":1,"program":"respline","learner":"ann","records":1,"exported":1}"#;
    format!("{header}\n{line}\n{{\"sha256\":\"{}\"}}\n", sum.concat())
}

#[test]
fn a_refused_file_stores_nothing_and_names_the_place() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("bad\u{1b}[31m.jsonl");
    fs::write(&path, text().replace("light", "night")).expect("it is written");
    let mut store = Memory::default();
    let refused = import(&mut store, "ann", &Source::File(path)).expect_err("it is refused");
    assert!(refused.to_string().contains(".jsonl, line 6: the checksum"), "{refused}");
    assert!(!refused.to_string().contains('\u{1b}'), "{refused}");
    assert_eq!(raw(&mut store, "ann"), []);
    let forged = sealed(r#"{"key":"0000000000000001-0","at":10,"entry":{"kind":"welcomed"}}"#);
    let path = folder.path().join("forged.jsonl");
    fs::write(&path, forged).expect("it is written");
    let refused = import(&mut ann(), "ann", &Source::File(path)).expect_err("it is refused");
    assert!(refused.to_string().contains("0000000000000001-0 is stored already"), "{refused}");
}

#[test]
fn a_damaged_record_is_left_out_of_an_export_and_said_so() {
    let mut store = ann();
    for (seq, entry) in (0..).zip(["", "{", "[1]", "{\"a\":\n1}"]) {
        let damaged = Kept { key: RecordKey { origin: 8, seq }, at: NOW, entry: entry.into() };
        store.keep("ann", &[damaged]).expect("it is stored");
    }
    let export = Export::of(&mut store, "ann", NOW).expect("it reads");
    assert_eq!((export.records, export.left_out, export.text), (4, 4, text()));
}
