//! The command line: one file per verb, and the mapping of what goes wrong to exit codes.

mod accounts;
mod args;
mod breach;
mod class;
mod config;
mod content;
mod export;
mod failure;
mod keys;
pub mod progress;
mod restricted;
mod serve;
mod span;
mod standing;
mod store;
mod tutor;

use std::{env::args_os, ffi::OsString, io::Write as _, process::ExitCode};

use clap::Parser;

use crate::document::printable;

use args::{Bare, Cli, Verb};
use config::Setup;
pub use failure::{Failure, Kind};
use restricted::Call;

/// Runs the command line and reports what goes wrong.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = args_os().collect();
    called(&arguments).unwrap_or_else(|failure| failure.report())
}

fn called(arguments: &[OsString]) -> Result<ExitCode, Failure> {
    let call = Call::of(arguments)?;
    if call != Call::Open {
        restricted::confine(arguments)?;
    }
    match call {
        Call::Open => parsed(arguments, run),
        Call::Forced => parsed(arguments, restricted::forced),
        Call::Shell(command) => restricted::shell(command),
    }
}

fn parsed(arguments: &[OsString], run: fn(&Cli) -> Result<ExitCode, Failure>) -> Result<ExitCode, Failure> {
    // Most starts name no verb; those need not know them all. Whatever else is wrong is told by the whole command line.
    match Bare::try_parse_from(arguments).map(Cli::from).or_else(|_| Cli::try_parse_from(arguments)) {
        Ok(cli) => run(&cli),
        Err(error) => Ok(misused(&error)),
    }
}

/// Help and version are the program's own words; everything else quotes what was typed.
fn misused(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    // Where standard error is closed there is nobody to tell.
    let _ = std::io::stderr().lock().write_all(printable(&error.render().to_string()).as_bytes());
    ExitCode::from(2)
}

fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    let setup = || Setup::of(&cli.global);
    match &cli.verb {
        None => tutor::open(&setup()?),
        Some(Verb::Play(play)) => tutor::play(&setup()?, play),
        Some(Verb::Moving { scenario }) => tutor::moving(&setup()?, scenario.as_deref()),
        Some(Verb::Read { lesson }) => tutor::read(&setup()?, lesson.as_deref()),
        Some(Verb::Review(choices)) => tutor::review(&setup()?, choices),
        Some(Verb::Drill(drill)) => tutor::drill(&setup()?, drill),
        Some(Verb::Breach(breach)) => breach::breach(&setup()?, breach),
        Some(Verb::List { what, format }) => content::list(&setup()?, *what, *format),
        Some(Verb::Line(line)) => content::line(&setup()?, line),
        Some(Verb::Progress(progress)) => standing::run(&setup()?, progress),
        Some(Verb::AuthorizedKeys(args)) => accounts::authorized_keys(&cli.global, args),
        Some(Verb::Learner { verb }) => accounts::learner(&cli.global, verb),
        Some(Verb::Check(check)) => content::check(&setup()?, check),
        Some(Verb::Fmt(fmt)) => content::fmt(&setup()?, fmt),
        Some(Verb::New { what }) => content::new(&setup()?, what),
        Some(Verb::Schema { of }) => content::schema(*of),
        Some(Verb::Serve(serve)) => serve::run(&cli.global, serve),
        Some(Verb::Class { what }) => class::run(&setup()?, what),
        Some(Verb::Export(export)) => export::run(&setup()?, export),
        Some(Verb::HandIn(args)) => class::hand_in(&setup()?, args),
        Some(Verb::Store { what }) => store::run(setup, what),
        Some(Verb::Keys { markdown }) => keys::keys(*markdown),
        Some(Verb::Completions { shell }) => keys::completions(*shell),
        Some(Verb::Man) => keys::man(),
    }
}

/// Writes to standard output; a reader that has gone away is no failure.
fn print(text: &str) -> Result<ExitCode, Failure> {
    use std::io::{ErrorKind, Write};
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::environment(format!("cannot write: {error}"), ""))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
