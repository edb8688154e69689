//! `respline authorized-keys`: lines of `authorized_keys` from the accounts of the box, for sshd's `AuthorizedKeysCommand`.

use std::{
    path::{Path, absolute},
    process::ExitCode,
};

use crate::store::{Database, Location, StoreError, shown};

use super::{
    super::{Failure, args::Global, config::Setup, print},
    AuthorizedKeys,
    key::Key,
    open, quote,
};

/// Prints the line of the key that is asked about, and nothing where it is nobody's; every line where none is.
pub(in crate::cli) fn run(flags: &Global, args: &AuthorizedKeys) -> Result<ExitCode, Failure> {
    let setup = Setup::of_box(flags)?;
    let command = command(flags, &setup)?;
    let keys = known(&mut *open(&setup)?, &args.key)?;
    let lines = keys.iter().map(|(learner, key)| line(&command, learner, key));
    print(&lines.collect::<Result<String, _>>()?)
}

/// Learners with the keys that are asked about.
fn known(store: &mut dyn Database, asked: &[String]) -> Result<Vec<(String, String)>, StoreError> {
    let [kind, body] = asked else { return store.keys(None) };
    // What cannot be a key of ours is nobody's: sshd offers whatever a client has.
    let Some(key) = Key::of(kind, body).map(|key| key.text().to_owned()) else { return Ok(Vec::new()) };
    let owner = store.learner_of(&key)?;
    Ok(owner.map(|learner| (learner, key)).into_iter().collect())
}

/// One line: whoever has `key` is `learner`, and gets `command` on a terminal and nothing else.
fn line(command: &[String], learner: &str, key: &str) -> Result<String, Failure> {
    let mut words: Vec<&str> = command.iter().map(String::as_str).collect();
    words.extend(["--learner", learner]);
    // The shell that sshd starts has nothing to do but wait; it makes room.
    let command = format!("exec {}", quote::command(&words)?);
    Ok(format!("restrict,pty,command={} {key} {learner}\n", quote::option(&command)))
}

/// This program, restricted, with the places that were named to it.
fn command(flags: &Global, setup: &Setup) -> Result<Vec<String>, Failure> {
    let program = std::env::current_exe();
    let program = program.map_err(|error| Failure::environment(format!("where is the program? {error}"), ""))?;
    let mut words = vec![text(&program)?, "--restricted".to_owned()];
    let mut add = |flag: &str, path: &Path| -> Result<(), Failure> {
        let path = absolute(path).map_err(|error| Failure::environment(format!("{}: {error}", shown(path)), ""))?;
        words.extend([flag.to_owned(), text(&path)?]);
        Ok(())
    };
    if let Some(config) = &flags.config {
        add("--config", config)?;
    }
    match (&flags.database, &setup.database) {
        (None, _) => {}
        (Some(_), Location::File(path)) => add("--database", path)?,
        (Some(_), Location::Postgres(_)) => {
            return Err(Failure::usage(
                "everybody on the host can read the arguments of a process, and this URL may hold a password",
                "put the database into the configuration file and name that with --config",
            ));
        }
    }
    for pack in &flags.pack {
        add("--pack", pack)?;
    }
    Ok(words)
}

fn text(path: &Path) -> Result<String, Failure> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| Failure::usage(format!("{} is no text", shown(path)), "give a path in UTF-8"))
}
