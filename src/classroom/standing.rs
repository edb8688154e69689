//! How a learner stands with an assignment: what they may do, what is left of their time, and what it is worth.

use std::{collections::BTreeMap, sync::Arc};

use crate::course::{RecordKey, Scenario, Timestamp};

use super::{
    Assignment, Counts, Feedback, Grader, Late, Learner, Percent, Rules, Window,
    work::{Sat, Work},
};

/// The scenarios by id, which hold what is right. Whoever has it can grade.
pub type AnswerKey = BTreeMap<String, Arc<Scenario>>;

/// Where a learner is with an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It cannot be begun yet.
    NotOpen,
    /// It can be begun and has not been.
    NotBegun,
    /// An attempt is under way.
    Working,
    /// It is handed in, by the learner or by the clock.
    HandedIn,
    /// So it is, after the due date.
    Late,
    /// It is closed and was never begun.
    Missed,
}

/// How a learner stands with an assignment, as of one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Where they are.
    pub state: State,
    /// The dates that hold for them.
    pub window: Window,
    /// Attempts, the first one first.
    pub tries: Vec<Try>,
    /// The attempt that counts, a place in `tries`; never one under way.
    pub counting: Option<usize>,
    /// When the attempt under way ends, or else when it can no longer be begun.
    pub ends: Option<Timestamp>,
    /// A new attempt can be begun now.
    pub may_begin: bool,
    /// The answers may be explained now (`Feedback`).
    pub explained: bool,
}

/// One attempt, graded as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// Its name.
    pub sitting: RecordKey,
    /// When it was begun.
    pub began: Timestamp,
    /// When it was handed in; by the clock, when the last answer in time was given. None while it is under way.
    pub done: Option<Timestamp>,
    /// It was handed in by the clock.
    pub by_clock: bool,
    /// When its time is up, or was.
    pub ends: Option<Timestamp>,
    /// Rows answered in time.
    pub answered: usize,
    /// Rows there are.
    pub rows: usize,
    /// Points reached.
    pub points: u32,
    /// Points there were, rows without an answer included.
    pub out_of: u32,
    /// Answers that cannot be graded, since their question has left the course: they count for nothing.
    pub ungraded: usize,
    /// Days, or parts of one, after the due date.
    pub days_late: u32,
    /// What that costs.
    pub penalty: Percent,
    /// What is left: the share of the points less the penalty.
    pub score: Percent,
}

impl Standing {
    /// How `learner` stands with `assignment` at `now`, when their window is this and nobody (`over`) may hand it in any more.
    pub fn of(
        (learner, assignment): (&Learner, &Assignment),
        work: Option<&Work>,
        (window, over): (Window, bool),
        (grader, now): (&Grader<'_>, Timestamp),
    ) -> Self {
        let sats = work.into_iter().flat_map(|work| work.at(&assignment.id));
        let limit = assignment.limit_for(learner);
        let allowed = window.attempts.map_or(usize::MAX, |attempts| attempts as usize);
        let ends = |sat: &Sat| window.end(sat, limit, assignment.away, now);
        let tries: Vec<Try> =
            sats.take(allowed).map(|sat| Try::of(assignment, sat, (ends(sat), &window), (grader, now))).collect();
        let under_way = tries.iter().find(|one| one.done.is_none());
        let counting = counting(assignment.counts, &tries);
        let open = window.is_open(now);
        Self {
            state: state(&tries, counting, open, window.opens.is_some_and(|opens| now < opens)),
            ends: under_way.map_or(window.closes, |one| one.ends),
            may_begin: open && !window.paused && under_way.is_none() && tries.len() < allowed,
            explained: explained(assignment.feedback, counting.is_some(), over),
            counting,
            window,
            tries,
        }
    }

    /// The attempt under way.
    pub fn under_way(&self) -> Option<&Try> {
        self.tries.iter().find(|one| one.done.is_none())
    }

    /// The attempt that counts.
    pub fn counted(&self) -> Option<&Try> {
        self.counting.and_then(|place| self.tries.get(place))
    }

    /// Milliseconds left at `now`, none below zero; `None` where nothing ends.
    pub fn time_left(&self, now: Timestamp) -> Option<i64> {
        self.ends.map(|ends| ends.since(now))
    }
}

fn state(tries: &[Try], counting: Option<usize>, open: bool, early: bool) -> State {
    if tries.iter().any(|one| one.done.is_none()) {
        return State::Working;
    }
    match counting.and_then(|place| tries.get(place)) {
        Some(one) if one.days_late > 0 => State::Late,
        Some(_) => State::HandedIn,
        None if early => State::NotOpen,
        None if open => State::NotBegun,
        None => State::Missed,
    }
}

const fn explained(rule: Feedback, done: bool, over: bool) -> bool {
    match rule {
        Feedback::AtOnce => true,
        Feedback::AfterHandIn => done,
        Feedback::AfterDue => over,
        Feedback::Never => false,
    }
}

fn counting(rule: Counts, tries: &[Try]) -> Option<usize> {
    let mut done = tries.iter().enumerate().filter(|(_, one)| one.done.is_some());
    match rule {
        Counts::First => done.next(),
        Counts::Last => done.next_back(),
        Counts::Best => done.reduce(|best, next| if next.1.score > best.1.score { next } else { best }),
    }
    .map(|(place, _)| place)
}

/// What the answers of an attempt add up to.
#[derive(Default)]
struct Sum {
    answered: usize,
    rows: usize,
    points: u32,
    out_of: u32,
    ungraded: usize,
    last: Option<Timestamp>,
}

impl Try {
    fn of(
        assignment: &Assignment,
        sat: &Sat,
        (ends, window): (Option<Timestamp>, &Window),
        (grader, now): (&Grader<'_>, Timestamp),
    ) -> Self {
        let sum = Sum::of(sat, (window, ends), grader);
        let (done, by_clock) = done(assignment.mode, sat, &sum, (ends, now));
        let days_late = done.zip(window.due).map_or(0, |(done, due)| days_after(due, done));
        let (penalty, score) = assignment.late.cost(Percent::of(sum.points, sum.out_of), days_late);
        Self {
            sitting: sat.id,
            began: sat.at,
            done,
            by_clock,
            ends,
            answered: sum.answered,
            rows: sum.rows,
            points: sum.points,
            out_of: sum.out_of,
            ungraded: sum.ungraded,
            days_late,
            penalty,
            score,
        }
    }
}

/// When an attempt was done, and whether it was the clock that handed it in.
///
/// What the clock hands in is as late as its last answer: nobody is late for having left it open.
fn done(rules: Rules, sat: &Sat, sum: &Sum, (ends, now): (Option<Timestamp>, Timestamp)) -> (Option<Timestamp>, bool) {
    let last = sum.last.unwrap_or(sat.at);
    // At its end an attempt is the clock's: an answer may be recorded then, the hand-in is no learner's any more.
    let in_time = |at: Timestamp| ends.is_none_or(|ends| at < ends);
    match (sat.handed_in.as_ref().map(|(at, _)| *at), sat.dropped) {
        (Some(at), _) | (None, Some(at)) if in_time(at) => (Some(at), false),
        (None, None) if rules == Rules::Practice && sum.is_complete() => (Some(last), false),
        (None, None) if ends.is_none_or(|ends| now < ends) => (None, false),
        _ => (Some(last), true),
    }
}

/// Days, or parts of one, from `due` to `done`.
fn days_after(due: Timestamp, done: Timestamp) -> u32 {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    let late = done.since(due);
    u32::try_from(late / DAY + i64::from(late % DAY > 0)).unwrap_or(u32::MAX)
}

impl Late {
    /// What so many days cost an attempt that is worth `earned`, and what is left.
    pub fn cost(self, earned: Percent, days: u32) -> (Percent, Percent) {
        let floor = Percent::whole(self.floor).min(earned);
        let wanted = Percent::whole(self.per_day.saturating_mul(days));
        let left = earned.less(wanted).max(floor);
        (earned.less(left), left)
    }
}

impl Sum {
    /// Every row is answered.
    const fn is_complete(&self) -> bool {
        self.rows > 0 && self.answered == self.rows
    }

    fn of(sat: &Sat, (window, end): (&Window, Option<Timestamp>), grader: &Grader<'_>) -> Self {
        let mut sum = Self::default();
        grader.rows(sat, (window, end), |row| {
            sum.rows += 1;
            sum.points += row.points();
            sum.out_of += row.out_of;
            if let Some(given) = row.given {
                sum.answered += 1;
                sum.last = sum.last.max(Some(given.at));
                sum.ungraded += usize::from(row.mark.is_none());
            }
        });
        sum
    }
}
