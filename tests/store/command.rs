//! `respline store`, as it is typed.

use std::{
    path::Path,
    process::{Command, Output},
    thread,
};

use respline::course::{RecordKey, Timestamp};
use respline::store::{Kept, Sqlite, Store};

use super::{open, server::Server, setting};

fn respline(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.args(arguments).current_dir(folder).env("HOME", folder).env("XDG_DATA_HOME", folder.join(".data"));
    command.env_remove("RESPLINE_DATABASE").env_remove("PGPASSWORD").output().expect("it runs")
}

/// What it prints where it succeeds.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = respline(folder, arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), told.as_str()), (Some(0), ""), "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// Exit code and words where it fails.
fn failed(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = respline(folder, arguments);
    let told = String::from_utf8(output.stderr).expect("text");
    assert!(told.starts_with("respline: ") && told.contains("\nhint: "), "{told}");
    (output.status.code().expect("it ends by itself"), told)
}

fn line<'a>(text: &'a str, name: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{name}: {text}"));
    line.trim()
}

fn fill(store: &mut Sqlite) {
    store.append("ann", &[setting(1, 0, 1, "dark"), setting(1, 1, 2, "light")]).expect("it is stored");
    let newer =
        Kept { key: RecordKey { origin: 3, seq: 0 }, at: Timestamp(3), entry: r#"{"kind":"dr\u001b[eamt"}"#.into() };
    store.keep("bob", &[newer]).expect("it is stored");
}

#[test]
fn a_database_is_begun_looked_over_and_copied() {
    let folder = tempfile::tempdir().expect("there is room");
    let folder = folder.path();
    assert!(said(folder, &["store", "migrate"]).contains("respline.sqlite3\nengine    SQLite 3."));
    assert!(said(folder, &["store", "migrate", "sqlite:a.db"]).contains("schema 2"));
    fill(&mut open(&folder.join("a.db")));
    let checked = said(folder, &["--database", "a.db", "store", "check"]);
    assert_eq!((line(&checked, "learners"), line(&checked, "records"), line(&checked, "  set")), ("2", "3", "2"));
    assert!(line(&checked, "unread").starts_with("1: a newer version") && !checked.contains('\u{1b}'), "{checked}");
    let copied = said(folder, &["store", "copy", "a.db", "b.db"]);
    assert_eq!(line(&copied, "copied"), "3 new records");
    let there = said(folder, &["store", "check", "b.db"]);
    assert_eq!(line(&there, "digest"), line(&checked, "digest"));
    assert_eq!(line(&copied, "digest"), line(&checked, "digest"));
    assert_eq!(line(&said(folder, &["store", "copy", "a.db", "b.db"]), "copied"), "0 new records");
}

#[test]
fn what_goes_wrong_is_said_with_its_exit_code() {
    let folder = tempfile::tempdir().expect("there is room");
    let folder = folder.path();
    let (code, told) = failed(folder, &["store", "check", "nowhere.db"]);
    assert!(code == 3 && told.contains("there is no database at nowhere.db"), "{told}");
    assert!(!folder.join("nowhere.db").exists(), "a slip of the pen begins none");
    assert_eq!(failed(folder, &["store", "copy", "nowhere.db", "b.db"]).0, 3);
    assert!(!folder.join("b.db").exists());
    for url in ["http://ann:s3cret@x", "mysql://ann:s3cret@x/y", "postgres://ann:s3cret@/x", "sqlite:"] {
        let (code, told) = failed(folder, &["store", "check", url]);
        assert!(code == 2 && !told.contains("s3cret"), "{told}");
        assert_eq!(failed(folder, &["--database", url, "progress"]).0, 2);
    }
    assert_eq!(std::fs::read_dir(folder).expect("it is there").count(), 0, "no URL becomes a file");
    let mut store = open(&folder.join("a.db"));
    fill(&mut store);
    store.append("bob", &[setting(1, 0, 1, "dark")]).expect("it is stored");
    drop(store);
    open(&folder.join("b.db")).append("bob", &[setting(1, 0, 1, "forged")]).expect("it is stored");
    let (code, told) = failed(folder, &["store", "copy", "a.db", "b.db"]);
    assert!(code == 3 && told.contains("stored already with other content"), "{told}");
    let broken = Kept { key: RecordKey { origin: 4, seq: 0 }, at: Timestamp(3), entry: "{".into() };
    open(&folder.join("a.db")).keep("bob", &[broken]).expect("it is stored");
    let (code, told) = failed(folder, &["store", "check", "a.db"]);
    assert!(code == 3 && told.contains("1 records are damaged"), "{told}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn every_verb_works_on_a_server() {
    let folder = tempfile::tempdir().expect("there is room");
    let (folder, url) = (folder.path(), Server::shared().database());
    fill(&mut open(&folder.join("a.db")));
    let copied = said(folder, &["store", "copy", "a.db", &url]);
    let checked = said(folder, &["store", "check", &url]);
    assert_eq!(line(&copied, "digest"), line(&checked, "digest"));
    assert!(checked.contains("postgres://respline@127.0.0.1:") && checked.contains("PostgreSQL 1"), "{checked}");
    let ann = ["--database", &url, "--learner", "ann"];
    let with = |rest: &[&'static str]| [&ann[..], rest].concat();
    assert!(respline(folder, &with(&["progress", "export", "ann.jsonl"])).status.success());
    assert!(respline(folder, &with(&["progress"])).status.success());
    assert!(
        respline(folder, &["--database", &url, "--learner", "cy", "progress", "import", "ann.jsonl"]).status.success()
    );
    assert_eq!(line(&said(folder, &["store", "check", &url]), "records"), "5");
    let played = respline(folder, &with(&["--plain", "play", "web-app-on-containers"]));
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    assert_eq!(line(&said(folder, &["store", "check", &url]), "  began"), "1");
    let wrong = url.replace("respline@", "locked:s3cret@");
    let (code, told) = failed(folder, &["store", "check", &wrong]);
    assert!(code == 3 && told.contains("does not let respline in") && !told.contains("s3cret"), "{told}");
}

/// Eight processes at once bring eight learners' records into one database, each twice.
fn many_processes(folder: &Path, database: &str) {
    const LEARNERS: u64 = 8;
    for origin in 0..LEARNERS {
        let mut store = open(&folder.join(format!("{origin}.db")));
        let records: Vec<_> = (0..100).map(|seq| setting(origin, seq, i64::from(seq), "x")).collect();
        store.append("local", &records).expect("it is stored");
        let (file, from) = (format!("{origin}.jsonl"), format!("{origin}.db"));
        assert!(respline(folder, &["--database", &from, "progress", "export", &file]).status.success());
    }
    thread::scope(|scope| {
        for number in 0..2 * LEARNERS {
            scope.spawn(move || {
                let (learner, file) = (format!("learner{}", number % 4), format!("{}.jsonl", number % LEARNERS));
                let arguments = ["--database", database, "--learner", &learner, "progress", "import", &file];
                let done = respline(folder, &arguments);
                assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            });
        }
    });
    let checked = said(folder, &["store", "check", database]);
    assert_eq!((line(&checked, "learners"), line(&checked, "records")), ("4", "800"));
}

#[test]
fn many_processes_share_a_file() {
    let folder = tempfile::tempdir().expect("there is room");
    many_processes(folder.path(), "shared.db");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn many_processes_share_a_server() {
    let folder = tempfile::tempdir().expect("there is room");
    many_processes(folder.path(), &Server::shared().database());
}

#[test]
fn help_does_not_show_the_database_of_the_environment() {
    let output = Command::new(env!("CARGO_BIN_EXE_respline"))
        .arg("--help")
        .env("RESPLINE_DATABASE", "postgres://ann:s3cret@db/box")
        .output()
        .expect("it runs");
    assert!(output.status.success() && !String::from_utf8_lossy(&output.stdout).contains("s3cret"));
}
