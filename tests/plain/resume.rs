//! Leaving half-way, coming back, and the same records as on a screen.

use std::process::Stdio;

use portable_pty::CommandBuilder;
use respline::{
    course::Entry,
    store::{Sqlite, Store},
};
use serde_json::Value;

use super::{
    scenario::{Scenario, lines},
    support::{
        lines::Learner,
        packs::{shipped, small},
        pty::Pty,
    },
};

#[test]
fn every_shipped_scenario_left_half_way_is_continued_at_the_same_layer() {
    for scenario in Scenario::all(&shipped()) {
        let half = scenario.layers.len() / 2;
        let answers = scenario.all_right();
        let play = ["--plain", "play", &scenario.id, "--order", "authored"];
        for leave in [vec!["q"], vec![]] {
            let learner = Learner::new();
            let begun = learner.run(&play, &[lines(&answers[..2 * half]), leave].concat());
            let left = format!("left: {half} of {} layers answered, saved", scenario.layers.len());
            assert_eq!((begun.last(), begun.code), (left.as_str(), Some(0)), "{}", scenario.id);
            let next = format!("\nLayer {} of {}: ", half + 1, scenario.layers.len());
            for again in [&["--plain"][..], &["--plain", "play", &scenario.id], &play] {
                let said = learner.run(again, &["q"]);
                assert!(said.out.contains(&next), "{again:?} of {}:\n{}", scenario.id, said.out);
                assert_eq!(said.out.matches("\nLayer ").count(), 1, "{}", said.out);
            }
            let points = scenario.points();
            let ended = learner.run(&play, &lines(&answers[2 * half..]));
            assert_eq!(ended.last(), format!("score: {points}/{points} (100%)"), "{}", scenario.id);
        }
    }
}

#[test]
fn an_owner_said_before_leaving_is_not_asked_again() {
    let learner = Learner::new();
    let play = ["--plain", "play", "blog-vm", "--order", "authored"];
    learner.run_on(&small(), &play, &["h", "c"]);
    let said = learner.run_on(&small(), &play, &["1"]);
    assert!(
        !said.out.contains("Customer or provider?\n") && said.out.contains("Hint: Who writes the grants?"),
        "{}",
        said.out
    );
    assert!(said.out.contains("Right: this row is yours. Both points."), "{}", said.out);
}

#[test]
fn the_same_answers_in_lines_and_on_a_screen_give_the_same_records() {
    let (plain, screen) = (Learner::new(), Learner::new());
    let answers = ["h", "c", "1", "u", "p", "2", "c", "3", "p", "1", "p", "1"];
    let play = ["play", "db-hand", "--order", "authored", "--seed", "5"];
    let said = plain.run_on(&small(), &play, &answers);
    assert!(said.last().starts_with("score: "), "{}", said.out);
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_respline"));
    command.args(play);
    command.arg("--pack");
    command.arg(small());
    command.arg("--database");
    command.arg(screen.database());
    let mut pty = Pty::spawn(command, (80, 24));
    pty.wait_drawn();
    pty.send("\rhc1\rnup2\rnc3\rnp1\rnp1\rn").wait_for("Debrief");
    pty.send("qq");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(standing(&plain), standing(&screen));
    assert_eq!(answered(&plain), answered(&screen));
    assert_eq!(answered(&plain).len(), 5);
}

/// What `progress` says, but for the moments.
fn standing(learner: &Learner) -> Value {
    let said = learner.run_on(&small(), &["progress", "--format", "json"], &[]);
    let mut value: Value = serde_json::from_str(&said.out).expect("it is JSON");
    for line in value["recent"].as_array_mut().expect("a list") {
        assert!(line["at"].take().is_string());
    }
    value
}

/// The answers as they are stored, but for their attempt's name.
fn answered(learner: &Learner) -> Vec<String> {
    let mut store = Sqlite::open(&learner.database()).unwrap_or_else(|error| panic!("{error}"));
    let records = store.records("local").unwrap_or_else(|error| panic!("{error}"));
    let answer = |entry| match entry {
        Entry::Answered { layer, digest, said, mark, .. } => Some(format!("{layer} {digest} {said:?} {mark:?}")),
        _ => None,
    };
    records.into_iter().filter_map(|record| answer(record.entry)).collect()
}

#[test]
fn a_dumb_terminal_gets_a_conversation_without_asking() {
    let mut command = CommandBuilder::new("env");
    command.args(["TERM=dumb", env!("CARGO_BIN_EXE_respline"), "play", "blog-vm", "--pack"]);
    command.arg(small());
    let mut pty = Pty::spawn(command, (80, 24));
    pty.wait_for("Customer or provider?").look(|shown| assert!(!shown.bytes().contains(&0x1b)));
    pty.send("q\n");
    assert_eq!(pty.wait_exit(), 0);
    assert!(pty.look(|shown| !shown.bytes().contains(&0x1b)));
}

#[test]
fn output_that_is_piped_gets_a_conversation_without_asking() {
    let said = Learner::new().run_on(&small(), &["play", "blog-vm"], &["q"]);
    assert_eq!(said.last(), "left: 0 of 5 layers answered, saved");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let learner = Learner::new();
    let mut child = learner
        .command(&["--plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
