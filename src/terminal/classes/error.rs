//! What can go wrong with a class file.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{content::Problem, document::printable};

/// Why a class cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClassError {
    /// Its file cannot be read.
    #[error("{}: {source}", shown(.path))]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The class file or its roster has errors.
    #[error("{}", told(.path, .problems))]
    Broken {
        /// The class file.
        path: PathBuf,
        /// The errors, the first one first.
        problems: Vec<Problem>,
    },
    /// Two files are classes of one id: what is recorded of them could not be told apart.
    #[error("{}: another class file here has the id '{id}'", shown(.path))]
    Twice {
        /// The second of the two.
        path: PathBuf,
        /// The id.
        id: String,
    },
    /// The id was edited while the class runs: everything recorded hangs on it.
    #[error("{}: the id was '{was}' and is '{is}' now", shown(.path))]
    Renamed {
        /// The class file.
        path: PathBuf,
        /// What it was.
        was: String,
        /// What it is now.
        is: String,
    },
}

impl ClassError {
    pub(super) fn broken(path: &Path, problems: Vec<Problem>) -> Self {
        Self::Broken { path: path.to_owned(), problems: problems.into_iter().filter(Problem::is_error).collect() }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Unreadable { .. } => "give the path of a file that can be read".to_owned(),
            Self::Broken { path, .. } => format!("respline class check {}", shown(path)),
            Self::Twice { .. } => "give each class an id of its own".to_owned(),
            Self::Renamed { was, .. } => format!("set it back to '{was}'; a new class needs a new file and a restart"),
        }
    }
}

/// A path as it is shown.
fn shown(path: &Path) -> String {
    printable(&path.display().to_string()).replace('\n', " ")
}

/// The first error, in one line that begins with its place.
fn told(path: &Path, problems: &[Problem]) -> String {
    let Some((first, more)) = problems.split_first() else { return format!("{}: the class has errors", shown(path)) };
    let more = match more.len() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let place = &first.place;
    format!("{}:{}:{}: {}{more}", place.file, place.line, place.column, first.message)
}
