//! The words of a breach: the news, the steps, what breaks the way, and how an investigation went.

use std::fmt::Write as _;

use crate::course::{Breach, BreachStep, Course, Finding, INCIDENT_POINTS, Layer, Owner, Resolution, Scenario};

use super::{pitfall_name, side, threat_name};

/// The last question about an incident.
pub const SIDE: &str = "Whose side was it?";

/// What the world hears.
pub fn headline(breach: &Breach) -> String {
    format!("**{}**\n", breach.headline)
}

/// One step, with the row it happens on.
pub fn step(scenario: &Scenario, step: &BreachStep) -> String {
    let label = scenario.layer(&step.at).map_or("", |(_, layer)| layer.label.as_str());
    format!("*{label}.* {}", step.text)
}

/// The control that breaks the way, and where it does; on a row of the provider's, that none of the learner's does.
pub fn broken(scenario: &Scenario, layer: &Layer, breach: &Breach) -> String {
    let row = scenario.layer(&layer.id).map_or(1, |(place, _)| place + 1);
    let why = layer.controls.iter().find(|control| control.correct).map_or("", |control| &control.why);
    let decision = layer.decision();
    if layer.owner == Owner::Provider {
        return format!(
            "**It began on the provider's side,** on row {row}: no control of yours breaks this way. **Left for you:** {decision}. {why}\n"
        );
    }
    let rest = match breach.steps.len() {
        2 => "step 2 does not follow".to_owned(),
        3 => "steps 2 and 3 do not follow".to_owned(),
        last => format!("steps 2 to {last} do not follow"),
    };
    format!("**The control that breaks it:** {decision}. {why}\n\nIt holds at step 1, on row {row}: {rest}.\n")
}

/// The steps in a list, then what breaks the way.
pub fn way(scenario: &Scenario, layer: &Layer, breach: &Breach) -> String {
    let mut text = String::new();
    for (place, step) in breach.steps.iter().enumerate() {
        let _ = writeln!(text, "{}. {}", place + 1, self::step(scenario, step));
    }
    format!("{text}\n{}", broken(scenario, layer, breach))
}

/// A row with its number and name.
fn row(scenario: &Scenario, id: &str) -> String {
    scenario.layer(id).map_or_else(|| format!("'{id}'"), |(place, layer)| format!("{}, {}", place + 1, layer.label))
}

/// What became of the row that was named.
pub fn traced(scenario: &Scenario, layer: &Layer, finding: &Finding) -> String {
    let right = row(scenario, &layer.id);
    if finding.found {
        format!("Right: row {right}. {}.", layer.task)
    } else {
        format!("Not row {}: it was row {right}. {}.", row(scenario, &finding.row), layer.task)
    }
}

/// How the answers about an incident were, and the way that explains them.
pub fn resolved(
    course: &Course,
    scenario: &Scenario,
    (layer, breach): (&Layer, &Breach),
    (finding, resolution): (&Finding, &Resolution),
) -> String {
    let mark = &resolution.mark;
    let word = |right: bool| if right { "right" } else { "wrong" };
    let mut text = format!(
        "**{}**\n\n**{} of {INCIDENT_POINTS} points:** row {}, control {}, side {}. ",
        breach.headline,
        mark.points(),
        word(mark.row),
        word(mark.control),
        word(mark.owner)
    );
    let owner = if layer.owner == Owner::Customer { "yours" } else { "the provider's" };
    let _ = write!(text, "{} It was {owner}.\n\n", traced(scenario, layer, finding));
    text.push_str(&way(scenario, layer, breach));
    let chosen = layer.controls.get(resolution.control).filter(|control| !control.correct);
    if let Some(control) = chosen {
        let _ = write!(text, "\n**Your control:** {}. {}\n", control.text, control.why);
    }
    if !mark.owner {
        let _ = write!(text, "\n**Your side:** you said {}. {}\n", side(resolution.owner), layer.why);
    }
    if let Some(pitfall) = mark.trap.as_deref().and_then(|id| course.pitfall(id)) {
        let _ = write!(text, "\n**Pitfall shown:** {}. {}\n", pitfall.name, pitfall.correction);
    }
    if let Some(threat) = layer.threat.as_deref() {
        let _ = write!(text, "\n**Threat:** {}.\n", threat_name(course, threat));
    }
    text
}

/// What investigations add to the progress page.
pub(super) fn standing(course: &Course, progress: &crate::course::Progress) -> String {
    let marks: Vec<_> = progress.investigations.resolved().map(|(_, _, resolution)| &resolution.mark).collect();
    if marks.is_empty() {
        return String::new();
    }
    let count = |right: fn(&crate::course::IncidentMark) -> bool| marks.iter().filter(|mark| right(mark)).count();
    let of = marks.len();
    let mut text = format!(
        "## Breaches traced back\n\nOf {}: {} found, {} right, {} right.\n\n",
        super::count(of, "incident"),
        super::count(count(|mark| mark.row), "row"),
        super::count(count(|mark| mark.control), "control"),
        super::count(count(|mark| mark.owner), "side"),
    );
    let mut traps: Vec<&str> = marks.iter().filter_map(|mark| mark.trap.as_deref()).collect();
    traps.sort_unstable();
    for shown in traps.chunk_by(|one, other| one == other) {
        let name = shown.first().map_or("", |id| pitfall_name(course, id));
        let _ = writeln!(text, "- {name}: shown {}", super::count(shown.len(), "time"));
    }
    text.push('\n');
    text
}
