//! Processes killed at any moment: whatever they were told is stored is stored.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Child, Command},
    thread,
    time::Duration,
};

use respline::{course::Seeds, store::Import, store::Store};

use super::{assert_sound, child, open, said, setting, stored};

const ROUNDS: u64 = 200;

fn appends(path: &Path, origin: u64, count: u32) -> Command {
    let mut command = child("appends", path);
    command.env("RESPLINE_TEST_ORIGIN", origin.to_string()).env("RESPLINE_TEST_COUNT", count.to_string());
    command
}

/// Lets it run for up to 50 ms, kills it, and gives what it said.
fn kill(mut child: Child, seeds: &mut Seeds) -> String {
    let microseconds = u64::try_from(seeds.below(50_000)).expect("it is small");
    thread::sleep(Duration::from_micros(microseconds));
    child.kill().expect("it is ours");
    finish(child)
}

fn finish(mut child: Child) -> String {
    let mut output = String::new();
    child.stdout.take().expect("it is piped").read_to_string(&mut output).expect("it is text");
    child.wait().expect("it ends");
    output
}

#[test]
fn two_hundred_kills_lose_no_acknowledged_answer() {
    let folder = tempfile::tempdir().expect("there is room");
    let (mut seeds, mut answers) = (Seeds::new(42), 0);
    for round in 0..ROUNDS {
        // A new file now and then, so that its beginning is interrupted as well.
        let path = folder.path().join(format!("{}.db", round / 10));
        let output = kill(appends(&path, round, u32::MAX).spawn().expect("it starts"), &mut seeds);
        let acknowledged = said(&output, "stored").len();
        let stored = stored(&path, round);
        let count = u32::try_from(stored.len()).expect("it is small");
        assert_eq!(stored, (0..count).collect::<Vec<_>>(), "round {round}: a gap");
        let lost = acknowledged > stored.len();
        assert!(!lost, "round {round}: {acknowledged} were acknowledged, {count} are there");
        assert!(stored.len() <= acknowledged + 1, "round {round}: {acknowledged} and {count}");
        assert_sound(&path);
        answers += acknowledged;
    }
    assert!(answers > 1000, "only {answers} answers were given: the rounds show nothing");
}

#[test]
fn two_processes_write_to_one_database() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("progress.db");
    let children = [7, 8].map(|origin| appends(&path, origin, 200).spawn().expect("it starts"));
    for (child, origin) in children.into_iter().zip([7, 8]) {
        assert_eq!(said(&finish(child), "stored").len(), 200, "writer {origin}");
        assert_eq!(stored(&path, origin), (0..200).collect::<Vec<_>>(), "writer {origin}");
    }
    assert_sound(&path);
}

#[test]
fn an_export_that_is_killed_leaves_a_whole_file() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ann.jsonl");
    let records: Vec<_> = (0..500).map(|seq| setting(1, seq)).collect();
    open(&path.with_extension("db")).append("ann", &records).expect("it is stored");
    let (mut seeds, mut written) = (Seeds::new(7), 0);
    for round in 0..40 {
        let output = kill(child("exports", &path).spawn().expect("it starts"), &mut seeds);
        written += said(&output, "written").len();
        if let Ok(text) = fs::read(&path) {
            let import = Import::read(&text).unwrap_or_else(|error| panic!("round {round}: {error}"));
            assert_eq!(import.records.len(), 500, "round {round}");
        }
    }
    assert!(written > 0, "nothing was ever written: the rounds show nothing");
}
