//! `respline progress`: its table, and the export and import of records.

use std::{io::Write, path::Path, process::ExitCode};

use crate::{
    course::Progress,
    store::{self, Database, Store},
    terminal::local::now,
};

use super::{
    Failure,
    args::{Standing, StandingFormat, Transfer},
    config::Setup,
    print,
    progress::{Report, Source, Target, TransferError, export, import},
    tutor::library,
};

/// Shows how the learner stands, or moves their records.
pub(super) fn run(setup: &Setup, args: &Standing) -> Result<ExitCode, Failure> {
    let mut store = open(setup)?;
    match &args.verb {
        None => show(setup, &mut *store, args.format),
        Some(Transfer::Export { file, force }) => {
            let target = target(file, *force);
            let done = export(&mut *store, &setup.learner, now(), &target).map_err(|error| moved(&error))?;
            say(&done);
            Ok(ExitCode::SUCCESS)
        }
        Some(Transfer::Import { file }) => {
            let source = if is_standard(file) { Source::Standard } else { Source::File(file.clone()) };
            let done = import(&mut *store, &setup.learner, &source).map_err(|error| moved(&error))?;
            say(&done);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Opens the learner's database.
pub(super) fn open(setup: &Setup) -> Result<Box<dyn Database>, Failure> {
    Ok(store::open(&setup.database)?)
}

/// The learner's progress.
pub(super) fn progress(setup: &Setup, store: &mut dyn Store) -> Result<Progress, Failure> {
    Ok(Progress::fold(&store.records(&setup.learner)?))
}

fn show(setup: &Setup, store: &mut dyn Store, format: StandingFormat) -> Result<ExitCode, Failure> {
    let report = Report::of(&library(setup)?.course(), &progress(setup, store)?);
    print(&match format {
        StandingFormat::Table => report.table(),
        StandingFormat::Json => report.json(),
        StandingFormat::Csv => report.csv(),
    })
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn target(file: &Path, force: bool) -> Target {
    match (is_standard(file), force) {
        (true, _) => Target::Standard,
        (false, false) => Target::New(file.to_path_buf()),
        (false, true) => Target::Over(file.to_path_buf()),
    }
}

fn moved(error: &TransferError) -> Failure {
    match error {
        TransferError::Content { .. } => Failure::content(error.to_string(), error.hint()),
        _ => Failure::environment(error.to_string(), error.hint()),
    }
}

/// Reports on standard error, so that an export to standard output stays clean.
fn say(done: &impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "respline: {done}");
}
