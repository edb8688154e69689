//! The debrief: the whole table, top to bottom, and what it says about the learner.

use std::fmt::Write as _;

use crate::course::{Attempt, Course, Debrief, DebriefRow, Owner, Scenario, percent};

use super::{
    cell, count,
    exercise::{explanation, pitfalls_shown},
    side, threat_name,
};

/// The look back on a finished scenario; an exam is explained here, row by row, as it was not before.
pub fn debrief(course: &Course, attempt: &Attempt) -> String {
    let (scenario, back) = (attempt.scenario.as_ref(), &attempt.debrief());
    let mut text = format!(
        "# {}\n\n**{} of {} points ({} %)** · over-trust {} · over-claim {}\n\n",
        scenario.title,
        back.points,
        back.out_of,
        percent(back.points, back.out_of),
        back.over_trust,
        back.over_claim
    );
    text.push_str(&table(scenario, back));
    text.push_str(&calibration(back));
    text.push_str(&sides(scenario));
    text.push_str(&answers(scenario, back));
    text.push_str(&breach(course, scenario, back));
    text.push_str(&what_follows(attempt));
    if !back.pitfalls.is_empty() {
        let _ = write!(text, "## What your answers believed\n\n{}\n", pitfalls_shown(course, &back.pitfalls));
    }
    if attempt.mode.is_exam() {
        text.push_str(&explanations(course, scenario, back));
    }
    text.push_str(&pairs(scenario));
    text.push_str(&contested(scenario));
    if !scenario.sources.is_empty() {
        text.push_str("## Sources\n\n");
        for source in &scenario.sources {
            let _ = writeln!(text, "- {source}");
        }
    }
    text
}

pub(super) fn table(scenario: &Scenario, back: &Debrief) -> String {
    let mut text = String::from("| layer | owner | you got | the decision |\n|---|---|---|---|\n");
    for row in &back.rows {
        let Some(layer) = scenario.layers.get(row.layer) else { continue };
        let owner = if layer.contested { "contested" } else { side(layer.owner) };
        let _ = writeln!(
            text,
            "| {} {} | {owner} | {}{} | {} |",
            row.layer + 1,
            cell(&layer.label),
            got(row),
            if row.said.unsure { ", unsure" } else { "" },
            cell(layer.decision())
        );
    }
    text.push('\n');
    text
}

/// How well the learner knew what they knew: the rows marked unsure and the others, and how many of each were right.
fn calibration(back: &Debrief) -> String {
    let (unsure, sure): (Vec<&DebriefRow>, Vec<&DebriefRow>) =
        back.rows.iter().filter(|row| row.mark.out_of > 0).partition(|row| row.said.unsure);
    if unsure.is_empty() {
        return String::new();
    }
    let right = |rows: &[&DebriefRow]| rows.iter().filter(|row| row.mark.right()).count();
    let told = |rows: &[&DebriefRow]| format!("{} of {} right", right(rows), count(rows.len(), "row"));
    let sure = if sure.is_empty() { String::new() } else { format!(" Where you were sure: {}.", told(&sure)) };
    format!("Where you were unsure: {}.{sure}\n\n", told(&unsure))
}

/// Why each row that was not right is as it is.
pub(super) fn explanations(course: &Course, scenario: &Scenario, back: &Debrief) -> String {
    let mut text = String::new();
    for row in back.rows.iter().filter(|row| !row.mark.right()) {
        let Some(layer) = scenario.layers.get(row.layer) else { continue };
        let why = explanation(course, scenario, layer, &row.said, &row.mark);
        let _ = write!(text, "### {}\n\n{}.\n\n{why}", layer.label, layer.task);
    }
    text
}

/// What was right, in words.
pub(super) const fn got(row: &DebriefRow) -> &'static str {
    match (row.mark.out_of, row.mark.owner, row.mark.control) {
        (0, _, _) => "not scored",
        (_, true, true) => "right",
        (_, true, false) => "owner only",
        (_, false, true) => "control only",
        (_, false, false) => "neither",
    }
}

/// What was said in the rows that were not right.
fn answers(scenario: &Scenario, back: &Debrief) -> String {
    let mut text = String::new();
    for row in back.rows.iter().filter(|row| !row.mark.right()) {
        let Some(layer) = scenario.layers.get(row.layer) else { continue };
        let control = layer.controls.get(row.said.control).map_or("", |control| &control.text);
        let unsure = if row.said.unsure { ", unsure" } else { "" };
        let _ = writeln!(text, "- {} {}: {}{unsure}; {control}", row.layer + 1, layer.label, side(row.said.owner));
    }
    if text.is_empty() { text } else { format!("## What you said where it was not right\n\n{text}\n") }
}

fn sides(scenario: &Scenario) -> String {
    let (yours, theirs) = (scenario.count(Owner::Customer), scenario.count(Owner::Provider));
    format!("{} yours, {theirs} the provider's. Read the table top to bottom before you ship.\n\n", count(yours, "row"))
}

fn breach(course: &Course, scenario: &Scenario, back: &Debrief) -> String {
    let Some((place, layer)) = back.breach.and_then(|place| scenario.layers.get(place).map(|layer| (place, layer)))
    else {
        return String::new();
    };
    let row = back.rows.iter().find(|row| row.layer == place);
    let left = if row.is_some_and(|row| row.mark.right()) { "the one to keep watching" } else { "the way you left it" };
    let threat = layer.threat.as_deref().map(|id| format!(" Threat: {}.", threat_name(course, id))).unwrap_or_default();
    format!("If this is breached, it will most likely be row {}, {}: {left}.{threat}\n\n", place + 1, layer.label)
}

/// That what follows from the rows left open can be seen.
fn what_follows(attempt: &Attempt) -> String {
    let rows: Vec<String> = attempt
        .left_open()
        .iter()
        .filter_map(|id| attempt.scenario.layer(id))
        .map(|(place, layer)| format!("row {} ({})", place + 1, layer.label))
        .collect();
    let from = match rows.as_slice() {
        [] => return String::new(),
        [rows @ .., last] if !rows.is_empty() => format!("{} and {last}", rows.join(", ")),
        rows => rows.concat(),
    };
    format!("**What follows:** the attack path (`a`) shows it step by step from {from}.\n\n")
}

fn pairs(scenario: &Scenario) -> String {
    let mut text = String::new();
    for layer in scenario.layers.iter().filter(|layer| layer.owner == Owner::Customer) {
        let Some(other) = scenario.other_half(layer) else { continue };
        let _ = writeln!(text, "| {} | {} |", cell(&layer.task), cell(&other.task));
    }
    if text.is_empty() {
        return text;
    }
    format!(
        "## Seams\n\nOften drawn as one shared box; really two tasks, one on each side.\n\n\
         | yours | the provider's |\n|---|---|\n{text}\n"
    )
}

fn contested(scenario: &Scenario) -> String {
    let disputed: Vec<_> = scenario.layers.iter().filter(|layer| layer.contested).collect();
    if disputed.is_empty() {
        return String::new();
    }
    let mut text = String::from("## Contested\n\n");
    for layer in disputed {
        let _ = write!(text, "**{}.** {}\n\n", layer.task, layer.why);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        content::{SourceFile, scenario},
        course::{AttemptLog, RecordKey, Said},
    };

    const SCENARIO: &[u8] = include_bytes!("../../../tests/packs/small/scenarios/blog-vm.toml");

    /// The debrief of a run whose every row is right, those marked unsure in which `unsure` says so.
    fn told(unsure: fn(usize) -> bool) -> String {
        let shop = scenario(&SourceFile::new("scenarios/blog-vm.toml", SCENARIO)).expect("it is good");
        let log = AttemptLog::new(RecordKey { origin: 1, seq: 0 }, "blog-vm", shop.layer_ids());
        let mut run = Attempt::resume(&log, Arc::new(shop));
        while let Some(layer) = run.layer() {
            let (owner, control) = (layer.owner, layer.right_control());
            run.store(Said { owner, control, unsure: unsure(run.cursor), hints: 0, struck: false });
            run.advance();
        }
        debrief(&Course::default(), &run)
    }

    #[test]
    fn a_row_that_was_right_though_unsure_is_shown() {
        let text = told(|row| row < 2);
        assert_eq!(text.matches("| right, unsure |").count(), 2, "{text}");
        assert!(
            text.contains("Where you were unsure: 2 of 2 rows right. Where you were sure: 3 of 3 rows right."),
            "{text}"
        );
        assert!(told(|_| true).contains("Where you were unsure: 5 of 5 rows right.\n"));
        assert!(!told(|_| false).contains("unsure"));
    }
}
