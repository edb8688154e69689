//! Screens one picks from by number, and the keys of a screen.

use std::fmt::Write as _;

use crate::{
    app::{DrillList, HandIn, Home, Search, State, keymap, settings},
    course::Owner,
};

/// The course map.
pub(super) fn home(state: &State, home: &Home) -> String {
    let mut text = format!("{}\n", state.cx.course.title);
    for (number, row) in home.rows.iter().enumerate() {
        let standing = if row.standing.is_empty() { String::new() } else { format!(" ({})", row.standing) };
        let _ = writeln!(text, "{}) {}{standing}", number + 1, row.words());
    }
    text + PICK
}

/// How a screen that was told already is answered.
pub(super) fn prompt(screen: &str) -> &'static str {
    match screen {
        "home" | "drills" => PICK,
        "hand-in" => HAND_IN,
        "assigned" => "Enter begins where it may be begun, d looks back, ? help, q leave\n",
        "cover" => COVERED,
        "breaches" => super::breach::LIST,
        _ => "r redo wrong rows, n next, a attack, l lesson, ? help, q leave\n",
    }
}

const PICK: &str = "Which one? a number; /WORDS searches, w words, ? help, q leave\n";
/// How what lies over an exercise is answered.
pub(super) const COVERED: &str = "Nothing can be answered now. Enter to ask again, ? help, q leave\n";
const HAND_IN: &str = "x hands in; a number changes an answer; q leaves, everything is saved\n";

/// What a search has found.
pub(super) fn search(search: &Search) -> String {
    let mut text = format!("Search for '{}': {} found.\n", search.query, search.hits.len());
    for (number, hit) in search.hits.iter().enumerate().take(LONGEST) {
        let _ = writeln!(text, "{}) {}: {}", number + 1, hit.kind, hit.title);
    }
    text + "A number opens one, other words search on, q closes.\n"
}

/// The headings of a lesson; the one at hand is said to be.
pub(super) fn outline(headings: &[(usize, u8, String)], at: usize) -> String {
    let mut text = String::from("The sections of this lesson.\n");
    for (number, (_, _, words)) in headings.iter().enumerate() {
        let here = if number == at { " (you are here)" } else { "" };
        let _ = writeln!(text, "{}) {words}{here}", number + 1);
    }
    text + "A number goes to one, q goes back.\n"
}

/// Hits told at most: a listener cannot skim.
const LONGEST: usize = 12;

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
    text + HAND_IN
}

/// The drills.
pub(super) fn drills(list: &DrillList) -> String {
    let mut text = String::from("Drills, about five minutes each.\n");
    for (number, (_, name, note)) in list.rows.iter().enumerate() {
        let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
        let _ = writeln!(text, "{}) {name}{note}", number + 1);
    }
    text + PICK
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
