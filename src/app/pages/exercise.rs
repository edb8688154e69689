//! The words of the stack exercise: story, question, hints and explanation.

use std::fmt::Write as _;

use crate::course::{Attempt, Course, Layer, Mark, Miss, Said, Scenario};

use super::{pitfall_name, side, threat_name};

/// The story, under its title.
pub fn story(scenario: &Scenario) -> String {
    let about = match scenario.cloud {
        crate::course::Cloud::Any => scenario.model.name().to_owned(),
        cloud => format!("{} · {}", scenario.model.name(), cloud.name()),
    };
    format!(
        "# {}\n\n*{about} · level {} · {} layers*\n\n{}\n",
        scenario.title,
        scenario.level,
        scenario.layers.len(),
        scenario.story
    )
}

/// The story in short, for a row that is asked alone: its name, its setting and how it begins.
pub fn restated(scenario: &Scenario) -> String {
    let story = scenario.story.trim();
    let first = story.split("\n\n").next().unwrap_or_default();
    let more = if first.len() < story.len() { " *The whole story: `s`.*" } else { "" };
    format!("*{}.* {}{more}\n\n", scenario.model.name(), whole_sentences(first))
}

/// A paragraph without a last sentence that only leads on to what follows it.
fn whole_sentences(paragraph: &str) -> &str {
    let cut = paragraph.ends_with(':').then(|| paragraph.rfind(". ")).flatten();
    cut.and_then(|end| paragraph.get(..=end)).unwrap_or(paragraph)
}

/// The first question about a layer.
pub fn question(layer: &Layer) -> String {
    format!("**{}.**\n\nWhose hands must move for this to happen, in this setup?\n", layer.task)
}

/// The second question.
pub const fn controls_heading() -> &'static str {
    "What is left for you to do about this row?"
}

/// The hints read so far, the nudge first.
pub fn hints(attempt: &Attempt) -> String {
    let names = ["Hint", "The rule"];
    let read = attempt.hints().iter().zip(names);
    read.map(|(hint, name)| format!("*{name}:* {hint}\n\n")).collect()
}

/// Why the owner is the owner, why the chosen control is right or wrong, the threat, the pitfall and the seam.
pub fn explanation(course: &Course, scenario: &Scenario, layer: &Layer, said: &Said, mark: &Mark) -> String {
    let mut text = format!("**{}** {}\n\n", verdict(layer, mark), layer.why);
    let chosen = layer.controls.get(said.control);
    if let Some(control) = chosen.filter(|control| !control.correct) {
        let _ = write!(text, "**Your control:** {}. {}\n\n", control.text, control.why);
    }
    let right = layer.controls.iter().find(|control| control.correct);
    if let Some(control) = right {
        let name = if mark.control { "Your control, right" } else { "The right control" };
        let _ = write!(text, "**{name}:** {}. {}\n\n", control.text, control.why);
    }
    if said.struck {
        text.push_str("A wrong control was struck out first: that cost the control's point.\n\n");
    }
    if let Some(pitfall) = mark.trap.as_deref().and_then(|id| course.pitfall(id)) {
        let _ = write!(text, "**Pitfall shown:** {}. {}\n\n", pitfall.name, pitfall.correction);
    }
    if let Some(threat) = layer.threat.as_deref() {
        let _ = write!(text, "**Threat:** {}.\n\n", threat_name(course, threat));
    }
    if let Some(other) = scenario.other_half(layer) {
        let _ = write!(
            text,
            "**Seam:** usually drawn as one shared topic, really two tasks: \"{}\" ({}) and \"{}\" ({}).\n\n",
            layer.task,
            side(layer.owner),
            other.task,
            side(other.owner)
        );
    }
    text
}

fn verdict(layer: &Layer, mark: &Mark) -> String {
    if layer.contested {
        return "Contested: experts differ, so this row is discussed and not scored.".to_owned();
    }
    let owner = match mark.miss {
        None => format!("Right: {}.", owner_words(layer)),
        Some(Miss::OverTrust) => format!("Over-trust: {}, and you left it to the provider.", owner_words(layer)),
        Some(Miss::OverClaim) => format!("Over-claim: {}, and you took it on.", owner_words(layer)),
    };
    let points = match (mark.points, mark.out_of) {
        (points, out_of) if points == out_of => "Both points.".to_owned(),
        (points, out_of) => format!("{points} of {out_of} points."),
    };
    format!("{owner} {points}")
}

pub(super) const fn owner_words(layer: &Layer) -> &'static str {
    match layer.owner {
        crate::course::Owner::Customer => "this row is yours",
        crate::course::Owner::Provider => "this row is the provider's",
    }
}

/// The pitfalls shown, most often first, in one sentence each.
pub(super) fn pitfalls_shown(course: &Course, shown: &[(String, usize)]) -> String {
    let mut text = String::new();
    for (id, times) in shown {
        let correction = course.pitfall(id).map_or("", |pitfall| &pitfall.correction);
        let _ = writeln!(text, "- {} ({times}): {correction}", pitfall_name(course, id));
    }
    text
}
