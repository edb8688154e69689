//! One assignment as a table, its learners against its rows, kept up to date record by record.
//!
//! Four hundred learners answer hundreds of rows a minute. So a record only says whose line is stale ([`Matrix::hear`]), and
//! [`Matrix::refresh`], which is asked a few times a second at most, makes those lines anew and those whose time has come.

mod count;
mod line;
mod order;

use std::collections::{BTreeMap, BTreeSet};

use crate::course::{Digest, Timestamp};

use super::{AnswerKey, Assignment, Class, Ledger, Task, work::Sat};

pub use count::{RowCount, Summary};
pub use line::{Cell, CellKind, Line, Stuck};
pub use order::{Filter, Sort};

/// One assignment as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The assignment's id.
    pub assignment: String,
    /// Its rows, scenario by scenario.
    pub columns: Vec<LayerColumn>,
    /// Whom it is set, in the order of the roster.
    pub lines: Vec<Line>,
    /// Logins, in lower case, of whom something was heard since their line was made.
    heard: BTreeSet<String>,
    /// What its lines were made of is no longer what holds.
    stale: bool,
}

/// A row of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerColumn {
    /// Scenario id.
    pub scenario: String,
    /// Layer id.
    pub layer: String,
    /// Digest of the question as it is now; none where it is not in the course.
    pub digest: Option<Digest>,
}

impl Matrix {
    /// The table of an assignment, of which nothing is known yet.
    pub fn new(assignment: &str) -> Self {
        Self { assignment: assignment.to_owned(), stale: true, ..Self::default() }
    }

    /// The learner who logs in with `login` did something.
    pub fn hear(&mut self, login: &str) {
        self.heard.insert(login.to_lowercase());
    }

    /// The class file, an instructor's act or the answer key changed.
    pub const fn renew(&mut self) {
        self.stale = true;
    }

    /// Brings it up to `now`.
    pub fn refresh(&mut self, (class, ledger): (&Class, &Ledger), key: &AnswerKey, now: Timestamp) {
        let Some(assignment) = class.assignment(&self.assignment) else {
            *self = Self::new(&self.assignment);
            return;
        };
        let heard = std::mem::take(&mut self.heard);
        if self.stale || !self.update((class, assignment), ledger, &heard, (key, now)) {
            self.make((class, assignment), ledger, (key, now));
        }
    }

    /// Makes the lines anew that have changed; false where one of them was given a scenario that is no column yet.
    fn update(
        &mut self,
        (class, assignment): (&Class, &Assignment),
        ledger: &Ledger,
        heard: &BTreeSet<String>,
        (key, now): (&AnswerKey, Timestamp),
    ) -> bool {
        let columns = &self.columns;
        for line in &mut self.lines {
            let stale = line.is_due(now) || heard.contains(&line.login.to_lowercase());
            let Some(learner) = class.learners.get(line.place).filter(|_| stale) else { continue };
            let work = ledger.work(&learner.login);
            let standing = ledger.standing((learner, assignment), key, now);
            let sat = line::shown(work, &standing);
            if sat.is_some_and(|sat| !sat.scenarios.iter().all(|id| columns.iter().any(|one| one.scenario == *id))) {
                return false;
            }
            *line = Line::of((learner, line.place), (sat, &standing), (assignment, columns, key), now);
        }
        true
    }

    fn make(
        &mut self,
        (class, assignment): (&Class, &Assignment),
        ledger: &Ledger,
        (key, now): (&AnswerKey, Timestamp),
    ) {
        let set = class.learners.iter().enumerate().filter(|(_, learner)| assignment.is_for(learner));
        let stands: Vec<_> =
            set.map(|(place, learner)| (place, learner, ledger.standing((learner, assignment), key, now))).collect();
        let shown: Vec<Option<&Sat>> =
            stands.iter().map(|(_, learner, standing)| line::shown(ledger.work(&learner.login), standing)).collect();
        self.columns = columns(assignment, &shown, key);
        let columns = &self.columns;
        let each = stands.iter().zip(&shown);
        self.lines = each
            .map(|((place, learner, standing), sat)| {
                Line::of((learner, *place), (*sat, standing), (assignment, columns, key), now)
            })
            .collect();
        self.stale = false;
    }

    /// The scenarios of its columns that are not in `key`.
    pub fn missing<'m>(&'m self, key: &AnswerKey) -> BTreeSet<&'m str> {
        self.columns.iter().map(|column| column.scenario.as_str()).filter(|id| !key.contains_key(*id)).collect()
    }

    /// The line of a learner, by login.
    pub fn line(&self, login: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.login == login)
    }
}

/// The rows that are set: those of the scenarios named, or else of the scenarios given to anybody.
///
/// A scenario that is not in the course has the rows that its runs name.
fn columns(assignment: &Assignment, shown: &[Option<&Sat>], key: &AnswerKey) -> Vec<LayerColumn> {
    let given = || shown.iter().flatten().flat_map(|sat| sat.scenarios.iter());
    let mut ids: Vec<&String> = match &assignment.task {
        Task::Scenarios(ids) => ids.iter().collect(),
        Task::Checkpoint(_) | Task::Draw { .. } => Vec::new(),
    };
    let others: BTreeSet<&String> = given().filter(|id| !ids.contains(id)).collect();
    ids.extend(others);
    ids.into_iter().flat_map(|id| rows(id, shown, key)).collect()
}

fn rows(id: &str, shown: &[Option<&Sat>], key: &AnswerKey) -> Vec<LayerColumn> {
    let column = |layer: &str, digest| LayerColumn { scenario: id.to_owned(), layer: layer.to_owned(), digest };
    let known = key.get(id).map(|scenario| scenario.layers.iter().map(|layer| (layer.id.as_str(), layer.digest())));
    let mut columns: Vec<LayerColumn> =
        known.into_iter().flatten().map(|(layer, digest)| column(layer, Some(digest))).collect();
    let asked = shown.iter().flatten().filter_map(|sat| sat.run(id)).flat_map(|run| &run.rows);
    let places: BTreeMap<&String, usize> = asked.zip(0..).collect();
    let mut gone: Vec<(&String, usize)> =
        places.into_iter().filter(|(layer, _)| columns.iter().all(|one| one.layer != **layer)).collect();
    gone.sort_by_key(|(_, place)| *place);
    // A scenario of which nothing is known yet still has a place.
    if columns.is_empty() && gone.is_empty() {
        return vec![column("", None)];
    }
    columns.extend(gone.into_iter().map(|(layer, _)| column(layer, None)));
    columns
}
