//! The stack exercise in words.

use crate::{
    app::{State, pages},
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

/// The first question about a layer; `again`, only what is new about it.
pub(super) fn owner(attempt: &Attempt, again: bool) -> String {
    let Some(layer) = attempt.layer() else { return String::new() };
    let mut text = String::new();
    if again {
        text.push_str(&told(&pages::hints(attempt)));
    } else {
        let number = attempt.cursor + 1;
        text.push_str(&format!("Layer {number} of {}: {}\n{}.\n", attempt.rows.len(), layer.label, layer.task));
    }
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
