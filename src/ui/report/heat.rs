//! Everyone's points, row by row, as a picture: the best learner at the top, dark where points were lost.

use std::fmt::Write as _;

use crate::classroom::{analysis::MatrixLine, report::AssignmentReport};

use super::plot::{WIDTH, svg};

/// Learners that are drawn; of more, some at even steps.
const MOST: usize = 400;
/// Rows that are drawn.
const MOST_ROWS: usize = 200;
/// Where the cells begin.
const LEFT: usize = 70;
const TOP: usize = 66;

/// The picture; none where nobody has an attempt.
pub(super) fn map(one: &AssignmentReport) -> Option<String> {
    let analysis = &one.analysis;
    let rows = analysis.rows.len().min(MOST_ROWS);
    if rows == 0 || analysis.matrix.is_empty() {
        return None;
    }
    let mut lines: Vec<&MatrixLine> = analysis.matrix.iter().collect();
    lines.sort_by_key(|line| std::cmp::Reverse(share(line)));
    let every = lines.len().div_ceil(MOST).max(1);
    let drawn: Vec<&MatrixLine> = lines.iter().step_by(every).copied().collect();
    let (wide, high) = (((WIDTH - LEFT - 30) / rows).clamp(3, 40), (720 / drawn.len()).clamp(2, 18));
    let mut body = String::new();
    for (class, mark) in [("two", '2'), ("one", '1'), ("none", '0'), ("skip", '-')] {
        cells(&mut body, class, mark, (&drawn, rows), (wide, high));
    }
    let (across, down) = (wide * rows, high * drawn.len());
    let _ = writeln!(body, "<rect class=\"frame\" x=\"{LEFT}\" y=\"{TOP}\" width=\"{across}\" height=\"{down}\"/>");
    heads(&mut body, rows, wide);
    let bottom = TOP + down;
    legend(&mut body, bottom + 14);
    let some = if every > 1 { format!(", every {every}th of them") } else { String::new() };
    let telling = format!(
        "One line for each of {} learners{some}, the best at the top; one column for each of {rows} rows. \
         The table of items tells the same row by row.",
        lines.len()
    );
    let title = format!("{}: learners by rows{some}", one.title);
    Some(svg((&format!("matrix-{}", analysis.assignment), &title, &telling), bottom + 50, &body))
}

/// Points of what was asked, in thousandths: not everyone need be asked the same.
fn share(line: &MatrixLine) -> u32 {
    let asked = line.points.chars().filter(|cell| *cell != ' ').count().max(1);
    let points: u32 = line.points.chars().filter_map(|cell| cell.to_digit(10)).sum();
    1_000 * points / u32::try_from(asked).unwrap_or(u32::MAX)
}

/// All cells of a kind as one path, neighbours in one piece.
fn cells(
    to: &mut String,
    class: &str,
    mark: char,
    (lines, rows): (&[&MatrixLine], usize),
    (wide, high): (usize, usize),
) {
    let mut path = String::new();
    for (down, line) in lines.iter().enumerate() {
        let cells: Vec<char> = line.points.chars().take(rows).collect();
        let mut across = 0;
        for run in cells.chunk_by(|one, next| one == next) {
            if run.first() == Some(&mark) {
                let (x, y) = (LEFT + across * wide, TOP + down * high);
                // What was skipped is struck through, so that it is not taken for a light one.
                let _ = if class == "skip" {
                    (0..run.len()).try_for_each(|cell| write!(path, "M{} {}l{wide} -{high}", x + cell * wide, y + high))
                } else {
                    write!(path, "M{x} {y}h{}v{high}h-{}z", run.len() * wide, run.len() * wide)
                };
            }
            across += run.len();
        }
    }
    if !path.is_empty() {
        let _ = writeln!(to, "<path class=\"{class}\" d=\"{path}\"/>");
    }
}

/// Numbers of the rows, as many as there is room for.
fn heads(to: &mut String, rows: usize, wide: usize) {
    let step = 24_usize.div_ceil(wide);
    for row in (0..rows).step_by(step) {
        let x = LEFT + row * wide + wide / 2;
        let _ = writeln!(to, "<text text-anchor=\"middle\" x=\"{x}\" y=\"{}\">{}</text>", TOP - 8, row + 1);
    }
}

fn legend(to: &mut String, y: usize) {
    let kinds = [("two", "both right"), ("one", "one of two"), ("none", "none"), ("skip", "skipped")];
    for (place, (class, word)) in kinds.into_iter().enumerate() {
        let x = LEFT + place * 150;
        let _ = if class == "skip" {
            writeln!(to, "<path class=\"skip\" d=\"M{x} {}l16 -16\"/>", y + 16)
        } else {
            writeln!(to, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"16\" height=\"16\"/>")
        };
        let _ = writeln!(to, "<rect class=\"frame\" x=\"{x}\" y=\"{y}\" width=\"16\" height=\"16\"/>");
        let _ = writeln!(to, "<text x=\"{}\" y=\"{}\">{word}</text>", x + 24, y + 13);
    }
}
