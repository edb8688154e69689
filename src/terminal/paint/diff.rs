//! Which cells of a frame must be drawn anew.
//!
//! ratatui's own comparison trusts a terminal to leave the freed half of a wide character blank; some, the emulator of the
//! tests among them, give it the style under way.

use ratatui::buffer::CellWidth;

use super::{
    Place,
    pen::Pen,
    shown::{Row, Shown},
};

/// A cell to be drawn, and where.
pub(super) type Change<'a> = (Place, &'a str, Pen);

/// The rows of `frame` that differ from those of `before`, a frame of the same size, each with the cells that a terminal
/// showing `before` does not show yet.
pub(super) fn changes<'a>(before: &'a Shown, frame: &'a Shown) -> impl Iterator<Item = (Row<'a>, Vec<Change<'a>>)> {
    let rows = before.rows().zip(frame.rows()).zip(0..);
    rows.filter(|((old, row), _)| old != row).map(|((old, row), y)| (row, row_changes(old, row, y)))
}

fn row_changes<'a>(old: Row<'a>, row: Row<'a>, y: u16) -> Vec<Change<'a>> {
    let mut left = Neighbour::default();
    let cells = row.cells().zip(old.cells()).zip(0..);
    let drawn = cells.filter_map(move |(((symbol, pen), old), x)| {
        let changed = (symbol, pen) != old;
        let stale = changed || (left.was_wide && left.changed);
        let drawn = stale && !left.is_wide;
        left = Neighbour { changed, was_wide: is_wide(old.0), is_wide: is_wide(symbol) && !left.is_wide };
        drawn.then_some(((x, y), symbol, pen))
    });
    drawn.collect()
}

/// What matters of the cell to the left.
#[derive(Default)]
struct Neighbour {
    changed: bool,
    was_wide: bool,
    is_wide: bool,
}

fn is_wide(symbol: &str) -> bool {
    // Asking for the width of every cell would take most of a frame's time.
    !symbol.is_ascii() && symbol.cell_width() > 1
}
