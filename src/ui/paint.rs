//! The canvas: puts words and rows on a buffer, clipped to it, in the look at hand.

use ratatui::{
    buffer::Buffer,
    style::{Modifier, Style},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::{
    app::{Context, Look, area::Area, stack::Ink},
    document::{Glyphs, Role, Row, clip, printable, width},
};

use super::theme::{self, Tone};

/// A buffer, and how to draw on it.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    look: Look,
}

impl<'a> Canvas<'a> {
    pub(super) const fn new(buffer: &'a mut Buffer, cx: &Context) -> Self {
        Self { buffer, look: cx.look }
    }

    /// The glyphs of the look at hand.
    pub(super) const fn glyphs(&self) -> Glyphs {
        if self.look.ascii { Glyphs::Ascii } else { Glyphs::Unicode }
    }

    /// One of two ways to write the same thing.
    pub(super) const fn pick<'b>(&self, unicode: &'b str, ascii: &'b str) -> &'b str {
        self.glyphs().pick(unicode, ascii)
    }

    /// Writes `text` from a cell on, at most `columns` wide; the column after it.
    pub(super) fn write(&mut self, x: u16, y: u16, text: &str, columns: u16, tone: Tone) -> u16 {
        self.put(x, y, text, columns, theme::style(tone, self.look))
    }

    fn put(&mut self, x: u16, y: u16, text: &str, columns: u16, style: Style) -> u16 {
        let text = printable(text);
        let mut at = x;
        let end = x.saturating_add(columns);
        for grapheme in text.graphemes(true) {
            let wide = u16::try_from(width(grapheme)).unwrap_or_default();
            if wide == 0 || at.saturating_add(wide) > end {
                continue;
            }
            let Some(cell) = self.buffer.cell_mut((at, y)) else { break };
            cell.set_symbol(if self.look.ascii { ascii(grapheme) } else { grapheme }).set_style(style);
            // The second half of a wide character belongs to the first.
            for next in 1..wide {
                if let Some(cell) = self.buffer.cell_mut((at + next, y)) {
                    cell.reset();
                }
            }
            at += wide;
        }
        at
    }

    /// Writes `text` so that it ends at the right edge of `area`, on its row `row`; the column it begins at.
    pub(super) fn write_right(&mut self, area: Area, row: u16, text: &str, tone: Tone) -> u16 {
        let text = clip(text, area.width.into(), self.glyphs());
        let wide = u16::try_from(width(&text)).unwrap_or(area.width);
        let x = area.x + area.width.saturating_sub(wide);
        self.write(x, area.y + row, &text, wide, tone);
        x
    }

    /// Writes one line, shortened with an ellipsis where it does not fit.
    pub(super) fn line(&mut self, area: Area, row: u16, text: &str, tone: Tone) {
        let text = clip(text, area.width.into(), self.glyphs());
        self.write(area.x, area.y + row, &text, area.width, tone);
    }

    /// Swaps ink and ground of an area, whatever is written there.
    pub(super) fn reverse(&mut self, area: Area) {
        for x in area.x..area.x.saturating_add(area.width) {
            if let Some(cell) = self.buffer.cell_mut((x, area.y)) {
                cell.set_style(Style::new().add_modifier(Modifier::REVERSED));
            }
        }
    }

    /// Clears an area.
    pub(super) fn blank(&mut self, area: Area) {
        for y in area.y..area.y.saturating_add(area.height) {
            for x in area.x..area.x.saturating_add(area.width) {
                // A style only adds to what a cell has.
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Draws laid-out rows from the top of `area`.
    pub(super) fn rows(&mut self, area: Area, rows: &[Row]) {
        for (row, y) in rows.iter().zip(area.y..area.y.saturating_add(area.height)) {
            let mut x = area.x;
            for span in &row.spans {
                let room = (area.x + area.width).saturating_sub(x);
                x = self.put(x, y, &span.text, room, theme::role(span.role, self.look));
            }
        }
    }

    /// Draws a row again as the selected one: its words stand out, its marks and remarks stay.
    pub(super) fn selected(&mut self, line: Area, row: &Row) {
        let mut x = line.x;
        for span in &row.spans {
            let words = matches!(span.role, Role::Drawn(ink) if matches!(Ink::of(ink), Ink::Layer | Ink::Side));
            let style = if words { theme::style(Tone::Selected, self.look) } else { theme::role(span.role, self.look) };
            x = self.put(x, line.y, &span.text, (line.x + line.width).saturating_sub(x), style);
        }
    }

    /// A horizontal rule.
    pub(super) fn rule(&mut self, x: u16, y: u16, columns: u16) {
        let text = self.pick("─", "-").repeat(columns.into());
        self.write(x, y, &text, columns, Tone::Line);
    }

    /// A vertical rule.
    pub(super) fn bar(&mut self, x: u16, area: Area) {
        let sign = self.pick("│", "|");
        for y in area.y..area.y.saturating_add(area.height) {
            self.write(x, y, sign, 1, Tone::Line);
        }
    }
}

/// What stands for a grapheme where only ASCII can be shown; a wide one keeps its columns.
fn ascii(grapheme: &str) -> &str {
    match grapheme {
        "‘" | "’" => "'",
        "“" | "”" => "\"",
        "·" | "–" | "—" => "-",
        _ if grapheme.is_ascii() => grapheme,
        _ => "?",
    }
}
