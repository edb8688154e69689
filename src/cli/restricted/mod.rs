//! The tutor for somebody who reached this host over SSH and must reach nothing else on it.
//!
//! Two ways lead here. As a *forced command* (`respline --learner ann --restricted`) the arguments are the admin's, and
//! what the client asked for stands in `SSH_ORIGINAL_COMMAND`. As a *login shell* the account is the learner, and the one
//! argument is what the client asked for: sshd hands a forced command and a client's command over in the same way there,
//! so nothing in it is believed. Either way the environment is shed before anything reads it.

mod call;
mod confine;
mod environment;
mod request;

use std::{env, ffi::OsStr, process::ExitCode};

use nix::unistd::{User, getuid};

use crate::document::printable;

use super::{
    Failure, Kind,
    args::{Cli, Global},
    config::Setup,
    standing, tutor,
};

pub(super) use call::Call;
pub(super) use confine::confine;
use request::Request;

/// Serves a client whose command line is the admin's.
pub(super) fn forced(cli: &Cli) -> Result<ExitCode, Failure> {
    if cli.verb.is_some() {
        return Err(Failure::usage("--restricted opens the tutor and nothing else", "leave the verb out"));
    }
    if cli.global.learner.is_none() && cli.global.instructor.is_none() {
        return Err(Failure::usage("--restricted does not say who is learning", "name the learner with --learner"));
    }
    serve(&cli.global, env::var_os("SSH_ORIGINAL_COMMAND").as_deref())
}

/// Serves the account that runs this process, whose login shell it is.
pub(super) fn shell(command: Option<&OsStr>) -> Result<ExitCode, Failure> {
    serve(&Global { learner: Some(account()?), restricted: true, ..Global::default() }, command)
}

fn serve(flags: &Global, command: Option<&OsStr>) -> Result<ExitCode, Failure> {
    let request = Request::of(command)?;
    let setup = || Setup::of(flags);
    let served = match request {
        Request::Tutor => setup().and_then(|setup| tutor::open(&setup)),
        Request::Progress(_) if flags.instructor.is_some() => {
            Err(Failure::usage("only learners make progress", "connect without a command for the room"))
        }
        Request::Progress(format) => setup().and_then(|setup| standing::report(&setup, format)),
    };
    served.map_err(for_a_guest)
}

/// The name of the real user, by the system's own list and never by the environment.
fn account() -> Result<String, Failure> {
    let unknown = |detail: String| {
        Failure::environment(format!("the account that runs this has no name: {detail}"), "tell whoever runs this box")
    };
    let user = User::from_uid(getuid()).map_err(|error| unknown(error.to_string()))?;
    user.map(|user| user.name).ok_or_else(|| unknown(format!("nobody has the number {}", getuid())))
}

/// A guest can set nothing right here: advice about flags and files is for others.
fn for_a_guest(failure: Failure) -> Failure {
    let hint = if failure.kind == Kind::Bug { failure.hint } else { "tell whoever runs this box".into() };
    Failure { hint, ..failure }
}

/// A client's words, short enough and safe to be said back.
fn quoted(words: &OsStr) -> String {
    const LONGEST: usize = 60;
    let words = printable(&words.to_string_lossy()).replace('\n', " ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", words.get(..end).unwrap_or_default()),
        None => words,
    }
}
