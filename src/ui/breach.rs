//! The way of a breach over the stack, with its steps beside or below it; and the questions that lead there.

use crate::app::{Investigate, Replay, State, area, area::Room};

use super::{
    exercise::{aside, parts, window},
    paint::Canvas,
};

/// Draws what follows from a row.
pub(super) fn replay(canvas: &mut Canvas<'_>, state: &State, replay: &Replay) {
    let areas = area::exercise(state.cx.size, replay.scenario.layers.len(), Room::Path);
    let rows = replay.picture(state.cx.now, areas.stack.size(), canvas.glyphs());
    parts(canvas, state, &areas, (&rows, &replay.pane));
    aside(canvas, &areas, &replay.aside);
}

/// Draws a question of an investigation, or its explanation.
pub(super) fn investigate(canvas: &mut Canvas<'_>, state: &State, screen: &Investigate) {
    let room = screen.room();
    let areas = area::exercise(state.cx.size, screen.run.scenario.layers.len(), room);
    let rows = screen.picture(areas.stack.size(), canvas.glyphs());
    let rows = if room == Room::Path { rows } else { window(rows, screen.cursor(), areas.stack) };
    parts(canvas, state, &areas, (&rows, &screen.pane));
    aside(canvas, &areas, &screen.aside);
}
