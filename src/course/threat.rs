//! The threat list and the pitfalls: what goes wrong, and the belief that lets it.

use serde::{Deserialize, Serialize};

/// One of the course's threats, from `course.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threat {
    /// Stable id, `exposed-storage`.
    pub id: String,
    /// Name shown to the learner.
    pub name: String,
    /// What goes wrong.
    pub wrong: String,
    /// How it is found today.
    pub found: String,
    /// The first control to put in place.
    pub control: String,
}

/// A belief that produces wrong answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pitfall {
    /// Stable id, `managed-means-secured`.
    pub id: String,
    /// The belief as a person would say it.
    pub name: String,
    /// What to believe instead.
    pub correction: String,
}
