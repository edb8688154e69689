//! `respline` beside a bare ratatui list, in turn on the same kind of terminal: start to first frame and peak memory as
//! medians with their ratio, then the bytes of single keys. The budgets are in `docs/performance.md`.
//!
//! The learner's database is there already, but for the first start of all, which makes it and waits for the disk.

#[path = "../tests/support/pty.rs"]
#[expect(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the harness of the tests, not all of it used here"
)]
mod pty;

use std::{
    env,
    error::Error,
    fs,
    io::{Write, stdout},
    process::Command,
    time::Instant,
};

use portable_pty::CommandBuilder;
use pty::Pty;
use tempfile::TempDir;

const ROUNDS: usize = 31;
const SIZE: (u16, u16) = (80, 24);

/// What one start of a program costs.
struct Cost {
    milliseconds: f64,
    mebibytes: f64,
}

/// One figure of a cost.
type Figure = fn(&Cost) -> f64;

/// A key whose bytes are counted.
struct Press {
    what: &'static str,
    arguments: &'static [&'static str],
    /// Keys that lead to where it is pressed.
    before: &'static [&'static str],
    key: &'static str,
    budget: usize,
}

const PRESSES: [Press; 5] = [
    Press { what: "a key without a meaning", arguments: &[], before: &["\r"], key: "%", budget: 0 },
    Press { what: "a moved selection, course map", arguments: &[], before: &["\r"], key: "j", budget: 250 },
    Press {
        what: "a moved selection, controls",
        arguments: &["play", "web-app-on-containers"],
        before: &["\r", "c"],
        key: "j",
        budget: 250,
    },
    Press {
        what: "a toggled mark",
        arguments: &["play", "web-app-on-containers"],
        before: &["\r"],
        key: "u",
        budget: 64,
    },
    Press { what: "a page of a lesson", arguments: &["read", "8.1"], before: &[], key: " ", budget: 2048 },
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = TempDir::new()?;
    let database = folder.path().join("respline.sqlite3").display().to_string();
    let (respline, bare) = (env!("CARGO_BIN_EXE_respline"), bare_list()?);
    let programs: [(&str, &[&str]); 3] = [(respline, &["--database", &database]), (respline, &[]), (&bare, &[])];
    let mut costs = programs.map(|_| Vec::new());
    start(respline, &["--database", &database])?;
    for _ in 0..ROUNDS {
        for ((program, arguments), costs) in programs.iter().zip(&mut costs) {
            costs.push(start(program, arguments)?);
        }
    }
    report_starts(&costs)?;
    report_keys(respline, &bare)
}

/// Builds the yardstick, as this bench was built, and finds it.
fn bare_list() -> Result<String, Box<dyn Error>> {
    let arguments = ["bench", "--no-run", "--bench", "bare_list", "--message-format=json"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output()?;
    let messages = String::from_utf8(output.stdout)?;
    let executable = |line: &str| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        // The same answer names the program itself, whose binary the bench needs as well.
        let wanted = message.get("target")?.get("name")?.as_str() == Some("bare_list");
        message.get("executable").filter(|_| wanted)?.as_str().map(str::to_owned)
    };
    messages.lines().rev().find_map(executable).ok_or_else(|| "cargo built no yardstick".into())
}

fn start(program: &str, arguments: &[&str]) -> Result<Cost, Box<dyn Error>> {
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    let start = Instant::now();
    let pty = Pty::spawn(command, SIZE);
    pty.wait_drawn();
    let drawn = pty.look(|shown| shown.last).duration_since(start);
    Ok(Cost { milliseconds: drawn.as_secs_f64() * 1e3, mebibytes: peak_memory(pty.pid())? })
}

fn peak_memory(pid: i32) -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

/// The bytes that a key is answered with, and the memory used by then.
fn press(program: &str, press: &Press) -> Result<(usize, f64), Box<dyn Error>> {
    let mut command = CommandBuilder::new(program);
    command.args(press.arguments);
    let mut pty = Pty::spawn(command, SIZE);
    pty.wait_drawn();
    for key in press.before {
        pty.send(key).wait_drawn();
    }
    let sent = pty.look(|shown| shown.bytes().len());
    pty.send(press.key).wait_drawn();
    Ok((pty.look(|shown| shown.bytes().len()) - sent, peak_memory(pty.pid())?))
}

fn report_starts([again, first, bare]: &[Vec<Cost>; 3]) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    writeln!(out, "{ROUNDS} starts at {}x{}, medians      respline      bare     ratio", SIZE.0, SIZE.1)?;
    let rows: [(&str, &[Cost], Figure); 3] = [
        ("start to first frame, ms", again, |cost| cost.milliseconds),
        ("the first start of all, ms", first, |cost| cost.milliseconds),
        ("peak memory, MiB", again, |cost| cost.mebibytes),
    ];
    for (name, costs, of) in rows {
        let (ours, theirs) = (median(costs, of), median(bare, of));
        writeln!(out, "{name:<32} {ours:>10.2} {theirs:>9.2} {:>9.2}", ours / theirs)?;
    }
    Ok(())
}

fn median(costs: &[Cost], of: Figure) -> f64 {
    let mut sorted: Vec<f64> = costs.iter().map(of).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn report_keys(respline: &str, bare: &str) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    writeln!(out, "\none key                               bytes    budget  peak MiB")?;
    for key in &PRESSES {
        let (bytes, peak) = press(respline, key)?;
        writeln!(out, "{:<32} {bytes:>10} {:>9} {peak:>9.2}", key.what, key.budget)?;
    }
    let list = Press { what: "a moved selection, bare list", arguments: &[], before: &[], key: "j", budget: 0 };
    let (bytes, peak) = press(bare, &list)?;
    writeln!(out, "{:<32} {bytes:>10} {:>9} {peak:>9.2}", list.what, "")?;
    Ok(())
}
