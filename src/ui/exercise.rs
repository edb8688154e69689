//! The stack and the text beside or below it.

use crate::{
    app::{
        Compare, Exercise, Pane, State,
        area::{self, Area, ExerciseAreas},
        stack,
    },
    document::{Layout, Row},
};

use super::paint::Canvas;

/// Draws the picture of the stack, and the pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, exercise: &Exercise) {
    let areas = area::exercise(state.cx.size, exercise.attempt.rows.len(), exercise.room());
    let stands = stack::stands(&exercise.attempt, exercise.slid(state.cx.now));
    let rows = stack::picture(&stands, areas.stack.width, canvas.glyphs());
    parts(canvas, state, &areas, (&window(rows, exercise.attempt.cursor, areas.stack), &exercise.pane));
    aside(canvas, &areas, &exercise.aside);
}

/// Draws the exercise on the moving line.
pub(super) fn draw_comparison(canvas: &mut Canvas<'_>, state: &State, compare: &Compare) {
    let areas = area::exercise(state.cx.size, compare.run.rows.len(), compare.room());
    let rows = stack::picture(&compare.stands(state.cx.now), areas.stack.width, canvas.glyphs());
    parts(canvas, state, &areas, (&window(rows, compare.cursor, areas.stack), &compare.pane));
}

/// Draws the stack and the text where they belong, with a rule between them.
pub(super) fn parts(canvas: &mut Canvas<'_>, state: &State, areas: &ExerciseAreas, (stack, pane): (&[Row], &Pane)) {
    canvas.rows(areas.stack, stack);
    if areas.beside {
        canvas.bar(areas.stack.x + areas.stack.width + 1, area::body(state.cx.size));
    } else if areas.stack.height > 0 && areas.pane.height > 0 {
        canvas.rule(areas.pane.x, areas.pane.y - 1, areas.pane.width);
    }
    canvas.rows(areas.pane, pane.shown());
}

/// Draws the story under the stack, where there is room for it.
pub(super) fn aside(canvas: &mut Canvas<'_>, areas: &ExerciseAreas, story: &Layout) {
    if let Some(area) = areas.aside {
        canvas.rule(area.x, area.y - 1, area.width);
        canvas.rows(area, &story.rows);
    }
}

/// The rows that fit, the one at hand among them, the names of the sides above them where at least two rows remain.
pub(super) fn window(rows: Vec<Row>, cursor: usize, area: Area) -> Vec<Row> {
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
