//! The program killed with SIGKILL while it stores answers: what it has explained, it has stored.

use std::{
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use respline::{
    content::{SourceFile, scenario},
    course::{Entry, Scenario},
    store::{Sqlite, Store},
};

const ROUNDS: u64 = 200;

/// The longest a round may run before it is killed, in microseconds: about what a whole scenario takes.
const LONGEST: u64 = 60_000;

fn shipped(id: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{id}.toml"));
    let bytes = std::fs::read(path).expect("the scenario is there");
    scenario(&SourceFile::new(format!("scenarios/{id}.toml"), bytes)).expect("it is sound")
}

fn answers(scenario: &Scenario) -> String {
    let lines = scenario.layers.iter().map(|layer| format!("{}\n{}\n", layer.owner.word(), layer.right_control() + 1));
    lines.collect()
}

/// Plays until the pause is over, then kills; what was printed.
fn play_and_kill(database: &Path, learner: &str, answers: &str, pause: Duration) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_respline"))
        .args(["--plain", "--learner", learner, "--database"])
        .arg(database)
        .args(["play", "vm-blog", "--order", "authored"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let begun = Instant::now();
    // It may be gone already: a broken pipe is no failure of the program.
    let _ = child.stdin.take().expect("it is piped").write_all(answers.as_bytes());
    std::thread::sleep(pause.saturating_sub(begun.elapsed()));
    child.kill().expect("it can be killed");
    let mut printed = String::new();
    child.stdout.take().expect("it is piped").read_to_string(&mut printed).expect("it is text");
    child.wait().expect("it has ended");
    printed
}

#[test]
fn no_explained_answer_is_lost_in_200_rounds_of_kill_9() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("records.sqlite3");
    let answers = answers(&shipped("vm-blog"));
    let mut cut_short = 0;
    for round in 0..ROUNDS {
        let learner = format!("learner-{round}");
        let pause = Duration::from_micros(round * 7_919 % LONGEST);
        let printed = play_and_kill(&database, &learner, &answers, pause);
        let explained = printed.matches("Both points.").count();
        let stored = if database.exists() { stored(&database, &learner) } else { 0 };
        assert!(stored >= explained, "round {round}: {explained} explained, {stored} stored");
        cut_short += usize::from(explained > 0 && !printed.contains("score:"));
    }
    assert!(cut_short > 0, "no round was killed in the middle of a scenario: nothing was tested");
    let check = rusqlite::Connection::open(&database).expect("it opens");
    let verdict: String = check.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it answers");
    assert_eq!(verdict, "ok");
}

fn stored(database: &Path, learner: &str) -> usize {
    let mut store = Sqlite::open(database).expect("the database opens after a kill");
    let records = store.records(learner).expect("it can be read");
    records.iter().filter(|record| matches!(record.entry, Entry::Answered { .. })).count()
}
