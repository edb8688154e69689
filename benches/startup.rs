//! `respline` beside a bare ratatui list, in turn on the same kind of terminal: start to first frame, peak memory, bytes
//! for a key. Prints medians and their ratio; the budgets are in `docs/performance.md`.

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

const ROUNDS: usize = 31;
const SIZE: (u16, u16) = (80, 24);

/// Moves down and up again, so that every press changes the screen.
const KEYS: [&str; 4] = ["j", "j", "k", "k"];

/// What one run of a program costs.
struct Cost {
    milliseconds: f64,
    mebibytes: f64,
    bytes: f64,
}

/// One figure of a cost.
type Figure = fn(&Cost) -> f64;

fn main() -> Result<(), Box<dyn Error>> {
    let programs = [env!("CARGO_BIN_EXE_respline").to_owned(), bare_list()?];
    let mut costs = programs.each_ref().map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (program, costs) in programs.iter().zip(&mut costs) {
            costs.push(measure(program)?);
        }
    }
    report(&costs)
}

/// Builds the yardstick, as this bench was built, and finds it.
fn bare_list() -> Result<String, Box<dyn Error>> {
    let arguments = ["bench", "--no-run", "--bench", "bare_list", "--message-format=json"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output()?;
    let messages = String::from_utf8(output.stdout)?;
    let executable = |line: &str| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(str::to_owned)
    };
    messages.lines().rev().find_map(executable).ok_or_else(|| "cargo built no yardstick".into())
}

fn measure(program: &str) -> Result<Cost, Box<dyn Error>> {
    let start = Instant::now();
    let mut pty = Pty::spawn(CommandBuilder::new(program), SIZE);
    pty.wait_drawn();
    let (drawn, sent) = pty.look(|shown| (shown.last, shown.bytes().len()));
    for key in KEYS {
        pty.send(key).wait_drawn();
    }
    let bytes = pty.look(|shown| shown.bytes().len()) - sent;
    Ok(Cost {
        milliseconds: drawn.duration_since(start).as_secs_f64() * 1e3,
        mebibytes: peak_memory(pty.pid())?,
        bytes: f64::from(u32::try_from(bytes)?) / f64::from(u32::try_from(KEYS.len())?),
    })
}

fn peak_memory(pid: i32) -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

fn report([respline, bare]: &[Vec<Cost>; 2]) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    writeln!(out, "{ROUNDS} rounds at {}x{}, medians    respline      bare     ratio", SIZE.0, SIZE.1)?;
    let rows: [(&str, Figure); 3] = [
        ("start to first frame, ms", |cost| cost.milliseconds),
        ("peak memory, MiB", |cost| cost.mebibytes),
        ("bytes for a key", |cost| cost.bytes),
    ];
    for (name, of) in rows {
        let (ours, theirs) = (median(respline, of), median(bare, of));
        writeln!(out, "{name:<32} {ours:>10.2} {theirs:>9.2} {:>9.2}", ours / theirs)?;
    }
    Ok(())
}

fn median(costs: &[Cost], of: Figure) -> f64 {
    let mut sorted: Vec<f64> = costs.iter().map(of).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
