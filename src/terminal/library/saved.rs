//! Files of a pack that are saved while it is open: their stamps, and their text read again.
//!
//! What is read here is held against the pack as it is now, as strictly as when it was opened: a reference that leads nowhere is
//! told of, and not taken.

use std::sync::Arc;

use crate::{
    app::Text,
    content::Frame,
    course::{Lesson, Scenario},
};

use super::{Library, LibraryError, folder::Entry, list, read};

/// What a file was at one time: its size and its times.
pub(in crate::terminal) type FileStamp = (u64, i128, i128);

impl Library {
    /// Whether its files can be saved by somebody: those of the built-in course cannot.
    pub(in crate::terminal) const fn can_change(&self) -> bool {
        !self.roots.is_empty()
    }

    /// The name within the pack of the file that a text is read from.
    pub(in crate::terminal) fn file_of(&self, text: Text<'_>) -> Option<String> {
        match text {
            Text::Scenario(id) => self.course.catalog.find(id).map(|line| format!("scenarios/{}.toml", line.id)),
            Text::Lesson(id) => self.course.lesson(id)?.file.as_ref().map(|name| format!("lessons/{name}")),
        }
    }

    /// What the file of this name is now; none while it is away, as it is for a moment where an editor replaces it.
    pub(in crate::terminal) fn stamp_of(&self, name: &str) -> Option<FileStamp> {
        let root = self.roots.iter().find(|root| root.join(name).exists())?;
        Entry::within(root, name).ok().map(|entry| entry.stamp)
    }

    /// The scenario as its file has it now.
    pub(in crate::terminal) fn scenario_now(&self, name: &str) -> Result<Arc<Scenario>, LibraryError> {
        self.frame()?.scenario(&self.file(name)?).map(Arc::new).map_err(LibraryError::Broken)
    }

    /// The lesson as its file has it now.
    pub(in crate::terminal) fn lesson_now(&self, id: &str, name: &str) -> Result<Arc<Lesson>, LibraryError> {
        self.frame()?.lesson(id, &self.file(name)?).map(Arc::new).map_err(LibraryError::Broken)
    }

    fn frame(&self) -> Result<Frame, LibraryError> {
        let listing = list(&self.roots)?;
        let (lessons, _) = read(&listing.lessons);
        Ok(Frame::read(&lessons, listing.scenarios.iter().map(|entry| entry.shown.as_str())))
    }
}
