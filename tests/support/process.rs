//! Processes as `/proc` shows them.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

/// The process started by `pid`.
pub(crate) fn only_child(pid: i32) -> i32 {
    let list = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).expect("it runs");
    list.trim().parse().expect("one child")
}

/// Asks a process to end.
pub(crate) fn end(pid: i32) {
    kill_process(Pid::from_raw(pid).expect("a process"), Signal::TERM).expect("it runs");
}

/// Whether a process is there, and no zombie.
pub(crate) fn is_running(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
}

/// Processor time a process has used, in ticks, and how often it slept and woke.
fn activity(pid: i32) -> (String, String) {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("it runs");
    let fields = stat.rsplit_once(')').expect("fields").1.split_whitespace();
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let switches = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches")).expect("a count");
    (fields.skip(11).take(2).collect::<Vec<_>>().join(" "), switches.to_owned())
}

/// Whether it comes to rest: for so long it neither works nor wakes. What it began before may take it a while, so a second
/// and a third look are had.
pub(crate) fn rests(pid: i32, long: Duration) -> bool {
    (0..3).any(|_| {
        let before = activity(pid);
        thread::sleep(long);
        activity(pid) == before
    })
}

/// Waits, within `limit`, until `condition` is true.
pub(crate) fn eventually(limit: Duration, condition: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < limit {
        if condition() {
            return true;
        }
        thread::sleep(Duration::from_millis(5));
    }
    condition()
}

/// Ends a process at once; it may be gone already.
pub(crate) fn kill(pid: i32) {
    let _ = kill_process(Pid::from_raw(pid).expect("a process"), Signal::KILL);
}

/// Every process that `pid` started, and those that they started.
pub(crate) fn descendants(pid: i32) -> Vec<i32> {
    let all: Vec<(i32, i32)> = running().filter_map(|pid| Some((pid, parent(pid)?))).collect();
    let mut found = vec![pid];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(all.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    found.split_off(1)
}

/// Processes that have `argument` among theirs, or in one of them.
pub(crate) fn with_argument(argument: &str) -> Vec<i32> {
    let has = |pid: &i32| {
        let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&arguments).contains(argument)
    };
    running().filter(has).collect()
}

fn running() -> impl Iterator<Item = i32> {
    let entries = fs::read_dir("/proc").expect("it is there").flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn parent(pid: i32) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
