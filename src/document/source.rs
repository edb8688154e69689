//! Places in a source: from byte offsets to the lines and columns people count.

/// A text whose lines can be looked up.
pub(super) struct Source<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let after = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// Line of a byte offset, counted from one.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Line and column of a byte offset, counted from one.
    pub(super) fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.text.get(start..offset).map_or(1, |before| before.chars().count() + 1);
        (line, column)
    }

    /// The label of what looks like a reference to a footnote at a byte offset.
    pub(super) fn footnote_label(&self, offset: usize) -> Option<&'a str> {
        let (label, _) = self.text.get(offset..)?.strip_prefix("[^")?.split_once(']')?;
        (!label.is_empty() && !label.contains(char::is_whitespace)).then_some(label)
    }
}
