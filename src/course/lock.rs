//! What keeps a learner out of a lesson.

use super::{Course, Progress};

/// Why a lesson cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It is announced, not written.
    Coming,
    /// The checkpoint of this lesson (its id) must be passed first.
    Needs(String),
}

impl Progress {
    /// What keeps the learner out of a lesson: it is not written, or a checkpoint before it is not passed.
    ///
    /// Whoever has passed a lesson may open it, what comes before it, and what comes next: on the straight way that is every
    /// checkpoint in its turn, and a test-out stands for those before it.
    pub fn lock(&self, course: &Course, lesson: &str) -> Option<Lock> {
        let place = course.lessons.iter().position(|entry| entry.id == lesson)?;
        let reached = course.lessons.iter().rposition(|entry| self.passed(&entry.id)).map_or(0, |passed| passed + 1);
        let before = course.lessons.iter().enumerate().take(place).skip(reached);
        let missing = before.map(|(_, entry)| entry).find(|entry| entry.checkpoint.is_some());
        if let Some(entry) = missing {
            return Some(Lock::Needs(entry.id.clone()));
        }
        course.lessons.get(place).filter(|entry| entry.file.is_none()).map(|_| Lock::Coming)
    }
}
