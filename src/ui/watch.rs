//! The room of a class: what stands above the list, the list, and what is said below it.

use crate::app::{Ask, State, Watch, area, area::Area};

use super::{lists, paint::Canvas, theme::Tone};

/// Draws the room.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, watch: &Watch) {
    let body = area::body(state.cx.size);
    let rows = |rows: usize| u16::try_from(rows).unwrap_or(u16::MAX).min(body.height);
    let (above, below) = (rows(watch.head.len()), rows(watch.foot.len()));
    canvas.rows(Area { height: above, ..body }, &watch.head);
    let list = Area { y: body.y + above, height: body.height.saturating_sub(above + below), ..body };
    lists::menu(canvas, list, &watch.menu);
    let foot = Area { y: body.y + body.height.saturating_sub(below), height: below, ..body };
    canvas.rows(foot, &watch.foot);
}

/// Draws a question on the last rows of `line`'s screen, the last of them on `line`.
pub(super) fn ask(canvas: &mut Canvas<'_>, line: Area, ask: &Ask) {
    let rows = ask.rows(line.width);
    let more = u16::try_from(rows.len()).unwrap_or(1).saturating_sub(1).min(line.y);
    let area = Area { y: line.y - more, height: more + 1, ..line };
    canvas.blank(area);
    let typed = ask.takes_text().then(|| rows.len().saturating_sub(1));
    for ((place, row), y) in rows.iter().enumerate().zip(0..area.height) {
        canvas.write(
            area.x,
            area.y + y,
            row,
            area.width,
            if typed == Some(place) { Tone::Text } else { Tone::Caution },
        );
    }
}
