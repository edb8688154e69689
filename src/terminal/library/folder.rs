//! A pack's folder: what lies in it, and reading a file of it no further than it may go.
//!
//! A pack comes from somebody else. A link may not lead out of it, a pipe may not stall the reader, and no file is read
//! past the length it may have.

use std::{
    fs::{self, DirEntry, File, Metadata, OpenOptions},
    io::{self, ErrorKind, Read},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use rustix::fs::OFlags;

use crate::content::{Problem, SourceFile, longest};

use super::LibraryError;

/// A file of a pack, not read yet.
#[derive(Clone, Debug)]
pub(in crate::terminal) struct Entry {
    /// Its path as problems name it.
    pub shown: String,
    pub path: PathBuf,
    /// Size, and the times of the last change of its bytes and of its inode, in nanoseconds.
    pub stamp: (u64, i128, i128),
}

/// What lies in a pack.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub lessons: Vec<Entry>,
    pub scenarios: Vec<Entry>,
    /// What was refused.
    pub refused: Vec<Problem>,
}

impl Listing {
    /// Adds the pack at `root`.
    pub(super) fn add(&mut self, root: &Path) -> Result<(), LibraryError> {
        let whole = fs::canonicalize(root).map_err(|source| unreadable(root, source))?;
        let lessons = self.folder(root, &whole, "lessons")?;
        let scenarios = self.folder(root, &whole, "scenarios")?;
        match (lessons, scenarios) {
            (None, None) => return Err(LibraryError::NoPack(root.to_owned())),
            (lessons, scenarios) => {
                self.lessons.extend(lessons.into_iter().flatten());
                self.scenarios.extend(scenarios.into_iter().flatten());
            }
        }
        Ok(())
    }

    /// The content files of a folder of the pack, by name; none where there is no such folder.
    fn folder(&mut self, root: &Path, whole: &Path, name: &str) -> Result<Option<Vec<Entry>>, LibraryError> {
        let folder = root.join(name);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(unreadable(&folder, source)),
        };
        if !is_within(&folder, whole) {
            self.refuse(&shown(&folder), "the folder is a link that leads out of the pack");
            return Ok(Some(Vec::new()));
        }
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| unreadable(&folder, source))?;
            if is_content(name, &entry) {
                found.extend(self.entry(&entry, whole));
            }
        }
        found.sort_by(|a: &Entry, b| a.shown.cmp(&b.shown));
        Ok(Some(found))
    }

    fn entry(&mut self, entry: &DirEntry, whole: &Path) -> Option<Entry> {
        let path = entry.path();
        let shown = shown(&path);
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        if is_link && !is_within(&path, whole) {
            self.refuse(&shown, "the file is a link that leads out of the pack, or nowhere");
            return None;
        }
        let metadata = if is_link { fs::metadata(&path) } else { entry.metadata() };
        match metadata {
            Ok(metadata) if metadata.is_file() => Some(Entry { shown, path, stamp: stamp(&metadata) }),
            Ok(_) => {
                self.refuse(&shown, "this is no regular file");
                None
            }
            Err(error) => {
                self.refuse(&shown, &format!("the file cannot be read: {error}"));
                None
            }
        }
    }

    fn refuse(&mut self, shown: &str, message: &str) {
        let hint = "put a regular file in its place, or take it out of the pack";
        self.refused.push(Problem::of_file("not-a-file", shown, message, hint));
    }
}

impl Entry {
    /// The file at `path`, wherever it lies.
    pub(in crate::terminal) fn at(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self { shown: shown(path), path: path.to_owned(), stamp: stamp(&metadata) })
    }

    /// The file of a pack at `path`, once it is known to lie in the pack.
    pub(super) fn within(root: &Path, name: &str) -> io::Result<Self> {
        let path = root.join(name);
        let metadata = fs::metadata(&path)?;
        if !fs::canonicalize(root).is_ok_and(|whole| is_within(&path, &whole)) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "the file is a link that leads out of the pack"));
        }
        Ok(Self { shown: shown(&path), path, stamp: stamp(&metadata) })
    }

    /// Reads it.
    ///
    /// # Errors
    /// When it is too long, no regular file, or cannot be read.
    pub(in crate::terminal) fn read(&self) -> Result<SourceFile<'static>, Vec<Problem>> {
        let failed = |error: io::Error| {
            let message = format!("the file cannot be read: {error}");
            vec![Problem::of_file("not-a-file", &self.shown, &message, "check the path and its permissions")]
        };
        let (file, metadata) = self.open().map_err(failed)?;
        if !metadata.is_file() {
            return Err(failed(io::Error::other("it is no regular file")));
        }
        let most = u64::try_from(longest(&self.shown)).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        // One byte more than allowed: a file that grows while it is read is found out.
        file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
        let length = metadata.len().max(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if length > most {
            return Err(vec![Problem::too_large(&self.shown, length)]);
        }
        Ok(SourceFile::new(self.shown.clone(), bytes))
    }

    /// Opens it without waiting for the other end of a pipe.
    fn open(&self) -> io::Result<(File, Metadata)> {
        let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
        let file = OpenOptions::new().read(true).custom_flags(flags).open(&self.path)?;
        let metadata = file.metadata()?;
        Ok((file, metadata))
    }
}

/// Scenarios are TOML; a lesson folder holds Markdown and the course.
fn is_content(folder: &str, entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let name = name.to_string_lossy();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let kinds: &[&str] = if folder == "lessons" { &["toml", "md"] } else { &["toml"] };
    !name.starts_with('.') && ending.is_some_and(|ending| kinds.contains(&ending))
}

fn is_within(path: &Path, whole: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| path.starts_with(whole))
}

fn stamp(metadata: &Metadata) -> (u64, i128, i128) {
    let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    let modified = nanoseconds(metadata.mtime(), metadata.mtime_nsec());
    (metadata.len(), modified, nanoseconds(metadata.ctime(), metadata.ctime_nsec()))
}

/// A path as problems name it: what was asked for, without a leading `./`.
fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned()
}

fn unreadable(path: &Path, source: io::Error) -> LibraryError {
    LibraryError::Unreadable { path: path.to_owned(), source }
}
