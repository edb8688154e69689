//! Footnotes: numbered in the order in which they are first referred to, gathered at the end.

use std::collections::BTreeMap;

use super::{Block, Content, Footnote};

/// What is known of the footnotes while a document is read.
#[derive(Default)]
pub(super) struct Footnotes {
    labels: Vec<String>,
    definitions: BTreeMap<String, (usize, Vec<Block>)>,
}

impl Footnotes {
    /// The number of a reference.
    pub(super) fn refer(&mut self, label: &str) -> usize {
        let known = self.labels.iter().position(|known| known == label);
        known.unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        }) + 1
    }

    /// Keeps the text that was written for a label at a byte offset; the first one counts.
    pub(super) fn define(&mut self, label: &str, offset: usize, blocks: Vec<Block>) {
        self.definitions.entry(label.to_owned()).or_insert((offset, blocks));
    }

    /// Labels nobody refers to, with their offsets.
    pub(super) fn unused(&self) -> Vec<(String, usize)> {
        let unused = self.definitions.iter().filter(|(label, _)| !self.labels.contains(label));
        unused.map(|(label, (offset, _))| (label.clone(), *offset)).collect()
    }

    /// The block at the end of the document, at the line of its first text, given how offsets become lines.
    pub(super) fn gathered(mut self, line: impl Fn(usize) -> usize) -> Option<Block> {
        for (label, _) in self.unused() {
            self.refer(&label);
        }
        let first = self.definitions.values().map(|(offset, _)| *offset).min()?;
        let footnotes = (1..).zip(&self.labels).filter_map(|(number, label)| {
            self.definitions.remove(label).map(|(_, blocks)| Footnote { number, blocks })
        });
        Some(Block { line: line(first), content: Content::Footnotes(footnotes.collect()) })
    }
}
