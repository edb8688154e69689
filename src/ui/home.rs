//! The course map.

use crate::{
    app::{Home, HomeRow, Item, Mark, State, area, area::Area},
    document::width,
};

use super::{paint::Canvas, theme::Tone};

/// Draws the rows in sight.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, home: &Home) {
    let body = area::body(state.cx.size);
    let body = Area { width: body.width.min(110), ..body };
    let shown = home.rows.iter().enumerate().skip(home.at.top).take(body.height.into());
    for ((place, row), y) in shown.zip(0..body.height) {
        draw_row(canvas, Area { y: body.y + y, height: 1, ..body }, row, place == home.at.row);
    }
}

fn draw_row(canvas: &mut Canvas<'_>, line: Area, row: &HomeRow, selected: bool) {
    let tone = if selected { Tone::Selected } else { Tone::Text };
    let pointer = if selected { canvas.pick("▸ ", "> ") } else { "  " };
    canvas.write(line.x, line.y, pointer, 2, tone);
    let indent = match row.item {
        Item::Scenario { .. } | Item::Checkpoint(_) => 2,
        _ => 0,
    };
    let sign = mark(canvas, row.mark);
    let x = canvas.write(line.x + 2 + indent, line.y, sign, 2, mark_tone(row.mark)) + u16::from(!sign.is_empty());
    let prefix = if matches!(row.item, Item::Continue(_)) { "Continue: " } else { "" };
    let room = (line.x + line.width).saturating_sub(x);
    let title = format!("{prefix}{}", row.title);
    // On a narrow screen the title wins: the standing is repeated on the screen it leads to.
    let standing = if width(&title) + 2 + width(&row.standing) <= room.into() {
        row.standing.as_str()
    } else {
        short(&row.standing)
    };
    let standing = if width(&title) + 2 + width(standing) <= room.into() { standing } else { "" };
    canvas.line(Area { x, width: room, ..line }, 0, &title, if selected { Tone::Selected } else { row_tone(row) });
    canvas.write_right(line, 0, standing, Tone::Faint);
}

/// The last part of a standing: how far the learner is.
fn short(standing: &str) -> &str {
    standing.rsplit(" · ").next().unwrap_or(standing)
}

fn row_tone(row: &HomeRow) -> Tone {
    match (&row.item, row.mark) {
        (_, Mark::Locked) => Tone::Faint,
        (Item::Lesson(_) | Item::Continue(_), _) => Tone::Heading,
        _ => Tone::Text,
    }
}

const fn mark(canvas: &Canvas<'_>, mark: Mark) -> &'static str {
    match mark {
        Mark::None => canvas.pick(" ", " "),
        Mark::Begun => canvas.pick("◦", "o"),
        Mark::Done => canvas.pick("✓", "+"),
        Mark::Locked => canvas.pick("×", "x"),
    }
}

const fn mark_tone(mark: Mark) -> Tone {
    match mark {
        Mark::Done => Tone::Right,
        Mark::None | Mark::Begun | Mark::Locked => Tone::Faint,
    }
}
