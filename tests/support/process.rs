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
pub(crate) fn activity(pid: i32) -> (String, String) {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("it runs");
    let fields = stat.rsplit_once(')').expect("fields").1.split_whitespace();
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let switches = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches")).expect("a count");
    (fields.skip(11).take(2).collect::<Vec<_>>().join(" "), switches.to_owned())
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
