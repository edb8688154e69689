//! Class files and their rosters, wherever they lie: read, and read again once somebody has saved them.
//!
//! The verbs of `respline class`, a session at this machine and the training box read a class in this one way. A class that is
//! broken after an edit stays what it was: a lab must not stop because its instructor is in the middle of a line.

mod error;
mod follow;
mod part;
mod recorded;

use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;

use crate::{
    classroom::{self, Class},
    content::{Problem, SourceFile},
    course::Course,
};

use super::library::{Entry, FileStamp};

pub use error::ClassError;
pub use follow::Classes;
pub use part::Part;
pub use recorded::{acts, rooms};

/// A class file and its roster, read and held against a course.
pub struct Reading {
    /// The class, where neither file has an error.
    pub class: Option<Class>,
    /// Everything that is wrong with them.
    pub problems: Vec<Problem>,
    /// How many files were looked at.
    pub files: usize,
    /// What they were when they were read.
    stamp: Stamp,
}

/// What a class file and the roster it names were at one time; another one means that something was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stamp {
    class: Option<FileStamp>,
    roster: Option<(PathBuf, Option<FileStamp>)>,
}

/// Who is in the class at `path`, whatever the course has of what it sets.
///
/// # Errors
/// When it cannot be read, or has errors of its own.
pub fn people(path: &Path) -> Result<Class, ClassError> {
    against(path, None, Roster::Needed)?.sound(path)
}

/// Reads a class that has no errors, as a learner has it: where its roster is not there, nobody is in it but whom the class
/// file itself names. Whether the roster was there, or none is named.
///
/// # Errors
/// When it cannot be read, or has any errors.
pub fn without_roster(path: &Path, course: &Course) -> Result<(Class, bool), ClassError> {
    let read = against(path, Some(course), Roster::Optional)?;
    let complete = read.stamp.roster.as_ref().is_none_or(|(_, stamp)| stamp.is_some());
    Ok((read.sound(path)?, complete))
}

/// What a roster that is named and not there means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Roster {
    /// It is a problem of the class.
    Needed,
    /// There is nobody in it.
    Optional,
}

/// Reads a class and its roster.
///
/// # Errors
/// When the class file cannot be read at all. What is wrong with its content is told in the reading.
pub fn read(path: &Path, course: &Course) -> Result<Reading, ClassError> {
    against(path, Some(course), Roster::Needed)
}

fn against(path: &Path, course: Option<&Course>, needed: Roster) -> Result<Reading, ClassError> {
    let class = Entry::at(path).ok().map(|entry| entry.stamp);
    let file = source(path)?;
    let roster = classroom::roster(&file).map(|name| path.parent().unwrap_or(Path::new("")).join(name));
    let seen = roster.as_ref().and_then(|path| Entry::at(path).ok()).map(|entry| entry.stamp);
    // A roster that is not there is a problem of the class, told with the others.
    let rows = roster.as_ref().and_then(|path| source(path).ok());
    let empty = || (needed == Roster::Optional && roster.is_some()).then(|| SourceFile::new("", Vec::new()));
    let rows = rows.or_else(empty);
    let (read, problems) = classroom::class(&file, rows.as_ref(), course, &zone);
    let stamp = Stamp { class, roster: roster.map(|path| (path, seen)) };
    Ok(Reading { class: read, problems, files: 1 + usize::from(rows.is_some()), stamp })
}

/// Reads a class that has no errors.
///
/// # Errors
/// When it cannot be read, or has any.
pub fn sound(path: &Path, course: &Course) -> Result<Class, ClassError> {
    read(path, course)?.sound(path)
}

impl Reading {
    fn sound(self, path: &Path) -> Result<Class, ClassError> {
        self.class.ok_or_else(|| ClassError::broken(path, self.problems))
    }
}

/// A file's bytes, as far as a class or a roster may be long.
///
/// # Errors
/// When it is no regular file, is too long or cannot be read.
pub fn source(path: &Path) -> Result<SourceFile<'static>, ClassError> {
    let unreadable = |source: io::Error| ClassError::Unreadable { path: path.to_owned(), source };
    Entry::at(path).map_err(unreadable)?.read().map_err(|problems| ClassError::broken(path, problems))
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}
