//! Screens one picks from by number, and the keys of a screen.

use std::fmt::Write as _;

use crate::{
    app::{HandIn, Home, State, keymap, settings},
    course::Owner,
};

/// The course map.
pub(super) fn home(state: &State, home: &Home) -> String {
    let mut text = format!("{}\n", state.cx.course.title);
    for (number, row) in home.rows.iter().enumerate() {
        let standing = if row.standing.is_empty() { String::new() } else { format!(" ({})", row.standing) };
        let _ = writeln!(text, "{}) {}{standing}", number + 1, row.words());
    }
    text + "Which one? a number; /WORDS searches, w words, ? help, q leave\n"
}

/// An exam's answers.
pub(super) fn hand_in(hand_in: &HandIn) -> String {
    let mut text = String::from("Before you hand in: your answers.\n");
    for (number, row) in hand_in.rows.iter().enumerate() {
        let side = match row.owner {
            Owner::Customer => "customer",
            Owner::Provider => "provider",
        };
        let _ = writeln!(text, "{}) {}: {side}; {}", number + 1, row.label, row.control);
    }
    text + "x hands in; a number changes an answer; q leaves, everything is saved\n"
}

/// The settings with their values.
pub(super) fn settings(state: &State) -> String {
    let mut text = String::from("Settings. A number changes one, q leaves.\n");
    for (number, setting) in settings::SETTINGS.iter().enumerate() {
        let _ = writeln!(
            text,
            "{}) {}: {} ({})",
            number + 1,
            setting.title,
            settings::value(&state.cx, setting),
            setting.about
        );
    }
    text
}

/// The keys that matter on this screen, in one line.
pub(super) fn keys(state: &State) -> String {
    let mut rows = keymap::bindings(&state.scopes());
    rows.retain(|row| row.bar.is_some() && super::reply::tells(row.action));
    rows.sort_by_key(|row| row.bar);
    let cells: Vec<String> = rows.iter().map(|row| format!("{} {}", row.key(), row.label)).collect();
    format!("{}\n", cells.join(", "))
}
