//! The beliefs that wrong controls have shown, and whether they are still held.
//!
//! A wrong control that shows a pitfall is evidence for it; an answer that shows none is weak evidence against, since the
//! pitfall may not have been on offer. So strength is counted, not computed: how often a belief was shown among the latest
//! answers, and how many answers have passed since the last time.

use super::super::Outcome;

/// A pitfall and the evidence for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belief {
    /// Pitfall id.
    pub pitfall: String,
    /// Whether it is still held.
    pub strength: Strength,
    /// How often it was shown.
    pub shown: usize,
    /// How often among the latest [`WINDOW`] answers.
    pub lately: usize,
    /// Graded answers since the last time.
    pub since: usize,
    /// How often it was shown in each tenth of the learner's answers, the oldest first.
    pub over_time: [usize; 10],
    /// Where it was shown, the latest first: places among the learner's graded answers.
    pub evidence: Vec<Evidence>,
}

/// One time a belief was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// When.
    pub at: super::Timestamp,
    /// Scenario id.
    pub scenario: String,
    /// Layer id.
    pub layer: String,
    /// The learner was sure.
    pub sure: bool,
}

/// Whether a belief is still held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Shown, and not for [`WINDOW`] answers.
    Gone,
    /// Shown once among the latest answers.
    Weak,
    /// Shown two or three times among them: more than a slip.
    Held,
    /// Shown four times or more among them.
    Strong,
}

/// Answers that count as the latest: about three scenarios.
pub const WINDOW: usize = 30;

/// Evidence kept for one belief.
const KEPT: usize = 5;

/// The pitfalls that `graded` shows, the strongest first.
pub(super) fn beliefs(graded: &[&Outcome]) -> Vec<Belief> {
    let mut beliefs: Vec<Belief> = Vec::new();
    for (place, outcome) in graded.iter().enumerate() {
        let Some(pitfall) = &outcome.mark.trap else { continue };
        let known = beliefs.iter().position(|belief| belief.pitfall == *pitfall);
        let at = known.unwrap_or_else(|| {
            beliefs.push(Belief::new(pitfall));
            beliefs.len() - 1
        });
        if let Some(belief) = beliefs.get_mut(at) {
            belief.show(outcome, place, graded.len());
        }
    }
    for belief in &mut beliefs {
        belief.strength = strength(belief.lately);
    }
    beliefs.sort_by_key(|belief| std::cmp::Reverse((belief.lately, belief.shown)));
    beliefs
}

const fn strength(lately: usize) -> Strength {
    match lately {
        0 => Strength::Gone,
        1 => Strength::Weak,
        2 | 3 => Strength::Held,
        _ => Strength::Strong,
    }
}

impl Belief {
    fn new(pitfall: &str) -> Self {
        Self {
            pitfall: pitfall.to_owned(),
            strength: Strength::Gone,
            shown: 0,
            lately: 0,
            since: 0,
            over_time: [0; 10],
            evidence: Vec::new(),
        }
    }

    /// Takes in the answer at `place` of `all`, which shows it.
    fn show(&mut self, outcome: &Outcome, place: usize, all: usize) {
        self.shown += 1;
        self.since = all.saturating_sub(place + 1);
        self.lately += usize::from(self.since < WINDOW);
        if let Some(tenth) = self.over_time.get_mut(place * 10 / all.max(1)) {
            *tenth += 1;
        }
        let (scenario, layer) = (outcome.scenario.clone(), outcome.layer.clone());
        self.evidence.insert(0, Evidence { at: outcome.at, scenario, layer, sure: !outcome.unsure });
        self.evidence.truncate(KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at_day, outcome};
    use super::*;

    fn answers(wrong: &[usize], all: usize) -> Vec<Outcome> {
        (0..all).map(|place| outcome(at_day(1), "shop", !wrong.contains(&place))).collect()
    }

    fn first(outcomes: &[Outcome]) -> Belief {
        beliefs(&outcomes.iter().collect::<Vec<_>>()).remove(0)
    }

    #[test]
    fn a_belief_is_strong_while_it_is_shown_and_gone_after_thirty_answers_without() {
        assert_eq!(first(&answers(&[0], 1)).strength, Strength::Weak);
        assert_eq!(first(&answers(&[0, 3], 10)).strength, Strength::Held);
        assert_eq!(first(&answers(&[0, 3, 5, 7], 10)).strength, Strength::Strong);
        let fading = first(&answers(&[0, 1, 2, 3], 32));
        assert_eq!((fading.strength, fading.lately, fading.shown, fading.since), (Strength::Held, 2, 4, 28));
        assert_eq!(first(&answers(&[0, 1, 2, 3], 60)).strength, Strength::Gone);
    }

    #[test]
    fn its_course_over_time_counts_every_time_once() {
        let belief = first(&answers(&[0, 1, 99], 100));
        assert_eq!(belief.over_time, [2, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(belief.evidence.len(), 3);
    }

    #[test]
    fn what_is_shown_most_lately_comes_first() {
        let mut outcomes = answers(&[0, 1, 2, 3, 4], 60);
        for place in [50, 55] {
            outcomes[place] = outcome(at_day(1), "shop", false);
            outcomes[place].mark.trap = Some("perimeter-only".into());
        }
        let found = beliefs(&outcomes.iter().collect::<Vec<_>>());
        let order: Vec<&str> = found.iter().map(|belief| belief.pitfall.as_str()).collect();
        assert_eq!(order, ["perimeter-only", "managed-means-secured"]);
    }
}
