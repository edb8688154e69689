//! The grade of an answer, derived and never asked.

use super::super::Outcome;

/// How well an item was known; the numbers are those of FSRS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Owner or control was wrong.
    Again = 1,
    /// Right, but with a hint, with a control struck out, or marked as unsure.
    Hard = 2,
    /// Right and sure.
    Good = 3,
    /// Right and sure the first time it was ever asked: known before.
    Easy = 4,
}

impl Grade {
    /// The grade of an answer; `first` where its item was never answered before.
    pub const fn of(outcome: &Outcome, first: bool) -> Self {
        if !outcome.mark.right() {
            Self::Again
        } else if outcome.hinted || outcome.unsure {
            Self::Hard
        } else if first {
            Self::Easy
        } else {
            Self::Good
        }
    }
}

/// The answer was wrong and was not marked as unsure: a belief, not a gap.
pub(super) const fn misled(outcome: &Outcome) -> bool {
    !outcome.mark.right() && !outcome.unsure
}
