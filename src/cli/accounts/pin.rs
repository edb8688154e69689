//! `respline learner pin`: a PIN is typed unseen and kept as a hash.

use std::{
    io::{self, BufRead, IsTerminal, Read, Stdin, Write, stderr, stdin},
    process::ExitCode,
};

use rustix::{
    io::read,
    termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr},
};

use crate::{
    ssh::pin::{LONGEST, SHORTEST, hash, is_pin},
    store::Database,
};

use super::{
    super::{Failure, print},
    account,
};

/// Bytes of a line that are read: a terminal keeps no longer one.
const MOST: usize = 4096;

/// What ctrl-c types where it sends no signal.
const INTERRUPT: u8 = 0x03;

/// Sets or removes a PIN.
pub(super) fn set(store: &mut dyn Database, name: &str, remove: bool) -> Result<ExitCode, Failure> {
    let learner = account(store, name)?;
    let salted = |pin: &str| hash(pin).ok_or_else(|| Failure::environment("the system has no randomness", ""));
    let hash = if remove { None } else { Some(salted(&ask(&learner)?)?) };
    store.set_pin(&learner, hash.as_deref())?;
    print(&format!("{learner} has {} PIN\n", if remove { "no" } else { "a new" }))
}

/// A PIN from standard input; from a terminal, twice and unseen.
fn ask(learner: &str) -> Result<String, Failure> {
    let unread = |error: io::Error| Failure::environment(format!("the PIN cannot be read: {error}"), "");
    if !stdin().is_terminal() {
        return checked(line().map_err(unread)?);
    }
    let pin = checked(unseen(&format!("PIN for {learner}: ")).map_err(unread)?)?;
    if unseen("the same again: ").map_err(unread)? == pin {
        return Ok(pin);
    }
    Err(Failure::usage("the two are not the same", "nothing was changed; try again"))
}

fn checked(pin: String) -> Result<String, Failure> {
    if is_pin(&pin) {
        return Ok(pin);
    }
    let rule = format!("a PIN has at least {SHORTEST} characters, at most {LONGEST} bytes and no control characters");
    Err(Failure::usage(rule, "nothing was changed"))
}

/// A line typed on the terminal without showing it. Ctrl-c ends the line in place of the program, which would leave the
/// terminal silent; it makes no PIN.
fn unseen(question: &str) -> io::Result<String> {
    let keyboard = stdin();
    let before = tcgetattr(&keyboard)?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
    silent.special_codes[SpecialCodeIndex::VEOL] = INTERRUPT;
    // What was typed ahead was typed in sight.
    tcsetattr(&keyboard, OptionalActions::Flush, &silent)?;
    let typed = write!(stderr(), "{question}").and_then(|()| one_read(&keyboard));
    tcsetattr(&keyboard, OptionalActions::Now, &before)?;
    writeln!(stderr())?;
    typed
}

/// What a terminal hands over at once: a line, however it ended.
fn one_read(keyboard: &Stdin) -> io::Result<String> {
    let mut bytes = [0; MOST];
    let length = read(keyboard, &mut bytes)?;
    text(bytes.get(..length).unwrap_or_default())
}

fn line() -> io::Result<String> {
    let mut bytes = Vec::new();
    stdin().lock().take(MOST as u64).read_until(b'\n', &mut bytes)?;
    text(&bytes)
}

/// A line without its end.
fn text(bytes: &[u8]) -> io::Result<String> {
    let text = str::from_utf8(bytes).map_err(|_| io::Error::other("it is no text"))?;
    Ok(text.strip_suffix('\n').unwrap_or(text).trim_end_matches('\r').to_owned())
}
