//! A question to the room: while the others answer, and when it is revealed.

use std::fmt::Write as _;

use crate::{
    classroom::Votes,
    course::{Course, Layer, Owner, Said, Scenario, mark},
};

use super::{count, explanation, owner_words, side, threat_name};

/// What a learner reads who has answered, until it is revealed. Nothing in it says what is right.
pub fn poll_waits(scenario: &Scenario, layer: &Layer, said: &Said) -> String {
    let control = layer.controls.get(said.control).map_or("", |control| control.text.as_str());
    format!(
        "# Your answer is in\n\n*{} · {}*\n\n**{}.**\n\nYou said: {}. {control}.\n\n\
         The answer comes to every screen when your instructor reveals it. Until then you can answer again, or go on where \
         you were.\n",
        scenario.title,
        layer.label,
        layer.task,
        match said.owner {
            Owner::Customer => "yours",
            Owner::Provider => "the provider's",
        }
    )
}

/// What everyone reads when a poll is revealed: the right answer and why, and how the room answered.
pub fn poll_revealed(
    course: &Course,
    scenario: &Scenario,
    layer: &Layer,
    (said, votes): (Option<&Said>, &Votes),
) -> String {
    let mut text = format!("# The answer\n\n*{} · {}*\n\n**{}.**\n\n", scenario.title, layer.label, layer.task);
    text.push_str(&room(layer, votes, said));
    match said {
        Some(said) => text.push_str(&explanation(course, scenario, layer, said, &mark(layer, said))),
        None => text.push_str(&bare(course, layer)),
    }
    text
}

/// How the room answered.
fn room(layer: &Layer, votes: &Votes, said: Option<&Said>) -> String {
    let all = votes.all();
    if all == 0 {
        return "Nobody answered.\n\n".to_owned();
    }
    let mut text = format!("## The room: {}\n\n", count(all as usize, "answer"));
    let share = |part: u32| (u64::from(part) * 100).checked_div(all.into()).unwrap_or_default();
    let notes = |is_right: bool, is_mine: bool| match (is_right, is_mine) {
        (true, true) => ", right, and yours",
        (true, false) => ", right",
        (false, true) => ", yours",
        (false, false) => "",
    };
    for (owner, who) in [(Owner::Customer, votes.customer), (Owner::Provider, votes.provider)] {
        let notes = notes(owner == layer.owner, said.is_some_and(|said| said.owner == owner));
        let _ = writeln!(text, "- {who} ({} %) said {}{notes}", share(who), side(owner));
    }
    text.push('\n');
    for (place, control) in layer.controls.iter().enumerate() {
        let who = votes.control(place);
        let notes = notes(control.correct, said.is_some_and(|said| said.control == place));
        let _ = writeln!(text, "- {who} ({} %): {}{notes}", share(who), control.text);
    }
    text.push_str("\n## Why\n\n");
    text
}

/// The explanation for who did not answer.
fn bare(course: &Course, layer: &Layer) -> String {
    let words = owner_words(layer);
    let mut text = if layer.contested {
        format!("**Contested: experts differ.** {}\n\n", layer.why)
    } else {
        format!("**You did not answer: {words}.** {}\n\n", layer.why)
    };
    if let Some(control) = layer.controls.iter().find(|control| control.correct) {
        let _ = write!(text, "**The right control:** {}. {}\n\n", control.text, control.why);
    }
    if let Some(threat) = layer.threat.as_deref() {
        let _ = write!(text, "**Threat:** {}.\n\n", threat_name(course, threat));
    }
    text
}
