//! Export to a file and import from one.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{
    course::Timestamp,
    store::{Export, Import, PortableError, Store, StoreError, shown},
};

/// Many times a lifetime of answers; a larger file is something else.
const LARGEST: u64 = 256 << 20;

/// Where an export goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Standard,
    /// A file that must not be there yet.
    New(PathBuf),
    /// A file, whether or not it is there.
    Over(PathBuf),
}

/// Where an import comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

/// What was exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Records written.
    pub records: usize,
    /// Damaged records that could not be.
    pub left_out: usize,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} records written", self.records)?;
        if self.left_out > 0 {
            write!(f, ", {} damaged ones left out", self.left_out)?;
        }
        Ok(())
    }
}

/// What was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Whose records they were on the other machine.
    pub learner: String,
    /// Records in the file.
    pub read: usize,
    /// Those that were not stored before.
    pub new: usize,
    /// Those kept for a newer version to read.
    pub unread: usize,
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} records read, {} new", self.read, self.new)?;
        if self.unread > 0 {
            write!(f, "; {} are kept for a newer version of respline to read", self.unread)?;
        }
        Ok(())
    }
}

/// Writes every record of `learner` to `target`. A file is there whole or not at all, and private to its owner.
///
/// # Errors
/// When the records cannot be read or the file cannot be written.
pub fn export(
    store: &mut dyn Store,
    learner: &str,
    now: Timestamp,
    target: &Target,
) -> Result<Exported, TransferError> {
    let export = Export::of(store, learner, now)?;
    match target {
        Target::Standard => io::stdout().lock().write_all(export.text.as_bytes()).map_err(TransferError::Standard)?,
        Target::New(path) | Target::Over(path) => save(path, target, export.text.as_bytes())?,
    }
    Ok(Exported { records: export.records, left_out: export.left_out })
}

/// Stores the records of `source` for `learner`, all or none.
///
/// # Errors
/// When the text is not whole and genuine, or its records cannot be stored; nothing was stored then.
pub fn import(store: &mut dyn Store, learner: &str, source: &Source) -> Result<Imported, TransferError> {
    let text = load(source)?;
    let import = Import::read(&text).map_err(|problem| TransferError::Content { path: source.to_string(), problem })?;
    let new = store.keep(learner, &import.records)?;
    let unread = import.records.iter().filter(|kept| kept.record().is_none()).count();
    Ok(Imported { learner: import.learner, read: import.records.len(), new, unread })
}

/// Writes a file whole or not at all.
pub(in crate::cli) fn save(path: &Path, target: &Target, text: &[u8]) -> Result<(), TransferError> {
    let failed = |source| TransferError::File { path: shown(path), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    let placed = match target {
        // Renaming over a device or a pipe would replace it.
        Target::Over(_) if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) => {
            return Err(TransferError::Exists { path: shown(path) });
        }
        Target::Over(_) => file.persist(path),
        Target::New(_) | Target::Standard => file.persist_noclobber(path),
    };
    match placed {
        Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(TransferError::Exists { path: shown(path) })
        }
        Err(refused) => Err(failed(refused.error)),
        Ok(_) => File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed),
    }
}

fn load(source: &Source) -> Result<Vec<u8>, TransferError> {
    let read = |from: &mut dyn Read| {
        let mut text = Vec::new();
        from.take(LARGEST + 1).read_to_end(&mut text).map(|_| text)
    };
    let text = match source {
        Source::Standard => read(&mut io::stdin().lock()).map_err(TransferError::Standard)?,
        Source::File(path) => File::open(path)
            .and_then(|mut file| read(&mut file))
            .map_err(|error| TransferError::File { path: source.to_string(), source: error })?,
    };
    let fits = u64::try_from(text.len()).is_ok_and(|length| length <= LARGEST);
    if fits { Ok(text) } else { Err(TransferError::TooLarge { path: source.to_string() }) }
}

/// As it may be shown.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard input"),
            Self::File(path) => f.write_str(&shown(path)),
        }
    }
}

/// Why records were not moved.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The text is not whole and genuine.
    #[error("{path}, {problem}")]
    Content {
        /// Where it came from.
        path: String,
        /// What is wrong with it.
        problem: PortableError,
    },
    /// There is a file already.
    #[error("{path} is there already")]
    Exists {
        /// Path.
        path: String,
    },
    /// No export is that large.
    #[error("{path} is too large for an export")]
    TooLarge {
        /// Where it came from.
        path: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Path.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// Standard input or output broke off.
    #[error("standard input or output broke off: {0}")]
    Standard(io::Error),
}

impl TransferError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Store(error) => error.hint(),
            Self::Content { problem, .. } => problem.problem.hint(),
            Self::Exists { .. } => "give another name, or --force to replace an ordinary file",
            Self::TooLarge { .. } => "give a file that `respline progress export` wrote",
            Self::File { .. } | Self::Standard(_) => "give another file; nothing was changed",
        }
    }
}
