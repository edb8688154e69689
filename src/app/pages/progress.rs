//! How the learner stands: over time, in the mirror, per lesson, and the latest work.

use std::fmt::Write as _;

use crate::{
    app::plot::Plot,
    course::{AttemptLog, Course, Mode, Progress, RecordKey, Tally, TallyBy, Timestamp, mirror::Mirror, percent},
};

use super::{Sections, cell, count, mirror};

/// What the page is made of.
#[derive(Clone, Copy)]
pub struct Reflection<'a> {
    /// The course.
    pub course: &'a Course,
    /// What was learnt.
    pub progress: &'a Progress,
    /// What it says about the learner.
    pub mirror: &'a Mirror,
    /// The share that should be known at some moments, in percent.
    pub known: &'a [(&'static str, u32)],
    /// How long ago a moment was.
    pub ago: &'a dyn Fn(Timestamp) -> String,
}

/// The progress page.
pub fn progress(of: Reflection<'_>) -> Sections {
    let Reflection { course, progress, mirror, known, ago } = of;
    let all = Tally::of(&progress.outcomes);
    let mut page = Sections { text: String::from("# Progress\n\n"), ..Sections::default() };
    if all.rows == 0 {
        page.text.push_str("Nothing is graded yet. Work through a scenario, and this page fills.\n");
        return page;
    }
    let _ = write!(page.text, "{} graded, **{} % of the points**.\n\n", count(all.rows, "answer"), all.percent());
    over_time(&mut page, progress);
    mirror::leaning(&mut page, mirror);
    mirror::beliefs(&mut page, course, mirror, ago);
    mirror::calibration(&mut page, mirror);
    mirror::mastery(&mut page, course, mirror);
    mirror::retention(&mut page, known);
    mirror::calendar(&mut page, mirror);
    page.text.push_str(&by_lesson(course, progress));
    page.text.push_str(&super::breach::standing(course, progress));
    page.text.push_str(&recent(course, progress));
    page
}

fn by_lesson(course: &Course, progress: &Progress) -> String {
    let name = |id: &str| course.lesson(id).map_or_else(|| id.to_owned(), |lesson| format!("{id} {}", lesson.title));
    let mut text = String::from(
        "## By lesson\n\n| lesson | points | right | over-trust | over-claim |\n|---|---:|---:|---:|---:|\n",
    );
    for sum in &Tally::by(TallyBy::Lesson, &progress.outcomes) {
        let _ = writeln!(
            text,
            "| {} | {} % | {}/{} | {} | {} |",
            cell(&name(&sum.key)),
            sum.percent(),
            sum.right,
            sum.rows,
            sum.over_trust,
            sum.over_claim
        );
    }
    text.push('\n');
    text
}

/// Runs in the plot at most: the latest ones.
const RUNS: usize = 30;

/// Accuracy over time: one mark a graded run, oldest first.
fn over_time(page: &mut Sections, progress: &Progress) {
    let graded: Vec<&AttemptLog> =
        progress.attempts.iter().filter(|log| log.out_of > 0 && log.mode.round().is_none()).collect();
    let latest = graded.get(graded.len().saturating_sub(RUNS)..).unwrap_or_default();
    let shares: Vec<u32> = latest.iter().map(|log| percent(log.points, log.out_of)).collect();
    let (Some(first), Some(last)) = (shares.first(), shares.last()) else { return };
    let runs = count(shares.len(), "run");
    page.text.push_str("## Over time\n\n");
    let counts = shares.iter().map(|share| *share as usize).collect();
    page.plot(Plot::Course { counts, top: 100, what: "Percent of the points in each run".into() });
    let _ = write!(page.text, "The latest {runs}, oldest first: from {first} % to {last} %.\n\n");
}

fn assigned(progress: &Progress, sitting: RecordKey) -> bool {
    progress.sitting(sitting).is_some_and(|sat| sat.assignment.is_some())
}

/// Lines of recent work.
const RECENT: usize = 8;

fn recent(course: &Course, progress: &Progress) -> String {
    let mut text = String::from("## Recent work\n\n");
    let latest =
        progress.attempts.iter().rev().filter(|log| !log.answers.is_empty() && log.mode.round().is_none()).take(RECENT);
    for log in latest {
        let title = course.catalog.find(&log.scenario).map_or(log.scenario.as_str(), |line| line.title);
        let kind = match log.mode {
            Mode::Checkpoint(sitting) if assigned(progress, sitting) => "assignment",
            Mode::Checkpoint(sitting) if progress.sitting(sitting).is_none() => "asked in class",
            mode => mode.name(),
        };
        let handed_in = log.mode.sitting().and_then(|sitting| progress.sitting(sitting)?.result).is_some();
        let state = match (log.finished(), log.out_of) {
            (true, 1..) => format!("{} of {} points", log.points, log.out_of),
            (_, 0) if handed_in => "handed in".to_owned(),
            (true, 0) if log.mode.sitting().is_some_and(|sitting| progress.sitting(sitting).is_none()) => {
                "answered".to_owned()
            }
            (true, 0) => "not handed in".to_owned(),
            (false, _) => format!("{} of {} layers", log.answers.len(), log.rows.len()),
        };
        let _ = writeln!(text, "- {title} ({kind}): {state}");
    }
    text.push('\n');
    text
}
