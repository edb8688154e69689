//! `respline check --watch`: the check again whenever a file is saved.
//!
//! It asks for the files' times twice a second. A library that is told by the system would need a thread and a case for
//! every system and for folders it cannot watch; a pack is a few hundred files, and asking for them costs a millisecond.

use std::{
    env,
    io::{self, ErrorKind, IsTerminal as _, Read as _, Write as _},
    os::unix::net::UnixStream,
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use signal_hook::{consts::SIGINT, low_level::pipe};

use crate::{document::printable, terminal::library};

use super::{super::args::CheckFormat, Failure, no_pack};

/// How long a save may go unseen.
const PAUSE: Duration = Duration::from_millis(500);

/// Erases the screen and goes to its top; what has scrolled off it stays.
const CLEAR: &str = "\x1b[2J\x1b[H";

/// Prints what `told` says, and again whenever a file under `roots` has changed, until ctrl-c.
pub(super) fn watch(
    roots: &[PathBuf],
    format: CheckFormat,
    told: impl Fn() -> Result<String, Failure>,
) -> Result<ExitCode, Failure> {
    if roots.is_empty() {
        return Err(no_pack("or name one"));
    }
    let mut interrupts = interrupts().map_err(|error| environment(&error))?;
    let clears = format == CheckFormat::Human && is_screen();
    let mut seen = library::stamp(roots);
    let mut text = told()?;
    loop {
        match show(&text, clears) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            shown => shown.map_err(|error| environment(&error))?,
        }
        let before = seen;
        seen = loop {
            if interrupted(&mut interrupts) {
                return Ok(ExitCode::SUCCESS);
            }
            let now = library::stamp(roots);
            if now != before {
                break now;
            }
        };
        // A folder that is away for a moment, as editors and version control make it, ends nothing.
        text = told().unwrap_or_else(|failure| printable(&failure.message).into_owned() + "\n");
    }
}

fn environment(error: &io::Error) -> Failure {
    Failure::environment(format!("cannot watch: {error}"), "")
}

/// A stream that gets a byte at each ctrl-c.
fn interrupts() -> io::Result<UnixStream> {
    let (read, write) = UnixStream::pair()?;
    read.set_read_timeout(Some(PAUSE))?;
    pipe::register(SIGINT, write)?;
    Ok(read)
}

/// Waits a while; whether ctrl-c was pressed.
fn interrupted(interrupts: &mut UnixStream) -> bool {
    interrupts.read(&mut [0]).is_ok()
}

/// Whether standard output is a screen that can be erased.
fn is_screen() -> bool {
    io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn show(text: &str, clears: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if clears {
        out.write_all(CLEAR.as_bytes())?;
    }
    out.write_all(text.as_bytes())?;
    if clears {
        out.write_all(b"\nWatching; ctrl-c ends.\n")?;
    }
    out.flush()
}
