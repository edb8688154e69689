//! Takes one TOML file from bytes to a value, telling everything wrong with it in one run.

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, Deserializer},
};

use super::{
    marks,
    problem::Problem,
    shape::Shape,
    source::{Findings, SourceFile},
    tree::{self, Table},
    validate::{is_newer, validate},
};

/// Reads `file` and holds it against `shape` and then `rules`, which may keep notes of where things stand.
///
/// The value is there when its form is right, whatever the rules tell; the notes are there unless the file could not be looked into at all.
pub(crate) fn read<T: DeserializeOwned, N: Default>(
    file: &SourceFile<'_>,
    shape: &Shape,
    rules: impl FnOnce(Table<'_>, &mut Findings<'_>) -> N,
) -> (Option<T>, N, Vec<Problem>) {
    let text = match file.text() {
        Ok(text) => text,
        Err(problems) => return (None, N::default(), problems),
    };
    let mut findings = Findings::new(&file.path, text);
    marks::in_file(text, &mut findings);
    let (value, notes) = tree::parse(text, &mut findings, |keys, findings| {
        let root = Table { keys: &keys, at: 0 };
        if is_newer(root, findings) {
            return (None, N::default());
        }
        marks::in_strings(text, &keys, findings);
        validate(shape, root, findings);
        let well_formed = !findings.has_errors();
        let notes = rules(root, findings);
        let value = if well_formed { value(keys, findings) } else { None };
        (value, notes)
    });
    (value, notes, findings.into_problems())
}

fn value<T: DeserializeOwned>(keys: DeTable<'_>, findings: &mut Findings<'_>) -> Option<T> {
    let read = T::deserialize(Deserializer::from(Spanned::new(0..0, keys)));
    read.map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        findings.error("unreadable", at, error.message(), "see `respline schema` and docs/authoring.md");
    })
    .ok()
}
