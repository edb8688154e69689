//! The stack exercise in words.

use crate::{
    app::{Exercise, State, pages},
    course::Attempt,
    document::{Document, plain},
};

pub(super) fn told(markdown: &str) -> String {
    format!("{}\n\n", plain(&Document::parse(markdown).0, &|_| String::new()).trim_end())
}

/// The story.
pub(super) fn story(attempt: &Attempt) -> String {
    told(&pages::story(&attempt.scenario))
}

/// What a listener needs who comes back to a question: the story and, where the owner is chosen already, the layer.
pub(super) fn opening(attempt: &Attempt) -> String {
    let side = attempt.draft.owner.map(|owner| format!("{}You said: {}.\n", layer(attempt), owner.word()));
    story(attempt) + &side.unwrap_or_default()
}

/// The story in short, of a row that is asked alone.
pub(super) fn restated(attempt: &Attempt) -> String {
    format!("{}. {}", attempt.scenario.title, told(&pages::restated(&attempt.scenario)))
}

/// Which layer is asked, and its task.
fn layer(attempt: &Attempt) -> String {
    let Some(layer) = attempt.layer() else { return String::new() };
    format!("Layer {} of {}: {}\n{}.\n", attempt.cursor + 1, attempt.rows.len(), layer.label, layer.task)
}

/// Which row of a round is asked, and its task.
fn row(attempt: &Attempt, (row, of): (usize, usize)) -> String {
    attempt.layer().map_or_else(String::new, |layer| format!("Row {row} of {of}: {}\n{}.\n", layer.label, layer.task))
}

/// The first question about a layer; `again`, only what is new about it.
pub(super) fn owner(state: &State, exercise: &Exercise, again: bool) -> String {
    let attempt = &exercise.attempt;
    let asked = || exercise.place_in_round(&state.cx).map_or_else(|| layer(attempt), |place| row(attempt, place));
    let text = if again { told(&pages::hints(attempt)) } else { asked() };
    let hint = if attempt.mode.is_exam() { "" } else { "h hint, " };
    format!("{}Customer or provider? c, p; {hint}u unsure, s story, w words, ? help, q leave\n", text.trim_start())
}

/// The second question and its controls; `again`, only what is new about it.
pub(super) fn controls(attempt: &Attempt, again: bool) -> String {
    let Some(layer) = attempt.layer() else { return String::new() };
    let mut text = String::new();
    if again || attempt.draft.hints > 0 {
        text.push_str(told(&pages::hints(attempt)).trim_start());
    }
    if !again {
        text.push_str(&format!("{}\n", pages::controls_heading()));
        for (place, control) in attempt.offered().into_iter().enumerate() {
            let struck = if attempt.draft.struck.contains(&control) { " (struck out)" } else { "" };
            let words = layer.controls.get(control).map_or("", |control| &control.text);
            text.push_str(&format!("{}) {words}{struck}\n", place + 1));
        }
    }
    let hint = if attempt.mode.is_exam() { "" } else { "h hint, " };
    format!("{text}Which one? a number; o owner again, {hint}u unsure, s story, w words, ? help, q leave\n")
}

/// Why, after both are answered.
pub(super) fn explained(state: &State, attempt: &Attempt) -> String {
    let said = attempt.answers.get(attempt.cursor).copied().flatten();
    let (Some(layer), Some(said), Some(mark)) = (attempt.layer(), said, attempt.mark()) else { return String::new() };
    told(&pages::explanation(&state.cx.course, &attempt.scenario, layer, &said, &mark))
}
