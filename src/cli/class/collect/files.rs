//! The files of a folder, read with their seals taken off.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use crate::{
    classroom::{Class, Submission},
    store::{HandIn, HandInError, Kept, OpeningKey, is_sealed},
};

use super::super::{super::Failure, load::shown};

/// The largest file, in MiB: a year of a diligent learner's work is a tenth of it.
const LARGEST: u64 = 8;

/// The most files, and how deep they may lie: a learning platform gives each learner a folder.
const MOST: usize = 10_000;
const DEEPEST: usize = 4;

/// A file and what is in it.
pub(super) struct Handed {
    /// Its path under the folder, as it is shown.
    pub(super) name: String,
    /// SHA-256 of its text, the seal taken off.
    pub(super) digest: [u8; 32],
    pub(super) submission: Result<Submission, HandInError>,
}

/// Every file of a folder and the folders in it, in order of name. Hidden files and links are passed over.
pub(super) fn all(folder: &Path, with: (&Class, Option<&OpeningKey>)) -> Result<Vec<Handed>, Failure> {
    let mut paths = Vec::new();
    list(folder, DEEPEST, &mut paths).map_err(|error| {
        Failure::environment(format!("{}: {error}", shown(folder)), "give a folder that can be read")
    })?;
    if paths.len() > MOST {
        let hint = "collect them in several folders";
        return Err(Failure::usage(format!("{} holds more than {MOST} files", shown(folder)), hint));
    }
    paths.sort();
    Ok(paths.iter().map(|path| handed(folder, path, with)).collect())
}

fn list(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if entry.file_name().to_string_lossy().starts_with('.') || paths.len() > MOST {
            continue;
        }
        if kind.is_dir() && depth > 0 {
            list(&entry.path(), depth - 1, paths)?;
        } else if kind.is_file() {
            paths.push(entry.path());
        }
    }
    Ok(())
}

fn handed(folder: &Path, path: &Path, with: (&Class, Option<&OpeningKey>)) -> Handed {
    let name = shown(path.strip_prefix(folder).unwrap_or(path));
    match read(path).and_then(|bytes| opened(bytes, with)) {
        Ok(text) => Handed { name, digest: Sha256::digest(&text).into(), submission: submission(&text) },
        Err(error) => Handed { name, digest: [0; 32], submission: Err(error) },
    }
}

fn read(path: &Path) -> Result<Vec<u8>, HandInError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take((LARGEST << 20) + 1).read_to_end(&mut bytes));
    read.map_err(|error| HandInError::Unreadable(error.to_string()))?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST << 20);
    if fits { Ok(bytes) } else { Err(HandInError::TooLarge(LARGEST)) }
}

fn opened(bytes: Vec<u8>, (class, private): (&Class, Option<&OpeningKey>)) -> Result<Vec<u8>, HandInError> {
    if !is_sealed(&bytes) {
        return Ok(bytes);
    }
    let public = class.hand_in_key.as_ref().ok_or(HandInError::OtherKey)?;
    private.ok_or(HandInError::NoKey)?.open(&class.id, public, &bytes)
}

/// Records that only a newer version can read cannot be judged.
fn submission(text: &[u8]) -> Result<Submission, HandInError> {
    let HandIn { cover, records } = HandIn::read(text)?;
    let unread = records.iter().position(|kept| kept.record().is_none());
    if let Some(place) = unread {
        let what = "only a newer version can read it".into();
        return Err(HandInError::Malformed { line: place + 2, what });
    }
    Ok(Submission {
        class: cover.class,
        assignment: cover.assignment,
        login: cover.login,
        pack: cover.pack,
        written: cover.written,
        records: records.iter().filter_map(Kept::record).collect(),
    })
}
