//! The content that sessions share: one copy in memory of what anybody has open.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use crate::{
    course::{Course, Lesson, Scenario},
    terminal::{Library, Shelf},
};

/// A library whose texts are in memory once, as long as a session has them open.
pub(super) struct Shared {
    library: Library,
    scenarios: Open<Scenario>,
    lessons: Open<Lesson>,
}

type Open<T> = Mutex<HashMap<String, Weak<T>>>;

impl Shared {
    pub(super) fn new(library: Library) -> Self {
        Self { library, scenarios: Mutex::default(), lessons: Mutex::default() }
    }

    pub(super) fn course(&self) -> Arc<Course> {
        self.library.course()
    }
}

impl Shelf for Shared {
    fn scenario(&self, id: &str) -> Result<Arc<Scenario>, String> {
        fetch(&self.scenarios, id, || Shelf::scenario(&self.library, id))
    }

    fn lesson(&self, id: &str) -> Result<Arc<Lesson>, String> {
        fetch(&self.lessons, id, || Shelf::lesson(&self.library, id))
    }
}

/// What is open already, or what `read` gives.
fn fetch<T>(open: &Open<T>, id: &str, read: impl FnOnce() -> Result<Arc<T>, String>) -> Result<Arc<T>, String> {
    let known = open.lock().unwrap_or_else(PoisonError::into_inner).get(id).and_then(Weak::upgrade);
    if let Some(known) = known {
        return Ok(known);
    }
    let read = read()?;
    let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
    open.retain(|_, text| text.strong_count() > 0);
    open.insert(id.to_owned(), Arc::downgrade(&read));
    Ok(read)
}
