//! Saved files: `respline check --watch` checks every save, and a tutor shows what is on its screen as it was saved last.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

#[cfg(test)]
mod support;

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use support::{lines::Learner, process::rests, pty::Pty};
use tempfile::TempDir;

/// A copy of the good pack.
fn pack() -> TempDir {
    let root = tempfile::tempdir().expect("there is room for a folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    let copied =
        Command::new("cp").arg("-r").arg(from.join("lessons")).arg(from.join("scenarios")).arg(root.path()).status();
    assert!(copied.expect("cp runs").success());
    root
}

/// Saves a change whole, so that nobody sees half of it.
fn save(root: &TempDir, from: &str, to: &str) {
    save_in(root, "scenarios/shop.toml", from, to);
}

fn save_in(root: &TempDir, file: &str, from: &str, to: &str) {
    let (file, new) = (root.path().join(file), root.path().join("new"));
    let text = fs::read_to_string(&file).expect("it can be read");
    assert!(text.contains(from));
    fs::write(&new, text.replacen(from, to, 1)).expect("it can be written");
    fs::rename(new, file).expect("it can be moved");
}

#[test]
fn a_pipe_gets_a_report_for_each_save_and_nothing_is_erased() {
    let root = pack();
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.args(["check", "--watch"]).current_dir(root.path()).env_remove("RESPLINE_PACK").stdout(Stdio::piped());
    let mut watch = command.spawn().expect("it starts");
    let mut lines = BufReader::new(watch.stdout.take().expect("it is piped")).lines();
    let mut next = || lines.next().expect("it goes on").expect("it is text");
    assert_eq!(next(), "0 errors, 0 warnings in 4 files");
    save(&root, "level = 2", "level = 5");
    assert!(next().contains("scenarios/shop.toml:5:9: error: `level` is out of range"));
    let rest: Vec<String> = std::iter::repeat_with(&mut next).take(5).collect();
    assert_eq!(rest[4], "1 error, 0 warnings in 4 files");
    save(&root, "level = 5", "level = 2");
    assert_eq!(next(), "0 errors, 0 warnings in 4 files");
    assert_eq!(interrupt(&mut watch).code(), Some(0));
    assert_eq!(lines.next().map(|line| line.expect("it is text")), None, "nothing else was printed");
}

/// Ends it as ctrl-c does.
fn interrupt(watch: &mut Child) -> ExitStatus {
    let pid = Pid::from_raw(i32::try_from(watch.id()).expect("a process")).expect("a process");
    kill_process(pid, Signal::INT).expect("it runs");
    watch.wait().expect("it ends")
}

#[test]
fn a_screen_shows_the_last_report_alone() {
    let root = pack();
    save(&root, "level = 2", "level = 5");
    let mut pty = Pty::start(&["check", "--watch", &root.path().to_string_lossy()], (80, 24));
    pty.wait_for("1 error, 0 warnings in 4 files").wait_for("Watching; ctrl-c ends.");
    save(&root, "level = 5", "level = 2");
    pty.wait_for("0 errors, 0 warnings in 4 files");
    assert!(!pty.screen().contains("1 error,"), "{}", pty.screen());
    pty.send("\u{3}");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_reader_that_has_gone_ends_it_at_the_next_save() {
    let root = pack();
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.args(["check", "--watch"]).current_dir(root.path()).env_remove("RESPLINE_PACK").stdout(Stdio::piped());
    let mut watch = command.spawn().expect("it starts");
    let mut out = watch.stdout.take().expect("it is piped");
    out.read_exact(&mut [0]).expect("it prints");
    drop(out);
    // A process that another test is starting may hold the pipe open a moment longer, so one save may find a reader.
    for save_at in 0..40 {
        let levels = ["level = 2", "level = 5"];
        save(&root, levels[save_at % 2], levels[(save_at + 1) % 2]);
        std::thread::sleep(Duration::from_millis(600));
        if let Some(status) = watch.try_wait().expect("it is ours") {
            assert_eq!(status.code(), Some(0));
            return;
        }
    }
    watch.kill().expect("it runs");
    panic!("it outlives its reader");
}

#[test]
fn the_built_in_course_cannot_be_watched() {
    let empty = tempfile::tempdir().expect("there is room");
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.args(["check", "--watch"]).current_dir(empty.path()).env_remove("RESPLINE_PACK");
    assert_eq!(command.output().expect("it runs").status.code(), Some(2));
}

#[test]
fn a_scenario_on_the_screen_is_shown_as_it_was_saved_last() {
    let root = pack();
    let folder = root.path().to_string_lossy().into_owned();
    let mut pty = Pty::start(&["--pack", &folder, "play", "shop", "--order", "authored"], (100, 30));
    pty.wait_for("You are the ops person of a shop.");
    save(&root, "ops person of a shop", "ops person of a bakery");
    pty.wait_for("You are the ops person of a bakery.").wait_for("Reloaded: scenarios/shop.toml changed.");
    pty.send("\rc1\r").wait_for("Reason 1 about reach.");
    save(&root, "title = ", "tittle = ");
    pty.wait_for("scenarios/shop.toml:3:1: unknown key `tittle` in a scenario");
    pty.wait_for("The text before it stays.").wait_for("Reason 1 about reach.");
    save(&root, "tittle = ", "title = ");
    save(&root, "Keep the database off the public internet", "Keep strangers away from the database");
    pty.wait_for("Keep strangers away from the database").wait_for("1 answer is asked again.");
    save(&root, "trap = \"managed-means-secured\"", "trap = \"managed-means-secure\"");
    pty.wait_for("there is no pitfall `managed-means-secure`");
    pty.send("q").wait_for("Threat list");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_lesson_and_the_lines_drawn_in_it_are_shown_as_they_were_saved_last() {
    let root = pack();
    let folder = root.path().to_string_lossy().into_owned();
    let mut pty = Pty::start(&["--pack", &folder, "read", "1"], (100, 40));
    pty.wait_for("Own the setting, not the machinery.").wait_for("Database reachability");
    save_in(&root, "lessons/1-the-line.md", "Own the setting", "Mind the setting");
    pty.wait_for("Mind the setting, not the machinery.").wait_for("Reloaded: lessons/1-the-line.md changed.");
    save(&root, "label = \"Database reachability\"", "label = \"Who can reach it\"");
    pty.wait_for("Who can reach it").wait_for("Reloaded: scenarios/shop.toml changed.");
    pty.send("q");
}

#[test]
fn only_a_pack_that_can_be_saved_wakes_a_session_and_only_with_its_text_on_the_screen() {
    let root = pack();
    let folder = root.path().to_string_lossy().into_owned();
    let mut own = Pty::start(&["--pack", &folder, "play", "shop"], (80, 24));
    let built_in = Pty::start(&["play", "web-app-on-containers"], (80, 24));
    own.wait_drawn();
    built_in.wait_drawn();
    assert!(rests(built_in.pid(), Duration::from_millis(1_500)));
    assert!(!rests(own.pid(), Duration::from_millis(1_500)), "it looks once a second");
    own.send("q").wait_for("Threat list").wait_drawn();
    assert!(rests(own.pid(), Duration::from_millis(1_500)), "the course map is no text of the pack");
}

#[test]
fn a_conversation_tells_the_story_anew_when_it_was_saved() {
    let root = pack();
    let learner = Learner::new();
    let folder = root.path().to_string_lossy();
    let mut command = learner.command(&["--plain", "play", "shop", "--order", "authored", "--pack", &folder]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut wait_for = |words: &str| {
        let found = lines.by_ref().map(|line| line.expect("it is text")).any(|line| line.contains(words));
        assert!(found, "'{words}' never came");
    };
    let mut input = child.stdin.take().expect("it is piped");
    wait_for("Customer or provider?");
    save(&root, "ops person of a shop", "ops person of a bakery");
    // A save goes unseen for a second at most.
    std::thread::sleep(Duration::from_millis(1_200));
    std::io::Write::write_all(&mut input, b"c\n").expect("it reads");
    wait_for("Reloaded: scenarios/shop.toml changed.");
    wait_for("You are the ops person of a bakery.");
    wait_for("Which one?");
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
