//! The words of a text, to be compared with those on the screen.
//!
//! The Markdown is read here once more, by pulldown-cmark alone: what the program's own reader loses is lost for it too.

use std::collections::HashMap;

use pulldown_cmark::{Event, Options, Parser};
use respline::document::Row;

/// Words and how often they stand.
pub(crate) type Words = HashMap<String, usize>;

/// The words of plain text: letters and digits that stand together.
pub(crate) fn of(text: &str) -> Words {
    let mut words = Words::new();
    for word in text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// The words of Markdown.
pub(crate) fn of_markdown(markdown: &str) -> Words {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut text = String::new();
    for event in Parser::new_ext(&without_directives(markdown), options) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::FootnoteReference(_) => text.push(' '),
            Event::End(end) if !is_running(end) => text.push(' '),
            _ => {}
        }
    }
    of(&text)
}

const fn is_running(end: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}

/// `:::note Title` is its title; the other directives have no words.
fn without_directives(markdown: &str) -> String {
    let line = |line: &str| match line.strip_prefix(":::") {
        Some(rest) if rest.starts_with("line ") => String::new(),
        Some(rest) => format!("\n{}\n", rest.split_once(' ').map_or("", |(_, title)| title)),
        None => line.to_owned(),
    };
    markdown.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The words of rows.
pub(crate) fn of_rows(rows: &[Row]) -> Words {
    of(&rows.iter().map(Row::text).collect::<Vec<_>>().join("\n"))
}

/// The words of `wanted` that `shown` has not, or not as often.
pub(crate) fn missing(wanted: &Words, shown: &Words) -> Vec<String> {
    let short = |(word, count): &(&String, &usize)| shown.get(*word).copied().unwrap_or_default() < **count;
    let mut missing: Vec<String> = wanted.iter().filter(short).map(|(word, _)| word.clone()).collect();
    missing.sort();
    missing
}

#[test]
fn a_word_cut_in_two_is_missed_and_one_beside_a_mark_is_not() {
    let wanted = of_markdown(
        "# One\n\nA **strong** word, `code`[^1].\n\n:::tip Read *this*\nthat\n:::\n\n:::line shop\n\n[^1]: Foot.\n",
    );
    let whole = "One ═══ A strong word, code[1]. ╭─ TIP: Read this ─╮ │ that │ [1] Foot.";
    assert_eq!(missing(&wanted, &of(whole)), Vec::<String>::new());
    assert_eq!(missing(&wanted, &of(&whole.replace("strong", "str ong"))), ["strong"]);
    assert_eq!(missing(&wanted, &of(&whole.replace("that", "tha…"))), ["that"]);
}
