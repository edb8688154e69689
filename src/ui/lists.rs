//! Screens that are a list: the settings, and an exam's answers before they are handed in.

use crate::{
    app::{
        HandIn, Selection, SettingsList, State, area,
        area::Area,
        settings::{SETTINGS, value},
    },
    course::Owner,
};

use super::{paint::Canvas, theme::Tone};

/// Draws the selection's pointer; where the row's words begin, and their tone.
pub(super) fn pointed(canvas: &mut Canvas<'_>, line: Area, selected: bool) -> (Area, Tone) {
    let tone = if selected { Tone::Selected } else { Tone::Text };
    let pointer = if selected { canvas.pick("▸ ", "> ") } else { "  " };
    canvas.write(line.x, line.y, pointer, 2, tone);
    (Area { x: line.x + 2, width: line.width.saturating_sub(2), ..line }, tone)
}

/// One line of an area.
pub(super) const fn row_of(area: Area, row: u16) -> Area {
    Area { y: area.y + row, height: 1, ..area }
}

/// The settings with their values, and what the selected one is for.
pub(super) fn settings(canvas: &mut Canvas<'_>, state: &State, list: &SettingsList) {
    let body = area::body(state.cx.size);
    for ((place, setting), row) in SETTINGS.iter().enumerate().zip(0..body.height) {
        let (line, tone) = pointed(canvas, row_of(body, row), place == list.at.row);
        canvas.write(line.x, line.y, setting.title, 18, tone);
        let x = canvas.write(line.x + 18, line.y, value(&state.cx, setting), 10, tone);
        let _ = x;
    }
    let about = SETTINGS.get(list.at.row).map_or("", |setting| setting.about);
    let rows = crate::document::layout(
        &crate::document::Document::parse(about).0,
        body.width.min(96),
        canvas.glyphs(),
        &|_, _| Vec::new(),
    )
    .rows;
    let below = u16::try_from(SETTINGS.len()).unwrap_or_default() + 1;
    canvas.rows(Area { y: body.y + below, height: body.height.saturating_sub(below), ..body }, &rows);
}

/// The answers, each with the side and the control chosen.
pub(super) fn hand_in(canvas: &mut Canvas<'_>, state: &State, list: &HandIn) {
    let body = area::body(state.cx.size);
    let Selection { row: selected, top } = list.at;
    let shown = list.rows.iter().enumerate().skip(top);
    for ((place, answer), row) in shown.zip(0..body.height) {
        let (line, tone) = pointed(canvas, row_of(body, row), place == selected);
        let side = match answer.owner {
            Owner::Customer => "yours",
            Owner::Provider => "provider",
        };
        let unsure = if answer.unsure { " (unsure)" } else { "" };
        let text = format!("{}: {side}{unsure}; {}", answer.label, answer.control);
        canvas.line(line, 0, &text, tone);
    }
}
