//! Lessons: the text to read and the checkpoint that ends it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::Document;

use super::Checkpoint;

/// A lesson as `course.toml` lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonEntry {
    /// Stable id, `8.1`.
    pub id: String,
    /// Title shown to the learner.
    pub title: String,
    /// File under `lessons/`; none while the lesson is only announced.
    pub file: Option<String>,
    /// What must be passed before the next lesson opens.
    pub checkpoint: Option<Checkpoint>,
}

impl LessonEntry {
    /// The rule of its checkpoint, or of the test-out that stands for it.
    pub fn rule(&self, test_out: bool) -> Option<Checkpoint> {
        let checkpoint = self.checkpoint.as_ref()?;
        Some(if test_out { checkpoint.test_out() } else { checkpoint.clone() })
    }
}

/// A lesson's text, ready to be laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Id of its entry.
    pub id: String,
    /// The parsed Markdown. Every session that has the lesson open reads this one.
    pub document: Arc<Document>,
}
