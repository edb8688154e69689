//! `respline export` as an instructor types it.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

/// Runs the program in `folder` on the shipped course.
pub(crate) fn respline(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_respline"))
        .current_dir(folder)
        .env("HOME", folder)
        .args(arguments)
        .output()
        .expect("it runs")
}

fn said(folder: &TempDir, arguments: &[&str]) -> (String, String, i32) {
    let output = respline(folder.path(), arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is text");
    (text(&output.stdout), text(&output.stderr), output.status.code().expect("it ended by itself"))
}

#[test]
fn scenarios_are_named_or_taken_by_lesson_or_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| said(&folder, arguments);
    let (text, notes, code) = run(&["export", "gift", "vm-agent", "vm-agent", "--out", "-"]);
    assert_eq!(code, 0, "{notes}");
    assert_eq!(text.matches("$CATEGORY: ").count(), 1, "asked for twice, written once");
    assert!(notes.starts_with("note: vm-agent: left out, since experts dispute it: "), "{notes}");
    for (arguments, file) in [
        (["export", "gift", "--lesson", "8.2", "--out", "a.gift"].as_slice(), "a.gift"),
        (&["export", "qti3", "--all", "--out", "a.zip"], "a.zip"),
        (&["export", "qti21", "capone", "--out", "b.zip"], "b.zip"),
    ] {
        let (text, _, code) = run(arguments);
        assert!(code == 0 && text.starts_with(&format!("{file}: ")) && text.contains(" questions on "), "{text}");
        assert!(fs::metadata(folder.path().join(file)).expect("it is written").len() > 1000);
    }
    let first = fs::read(folder.path().join("b.zip")).expect("it is there");
    assert_eq!(run(&["export", "qti21", "capone", "--out", "b.zip"]).2, 3, "what is there stays");
    assert_eq!(run(&["export", "qti21", "capone", "--out", "b.zip", "--force"]).2, 0);
    assert_eq!(fs::read(folder.path().join("b.zip")).expect("it is there"), first, "the same each time");
}

#[test]
fn what_cannot_be_exported_is_said_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, words) in [
        (["export", "gift", "capon", "--out", "-"].as_slice(), "did you mean 'capone'?"),
        (&["export", "gift", "--lesson", "8.9", "--out", "-"], "there is no lesson '8.9'"),
        (&["export", "qti3", "capone", "--out", "-"], "a package is no text"),
        (&["export", "gift", "--out", "-"], "required"),
        (&["export", "gift", "capone", "--all", "--out", "-"], "cannot be used with"),
        (&["export", "qti", "capone", "--out", "-"], "qti3"),
    ] {
        let (text, error, code) = said(&folder, arguments);
        assert!(code == 2 && text.is_empty() && error.contains(words), "{arguments:?}: {code} {error}");
    }
}
