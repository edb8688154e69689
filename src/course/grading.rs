//! Grading: two points a layer, and which way a wrong answer leans (DESIGN section 1).

use serde::{Deserialize, Serialize};

use super::{Layer, Owner, Said, Scenario};

/// The direction of a wrong owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Miss {
    /// A customer's duty was left to the provider: dangerous.
    OverTrust,
    /// A provider's duty was claimed: wasted work.
    OverClaim,
}

/// The grade of one answered layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The owner was right.
    pub owner: bool,
    /// The control was right.
    pub control: bool,
    /// Points reached.
    pub points: u32,
    /// Points there were: two, or none for a contested layer.
    pub out_of: u32,
    /// Which way a wrong owner leans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub miss: Option<Miss>,
    /// The pitfall that the chosen wrong control shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trap: Option<String>,
    /// The threat the layer ties to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threat: Option<String>,
}

impl Mark {
    /// Both owner and control were right.
    pub const fn right(&self) -> bool {
        self.owner && self.control
    }
}

/// Grades an answer. A struck-out control forfeits the control's point; a contested layer carries none.
pub fn mark(layer: &Layer, said: &Said) -> Mark {
    let owner = said.owner == layer.owner;
    let chosen = layer.controls.get(said.control);
    let control = chosen.is_some_and(|control| control.correct);
    let scored = !layer.contested;
    let points = u32::from(owner) + u32::from(control && !said.struck);
    Mark {
        owner,
        control,
        points: if scored { points } else { 0 },
        out_of: if scored { 2 } else { 0 },
        miss: miss(layer, said).filter(|_| scored),
        trap: chosen.filter(|control| scored && !control.correct).and_then(|control| control.trap.clone()),
        threat: layer.threat.clone(),
    }
}

fn miss(layer: &Layer, said: &Said) -> Option<Miss> {
    match (layer.owner, said.owner) {
        (Owner::Customer, Owner::Provider) => Some(Miss::OverTrust),
        (Owner::Provider, Owner::Customer) => Some(Miss::OverClaim),
        (Owner::Customer, Owner::Customer) | (Owner::Provider, Owner::Provider) => None,
    }
}

/// One row of the debrief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebriefRow {
    /// Place of the layer in the scenario.
    pub layer: usize,
    /// What was said.
    pub said: Said,
    /// How it was graded.
    pub mark: Mark,
}

/// A finished scenario, looked back on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Debrief {
    /// Rows in stack order.
    pub rows: Vec<DebriefRow>,
    /// Points reached.
    pub points: u32,
    /// Points there were.
    pub out_of: u32,
    /// Customer duties left to the provider.
    pub over_trust: usize,
    /// Provider duties claimed.
    pub over_claim: usize,
    /// Pitfalls shown and how often, most often first.
    pub pitfalls: Vec<(String, usize)>,
    /// The customer's row (its place in the scenario) most likely to be breached.
    pub breach: Option<usize>,
}

/// Looks back on the answers given to `scenario`, as `(layer id, answer)`; answers to layers that are gone are passed over.
pub fn debrief<'a>(scenario: &Scenario, answers: impl IntoIterator<Item = (&'a str, &'a Said)>) -> Debrief {
    let mut rows: Vec<DebriefRow> = answers
        .into_iter()
        .filter_map(|(id, said)| {
            let (place, layer) = scenario.layer(id)?;
            Some(DebriefRow { layer: place, said: *said, mark: mark(layer, said) })
        })
        .collect();
    rows.sort_by_key(|row| row.layer);
    let sum = |value: fn(&DebriefRow) -> u32| rows.iter().map(value).sum();
    let count = |miss| rows.iter().filter(|row| row.mark.miss == Some(miss)).count();
    Debrief {
        points: sum(|row| row.mark.points),
        out_of: sum(|row| row.mark.out_of),
        over_trust: count(Miss::OverTrust),
        over_claim: count(Miss::OverClaim),
        pitfalls: pitfalls(&rows),
        breach: breach(scenario, &rows),
        rows,
    }
}

fn pitfalls(rows: &[DebriefRow]) -> Vec<(String, usize)> {
    let mut shown: Vec<(String, usize)> = Vec::new();
    for trap in rows.iter().filter_map(|row| row.mark.trap.as_ref()) {
        match shown.iter_mut().find(|(id, _)| id == trap) {
            Some((_, count)) => *count += 1,
            None => shown.push((trap.clone(), 1)),
        }
    }
    shown.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    shown
}

/// A breach enters where a customer's duty is done by nobody: first a row given away, then one with the wrong control,
/// rows with a threat before rows without, the top of the stack (nearest the data) first. With every row right it would
/// still be a customer's row with a threat: the reader is told which one to watch.
fn breach(scenario: &Scenario, rows: &[DebriefRow]) -> Option<usize> {
    let danger = |row: &&DebriefRow| -> Option<u8> {
        let layer = scenario.layers.get(row.layer)?;
        if layer.owner == Owner::Provider || layer.contested {
            return None;
        }
        let threat = u8::from(layer.threat.is_none());
        let fault = match (row.mark.owner, row.mark.control) {
            (false, _) => 0,
            (true, false) => 2,
            (true, true) => 4,
        };
        Some(fault + threat)
    };
    rows.iter().filter(|row| danger(row).is_some()).min_by_key(danger).map(|row| row.layer)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{Cloud, Control, Model};
    use super::*;

    pub(in crate::course) fn layer(id: &str, owner: Owner) -> Layer {
        let control = |text: &str, correct| Control {
            text: text.into(),
            correct,
            trap: (!correct).then(|| "managed-means-secured".to_owned()),
            why: String::new(),
        };
        Layer {
            id: id.into(),
            label: id.into(),
            subject: id.into(),
            task: format!("Do {id}"),
            owner,
            threat: (owner == Owner::Customer).then(|| "exposed-storage".to_owned()),
            pair: None,
            contested: false,
            why: String::new(),
            hints: vec![],
            controls: vec![control("wrong", false), control("right", true), control("other", false)],
            breach: None,
        }
    }

    pub(in crate::course) fn scenario(layers: Vec<Layer>) -> Scenario {
        Scenario {
            id: "shop".into(),
            title: "Shop".into(),
            lesson: "8.1".into(),
            level: 1,
            model: Model::Caas,
            cloud: Cloud::Any,
            ladder: None,
            story: String::new(),
            sources: vec![],
            layers,
        }
    }

    pub(in crate::course) fn said(owner: Owner, control: usize) -> Said {
        Said { owner, control, unsure: false, hints: 0, struck: false }
    }

    #[test]
    fn owner_and_control_are_worth_a_point_each() {
        let row = layer("bucket", Owner::Customer);
        assert_eq!(mark(&row, &said(Owner::Customer, 1)).points, 2);
        assert_eq!(mark(&row, &said(Owner::Customer, 0)).points, 1);
        assert_eq!(mark(&row, &said(Owner::Provider, 1)).points, 1);
        assert_eq!(mark(&row, &said(Owner::Provider, 0)).points, 0);
        assert_eq!(mark(&row, &said(Owner::Provider, 99)).points, 0, "no such control");
    }

    #[test]
    fn a_wrong_owner_is_counted_by_its_direction() {
        let customer = layer("bucket", Owner::Customer);
        let provider = layer("hosts", Owner::Provider);
        assert_eq!(mark(&customer, &said(Owner::Provider, 1)).miss, Some(Miss::OverTrust));
        assert_eq!(mark(&provider, &said(Owner::Customer, 1)).miss, Some(Miss::OverClaim));
        assert_eq!(mark(&provider, &said(Owner::Provider, 0)).trap.as_deref(), Some("managed-means-secured"));
    }

    #[test]
    fn a_struck_out_control_forfeits_the_point_and_hints_do_not() {
        let row = layer("bucket", Owner::Customer);
        let hinted = Said { hints: 2, ..said(Owner::Customer, 1) };
        let struck = Said { struck: true, ..hinted };
        assert_eq!(mark(&row, &hinted).points, 2);
        assert_eq!(mark(&row, &struck).points, 1);
        assert!(mark(&row, &struck).right(), "the answer itself was right");
    }

    #[test]
    fn a_contested_row_is_never_scored() {
        let row = Layer { contested: true, ..layer("bucket", Owner::Customer) };
        let wrong = mark(&row, &said(Owner::Provider, 0));
        assert_eq!((wrong.points, wrong.out_of, wrong.miss, wrong.trap), (0, 0, None, None));
    }

    #[test]
    fn the_breach_is_the_customer_row_given_away() {
        let rows =
            vec![layer("data", Owner::Customer), layer("image", Owner::Customer), layer("hosts", Owner::Provider)];
        let shop = scenario(rows);
        let answers = [
            ("data", said(Owner::Customer, 0)),
            ("image", said(Owner::Provider, 1)),
            ("hosts", said(Owner::Customer, 0)),
            ("gone", said(Owner::Customer, 0)),
        ];
        let back = debrief(&shop, answers.iter().map(|(id, said)| (*id, said)));
        assert_eq!(back.breach, Some(1));
        assert_eq!((back.points, back.out_of, back.over_trust, back.over_claim), (2, 6, 1, 1));
        assert_eq!(back.pitfalls, [("managed-means-secured".to_owned(), 2)]);
    }
}
