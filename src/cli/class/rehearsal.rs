//! A class file's copy to rehearse with: made-up learners in place of its own, and dates that have passed.

use std::path::Path;

use jiff::{ToSpan, civil};
use toml_edit::{ArrayOfTables, Datetime, Item, TableLike, Value};

use crate::{
    classroom::{Class, made_up},
    course::Timestamp,
};

use super::{
    super::Failure,
    copies::{document, table},
};

/// The text of the copy, for so many learners. Dates move back by whole weeks until all of them are past, so that the days
/// of the week stay; those that are past already stay where they are.
pub(super) fn copy(path: &Path, (class, learners): (&Class, usize), now: Timestamp) -> Result<String, Failure> {
    let mut document = document(path)?;
    document.remove("roster");
    document.remove("learner");
    let weeks = weeks(class, now);
    if let Some(assignments) = document.get_mut("assignment").and_then(Item::as_array_of_tables_mut) {
        for assignment in assignments.iter_mut() {
            moved(assignment, weeks);
        }
    }
    let mut tables = ArrayOfTables::new();
    for learner in made_up(class, learners) {
        tables.push(table(&learner));
    }
    document.insert("learner", Item::ArrayOfTables(tables));
    Ok(document.to_string())
}

/// How many weeks the last date of the class lies ahead.
fn weeks(class: &Class, now: Timestamp) -> i64 {
    const WEEK: i64 = 7 * 24 * 60 * 60 * 1_000;
    let dates = class.assignments.iter().flat_map(|one| [one.opens, one.due, one.closes]).flatten();
    dates.max().map_or(0, |last| (last.since(now) + WEEK - 1) / WEEK)
}

fn moved(table: &mut dyn TableLike, weeks: i64) {
    for key in ["opens", "due", "closes", "until"] {
        if let Some(Value::Datetime(date)) = table.get_mut(key).and_then(Item::as_value_mut)
            && let Some(earlier) = earlier(*date.value(), weeks)
        {
            *date = toml_edit::Formatted::new(earlier);
        }
    }
    if let Some(late) = table.get_mut("late").and_then(Item::as_table_like_mut) {
        moved(late, weeks);
    }
}

fn earlier(date: Datetime, weeks: i64) -> Option<Datetime> {
    let day = date.date?;
    let (year, month) = (i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?);
    let moved = civil::Date::new(year, month, i8::try_from(day.day).ok()?).ok()?.checked_sub(weeks.weeks()).ok()?;
    let (year, month) = (u16::try_from(moved.year()).ok()?, u8::try_from(moved.month()).ok()?);
    let day = toml_edit::Date { year, month, day: u8::try_from(moved.day()).ok()? };
    Some(Datetime { date: Some(day), ..date })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Datetime {
        text.parse().expect("it is a date")
    }

    #[test]
    fn a_date_moves_by_weeks_and_keeps_its_hour_and_offset() {
        assert_eq!(earlier(date("2026-10-05T09:00:00"), 1), Some(date("2026-09-28T09:00:00")));
        assert_eq!(earlier(date("2027-01-02T23:59:00+01:00"), 2), Some(date("2026-12-19T23:59:00+01:00")));
        assert_eq!(earlier(date("2026-10-05T09:00:00"), 0), Some(date("2026-10-05T09:00:00")));
    }
}
