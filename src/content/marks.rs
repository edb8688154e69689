//! Finds characters that would be invisible or would steer a terminal, however they are written.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use crate::document::problem_chars;

use super::{
    literal::written_at,
    source::Findings,
    tree::{Value, words},
};

const HINT: &str = "delete it; name such a character in words, as in `U+202E`";

/// Tells the characters that stand in the file as they are: the first on each line, comments and keys included.
pub(super) fn in_file(text: &str, findings: &mut Findings<'_>) {
    if is_plain(text) {
        return;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !is_plain(line) {
            tell(problem_chars(line), |place| at + place, findings);
        }
        at += line.len();
    }
}

/// Most text is plain ASCII, and one look at its bytes tells; counting them all is faster than stopping at the first.
fn is_plain(text: &str) -> bool {
    text.bytes().filter(|byte| !matches!(byte, b' '..=b'~' | b'\t' | b'\n')).count() == 0
}

/// Tells the characters that strings of `tree` hold by escapes.
pub(super) fn in_strings(file: &str, tree: &DeTable<'_>, findings: &mut Findings<'_>) {
    tree.values().for_each(|value| in_value(file, value, findings));
}

fn in_value(file: &str, value: &Value<'_>, findings: &mut Findings<'_>) {
    match value.get_ref() {
        DeValue::String(Cow::Owned(_)) => {
            if let Some(words) = words(value) {
                tell(problem_chars(words.text), |place| written_at(file, words, place), findings);
            }
        }
        DeValue::Array(items) => items.iter().for_each(|item| in_value(file, item, findings)),
        DeValue::Table(table) => in_strings(file, table, findings),
        _ => {}
    }
}

fn tell(mut marks: impl Iterator<Item = (usize, char)>, at: impl Fn(usize) -> usize, findings: &mut Findings<'_>) {
    let Some((place, mark)) = marks.next() else { return };
    let more = match marks.count() {
        0 => String::new(),
        more => format!(" and {more} more like it"),
    };
    let message = format!("character U+{:04X}{more} cannot be seen or steers the terminal", u32::from(mark));
    findings.error("control-character", at(place), message, HINT);
}
