//! One learner in two windows, and everybody else.

use std::time::Duration;

use respline::course::Entry;

use super::{
    client::{Client as _, Link, Terminal, screen_rows},
    serving::{Host, PATIENCE, Serving},
    support::process::eventually,
};

/// Ann in the first question of an exercise.
fn asked(serving: &Serving) -> Link {
    let link = Link::open(serving.port(), "ann", &Terminal::default());
    link.wait_for("Welcome").send("\r").wait_for("Continue").send("jjj\r").wait_for("story").send("\r");
    link.wait_for("layer 1 of 5");
    link
}

/// Long enough for what goes to somebody by mistake to arrive.
const A_WHILE: Duration = Duration::from_millis(300);

#[test]
fn an_answer_in_one_window_moves_the_other_on_and_nobody_elses() {
    let host = Host::new();
    host.admit("ann").admit("bob");
    let serving = host.serve(&[]);
    let one = asked(&serving);
    let two = Link::open(serving.port(), "ann", &Terminal::default());
    two.wait_for("Continue").send("\r").wait_for("layer 1 of 5");
    let bob = Link::open(serving.port(), "bob", &Terminal::default());
    bob.wait_for("Welcome");
    let seen = bob.look(|shown| shown.bytes.len());
    one.send("c1\r").wait_for("enter next");
    two.wait_until("the answer given in the other window", |shown| !shown.text().contains("layer 1 of 5"));
    one.send("\r").wait_for("layer 2 of 5");
    // Both know the same: what one answers next counts once.
    two.send("\r").wait_for("layer 2 of 5").send("p1\r").wait_for("enter next");
    one.wait_until("the answer given in the other window", |shown| !shown.text().contains("layer 2 of 5"));
    assert!(!bob.within(A_WHILE, |shown| shown.bytes.len() > seen), "bob saw something of it");
    let answers = host.records("ann").iter().filter(|record| format!("{record:?}").contains("Answered")).count();
    assert_eq!(answers, 2, "{:#?}", host.records("ann"));
}

#[test]
fn an_answer_on_one_host_moves_the_window_on_another_on() {
    let one = Host::new();
    one.admit("ann");
    let two = Host::over(&one.path("records.sqlite3").display().to_string());
    let servings = [&one, &two].map(|host| host.serve(&[]));
    let here = asked(&servings[0]);
    let there = Link::open(servings[1].port(), "ann", &Terminal::default());
    there.wait_for("Continue").send("\r").wait_for("layer 1 of 5");
    here.send("c1\r").wait_for("enter next");
    there.wait_until("the answer given on the other host", |shown| !shown.text().contains("layer 1 of 5"));
}

#[test]
fn a_setting_in_one_window_is_the_others_too() {
    let host = Host::new();
    host.admit("ann");
    let serving = host.serve(&[]);
    let open = || Link::open(serving.port(), "ann", &Terminal::default());
    let one = open();
    one.wait_for("Welcome").send("\r").wait_for("Continue");
    // The map is shown before it is stored that the welcome was read.
    let welcomed = || host.records("ann").iter().any(|record| matches!(record.entry, Entry::Welcomed));
    assert!(eventually(PATIENCE, welcomed), "it is never stored");
    let two = open();
    two.wait_for("Continue");
    two.send("s").wait_for("Theme");
    let before = two.rows();
    one.send("s").wait_for("Theme").send("\r");
    // Either window's frame may arrive first.
    for window in [&one, &two] {
        window.wait_until("the other theme", |shown| screen_rows(shown.emulator.screen()) != before);
    }
    assert_eq!(one.rows(), two.rows());
}

#[test]
fn a_learner_has_so_many_sessions_and_is_told_so() {
    let host = Host::new();
    host.admit("ann").admit("bob");
    let serving = host.serve(&["--sessions", "2"]);
    let open = |name| Link::open(serving.port(), name, &Terminal::default());
    let (one, two) = (open("ann"), open("ann"));
    one.wait_for("Welcome");
    two.wait_for("Welcome");
    let third = open("ann");
    assert_eq!(third.wait_closed(), Some(3));
    let words = third.look(|shown| String::from_utf8_lossy(&shown.errors).into_owned());
    assert!(words.contains("you have 2 sessions open already"), "{words}");
    open("bob").wait_for("Welcome");
    one.send("qq");
    assert_eq!(one.wait_closed(), Some(0));
    serving.wait_log("session ended", 1);
    open("ann").wait_for("The small course");
}
