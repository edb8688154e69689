//! Tables: columns as wide as their cells where there is room, narrower with the cells wrapped where there is less, and
//! one row after the other, each cell with its header, where there is too little.

use textwrap::core::Fragment;

use super::layout::{Page, padded};
use super::measure::pad;
use super::row::{Line, line_width, push};
use super::wrap::{fitted, longest_word, single, wrap};
use super::{Alignment, Inline, Role, Span};

/// A word longer than this may be broken before the whole table gives up its columns.
const LONGEST_WHOLE_WORD: usize = 16;

/// Columns between two cells.
const GUTTER: usize = 3;

/// The cells of one row.
type Cells = [Vec<Inline>];

impl Page<'_> {
    pub(super) fn table(&self, alignments: &[Alignment], header: &Cells, rows: &[Vec<Vec<Inline>>]) -> Vec<Line> {
        let heads: Vec<Line> = header.iter().map(|cell| single(cell, Role::TableHead)).collect();
        let body: Vec<Vec<Line>> =
            rows.iter().map(|row| row.iter().map(|cell| single(cell, Role::Text)).collect()).collect();
        match widths(&heads, &body, self.columns) {
            Some(widths) => self.grid(alignments, &widths, &heads, &body),
            None => self.stacked(&heads, &body),
        }
    }

    fn grid(&self, alignments: &[Alignment], widths: &[usize], heads: &[Line], body: &[Vec<Line>]) -> Vec<Line> {
        let body: Vec<Vec<Line>> = body.iter().map(|row| self.grid_row(alignments, widths, row)).collect();
        let wraps = body.iter().any(|lines| lines.len() > 1);
        let between = rule(widths, self.glyphs.pick("─", "-"), self.glyphs.pick("─┼─", "-+-"));
        let mut lines = self.grid_row(alignments, widths, heads);
        lines.push(rule(widths, self.glyphs.pick("━", "="), self.glyphs.pick("━┿━", "=+=")));
        lines.extend(if wraps { body.join(&[between][..]) } else { body.concat() });
        lines
    }

    /// The cells of one row beside each other, on as many lines as the tallest needs.
    fn grid_row(&self, alignments: &[Alignment], widths: &[usize], cells: &[Line]) -> Vec<Line> {
        let wrapped = |(cell, width): (&Line, &usize)| wrap(std::slice::from_ref(cell), *width);
        let cells: Vec<Vec<Line>> = cells.iter().zip(widths).map(wrapped).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let line = |number: usize| {
            let mut line = Line::new();
            for (column, ((cell, width), alignment)) in cells.iter().zip(widths).zip(alignments).enumerate() {
                if column > 0 {
                    line.push(Span::new(self.glyphs.pick(" │ ", " | "), Role::TableRule));
                }
                line.extend(aligned(cell.get(number).map_or(&[], Vec::as_slice), *alignment, *width));
            }
            line
        };
        (0..height).map(line).collect()
    }

    /// Every row on its own: its first cell, then the others, each with its header.
    fn stacked(&self, heads: &[Line], body: &[Vec<Line>]) -> Vec<Line> {
        let indent = Span::new("  ", Role::Marker);
        let row = |cells: &Vec<Line>| {
            let cells = cells.iter().map(Vec::as_slice);
            let pairs: Vec<Pair> = heads.iter().zip(cells).map(|(head, cell)| Pair::new(head, cell)).collect();
            let (first, others) = pairs.split_at_checked(1).unwrap_or_default();
            let others = self.beside(&indent, &indent, |page| paired(others, page.columns));
            paired(first, self.columns).into_iter().chain(others)
        };
        if body.is_empty() { wrap(heads, self.columns) } else { body.iter().flat_map(row).collect() }
    }
}

/// The widths of the columns; none where even broken cells would not fit.
fn widths(heads: &[Line], body: &[Vec<Line>], columns: usize) -> Option<Vec<usize>> {
    let widest = |column: usize, measure: fn(&[Span]) -> usize| {
        let cells = body.iter().map(Vec::as_slice).chain([heads]).filter_map(|row| row.get(column));
        cells.map(|cell| measure(cell)).max().unwrap_or(0)
    };
    let room = columns.checked_sub(GUTTER * heads.len().saturating_sub(1))?;
    let wanted: Vec<usize> = (0..heads.len()).map(|column| widest(column, line_width).max(1)).collect();
    let needed: Vec<usize> =
        (0..heads.len()).map(|column| widest(column, longest_word).clamp(1, LONGEST_WHOLE_WORD)).collect();
    let spare = room.checked_sub(needed.iter().sum())?;
    Some(shared(&wanted, needed, spare))
}

/// Spare room goes to the narrowest column that still wants some, so that short cells stay whole and long ones wrap.
fn shared(wanted: &[usize], mut widths: Vec<usize>, spare: usize) -> Vec<usize> {
    for _ in 0..spare {
        let wanting = widths.iter_mut().zip(wanted).filter(|(width, wanted)| **width < **wanted);
        let Some((narrowest, _)) = wanting.min_by_key(|(width, _)| **width) else { break };
        *narrowest += 1;
    }
    widths
}

fn rule(widths: &[usize], stroke: &str, crossing: &str) -> Line {
    let strokes: Vec<String> = widths.iter().map(|width| stroke.repeat(*width)).collect();
    vec![Span::new(strokes.join(crossing), Role::TableRule)]
}

fn aligned(cell: &[Span], alignment: Alignment, columns: usize) -> Line {
    let free = columns.saturating_sub(line_width(cell));
    let before = match alignment {
        Alignment::Left => 0,
        Alignment::Centre => free / 2,
        Alignment::Right => free,
    };
    let mut line = Line::new();
    push(&mut line, &pad(before, 0), Role::Text);
    line.extend_from_slice(cell);
    padded(line, columns)
}

/// A header and its cell, kept on one line where they fit.
#[derive(Debug)]
struct Pair(Line);

impl Pair {
    fn new(head: &[Span], cell: &[Span]) -> Self {
        let mut line = head.to_vec();
        if !line.is_empty() {
            push(&mut line, ":", Role::TableHead);
            push(&mut line, " ", Role::Text);
        }
        line.extend_from_slice(cell);
        Self(line)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a cell has fewer columns than a float's 53 bits count")]
impl Fragment for Pair {
    fn width(&self) -> f64 {
        line_width(&self.0) as f64
    }

    fn whitespace_width(&self) -> f64 {
        BETWEEN_PAIRS.len() as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

const BETWEEN_PAIRS: &str = "; ";

fn paired(pairs: &[Pair], columns: usize) -> Vec<Line> {
    let line = |pairs: &[Pair]| {
        let mut line = Line::new();
        for Pair(pair) in pairs {
            if !line.is_empty() {
                push(&mut line, BETWEEN_PAIRS, Role::Text);
            }
            line.extend_from_slice(pair);
        }
        wrap(&[line], columns)
    };
    fitted(pairs, columns).into_iter().flat_map(line).collect()
}
