//! Finds what is wider than the narrowest screen and would be cut or torn there.

use crate::document::{Block, Content, Document, Inline, width};

/// Columns for text on the narrowest screen, 40 wide, inside its frame.
pub(super) const NARROWEST: usize = 38;

/// Bytes of `markdown` where a line of code or a word starts that is too wide, and its columns.
///
/// Addresses are broken wherever they must, so their width is no fault.
pub(super) fn too_wide(markdown: &str, document: &Document) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    blocks(&document.blocks, &mut found);
    if found.is_empty() {
        return Vec::new();
    }
    let starts: Vec<usize> = std::iter::once(0).chain(markdown.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let start = |line: usize| starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
    let place = |(line, text): (usize, &str)| {
        let rest = markdown.get(start(line)..).unwrap_or_default();
        (start(line) + rest.find(text).unwrap_or_default(), width(text))
    };
    found.into_iter().map(place).collect()
}

/// Texts that are too wide, with the lines of the blocks they stand in.
type Found<'d> = Vec<(usize, &'d str)>;

fn blocks<'d>(all: &'d [Block], found: &mut Found<'d>) {
    for block in all {
        match &block.content {
            Content::Heading { text, .. } | Content::Paragraph(text) => inlines(block.line, text, found),
            Content::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, found)),
            Content::Table { header, rows, .. } => {
                header.iter().chain(rows.iter().flatten()).for_each(|cell| inlines(block.line, cell, found));
            }
            Content::Code { lines, .. } => {
                found.extend(lines.iter().filter(|line| is_wide(line)).map(|line| (block.line, line.as_str())));
            }
            Content::Quote(inner) | Content::Note { blocks: inner, .. } => blocks(inner, found),
            Content::Footnotes(notes) => notes.iter().for_each(|note| blocks(&note.blocks, found)),
            Content::Line { .. } | Content::Rule => {}
        }
    }
}

fn inlines<'d>(line: usize, all: &'d [Inline], found: &mut Found<'d>) {
    for inline in all {
        match inline {
            Inline::Text { text, .. } | Inline::Code(text) if !has_short_words(text) => {
                found.extend(
                    text.split_whitespace()
                        .filter(|word| is_wide(word) && !word.contains("://"))
                        .map(|word| (line, word)),
                );
            }
            Inline::Link { text, .. } => inlines(line, text, found),
            _ => {}
        }
    }
}

/// Whether no word of `text` can be too wide: a column takes a byte at least.
pub(super) fn has_short_words(text: &str) -> bool {
    text.as_bytes().split(u8::is_ascii_whitespace).all(|word| word.len() <= NARROWEST)
}

fn is_wide(text: &str) -> bool {
    text.len() > NARROWEST && width(text) > NARROWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(markdown: &str) -> Vec<(usize, usize)> {
        too_wide(markdown, &Document::parse(markdown).0)
    }

    #[test]
    fn lines_of_code_and_words_wider_than_38_columns_are_found_where_they_stand() {
        let long = "x".repeat(39);
        assert_eq!(found(&format!("ok\n```text\na\nb {long}\n```\n\n- c **{long}**")), [(13, 41), (66, 39)]);
        assert_eq!(found(&format!("{}\n\n```\n{}\n```", "x".repeat(38), "x ".repeat(19))), []);
    }

    #[test]
    fn width_is_columns() {
        assert_eq!(found(&"é".repeat(38)), []);
        assert_eq!(found(&"漢".repeat(20)), [(0, 40)]);
    }

    #[test]
    fn addresses_may_be_long() {
        assert_eq!(
            found(&format!("see [there](https://example.org/{0}) or <https://example.org/{0}>", "a".repeat(40))),
            []
        );
    }
}
