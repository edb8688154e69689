//! What can go wrong with a pack.

use std::{fmt::Write as _, io, path::PathBuf};

use crate::content::{BadIndex, Problem};

/// Why a pack, or something in it, cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A folder or a file cannot be read.
    #[error("{} cannot be read: {source}", .path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The folder holds neither lessons nor scenarios.
    #[error("{} is no pack", .0.display())]
    NoPack(PathBuf),
    /// The content has errors: all of them, and the warnings.
    #[error("{}", told(.0))]
    Broken(Vec<Problem>),
    /// No scenario has this id.
    #[error("there is no scenario '{0}'")]
    NoScenario(String),
    /// No lesson with a text has this id.
    #[error("there is no lesson '{0}' to read")]
    NoLesson(String),
    /// The index that was built in is broken.
    #[error("the built-in course is damaged: {0}")]
    Damaged(#[from] BadIndex),
}

impl LibraryError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "check the path and its permissions",
            Self::NoPack(_) => "a pack is a folder with lessons/ and scenarios/: see docs/authoring.md",
            Self::Broken(_) => "mend the content; `respline check` says when it is whole",
            Self::NoScenario(_) => "respline list scenarios",
            Self::NoLesson(_) => "respline list lessons",
            Self::Damaged(_) => "this is a mistake in respline; please report it",
        }
    }
}

fn told(problems: &[Problem]) -> String {
    let errors: Vec<&Problem> = problems.iter().filter(|problem| problem.is_error()).collect();
    let mut text = format!("the pack has {} error{}", errors.len(), if errors.len() == 1 { "" } else { "s" });
    for problem in errors {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n{problem}");
    }
    text
}
