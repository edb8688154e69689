//! What is wrong with a document, where, and what to do about it.

use super::NoteKind;

/// Something an author should mend. The document is whole nevertheless: nothing that was written is left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct Issue {
    /// Line of the source, counted from one.
    pub line: usize,
    /// Character of that line, counted from one.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// The kinds of mistake an author can make.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A note runs to the end of what it stands in.
    #[error("the {} opened here is never closed", .0.word())]
    UnclosedNote(NoteKind),
    /// A closing line without an open note.
    #[error("nothing is open that `:::` could close")]
    StrayClose,
    /// A directive nobody knows.
    #[error("unknown directive `:::{0}`")]
    UnknownDirective(String),
    /// `:::line` with no id, or with more than one word.
    #[error("`:::line` needs the id of one scenario")]
    LineWithoutScenario,
    /// A directive that belongs to a paragraph by its indentation.
    #[error("this directive is part of a paragraph")]
    IndentedDirective,
    /// Markup that only a browser understands.
    #[error("raw HTML is not shown")]
    Html,
    /// A picture.
    #[error("images are not shown, only their description")]
    Image,
    /// Lists, quotes and notes too deep inside each other.
    #[error("nested deeper than {}", super::parse::MAX_DEPTH)]
    TooDeep,
    /// A reference without its footnote.
    #[error("footnote `[^{0}]` is not defined")]
    UndefinedFootnote(String),
    /// A footnote without a reference.
    #[error("footnote `[^{0}]` is never referred to")]
    UnusedFootnote(String),
    /// A link to something a reader should not be sent to.
    #[error("link to `{0}`")]
    Address(String),
}

impl Problem {
    /// What to do about it, in one phrase.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::UnclosedNote(_) => "close it with `:::` at the start of a line of its own",
            Self::StrayClose => "remove it, or indent it as the line that opened the note",
            Self::UnknownDirective(_) => "write note, tip, warning, danger or line",
            Self::LineWithoutScenario => "write `:::line scenario-id`",
            Self::IndentedDirective => "start it at the left margin, or put a blank line before it",
            Self::Html => "write it in Markdown, or between backticks if it is an example",
            Self::Image => "say it in words",
            Self::TooDeep => "split it into paragraphs",
            Self::UndefinedFootnote(_) => "add its definition: `[^label]: text`",
            Self::UnusedFootnote(_) => "refer to it, or remove it",
            Self::Address(_) => "use an https address or a relative one",
        }
    }
}
