//! Sums over graded answers: how a learner stands by lesson, threat, model and pitfall, and over time.

use super::{Miss, Outcome};

/// What to sum by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TallyBy {
    /// Lesson id.
    Lesson,
    /// Threat id; answers without a threat are left out.
    Threat,
    /// Service model's word.
    Model,
    /// Pitfall id: only answers that showed one are counted.
    Pitfall,
}

impl TallyBy {
    fn key(self, outcome: &Outcome) -> Option<&str> {
        match self {
            Self::Lesson => Some(&outcome.lesson),
            Self::Threat => outcome.mark.threat.as_deref(),
            Self::Model => Some(outcome.model.word()),
            Self::Pitfall => outcome.mark.trap.as_deref(),
        }
    }
}

/// Sums of some answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What they have in common.
    pub key: String,
    /// Answers.
    pub rows: usize,
    /// Answers right in both owner and control.
    pub right: usize,
    /// Points reached.
    pub points: u32,
    /// Points there were.
    pub out_of: u32,
    /// Customer duties left to the provider.
    pub over_trust: usize,
    /// Provider duties claimed.
    pub over_claim: usize,
}

impl Tally {
    /// Sums `outcomes` by what `by` says, in the order keys first appear.
    pub fn by<'a>(by: TallyBy, outcomes: impl IntoIterator<Item = &'a Outcome>) -> Vec<Self> {
        let mut sums: Vec<Self> = Vec::new();
        for outcome in outcomes.into_iter().filter(|outcome| outcome.mark.out_of > 0) {
            let Some(key) = by.key(outcome) else { continue };
            let place = sums.iter().position(|sum| sum.key == key).unwrap_or_else(|| {
                sums.push(Self { key: key.to_owned(), ..Self::default() });
                sums.len() - 1
            });
            if let Some(sum) = sums.get_mut(place) {
                sum.add(outcome);
            }
        }
        sums
    }

    /// Sums all of `outcomes`.
    pub fn of<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> Self {
        let mut sum = Self::default();
        for outcome in outcomes.into_iter().filter(|outcome| outcome.mark.out_of > 0) {
            sum.add(outcome);
        }
        sum
    }

    fn add(&mut self, outcome: &Outcome) {
        self.rows += 1;
        self.right += usize::from(outcome.mark.right());
        self.points += outcome.mark.points;
        self.out_of += outcome.mark.out_of;
        self.over_trust += usize::from(outcome.mark.miss == Some(Miss::OverTrust));
        self.over_claim += usize::from(outcome.mark.miss == Some(Miss::OverClaim));
    }

    /// Share of the points in whole percent, as [`percent`] rounds it.
    pub fn percent(&self) -> u32 {
        percent(self.points, self.out_of)
    }
}

/// `points` of `out_of` in whole percent, rounded to the nearest, but 100 only when nothing is missing
/// and 0 only when nothing is there. Nothing out of nothing is 0.
pub fn percent(points: u32, out_of: u32) -> u32 {
    if out_of == 0 {
        return 0;
    }
    let rounded = (u64::from(points) * 200 + u64::from(out_of)) / (u64::from(out_of) * 2);
    let rounded = u32::try_from(rounded).unwrap_or(100);
    match points {
        0 => 0,
        some if some >= out_of => 100,
        _ => rounded.clamp(1, 99),
    }
}

#[cfg(test)]
mod tests {
    use super::super::grading::tests::{layer, said};
    use super::super::{Model, Owner, RecordKey, Timestamp, mark};
    use super::*;

    fn outcome(owner: Owner, control: usize) -> Outcome {
        Outcome {
            at: Timestamp(0),
            attempt: RecordKey { origin: 0, seq: 0 },
            scenario: "shop".into(),
            layer: "row".into(),
            lesson: "8.1".into(),
            model: Model::Saas,
            mark: mark(&layer("row", Owner::Customer), &said(owner, control)),
            unsure: false,
            hinted: false,
        }
    }

    #[test]
    fn sums_are_kept_apart_by_key_and_pitfalls_count_only_where_shown() {
        let outcomes = [outcome(Owner::Customer, 1), outcome(Owner::Provider, 0)];
        let threats = Tally::by(TallyBy::Threat, &outcomes);
        assert_eq!(threats.len(), 1);
        assert_eq!((threats[0].rows, threats[0].right, threats[0].points, threats[0].over_trust), (2, 1, 2, 1));
        assert_eq!(Tally::by(TallyBy::Pitfall, &outcomes)[0].rows, 1);
        assert_eq!(Tally::of(&outcomes).percent(), 50);
    }

    #[test]
    fn percent_says_all_only_of_all_and_nothing_only_of_nothing() {
        assert_eq!([percent(14, 16), percent(199, 200), percent(1, 400), percent(0, 0)], [88, 99, 1, 0]);
        assert_eq!([percent(16, 16), percent(0, 16)], [100, 0]);
    }
}
