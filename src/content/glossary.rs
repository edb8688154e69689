//! `lessons/glossary.toml`: words that a newcomer would not know, each explained once in all packs together.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::course::Term;

use super::{
    format::{FORMAT_KEY, told},
    placeholder,
    problem::{Place, Problem},
    reading,
    shape::{
        Field, Kind,
        Need::{Optional, Required},
        Shape,
    },
    source::{Findings, SourceFile, quoted},
    tree::{Table, Words},
};

/// `lessons/glossary.toml`.
pub(super) static GLOSSARY: Shape = Shape {
    name: "glossary",
    doc: "Words that a newcomer would not know, sorted by name.",
    fields: &[
        FORMAT_KEY,
        Field {
            key: "term",
            need: Required,
            kind: Kind::List(&Kind::Table(&TERM), 1, 500),
            doc: "The words, sorted by name.",
            sample: "",
        },
    ],
};

/// `[[term]]`.
static TERM: Shape = Shape {
    name: "term",
    doc: "A word and what it means.",
    fields: &[
        told("name", 40, "The word as texts use it, in the singular."),
        Field {
            key: "also",
            need: Optional,
            kind: Kind::List(&Kind::Line(60), 1, 6),
            doc: "Other spellings and longer forms; plurals need none.",
            sample: "[\"<word>\"]",
        },
        told("text", 320, "What it means, in one to three sentences of plain text."),
    ],
};

#[derive(Deserialize)]
struct Glossary {
    term: Vec<Term>,
}

/// Reads a glossary: its terms, where each spelling stands, in lower case, and what is wrong with it.
pub(super) fn read(file: &SourceFile<'_>) -> (Vec<Term>, BTreeMap<String, Place>, Vec<Problem>) {
    let (glossary, given, problems) = reading::read::<Glossary, _>(file, &GLOSSARY, |root, findings| {
        placeholder::in_file(root, findings);
        sorted(root, findings);
        given(root, findings)
    });
    (glossary.map(|glossary| glossary.term).unwrap_or_default(), given, problems)
}

/// Tells terms that would not be found where a reader of the file looks for them.
fn sorted(root: Table<'_>, findings: &mut Findings<'_>) {
    let names: Vec<Words<'_>> = root.tables("term").filter_map(|term| term.words("name")).collect();
    for (before, name) in names.iter().zip(names.iter().skip(1)) {
        if name.text.to_lowercase() < before.text.to_lowercase() {
            let message = format!("{} stands after {}", quoted(name.text), quoted(before.text));
            findings.warn("not-sorted", name.at, message, "sort the terms by name");
        }
    }
}

/// Gathers the spellings and tells those that stand twice.
fn given(root: Table<'_>, findings: &mut Findings<'_>) -> BTreeMap<String, Place> {
    let mut given = BTreeMap::new();
    for spelling in root.tables("term").flat_map(|term| term.words("name").into_iter().chain(term.list("also"))) {
        let place = findings.place(spelling.at);
        if given.insert(spelling.text.to_lowercase(), place).is_some() {
            let message = format!("term {} is there already", quoted(spelling.text));
            let hint = "every spelling stands once, whatever the case of its letters: take one of the two away";
            findings.error("duplicate-id", spelling.at, message, hint);
        }
    }
    given
}
