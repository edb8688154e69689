//! The stack and the text beside or below it.

use crate::{
    app::{
        Compare, Exercise, Pane, State,
        area::{self, Area, ExerciseAreas},
        stack::{self, Stand},
    },
    document::Row,
};

use super::paint::Canvas;

/// Draws the picture of the stack, and the pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, exercise: &Exercise) {
    let areas = area::exercise(state.cx.size, exercise.attempt.rows.len(), exercise.room());
    let stands = stack::stands(&exercise.attempt, exercise.slid(state.cx.now));
    parts(canvas, state, &areas, (&stands, exercise.attempt.cursor), &exercise.pane);
    if let Some(aside) = areas.aside {
        canvas.rule(aside.x, aside.y - 1, aside.width);
        canvas.rows(aside, &exercise.aside.rows);
    }
}

/// Draws the exercise on the moving line.
pub(super) fn draw_comparison(canvas: &mut Canvas<'_>, state: &State, compare: &Compare) {
    let areas = area::exercise(state.cx.size, compare.run.rows.len(), compare.room());
    parts(canvas, state, &areas, (&compare.stands(state.cx.now), compare.cursor), &compare.pane);
}

fn parts(
    canvas: &mut Canvas<'_>,
    state: &State,
    areas: &ExerciseAreas,
    (stands, cursor): (&[Stand], usize),
    pane: &Pane,
) {
    let rows = stack::picture(stands, areas.stack.width, canvas.glyphs());
    canvas.rows(areas.stack, &window(rows, cursor, areas.stack));
    if areas.beside {
        canvas.bar(areas.stack.x + areas.stack.width + 1, area::body(state.cx.size));
    } else if areas.stack.height > 0 && areas.pane.height > 0 {
        canvas.rule(areas.pane.x, areas.pane.y - 1, areas.pane.width);
    }
    canvas.rows(areas.pane, pane.shown());
}

/// The rows that fit, the one at hand among them, the names of the sides above them where at least two rows remain.
fn window(rows: Vec<Row>, cursor: usize, area: Area) -> Vec<Row> {
    let height = usize::from(area.height);
    if rows.len() <= height {
        return rows;
    }
    let head = usize::from(height >= 3);
    let room = height.saturating_sub(head).max(1);
    let layers = rows.len() - 1;
    // The row at hand stands in the middle, so that both its neighbours are seen.
    let first = cursor.saturating_sub(room / 2).min(layers.saturating_sub(room));
    let mut rows = rows.into_iter();
    let heading = rows.next().into_iter().take(head);
    heading.chain(rows.skip(first).take(room)).collect()
}
