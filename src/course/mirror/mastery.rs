//! What is mastered: shown in several scenarios, on different days, and not by one lucky try.

use std::collections::{BTreeSet, HashMap};

use super::super::Outcome;

/// How a learner stands with one threat or service model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mastery {
    /// Id of the threat, word of the model.
    pub key: String,
    /// The verdict.
    pub standing: Standing,
    /// Rows answered: each counts once, by its last answer.
    pub rows: usize,
    /// Of these, right in owner and control the last time.
    pub right: usize,
    /// Scenarios in which a row was right the last time.
    pub scenarios: usize,
    /// Days on which these were.
    pub days: usize,
}

/// The verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Fewer than four rows were answered: too little to say.
    Begun,
    /// Too much is wrong.
    Shaky,
    /// Right enough, but in too few scenarios or on one day only.
    Promising,
    /// Right, in several scenarios and on different days.
    Mastered,
}

/// Rows that a verdict needs.
const LEAST: usize = 4;

/// Scenarios that mastery needs.
pub const SCENARIOS: usize = 3;

/// Days that mastery needs.
pub const DAYS: usize = 2;

/// Rows that must be right, in percent.
pub const RIGHT: u32 = 85;

/// Mastery by what `key` says, in the order keys first appear.
pub(super) fn mastery<'a>(
    graded: &[&'a Outcome],
    day: &dyn Fn(super::Timestamp) -> i64,
    key: impl Fn(&'a Outcome) -> Option<&'a str>,
) -> Vec<Mastery> {
    let mut keys: Vec<&str> = Vec::new();
    let mut last: HashMap<(&str, &str), (&str, &Outcome)> = HashMap::new();
    for outcome in graded {
        let Some(name) = key(outcome) else { continue };
        if !keys.contains(&name) {
            keys.push(name);
        }
        last.insert((&outcome.scenario, &outcome.layer), (name, outcome));
    }
    let of = |name: &str| -> Vec<&Outcome> {
        last.values().filter(|(key, _)| *key == name).map(|(_, outcome)| *outcome).collect()
    };
    keys.iter().map(|name| Mastery::of(name, &of(name), day)).collect()
}

impl Mastery {
    fn of(key: &str, rows: &[&Outcome], day: &dyn Fn(super::Timestamp) -> i64) -> Self {
        let right: Vec<&&Outcome> = rows.iter().filter(|row| row.mark.right()).collect();
        let scenarios: BTreeSet<&str> = right.iter().map(|row| row.scenario.as_str()).collect();
        let days: BTreeSet<i64> = right.iter().map(|row| day(row.at)).collect();
        let share = super::Share { of: right.len(), all: rows.len() };
        let standing = match (rows.len(), share.percent()) {
            (rows, _) if rows < LEAST => Standing::Begun,
            (_, share) if share < RIGHT => Standing::Shaky,
            _ if scenarios.len() < SCENARIOS || days.len() < DAYS => Standing::Promising,
            _ => Standing::Mastered,
        };
        let (scenarios, days) = (scenarios.len(), days.len());
        Self { key: key.to_owned(), standing, rows: rows.len(), right: right.len(), scenarios, days }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at_day, day, outcome};
    use super::*;

    /// Answers as day, scenario, row, right.
    fn standing(answers: &[(i64, &str, &str, bool)]) -> Mastery {
        let outcomes: Vec<Outcome> = answers
            .iter()
            .map(|(on, scenario, layer, right)| Outcome {
                layer: (*layer).into(),
                ..outcome(at_day(*on), scenario, *right)
            })
            .collect();
        mastery(&outcomes.iter().collect::<Vec<_>>(), &day, |one| one.mark.threat.as_deref()).remove(0)
    }

    #[test]
    fn one_lucky_evening_is_not_mastery() {
        let evening = [(1, "a", "x", true), (1, "b", "x", true), (1, "c", "x", true), (1, "c", "y", true)];
        assert_eq!(standing(&evening).standing, Standing::Promising);
        let mut two_days = evening;
        two_days[3].0 = 2;
        assert_eq!(standing(&two_days).standing, Standing::Mastered);
        let one_scenario = [(1, "a", "w", true), (2, "a", "x", true), (3, "a", "y", true), (4, "a", "z", true)];
        assert_eq!(standing(&one_scenario).standing, Standing::Promising);
    }

    #[test]
    fn the_last_answer_to_a_row_counts() {
        let relearnt =
            [(1, "a", "x", false), (2, "a", "x", true), (2, "b", "x", true), (3, "c", "x", true), (3, "c", "y", true)];
        assert_eq!(standing(&relearnt).standing, Standing::Mastered);
        let forgotten =
            [(1, "a", "x", true), (1, "b", "x", true), (2, "c", "x", true), (2, "c", "y", true), (9, "a", "x", false)];
        let forgotten = standing(&forgotten);
        assert_eq!((forgotten.standing, forgotten.rows, forgotten.right), (Standing::Shaky, 4, 3));
    }

    #[test]
    fn three_rows_say_too_little() {
        assert_eq!(
            standing(&[(1, "a", "x", true), (2, "b", "x", true), (3, "c", "x", true)]).standing,
            Standing::Begun
        );
    }
}
