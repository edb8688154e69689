//! The end of a review or a drill: how it went, why what was wrong was wrong, and what comes back when.

use std::fmt::Write as _;

use crate::course::{Attempt, Course, Drill, Purpose, Round, review::Forecast};

use super::{cell, count, debrief::got, exercise::explanation, pitfall_name, side, threat_name};

/// What a round is called.
pub fn title(course: &Course, purpose: &Purpose) -> String {
    match purpose {
        Purpose::Review => "Review".to_owned(),
        Purpose::Drill(Drill::Mixed) => "Mixed drill".to_owned(),
        Purpose::Drill(Drill::Weak) => "Your weak spots".to_owned(),
        Purpose::Drill(Drill::Threat(id)) => format!("Threat: {}", threat_name(course, id)),
        Purpose::Drill(Drill::Pitfall(id)) => format!("Pitfall: {}", pitfall_name(course, id).trim_end_matches('.')),
        Purpose::Drill(Drill::Model(model)) => format!("Service model: {}", model.name()),
    }
}

/// The end of a round, from its attempts.
pub fn round(course: &Course, round: &Round, runs: &[Attempt], coming: &Forecast) -> String {
    let backs: Vec<_> = runs.iter().map(|run| (run, run.debrief())).collect();
    let answered = backs.iter().flat_map(|(_, back)| &back.rows).filter(|row| row.mark.out_of > 0);
    let (right, of) = answered.fold((0, 0), |(right, of), row| (right + usize::from(row.mark.right()), of + 1));
    let mut text = format!("# {}: {right} of {} right\n\n", title(course, &round.purpose), count(of, "row"));
    let over_trust: usize = backs.iter().map(|(_, back)| back.over_trust).sum();
    let over_claim: usize = backs.iter().map(|(_, back)| back.over_claim).sum();
    let _ = write!(text, "Over-trust {over_trust}, over-claim {over_claim}. ");
    text.push_str(&comes_back(coming));
    text.push_str(&table(runs));
    let wrong = backs.iter().flat_map(|(run, back)| back.rows.iter().map(move |row| (run, row)));
    for (run, row) in wrong.filter(|(_, row)| !row.mark.right()) {
        let Some(layer) = run.scenario.layers.get(row.layer) else { continue };
        let why = explanation(course, &run.scenario, layer, &row.said, &row.mark);
        let _ = write!(text, "## {}: {}\n\n{}.\n\n{why}", run.scenario.title, layer.label, layer.task);
    }
    text
}

/// When rows come back.
fn comes_back(coming: &Forecast) -> String {
    let now = match coming.now {
        0 => "Nothing more is due now.".to_owned(),
        1 => "1 more row is due now.".to_owned(),
        more => format!("{more} more rows are due now."),
    };
    format!(
        "{now} Coming back tomorrow: {}; within a week: {}.\n\n",
        count(coming.tomorrow, "row"),
        count(coming.week, "row")
    )
}

fn table(runs: &[Attempt]) -> String {
    let mut text = String::from("| row | owner | you got | the decision |\n|---|---|---|---|\n");
    for run in runs {
        for row in run.debrief().rows {
            let Some(layer) = run.scenario.layers.get(row.layer) else { continue };
            let place = format!("{}: {}", run.scenario.title, layer.label);
            let (place, owner, decision) = (cell(&place), side(layer.owner), cell(layer.decision()));
            let _ = writeln!(text, "| {place} | {owner} | {} | {decision} |", got(&row));
        }
    }
    text.push('\n');
    text
}
