//! The classes of the box: whose keys and names they hold, as their files read now.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::{
    classroom::Class,
    terminal::{ClassError, Classes, Part},
};

/// The classes of the box. What is asked of it never waits for a file.
#[derive(Clone, Default)]
pub(super) struct Roll(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// Locked while files are read.
    files: Mutex<Classes>,
    read: RwLock<Arc<[Arc<Class>]>>,
}

impl Roll {
    pub(super) fn new(classes: Classes) -> Self {
        let roll = Self::default();
        roll.replace(classes);
        roll
    }

    /// Puts other classes in place of these.
    pub(super) fn replace(&self, classes: Classes) {
        let mut files = self.0.files.lock().unwrap_or_else(PoisonError::into_inner);
        *files = classes;
        self.publish(&files);
    }

    /// Reads what was saved since the last look; what is wrong with it.
    pub(super) fn look(&self) -> Vec<ClassError> {
        let mut files = self.0.files.lock().unwrap_or_else(PoisonError::into_inner);
        let looked = files.look();
        if looked.iter().any(Result::is_ok) {
            self.publish(&files);
        }
        looked.into_iter().filter_map(Result::err).collect()
    }

    fn publish(&self, files: &Classes) {
        *self.0.read.write().unwrap_or_else(PoisonError::into_inner) = files.iter().map(Arc::clone).collect();
    }

    /// All classes.
    pub(super) fn classes(&self) -> Arc<[Arc<Class>]> {
        Arc::clone(&self.0.read.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The classes that somebody is in.
    pub(super) fn of(&self, part: &Part) -> Vec<Arc<Class>> {
        self.classes().iter().filter(|class| part.is_in(class)).map(Arc::clone).collect()
    }

    /// The class with this id, where somebody may watch and steer it.
    pub(super) fn steered(&self, part: &Part, id: &str) -> Option<Arc<Class>> {
        self.classes().iter().find(|class| class.id == id && part.steers(class)).map(Arc::clone)
    }

    /// The login of the learner whose key this is, by type and body.
    pub(super) fn learner_with(&self, key: &str) -> Option<String> {
        self.classes().iter().find_map(|class| class.learner_with(key)).map(|learner| learner.login.clone())
    }

    /// The login of the learner of this name, as the roster writes it.
    pub(super) fn login(&self, name: &str) -> Option<String> {
        self.classes().iter().find_map(|class| class.learner(name)).map(|learner| learner.login.clone())
    }

    /// The name of the instructor whose key this is, by type and body.
    pub(super) fn instructor_with(&self, key: &str) -> Option<String> {
        self.classes().iter().find_map(|class| class.instructor_with(key)).map(|instructor| instructor.name.clone())
    }
}
