//! `respline learner pin`: a PIN is typed unseen and kept as a hash.

use std::{
    io::{self, BufRead, IsTerminal, Read, Stdin, Write, stderr, stdin},
    process::ExitCode,
};

use argon2::{Argon2, password_hash::PasswordHasher};
use rustix::{
    io::read,
    termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr},
};

use crate::store::Database;

use super::{
    super::{Failure, print},
    account,
};

/// The shortest PIN, in characters.
const SHORTEST: usize = 6;

/// The longest PIN, in bytes: hashing reads all of it.
const LONGEST: usize = 64;

/// Bytes of a line that are read: a terminal keeps no longer one.
const MOST: usize = 4096;

/// What ctrl-c types where it sends no signal.
const INTERRUPT: u8 = 0x03;

/// Sets or removes a PIN.
pub(super) fn set(store: &mut dyn Database, name: &str, remove: bool) -> Result<ExitCode, Failure> {
    let learner = account(store, name)?;
    let hash = if remove { None } else { Some(hash(&ask(&learner)?)?) };
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

fn is_pin(pin: &str) -> bool {
    pin.chars().count() >= SHORTEST && pin.len() <= LONGEST && !pin.chars().any(char::is_control)
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

fn hash(pin: &str) -> Result<String, Failure> {
    let hash = Argon2::default().hash_password(pin.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Failure::bug(format!("the PIN has no hash: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_a_length() {
        assert!(is_pin("123456") && is_pin("six words that I remember well"));
        let long = "x".repeat(65);
        assert!(["", "12345", "12345\u{3}", "1234\t56", &long].iter().all(|pin| !is_pin(pin)));
    }

    #[test]
    fn a_hash_is_argon2id_with_a_salt_of_its_own() {
        let [one, other] = [(), ()].map(|()| hash("123456").expect("it has one"));
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && one != other, "{one}");
    }
}
