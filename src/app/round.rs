//! A round of single rows: begun, asked row by row, and ended.

use crate::course::{AttemptLog, Drill, Entry, Purpose, RecordKey, RowRef};

use super::{
    Context, Exercise, Goal, State,
    draw::{self, REVIEW, Reach},
    pages,
};

/// The row of a round that is asked next: the first without an answer that the course still has and that no exam asks.
pub(super) fn next_row(cx: &Context, id: RecordKey) -> Option<RowRef> {
    let round = cx.progress.round(id)?;
    let reach = Reach::of(cx);
    let open = |row: &&RowRef| cx.progress.attempt_at(round, row).is_none_or(|log| !log.finished());
    let there = |row: &&RowRef| {
        let layer = cx.scenarios.get(&row.scenario).map(|scenario| scenario.layer(&row.layer));
        reach.allows(&row.scenario) && layer.is_none_or(|layer| layer.is_some_and(|(_, layer)| !layer.contested))
    };
    round.rows.iter().filter(open).find(there).cloned()
}

/// The scenarios of a round's answers, as far as the course has them.
pub(super) fn scenarios(cx: &Context, id: RecordKey) -> Vec<String> {
    let Some(round) = cx.progress.round(id) else { return Vec::new() };
    let logs = round.attempts.iter().filter_map(|attempt| cx.progress.attempt(*attempt));
    let known = |log: &&AttemptLog| cx.course.catalog.find(&log.scenario).is_some();
    logs.filter(known).map(|log| log.scenario.clone()).collect()
}

impl Exercise {
    /// Where the row at hand stands in its round, counted from one, and how many rows that has.
    pub fn place_in_round(&self, cx: &Context) -> Option<(usize, usize)> {
        let round = cx.progress.round(self.attempt.mode.round()?)?;
        let layer = self.attempt.layer_of(0)?;
        let is_it = |row: &RowRef| row.layer == layer.id && row.scenario == self.attempt.scenario.id;
        Some((round.rows.iter().position(is_it)? + 1, round.rows.len()))
    }
}

impl State {
    /// Goes on with a review that was left, or asks what is due.
    pub(super) fn review(&mut self) {
        let left = self.cx.progress.open_round().filter(|round| round.purpose == Purpose::Review).map(|round| round.id);
        if let Some(id) = left.filter(|id| next_row(&self.cx, *id).is_some()) {
            self.pursue(Goal::Continue(id));
            return;
        }
        let Ok(rows) = draw::review(&self.cx) else { return };
        let sum = draw::forecast(&self.cx);
        if rows.is_empty() {
            self.cx.say(match sum.week {
                0 => "Nothing is due, and nothing comes back this week.".to_owned(),
                week => format!("Nothing is due. Tomorrow: {}; within a week: {week}.", sum.tomorrow),
            });
            return;
        }
        let later = sum.now.saturating_sub(rows.len());
        let rest = if later > 0 { format!(" {later} more are due after them.") } else { String::new() };
        self.cx.say(format!("Review: {}.{rest}", pages::count(rows.len(), "row")));
        self.begin_round(Purpose::Review, rows);
    }

    /// Asks rows about something.
    pub(super) fn drill(&mut self, drill: Drill) {
        let Ok(rows) = draw::drill(&self.cx, &drill) else { return };
        if rows.is_empty() {
            self.cx.say(match drill {
                Drill::Weak => "No weak spots: what you answered, you answered rightly.",
                _ => "The lessons that are open have no such rows.",
            });
            return;
        }
        let title = pages::title(&self.cx.course, &Purpose::Drill(drill.clone()));
        self.cx.say(format!("{title}: {}.", pages::count(rows.len(), "row")));
        self.begin_round(Purpose::Drill(drill), rows);
    }

    /// Begins a round. One that was left open is given up: one is continued, never two.
    fn begin_round(&mut self, purpose: Purpose, rows: Vec<RowRef>) {
        debug_assert!(rows.len() <= REVIEW, "rounds are bounded");
        if let Some(open) = self.cx.progress.open_round() {
            let attempt = open.id;
            self.cx.record(Entry::Dropped { attempt });
        }
        let round = self.cx.record(Entry::Drew { purpose, rows });
        self.pursue(Goal::Continue(round));
    }

    /// Asks the next row of a round, or ends it.
    pub(super) fn ask(&mut self, id: RecordKey) {
        let Some(round) = self.cx.progress.round(id) else { return };
        let mode = round.purpose.mode(id);
        let Some(row) = next_row(&self.cx, id) else {
            // Rows that can be asked no more do not keep it open.
            if self.cx.progress.open_round().is_some_and(|open| open.id == id) {
                self.cx.record(Entry::Dropped { attempt: id });
            }
            self.pursue(Goal::Round(id));
            return;
        };
        match self.cx.progress.attempt_at(round, &row).cloned() {
            Some(log) => self.open(&log),
            None => self.begin(&row.scenario, mode, vec![row.layer]),
        }
    }
}
