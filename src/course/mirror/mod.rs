//! The mirror: what a learner's answers say about the learner.
//!
//! Everything is a fold of the graded answers, shown with the evidence it rests on. Which way they lean, which beliefs their
//! wrong controls showed and when, how often they were right when they were sure, on which days they worked, and what they
//! have mastered. What a row was remembered as is [`super::review`]'s.

mod beliefs;
mod calendar;
mod mastery;

pub use beliefs::{Belief, Evidence, Strength, WINDOW};
pub use calendar::{Calendar, WEEK, WEEKS};
pub use mastery::{DAYS, Mastery, RIGHT, SCENARIOS, Standing};

use super::{Miss, Outcome, Owner, Progress, Timestamp};

/// What a learner's answers say about the learner, at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mirror {
    /// Graded answers.
    pub answers: usize,
    /// Of the customer's rows, those left to the provider.
    pub over_trust: Share,
    /// Of the provider's rows, those claimed.
    pub over_claim: Share,
    /// The same of the latest answers, [`RECENT`] at most.
    pub lately: (Share, Share),
    /// Where the learner was sure.
    pub sure: Share,
    /// Where they were not.
    pub unsure: Share,
    /// The pitfalls shown, the strongest first.
    pub beliefs: Vec<Belief>,
    /// Threats, by id.
    pub threats: Vec<Mastery>,
    /// Service models, by their word.
    pub models: Vec<Mastery>,
    /// How much was done on which day.
    pub calendar: Calendar,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that count.
    pub of: usize,
    /// All there are.
    pub all: usize,
}

/// Answers that count as the latest: about two scenarios.
pub const RECENT: usize = 20;

impl Share {
    /// Counts one more.
    fn count(&mut self, counts: bool) {
        self.of += usize::from(counts);
        self.all += 1;
    }

    /// In whole percent, as points are rounded: all only of all, nothing only of nothing.
    pub fn percent(self) -> u32 {
        let whole = |number| u32::try_from(number).unwrap_or(u32::MAX);
        super::percent(whole(self.of), whole(self.all))
    }
}

impl Mirror {
    /// What `progress` says at `now`. `day` numbers the learner's days, in whatever zone they live in.
    pub fn of(progress: &Progress, now: Timestamp, day: &dyn Fn(Timestamp) -> i64) -> Self {
        let graded: Vec<&Outcome> = progress.outcomes.iter().filter(|outcome| outcome.mark.out_of > 0).collect();
        let latest = graded.get(graded.len().saturating_sub(RECENT)..).unwrap_or_default();
        let right = |wanted: bool| {
            let mut share = Share::default();
            graded.iter().filter(|one| one.unsure == wanted).for_each(|one| share.count(one.mark.right()));
            share
        };
        let (over_trust, over_claim) = leaning(progress, &graded);
        Self {
            answers: graded.len(),
            over_trust,
            over_claim,
            lately: leaning(progress, latest),
            sure: right(false),
            unsure: right(true),
            beliefs: beliefs::beliefs(&graded),
            threats: mastery::mastery(&graded, day, |outcome| outcome.mark.threat.as_deref()),
            models: mastery::mastery(&graded, day, |outcome| Some(outcome.model.word())),
            calendar: Calendar::of(&graded, day(now), day),
        }
    }
}

/// Of the customer's rows those left to the provider, and of the provider's those claimed.
fn leaning(progress: &Progress, outcomes: &[&Outcome]) -> (Share, Share) {
    let (mut trust, mut claim) = (Share::default(), Share::default());
    for outcome in outcomes {
        match owner(progress, outcome) {
            Some(Owner::Customer) => trust.count(outcome.mark.miss == Some(Miss::OverTrust)),
            Some(Owner::Provider) => claim.count(outcome.mark.miss == Some(Miss::OverClaim)),
            None => {}
        }
    }
    (trust, claim)
}

/// Whose the row was: the side that was said where that was right, the other one where it was not.
fn owner(progress: &Progress, outcome: &Outcome) -> Option<Owner> {
    match outcome.mark.miss {
        Some(Miss::OverTrust) => Some(Owner::Customer),
        Some(Miss::OverClaim) => Some(Owner::Provider),
        None => {
            let log = progress.attempt(outcome.attempt)?;
            log.answers.get(&outcome.layer).map(|answer| answer.said.owner)
        }
    }
}

#[cfg(test)]
pub(in crate::course) mod tests {
    use super::super::{AttemptLog, Mark, Model, RecordKey};
    use super::*;

    /// A day of twenty-four hours, counted from the epoch.
    pub(in crate::course) fn day(at: Timestamp) -> i64 {
        at.0.div_euclid(86_400_000)
    }

    pub(in crate::course) fn at_day(day: i64) -> Timestamp {
        Timestamp(day * 86_400_000 + 1)
    }

    pub(in crate::course) fn outcome(at: Timestamp, scenario: &str, right: bool) -> Outcome {
        Outcome {
            at,
            attempt: RecordKey { origin: 0, seq: 0 },
            scenario: scenario.into(),
            layer: "row".into(),
            lesson: "8.1".into(),
            model: Model::Saas,
            mark: Mark {
                owner: right,
                control: right,
                points: if right { 2 } else { 0 },
                out_of: 2,
                miss: (!right).then_some(Miss::OverTrust),
                trap: (!right).then(|| "managed-means-secured".to_owned()),
                threat: Some("public-database".into()),
            },
            unsure: false,
            hinted: false,
        }
    }

    fn progress(outcomes: Vec<Outcome>) -> Progress {
        let mut progress = Progress::default();
        progress.outcomes = outcomes;
        progress
    }

    #[test]
    fn what_is_contested_says_nothing() {
        let mut disputed = outcome(at_day(1), "shop", true);
        disputed.mark.out_of = 0;
        let mirror = Mirror::of(&progress(vec![disputed]), at_day(1), &day);
        assert_eq!(mirror.answers, 0);
        assert_eq!(mirror.sure, Share::default());
    }

    #[test]
    fn sure_and_unsure_are_held_against_what_was_right() {
        let unsure = |right| Outcome { unsure: true, ..outcome(at_day(1), "shop", right) };
        let answers = vec![outcome(at_day(1), "shop", true), outcome(at_day(1), "shop", false), unsure(true)];
        let mirror = Mirror::of(&progress(answers), at_day(1), &day);
        assert_eq!((mirror.sure, mirror.unsure), (Share { of: 1, all: 2 }, Share { of: 1, all: 1 }));
        assert_eq!(mirror.sure.percent(), 50);
    }

    #[test]
    fn leaning_counts_each_side_by_its_own_rows() {
        let mut claimed = outcome(at_day(1), "shop", false);
        claimed.mark.miss = Some(Miss::OverClaim);
        let mirror = Mirror::of(&progress(vec![outcome(at_day(1), "shop", false), claimed]), at_day(1), &day);
        assert_eq!((mirror.over_trust, mirror.over_claim), (Share { of: 1, all: 1 }, Share { of: 1, all: 1 }));
    }

    #[test]
    fn the_side_of_a_right_answer_is_the_one_that_was_said() {
        use super::super::{Entry, Order, Record, grading::tests::said};
        let key = |seq| RecordKey { origin: 9, seq };
        let began = Entry::Began {
            scenario: "shop".into(),
            lesson: "8.1".into(),
            model: Model::Saas,
            mode: super::super::Mode::Practice,
            seed: 0,
            order: Order::Authored,
            rows: vec!["row".into()],
        };
        let mark = outcome(at_day(1), "shop", true).mark;
        let answered = Entry::Answered {
            attempt: key(0),
            layer: "row".into(),
            digest: super::super::Digest(0),
            said: said(Owner::Provider, 0),
            mark: Some(mark),
        };
        let records =
            [began, answered].into_iter().zip(0..).map(|(entry, seq)| Record { key: key(seq), at: at_day(1), entry });
        let progress = Progress::fold(&records.collect::<Vec<_>>());
        assert_eq!(progress.attempt(key(0)).map(AttemptLog::finished), Some(true));
        let mirror = Mirror::of(&progress, at_day(1), &day);
        assert_eq!((mirror.over_trust, mirror.over_claim), (Share::default(), Share { of: 0, all: 1 }));
    }
}
