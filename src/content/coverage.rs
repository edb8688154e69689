//! What a pack meets how often: models, clouds, levels, lessons, threats and pitfalls.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::course::{Cloud, Layer, Model, Scenario};

use super::{frame::Named, problem::Place, scenario::Placed};

/// Something that scenarios are about, and how much of the pack is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// The kind of thing: model, cloud, level, lesson, threat or pitfall.
    pub kind: &'static str,
    /// Which one.
    pub id: String,
    /// Scenarios that meet it.
    pub scenarios: usize,
    /// Layers that meet it.
    pub layers: usize,
}

/// Whether a layer of a scenario meets the topic with an id.
type Meets = fn(&Scenario, &Layer, &str) -> bool;

/// Every topic of a pack, those that nothing meets included.
pub(super) fn topics(all: &[Placed], ids: &BTreeMap<(Named, String), Place>) -> Vec<Topic> {
    let named = |kind: Named| ids.keys().filter(move |(named, _)| *named == kind).map(|(_, id)| id.clone()).collect();
    let levels: BTreeSet<String> = all.iter().map(|placed| placed.scenario.level.to_string()).collect();
    let kinds: [(&'static str, Vec<String>, Meets); 6] = [
        ("model", Model::ALL.map(|model| model.word().to_owned()).to_vec(), |scenario, _, id| {
            scenario.model.word() == id
        }),
        ("cloud", Cloud::ALL.map(|cloud| cloud.word().to_owned()).to_vec(), |scenario, _, id| {
            scenario.cloud.word() == id
        }),
        ("level", levels.into_iter().collect(), |scenario, _, id| id.parse() == Ok(scenario.level)),
        ("lesson", named(Named::Lesson), |scenario, _, id| scenario.lesson == id),
        ("threat", named(Named::Threat), |_, layer, id| layer.threat.as_deref() == Some(id)),
        ("pitfall", named(Named::Pitfall), |_, layer, id| {
            layer.controls.iter().any(|control| control.trap.as_deref() == Some(id))
        }),
    ];
    kinds
        .into_iter()
        .flat_map(|(kind, ids, meets)| ids.into_iter().map(move |id| topic(all, kind, id, meets)))
        .collect()
}

fn topic(all: &[Placed], kind: &'static str, id: String, meets: Meets) -> Topic {
    let met = |scenario: &Scenario| scenario.layers.iter().filter(|layer| meets(scenario, layer, &id)).count();
    let met: Vec<usize> = all.iter().map(|placed| met(&placed.scenario)).filter(|layers| *layers > 0).collect();
    Topic { kind, id, scenarios: met.len(), layers: met.iter().sum() }
}
