//! A text to scroll through, with its outline beside it where there is room.

use crate::app::{Page, PageKind, State, area, area::Area};

use super::{paint::Canvas, theme::Tone};

/// Draws the rows in sight.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, page: &Page) {
    let (text, side) = area::page(state.cx.size);
    canvas.rows(text, page.pane.shown());
    if let Some(side) = side {
        outline(canvas, side, page);
        canvas.bar(side.x + side.width + 1, side);
    }
}

/// The headings, the one being read marked.
fn outline(canvas: &mut Canvas<'_>, side: Area, page: &Page) {
    let deepest = if matches!(page.kind, PageKind::Lesson(_) | PageKind::Glossary(_)) { 3 } else { 2 };
    let headings: Vec<_> = page.headings().filter(|(_, level, _)| *level <= deepest).collect();
    let here = headings.iter().rposition(|(row, _, _)| *row <= page.pane.top).unwrap_or_default();
    let first = (here + 1).saturating_sub(side.height.into());
    let shown = headings.iter().enumerate().skip(first);
    for ((place, (_, level, words)), row) in shown.zip(0..side.height) {
        let indent = u16::from(level.saturating_sub(1)) * 2;
        let tone = if place == here { Tone::Selected } else { Tone::Faint };
        let pointer = if place == here { canvas.pick("▸", ">") } else { " " };
        canvas.write(side.x, side.y + row, pointer, 1, tone);
        let x = side.x + 2 + indent;
        let room = (side.x + side.width).saturating_sub(x);
        canvas.line(Area { x, width: room, ..side }, row, words, tone);
    }
}
