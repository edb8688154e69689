//! What must hold inside one scenario beyond the form of its keys.

use std::collections::{HashMap, HashSet};

use super::{
    near::nearest,
    source::{Findings, quoted, stem},
    tree::{Table, Words},
};

/// Tells every rule that `root` breaks; `path` is the scenario's file.
pub(super) fn scenario(root: Table<'_>, path: &str, findings: &mut Findings<'_>) {
    if let Some(id) = root.words("id").filter(|id| id.text != stem(path)) {
        let message = format!("id {} is not the file's name", quoted(id.text));
        let hint = format!("write id = \"{}\", or rename the file to {}.toml", stem(path), id.text);
        findings.error("id-not-stem", id.at, message, hint);
    }
    unique(root.tables("layer").filter_map(|layer| layer.words("id")), "layer", findings);
    pairs(root, findings);
    for layer in root.tables("layer") {
        controls(layer, findings);
        breach(layer, root, findings);
    }
}

/// Tells ids that stand twice.
pub(crate) fn unique<'t>(ids: impl Iterator<Item = Words<'t>>, what: &str, findings: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id.text) {
            let message = format!("{what} {} is there already", quoted(id.text));
            findings.error("duplicate-id", id.at, message, "every id stands once: rename one of the two");
        }
    }
}

fn pairs(root: Table<'_>, findings: &mut Findings<'_>) {
    let mut halves: HashMap<&str, Vec<(usize, Option<&str>)>> = HashMap::new();
    for layer in root.tables("layer") {
        if let Some(pair) = layer.words("pair") {
            halves.entry(pair.text).or_default().push((pair.at, layer.words("owner").map(|owner| owner.text)));
        }
    }
    for (pair, halves) in halves {
        let owners: HashSet<_> = halves.iter().map(|(_, owner)| owner).collect();
        let Some((at, _)) = halves.first().filter(|_| halves.len() != 2 || owners.len() != 2) else { continue };
        let message = format!("pair {} has {} halves of {} owners", quoted(pair), halves.len(), owners.len());
        let hint = "a pair is two layers, one of the provider and one of the customer";
        findings.error("pair-halves", *at, message, hint);
    }
}

fn controls(layer: Table<'_>, findings: &mut Findings<'_>) {
    let right: Vec<usize> = layer.tables("control").filter_map(|control| control.truth("correct")).collect();
    if right.is_empty() && layer.tables("control").next().is_some() {
        let hint = "write `correct = true` on the one right control";
        findings.error("missing-correct", layer.at, "no control of this layer is correct", hint);
    }
    for at in right.iter().skip(1) {
        let hint = "take `correct = true` away from all but one, or make them one control";
        findings.error("double-correct", *at, "a second control of this layer is correct", hint);
    }
    let right = |control: &Table<'_>| control.truth("correct").is_some();
    for trap in layer.tables("control").filter(right).filter_map(|control| control.words("trap")) {
        let hint = "a trap says what a wrong answer believes: take it away";
        findings.error("trap-on-correct", trap.at, "the right control carries a trap", hint);
    }
    let mut seen = HashSet::new();
    for text in layer.tables("control").filter_map(|control| control.words("text")) {
        if !seen.insert(text.text) {
            let hint = "two answers that read alike cannot be told apart: rewrite one";
            findings.error("same-control", text.at, "another control of this layer has the same text", hint);
        }
    }
}

/// Tells the steps of a breach that lead out of the stack, and a way that begins elsewhere.
fn breach(layer: Table<'_>, root: Table<'_>, findings: &mut Findings<'_>) {
    let steps = || layer.table("breach").into_iter().flat_map(|breach| breach.tables("step"));
    let layers = || root.tables("layer").filter_map(|layer| layer.words("id")).map(|id| id.text);
    for at in steps().filter_map(|step| step.words("at")).filter(|at| layers().all(|id| id != at.text)) {
        let hint = nearest(at.text, layers())
            .map_or_else(|| "name a layer of this scenario".to_owned(), |near| format!("did you mean `{near}`?"));
        findings.error("dangling-reference", at.at, format!("there is no layer {}", quoted(at.text)), hint);
    }
    let (Some(id), Some(first)) = (layer.words("id"), steps().next().and_then(|step| step.words("at"))) else { return };
    if first.text != id.text && layers().any(|id| id == first.text) {
        let message = format!("the breach of {} begins at {}", quoted(id.text), quoted(first.text));
        let hint = format!("begin where the row is left open: at = \"{}\"", id.text);
        findings.error("breach-start", first.at, message, hint);
    }
}
