//! What makes a whole pack guessable or leaves something untaught: figures over all its rows.

use std::collections::{BTreeMap, HashMap};

use crate::course::{Layer, Owner, Scenario};

use super::{
    frame::Named,
    problem::{Place, Problem},
    source::quoted,
    wording::{Share, leak},
};

/// Rows below which a share says nothing.
const FEW_ROWS: usize = 20;

/// Scenarios below which the wording cannot be measured.
const FEW_SCENARIOS: usize = 30;

/// A threat or a pitfall is to be met at least once in so many rows.
const ROWS_PER_TOPIC: usize = 40;

/// Everything about `scenarios` as a whole that could be better; `ids` says where threats and pitfalls are given.
pub(super) fn warnings(scenarios: &[Scenario], ids: &BTreeMap<(Named, String), Place>) -> Vec<Problem> {
    let rows: Vec<&Layer> = scenarios.iter().flat_map(|scenario| &scenario.layers).collect();
    let head = ids.values().next().map_or_else(Place::default, |place| Place::head(&place.file));
    let mut said: Vec<(&'static str, String, &'static str)> = Vec::new();
    if rows.len() >= FEW_ROWS {
        said.extend(positions(&rows));
        said.extend(owners(&rows));
    }
    if scenarios.len() >= FEW_SCENARIOS {
        said.extend(wording(scenarios));
    }
    let said = said.iter().map(|(code, message, hint)| Problem::warning(code, head.clone(), message, hint));
    said.chain(coverage(&rows, ids)).collect()
}

/// Rows for which something holds, of all rows.
fn share(rows: &[&Layer], holds: impl Fn(&Layer) -> bool) -> Share {
    Share { holds: rows.iter().filter(|layer| holds(layer)).count(), rows: rows.len() }
}

fn positions(rows: &[&Layer]) -> Vec<(&'static str, String, &'static str)> {
    let longest =
        share(rows, |layer| lengths(layer).is_some_and(|(right, others)| others.iter().all(|wrong| *wrong < right)));
    let shortest =
        share(rows, |layer| lengths(layer).is_some_and(|(right, others)| others.iter().all(|wrong| *wrong > right)));
    let first = share(rows, |layer| layer.right_control() == 0);
    let mut said = Vec::new();
    if longest.exceeds(35) {
        let hint = "write wrong controls as fully as right ones: at most 35 % may be the longest";
        said.push(("right-longest", format!("the right control is the longest in {}", longest.words()), hint));
    }
    if shortest.exceeds(35) {
        let hint = "write right controls as fully as wrong ones: at most 35 % may be the shortest";
        said.push(("right-shortest", format!("the right control is the shortest in {}", shortest.words()), hint));
    }
    if first.exceeds(40) || first.falls_below(15) {
        let hint = "vary its place: it should stand first in 15 to 40 % of the layers";
        said.push(("right-first", format!("the right control stands first in {}", first.words()), hint));
    }
    said
}

/// Characters of the right control and of the others.
fn lengths(layer: &Layer) -> Option<(usize, Vec<usize>)> {
    let right = layer.controls.iter().find(|control| control.correct)?;
    let others = layer.controls.iter().filter(|control| !control.correct);
    Some((right.text.chars().count(), others.map(|control| control.text.chars().count()).collect()))
}

fn owners(rows: &[&Layer]) -> Option<(&'static str, String, &'static str)> {
    let provider = share(rows, |layer| layer.owner == Owner::Provider);
    (provider.exceeds(50) || provider.falls_below(35)).then(|| {
        let hint = "between 35 and 50 %, so that guessing one side pays no better than the other";
        ("provider-share", format!("the provider owns {}", provider.words()), hint)
    })
}

fn wording(scenarios: &[Scenario]) -> impl Iterator<Item = (&'static str, String, &'static str)> {
    let leak = leak(scenarios);
    let figures = [
        (leak.scenario, 65, "all rows"),
        (leak.two_sided, 60, "rows whose subject has both owners"),
        (leak.ladder, 68, "all rows, ladders held out"),
    ];
    figures.into_iter().filter(|(guessed, most, _)| guessed.exceeds(*most)).map(|(guessed, most, which)| {
        let message =
            format!("the wording of the task alone gives the owner of {} ({which}; at most {most} %)", guessed.words());
        ("wording-leak", message, "use one wording for both owners and let the story decide: see docs/authoring.md")
    })
}

fn coverage(rows: &[&Layer], ids: &BTreeMap<(Named, String), Place>) -> Vec<Problem> {
    let mut met: HashMap<(Named, &str), usize> = HashMap::new();
    for layer in rows {
        let traps = layer.controls.iter().filter_map(|control| control.trap.as_deref());
        let mut topics: Vec<_> = traps.map(|trap| (Named::Pitfall, trap)).collect();
        topics.extend(layer.threat.as_deref().map(|threat| (Named::Threat, threat)));
        topics.sort_unstable();
        topics.dedup();
        for topic in topics {
            *met.entry(topic).or_default() += 1;
        }
    }
    let needed = (rows.len() / ROWS_PER_TOPIC).max(1);
    let topics = ids.iter().filter(|((named, _), _)| matches!(named, Named::Threat | Named::Pitfall));
    let thin = topics.filter_map(|((named, id), place)| {
        let layers = met.get(&(*named, id.as_str())).copied().unwrap_or_default();
        let message = format!("{} {} is met in {layers} layers, fewer than {needed}", named.word(), quoted(id));
        let hint = "add layers that show it: one in forty at least";
        (layers < needed).then(|| Problem::warning("thin-coverage", place.clone(), &message, hint))
    });
    thin.collect()
}
