//! Help, search and outline, drawn in place of the screen they belong to.

use crate::app::{HelpLine, Overlay, Search, State, area, area::Area};

use super::{lists, paint::Canvas, theme::Tone};

/// Before the words searched for.
pub(super) const PROMPT: &str = "search: ";

/// Draws what lies over the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, overlay: &Overlay) {
    let body = area::body(state.cx.size);
    match overlay {
        Overlay::Help { lines, top } => help(canvas, body, lines.get(*top..).unwrap_or_default()),
        Overlay::Search(found) => search(canvas, body, found),
        Overlay::Outline { menu, .. } => lists::menu(canvas, body, menu),
        Overlay::Find { .. } | Overlay::Ask(_) => {}
    }
}

fn help(canvas: &mut Canvas<'_>, body: Area, lines: &[HelpLine]) {
    for (line, row) in lines.iter().zip(0..body.height) {
        match line {
            HelpLine::Group(name) => canvas.line(body, row, name, Tone::Heading),
            HelpLine::Key { keys, label } => {
                let x = canvas.write(body.x + 2, body.y + row, keys, body.width.saturating_sub(2), Tone::Key);
                let x = x.max(body.x + 21) + 1;
                canvas.write(x, body.y + row, label, (body.x + body.width).saturating_sub(x), Tone::Text);
            }
            HelpLine::Gap => {}
        }
    }
}

fn search(canvas: &mut Canvas<'_>, body: Area, search: &Search) {
    let x = canvas.write(body.x, body.y, PROMPT, body.width, Tone::Key);
    canvas.write(x, body.y, &search.query, (body.x + body.width).saturating_sub(x), Tone::Text);
    let list = Area { y: body.y + 2, height: body.height.saturating_sub(2), ..body };
    if search.hits.is_empty() {
        canvas.line(list, 0, "Nothing like that is in this course.", Tone::Faint);
    }
    lists::menu(canvas, list, &search.menu);
}
