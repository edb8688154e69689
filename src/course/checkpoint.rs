//! The exam at the end of a lesson: what it draws and when it is passed.

use serde::{Deserialize, Serialize};

use super::shuffle::permutation;

/// `checkpoint = { from = […], draw = 2, pass = 0.8 }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Scenario ids to draw from.
    pub from: Vec<String>,
    /// How many are drawn for one sitting.
    pub draw: usize,
    /// Share of the points that passes, 0 to 1.
    pub pass: f64,
}

/// How a sitting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The pass mark was reached.
    Passed,
    /// It was not.
    Failed,
}

impl Checkpoint {
    /// The verdict on `points` out of `out_of`.
    ///
    /// A sitting with nothing to score is failed: it shows nothing about the learner.
    pub fn verdict(&self, points: u32, out_of: u32) -> Verdict {
        if out_of > 0 && points >= self.needed(out_of) { Verdict::Passed } else { Verdict::Failed }
    }

    /// Points needed to pass out of `out_of`, rounded up.
    pub fn needed(&self, out_of: u32) -> u32 {
        // The small constant keeps 0.8 × 30 at 24 although 0.8 has no exact binary form.
        let exact = self.pass * f64::from(out_of) - 1e-9;
        (0..=out_of).find(|points| f64::from(*points) >= exact).unwrap_or(out_of)
    }
}

/// Draws the scenarios of a sitting by `seed`.
///
/// `used` counts how often each was drawn for this learner before: the least used come first, so a retry differs from
/// the sitting before it as long as the pool allows.
pub fn draw(pool: &Checkpoint, seed: u64, used: impl Fn(&str) -> usize) -> Vec<String> {
    let mut order = permutation(seed, "checkpoint", pool.from.len());
    order.sort_by_key(|place| pool.from.get(*place).map_or(0, |id| used(id)));
    order.into_iter().take(pool.draw).filter_map(|place| pool.from.get(place).cloned()).collect()
}

/// Why a lesson cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It is announced, not written.
    Coming,
    /// The checkpoint of this lesson (its id) must be passed first.
    Needs(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool() -> Checkpoint {
        let from = ["a", "b", "c", "d", "e", "f"].map(String::from).to_vec();
        Checkpoint { from, draw: 2, pass: 0.8 }
    }

    #[test]
    fn the_pass_mark_is_rounded_up_and_exact_shares_pass() {
        assert_eq!(pool().needed(30), 24);
        assert_eq!(pool().needed(32), 26);
        assert_eq!(pool().verdict(24, 30), Verdict::Passed);
        assert_eq!(pool().verdict(25, 32), Verdict::Failed);
        assert_eq!(pool().verdict(0, 0), Verdict::Failed);
    }

    #[test]
    fn a_retry_draws_what_was_not_drawn_before() {
        let first = draw(&pool(), 1, |_| 0);
        let second = draw(&pool(), 1, |id| usize::from(first.iter().any(|drawn| drawn == id)));
        assert_eq!(first.len(), 2);
        assert!(second.iter().all(|id| !first.contains(id)), "{first:?} {second:?}");
    }
}
