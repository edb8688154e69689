//! What is laid out is on the screen, and what stands around it is whole.

use respline::{
    app::{Overlay, Pane, Screen, keymap},
    document::width,
};

use super::support::{program::Program, tour::Stand};

/// The panes on the screen.
pub(crate) fn panes(program: &Program) -> Vec<&Pane> {
    let state = program.state();
    if let (None, Some(cover)) = (&state.overlay, state.cover()) {
        return vec![&cover.pane];
    }
    match (&state.overlay, state.screen()) {
        (Some(Overlay::Search(search)), _) => vec![&search.menu.pane],
        (Some(Overlay::Outline { menu, .. }), _) => vec![&menu.pane],
        (Some(Overlay::Help { .. }), _) | (_, None) => Vec::new(),
        (_, Some(Screen::Home(home))) => vec![&home.menu.pane],
        (_, Some(Screen::Page(page))) => vec![&page.pane],
        (_, Some(Screen::Exercise(exercise))) => vec![&exercise.pane],
        (_, Some(Screen::Breaches(list))) => vec![&list.menu.pane],
        (_, Some(Screen::Replay(replay))) => vec![&replay.pane],
        (_, Some(Screen::Investigate(screen))) => vec![&screen.pane],
        (_, Some(Screen::Compare(compare))) => vec![&compare.pane],
        (_, Some(Screen::HandIn(list))) => vec![&list.menu.pane],
        (_, Some(Screen::Drills(list))) => vec![&list.menu.pane],
        (_, Some(Screen::Settings(list))) => vec![&list.menu.pane],
        (_, Some(Screen::Watch(watch))) => vec![&watch.menu.pane],
    }
}

/// What is wrong with the frame at hand; empty where nothing is.
pub(crate) fn faults(stand: &Stand) -> Vec<String> {
    let program = &stand.program;
    let screen = program.screen();
    let mut faults = Vec::new();
    // A long word to the learner lies over the last rows until the next key.
    let whole = program.state().cx.notice.is_none();
    for row in panes(program).into_iter().filter(|_| whole).flat_map(Pane::shown) {
        let text = row.text();
        // The selected row has a pointer before its words.
        if !screen.iter().any(|line| line.contains(text.trim())) {
            faults.push(format!("not drawn: {text}"));
        }
    }
    faults.extend(screen.iter().filter(|line| line.contains('…')).map(|line| format!("shortened: {line}")));
    faults.extend(bar(program, screen.last().map_or("", String::as_str)));
    faults
}

/// What in the key bar is no key with its whole label.
fn bar(program: &Program, line: &str) -> Vec<String> {
    let known: Vec<String> =
        keymap::bindings(&program.state().scopes()).iter().map(|row| format!("{} {}", row.key(), row.label)).collect();
    let cells = line.split("  ").map(str::trim).filter(|cell| width(cell) > 0);
    cells.filter(|cell| !known.iter().any(|key| key == cell)).map(|cell| format!("in the key bar: {cell}")).collect()
}
