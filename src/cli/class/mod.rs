//! `respline class`: a class file, what its instructors do while it runs, and its grades.

pub(super) mod args;

mod act;
mod grades;
mod load;
mod new;
mod pseudonyms;
mod xapi;

use std::{path::Path, process::ExitCode};

use crate::content::Problem;

use super::{
    Failure,
    args::CheckFormat,
    config::Setup,
    content::{json, problems},
    print,
};
use args::ClassVerb;

/// Carries a verb out.
pub(super) fn run(setup: &Setup, what: &ClassVerb) -> Result<ExitCode, Failure> {
    match what {
        ClassVerb::New { file, print } => new::new(setup, file, *print),
        ClassVerb::Check { class, format } => check(setup, class, *format),
        ClassVerb::Grades(args) => grades::grades(setup, args),
        ClassVerb::Xapi(args) => xapi::xapi(setup, args),
        ClassVerb::Forget { class, whom, yes } => act::forget(setup, class, whom, *yes),
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
