//! `respline breach`: what follows where a row is left open, or from the news back to the row.

use std::process::ExitCode;

use crate::{
    app::Goal,
    course::{Course, Progress},
    ui::plain::Run,
};

use super::{
    Failure,
    args::Breach,
    config::Setup,
    content::unknown,
    tutor::{Opening, library, start},
};

/// Opens the list, a scenario's breaches or one row's, or an investigation.
pub(super) fn breach(setup: &Setup, args: &Breach) -> Result<ExitCode, Failure> {
    let (scenario, row) = match args.scenario.as_deref().map(|named| named.split_once('/').unwrap_or((named, ""))) {
        Some((scenario, row)) => (Some(scenario), Some(row).filter(|row| !row.is_empty())),
        None => (None, None),
    };
    if let (Some(scenario), Some(row)) = (scenario, row) {
        known(setup, scenario, row)?;
    }
    start(setup, |course, progress, _| {
        let goal = match (scenario, args.find) {
            (Some(id), _) => {
                told(course, id)?;
                named(id, row, args.find)
            }
            (None, true) => Goal::Investigate(next(course, progress)?),
            (None, false) => Goal::Breaches,
        };
        let run = if goal == Goal::Breaches { Run::Tutor } else { Run::Scenario };
        Ok(Opening { goal, run, order: args.order.into(), seed: args.seed })
    })
}

fn named(id: &str, row: Option<&str>, find: bool) -> Goal {
    if find {
        return Goal::Investigate(id.to_owned());
    }
    Goal::Breach { scenario: id.to_owned(), row: row.map(str::to_owned) }
}

/// The scenario is there and tells a breach.
fn told(course: &Course, id: &str) -> Result<(), Failure> {
    match course.catalog.find(id) {
        None => Err(unknown("scenario", id, course.catalog.iter().map(|line| line.id))),
        Some(line) if line.breaches == 0 => {
            Err(Failure::usage(format!("no breach is told of '{id}'"), "respline breach lists those that are told"))
        }
        Some(_) => Ok(()),
    }
}

/// The row is there and has a breach.
fn known(setup: &Setup, scenario: &str, row: &str) -> Result<(), Failure> {
    let library = library(setup)?;
    if library.course().catalog.find(scenario).is_none() {
        // Told with the scenarios there are.
        return Ok(());
    }
    let read = crate::terminal::Shelf::scenario(&library, scenario);
    let read = read.map_err(|why| Failure::content(why, "respline check tells where"))?;
    let rows = || read.incidents().map(|(_, layer, _)| layer.id.as_str());
    if rows().any(|id| id == row) {
        return Ok(());
    }
    let hint = format!("of these it is told: {}", rows().collect::<Vec<_>>().join(", "));
    Err(Failure::usage(format!("no breach is told of the row '{row}' in {scenario}"), hint))
}

/// The investigation that is open, or the first scenario whose incidents are not all solved.
fn next(course: &Course, progress: &Progress) -> Result<String, Failure> {
    if let Some(log) = progress.investigations.open(None).filter(|log| course.catalog.find(&log.scenario).is_some()) {
        return Ok(log.scenario.clone());
    }
    let unlocked = course.lessons.iter().filter(|lesson| progress.lock(course, &lesson.id).is_none());
    let mut lines = unlocked.flat_map(|lesson| course.catalog.in_lesson(&lesson.id));
    let open = lines.find(|line| line.breaches > progress.investigations.solved(line.id));
    open.map(|line| line.id.to_owned()).ok_or_else(|| {
        Failure::usage("every incident open to you is solved", "name a scenario to trace its incidents again")
    })
}
