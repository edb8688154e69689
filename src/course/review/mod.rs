//! When a row comes back: spaced repetition by FSRS, as a fold of the graded answers.
//!
//! An item is what one question is remembered as: a layer of a scenario, or the rows of one id on a ladder, which share
//! their task and their controls and differ in the mode alone, so that a twin may stand for either. Nobody is asked how
//! well they knew something: the grade is derived from what they did. No clock: the moment comes in.

mod grade;
mod interleave;
mod memory;
mod schedule;
#[cfg(test)]
mod tests;

pub use grade::Grade;
pub use interleave::{Asked, interleave};
pub use memory::{LONGEST, Memory, RETENTION, days_between};
pub use schedule::{Family, Forecast, Item, MASTERED, Schedule};

use super::Outcome;

/// The answers that showed a pitfall, in the order they were given: the evidence for believing it.
pub fn evidence<'a>(outcomes: &'a [Outcome], pitfall: &str) -> impl Iterator<Item = &'a Outcome> {
    outcomes.iter().filter(move |outcome| outcome.mark.trap.as_deref() == Some(pitfall))
}
