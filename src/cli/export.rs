//! `respline export`: scenarios as questions for a learning platform.

use std::{collections::BTreeSet, path::Path, process::ExitCode, sync::Arc};

use crate::{
    classroom::export::{self, ExportError, Version},
    course::Scenario,
    document::printable,
    terminal::Library,
};

use super::{
    Failure,
    args::{Export, QuestionFormat},
    config::Setup,
    content::unknown,
    print,
    progress::{Target, save},
    tutor::library,
};

/// What could not be exported, as the command line tells it.
impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Self::environment(error.to_string(), error.hint())
    }
}

/// Writes the questions, and says how many and what was left out.
pub(super) fn run(setup: &Setup, args: &Export) -> Result<ExitCode, Failure> {
    let library = library(setup)?;
    let scenarios = chosen(&library, args)?;
    let course = library.course();
    let to_output = args.out == Path::new("-");
    let bytes = match args.format {
        QuestionFormat::Gift => export::gift(&course, &scenarios)?.into_bytes(),
        _ if to_output => {
            return Err(Failure::usage("a package is no text", "give a file, such as --out questions.zip"));
        }
        QuestionFormat::Qti3 => export::qti(&course, &scenarios, Version::V3_0)?,
        QuestionFormat::Qti21 => export::qti(&course, &scenarios, Version::V2_1)?,
    };
    note(&scenarios);
    if to_output {
        return print(&String::from_utf8_lossy(&bytes));
    }
    let target = if args.force { Target::Over(args.out.clone()) } else { Target::New(args.out.clone()) };
    save(&args.out, &target, &bytes).map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    let path = printable(&args.out.display().to_string()).replace('\n', " ");
    let on = if scenarios.len() == 1 { "a scenario".to_owned() } else { format!("{} scenarios", scenarios.len()) };
    print(&format!("{path}: {} questions on {on}\n", export::count(&scenarios)))
}

/// The scenarios asked for, each once; those of a lesson and all of them as the course lists them.
fn chosen(library: &Library, args: &Export) -> Result<Vec<Arc<Scenario>>, Failure> {
    let course = library.course();
    let mut ids: Vec<String> = args.scenario.clone();
    if let Some(lesson) = &args.lesson
        && course.lesson(lesson).is_none()
    {
        return Err(unknown("lesson", lesson, course.lessons.iter().map(|lesson| lesson.id.as_str())));
    }
    let wanted = course.lessons.iter().filter(|lesson| args.lesson.as_ref().is_none_or(|only| *only == lesson.id));
    if ids.is_empty() {
        let lines = wanted.flat_map(|lesson| course.catalog.in_lesson(&lesson.id));
        ids.extend(lines.map(|line| line.id.to_owned()));
    }
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    if let Some(id) = ids.iter().find(|id| course.catalog.find(id).is_none()) {
        return Err(unknown("scenario", id, course.catalog.iter().map(|line| line.id)));
    }
    ids.iter().map(|id| library.scenario(id).map_err(Failure::from)).collect()
}

/// What is left out is no failure, and is said beside what is written.
#[expect(clippy::print_stderr, reason = "standard output may be the questions themselves")]
fn note(scenarios: &[Arc<Scenario>]) {
    for scenario in scenarios {
        for layer in export::left_out(scenario) {
            let row = printable(&layer.task).replace('\n', " ");
            eprintln!("note: {}: left out, since experts dispute it: {row}", scenario.id);
        }
    }
}
