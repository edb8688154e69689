//! A round of single rows from several scenarios: a review of what is due, or a drill.
//!
//! Each row is an attempt of its own at its scenario, so that it is asked, stored and explained as any other; the round
//! only says which rows belong together, in which order, and why they were drawn.

use serde::{Deserialize, Serialize};

use super::{AttemptId, AttemptLog, Mode, Model, Progress, Record, RecordKey, Timestamp};

/// Why rows were drawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// They were due.
    Review,
    /// They were asked for.
    Drill(Drill),
}

impl Purpose {
    /// The mode of the round's attempts.
    pub const fn mode(&self, round: RecordKey) -> Mode {
        match self {
            Self::Review => Mode::Review(round),
            Self::Drill(_) => Mode::Drill(round),
        }
    }
}

/// What a drill is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drill {
    /// Anything.
    Mixed,
    /// What was answered wrongly.
    Weak,
    /// Rows that tie to a threat, by its id.
    Threat(String),
    /// Rows that offer a control showing a pitfall, by its id.
    Pitfall(String),
    /// Rows of a service model.
    Model(Model),
}

/// A row of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RowRef {
    /// Scenario id.
    pub scenario: String,
    /// Layer id.
    pub layer: String,
}

/// What the records say of one round.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Its name.
    pub id: RecordKey,
    /// When its rows were drawn.
    pub at: Timestamp,
    /// Why.
    pub purpose: Purpose,
    /// The rows, in the order they are asked.
    pub rows: Vec<RowRef>,
    /// The attempts at them, in the order they began.
    pub attempts: Vec<AttemptId>,
    /// Given up.
    pub dropped: bool,
}

impl Round {
    /// The round that `record` drew.
    pub(super) const fn new(record: &Record, purpose: Purpose, rows: Vec<RowRef>) -> Self {
        Self { id: record.key, at: record.at, purpose, rows, attempts: Vec::new(), dropped: false }
    }
}

impl Progress {
    /// Notes an attempt that began in a round.
    pub(super) fn join(&mut self, mode: Mode, attempt: AttemptId) {
        let round = mode.round().and_then(|id| self.rounds.iter_mut().rev().find(|round| round.id == id));
        if let Some(round) = round {
            round.attempts.push(attempt);
        }
    }

    /// What the records say of a round.
    pub fn round(&self, id: RecordKey) -> Option<&Round> {
        self.rounds.iter().rev().find(|round| round.id == id)
    }

    /// The attempt of a round at one of its rows.
    pub fn attempt_at(&self, round: &Round, row: &RowRef) -> Option<&AttemptLog> {
        let logs = round.attempts.iter().filter_map(|id| self.attempt(*id));
        logs.into_iter().find(|log| log.scenario == row.scenario && log.rows.contains(&row.layer))
    }

    /// The rows of a round that are answered.
    pub fn answered_in<'a>(&'a self, round: &'a Round) -> impl Iterator<Item = &'a RowRef> {
        round.rows.iter().filter(|row| self.attempt_at(round, row).is_some_and(AttemptLog::finished))
    }

    /// The round drawn last, where it is neither finished nor given up: one is continued, never two.
    pub fn open_round(&self) -> Option<&Round> {
        self.rounds.last().filter(|round| !round.dropped && self.answered_in(round).count() < round.rows.len())
    }
}
