//! The attempts that count, laid out by row.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::{
    classroom::{Assignment, Class, Graded, Grader, Ledger, Sat, Try, Window},
    course::{AttemptId, Digest, Layer, Mark, Owner, Timestamp},
};

use super::{MatrixLine, spent};

/// Which text of a row was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wording {
    /// The one that stands in its file.
    Current,
    /// One that was edited since: its answers are kept apart.
    Earlier,
}

/// An attempt: its points, and those there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Total {
    pub points: u32,
    pub out_of: u32,
}

/// What was said to a row in one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Observed {
    /// Place of the attempt.
    pub attempt: usize,
    /// Points of the owner and of the control.
    pub points: [u32; 2],
    /// What was said, and what it took in milliseconds; none where it was skipped.
    pub said: Option<(Owner, usize, i64)>,
}

/// A row, as it was asked in all attempts.
#[derive(Clone, Debug)]
pub(super) struct Asked<'a> {
    pub scenario: &'a str,
    pub row: &'a str,
    /// The question as it stands, where it is still there.
    pub layer: Option<&'a Layer>,
    pub wording: Wording,
    pub observed: Vec<Observed>,
}

/// The attempts that count.
#[derive(Default)]
pub(super) struct Sample<'a> {
    pub attempts: Vec<Total>,
    /// Whose they are, by login.
    learners: Vec<String>,
    pub rows: Vec<Asked<'a>>,
    pub disputed: BTreeSet<(&'a str, &'a str)>,
    pub ungraded: usize,
    places: HashMap<(&'a str, &'a str, Option<Digest>), usize>,
}

impl<'a> Sample<'a> {
    pub(super) fn of<'k: 'a>(
        class: &Class,
        ledger: &'a Ledger,
        assignment: &Assignment,
        (grader, now): (&Grader<'k>, Timestamp),
    ) -> Self {
        let mut sample = Self::default();
        for learner in class.learners.iter().filter(|learner| assignment.is_for(learner)) {
            let standing = ledger.standing_by((learner, assignment), grader, now);
            if let Some((sat, counted)) = ledger.counted(&learner.login, &standing) {
                sample.add((sat, counted), &standing.window, grader);
                sample.learners.push(learner.login.clone());
            }
        }
        sample.sort();
        sample
    }

    fn add<'k: 'a>(&mut self, (sat, counted): (&'a Sat, &Try), window: &Window, grader: &Grader<'k>) {
        let times = spent(sat, counted.ends, window);
        let attempt = self.attempts.len();
        let mut total = Total::default();
        grader.rows(sat, (window, counted.ends), |row| {
            total.points += row.points();
            total.out_of += row.out_of;
            self.row(attempt, &row, &times);
        });
        self.attempts.push(total);
    }

    fn row(&mut self, attempt: usize, row: &Graded<'a>, times: &HashMap<(AttemptId, &str), i64>) {
        match (row.given, row.mark.as_deref(), row.layer) {
            (Some(_), None, _) => self.ungraded += 1,
            // Nothing is known of what was skipped and is gone.
            (None, _, None) => {}
            _ if row.out_of == 0 => {
                self.disputed.insert((row.scenario, row.row));
            }
            (given, mark, _) => {
                let taken = row.run.and_then(|run| times.get(&(run.id, row.row))).copied().unwrap_or_default();
                let said = given.map(|given| (given.said.owner, given.said.control, taken));
                let observed = Observed { attempt, points: mark.map_or([0, 0], parts), said };
                let place = self.place(row);
                self.rows.get_mut(place).into_iter().for_each(|asked| asked.observed.push(observed));
            }
        }
    }

    /// The row in the text that was asked; one that was skipped is asked as it stands.
    fn place(&mut self, row: &Graded<'a>) -> usize {
        let earlier = row.given.filter(|_| !row.current).map(|given| given.digest);
        let wording = if earlier.is_some() { Wording::Earlier } else { Wording::Current };
        let next = self.rows.len();
        let place = *self.places.entry((row.scenario, row.row, earlier)).or_insert(next);
        if place == next {
            let Graded { scenario, row, layer, .. } = *row;
            self.rows.push(Asked { scenario, row, layer, wording, observed: Vec::new() });
        }
        place
    }

    /// The points of everyone, row by row.
    pub(super) fn matrix(&self) -> Vec<MatrixLine> {
        let mut lines = vec![vec![' '; self.rows.len()]; self.attempts.len()];
        for (row, asked) in self.rows.iter().enumerate() {
            for one in &asked.observed {
                if let Some(cell) = lines.get_mut(one.attempt).and_then(|line| line.get_mut(row)) {
                    let digit = char::from_digit(one.points.iter().sum(), 10).unwrap_or('2');
                    *cell = if one.said.is_some() { digit } else { '-' };
                }
            }
        }
        let line = |(learner, line): (&String, Vec<char>)| MatrixLine {
            learner: learner.clone(),
            points: line.into_iter().collect(),
        };
        self.learners.iter().zip(lines).map(line).collect()
    }

    /// Scenarios in the order they were first asked in, rows as they stand in them, texts of one row behind each other.
    fn sort(&mut self) {
        let mut first: HashMap<&str, usize> = HashMap::new();
        for row in &self.rows {
            let next = first.len();
            first.entry(row.scenario).or_insert(next);
        }
        let mut rows: HashMap<(&str, &str), usize> = HashMap::new();
        for row in &self.rows {
            let next = rows.len();
            rows.entry((row.scenario, row.row)).or_insert(next);
        }
        let place = |row: &Asked<'a>| (first.get(row.scenario).copied(), rows.get(&(row.scenario, row.row)).copied());
        let mut sorted = std::mem::take(&mut self.rows);
        sorted.sort_by_key(|row| (place(row), row.wording));
        self.rows = sorted;
    }
}

/// Points of the owner and of the control.
fn parts(mark: &Mark) -> [u32; 2] {
    let owner = u32::from(mark.owner).min(mark.points);
    [owner, mark.points - owner]
}
