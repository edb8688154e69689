//! The file itself: where it may be, and that nobody but its owner can read it.
//!
//! It is never opened and closed here once it exists: closing any handle of a file drops the locks that SQLite holds on
//! it elsewhere in the process.

use std::{
    fs::{self, DirBuilder, File, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use rustix::fs::{Access, access};
use tempfile::Builder;

use crate::store::{StoreError, shown};

use super::{network, schema};

/// Makes sure that there is a file to write at `path` and gives its true place, links followed.
pub(super) fn ready(path: &Path) -> Result<PathBuf, StoreError> {
    let failed = |error| StoreError::unreachable(path, error);
    let true_path = settle(path).map_err(failed)?;
    let folder = true_path.parent().unwrap_or(&true_path);
    if let Some(kind) = network::kind(folder).map_err(failed)? {
        return Err(StoreError::Network { path: shown(path), kind });
    }
    access(folder, Access::WRITE_OK | Access::EXEC_OK).map_err(|error| failed(error.into()))?;
    // The log is looked for first: one that is there before its file is an orphan, not another terminal's.
    let log = log(&true_path);
    if !true_path.exists() {
        log.map_or_else(|| create(&true_path, folder), |log| Err(orphan(path, &log)))?;
    }
    access(&true_path, Access::READ_OK | Access::WRITE_OK).map_err(|error| failed(error.into()))?;
    if fs::metadata(&true_path).map_err(failed)?.is_file() {
        return Ok(true_path);
    }
    Err(StoreError::Foreign { path: shown(path), detail: "it is not a regular file".into() })
}

/// The place that `path` leads to; folders missing on the way are made.
fn settle(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let place = folder.canonicalize()?.join(name);
    Ok(place.canonicalize().unwrap_or(place))
}

/// A log of the database at `path`.
fn log(path: &Path) -> Option<PathBuf> {
    let beside = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    ["-wal", "-journal"].map(beside).into_iter().find(|log| log.exists())
}

/// SQLite would play the log into a new file and spoil both.
fn orphan(path: &Path, log: &Path) -> StoreError {
    StoreError::Corrupt { path: shown(path), detail: format!("the file is gone, its log {} is not", shown(log)) }
}

/// Builds a new database aside and puts it in place whole: nobody ever meets half of one, and one sync is enough.
/// SQLite gives its log the mode of the file.
fn create(path: &Path, folder: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::unreachable(path, error);
    let private = Permissions::from_mode(0o600);
    let aside = Builder::new().prefix(".respline-").permissions(private).tempfile_in(folder).map_err(failed)?;
    let aside = aside.into_temp_path();
    schema::build(&aside, path)?;
    File::open(&aside).and_then(|file| file.sync_all()).map_err(failed)?;
    match aside.persist_noclobber(path) {
        // Another terminal was faster.
        Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        placed => placed.map_err(|refused| failed(refused.error)),
    }
}
