//! A text to scroll through, with its outline beside it where there is room.

use crate::{
    app::{Page, PageKind, State, area, area::Area},
    document::{Document, layout},
};

use super::{paint::Canvas, theme::Tone};

/// Draws the rows in sight.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, page: &Page) {
    let (text, side) = area::page(state.cx.size);
    canvas.rows(text, page.pane.shown());
    hits(canvas, text, page);
    if let Some(side) = side {
        outline(canvas, side, page);
        canvas.bar(side.x + side.width + 1, side);
    }
}

/// Shows where what was searched for stands; reversed, which needs no colour.
fn hits(canvas: &mut Canvas<'_>, text: Area, page: &Page) {
    let in_sight = page.pane.top..page.pane.top + usize::from(text.height);
    let hits = page.found.iter().flat_map(|found| &found.hits).filter(|hit| in_sight.contains(&hit.row));
    for hit in hits {
        let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let x = cells(hit.column).min(text.width);
        let width = cells(hit.width).min(text.width - x);
        canvas.reverse(Area { x: text.x + x, y: text.y + cells(hit.row - page.pane.top), width, height: 1 });
    }
}

/// A line of the outline: the place of its heading among them, the column it begins at, its words.
type Line = (usize, u16, String);

/// The headings, the one being read marked.
fn outline(canvas: &mut Canvas<'_>, side: Area, page: &Page) {
    let deepest = if matches!(page.kind, PageKind::Lesson(_) | PageKind::Glossary(_)) { 3 } else { 2 };
    let headings: Vec<_> = page.headings().filter(|(_, level, _)| *level <= deepest).collect();
    let here = headings.iter().rposition(|(row, _, _)| *row <= page.pane.top).unwrap_or_default();
    let wrapped = headings.iter().enumerate().flat_map(|(place, (_, level, words))| {
        let column = 2 + u16::from(level.saturating_sub(1)) * 2;
        let rows = layout(&Document::of_words(words), side.width - column, canvas.glyphs(), &|_, _| Vec::new()).rows;
        rows.into_iter().map(move |row| (place, column, row.text()))
    });
    let lines: Vec<Line> = wrapped.collect();
    let last = lines.iter().rposition(|(place, _, _)| *place == here).unwrap_or_default();
    let first = (last + 1).saturating_sub(side.height.into());
    let mut above = None;
    for ((place, column, words), row) in lines.iter().skip(first).zip(0..side.height) {
        let tone = if *place == here { Tone::Selected } else { Tone::Faint };
        if *place == here && above != Some(place) {
            let pointer = canvas.pick("▸", ">");
            canvas.write(side.x, side.y + row, pointer, 1, tone);
        }
        canvas.line(Area { x: side.x + column, width: side.width - column, ..side }, row, words, tone);
        above = Some(place);
    }
}
