//! When something may be done: the dates of the file, moved by what instructors did since.

use std::time::Duration;

use crate::course::Timestamp;

use super::{Act, Assignment, Away, ClassRecord, work::Sat};

/// When a learner may work on an assignment, as of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From when.
    pub opens: Option<Timestamp>,
    /// By when it shall be handed in.
    pub due: Option<Timestamp>,
    /// When nothing more is taken.
    pub closes: Option<Timestamp>,
    /// How often it may be begun.
    pub attempts: Option<u32>,
    /// It stands still at the moment.
    pub paused: bool,
    /// When time stood still: from, and to, or to that moment.
    stops: Vec<(Timestamp, Timestamp)>,
    /// When how much was given to whoever was at work.
    extended: Vec<(Timestamp, i64)>,
    /// Time stands still since.
    since: Option<Timestamp>,
}

impl Window {
    /// The window of who logs in with `login` as it stands at `now`; `acts` are the class's, in order of time.
    pub fn of<'a>(
        assignment: &Assignment,
        login: &str,
        acts: impl IntoIterator<Item = &'a ClassRecord>,
        now: Timestamp,
    ) -> Self {
        let Assignment { opens, due, closes, attempts, .. } = *assignment;
        let mut window = Self { opens, due, closes, attempts, ..Self::default() };
        let about = |record: &&ClassRecord| {
            let act = &record.entry.act;
            record.at <= now && act.assignment() == Some(assignment.id.as_str()) && act.is_for(login)
        };
        for record in acts.into_iter().filter(about) {
            window.take(record.at, &record.entry.act);
        }
        if let Some(since) = window.since {
            window.resume(now);
            window.since = Some(since);
            window.paused = true;
        }
        window
    }

    fn take(&mut self, at: Timestamp, act: &Act) {
        match act {
            Act::Opened { .. } => {
                self.opens = Some(at);
                self.closes = self.closes.filter(|closes| *closes > at);
            }
            Act::Closed { .. } => self.closes = Some(at),
            Act::Paused { .. } => {
                self.since.get_or_insert(at);
            }
            Act::Resumed { .. } => self.resume(at),
            Act::Extended { by_ms, .. } => {
                self.move_ends(Timestamp(i64::MIN), *by_ms);
                self.extended.push((at, *by_ms));
            }
            Act::Reopened { until, .. } => {
                self.closes = *until;
                self.attempts = self.attempts.map(|attempts| attempts.saturating_add(1));
            }
            Act::Messaged { .. } | Act::PollOpened { .. } | Act::PollRevealed { .. } | Act::PollClosed { .. } => {}
        }
    }

    fn resume(&mut self, at: Timestamp) {
        let Some(since) = self.since.take() else { return };
        let from = self.opens.map_or(since, |opens| opens.max(since));
        if from < at {
            self.stops.push((from, at));
            self.move_ends(from, at.since(from));
        }
    }

    /// Moves the ends that come after `from`.
    fn move_ends(&mut self, from: Timestamp, by: i64) {
        for end in [&mut self.due, &mut self.closes] {
            *end = end.map(|end| if end > from { later(end, by) } else { end });
        }
    }

    /// When time stood still: from, and to.
    pub(super) fn stops(&self) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        self.stops.iter().copied()
    }

    /// An answer confirmed at `at` counts in an attempt that ends at `end`: it came in time, and not while time stood still.
    pub fn counts(&self, at: Timestamp, end: Option<Timestamp>) -> bool {
        let stood = self.stops.iter().any(|(from, to)| *from < at && at < *to);
        let stands = self.since.is_some_and(|since| since < at);
        !stood && !stands && end.is_none_or(|end| at <= end)
    }

    /// When time last went on again after it had stood still; that moment, where it still does.
    pub fn went_on(&self) -> Option<Timestamp> {
        self.stops.iter().map(|(_, to)| *to).max()
    }

    /// It can be begun or gone on with at `now`, as far as the dates go.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.opens.is_none_or(|opens| opens <= now) && self.closes.is_none_or(|closes| now < closes)
    }

    /// When the time of an attempt is up: its own limit, or the closing date where that is earlier.
    ///
    /// Time that stood still does not count, nor does an absence where the rule says so; what was given while the attempt
    /// was under way is added.
    pub fn end(&self, sat: &Sat, limit: Option<Duration>, away: Away, now: Timestamp) -> Option<Timestamp> {
        let own = limit.map(|limit| self.own_end(sat, limit, away, now));
        match (own, self.closes) {
            (Some(own), Some(closes)) => Some(own.min(closes)),
            (own, closes) => own.or(closes),
        }
    }

    fn own_end(&self, sat: &Sat, limit: Duration, away: Away, now: Timestamp) -> Timestamp {
        let mut stops = self.stops.clone();
        if away == Away::Runs {
            return self.moved(sat, limit, stops);
        }
        stops.extend(sat.breaks.iter().map(|(from, to)| (*from, to.unwrap_or(now))));
        let end = self.moved(sat, limit, stops.clone());
        if !sat.is_open() || sat.is_away() || now.since(end) <= SILENCE {
            return end;
        }
        stops.push((sat.touched, now));
        self.moved(sat, limit, stops)
    }

    /// The end of a limit that these stops and what was given meanwhile have moved.
    fn moved(&self, sat: &Sat, limit: Duration, stops: Vec<(Timestamp, Timestamp)>) -> Timestamp {
        let mut end = later(sat.at, i64::try_from(limit.as_millis()).unwrap_or(i64::MAX));
        for (at, step) in steps(stops, &self.extended) {
            match step {
                Step::Given(by) if at >= sat.at && at < end => end = later(end, by),
                Step::Stood(to) if at < end => end = later(end, to.since(at.max(sat.at))),
                Step::Given(_) | Step::Stood(_) => {}
            }
        }
        end
    }
}

/// How long after the end of a limit the session at work may take to hand in, in milliseconds. Where time stops for who is
/// away and nothing came by then, there was no session any more: it was killed without a word, and counts as away from its
/// last record on.
pub(super) const SILENCE: i64 = 10_000;

/// What moves the end of an attempt.
enum Step {
    /// Time was given.
    Given(i64),
    /// Time stood still until then.
    Stood(Timestamp),
}

/// What moves an end, in order of time; stops that overlap count once.
fn steps(mut stops: Vec<(Timestamp, Timestamp)>, extended: &[(Timestamp, i64)]) -> Vec<(Timestamp, Step)> {
    stops.sort_unstable();
    let mut steps: Vec<(Timestamp, Step)> = extended.iter().map(|(at, by)| (*at, Step::Given(*by))).collect();
    let mut reached = Timestamp(i64::MIN);
    for (from, to) in stops {
        let from = from.max(reached);
        if from < to {
            steps.push((from, Step::Stood(to)));
            reached = to;
        }
    }
    steps.sort_by_key(|(at, _)| *at);
    steps
}

/// `at`, moved by so many milliseconds.
const fn later(at: Timestamp, by: i64) -> Timestamp {
    Timestamp(at.0.saturating_add(by))
}
