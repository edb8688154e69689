//! The matrix on a grid of cells: as many of its rows as fit are columns, and on a narrow screen a learner is one line of counts.

use crate::{
    classroom::{CellKind, Line, State, Stuck},
    course::{Owner, Timestamp},
    document::{Glyphs, Row, Span, fold, width},
};

use super::{
    super::{Room, stack::Ink},
    Watch,
    names::{ago, left, line, right},
    show::{blank, span},
};

/// Columns for the pointer of the chosen line.
const POINTER: usize = 2;

/// From this width on a learner's answers stand in columns.
const GRID: usize = 58;

/// Columns of a cell that holds a mark alone.
const MARK: usize = 3;

/// From so many columns on a cell has room for a word, and its head for a label.
const WORDS: usize = 9;

/// What stands behind the cells: names and columns.
const TAIL: [(&str, usize); 5] = [("right", 7), ("trust", 6), ("claim", 6), ("idle", 8), ("", 12)];

/// How the matrix is divided.
struct Grid {
    /// Columns of the names.
    name: usize,
    /// Columns of a cell.
    cell: usize,
    /// The first row shown, and how many are.
    first: usize,
    shown: usize,
}

impl Watch {
    /// The head of the table, and its lines in the order shown.
    pub(super) fn table(&self, room: &Room, columns: usize, glyphs: Glyphs, now: Timestamp) -> (Vec<Row>, Vec<Row>) {
        let lines = self.order.iter().filter_map(|place| self.matrix.lines.get(*place));
        let names: Vec<(String, &Line)> = lines.map(|line| (self.name(&room.class, line.place), line)).collect();
        let widest = names.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
        if columns < GRID {
            let name = widest.min(columns.saturating_sub(POINTER + 22));
            return (Vec::new(), names.iter().map(|(of, line)| counts((of, name), line, glyphs, now)).collect());
        }
        let grid = self.grid(columns, widest);
        let row = |(name, line): &(String, &Line)| self.line_of(&grid, (name, line), glyphs, now);
        (self.head_of(&grid, glyphs), names.iter().map(row).collect())
    }

    fn grid(&self, columns: usize, widest: usize) -> Grid {
        let tail: usize = TAIL.iter().map(|(_, wide)| wide).sum();
        let name = widest.clamp(10, (columns / 5).max(12));
        let room = columns.saturating_sub(POINTER + name + tail);
        let rows = self.matrix.columns.len().max(1);
        let cell = (room / rows).clamp(MARK, 18);
        // Between a mark and a word lies nothing worth its columns.
        let cell = if cell < WORDS { cell.min(5) } else { cell };
        let shown = (room / cell).clamp(1, rows);
        // The chosen row stands in the middle, so that both its neighbours are seen.
        let first = self.column.saturating_sub(shown / 2).min(rows - shown);
        Grid { name, cell, first, shown }
    }

    fn head_of(&self, grid: &Grid, glyphs: Glyphs) -> Vec<Row> {
        let all = self.matrix.columns.len();
        let hidden = grid.shown < all;
        let part =
            if hidden { format!("{}-{} of {all}", grid.first + 1, grid.first + grid.shown) } else { String::new() };
        let mut first = vec![blank(POINTER), span(left(&part, grid.name, glyphs), Ink::Faint)];
        let labels: Vec<Vec<String>> = self.shown(grid).map(|column| self.heading_of(column, grid.cell)).collect();
        first.extend(self.heading_row(grid, &labels, 0, glyphs));
        first.extend(TAIL.iter().map(|(word, wide)| span(right(word, *wide, glyphs), Ink::Side)));
        let more = (1..labels.iter().map(Vec::len).max().unwrap_or(1)).map(|row| {
            let mut spans = vec![blank(POINTER + grid.name)];
            spans.extend(self.heading_row(grid, &labels, row, glyphs));
            Row { spans, block: 0 }
        });
        std::iter::once(Row { spans: first, block: 0 }).chain(more).collect()
    }

    fn shown(&self, grid: &Grid) -> std::ops::Range<usize> {
        grid.first..(grid.first + grid.shown).min(self.matrix.columns.len())
    }

    /// The head of a column: its number and, where there is room, its label under it.
    fn heading_of(&self, column: usize, cell: usize) -> Vec<String> {
        let number = (column + 1).to_string();
        if cell < WORDS {
            return vec![number];
        }
        let label = fold(&self.label(column), cell - 1).into_iter().take(3);
        std::iter::once(number).chain(label).collect()
    }

    fn heading_row(&self, grid: &Grid, labels: &[Vec<String>], row: usize, glyphs: Glyphs) -> Vec<Span> {
        let text = |lines: &Vec<String>| lines.get(row).cloned().unwrap_or_default();
        let ink = |column| if column == self.column { Ink::Current } else { Ink::Side };
        let cell = |text: &str| aligned(text, grid.cell, glyphs);
        self.shown(grid).zip(labels).map(|(column, lines)| span(cell(&text(lines)), ink(column))).collect()
    }

    fn line_of(&self, grid: &Grid, (name, line): (&str, &Line), glyphs: Glyphs, now: Timestamp) -> Row {
        let mut spans = vec![blank(POINTER), span(left(name, grid.name, glyphs), Ink::Layer)];
        for column in self.shown(grid) {
            let kind = line.cells.get(column).map(|cell| cell.kind).unwrap_or_default();
            let (sign, ink) = mark(kind, glyphs);
            let text = if grid.cell < WORDS { sign.to_owned() } else { format!("{sign} {}", word(kind)) };
            spans.push(span(aligned(&text, grid.cell, glyphs), ink));
        }
        let percent = line.share().map(|share| format!("{} %", share.hundredths() / 100)).unwrap_or_default();
        let idle = line.idle(now).map(ago).unwrap_or_default();
        let [right_wide, trust, claim, idle_wide, state] = TAIL.map(|(_, wide)| wide);
        spans.push(span(right(&percent, right_wide, glyphs), Ink::Layer));
        spans.push(span(right(&line.over_trust.to_string(), trust, glyphs), of(line.over_trust)));
        spans.push(span(right(&line.over_claim.to_string(), claim, glyphs), of(line.over_claim)));
        spans.push(span(right(&idle, idle_wide, glyphs), Ink::Faint));
        let (words, ink) = standing(line, now);
        spans.push(span(format!(" {}", left(words, state - 1, glyphs)), ink));
        Row { spans, block: 0 }
    }

    /// What is told of a row in a sentence: how many leaned the wrong way, and the wrong control that was picked most.
    pub(super) fn row_in_words(&self, column: usize) -> String {
        let count = self.matrix.row(column);
        if self.matrix.columns.is_empty() {
            return "Nobody was given anything yet.".to_owned();
        }
        let head = format!("row {} {}: ", column + 1, self.label(column));
        let Some((_, layer)) = self.layer(column) else {
            return format!("{head}{} of {} answered; its scenario is not here.", count.answered, count.set);
        };
        let (wrong, side) = match layer.owner {
            Owner::Customer => (count.provider.len(), "the provider"),
            Owner::Provider => (count.customer.len(), "the customer"),
        };
        let leaned = match (count.answered, wrong) {
            (0, _) => "nobody has answered.".to_owned(),
            (all, 0) => format!("nobody of {all} said {side}."),
            (all, wrong) => format!("{wrong} of {all} said {side}."),
        };
        let picked = count.most_wrong(layer).and_then(|(place, who)| Some((layer.controls.get(place)?, who)));
        let most =
            picked.map(|(control, who)| format!(" Wrong control chosen most: \"{}\" ({who}).", line(&control.text)));
        format!("{head}{leaned}{}", most.unwrap_or_default())
    }

    /// What the marks mean, where all of it fits.
    pub(super) fn legend(columns: usize, glyphs: Glyphs) -> Option<String> {
        let of = |kind| mark(kind, glyphs).0;
        let text = format!(
            "{} right  {} said provider  {} said customer  {} wrong control  {} not yet",
            of(CellKind::Right),
            of(CellKind::OverTrust),
            of(CellKind::OverClaim),
            of(CellKind::WrongControl),
            of(CellKind::Open)
        );
        (width(&text) <= columns).then_some(text)
    }
}

/// A learner in one line of counts.
fn counts((of, name): (&str, usize), line: &Line, glyphs: Glyphs, now: Timestamp) -> Row {
    let count = |kind| {
        let (sign, ink) = mark(kind, glyphs);
        let count = line.count(kind);
        span(right(&format!("{sign}{count}"), 4, glyphs), if count == 0 { Ink::Faint } else { ink })
    };
    let (words, ink) = standing(line, now);
    let spans = vec![
        blank(POINTER),
        span(left(of, name, glyphs), Ink::Layer),
        count(CellKind::Right),
        count(CellKind::OverTrust),
        count(CellKind::OverClaim),
        count(CellKind::WrongControl),
        span(format!(" {words}"), ink),
    ];
    if line.touched.is_none() {
        return Row {
            spans: vec![blank(POINTER), span(left(of, name, glyphs), Ink::Layer), span(format!("  {words}"), ink)],
            block: 0,
        };
    }
    Row { spans, block: 0 }
}

/// A mark alone stands at the right of its cell, words stand at the left.
fn aligned(text: &str, columns: usize, glyphs: Glyphs) -> String {
    if columns < WORDS { right(text, columns, glyphs) } else { format!(" {}", left(text, columns - 1, glyphs)) }
}

const fn of(count: usize) -> Ink {
    if count == 0 { Ink::Faint } else { Ink::Wrong }
}

/// The mark of a cell.
pub(super) const fn mark(kind: CellKind, glyphs: Glyphs) -> (&'static str, Ink) {
    match kind {
        CellKind::NotSet => (" ", Ink::Faint),
        CellKind::Open => (glyphs.pick("·", "."), Ink::Faint),
        CellKind::Right => (glyphs.pick("✓", "+"), Ink::Right),
        CellKind::OverTrust => ("P", Ink::Wrong),
        CellKind::OverClaim => ("C", Ink::Wrong),
        CellKind::WrongControl => (glyphs.pick("½", "/"), Ink::Wrong),
        CellKind::Contested => ("?", Ink::Layer),
        CellKind::Ungraded => ("-", Ink::Faint),
    }
}

/// A cell's word, where there is room.
const fn word(kind: CellKind) -> &'static str {
    match kind {
        CellKind::NotSet => "",
        CellKind::Open => "",
        CellKind::Right => "right",
        CellKind::OverTrust => "trust",
        CellKind::OverClaim => "claim",
        CellKind::WrongControl => "control",
        CellKind::Contested => "open",
        CellKind::Ungraded => "?",
    }
}

/// Where a learner is, in a word.
pub(super) fn standing(line: &Line, now: Timestamp) -> (&'static str, Ink) {
    match (line.state, line.stuck(now)) {
        (_, Some(Stuck::Silent(_) | Stuck::Astray(_))) => ("stuck", Ink::Wrong),
        (State::Working, None) if line.away => ("away", Ink::Faint),
        (State::Working, None) if line.still => ("paused", Ink::Faint),
        (State::Working, None) if line.answered == line.rows => ("not in yet", Ink::Layer),
        (state @ (State::HandedIn | State::Late), _) => (state.words(), Ink::Right),
        (state, _) => (state.words(), Ink::Faint),
    }
}
