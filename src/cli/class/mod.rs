//! `respline class`: a class file, what its instructors do while it runs, its grades and its report.

pub(super) mod args;

mod act;
mod collect;
mod copies;
mod forget;
mod grades;
mod hand_in;
mod handout;
mod key;
mod load;
mod new;
mod pseudonyms;
mod rehearsal;
mod report;
mod simulate;
mod xapi;

use std::{path::Path, process::ExitCode};

use crate::content::Problem;

use super::{
    Failure,
    args::CheckFormat,
    config::Setup,
    content::{json, problems},
    print, tutor,
};
use args::ClassVerb;
pub(super) use hand_in::run as hand_in;

/// Carries a verb out.
pub(super) fn run(setup: &Setup, what: &ClassVerb) -> Result<ExitCode, Failure> {
    match what {
        ClassVerb::New { file, print } => new::new(setup, file, *print),
        ClassVerb::Check { class, format } => check(setup, class, *format),
        ClassVerb::Watch { class } => tutor::watch(setup, class),
        ClassVerb::Grades(args) => grades::grades(setup, args),
        ClassVerb::Xapi(args) => xapi::xapi(setup, args),
        ClassVerb::Report(args) => report::report(setup, args),
        ClassVerb::Forget(args) => forget::forget(setup, args),
        ClassVerb::Copies { class, dir } => copies::run(setup, class, dir),
        ClassVerb::Handout(args) => handout::run(setup, args),
        ClassVerb::Held(args) => forget::show(setup, args),
        ClassVerb::Expire { class, yes } => forget::expire(setup, class, *yes),
        ClassVerb::Key { class } => key::make(setup, class),
        ClassVerb::Collect(args) => collect::run(setup, args),
        ClassVerb::Simulate(args) => simulate::run(setup, args),
        other => act::act(setup, other),
    }
}

fn check(setup: &Setup, path: &Path, format: CheckFormat) -> Result<ExitCode, Failure> {
    let read = load::read(setup, path)?;
    print(&match format {
        CheckFormat::Human => problems(&read.problems, read.files),
        CheckFormat::Json => json(&serde_json::json!({
            "problems": read.problems,
            "learners": read.class.as_ref().map_or(0, |class| class.learners.len()),
            "assignments": read.class.as_ref().map_or(0, |class| class.assignments.len()),
        }))?,
    })?;
    Ok(if read.problems.iter().any(Problem::is_error) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
