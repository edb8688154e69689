//! How long a row took.
//!
//! The clock runs in the attempt: from what came before (an answer, or the beginning of the scenario or of the attempt) to
//! the answer. Where an answer was changed, its times add up. Time in which the learner was away or everything stood still is
//! taken out. In practice it includes reading the explanation of the row before.

use std::collections::HashMap;

use crate::{
    classroom::{Sat, Window},
    course::{AttemptId, Timestamp},
};

/// Milliseconds that the answers of an attempt took until `end`, by run and row.
pub(in crate::classroom) fn spent<'w>(
    sat: &'w Sat,
    end: Option<Timestamp>,
    window: &Window,
) -> HashMap<(AttemptId, &'w str), i64> {
    let mut steps: Vec<(Timestamp, Option<(AttemptId, &str)>)> = Vec::new();
    for run in &sat.runs {
        steps.push((run.at, None));
        let in_time = run.answers.iter().filter(|given| end.is_none_or(|end| given.at <= end));
        steps.extend(in_time.map(|given| (given.at, Some((run.id, given.layer.as_str())))));
    }
    steps.sort_by_key(|(at, _)| *at);
    let mut spent = HashMap::new();
    let mut before = sat.at;
    for (at, row) in steps {
        if let Some(row) = row {
            *spent.entry(row).or_default() += passed(sat, window, (before, at));
        }
        before = before.max(at);
    }
    spent
}

fn passed(sat: &Sat, window: &Window, (from, to): (Timestamp, Timestamp)) -> i64 {
    let away = sat.breaks.iter().map(|(left, back)| overlap((from, to), (*left, back.unwrap_or(to))));
    let lost: i64 = away.chain(window.stops().map(|stop| overlap((from, to), stop))).sum();
    (to.since(from) - lost).max(0)
}

fn overlap((from, to): (Timestamp, Timestamp), (start, stop): (Timestamp, Timestamp)) -> i64 {
    to.min(stop).since(from.max(start))
}
