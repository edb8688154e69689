//! Texts that stand in for those still to be written: what a template leaves to its author begins with `TODO`.

use toml::de::DeTable;

use crate::document::{Content, Document};

use super::{
    source::{Findings, quoted},
    tree::{Table, Value, table, words},
};

/// First words of a text that is not written yet.
const MARKS: [&str; 4] = ["TODO", "FIXME", "TBD", "XXX"];

const HINT: &str = "write the text that belongs here";

/// Tells the placeholders of a file: one for its own keys, and one for each of its tables, a layer or a threat.
pub(super) fn in_file(root: Table<'_>, findings: &mut Findings<'_>) {
    if !may_hold(findings.text()) {
        return;
    }
    let tables = |value: &Value<'_>| value.get_ref().as_array().is_some_and(|items| items.iter().any(is_table));
    let own = root.keys.iter().filter(|(_, value)| !tables(value));
    tell(own.flat_map(|(key, value)| in_value(key.get_ref(), value)).collect(), "of the file's own texts", findings);
    for (key, list) in root.keys.iter().filter(|(_, value)| tables(value)) {
        for item in list.get_ref().as_array().into_iter().flat_map(|items| items.iter()).filter_map(table) {
            tell(in_table(item.keys), &format!("in this {}", key.get_ref()), findings);
        }
    }
}

/// Whether a look at each text is worth while: most files are written to the end, and a pack has many.
fn may_hold(file: &str) -> bool {
    MARKS.iter().chain(&["row-", "orem ", "OREM "]).any(|mark| file.contains(mark))
}

fn is_table(value: &Value<'_>) -> bool {
    value.get_ref().is_table()
}

fn tell(mut found: Vec<(usize, String)>, place: &str, findings: &mut Findings<'_>) {
    found.sort();
    let Some((at, first)) = found.first() else { return };
    let more = match found.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more {place}"),
    };
    findings.warn("placeholder", *at, format!("{} is a placeholder{more}", quoted(first)), HINT);
}

/// Where placeholders stand, and what they say.
fn in_table(keys: &DeTable<'_>) -> Vec<(usize, String)> {
    keys.iter().flat_map(|(key, value)| in_value(key.get_ref(), value)).collect()
}

fn in_value(key: &str, value: &Value<'_>) -> Vec<(usize, String)> {
    if let Some(words) = words(value) {
        let stands_in = is_placeholder(words.text) || (key == "subject" && is_row_name(words.text));
        return stands_in.then(|| (words.at, words.text.trim().to_owned())).into_iter().collect();
    }
    if let Some(table) = table(value) {
        return in_table(table.keys);
    }
    value.get_ref().as_array().into_iter().flat_map(|items| items.iter()).flat_map(|item| in_value(key, item)).collect()
}

/// Tells the paragraphs and headings of a lesson that are not written yet; `at` maps a line to its byte.
pub(super) fn in_lesson(document: &Document, at: impl Fn(usize) -> usize, findings: &mut Findings<'_>) {
    for block in &document.blocks {
        let text = match block.content {
            Content::Paragraph(_) | Content::Heading { .. } => block.text(),
            _ => continue,
        };
        if is_placeholder(&text) {
            findings.warn("placeholder", at(block.line), format!("{} is a placeholder", quoted(&text)), HINT);
        }
    }
}

/// A text that begins with a mark, or with the words that printers fill pages with.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim_start();
    let marked = |mark: &&str| {
        text.strip_prefix(*mark).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    };
    MARKS.iter().any(marked) || text.get(..11).is_some_and(|head| head.eq_ignore_ascii_case("lorem ipsum"))
}

/// The subject that a template gives its rows: `row-1`.
fn is_row_name(name: &str) -> bool {
    name.strip_prefix("row-").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_word_of_its_own_at_the_start() {
        assert!(is_placeholder("TODO: the duty") && is_placeholder("  TBD") && is_placeholder("Lorem ipsum dolor"));
        for text in ["", "TODOS are kept in a list", "Close the TODO list", "Todo lists", "Loremipsum"] {
            assert!(!is_placeholder(text), "{text}");
        }
        assert!(is_row_name("row-12") && !is_row_name("row-level-security") && !is_row_name("row-"));
    }
}
