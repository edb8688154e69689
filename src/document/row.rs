//! Rows: what a layout is made of.

use super::{NoteKind, width};

/// The characters a layout may draw with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Boxes, bars and bullets.
    #[default]
    Unicode,
    /// The same in ASCII.
    Ascii,
}

impl Glyphs {
    /// One of two ways to draw the same thing.
    pub const fn pick<'a>(self, unicode: &'a str, ascii: &'a str) -> &'a str {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }
}

/// What a span is, for whoever chooses its colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// Important words.
    Strong,
    /// Stressed words.
    Emphasis,
    /// Words that are both.
    StrongEmphasis,
    /// Words that no longer hold, between tildes.
    Struck,
    /// Code, in a line or in a block.
    Code,
    /// A heading of this level, from 1.
    Heading(u8),
    /// The words of a link.
    Link,
    /// The address of a link.
    Address,
    /// A reference to a footnote, or its number.
    Footnote,
    /// A cell in the first row of a table, or its name repeated.
    TableHead,
    /// The word and the title of a note.
    NoteTitle(NoteKind),
    /// The frame around a note.
    NoteFrame(NoteKind),
    /// The bar beside a quote.
    QuoteBar,
    /// A line of a table's grid.
    TableRule,
    /// A horizontal rule, or the line under a heading.
    Rule,
    /// A bullet, a number, a tick box, or the mark of a continued line.
    Marker,
    /// Part of what the caller drew for a directive; the number is the caller's own.
    Drawn(u8),
}

impl Role {
    /// Whether it is decoration rather than the document's words.
    pub const fn is_ornament(self) -> bool {
        matches!(self, Self::NoteFrame(_) | Self::QuoteBar | Self::TableRule | Self::Rule | Self::Marker)
    }
}

/// A piece of a row with one role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The characters, printable and without line feeds.
    pub text: String,
    /// What they are.
    pub role: Role,
}

impl Span {
    /// A piece of text in a role.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role }
    }
}

/// One row of a layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its pieces from left to right.
    pub spans: Vec<Span>,
    /// Place of the block it belongs to.
    pub block: usize,
}

impl Row {
    /// Columns it takes.
    pub fn width(&self) -> usize {
        line_width(&self.spans)
    }

    /// All its characters.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// It is of a heading.
    pub fn is_heading(&self) -> bool {
        self.spans.iter().any(|span| matches!(span.role, Role::Heading(_)))
    }

    /// The document's words in it, without decoration.
    pub(super) fn words(&self) -> String {
        self.spans.iter().filter(|span| !span.role.is_ornament()).map(|span| span.text.as_str()).collect()
    }
}

/// A row that does not know its block yet.
pub(super) type Line = Vec<Span>;

pub(super) fn line_width(line: &[Span]) -> usize {
    line.iter().map(|span| width(&span.text)).sum()
}

/// Appends a piece, joined to the one before it where the role is the same.
pub(super) fn push(line: &mut Line, text: &str, role: Role) {
    match line.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.role == role => last.text.push_str(text),
        _ => line.push(Span::new(text, role)),
    }
}

/// Puts one prefix before the first line and another before the others.
pub(super) fn prefixed(lines: Vec<Line>, first: &Span, rest: &Span) -> Vec<Line> {
    let before = std::iter::once(first).chain(std::iter::repeat(rest));
    let join = |(line, prefix): (Line, &Span)| {
        let prefix = if line.is_empty() { Span::new(prefix.text.trim_end(), prefix.role) } else { prefix.clone() };
        std::iter::once(prefix).filter(|span| !span.text.is_empty()).chain(line).collect()
    };
    lines.into_iter().zip(before).map(join).collect()
}
