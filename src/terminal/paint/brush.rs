//! Cells and where they go -> bytes, with as few moves and changes of style as will do.

use std::fmt::{Arguments, Write};

use ratatui::buffer::CellWidth;

use super::{Place, pen::Pen};

/// Writes cells and remembers where the terminal's cursor and style are.
#[derive(Debug, Default)]
pub(super) struct Brush {
    out: String,
    pen: Pen,
    /// Where the next character goes, where that is sure.
    at: Option<Place>,
}

impl Brush {
    /// Nothing was written.
    pub(super) const fn is_clean(&self) -> bool {
        self.out.is_empty()
    }

    pub(super) fn command(&mut self, bytes: &str) {
        self.out.push_str(bytes);
    }

    /// Clears the screen, whatever the style was.
    pub(super) fn clear(&mut self) {
        self.command("\x1b[m\x1b[2J");
    }

    pub(super) fn draw(&mut self, place: Place, symbol: &str, pen: Pen) {
        self.go(place);
        self.dip(pen);
        let width = symbol.cell_width();
        // Terminals disagree about the width of what takes more than one character to spell.
        let sure = symbol.chars().nth(1).is_none();
        if !sure && width > 1 {
            self.csi(format_args!("{width}X"));
        }
        self.out.push_str(symbol);
        self.at = sure.then(|| (place.0.saturating_add(width), place.1));
    }

    pub(super) fn erase_line_from(&mut self, place: Place) {
        self.go(place);
        // Many terminals erase in the colour under way.
        self.dip(Pen::default());
        self.command("\x1b[K");
    }

    /// Leaves the cursor at `place`.
    pub(super) fn rest_at(&mut self, place: Place) {
        self.dip(Pen::default());
        self.go(place);
    }

    /// Everything written, with the style back to the default.
    pub(super) fn finish(mut self) -> String {
        self.dip(Pen::default());
        self.out
    }

    fn go(&mut self, place: Place) {
        let (x, y) = place;
        match self.at {
            Some(at) if at == place => {}
            Some((from, row)) if row == y && x == from.saturating_add(1) => self.command("\x1b[C"),
            Some((from, row)) if row == y && from < x => self.csi(format_args!("{}C", x - from)),
            _ if x == 0 => self.csi(format_args!("{}H", y.saturating_add(1))),
            _ => self.csi(format_args!("{};{}H", y.saturating_add(1), x.saturating_add(1))),
        }
        self.at = Some(place);
    }

    fn dip(&mut self, pen: Pen) {
        if self.pen != pen {
            let style = self.pen.change_to(pen);
            self.csi(format_args!("{style}m"));
            self.pen = pen;
        }
    }

    fn csi(&mut self, rest: Arguments<'_>) {
        self.command("\x1b[");
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(rest);
    }
}
