//! How much was done on which day.

use super::super::{Outcome, Timestamp};

/// Days of a week, Monday first.
pub const WEEK: usize = 7;

/// Weeks the calendar reaches back: half a year.
pub const WEEKS: usize = 26;

/// Graded answers by day, whole weeks from Monday to Sunday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The oldest week first; a day that is still to come is none.
    pub weeks: Vec<[Option<usize>; WEEK]>,
    /// Days with an answer, of those the calendar covers.
    pub active: usize,
    /// Days in a row with an answer, up to today or yesterday.
    pub streak: usize,
    /// Most answers on a day.
    pub most: usize,
}

/// The place of a day in its week: the first day of 1970 was a Thursday.
const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

impl Calendar {
    /// The last half year up to `today`, from the week of the first answer on. `day` numbers days from 1 January 1970.
    pub(super) fn of(graded: &[&Outcome], today: i64, day: &dyn Fn(Timestamp) -> i64) -> Self {
        let first_day = today - weekday(today) - 7 * (i64::try_from(WEEKS).unwrap_or(0) - 1);
        let mut counts = vec![0_usize; WEEKS * WEEK];
        for outcome in graded {
            let place = usize::try_from(day(outcome.at) - first_day).ok();
            if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                *count += 1;
            }
        }
        let past = usize::try_from(today - first_day + 1).unwrap_or_default();
        let begun = counts.iter().position(|count| *count > 0).map_or(counts.len(), |place| place - place % WEEK);
        let weeks = counts.chunks(WEEK).enumerate().skip(begun / WEEK);
        Self {
            weeks: weeks.map(|(week, counts)| days(counts, past.saturating_sub(week * WEEK))).collect(),
            active: counts.iter().filter(|count| **count > 0).count(),
            streak: streak(counts.get(..past).unwrap_or(&counts)),
            most: counts.iter().copied().max().unwrap_or_default(),
        }
    }
}

/// A week of which `past` days have come.
fn days(counts: &[usize], past: usize) -> [Option<usize>; WEEK] {
    std::array::from_fn(|place| counts.get(place).copied().filter(|_| place < past))
}

/// Days in a row with an answer; today may still be empty.
fn streak(counts: &[usize]) -> usize {
    let today = counts.last().is_some_and(|count| *count > 0);
    let past = if today { counts } else { counts.split_last().map_or(counts, |(_, past)| past) };
    past.iter().rev().take_while(|count| **count > 0).count()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at_day, day, outcome};
    use super::*;

    fn calendar(days: &[i64], today: i64) -> Calendar {
        let outcomes: Vec<Outcome> = days.iter().map(|day| outcome(at_day(*day), "shop", true)).collect();
        Calendar::of(&outcomes.iter().collect::<Vec<_>>(), today, &day)
    }

    #[test]
    fn weeks_begin_on_monday_and_days_to_come_are_none() {
        // Day 4 is Monday, 5 January 1970.
        let calendar = calendar(&[4, 4, 6], 7);
        assert_eq!(calendar.weeks, [[Some(2), Some(0), Some(1), Some(0), None, None, None]]);
        assert_eq!((calendar.active, calendar.most, calendar.streak), (2, 2, 1));
    }

    #[test]
    fn it_reaches_back_half_a_year_and_begins_with_the_first_week_that_has_an_answer() {
        let today = 20_000;
        assert_eq!(calendar(&[today - 400], today).weeks.len(), 0);
        assert_eq!(calendar(&[today - 14], today).weeks.len(), 3);
        assert_eq!(calendar(&[today - 400, today - 7 * 25, today], today).weeks.len(), 26);
    }

    #[test]
    fn a_streak_outlives_a_day_that_is_not_over() {
        assert_eq!(calendar(&[8, 9, 10], 10).streak, 3);
        assert_eq!(calendar(&[8, 9, 10], 11).streak, 3);
        assert_eq!(calendar(&[8, 9, 10], 12).streak, 0);
    }
}
