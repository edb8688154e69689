//! What a learner says about a layer.

use serde::{Deserialize, Serialize};

use super::Owner;

/// An answer under way: stored as it changes, so that a cut connection resumes at the same question with the same hints spent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The owner chosen, once it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// Marked *unsure* by the learner.
    #[serde(default)]
    pub unsure: bool,
    /// Hints read: 0 none, 1 the nudge, 2 the rule.
    #[serde(default)]
    pub hints: u8,
    /// Wrong controls struck out, by their place in file order; each forfeits the control's point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub struck: Vec<usize>,
}

impl Draft {
    /// The complete answer, once `control` (file order) is chosen as well; none before the owner is.
    pub fn confirm(&self, control: usize) -> Option<Said> {
        let owner = self.owner?;
        Some(Said { owner, control, unsure: self.unsure, hints: self.hints, struck: !self.struck.is_empty() })
    }
}

/// A confirmed answer to one layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The side chosen.
    pub owner: Owner,
    /// The control chosen, by its place in file order.
    pub control: usize,
    /// Marked *unsure* before it was revealed.
    #[serde(default)]
    pub unsure: bool,
    /// Hints read: 0 none, 1 the nudge, 2 the rule.
    #[serde(default)]
    pub hints: u8,
    /// A wrong control was struck out first.
    #[serde(default)]
    pub struck: bool,
}
