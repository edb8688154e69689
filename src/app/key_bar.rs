//! The key bar: which keys stand in it, and where. The view draws it, and a click on a key is that key pressed.

use crate::document::width;

use super::{
    Action, Group, Scope, Size, State,
    area::{self, Area},
    keymap::{self, Binding},
};

/// A key in the bar.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// What it is.
    pub binding: Binding,
    /// Its first column.
    pub x: u16,
    /// Its columns.
    pub width: u16,
}

/// The row it stands on.
pub const fn line(size: Size) -> Area {
    Area { y: size.height.saturating_sub(1), height: 1, ..area::body(size) }
}

/// As many keys as fit, the most needed first; help always, so that nothing is out of reach on a narrow screen.
pub fn cells(state: &State) -> Vec<Cell> {
    let line = line(state.cx.size);
    let rows = rows(state, line.width);
    let gap = gap(&rows, line.width.into());
    let mut x = line.x;
    let cell = |binding: Binding| {
        let width = u16::try_from(key_width(&binding)).unwrap_or(u16::MAX);
        let cell = Cell { binding, x, width: width.min((line.x + line.width).saturating_sub(x)) };
        x = x.saturating_add(width).saturating_add(u16::try_from(gap).unwrap_or_default());
        cell
    };
    shown(&rows, line.width.into(), gap).into_iter().map(cell).collect()
}

/// What a click on a cell of the screen means; none beside the keys, and on one that stands for several.
pub(super) fn clicked(state: &State, column: u16, row: u16) -> Option<Action> {
    if row != line(state.cx.size).y {
        return None;
    }
    let cells = cells(state);
    let hit = cells.iter().find(|cell| (cell.x..cell.x.saturating_add(cell.width)).contains(&column))?;
    Some(hit.binding.action).filter(|action| !matches!(action, Action::Choose(_)))
}

/// The keys that may stand in the bar, the most needed first.
fn rows(state: &State, columns: u16) -> Vec<Binding> {
    let mut rows = keymap::bindings(&state.scopes());
    // What lies over a screen has neither help nor words of its own.
    let foreign = |action| state.overlay.is_some() && matches!(action, Action::Help | Action::Glossary);
    rows.retain(|row| row.bar.is_some() && !foreign(row.action));
    rows.sort_by_key(|row| row.bar);
    // The line above names the key for the next page where there is one: where room is short, it need not stand here.
    if bar_width(&rows, 2) > columns.into() {
        rows.retain(|row| row.action != Action::PageDown);
    }
    rows
}

/// Those of `rows` that fit.
fn shown(rows: &[Binding], columns: usize, gap: usize) -> Vec<Binding> {
    let is_last = |row: &&Binding| row.scope == Scope::Everywhere && row.group == Group::Program;
    let mut last = rows.iter().filter(is_last);
    let help = last.next();
    let cells = |row: &Binding| key_width(row) + gap;
    let kept = help.map_or(0, cells);
    let mut room = columns + gap;
    let mut shown = Vec::new();
    for row in rows.iter().filter(|row| !is_last(row)).chain(last) {
        if cells(row) + kept <= room {
            room -= cells(row);
            shown.push(*row);
        }
    }
    // Help stands before "leave", which is the last of all.
    let place = shown.iter().position(|row| is_last(&row)).unwrap_or(shown.len());
    if let Some(help) = help {
        shown.insert(place, *help);
    }
    shown
}

fn key_width(row: &Binding) -> usize {
    width(&row.key()) + 1 + width(row.label)
}

/// Columns between two keys: three, or two where that lets all of them in.
fn gap(rows: &[Binding], columns: usize) -> usize {
    if bar_width(rows, 3) > columns && bar_width(rows, 2) <= columns { 2 } else { 3 }
}

fn bar_width(rows: &[Binding], gap: usize) -> usize {
    rows.iter().map(|row| key_width(row) + gap).sum::<usize>().saturating_sub(gap)
}
