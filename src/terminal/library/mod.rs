//! Packs, wherever they lie: built into the program or in folders. The only place that reads content files.
//!
//! Opening a pack checks it whole, or finds that these very files were checked before; scenarios and lessons are then read
//! one by one as they are asked for, so that neither a start nor a session grows with the pack.

mod cache;
mod error;
mod folder;
mod saved;

use std::{
    fs,
    num::NonZero,
    panic::resume_unwind,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

use crate::{
    content::{self, Frame, Part, Problem, Report, SourceFile},
    course::{Course, Lesson, Scenario},
};

use super::Shelf;
use cache::Cache;
pub use error::LibraryError;
pub(super) use folder::Entry;
use folder::Listing;
pub(super) use saved::FileStamp;

include!(concat!(env!("OUT_DIR"), "/pack.rs"));

/// Threads that check a pack: more are held up by the memory they share.
const THREADS: usize = 4;

/// Files of a pack that are in memory at once, for each thread.
const BATCH: usize = 64;

/// A checked course and where its texts are.
#[derive(Debug)]
pub struct Library {
    course: Arc<Course>,
    /// The packs' folders; none for the built-in course.
    roots: Vec<PathBuf>,
}

impl Library {
    /// The built-in course, which the build has checked.
    ///
    /// # Errors
    /// When the program file is damaged.
    pub fn embedded() -> Result<Self, LibraryError> {
        Ok(Self { course: Arc::new(content::read_index(INDEX)?), roots: Vec::new() })
    }

    /// The packs at `roots`, which add to each other.
    ///
    /// # Errors
    /// When a folder cannot be read or is no pack, and with every problem when anything in them is an error.
    pub fn open(roots: &[PathBuf]) -> Result<Self, LibraryError> {
        Self::open_cached(roots, cache_folder().as_deref())
    }

    /// The packs at `roots`, read anew: no index is looked for in anybody's home, and none is left there.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_afresh(roots: &[PathBuf]) -> Result<Self, LibraryError> {
        Self::open_cached(roots, None)
    }

    fn open_cached(roots: &[PathBuf], folder: Option<&Path>) -> Result<Self, LibraryError> {
        let listing = list(roots)?;
        let cache = folder.filter(|_| listing.refused.is_empty()).and_then(|folder| Cache::of(folder, roots, &listing));
        let course = match cache.as_ref().and_then(Cache::read) {
            Some(course) => course,
            None => checked(listing, cache.as_ref())?,
        };
        Ok(Self { course: Arc::new(course), roots: roots.to_owned() })
    }

    /// The course, shared by all sessions.
    pub fn course(&self) -> Arc<Course> {
        Arc::clone(&self.course)
    }

    /// The scenario with this id.
    ///
    /// # Errors
    /// When there is none, or its file has changed since the pack was opened and is no good any more.
    pub fn scenario(&self, id: &str) -> Result<Arc<Scenario>, LibraryError> {
        let known = self.course.catalog.find(id).ok_or_else(|| LibraryError::NoScenario(id.to_owned()))?;
        let file = self.file(&format!("scenarios/{}.toml", known.id))?;
        content::scenario(&file).map(Arc::new).map_err(LibraryError::Broken)
    }

    /// The file of a scenario as problems name it, and the line of each of its tasks by layer id; none where it cannot be read.
    pub fn places(&self, id: &str) -> Option<(String, Vec<(String, usize)>)> {
        let known = self.course.catalog.find(id)?;
        let file = self.file(&format!("scenarios/{}.toml", known.id)).ok()?;
        let lines = content::task_lines(&file);
        Some((file.path, lines))
    }

    /// The lesson with this id.
    ///
    /// # Errors
    /// When there is none or it is only announced, or its file has changed since the pack was opened and is no good any more.
    pub fn lesson(&self, id: &str) -> Result<Arc<Lesson>, LibraryError> {
        let file = self.course.lesson(id).and_then(|lesson| lesson.file.as_ref());
        let name = file.ok_or_else(|| LibraryError::NoLesson(id.to_owned()))?;
        let file = self.file(&format!("lessons/{name}"))?;
        content::lesson(id, &file).map(Arc::new).map_err(LibraryError::Broken)
    }

    /// Reads a file of the pack that has it.
    fn file(&self, name: &str) -> Result<SourceFile<'static>, LibraryError> {
        let missing = || LibraryError::Unreadable { path: name.into(), source: std::io::ErrorKind::NotFound.into() };
        if self.roots.is_empty() {
            return embedded_file(name).ok_or_else(missing);
        }
        let root = self.roots.iter().find(|root| root.join(name).exists()).ok_or_else(missing)?;
        let entry =
            Entry::within(root, name).map_err(|source| LibraryError::Unreadable { path: root.join(name), source })?;
        entry.read().map_err(LibraryError::Broken)
    }
}

impl Shelf for Library {
    fn scenario(&self, id: &str) -> Result<Arc<Scenario>, String> {
        self.scenario(id).map_err(|error| error.to_string())
    }

    fn lesson(&self, id: &str) -> Result<Arc<Lesson>, String> {
        self.lesson(id).map_err(|error| error.to_string())
    }
}

/// Checks the packs at `roots`, whatever is kept of an earlier check.
///
/// # Errors
/// When a folder cannot be read or is no pack.
pub fn check(roots: &[PathBuf]) -> Result<Report, LibraryError> {
    list(roots).map(report)
}

/// What the files of some packs were at one time: another one means that something was saved.
#[derive(Debug, PartialEq, Eq)]
pub struct Stamp(Vec<(PathBuf, (u64, i128, i128))>);

/// The stamp of the packs at `roots`; that of no file where a folder cannot be read just now.
pub fn stamp(roots: &[PathBuf]) -> Stamp {
    let Listing { lessons, scenarios, .. } = list(roots).unwrap_or_default();
    Stamp(lessons.into_iter().chain(scenarios).map(|entry| (entry.path, entry.stamp)).collect())
}

/// A file of a pack, or why it cannot be read.
pub type Content = Result<SourceFile<'static>, Vec<Problem>>;

/// The TOML files of the packs at `roots`, each with the path it really lies at, or why it cannot be read.
///
/// # Errors
/// When a folder cannot be read or is no pack.
pub fn files(roots: &[PathBuf]) -> Result<Vec<(PathBuf, Content)>, LibraryError> {
    let Listing { lessons, scenarios, refused } = list(roots)?;
    let is_toml = |entry: &&Entry| entry.path.extension().is_some_and(|ending| ending == "toml");
    let entries = lessons.iter().chain(&scenarios).filter(is_toml);
    let read =
        entries.map(|entry| (fs::canonicalize(&entry.path).unwrap_or_else(|_| entry.path.clone()), entry.read()));
    let refused = refused.into_iter().map(|problem| (PathBuf::new(), Err(vec![problem])));
    Ok(read.chain(refused).collect())
}

/// What the packs at `roots` teach, without their scenarios and however broken they are.
///
/// # Errors
/// When a folder cannot be read or is no pack.
pub fn outline(roots: &[PathBuf]) -> Result<Course, LibraryError> {
    let (lessons, _) = read(&list(roots)?.lessons);
    Ok(Frame::read(&lessons, []).course().clone())
}

/// Checks the built-in course.
pub fn check_embedded() -> Report {
    let files: Vec<SourceFile<'_>> = FILES.iter().map(|(path, bytes)| SourceFile::new(*path, *bytes)).collect();
    content::pack(&files)
}

fn embedded_file(name: &str) -> Option<SourceFile<'static>> {
    let place = FILES.binary_search_by(|(path, _)| (*path).cmp(name)).ok()?;
    FILES.get(place).map(|(path, bytes)| SourceFile::new(*path, *bytes))
}

fn cache_folder() -> Option<PathBuf> {
    let named = |name: &str| name.to_owned();
    let strategy = choose_app_strategy(AppStrategyArgs {
        top_level_domain: named("org"),
        author: named("respline"),
        app_name: named("respline"),
    });
    strategy.ok().map(|strategy| strategy.in_cache_dir("packs"))
}

fn list(roots: &[PathBuf]) -> Result<Listing, LibraryError> {
    let mut listing = Listing::default();
    for root in roots {
        listing.add(root)?;
    }
    Ok(listing)
}

fn checked(listing: Listing, cache: Option<&Cache>) -> Result<Course, LibraryError> {
    let report = report(listing);
    let course = report.course.ok_or(LibraryError::Broken(report.problems))?;
    if let Some(cache) = cache {
        cache.write(&course);
    }
    Ok(course)
}

fn report(listing: Listing) -> Report {
    let Listing { lessons, scenarios, mut refused } = listing;
    let (lessons, unread) = read(&lessons);
    refused.extend(unread);
    let frame = Frame::read(&lessons, scenarios.iter().map(|entry| entry.shown.as_str()));
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS);
    let share = scenarios.len().div_ceil(threads).max(1);
    let parts: Vec<(Part, Vec<Problem>)> = thread::scope(|scope| {
        let frame = &frame;
        let part = |entries| scope.spawn(move || batches(frame, entries));
        let running: Vec<_> = scenarios.chunks(share).map(part).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let (parts, unread): (Vec<Part>, Vec<Vec<Problem>>) = parts.into_iter().unzip();
    refused.extend(unread.into_iter().flatten());
    frame.close(parts, refused)
}

/// Checks scenarios a batch at a time, so that a large pack is never in memory as a whole.
fn batches(frame: &Frame, entries: &[Entry]) -> Vec<(Part, Vec<Problem>)> {
    let batch = |entries| {
        let (files, unread) = read(entries);
        (frame.part(&files), unread)
    };
    entries.chunks(BATCH).map(batch).collect()
}

fn read(entries: &[Entry]) -> (Vec<SourceFile<'static>>, Vec<Problem>) {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry.read() {
            Ok(file) => files.push(file),
            Err(problems) => unread.extend(problems),
        }
    }
    (files, unread)
}
