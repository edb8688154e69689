//! The verbs about content: check it, put it in order, list it, print a line, begin a scenario, print the schema.
//!
//! Each makes its text from a course or a report and prints it once, so that what is printed can be tested without a process.

mod check;
mod fmt;
mod line;
mod list;
mod new;
mod output;
mod report;
mod schema;
mod table;
mod watch;

use std::path::{Path, PathBuf};

use crate::{content::nearest, document::printable, terminal::LibraryError};

use super::{Failure, config::Setup};

pub(super) use check::{check, problems};
pub(super) use fmt::fmt;
pub(super) use line::line;
pub(super) use list::list;
pub(super) use new::new;
pub(super) use schema::schema;
pub(super) use table::table;

/// A pack that cannot be opened, as the command line tells it.
impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        let (message, hint) = (error.to_string(), error.hint());
        match error {
            LibraryError::Broken(_) | LibraryError::NoPack(_) => Self::content(message, hint),
            LibraryError::NoScenario(_) | LibraryError::NoLesson(_) => Self::usage(message, hint),
            LibraryError::Unreadable { .. } => Self::environment(message, hint),
            LibraryError::Damaged(_) => Self::bug(message),
        }
    }
}

/// An id that is not there, with the one that was meant where it can be guessed.
pub(super) fn unknown<'a>(kind: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let hint = match nearest(id, known) {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("respline list {kind}s"),
    };
    Failure::usage(format!("there is no {kind} '{id}'"), hint)
}

/// The packs a verb about files works on: those asked for, else this folder where it is one.
fn folders(setup: &Setup) -> Vec<PathBuf> {
    let here = Path::new(".");
    if setup.packs.is_empty() && here.join("lessons").is_dir() && here.join("scenarios").is_dir() {
        return vec![here.to_owned()];
    }
    setup.packs.clone()
}

/// That there is no pack to work on.
fn no_pack(other: &str) -> Failure {
    Failure::usage("this folder is no pack", format!("go to a folder with lessons/ and scenarios/, {other}"))
}

/// JSON as it is printed.
pub(super) fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| Failure::bug(format!("the answer cannot be written as JSON: {error}")))?;
    Ok(printable(&text).into_owned() + "\n")
}
