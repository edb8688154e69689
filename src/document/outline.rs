//! A document without its shape: its headings, its directives, its words.

use std::collections::HashMap;

use super::{Block, Content, Document, Inline};

/// A heading, as a table of contents shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Place among the document's blocks.
    pub block: usize,
    /// From 1 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its name for links.
    pub slug: String,
}

impl Document {
    /// The headings from top to bottom. Those inside notes, quotes and lists divide nothing and are left out.
    pub fn outline(&self) -> Vec<OutlineEntry> {
        let entry = |(block, each): (usize, &Block)| match &each.content {
            Content::Heading { level, text, slug } => {
                Some(OutlineEntry { block, level: *level, text: words(text), slug: slug.clone() })
            }
            _ => None,
        };
        self.blocks.iter().enumerate().filter_map(entry).collect()
    }

    /// The ids of the scenarios whose lines are drawn, with the source's lines, in order.
    pub fn line_directives(&self) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        for block in &self.blocks {
            block.visit(&mut |each| {
                if let Content::Line { scenario } = &each.content {
                    found.push((each.line, scenario.as_str()));
                }
            });
        }
        found
    }

    /// How many words there are to read.
    pub fn word_count(&self) -> usize {
        self.blocks.iter().map(|block| block.text().split_whitespace().count()).sum()
    }
}

impl Block {
    /// Its words and those of the blocks in it, a line for each piece, without addresses, numbers or decoration.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        self.visit(&mut |block| match &block.content {
            Content::Heading { text, .. } | Content::Paragraph(text) => lines.push(words(text)),
            Content::Table { header, rows, .. } => {
                lines.extend(std::iter::once(header).chain(rows).flatten().map(|cell| words(cell)));
            }
            Content::Code { lines: code, .. } => lines.extend(code.iter().cloned()),
            Content::Note { title, .. } if !title.is_empty() => lines.push(title.clone()),
            _ => {}
        });
        lines.join("\n")
    }

    /// Shows every block in it to the visitor, itself first.
    pub(super) fn visit<'a>(&'a self, visitor: &mut dyn FnMut(&'a Self)) {
        visitor(self);
        let children: Vec<&Self> = match &self.content {
            Content::List { items, .. } => items.iter().flat_map(|item| &item.blocks).collect(),
            Content::Quote(blocks) | Content::Note { blocks, .. } => blocks.iter().collect(),
            Content::Footnotes(footnotes) => footnotes.iter().flat_map(|footnote| &footnote.blocks).collect(),
            _ => Vec::new(),
        };
        for child in children {
            child.visit(visitor);
        }
    }
}

/// The words of running text.
pub(super) fn words(inlines: &[Inline]) -> String {
    let piece = |inline: &Inline| match inline {
        Inline::Text { text, .. } | Inline::Code(text) => text.clone(),
        Inline::Link { text, .. } => words(text),
        Inline::SoftBreak | Inline::HardBreak => " ".to_owned(),
        Inline::Footnote(_) => String::new(),
    };
    inlines.iter().map(piece).collect()
}

/// A heading's name for links: its words in lower case, joined by hyphens.
pub fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Gives every heading a name of its own: the second `danger` is `danger-2`.
#[derive(Default)]
pub(super) struct Slugs(HashMap<String, usize>);

impl Slugs {
    pub(super) fn name(&mut self, text: &str) -> String {
        let slug = slug(text);
        let seen = self.0.entry(slug.clone()).or_default();
        *seen += 1;
        if *seen == 1 { slug } else { format!("{slug}-{seen}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_words_and_nothing_else() {
        assert_eq!(slug("Of the cloud, *in* the cloud"), "of-the-cloud-in-the-cloud");
        assert_eq!(slug("  8.1: Über uns! "), "8-1-über-uns");
        assert_eq!(slug("???"), "");
    }

    #[test]
    fn the_outline_lists_headings_with_their_places() {
        let (document, _) = Document::parse("# The *line*\n\ntext\n\n## Test\n\n> ## inside\n\n## Test\n");
        let entries: Vec<_> = document.outline().into_iter().map(|each| (each.block, each.level, each.slug)).collect();
        assert_eq!(entries, [(0, 1, "the-line".into()), (2, 2, "test".into()), (4, 2, "test-2".into())]);
        assert_eq!(document.outline()[0].text, "The line");
    }

    #[test]
    fn directives_are_found_at_any_depth() {
        let (document, issues) = Document::parse(":::line one\n:::note\n:::line two\n:::\n");
        assert_eq!(issues, []);
        assert_eq!(document.line_directives(), [(1, "one"), (3, "two")]);
    }

    #[test]
    fn words_are_counted_without_addresses() {
        let (document, _) =
            Document::parse("read [the page](https://example.org) `now`\n\n| a b | c |\n|--|--|\n| d | |\n");
        assert_eq!(document.blocks[0].text(), "read the page now");
        assert_eq!(document.word_count(), 8);
    }
}
