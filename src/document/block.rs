//! The blocks of a document: what an author wrote, before it has a shape.

use super::printable;

/// A parsed document. Its texts are printable already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// From top to bottom; footnotes are gathered in the last one.
    pub blocks: Vec<Block>,
}

impl Document {
    /// One paragraph of these words, taken as they are: they are no Markdown.
    pub fn of_words(words: &str) -> Self {
        let text = Inline::Text { text: printable(words).into_owned(), style: Style::default() };
        Self { blocks: vec![Block { line: 1, content: Content::Paragraph(vec![text]) }] }
    }
}

/// A block and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Line of the source, counted from one.
    pub line: usize,
    /// What it is.
    pub content: Content,
}

/// The kinds of block.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A heading, and its name for links: unique within the document.
    Heading {
        /// From 1 to 6.
        level: u8,
        /// Its words.
        text: Vec<Inline>,
        /// Lower-case words joined by hyphens.
        slug: String,
    },
    /// Running text.
    Paragraph(Vec<Inline>),
    /// Items in order.
    List {
        /// First number; none for bullets.
        start: Option<u64>,
        /// The items follow each other without blank lines.
        tight: bool,
        /// The items.
        items: Vec<Item>,
    },
    /// Rows of cells.
    Table {
        /// One per column.
        alignments: Vec<Alignment>,
        /// The first row.
        header: Vec<Vec<Inline>>,
        /// The others, each as long as the header.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Code between fences, or indented.
    Code {
        /// First word after the fence, often empty.
        language: String,
        /// Its lines, without line feeds.
        lines: Vec<String>,
    },
    /// Somebody else's words.
    Quote(Vec<Block>),
    /// A block set apart by `:::kind Title`.
    Note {
        /// What the reader should do with it.
        kind: NoteKind,
        /// May be empty.
        title: String,
        /// What is in it.
        blocks: Vec<Block>,
    },
    /// `:::line id`: a scenario's stack is drawn here.
    Line {
        /// Id of the scenario.
        scenario: String,
    },
    /// A horizontal rule.
    Rule,
    /// The footnotes in order of first reference.
    Footnotes(Vec<Footnote>),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Done or open, where it is a task.
    pub task: Option<bool>,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A footnote's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// Its number in the text, from 1.
    pub number: usize,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// How a column of a table is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// To the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// To the right.
    Right,
}

impl From<pulldown_cmark::Alignment> for Alignment {
    fn from(alignment: pulldown_cmark::Alignment) -> Self {
        match alignment {
            pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Self::Left,
            pulldown_cmark::Alignment::Center => Self::Centre,
            pulldown_cmark::Alignment::Right => Self::Right,
        }
    }
}

/// What a reader should do with a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// Know.
    Note,
    /// Use.
    Tip,
    /// Beware.
    Warning,
    /// Stop.
    Danger,
}

impl NoteKind {
    /// All kinds, from mild to severe.
    pub const ALL: [Self; 4] = [Self::Note, Self::Tip, Self::Warning, Self::Danger];

    /// The word that stands for it, in a source and on a screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words in one style.
    Text {
        /// The words.
        text: String,
        /// How they are stressed.
        style: Style,
    },
    /// Code within a line.
    Code(String),
    /// Words with an address.
    Link {
        /// Empty where only the address was given.
        text: Vec<Inline>,
        /// Where it leads.
        address: String,
    },
    /// A reference to the footnote of this number.
    Footnote(usize),
    /// The source's line ended here; a space.
    SoftBreak,
    /// The author wants a new line here.
    HardBreak,
}

/// How words are stressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Important.
    pub strong: bool,
    /// Stressed.
    pub emphasis: bool,
    /// No longer holds.
    pub struck: bool,
}
