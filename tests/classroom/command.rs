//! `respline class` as an instructor uses it: a whole class on the command line.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn respline(folder: &Path, arguments: &[&str]) -> Output {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    Command::new(env!("CARGO_BIN_EXE_respline"))
        .current_dir(folder)
        .env("HOME", folder)
        .env("RESPLINE_PACK", pack)
        .env("RESPLINE_DATABASE", folder.join("records.sqlite3"))
        .env("RESPLINE_LEARNER", "Kim")
        .args(arguments)
        .output()
        .expect("it runs")
}

/// What it said and its exit code.
fn said(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = respline(folder, arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (text, output.status.code().expect("it ended by itself"))
}

#[test]
fn a_class_from_nothing_to_its_grades() {
    let folder = folder();
    let run = |arguments: &[&str]| said(folder.path(), arguments);
    assert_eq!(run(&["class", "new", "autumn.toml"]), ("autumn.toml\n".into(), 0));
    assert_eq!(run(&["class", "new", "autumn.toml"]).1, 3, "what is there stays");
    assert_eq!(run(&["class", "check", "autumn.toml"]), ("0 errors, 0 warnings in 1 file\n".into(), 0));
    for verb in [
        ["class", "open", "autumn.toml", "lab-1"].as_slice(),
        &["class", "pause", "autumn.toml", "lab-1"],
        &["class", "resume", "autumn.toml", "lab-1"],
        &["class", "extend", "autumn.toml", "lab-1", "--by", "15m", "--for", "ana"],
        &["class", "extend", "autumn.toml", "lab-1", "--by", "-15m"],
        &["class", "reopen", "autumn.toml", "lab-1"],
        &["class", "close", "autumn.toml", "lab-1"],
        &["class", "message", "autumn.toml", "Five minutes left"],
    ] {
        let (text, code) = run(verb);
        assert_eq!(code, 0, "{verb:?}: {text}");
    }
    let (grades, code) = run(&["class", "grades", "autumn.toml", "--lms", "canvas"]);
    assert_eq!(code, 0, "{grades}");
    assert!(grades.contains("\nAna Ng,1001,,ana,,0\n") || grades.contains("\nana,1001,,ana,,0\n"), "{grades}");
    let (text, code) = run(&["class", "grades", "autumn.toml", "--lms", "canvas", "--out", "grades.csv"]);
    assert_eq!((text.as_str(), code), ("grades.csv: 1 learners; 1 missed\n", 0));
    assert_eq!(fs::read_to_string(folder.path().join("grades.csv")).expect("it is there"), grades);
    let (text, code) =
        run(&["class", "grades", "autumn.toml", "--lms", "canvas", "--roster", "grades.csv", "--dry-run"]);
    assert_eq!((text.as_str(), code), ("nothing would be refused, and no grade that is there would change\n", 0));
    fs::write(folder.path().join("other.csv"), "Student,ID,SIS Login ID,Section\nBo,5,bo,\n").expect("it is written");
    let (text, code) =
        run(&["class", "grades", "autumn.toml", "--lms", "canvas", "--roster", "other.csv", "--dry-run"]);
    assert_eq!(code, 1);
    assert!(text.contains("REFUSED") && text.contains("does not know them"), "{text}");
}

#[test]
fn a_slip_is_told_with_what_was_meant() {
    let folder = folder();
    let run = |arguments: &[&str]| said(folder.path(), arguments);
    run(&["class", "new", "autumn.toml"]);
    let cases = [
        (["class", "open", "autumn.toml", "lab-2"].as_slice(), 2, "did you mean 'lab-1'?"),
        (&["class", "extend", "autumn.toml", "lab-1", "--by", "soon"], 2, "'soon' is no time"),
        (&["class", "extend", "autumn.toml", "lab-1", "--by", "5m", "--for", "anna"], 2, "did you mean 'ana'?"),
        (&["class", "message", "autumn.toml", " "], 2, "empty"),
        (&["class", "new", "Autumn 26.toml"], 2, "no id for a class"),
        (&["class", "check", "gone.toml"], 3, "gone.toml"),
        (&["class", "grades", "autumn.toml", "--lms", "canvas"], 3, "there is no database"),
    ];
    for (arguments, code, words) in cases {
        let (text, status) = run(arguments);
        assert!(status == code && text.contains(words), "{arguments:?}: {status} {text}");
    }
    let path = folder.path().join("autumn.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, text.replace("time-zone", "time-zoen")).expect("it is written");
    let (text, code) = run(&["class", "check", "autumn.toml"]);
    assert!(code == 1 && text.contains("autumn.toml:") && text.contains("did you mean `time-zone`?"), "{text}");
    let (json, code) = run(&["class", "check", "autumn.toml", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!((code, &json["problems"][0]["code"]), (1, &"unknown-key".into()));
    assert_eq!(run(&["class", "open", "autumn.toml", "lab-1"]).1, 1, "nothing is done with a broken class");
}

#[test]
fn a_learner_is_forgotten_only_when_it_is_meant() {
    let folder = folder();
    let run = |arguments: &[&str]| said(folder.path(), arguments);
    run(&["class", "new", "autumn.toml"]);
    let mut answers = Command::new(env!("CARGO_BIN_EXE_respline"))
        .args(["--plain", "--learner", "ana", "play", "shop", "--database"])
        .arg(folder.path().join("records.sqlite3"))
        .arg("--pack")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good"))
        .env("HOME", folder.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    std::io::Write::write_all(&mut answers.stdin.take().expect("it listens"), b"c\n1\n").expect("it is told");
    assert!(answers.wait().expect("it ends").success());
    let (text, code) = run(&["class", "forget", "autumn.toml", "ana"]);
    assert!(code == 2 && text.contains("would be removed") && !text.contains(" 0 records"), "{text}");
    let (text, code) = run(&["class", "forget", "autumn.toml", "ana", "--yes"]);
    assert!(code == 0 && text.contains("records of ana are removed"), "{text}");
    assert!(run(&["class", "forget", "autumn.toml", "ana"]).0.contains("0 records"));
}

#[test]
fn statements_are_written_for_a_class_without_any_work_too() {
    let folder = folder();
    let run = |arguments: &[&str]| said(folder.path(), arguments);
    run(&["class", "new", "autumn.toml"]);
    run(&["class", "open", "autumn.toml", "lab-1"]);
    assert_eq!(run(&["class", "xapi", "autumn.toml"]), (String::new(), 0));
    let (text, code) =
        run(&["class", "xapi", "autumn.toml", "--pseudonyms", "--assignment", "lab-1", "--out", "a.jsonl"]);
    assert_eq!((text.as_str(), code), ("a.jsonl: 0 statements\n", 0));
    assert_eq!(run(&["class", "xapi", "autumn.toml", "--out", "a.jsonl"]).1, 3, "what is there stays");
    let (text, code) = run(&["class", "xapi", "autumn.toml", "--home", "school.example"]);
    assert!(code == 2 && text.contains("begins with https://"), "{text}");
    let (text, code) = run(&["class", "xapi", "autumn.toml", "--assignment", "lab-9"]);
    assert!(code == 2 && text.contains("did you mean 'lab-1'?"), "{text}");
}
