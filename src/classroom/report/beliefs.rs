//! What the class believes: the pitfalls its answers show, and the duties it leaves to the provider, threat by threat.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    classroom::{Assignment, Graded, Grader, analysis::count},
    course::{Course, Miss, Owner},
};

use super::{Places, Sources, place};

/// Rows that are named as evidence of a belief.
const EVIDENCE: usize = 3;

/// Learners who share a belief before it is one of the class.
const SHARED: usize = 2;

/// A kind of belief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BeliefKind {
    /// One of the course's pitfalls, shown by a wrong control.
    Pitfall,
    /// A customer's duty was left to the provider; told by the threat that follows.
    OverTrust,
    /// A provider's duty was claimed.
    OverClaim,
}

/// A belief that produces wrong answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Belief {
    /// Its kind.
    pub kind: BeliefKind,
    /// Id of the pitfall or threat; empty for over-claim.
    pub id: String,
    /// Its name, as the course has it.
    pub name: String,
    /// What to say against it.
    pub correction: String,
    /// Answers that show it.
    pub shown: usize,
    /// Answers that could have.
    pub chances: usize,
    /// Learners who show it.
    pub learners: usize,
    /// Learners who could have.
    pub of_learners: usize,
    /// The rows that show it most.
    pub evidence: Vec<Evidence>,
    /// The share that it has at least, as far as so many answers can tell, in shares that guessing would give; only good for
    /// an order.
    #[serde(skip)]
    pub weight: f64,
}

/// A row that shows a belief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Evidence {
    /// Scenario id.
    pub scenario: String,
    /// Layer id.
    pub layer: String,
    /// Its short name.
    pub label: String,
    /// Where it stands.
    pub place: String,
    /// How often it shows it.
    pub shown: usize,
    /// Of how many answers.
    pub of: usize,
}

/// What was counted of one belief.
#[derive(Default)]
struct Count<'a> {
    shown: usize,
    chances: usize,
    /// How many would show it, if all had guessed.
    guessed: f64,
    learners: BTreeSet<usize>,
    of_learners: BTreeSet<usize>,
    rows: BTreeMap<(&'a str, &'a str), (usize, usize)>,
    labels: BTreeMap<(&'a str, &'a str), &'a str>,
}

type Counts<'a> = BTreeMap<(BeliefKind, &'a str), Count<'a>>;

/// Everything that the answers to `set` show, kind by kind, the worst first; rows whose key is in doubt left out.
pub(super) fn of(
    from: &Sources<'_>,
    (set, doubtful): (&[&Assignment], &BTreeSet<(&str, &str)>),
    grader: &Grader<'_>,
) -> Vec<Belief> {
    let mut counts = Counts::new();
    for (who, learner) in from.class.learners.iter().enumerate() {
        for assignment in set.iter().filter(|one| one.is_for(learner)) {
            let standing = from.ledger.standing_by((learner, assignment), grader, from.now);
            if let Some((sat, counted)) = from.ledger.counted(&learner.login, &standing) {
                grader.rows(sat, (&standing.window, counted.ends), |row| {
                    if !doubtful.contains(&(row.scenario, row.row)) {
                        take(&mut counts, who, &row);
                    }
                });
            }
        }
    }
    let belief = |(key, count): ((BeliefKind, &str), Count<'_>)| belief(from.course, from.places, key, &count);
    let mut beliefs: Vec<Belief> = counts.into_iter().filter(|(_, count)| count.shown > 0).map(belief).collect();
    beliefs.sort_by(|one, other| one.kind.cmp(&other.kind).then(other.weight.total_cmp(&one.weight)));
    beliefs
}

/// Counts an answer that has a grade; the key of its row may have been another one when it got it.
fn take<'a>(counts: &mut Counts<'a>, who: usize, row: &Graded<'a>) {
    let (Some(mark), Some(layer)) = (row.mark.as_deref().filter(|mark| mark.out_of > 0), row.layer) else { return };
    let label = layer.label.as_str();
    let mut note = |kind, id: &'a str, shown: bool, guessed: f64| {
        let count = counts.entry((kind, id)).or_default();
        count.guessed += guessed;
        count.take(who, (row.scenario, row.row, label), shown);
    };
    let traps = || layer.controls.iter().filter_map(|control| control.trap.as_deref());
    for trap in traps().collect::<BTreeSet<&str>>() {
        let guessed = count(traps().filter(|one| *one == trap).count()) / count(layer.controls.len());
        note(BeliefKind::Pitfall, trap, mark.trap.as_deref() == Some(trap), guessed);
    }
    match (layer.owner, layer.threat.as_deref()) {
        (Owner::Customer, Some(threat)) => note(BeliefKind::OverTrust, threat, mark.miss == Some(Miss::OverTrust), 0.5),
        (Owner::Provider, _) => note(BeliefKind::OverClaim, "", mark.miss == Some(Miss::OverClaim), 0.5),
        (Owner::Customer, None) => {}
    }
}

impl<'a> Count<'a> {
    fn take(&mut self, who: usize, (scenario, row, label): (&'a str, &'a str, &'a str), shown: bool) {
        self.chances += 1;
        self.of_learners.insert(who);
        let of_row = self.rows.entry((scenario, row)).or_default();
        of_row.1 += 1;
        self.labels.entry((scenario, row)).or_insert(label);
        if shown {
            self.shown += 1;
            of_row.0 += 1;
            self.learners.insert(who);
        }
    }

    fn evidence(&self, places: &Places) -> Vec<Evidence> {
        let mut rows: Vec<_> = self.rows.iter().filter(|(_, (shown, _))| *shown > 0).collect();
        rows.sort_by_key(|(_, (shown, _))| std::cmp::Reverse(*shown));
        let told = |((scenario, layer), (shown, of)): (&(&str, &str), &(usize, usize))| Evidence {
            scenario: (*scenario).to_owned(),
            layer: (*layer).to_owned(),
            label: self.labels.get(&(*scenario, *layer)).copied().unwrap_or_default().to_owned(),
            place: place(places, scenario, layer),
            shown: *shown,
            of: *of,
        };
        rows.into_iter().take(EVIDENCE).map(told).collect()
    }
}

fn belief(course: &Course, places: &Places, (kind, id): (BeliefKind, &str), count: &Count<'_>) -> Belief {
    let (name, correction) = match kind {
        BeliefKind::Pitfall => course.pitfall(id).map(|one| (one.name.clone(), one.correction.clone())),
        BeliefKind::OverTrust => course.threat(id).map(|one| (one.name.clone(), one.control.clone())),
        BeliefKind::OverClaim => Some((
            "Work claimed that is the provider's".to_owned(),
            "Where nothing can be configured there is nothing to do but to know what the provider attests.".to_owned(),
        )),
    }
    .unwrap_or_else(|| (id.to_owned(), String::new()));
    Belief {
        kind,
        id: id.to_owned(),
        name,
        correction,
        shown: count.shown,
        chances: count.chances,
        learners: count.learners.len(),
        of_learners: count.of_learners.len(),
        evidence: count.evidence(places),
        weight: at_least(count.shown, count.chances) * self::count(count.chances) / count.guessed,
    }
}

/// The lower end of the 95 % interval of a share (Wilson 1927): three of four say less than thirty of forty.
fn at_least(some: usize, of: usize) -> f64 {
    const Z: f64 = 1.96;
    let (some, of) = (count(some), count(of));
    if of == 0.0 {
        return 0.0;
    }
    let share = some / of;
    let spread = Z * (share * (1.0 - share) / of + Z * Z / (4.0 * of * of)).sqrt();
    (share + Z * Z / (2.0 * of) - spread) / (1.0 + Z * Z / of)
}

/// The worst of them that more than one learner shares. Claiming too much is wasted work and comes after what is dangerous.
pub(super) fn to_teach(beliefs: &[Belief], most: usize) -> Vec<Belief> {
    let shared = beliefs.iter().filter(|belief| belief.learners >= SHARED);
    let mut worst: Vec<Belief> = shared.cloned().collect();
    worst.sort_by(|one, other| {
        let claims = |belief: &Belief| belief.kind == BeliefKind::OverClaim;
        claims(one).cmp(&claims(other)).then(other.weight.total_cmp(&one.weight))
    });
    worst.truncate(most);
    worst
}

impl Belief {
    /// Its share of the answers that could have shown it, in per cent.
    pub fn percent(&self) -> f64 {
        if self.chances == 0 { 0.0 } else { 100.0 * count(self.shown) / count(self.chances) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_answers_say_less_than_many() {
        assert!(at_least(3, 4) < at_least(30, 40) && at_least(30, 40) < 0.75);
        // Wilson's interval of 10 of 100, as tables have it: 5.5 % to 17.4 %.
        assert!((at_least(10, 100) - 0.0552).abs() < 0.0001);
        assert!(at_least(0, 0).abs() < f64::EPSILON && at_least(0, 50).abs() < 1e-9);
    }
}
