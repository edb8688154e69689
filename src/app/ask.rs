//! A question to an instructor, over the room of a class: a line to type, or a yes to what cannot be taken back.

use crate::{
    classroom::{Act, LONGEST_MESSAGE},
    document::fold,
};

use super::Scope;

/// A question to an instructor.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The question.
    pub words: String,
    /// What is typed so far.
    pub text: String,
    /// What it is about.
    pub about: Asking,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Asking {
    /// What to say, to whom by login; to all without.
    Message(Option<String>),
    /// By how many minutes, for whom by login; for all without.
    Extend(Option<String>),
    /// Which learner, or which row.
    Find,
    /// Whether these acts are meant.
    Confirm(Vec<Act>),
}

impl Ask {
    /// A line to type.
    pub(super) fn line(words: impl Into<String>, about: Asking) -> Self {
        Self { words: words.into(), text: String::new(), about }
    }

    /// Acts that need a yes.
    pub(super) fn sure(words: impl Into<String>, acts: Vec<Act>) -> Self {
        Self::line(words, Asking::Confirm(acts))
    }

    /// The scopes of its keys.
    pub(super) const fn scopes(&self) -> &'static [Scope] {
        if self.takes_text() { &[Scope::Asked] } else { &[Scope::Confirm] }
    }

    /// Letters are text here, not keys.
    pub const fn takes_text(&self) -> bool {
        !matches!(self.about, Asking::Confirm(_))
    }

    /// How much may be typed.
    pub(super) const fn room(&self) -> usize {
        if matches!(self.about, Asking::Message(_)) { LONGEST_MESSAGE } else { 80 }
    }

    /// The question and, where something is typed, the line with it, for so many columns: of a long line its end.
    pub fn rows(&self, columns: u16) -> Vec<String> {
        let columns = usize::from(columns);
        let mut rows = fold(&self.words, columns);
        if self.takes_text() {
            let typed = fold(&format!("> {}", self.text), columns.saturating_sub(1));
            let spaces = self.text.chars().rev().take_while(|char| *char == ' ').count();
            let last = typed.into_iter().next_back().unwrap_or_else(|| ">".into());
            // Wrapping drops the blanks at a line's end; the cursor stands behind them.
            rows.push(format!("{last}{}", " ".repeat(spaces.min(1))));
        }
        rows
    }
}
