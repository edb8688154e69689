//! What the whole room answered to one row, and how far it has come.

use std::collections::BTreeMap;

use crate::course::{Layer, Owner, Timestamp};

use super::{
    super::State,
    Matrix,
    line::{CellKind, Line},
};

/// What the room answered to one row. Who is given by places in the roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowCount {
    /// Who has the row, answered or not.
    pub set: usize,
    /// Who answered.
    pub answered: usize,
    /// Who answered how.
    pub kinds: BTreeMap<CellKind, usize>,
    /// Who said that it is the customer's.
    pub customer: Vec<usize>,
    /// Who said that it is the provider's.
    pub provider: Vec<usize>,
    /// Who chose which control, by its place in file order.
    pub controls: BTreeMap<usize, Vec<usize>>,
}

/// How far the room has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Learners it is set.
    pub learners: usize,
    /// Who has begun it.
    pub begun: usize,
    /// Who is at work.
    pub working: usize,
    /// Who has handed it in, in time or late.
    pub done: usize,
    /// Who seems to need somebody.
    pub stuck: usize,
    /// Milliseconds until the last of those at work has to be done.
    pub left: Option<i64>,
}

impl Matrix {
    /// What the room answered to the row of a column.
    pub fn row(&self, column: usize) -> RowCount {
        let mut count = RowCount::default();
        for line in &self.lines {
            count.take(line, column);
        }
        count
    }

    /// How far the room has come at `now`.
    pub fn summary(&self, now: Timestamp) -> Summary {
        let count = |is: &dyn Fn(&Line) -> bool| self.lines.iter().filter(|line| is(line)).count();
        let at_work = self.lines.iter().filter(|line| line.state == State::Working);
        Summary {
            learners: self.lines.len(),
            begun: count(&|line| line.touched.is_some()),
            working: at_work.clone().count(),
            done: count(&|line| matches!(line.state, State::HandedIn | State::Late)),
            stuck: count(&|line| line.stuck(now).is_some()),
            left: at_work.filter_map(|line| line.time_left(now)).max(),
        }
    }
}

impl RowCount {
    fn take(&mut self, line: &Line, column: usize) {
        let Some(cell) = line.cells.get(column).filter(|cell| cell.kind != CellKind::NotSet) else { return };
        self.set += 1;
        *self.kinds.entry(cell.kind).or_default() += 1;
        let Some(said) = cell.said else { return };
        self.answered += 1;
        match said.owner {
            Owner::Customer => self.customer.push(line.place),
            Owner::Provider => self.provider.push(line.place),
        }
        self.controls.entry(said.control).or_default().push(line.place);
    }

    /// How many answers were of a kind.
    pub fn of(&self, kind: CellKind) -> usize {
        self.kinds.get(&kind).copied().unwrap_or_default()
    }

    /// The wrong control of `layer` that was picked most, by its place, and how often: of two alike the first.
    pub fn most_wrong(&self, layer: &Layer) -> Option<(usize, usize)> {
        let wrong = |place: usize| layer.controls.get(place).is_some_and(|control| !control.correct);
        let picked = self.controls.iter().filter(|(place, _)| wrong(**place)).map(|(place, who)| (*place, who.len()));
        picked.reduce(|most, next| if next.1 > most.1 { next } else { most })
    }
}
