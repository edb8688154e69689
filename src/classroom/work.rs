//! What one learner did for a class: the fold of their records into attempts at assignments.
//!
//! Every answer is kept with its time, not only the one that stands: which of them count depends on when the time was up,
//! and an extension may change that afterwards.

use std::collections::{HashMap, HashSet};

use super::Window;
use crate::course::{AttemptId, Digest, Entry, LayerMark, Mark, Record, RecordKey, Said, Timestamp};

/// A learner's work for one class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Attempts at assignments in the order they were begun.
    pub sittings: Vec<Sat>,
    /// When anything was last done for the class.
    pub touched: Option<Timestamp>,
    /// Place of each run: sitting, then run.
    runs: HashMap<AttemptId, (usize, usize)>,
    /// Absences folded in: a record that comes twice would open one that is over.
    absences: HashSet<RecordKey>,
}

/// One attempt at an assignment.
#[derive(Clone, Debug, PartialEq)]
pub struct Sat {
    /// Its name.
    pub id: RecordKey,
    /// Assignment id.
    pub assignment: String,
    /// When it was begun.
    pub at: Timestamp,
    /// When it was last touched.
    pub touched: Timestamp,
    /// Seed of the draw and of the controls' order.
    pub seed: u64,
    /// What is to be done.
    pub scenarios: Vec<String>,
    /// What was begun of it.
    pub runs: Vec<Run>,
    /// When it was handed in, and the grades given then.
    pub handed_in: Option<(Timestamp, Vec<LayerMark>)>,
    /// When it was given up: it stands as it is.
    pub dropped: Option<Timestamp>,
    /// When the learner was away: from, and to, unless they are still.
    pub breaks: Vec<(Timestamp, Option<Timestamp>)>,
}

/// A run through one scenario of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its name.
    pub id: AttemptId,
    /// Scenario id.
    pub scenario: String,
    /// When it was begun.
    pub at: Timestamp,
    /// Ids of the layers asked.
    pub rows: Vec<String>,
    /// Answers in the order they were given.
    pub answers: Vec<Given>,
}

/// An answer and its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// When.
    pub at: Timestamp,
    /// Layer id.
    pub layer: String,
    /// Digest of the question.
    pub digest: Digest,
    /// The answer.
    pub said: Said,
    /// Its grade, in practice.
    pub mark: Option<Mark>,
}

impl Work {
    /// Folds in a record; those that are not about `class`, and those folded in before, change nothing.
    pub fn apply(&mut self, class: &str, record: &Record) {
        let at = record.at;
        let touched = match &record.entry {
            Entry::SatDown { seed, scenarios, assignment: Some(set), .. } if set.class == class => {
                if self.sittings.iter().all(|sat| sat.id != record.key) {
                    self.sittings.push(Sat::begun(record, &set.assignment, (*seed, scenarios)));
                }
                true
            }
            Entry::Began { scenario, mode, rows, .. } => {
                mode.sitting().is_some_and(|sitting| self.begin(sitting, record, scenario, rows))
            }
            Entry::Drafted { attempt, .. } => {
                self.runs.get(attempt).copied().is_some_and(|(sat, _)| self.touch(sat, at))
            }
            Entry::Answered { attempt, layer, digest, said, mark } => {
                let given = Given { at, layer: layer.clone(), digest: *digest, said: *said, mark: mark.clone() };
                self.answer(*attempt, given)
            }
            Entry::HandedIn { sitting, marks, .. } => self.hand_in(*sitting, at, marks),
            Entry::Dropped { attempt } => self.change(*attempt, at, |sat| {
                sat.dropped.get_or_insert(at);
            }),
            Entry::Left { .. } | Entry::Returned { .. } if !self.absences.insert(record.key) => false,
            Entry::Left { sitting } => self.change(*sitting, at, |sat| sat.leave(at)),
            Entry::Returned { sitting } => self.change(*sitting, at, |sat| sat.take_up(at)),
            Entry::SatDown { .. }
            | Entry::Drew { .. }
            | Entry::Welcomed
            | Entry::Set { .. }
            | Entry::Read { .. }
            | Entry::Investigating { .. }
            | Entry::Traced { .. }
            | Entry::Resolved { .. }
            | Entry::Compared { .. }
            | Entry::Judged { .. } => false,
        };
        if touched {
            self.touched = self.touched.max(Some(at));
        }
    }

    /// The attempts at an assignment, the first one first.
    pub fn at<'w>(&'w self, assignment: &'w str) -> impl DoubleEndedIterator<Item = &'w Sat> {
        self.sittings.iter().filter(move |sat| sat.assignment == assignment)
    }

    fn begin(&mut self, sitting: RecordKey, record: &Record, scenario: &str, rows: &[String]) -> bool {
        if self.runs.contains_key(&record.key) {
            return true;
        }
        let Some(place) = self.sittings.iter().position(|sat| sat.id == sitting) else { return false };
        let Some(sat) = self.sittings.get_mut(place) else { return false };
        self.runs.insert(record.key, (place, sat.runs.len()));
        let (scenario, rows) = (scenario.to_owned(), rows.to_vec());
        sat.runs.push(Run { id: record.key, scenario, at: record.at, rows, answers: Vec::new() });
        self.touch(place, record.at)
    }

    fn touch(&mut self, place: usize, at: Timestamp) -> bool {
        if let Some(sat) = self.sittings.get_mut(place) {
            sat.touched = sat.touched.max(at);
        }
        true
    }

    fn change(&mut self, sitting: RecordKey, at: Timestamp, change: impl FnOnce(&mut Sat)) -> bool {
        let Some(sat) = self.sittings.iter_mut().find(|sat| sat.id == sitting) else { return false };
        change(sat);
        sat.touched = sat.touched.max(at);
        true
    }

    /// Takes an answer; what is handed in cannot change.
    fn answer(&mut self, attempt: AttemptId, given: Given) -> bool {
        let Some((place, run)) = self.runs.get(&attempt).copied() else { return false };
        let Some(sat) = self.sittings.get_mut(place).filter(|sat| sat.is_open()) else { return true };
        if sat.runs.get(run).is_some_and(|run| run.answers.contains(&given)) {
            return true;
        }
        sat.come_back(given.at);
        sat.touched = sat.touched.max(given.at);
        if let Some(run) = sat.runs.get_mut(run) {
            run.answers.push(given);
        }
        true
    }

    /// The first hand-in counts: after it the answers have been seen.
    fn hand_in(&mut self, sitting: RecordKey, at: Timestamp, marks: &[LayerMark]) -> bool {
        self.change(sitting, at, |sat| {
            if sat.is_open() {
                sat.handed_in = Some((at, marks.to_vec()));
            }
        })
    }
}

impl Sat {
    fn begun(record: &Record, assignment: &str, (seed, scenarios): (u64, &[String])) -> Self {
        Self {
            id: record.key,
            assignment: assignment.to_owned(),
            at: record.at,
            touched: record.at,
            seed,
            scenarios: scenarios.to_vec(),
            runs: Vec::new(),
            handed_in: None,
            dropped: None,
            breaks: Vec::new(),
        }
    }

    /// It was neither handed in nor given up.
    pub const fn is_open(&self) -> bool {
        self.handed_in.is_none() && self.dropped.is_none()
    }

    /// The learner is away.
    pub fn is_away(&self) -> bool {
        self.breaks.last().is_some_and(|(_, to)| to.is_none())
    }

    fn leave(&mut self, at: Timestamp) {
        if !self.is_away() {
            self.breaks.push((at, None));
        }
    }

    /// Whoever answers is back, whether it was recorded or not.
    fn come_back(&mut self, at: Timestamp) {
        if let Some((_, to @ None)) = self.breaks.last_mut() {
            *to = Some(at);
        }
    }

    /// Whoever takes it up again without having left was cut off without a word: they were away since the last record.
    fn take_up(&mut self, at: Timestamp) {
        if self.is_away() {
            self.come_back(at);
        } else if self.touched < at {
            self.breaks.push((self.touched, Some(at)));
        }
    }

    /// The run through a scenario: the one begun last.
    pub fn run(&self, scenario: &str) -> Option<&Run> {
        self.runs.iter().rev().find(|run| run.scenario == scenario)
    }
}

impl Run {
    /// The answer to `layer` that stands at `end`.
    ///
    /// An answer without a mark may be changed until the end: the last one stands. One with a mark was explained: of
    /// those to the same question the first stands.
    pub fn answer(&self, layer: &str, end: Option<Timestamp>) -> Option<&Given> {
        self.standing(layer, |at| end.is_none_or(|end| at <= end))
    }

    /// The answer to `layer` that stands in an attempt that ends at `end`: one given while time stood still is none.
    pub fn counted(&self, layer: &str, window: &Window, end: Option<Timestamp>) -> Option<&Given> {
        self.standing(layer, |at| window.counts(at, end))
    }

    fn standing(&self, layer: &str, counts: impl Fn(Timestamp) -> bool) -> Option<&Given> {
        let counts = |given: &&Given| given.layer == layer && counts(given.at);
        let last = self.answers.iter().rev().find(counts)?;
        if last.mark.is_none() {
            return Some(last);
        }
        self.answers.iter().filter(counts).find(|given| given.digest == last.digest)
    }
}
