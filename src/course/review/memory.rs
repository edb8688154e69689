//! FSRS as the crate `fsrs` has it, between our moments and its days.

use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, FSRSItem, FSRSReview, MemoryState, current_retrievability};

use super::{super::Timestamp, Grade};

/// The share of the rows due that should still be known: FSRS's usual target.
pub const RETENTION: f32 = 0.9;

/// The longest time until a row comes back, in days: a course is taught once a year.
pub const LONGEST: i64 = 365;

/// A day, in milliseconds.
pub(super) const DAY: i64 = 86_400_000;

/// What FSRS knows of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days until the chance to know it has fallen to nine in ten.
    pub stability: f32,
    /// 1 easy to 10 hard.
    pub difficulty: f32,
}

/// Whole days between two moments, to the nearest.
///
/// Not calendar days: those need a time zone, which would make the same records mean different things on two machines.
/// Twelve hours count as a day, so that yesterday's evening and this noon are a day apart; less is the same day.
pub const fn days_between(earlier: Timestamp, later: Timestamp) -> i64 {
    later.since(earlier).saturating_add(DAY / 2) / DAY
}

impl Memory {
    /// The chance to know it now, 0 to 1, when it was answered last at `at`.
    pub fn retrievability(self, at: Timestamp, now: Timestamp) -> f32 {
        let state = MemoryState { stability: self.stability, difficulty: self.difficulty };
        current_retrievability(state, days(days_between(at, now)), FSRS6_DEFAULT_DECAY)
    }

    /// What is known after these answers, the first ones ever where nothing was known before.
    pub(super) fn after(model: &FSRS, before: Option<Self>, reviews: Vec<FSRSReview>) -> Self {
        let item = FSRSItem { reviews };
        let state = before.map(|memory| MemoryState { stability: memory.stability, difficulty: memory.difficulty });
        // It refuses only states that are no numbers, which it never makes of one that is.
        match model.memory_state(item, state) {
            Ok(MemoryState { stability, difficulty }) => Self { stability, difficulty },
            Err(_) => before.unwrap_or(Self { stability: 1.0, difficulty: 5.0 }),
        }
    }

    /// Days until it comes back.
    pub(super) fn interval(self, model: &FSRS) -> i64 {
        let exact = model.next_interval(Some(self.stability), RETENTION, Grade::Good as u32).round();
        #[expect(clippy::cast_possible_truncation, reason = "a float beyond the range saturates, and is cut to a year")]
        let whole = exact as i64;
        whole.clamp(1, LONGEST)
    }
}

/// An answer as FSRS takes it: its grade, and the days since the answer before.
pub(super) fn review(grade: Grade, elapsed: i64) -> FSRSReview {
    FSRSReview { rating: grade as u32, delta_t: u32::try_from(elapsed).unwrap_or(u32::MAX) }
}

/// Days as FSRS reckons with them.
#[expect(clippy::cast_precision_loss, reason = "a fraction of a day in centuries does not matter")]
const fn days(whole: i64) -> f32 {
    whole as f32
}
