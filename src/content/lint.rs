//! What makes one scenario a poorer question than it could be: warnings, layer by layer.

use std::collections::HashSet;

use crate::document::width;

use super::{
    breach,
    format::WIDEST_LABEL,
    placeholder,
    source::{Findings, quoted},
    tree::Table,
};

/// Tells what could be better in `root`.
pub(super) fn scenario(root: Table<'_>, findings: &mut Findings<'_>) {
    placeholder::in_file(root, findings);
    sources(root, findings);
    for layer in root.tables("layer") {
        label(layer, findings);
        hints(layer, findings);
        reasons(layer, findings);
        idle(layer, findings);
    }
    breach::scenario(root, findings);
}

fn sources(root: Table<'_>, findings: &mut Findings<'_>) {
    let cloud = root.words("cloud").filter(|cloud| cloud.text != "any");
    if let Some(cloud) = cloud.filter(|_| root.list("sources").next().is_none()) {
        let message = format!("a scenario about {} names no source", quoted(cloud.text));
        let hint = "add sources = [\"Title, publisher, date, URL\"] for what is one provider's, or set cloud = \"any\"";
        findings.warn("no-sources", cloud.at, message, hint);
    }
}

fn label(layer: Table<'_>, findings: &mut Findings<'_>) {
    let shown = layer.words("label").or_else(|| layer.words("subject"));
    if let Some(label) = shown.filter(|label| width(label.text) > WIDEST_LABEL) {
        let message = format!("label of {} columns, more than {WIDEST_LABEL}", width(label.text));
        findings.warn("wide-label", label.at, message, "write a shorter `label`: the picture of the stack cuts it");
    }
}

fn hints(layer: Table<'_>, findings: &mut Findings<'_>) {
    let count = layer.list("hints").count();
    if count < 2 {
        let message = format!("a layer with {count} of 2 hints");
        findings.warn("missing-hints", layer.at, message, "write a nudge that points to the artefact, then the rule");
    }
}

fn reasons(layer: Table<'_>, findings: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for why in layer.tables("control").filter_map(|control| control.words("why")) {
        if !seen.insert(why.text) {
            let hint = "say of each control why it is right or wrong itself";
            findings.warn("same-why", why.at, "another control of this layer has the same `why`", hint);
        }
    }
}

/// How an answer that does nothing starts, in lower case: "Nothing to set here", "No patch to plan", "Leave it to …".
const IDLE: [&str; 9] =
    ["nothing", "no", "none", "leave", "do nothing", "take no", "rely on", "accept", "there is nothing"];

fn idle(layer: Table<'_>, findings: &mut Findings<'_>) {
    let mut texts = layer.tables("control").filter_map(|control| control.words("text")).peekable();
    if texts.peek().is_some() && !texts.any(|words| is_idle(words.text)) {
        let hint = "offer one, as in \"Nothing to configure here; know what the provider attests\"";
        findings.warn("no-do-nothing", layer.at, "no control of this layer does nothing", hint);
    }
}

/// Whether a control reads as doing nothing: by its first words, which is how authors write it.
pub(super) fn is_idle(text: &str) -> bool {
    let text = text.trim_start();
    let starts = |start: &&str| {
        let parts = text.split_at_checked(start.len()).filter(|(head, _)| head.eq_ignore_ascii_case(start));
        parts.is_some_and(|(_, rest)| !rest.starts_with(|next: char| next.is_alphanumeric()))
    };
    IDLE.iter().any(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doing_nothing_is_known_by_its_first_words() {
        assert!(is_idle("Nothing: the service is managed"));
        assert!(is_idle("Leave it to the provider, who attests it"));
        assert!(!is_idle("Nothingness"));
        assert!(!is_idle("Rebuild on a patched base"));
    }
}
