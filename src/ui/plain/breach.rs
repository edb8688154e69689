//! Breaches in words: the list, what follows in numbered sentences, and the questions of an investigation.

use std::fmt::Write as _;

use crate::{
    app::{BreachList, Investigate, Replay, State, pages},
    course::Lead,
    document::{Document, plain},
};

use super::exercise::told;

/// The breaches to look at.
pub(super) fn list(list: &BreachList) -> String {
    let mut text = String::from("Breaches: what follows where a row is left open.\n");
    for (number, row) in list.rows.iter().enumerate() {
        let _ = writeln!(text, "{}) {} ({})", number + 1, row.title, row.standing);
    }
    text + LIST
}

/// How the list is answered.
pub(super) const LIST: &str = "Which one? a number; w words, ? help, q leave\n";

/// A breach as a whole: a listener has no picture that could grow.
pub(super) fn replay(replay: &Replay) -> String {
    let Some((layer, breach)) = replay.incident() else { return String::new() };
    let count = match replay.incidents.len() {
        0 | 1 => String::new(),
        all => format!(" {} of {all}", replay.at + 1),
    };
    let way = told(&pages::way(&replay.scenario, layer, breach));
    format!("Breach{count}: {}\n{way}", spoken(&breach.headline))
}

/// A question of an investigation; `again`, only how it is answered.
pub(super) fn asked(state: &State, screen: &Investigate, again: bool) -> String {
    let mut text = String::new();
    if !again {
        let run = &screen.run;
        let place = (run.cursor + 1).min(run.incidents.len());
        if run.lead() == Lead::Row {
            let _ = writeln!(text, "Incident {place} of {}.", run.incidents.len());
        }
        // The row was just named.
        let question = if run.lead() == Lead::Side { pages::SIDE.to_owned() } else { screen.asked(&state.cx) };
        text.push_str(told(&question).trim_end());
        text.push('\n');
        for (number, words) in screen.choices().iter().enumerate() {
            let _ = writeln!(text, "{}) {}", number + 1, spoken(words));
        }
    }
    text + prompt(screen.run.lead())
}

const fn prompt(lead: Lead) -> &'static str {
    match lead {
        Lead::Row => "A number; s story, w words, ? help, q leave\n",
        Lead::Control => "Which one? a number; s story, w words, ? help, q leave\n",
        Lead::Side => "Customer or provider? c, p; o control again, s story, w words, ? help, q leave\n",
        Lead::Explained | Lead::Done => "",
    }
}

/// Why, once all is answered.
pub(super) fn explained(state: &State, screen: &Investigate) -> String {
    told(&screen.asked(&state.cx))
}

/// The story.
pub(super) fn story(screen: &Investigate) -> String {
    told(&pages::story(&screen.run.scenario))
}

/// One line without markup.
fn spoken(markdown: &str) -> String {
    plain(&Document::parse(markdown).0, &|_| String::new()).trim().to_owned()
}
