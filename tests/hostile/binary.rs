//! Through the binary: arguments, files, names and records that are out for the terminal.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt, path::Path, process::Command};

use respline::{
    course::{
        Digest, Drill, Entry, Mark, Miss, Mode, Model, Order, Owner, Purpose, Record, RecordKey, RowRef, Said,
        Timestamp,
    },
    store::{Sqlite, Store},
};

use super::{
    evil,
    guard::harm,
    support::{lines::Learner, packs::small},
};

/// Runs it; what it prints must be harmless. Its standard output, standard error and exit code.
fn harmless(command: &mut Command) -> (String, String, Option<i32>) {
    let output = command.stdin(std::process::Stdio::null()).output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
    // CSV ends its lines with both.
    let (out, err) = (text(output.stdout).replace("\r\n", "\n"), text(output.stderr));
    assert_eq!(
        (harm(&out), harm(&err)),
        (vec![], vec![]),
        "{command:?}\n{}\n{}",
        out.escape_debug(),
        err.escape_debug()
    );
    (out, err, output.status.code())
}

/// The hostile text as an argument can hold it.
fn argument() -> String {
    evil::all().replace('\0', "")
}

#[test]
fn no_argument_is_obeyed_where_it_is_refused() {
    let evil = argument();
    let list: &[(&[&str], i32)] = &[
        (&["play", &evil], 2),
        (&["read", &evil], 2),
        (&["line", &evil], 2),
        (&["list", &evil], 2),
        (&[&evil], 2),
        (&["--theme", &evil], 2),
        (&["--learner", &evil, "progress"], 2),
        (&["--config", &evil, "progress"], 3),
        (&["--pack", &evil, "progress"], 3),
        (&["check", &evil], 3),
        (&["new", "scenario", &evil], 2),
        (&["progress", "import", &evil], 3),
        (&["progress", "export", &format!("/nowhere/{evil}")], 3),
        (&["play", "--seed", &evil], 2),
        (&["completions", &evil], 2),
        (&["learner", "add", &evil], 2),
        (&["learner", "add", "ann", "--key", &evil], 3),
        (&["learner", "pin", &evil], 2),
        (&["learner", "forget", &evil], 2),
        (&["learner", "remove-key", &evil], 2),
        (&["--restricted", "--learner", &evil], 2),
        (&["-c", &evil], 2),
    ];
    for (arguments, code) in list {
        let (out, err, found) = harmless(&mut Learner::new().command(arguments));
        assert!(out.is_empty() && !err.is_empty(), "{arguments:?}: {out} {err}");
        assert!(found == Some(*code) || found == Some(1), "{arguments:?}: {found:?} {err}");
    }
    let (_, err, code) = harmless(
        Learner::new()
            .command(&["progress"])
            .env("RESPLINE_DATABASE", "x")
            .arg("--database")
            .arg(format!("/nowhere/{evil}")),
    );
    assert!(code == Some(2) || code == Some(3), "{err}");
}

#[test]
fn an_argument_that_is_no_text_is_no_harm() {
    let raw = OsStr::from_bytes(b"\xff\x9b2J\x1b]0;x\x07");
    for verb in ["play", "check", "list"] {
        let (_, err, code) = harmless(Learner::new().command(&[verb]).arg(raw));
        assert!(!err.is_empty() && code != Some(0), "{verb}: {err}");
    }
}

/// A copy of the small pack.
fn copy(to: &Path) {
    for folder in ["lessons", "scenarios"] {
        fs::create_dir_all(to.join(folder)).expect("there is room");
        for entry in fs::read_dir(small().join(folder)).expect("it is there") {
            let path = entry.expect("it can be read").path();
            fs::copy(&path, to.join(folder).join(path.file_name().expect("a name"))).expect("there is room");
        }
    }
}

/// Every verb that reads a pack, on one that holds `write`'s work. All must be harmless; those that teach must refuse.
fn refused(write: impl Fn(&Path)) {
    let folder = tempfile::tempdir().expect("there is room");
    copy(folder.path());
    write(folder.path());
    let pack = folder.path().to_str().expect("a path in UTF-8");
    let learner = Learner::new();
    for verb in
        [&["--plain"][..], &["list", "scenarios"], &["line", "mail"], &["--plain", "play", "mail"], &["progress"]]
    {
        let (out, err, code) = harmless(&mut learner.command(&[verb, &["--pack", pack]].concat()));
        assert_eq!(code, Some(1), "{verb:?}: {out}\n{err}");
        assert!(err.contains("respline: ") && err.contains("hint: "), "{verb:?}: {err}");
    }
    for format in ["human", "json"] {
        let (out, _, code) = harmless(&mut learner.command(&["check", pack, "--format", format]));
        assert_eq!(code, Some(1), "{format}: {out}");
    }
}

/// As a TOML string can hold it.
fn escaped() -> String {
    evil::all().chars().map(|char| format!("\\U{:08X}", u32::from(char))).collect()
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("it is text");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).expect("there is room");
}

#[test]
fn every_field_of_a_scenario_is_refused_without_harm() {
    let fields = [
        "title = \"",
        "lesson = \"",
        "id = \"",
        "story = \"\"\"\n",
        "label = \"",
        "subject = \"",
        "task = \"",
        "owner = \"",
        "threat = \"",
        "why = \"",
        "hints = [\"",
        "text = \"",
        "trap = \"",
        "model = \"",
        "cloud = \"",
    ];
    for field in fields {
        refused(|pack| replace(&pack.join("scenarios/mail.toml"), field, &format!("{field}{}", escaped())));
    }
    // Raw, as no editor would write it; and in a key and a comment.
    for (from, to) in [
        ("title = \"", "title = \"\u{1b}]0;x\u{7}"),
        ("level = ", "\"\u{202e}level\" = 1\nlevel = "),
        ("format = 1", "format = 1 # \u{1b}[2J"),
    ] {
        refused(|pack| replace(&pack.join("scenarios/mail.toml"), from, to));
    }
}

#[test]
fn every_field_of_a_course_and_a_lesson_is_refused_without_harm() {
    let course = [
        "title = \"",
        "id = \"exposed",
        "name = \"",
        "wrong = \"",
        "found = \"",
        "control = \"",
        "correction = \"",
        "id = \"1.1",
        "file = \"",
        "from = [\"",
    ];
    for field in course {
        refused(|pack| replace(&pack.join("lessons/course.toml"), field, &format!("{field}{}", escaped())));
    }
    refused(|pack| {
        replace(&pack.join("lessons/1.1-line.md"), "Every service", &format!("Every service{}", evil::all()));
    });
    refused(|pack| replace(&pack.join("lessons/1.1-line.md"), ":::line db-auto", &format!(":::line {}", evil::UNSEEN)));
    refused(|pack| replace(&pack.join("lessons/1.1-line.md"), ":::tip", &format!(":::{}", evil::UNSEEN)));
}

#[test]
fn a_file_with_a_hostile_name_is_refused_without_harm() {
    for name in ["evil\u{1b}]0;x\u{7}.toml", "evil\u{202e}lmot.toml", "evil\u{9b}2J.toml"] {
        refused(|pack| fs::write(pack.join("scenarios").join(name), "format = 1\n").expect("there is room"));
    }
    refused(|pack| {
        fs::write(pack.join("scenarios").join(OsStr::from_bytes(b"a\xff\x1b[2J.toml")), "format = 1\n")
            .expect("there is room");
    });
    refused(|pack| {
        fs::write(pack.join("scenarios/mail.toml"), b"format = 1\ntitle = \"\xff\x9b2J\"\n").expect("there is room");
    });
}

const fn key(seq: u32) -> RecordKey {
    RecordKey { origin: 1, seq }
}

/// Records whose every word is hostile.
fn hostile_entries() -> Vec<Entry> {
    let evil = evil::all();
    let mark = Mark {
        owner: false,
        control: false,
        points: 0,
        out_of: 2,
        miss: Some(Miss::OverTrust),
        trap: Some(evil.clone()),
        threat: Some(evil.clone()),
    };
    let said = Said { owner: Owner::Provider, control: 1, unsure: false, hints: 0, struck: false };
    let began = Entry::Began {
        scenario: evil.clone(),
        lesson: evil.clone(),
        model: Model::Saas,
        mode: Mode::Practice,
        seed: 1,
        order: Order::Authored,
        rows: vec![evil.clone(), "b".into()],
    };
    let answered = Entry::Answered { attempt: key(1), layer: evil.clone(), digest: Digest(1), said, mark: Some(mark) };
    vec![
        Entry::Welcomed,
        began,
        answered,
        Entry::Set { name: "theme".into(), value: evil.clone() },
        Entry::Read { lesson: evil.clone(), block: 9, finished: false },
        Entry::SatDown {
            lesson: evil.clone(),
            seed: 1,
            scenarios: vec![evil.clone()],
            assignment: None,
            test_out: false,
        },
        Entry::Drew {
            purpose: Purpose::Drill(Drill::Threat(evil.clone())),
            rows: vec![RowRef { scenario: evil.clone(), layer: evil }],
        },
    ]
}

#[test]
fn hostile_records_are_told_without_harm() {
    let learner = Learner::new();
    let entries = hostile_entries();
    let records: Vec<Record> =
        (0..).zip(entries).map(|(seq, entry)| Record { key: key(seq), at: Timestamp(i64::from(seq)), entry }).collect();
    let mut store = Sqlite::open(&learner.database()).expect("it opens");
    store.append("local", &records).expect("it is stored");
    drop(store);
    let pack = small();
    let pack = pack.to_str().expect("a path in UTF-8");
    for format in ["table", "json", "csv"] {
        let (out, err, code) = harmless(&mut learner.command(&["progress", "--format", format, "--pack", pack]));
        assert!(code == Some(0) && out.contains("<U+001B>"), "{format}: {out} {err}");
    }
    let (out, ..) = harmless(&mut learner.command(&["progress", "export", "-"]));
    assert!(!out.is_empty() && out.is_ascii(), "{out}");
    let said = learner.run_on(&small(), &["--plain"], &["p", "q"]);
    assert!(harm(&said.out).is_empty() && said.out.contains("<U+202E>"), "{}", said.out);
}
