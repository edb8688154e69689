//! The order in which rows of several scenarios are asked.

use super::super::Model;

/// What decides a row's place among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Scenario id.
    pub scenario: &'a str,
    /// What the row is about.
    pub subject: &'a str,
    /// Service model.
    pub model: Model,
}

/// Orders rows, given with the most urgent first, so that what is easily confused is told apart.
///
/// After each row comes one on the same subject under another model, where there is one: the contrast is what is to be
/// learnt. Otherwise the most urgent row of another scenario: a story that is still in mind would help.
pub fn interleave<T>(mut rows: Vec<T>, about: impl for<'a> Fn(&'a T) -> Asked<'a>) -> Vec<T> {
    let mut order: Vec<T> = Vec::with_capacity(rows.len());
    while !rows.is_empty() {
        let next = order.last().map_or(0, |last| follower(about(last), &rows, &about));
        order.push(rows.remove(next));
    }
    order
}

/// The place of the row that follows `last`.
fn follower<T>(last: Asked<'_>, rows: &[T], about: &impl for<'a> Fn(&'a T) -> Asked<'a>) -> usize {
    let contrast = |row: &T| {
        let row = about(row);
        row.subject == last.subject && row.model != last.model && row.scenario != last.scenario
    };
    let elsewhere = |row: &T| about(row).scenario != last.scenario;
    rows.iter().position(contrast).or_else(|| rows.iter().position(elsewhere)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [(&str, &str, Model); 5] = [
        ("shop", "patches", Model::Paas),
        ("shop", "backups", Model::Paas),
        ("blog", "logs", Model::Iaas),
        ("blog", "patches", Model::Iaas),
        ("mail", "logs", Model::Saas),
    ];

    fn about<'a>(row: &'a (&'static str, &'static str, Model)) -> Asked<'a> {
        Asked { scenario: row.0, subject: row.1, model: row.2 }
    }

    #[test]
    fn confusable_rows_follow_each_other_and_no_row_is_lost() {
        let order = interleave(ROWS.to_vec(), about);
        let named: Vec<(&str, &str)> = order.iter().map(|row| (row.0, row.1)).collect();
        let want = [("shop", "patches"), ("blog", "patches"), ("shop", "backups"), ("blog", "logs"), ("mail", "logs")];
        assert_eq!(named, want);
        let alone: Vec<_> = ROWS.iter().take(2).copied().collect();
        assert_eq!(interleave(alone.clone(), about), alone, "one scenario's rows keep their order");
    }
}
