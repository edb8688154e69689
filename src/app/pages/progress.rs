//! How the learner stands: per lesson, threat, service model and pitfall, over time, and the latest work.

use std::fmt::Write as _;

use crate::{
    course::{AttemptLog, Course, Mode, Model, Progress, Tally, TallyBy, percent},
    document::Glyphs,
};

use super::{cell, count, pitfall_name, threat_name};

/// The progress page.
pub fn progress(course: &Course, progress: &Progress, glyphs: Glyphs) -> String {
    let all = Tally::of(&progress.outcomes);
    let mut text = String::from("# Progress\n\n");
    if all.rows == 0 {
        text.push_str("Nothing is graded yet. Work through a scenario, and this page fills.\n");
        return text;
    }
    let _ = write!(
        text,
        "{} graded, **{} % of the points**. Over-trust {}, over-claim {}.\n\n",
        count(all.rows, "answer"),
        all.percent(),
        all.over_trust,
        all.over_claim
    );
    text.push_str(&over_time(progress, glyphs));
    let lesson = |id: &str| course.lesson(id).map_or_else(|| id.to_owned(), |lesson| format!("{id} {}", lesson.title));
    text.push_str(&table("By lesson", progress, TallyBy::Lesson, lesson));
    text.push_str(&table("By threat", progress, TallyBy::Threat, |id| threat_name(course, id).to_owned()));
    text.push_str(&table("By service model", progress, TallyBy::Model, |word| {
        Model::ALL
            .iter()
            .find(|model| model.word() == word)
            .map_or_else(|| word.to_owned(), |model| model.name().to_owned())
    }));
    text.push_str(&pitfalls(course, progress));
    text.push_str(&super::breach::standing(course, progress));
    text.push_str(&recent(course, progress));
    text
}

fn table(heading: &str, progress: &Progress, by: TallyBy, name: impl Fn(&str) -> String) -> String {
    let sums = Tally::by(by, &progress.outcomes);
    let mut text =
        format!("## {heading}\n\n| | points | right | over-trust | over-claim |\n|---|---:|---:|---:|---:|\n");
    for sum in &sums {
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

fn pitfalls(course: &Course, progress: &Progress) -> String {
    let shown = Tally::by(TallyBy::Pitfall, &progress.outcomes);
    let mut text = String::from("## By pitfall\n\n");
    if shown.is_empty() {
        text.push_str("No wrong control of yours has shown one.\n\n");
        return text;
    }
    for sum in &shown {
        let _ = writeln!(text, "- {}: shown {}", pitfall_name(course, &sum.key), count(sum.rows, "time"));
    }
    text.push('\n');
    text
}

/// Runs in the plot at most: the latest ones.
const RUNS: usize = 30;

/// Accuracy over time: one bar a graded run, oldest first.
fn over_time(progress: &Progress, glyphs: Glyphs) -> String {
    let graded: Vec<&AttemptLog> = progress.attempts.iter().filter(|log| log.out_of > 0).collect();
    let latest = graded.get(graded.len().saturating_sub(RUNS)..).unwrap_or_default();
    let shares: Vec<u32> = latest.iter().map(|log| percent(log.points, log.out_of)).collect();
    let (Some(first), Some(last)) = (shares.first(), shares.last()) else { return String::new() };
    let plot: String = shares.iter().map(|share| bar(*share, glyphs)).collect();
    let scale = match glyphs {
        Glyphs::Unicode => "a full bar is 100 %",
        Glyphs::Ascii => "tenths of the points; X is 100 %",
    };
    let runs = count(shares.len(), "run");
    format!(
        "## Over time\n\n```text\n{plot}\n```\n\nThe latest {runs}, oldest first ({scale}): from {first} % to {last} %.\n\n"
    )
}

fn bar(share: u32, glyphs: Glyphs) -> char {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    match glyphs {
        Glyphs::Unicode => BLOCKS.get(share as usize * 7 / 100).copied().unwrap_or('█'),
        Glyphs::Ascii => char::from_digit(share / 10, 10).unwrap_or('X'),
    }
}

/// Lines of recent work.
const RECENT: usize = 8;

fn recent(course: &Course, progress: &Progress) -> String {
    let mut text = String::from("## Recent work\n\n");
    let latest = progress.attempts.iter().rev().filter(|log| !log.answers.is_empty()).take(RECENT);
    for log in latest {
        let title = course.catalog.find(&log.scenario).map_or(log.scenario.as_str(), |line| line.title);
        let kind = match log.mode {
            Mode::Practice => "practice",
            Mode::Redo => "redo",
            Mode::Exam => "exam",
            Mode::Checkpoint(_) => "checkpoint",
            Mode::Assigned(_) => "assignment",
        };
        let state = match (log.finished(), log.out_of) {
            (true, 1..) => format!("{} of {} points", log.points, log.out_of),
            (true, 0) => "not handed in".to_owned(),
            (false, _) => format!("{} of {} layers", log.answers.len(), log.rows.len()),
        };
        let _ = writeln!(text, "- {title} ({kind}): {state}");
    }
    text.push('\n');
    text
}
