//! The words of the moving line: what changes hands from one mode to the next, and why.

use std::fmt::Write as _;

use crate::{
    app::ladder::mode_name,
    course::{Change, Comparison, Layer, Moving, Owner},
};

use super::{cell, count};

/// The directive that the picture stands at. It names no scenario.
const PICTURE: &str = ":::line moving-line\n\n";

/// The system as far as the mode at `at`.
pub fn moving(moving: &Moving, at: usize) -> String {
    let Some(here) = moving.modes.get(at) else { return String::new() };
    let mut text = format!("# {}: {}\n\n{PICTURE}", mode_name(moving, at), here.title);
    match at.checked_sub(1) {
        None => text.push_str(&first(moving)),
        Some(before) => text.push_str(&step(moving, before, at)),
    }
    text
}

fn first(moving: &Moving) -> String {
    let yours = moving.modes.first().map_or(0, |mode| mode.count(Owner::Customer));
    format!(
        "Here {} yours. The next mode shows what changes hands.\n",
        if yours == 1 { "1 row is".to_owned() } else { format!("{yours} rows are") }
    )
}

/// What a step from one mode to the next does.
fn step(moving: &Moving, from: usize, to: usize) -> String {
    let duties = || 0..moving.duties.len();
    let moved: Vec<usize> =
        duties().filter(|duty| matches!(moving.change(*duty, from, to), Change::Moves(_))).collect();
    let mut text = format!(
        "## From {} to {}: {} of {} {} hands\n\n",
        mode_name(moving, from),
        mode_name(moving, to),
        moved.len(),
        count(moving.comparable(from, to).len(), "row"),
        if moved.len() == 1 { "changes" } else { "change" }
    );
    for duty in moved {
        if let (Some(layer), Change::Moves(owner)) = (moving.layer(duty, to), moving.change(duty, from, to)) {
            let _ = write!(text, "- **{}** {}: {}. {}\n\n", layer.label, goes(owner), layer.task, layer.why);
        }
    }
    for (name, wanted) in [("New here", Change::New), ("No longer there", Change::Gone)] {
        text.push_str(&listed(moving, name, &|duty| moving.change(duty, from, to) == wanted));
    }
    text
}

fn listed(moving: &Moving, name: &str, wanted: &dyn Fn(usize) -> bool) -> String {
    let duties = (0..moving.duties.len()).filter(|duty| wanted(*duty));
    let labels: Vec<&str> = duties.map(|duty| moving.label(duty)).collect();
    if labels.is_empty() { String::new() } else { format!("**{name}:** {}.\n\n", labels.join(", ")) }
}

/// Where a row goes.
const fn goes(owner: Owner) -> &'static str {
    match owner {
        Owner::Customer => "comes to you",
        Owner::Provider => "goes to the provider",
    }
}

/// Whose a row is.
const fn is(owner: Owner) -> &'static str {
    match owner {
        Owner::Customer => "yours",
        Owner::Provider => "the provider's",
    }
}

/// The picture in words: each duty with its side in each mode seen.
pub fn moving_in_words(moving: &Moving, at: usize) -> String {
    let mut text = String::new();
    for duty in moving.recurring() {
        let side = |mode: usize| match moving.layer(duty, mode) {
            None => format!("{} does not have it", mode_name(moving, mode)),
            Some(layer) if layer.contested => format!("{} disputed", mode_name(moving, mode)),
            Some(layer) => format!("{} {}", mode_name(moving, mode), is(layer.owner)),
        };
        let sides: Vec<String> = (0..=at).map(side).collect();
        let _ = writeln!(text, "{}: {}.", moving.label(duty), sides.join(", "));
    }
    text
}

/// The question about a row.
pub fn compared_question(moving: &Moving, (from, to): (usize, usize), duty: usize) -> String {
    let (Some(before), Some(after)) = (moving.layer(duty, from), moving.layer(duty, to)) else { return String::new() };
    format!(
        "**{}.**\n\nIn {} it is {}. The system moves to {}. Does this row change hands?\n",
        after.task,
        mode_name(moving, from),
        is(before.owner),
        mode_name(moving, to)
    )
}

/// Why a row changes hands or stays.
pub fn compared_explanation(moving: &Moving, (from, to): (usize, usize), duty: usize, right: bool) -> String {
    let (Some(before), Some(after)) = (moving.layer(duty, from), moving.layer(duty, to)) else { return String::new() };
    let verdict = if right { "Right" } else { "Not so" };
    format!(
        "**{verdict}: {}.**\n\n**{}:** {}\n\n**{} before:** {}\n",
        outcome(before, after),
        mode_name(moving, to),
        after.why,
        mode_name(moving, from),
        before.why
    )
}

fn outcome(before: &Layer, after: &Layer) -> String {
    if before.owner == after.owner {
        format!("it stays {}", is(after.owner))
    } else {
        format!("it changes hands and is now {}", is(after.owner))
    }
}

/// The two stories that a comparison is about.
pub fn compared_story(moving: &Moving, from: usize, to: usize) -> String {
    let story = |mode: usize| {
        let scenario = moving.modes.get(mode)?;
        Some(format!("# {}: {}\n\n{}\n\n", mode_name(moving, mode), scenario.title, scenario.story))
    };
    let before = "The owners of the first are shown. Say for each row whether it changes hands in the second.\n\n";
    [Some(before.to_owned()), story(from), story(to)].into_iter().flatten().collect()
}

/// The look back on a comparison.
pub fn compared(moving: &Moving, (from, to): (usize, usize), run: &Comparison) -> String {
    let mut text = format!(
        "# From {} to {}\n\n**{} of {} right**\n\n| row | before | after | you said |\n|---|---|---|---|\n",
        mode_name(moving, from),
        mode_name(moving, to),
        run.right(),
        run.judgements.len()
    );
    for judgement in &run.judgements {
        let duty = moving.duty_of(to, &judgement.layer);
        let Some((before, after)) = duty.and_then(|duty| moving.layer(duty, from).zip(moving.layer(duty, to))) else {
            continue;
        };
        let said = if judgement.moves { "changes hands" } else { "stays" };
        let verdict = if judgement.right { "right" } else { "wrong" };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {said}, {verdict} |",
            cell(&after.label),
            is(before.owner),
            is(after.owner)
        );
    }
    text.push('\n');
    text
}
