//! `respline check --watch`: every save is checked, ctrl-c ends it, and a pipe gets text alone.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

#[cfg(test)]
mod support;

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use support::pty::Pty;
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
    let (file, new) = (root.path().join("scenarios/shop.toml"), root.path().join("new"));
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
    let pid = Pid::from_raw(i32::try_from(watch.id()).expect("a process")).expect("a process");
    let asked = Instant::now();
    kill_process(pid, Signal::INT).expect("it runs");
    assert_eq!(watch.wait().expect("it ends").code(), Some(0));
    assert!(asked.elapsed() < Duration::from_millis(400), "it does not sleep on");
    assert_eq!(lines.next().map(|line| line.expect("it is text")), None, "nothing else was printed");
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
    save(&root, "level = 2", "level = 5");
    assert_eq!(watch.wait().expect("it ends").code(), Some(0));
}

#[test]
fn the_built_in_course_cannot_be_watched() {
    let empty = tempfile::tempdir().expect("there is room");
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.args(["check", "--watch"]).current_dir(empty.path()).env_remove("RESPLINE_PACK");
    assert_eq!(command.output().expect("it runs").status.code(), Some(2));
}
