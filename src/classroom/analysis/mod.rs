//! Item analysis: what the answers of a class say about the questions.
//!
//! Reckoned as Moodle does (`question/classes/statistics/questions/calculator.php`), so that a teacher can read it as they
//! read a quiz's: over the attempts that count, with `x` the points of an item, `y` those of the rest of its attempt, and
//! variances over `n - 1`. Every row is three items: the question for its owner, the one for its control, and both together.
//! `y` is taken as a share of the points there were, which changes no figure where all are asked the same and keeps attempts
//! comparable where each was drawn other scenarios. A row without an answer has no points, as in the gradebook.
//!
//! An index over few attempts is noise with decimals: below [`FEWEST`] there is none.

mod flags;
mod items;
mod pace;
mod sample;
mod statistics;

use serde::Serialize;

use crate::course::Timestamp;

use super::{Assignment, Class, Grader, Ledger};
use sample::Sample;

pub use flags::{Flag, FlagKind};
pub use items::{Item, Part, RowAnalysis, Uptake};
pub(super) use pace::spent;
pub use sample::Wording;
pub(super) use statistics::{count, deviation, mean, median};

/// Attempts below which no index is given and no row is flagged.
pub const FEWEST: usize = 10;

/// The analysis of one assignment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Analysis {
    /// Assignment id.
    pub assignment: String,
    /// Attempts that count, one a learner at most.
    pub attempts: usize,
    /// There are too few of them for indices.
    pub too_few: bool,
    /// Its rows in the order they are asked; disputed ones left out.
    pub rows: Vec<RowAnalysis>,
    /// The points of everyone, row by row.
    pub matrix: Vec<MatrixLine>,
    /// Disputed rows, which carry no points.
    pub disputed: usize,
    /// Answers left out, since their question has left the course and no grade was kept.
    pub ungraded: usize,
}

/// The points of one learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MatrixLine {
    /// Their login.
    pub learner: String,
    /// A character for each row: its points, `-` where it was skipped, a space where it was not asked.
    pub points: String,
}

impl Analysis {
    /// The analysis of `assignment` as of `now`.
    pub fn of(
        class: &Class,
        ledger: &Ledger,
        assignment: &Assignment,
        (grader, now): (&Grader<'_>, Timestamp),
    ) -> Self {
        let sample = Sample::of(class, ledger, assignment, (grader, now));
        Self {
            assignment: assignment.id.clone(),
            attempts: sample.attempts.len(),
            too_few: sample.attempts.len() < FEWEST,
            rows: sample.rows.iter().map(|row| RowAnalysis::of(row, &sample.attempts)).collect(),
            matrix: sample.matrix(),
            disputed: sample.disputed.len(),
            ungraded: sample.ungraded,
        }
    }

    /// The rows that misbehave, the worst first.
    pub fn flagged(&self) -> Vec<&RowAnalysis> {
        let mut rows: Vec<&RowAnalysis> = self.rows.iter().filter(|row| !row.flags.is_empty()).collect();
        rows.sort_by(|one, other| other.trouble().total_cmp(&one.trouble()));
        rows
    }
}
