//! The picture of the moving line: the modes of one system side by side, its duties below each other.
//!
//! What the learner has not come to yet is not drawn, so that the line grows as they move on. Where the columns have no room
//! beside each other, only the mode at hand is drawn, with what the one before it was.

use crate::{
    course::{Change, Model, Moving, Owner},
    document::{Glyphs, Row, Span, clip, width},
};

use super::{Context, stack::Ink};

/// How far the learner has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The mode at hand, a place among the modes.
    pub at: usize,
    /// Rows of that mode drawn so far, top first: the line slides down.
    pub rows: usize,
}

/// Whether a cell is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Before,
    Now,
    NotYet,
}

impl Sight {
    /// How the cell in `row` of `mode` stands.
    const fn of(self, row: usize, mode: usize) -> Seen {
        if mode < self.at {
            Seen::Before
        } else if mode == self.at && row < self.rows {
            Seen::Now
        } else {
            Seen::NotYet
        }
    }
}

/// Columns of the longest label, its mark and a blank.
const NAME: usize = 26;

/// Columns a mode needs: the line, a mark, "prov.".
const NARROWEST: usize = 8;

/// Columns from which the provider is named in full.
const SPACIOUS: usize = 12;

/// Widest column: beyond it the eye loses the row.
const WIDEST: usize = 16;

impl Context {
    /// The system on `ladder`, once all its scenarios have been read.
    pub fn moving(&self, ladder: &str) -> Option<Moving> {
        let rungs = self.course.catalog.rungs(ladder);
        let modes: Option<Vec<_>> = rungs.iter().map(|line| self.scenarios.get(line.id).cloned()).collect();
        modes.filter(|modes| modes.len() > 1).map(Moving::new)
    }
}

/// The name of a mode: its model, with a number where several share it.
pub fn mode_name(moving: &Moving, mode: usize) -> String {
    named(moving, mode, Model::name)
}

fn named(moving: &Moving, mode: usize, name: fn(Model) -> &'static str) -> String {
    let Some(here) = moving.modes.get(mode) else { return String::new() };
    let alike = |upto: usize| moving.modes.iter().take(upto).filter(|other| other.model == here.model).count();
    let number = if alike(moving.modes.len()) == 1 { String::new() } else { format!(" {}", alike(mode + 1)) };
    format!("{}{number}", name(here.model))
}

/// The name of a model where columns are narrow.
const fn short(model: Model) -> &'static str {
    match model {
        Model::Caas => "CaaS",
        Model::Faas => "FaaS",
        Model::Iaas | Model::Paas | Model::Saas | Model::Hybrid => model.name(),
    }
}

/// How columns of so many cells are headed; none where even the short names have no room.
fn headings(moving: &Moving, each: usize) -> Option<Vec<String>> {
    let fit = |name: fn(Model) -> &'static str| {
        let names: Vec<String> = (0..moving.modes.len()).map(|mode| named(moving, mode, name)).collect();
        // The line and the pointer stand before a name.
        Some(names).filter(|names| names.iter().all(|name| width(name) + 2 <= each))
    };
    fit(Model::name).or_else(|| fit(short)).filter(|_| each >= NARROWEST)
}

/// The picture for a width.
pub fn picture(moving: &Moving, sight: Sight, columns: u16, glyphs: Glyphs) -> Vec<Row> {
    let columns = usize::from(columns);
    let each = (columns.saturating_sub(NAME) / moving.modes.len().max(1)).min(WIDEST);
    match headings(moving, each) {
        Some(names) => side_by_side(moving, (sight, &names), each, glyphs),
        None => one_mode(moving, sight, columns, glyphs),
    }
}

fn span(text: String, ink: Ink) -> Span {
    Span::new(text, ink.role())
}

fn pad(text: &str, columns: usize, glyphs: Glyphs) -> String {
    let text = clip(text, columns, glyphs);
    let blank = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(blank))
}

const fn row(spans: Vec<Span>) -> Row {
    Row { spans, block: 0 }
}

fn side_by_side(moving: &Moving, (sight, names): (Sight, &[String]), each: usize, glyphs: Glyphs) -> Vec<Row> {
    let heading = |(mode, name): (usize, &String)| {
        let ink = if mode == sight.at { Ink::Current } else { Ink::Side };
        let pointer = if mode == sight.at { glyphs.pick("▸", ">") } else { " " };
        span(pad(&format!(" {pointer}{name}"), each, glyphs), ink)
    };
    let head = std::iter::once(span(" ".repeat(NAME), Ink::Side)).chain(names.iter().enumerate().map(heading));
    let body = moving.recurring().into_iter().enumerate().map(|(place, duty)| {
        let name = span(pad(moving.label(duty), NAME, glyphs), Ink::Layer);
        let cells =
            (0..moving.modes.len()).flat_map(|mode| cell(moving, (duty, mode), sight.of(place, mode), each, glyphs));
        row(std::iter::once(name).chain(cells).collect())
    });
    std::iter::once(row(head.collect())).chain(body).collect()
}

/// One duty in one mode: the line where it runs to the left of the cell, a mark where the duty has changed hands, the side.
fn cell(moving: &Moving, (duty, mode): (usize, usize), seen: Seen, each: usize, glyphs: Glyphs) -> [Span; 2] {
    let blank = |ink| span(" ".into(), ink);
    if seen == Seen::NotYet {
        return [blank(Ink::Line), span(pad("", each - 1, glyphs), Ink::Faint)];
    }
    let since = moving.change_since(duty, mode);
    let moved = matches!(since, Some(Change::Moves(_)));
    let theirs = moving.layer(duty, mode).is_some_and(|layer| layer.owner == Owner::Provider && !layer.contested);
    let crossing = moved || (since.is_none() && theirs);
    let line = if crossing { span(glyphs.pick("┃", "|").into(), Ink::Line) } else { blank(Ink::Line) };
    let mark = if moved { glyphs.pick("→", "*") } else { " " };
    let ink = if seen == Seen::Now && moved { Ink::Current } else { Ink::Layer };
    [line, span(pad(&format!("{mark}{}", side(moving, duty, mode, each)), each - 1, glyphs), ink)]
}

fn side(moving: &Moving, duty: usize, mode: usize, each: usize) -> &'static str {
    match moving.layer(duty, mode) {
        None => "-",
        Some(layer) if layer.contested && each >= SPACIOUS => "disputed",
        Some(layer) if layer.contested => "disp.",
        Some(layer) => match layer.owner {
            Owner::Customer => "you",
            Owner::Provider if each >= SPACIOUS => "provider",
            Owner::Provider => "prov.",
        },
    }
}

/// The mode at hand alone: each duty's side, and whose it was.
fn one_mode(moving: &Moving, sight: Sight, columns: usize, glyphs: Glyphs) -> Vec<Row> {
    const SIDE: usize = 9;
    let name = columns.saturating_sub(SIDE + 2);
    let heading = vec![
        span(pad(&mode_name(moving, sight.at), name, glyphs), Ink::Side),
        span(format!("{} ", glyphs.pick("┃", "|")), Ink::Line),
        span(pad("side", SIDE, glyphs), Ink::Side),
    ];
    let duty = |(place, duty): (usize, usize)| {
        let layer = moving.layer(duty, sight.at).filter(|_| sight.of(place, sight.at) == Seen::Now)?;
        let moved = matches!(moving.change_since(duty, sight.at), Some(Change::Moves(_)));
        let ink = if moved { Ink::Current } else { Ink::Layer };
        let owner = side(moving, duty, sight.at, SPACIOUS);
        let mark = if moved { glyphs.pick("→", "*") } else { " " };
        Some(row(vec![
            span(pad(&layer.label, name, glyphs), ink),
            span(format!("{}{mark}", glyphs.pick("┃", "|")), Ink::Line),
            span(pad(owner, SIDE, glyphs), ink),
        ]))
    };
    std::iter::once(row(heading)).chain(moving.recurring().into_iter().enumerate().filter_map(duty)).collect()
}
