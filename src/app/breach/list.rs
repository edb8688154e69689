//! The scenarios that tell breaches, by the threat they come from.

use crate::{
    app::{Action, Context, Goal, Menu, area, menu::Entry, page::glyphs, stack::Ink},
    course::{Catalog, Course, Listing},
};

/// The breaches to look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BreachList {
    /// The scenarios, those of one threat together.
    pub rows: Vec<BreachRow>,
    /// The scenarios, laid out, and which one is selected.
    pub menu: Menu,
}

/// A scenario that tells breaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreachRow {
    /// Scenario id.
    pub scenario: String,
    /// Lesson id.
    pub lesson: String,
    /// Its title.
    pub title: String,
    /// The threat, and how many of its incidents were solved.
    pub standing: String,
    /// Every incident was solved.
    pub solved: bool,
    /// The first one of its threat.
    pub first: bool,
}

impl BreachList {
    pub(in crate::app) fn new(cx: &Context) -> Self {
        let mut list = Self::default();
        list.refresh(cx);
        list
    }

    /// Makes the rows anew: progress has changed.
    pub(in crate::app) fn refresh(&mut self, cx: &Context) {
        self.rows = rows(cx);
        self.fit(cx);
    }

    /// Lays the rows out for the size at hand.
    pub(in crate::app) fn fit(&mut self, cx: &Context) {
        let body = area::body(cx.size);
        let entry = |row: &BreachRow| Entry {
            mark: if row.solved { (glyphs(cx).pick("✓", "+"), Ink::Right) } else { (" ", Ink::Faint) },
            note: row.standing.clone(),
            apart: row.first,
            ..Entry::new(row.title.as_str())
        };
        let entries: Vec<Entry> = self.rows.iter().map(entry).collect();
        self.menu.set(&entries, body.width.min(WIDEST), body.height, glyphs(cx));
    }

    /// Takes an action; a goal where it leads away from here.
    pub(in crate::app) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        if let Action::Choose(number) = action {
            self.menu.at = usize::from(number).checked_sub(1).filter(|row| *row < self.rows.len())?;
        }
        let row = self.rows.get(self.menu.at)?;
        let goal = match action {
            Action::Open | Action::Choose(_) => Goal::Breach { scenario: row.scenario.clone(), row: None },
            Action::Investigate => Goal::Investigate(row.scenario.clone()),
            _ => {
                self.menu.act(action);
                return None;
            }
        };
        if let Some(lock) = cx.progress.lock(&cx.course, &row.lesson) {
            cx.say(crate::app::lock_words(&cx.course, &row.lesson, &lock));
            return None;
        }
        Some(goal)
    }
}

/// Widest list: beyond it a standing is too far from its title.
const WIDEST: u16 = 110;

fn rows(cx: &Context) -> Vec<BreachRow> {
    let mut rows: Vec<BreachRow> = Vec::new();
    let mut before = None;
    for line in by_threat(&cx.course) {
        let row = row(cx, &line, before.is_some_and(|threat| threat != line.threat));
        before = Some(line.threat);
        rows.push(row);
    }
    rows
}

fn row(cx: &Context, line: &Listing<'_>, first: bool) -> BreachRow {
    let name = line.threat.map(|id| cx.course.threat(id).map_or(id, |threat| &threat.name));
    let solved = cx.progress.investigations.solved(line.id).min(line.breaches);
    let standing = match cx.progress.lock(&cx.course, line.lesson) {
        Some(_) => "locked".to_owned(),
        None => format!("{solved} of {} solved", line.breaches),
    };
    BreachRow {
        scenario: line.id.to_owned(),
        lesson: line.lesson.to_owned(),
        title: line.title.to_owned(),
        standing: name.map_or_else(|| standing.clone(), |name| format!("{name} · {standing}")),
        solved: solved == line.breaches,
        first,
    }
}

/// The scenarios that tell breaches, in the order of the course's threats, then of its lessons; those of no threat last.
fn by_threat(course: &Course) -> Vec<Listing<'_>> {
    let mut lines: Vec<Listing<'_>> = breached(&course.catalog).collect();
    let threat = |line: &Listing<'_>| {
        let place = line.threat.and_then(|id| course.threats.iter().position(|threat| threat.id == id));
        place.unwrap_or(usize::MAX)
    };
    lines.sort_by(|one, other| (threat(one), one.lesson, one.level).cmp(&(threat(other), other.lesson, other.level)));
    lines
}

/// The scenarios that tell breaches, by id.
pub(in crate::app) fn breached(catalog: &Catalog) -> impl Iterator<Item = Listing<'_>> {
    catalog.iter().filter(|line| line.breaches > 0)
}
