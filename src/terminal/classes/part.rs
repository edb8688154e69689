//! What somebody is in a class. It is decided by who they are and what its file says, never by what a client claims.

use crate::classroom::Class;

/// Who somebody is to classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A learner, by login.
    Learner(String),
    /// Whoever holds this public key (type and body), as an instructor.
    Instructor(String),
    /// Whoever can open the database by themselves: nothing could be kept from them.
    Owner,
}

impl Part {
    /// Whether they are in `class`.
    pub fn is_in(&self, class: &Class) -> bool {
        match self {
            Self::Learner(login) => class.learner(login).is_some(),
            Self::Instructor(_) | Self::Owner => self.steers(class),
        }
    }

    /// Whether they may watch and steer `class`.
    pub fn steers(&self, class: &Class) -> bool {
        match self {
            Self::Learner(_) => false,
            Self::Instructor(key) => class.instructor_with(key).is_some(),
            Self::Owner => true,
        }
    }
}
