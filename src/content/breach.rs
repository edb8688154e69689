//! A breach in a scenario's file, and what makes it a poorer lesson than it could be: news that names its row, a way that leads
//! nowhere, rows without one.

use std::collections::HashSet;

use crate::document::{fold, width};

use super::{
    shape::{Field, KEBAB, Kind, Need::Required, Shape},
    source::{Findings, quoted},
    tree::{Table, Words},
    wide::NARROWEST,
};

/// `[layer.breach]`.
pub(super) static BREACH: Shape = Shape {
    name: "breach",
    doc: "The way from a row left open to what an attacker wants, step by step over the stack.",
    fields: &[
        Field {
            key: "headline",
            need: Required,
            kind: Kind::Sentence(8, 90),
            doc: "What the world hears of it; names no row, no setting and no side.",
            sample: "\"TODO: what a newspaper would print\"",
        },
        Field {
            key: "step",
            need: Required,
            kind: Kind::List(&Kind::Table(&STEP), 2, 5),
            doc: "The way, 2 to 5 steps: the first on this row, the last on what the attacker wanted.",
            sample: "",
        },
    ],
};

/// `[[layer.breach.step]]`.
static STEP: Shape = Shape {
    name: "step",
    doc: "One step of the way.",
    fields: &[
        Field {
            key: "at",
            need: Required,
            kind: Kind::Name(&KEBAB),
            doc: "Id of the layer of this scenario where it happens.",
            sample: "\"<row>\"",
        },
        Field {
            key: "text",
            need: Required,
            kind: Kind::Sentence(15, 200),
            doc: "What happens there, in one sentence or two of plain text.",
            sample: "\"TODO: what the attacker does here, and what answers\"",
        },
    ],
};

/// Lines of a step on the narrowest screen, where the stack needs its place as well.
const LINES: usize = 6;

/// Letters below which a word says little.
const SHORT: usize = 4;

/// Longer words that say little.
const COMMON: [&str; 24] = [
    "also", "been", "does", "each", "every", "from", "have", "into", "keep", "like", "made", "make", "more", "only",
    "over", "own", "that", "their", "them", "this", "what", "when", "which", "with",
];

/// Tells what could be better about the breaches of a scenario.
pub(super) fn scenario(root: Table<'_>, findings: &mut Findings<'_>) {
    let mut headlines = HashSet::new();
    for (layer, breach) in root.tables("layer").filter_map(|layer| Some((layer, layer.table("breach")?))) {
        contested(layer, breach, findings);
        if let Some(headline) = breach.words("headline") {
            twice(headline, &mut headlines, findings);
            names_row(headline, layer, root, findings);
            names_side(headline, findings);
            wide(headline, findings);
        }
        nowhere(breach, findings);
        for text in breach.tables("step").filter_map(|step| step.words("text")) {
            wide(text, findings);
            long(text, findings);
        }
    }
    missing(root, findings);
}

fn contested(layer: Table<'_>, breach: Table<'_>, findings: &mut Findings<'_>) {
    if layer.truth("contested").is_some() {
        let hint = "nobody can say whose side it was: tell the breach on another row";
        findings.warn("contested-breach", breach.at, "a disputed row has a breach", hint);
    }
}

fn twice<'t>(headline: Words<'t>, seen: &mut HashSet<&'t str>, findings: &mut Findings<'_>) {
    if !seen.insert(headline.text) {
        let hint = "each row that fails makes its own news: rewrite one of the two";
        findings.warn("same-headline", headline.at, "another breach of this scenario has the same headline", hint);
    }
}

/// Tells news that share half of the words of their row's task or label. Words that another row uses as well name neither.
fn names_row(headline: Words<'_>, layer: Table<'_>, root: Table<'_>, findings: &mut Findings<'_>) {
    let named = |layer: Table<'_>| ["task", "label"].map(|key| content(layer.words(key)));
    let id = |layer: Table<'_>| layer.words("id").map(|id| id.text.to_owned());
    let others = root.tables("layer").filter(|other| id(*other) != id(layer));
    let elsewhere: HashSet<String> = others.flat_map(named).flatten().collect();
    let news = content(Some(headline));
    for words in named(layer).iter().filter(|words| !words.is_empty()) {
        let mut shared: Vec<&str> = words
            .iter()
            .filter(|word| news.contains(*word) && !elsewhere.contains(*word))
            .map(String::as_str)
            .collect();
        if shared.len() * 2 >= words.len() {
            shared.sort_unstable();
            let message = format!("the headline names its row: {}", quoted(&shared.join(", ")));
            let hint = "say what the world sees, not what was left open";
            return findings.warn("headline-names-row", headline.at, message, hint);
        }
    }
}

fn names_side(headline: Words<'_>, findings: &mut Findings<'_>) {
    if content(Some(headline)).contains("provider") {
        let hint = "whose side it was is what the learner has to find: name a firm, or say \"a cloud\"";
        findings.warn("headline-names-side", headline.at, "the headline names a side", hint);
    }
}

/// The words that carry a text, in lower case and in the singular.
fn content(text: Option<Words<'_>>) -> HashSet<String> {
    let lower = text.map(|text| text.text.to_lowercase()).unwrap_or_default();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    words
        .filter(|word| word.chars().count() >= SHORT && !COMMON.contains(word))
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .collect()
}

fn wide(text: Words<'_>, findings: &mut Findings<'_>) {
    if let Some(word) = text.text.split_whitespace().find(|word| width(word) > NARROWEST) {
        let message = format!("a word of {} columns is wider than the narrowest screen", width(word));
        findings.warn("too-wide", text.at, message, "keep words within 38 columns");
    }
}

fn long(text: Words<'_>, findings: &mut Findings<'_>) {
    let lines = fold(text.text, NARROWEST).len();
    if lines > LINES {
        let message = format!("a step of {lines} lines on the narrowest screen, more than {LINES}");
        findings.warn("long-step", text.at, message, "shorten it, or make it two steps");
    }
}

fn nowhere(breach: Table<'_>, findings: &mut Findings<'_>) {
    let steps: Vec<Words<'_>> = breach.tables("step").filter_map(|step| step.words("at")).collect();
    if let [first, rest @ ..] = steps.as_slice()
        && let Some(last) = rest.last()
        && rest.iter().all(|step| step.text == first.text)
    {
        let hint = "end on the row of what the attacker wanted, or go by way of another";
        findings.warn("breach-goes-nowhere", last.at, "the breach never leaves its row", hint);
    }
}

/// Tells the rows of the customer that name a threat and no breach, once the author has begun to write breaches.
fn missing(root: Table<'_>, findings: &mut Findings<'_>) {
    if root.tables("layer").all(|layer| layer.table("breach").is_none()) {
        return;
    }
    let open = |layer: &Table<'_>| {
        let customer = layer.words("owner").is_some_and(|owner| owner.text == "customer");
        customer && layer.words("threat").is_some() && layer.truth("contested").is_none()
    };
    for layer in root.tables("layer").filter(open).filter(|layer| layer.table("breach").is_none()) {
        let hint = "write a [layer.breach] as the other rows have one: what follows when this row is left open";
        findings.warn("missing-breach", layer.at, "a row with a threat and without a breach", hint);
    }
}
