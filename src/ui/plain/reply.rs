//! What a line means.

use std::fmt::Write as _;

use super::{room, words};
use crate::{
    app::{
        Action, Exercise, Input, Key, Overlay, PageKind, Screen, Search, State,
        keymap::{self, Binding},
    },
    course::Step,
    document::printable,
};

/// What a line means.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Do this, one after the other.
    Do(Vec<Input>),
    /// Say this and ask again.
    Say(String),
}

/// Reads a line in the light of what is on the screen.
pub fn reply(state: &State, line: &str) -> Reply {
    let line = line.trim();
    if let Some(Overlay::Ask(ask)) = &state.overlay {
        return room::answer(ask, line);
    }
    if line == "?" || line == "help" {
        return Reply::Say(help(state));
    }
    if let Some(Overlay::Search(search)) = &state.overlay {
        return found(search, line);
    }
    if let Some(Overlay::Outline { headings, .. }) = &state.overlay {
        return section(headings.len(), line);
    }
    if let Some(words) = sought(line).filter(|_| in_lesson(state)) {
        return find(words);
    }
    if let Some(words) = line.strip_prefix('/').filter(|_| matches!(state.screen(), Some(Screen::Home(_)))) {
        return search(words);
    }
    if let Some(Screen::Watch(watch)) = state.screen()
        && let Some(reply) = room::meant(state, watch, line)
    {
        return reply;
    }
    if let Some(word) = asked(line) {
        return Reply::Say(words::told(state, word));
    }
    if let Ok(number) = line.parse::<u8>() {
        return choose(state, number);
    }
    if line.is_empty() {
        return enter(state);
    }
    word(state, line).map_or_else(|| unknown(line), |action| Reply::Do(confirmed(state, action)))
}

fn in_lesson(state: &State) -> bool {
    matches!(state.screen(), Some(Screen::Page(page)) if matches!(page.kind, PageKind::Lesson(_)))
}

/// The words to find: `find port 5432`, or `/port 5432` as on a screen.
fn sought(line: &str) -> Option<&str> {
    let named = line.split_once(' ').filter(|(verb, _)| verb.eq_ignore_ascii_case("find")).map(|(_, words)| words);
    named.or_else(|| line.strip_prefix('/')).map(str::trim).filter(|words| !words.is_empty())
}

/// Goes to where the words stand.
fn find(words: &str) -> Reply {
    Reply::Do(vec![Input::Act(Action::Find), Input::Paste(words.to_owned()), Input::Act(Action::Open)])
}

/// At the sections of a lesson: a number goes to one, `q` stays.
fn section(count: usize, line: &str) -> Reply {
    let number = line.parse::<u8>().ok().filter(|number| (1..=count).contains(&usize::from(*number)));
    match (number, line) {
        (Some(number), _) => Reply::Do(vec![Input::Act(Action::Choose(number))]),
        (None, "q" | "") => Reply::Do(vec![Input::Act(Action::Back)]),
        (None, _) => unknown(line),
    }
}

/// The word asked for: `w bucket`.
fn asked(line: &str) -> Option<&str> {
    let (letter, word) = line.split_once(' ')?;
    ["w", "word", "words"].iter().any(|known| letter.eq_ignore_ascii_case(known)).then_some(word.trim())
}

fn unknown(line: &str) -> Reply {
    let line: String = line.chars().take(40).collect();
    Reply::Say(format!("'{}' is no answer here. ? for help.\n", printable(&line)))
}

/// An action; the side of an incident is confirmed as well, the line's end being the confirmation.
fn confirmed(state: &State, action: Action) -> Vec<Input> {
    let side = matches!(action, Action::Customer | Action::Provider);
    let confirms = side && matches!(state.screen(), Some(Screen::Investigate(_)));
    std::iter::once(Input::Act(action)).chain(confirms.then_some(Input::Act(Action::Open))).collect()
}

/// A number chooses; at the controls it confirms as well, the line's end being the confirmation.
fn choose(state: &State, number: u8) -> Reply {
    let chosen = Input::Act(Action::Choose(number));
    match state.screen() {
        Some(Screen::Exercise(exercise)) => control(exercise, number)
            .map_or_else(|| unknown(&number.to_string()), |()| Reply::Do(vec![chosen, Input::Act(Action::Open)])),
        Some(Screen::Investigate(screen)) if (1..=screen.offered()).contains(&number.into()) => {
            Reply::Do(vec![chosen, Input::Act(Action::Open)])
        }
        Some(Screen::Breaches(list)) if (1..=list.rows.len()).contains(&number.into()) => Reply::Do(vec![chosen]),
        Some(Screen::Home(home)) if (1..=home.rows.len()).contains(&number.into()) => Reply::Do(vec![chosen]),
        Some(Screen::Drills(list)) if (1..=list.rows.len()).contains(&number.into()) => Reply::Do(vec![chosen]),
        Some(Screen::HandIn(list)) if (1..=list.rows.len()).contains(&number.into()) => Reply::Do(vec![chosen]),
        Some(Screen::Settings(_)) if (1..=crate::app::settings::SETTINGS.len()).contains(&number.into()) => {
            Reply::Do(vec![chosen])
        }
        _ => unknown(&number.to_string()),
    }
}

/// The control of this number can be chosen.
fn control(exercise: &Exercise, number: u8) -> Option<()> {
    let attempt = &exercise.attempt;
    let offered = attempt.offered();
    let place = offered.get(usize::from(number).checked_sub(1)?)?;
    (attempt.step() == Step::Control && !attempt.draft.struck.contains(place)).then_some(())
}

/// An empty line goes on where going on is all there is to do.
fn enter(state: &State) -> Reply {
    match state.screen() {
        _ if state.cover().is_some() => Reply::Do(vec![Input::Tick]),
        Some(Screen::Page(page)) if matches!(page.kind, PageKind::Lesson(_)) => {
            Reply::Do(vec![Input::Act(Action::SectionNext)])
        }
        Some(Screen::Page(page)) if matches!(page.kind, PageKind::Moving { .. }) => {
            Reply::Do(vec![Input::Act(Action::SectionNext)])
        }
        Some(Screen::Page(_)) => Reply::Do(vec![Input::Act(Action::Next)]),
        _ => Reply::Say("An empty line is no answer here. ? for help.\n".into()),
    }
}

/// A key's letter, or the word it stands for.
fn word(state: &State, line: &str) -> Option<Action> {
    let mut chars = line.chars();
    let letter = match (chars.next(), chars.next()) {
        (Some(letter), None) => Some(letter),
        _ => None,
    };
    if letter.is_some_and(|letter| letter.eq_ignore_ascii_case(&'q')) || line == "leave" || line == "quit" {
        return Some(Action::Back);
    }
    let rows = keymap::bindings(&state.scopes());
    let by_label = || rows.iter().find(|row| row.label == line.to_ascii_lowercase()).map(|row| row.action);
    let meant = |letter| keymap::resolve(&state.scopes(), Key::char(letter)).filter(|action| tells(*action));
    // A capital letter is the small one where it means nothing itself.
    let by_letter = |letter: char| meant(letter).or_else(|| meant(letter.to_ascii_lowercase()));
    letter.map_or_else(by_label, by_letter).filter(|action| tells(*action))
}

/// Actions that mean something without a screen.
pub(super) const fn tells(action: Action) -> bool {
    !matches!(
        action,
        Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::Top
            | Action::Bottom
            | Action::Fold
            | Action::Find
            | Action::Search
            | Action::Repaint
            | Action::Suspend
            | Action::Help
            | Action::Choose(_)
    )
}

pub(super) fn help(state: &State) -> String {
    let mut text = String::from("Answer with a letter, its word, or a number; then Enter.\n");
    // Of the keys that no line can hold only the one that interrupts works here.
    let works = |row: &&Binding| row.action == Action::Quit || row.keys.iter().any(|key| !key.ctrl);
    for row in keymap::bindings(&state.scopes()).iter().filter(|row| tells(row.action)).filter(works) {
        let _ = writeln!(text, "{}: {}", row.key(), row.label);
    }
    if in_lesson(state) {
        text.push_str("find WORDS: where they stand in this lesson\n");
    }
    text + "w WORD: what it means\n"
}

/// Opens the search with `words` typed.
fn search(words: &str) -> Reply {
    Reply::Do(vec![Input::Act(Action::Search), Input::Paste(words.trim().to_owned())])
}

/// At a search's results: a number opens one, `q` closes, other words search on.
fn found(search: &Search, line: &str) -> Reply {
    let number = line.parse::<u8>().ok().filter(|number| (1..=search.hits.len()).contains(&usize::from(*number)));
    match (number, line) {
        (Some(number), _) => Reply::Do(vec![Input::Act(Action::Choose(number))]),
        (None, "q" | "") => Reply::Do(vec![Input::Act(Action::Back)]),
        (None, words) => {
            let erase = search.query.chars().map(|_| Input::Act(Action::Erase));
            Reply::Do(erase.chain([Input::Paste(words.to_owned())]).collect())
        }
    }
}
