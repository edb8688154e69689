//! Which cells of a frame must be drawn anew.
//!
//! ratatui's own comparison trusts a terminal to leave the freed half of a wide character blank; some, the emulator of the
//! tests among them, give it the style under way.

use ratatui::buffer::{Buffer, Cell, CellWidth};

use super::Place;

/// The cells of `frame` that a terminal showing `before`, a frame of the same size, does not show yet; in reading order.
pub(super) fn changes<'a>(before: &'a Buffer, frame: &'a Buffer) -> impl Iterator<Item = (Place, &'a Cell)> {
    let mut left = Neighbour::default();
    let cells = frame.content.iter().zip(&before.content).enumerate();
    cells.filter_map(move |(index, (cell, old))| {
        let place = frame.pos_of(index);
        if place.0 == 0 {
            left = Neighbour::default();
        }
        let changed = cell != old;
        let stale = changed || (left.was_wide && left.changed);
        let drawn = stale && !left.is_wide;
        left = Neighbour { changed, was_wide: is_wide(old), is_wide: is_wide(cell) && !left.is_wide };
        drawn.then_some((place, cell))
    })
}

/// What matters of the cell to the left.
#[derive(Default)]
struct Neighbour {
    changed: bool,
    was_wide: bool,
    is_wide: bool,
}

fn is_wide(cell: &Cell) -> bool {
    // Asking for the width of every cell would take most of a frame's time.
    !cell.symbol().is_ascii() && cell.cell_width() > 1
}
