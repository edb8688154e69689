//! A store in memory that refuses whenever it is told to, as a full disk does.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use respline::course::RecordKey;
use respline::store::{Cursor, Kept, Memory, Store, StoreError};

/// All clones share their records and their mood.
#[derive(Clone, Default)]
pub(crate) struct Moody {
    memory: Memory,
    refuses: Arc<AtomicBool>,
}

impl Moody {
    pub(crate) fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::SeqCst);
    }
}

impl Store for Moody {
    fn keep_all(&mut self, batch: &[(&str, &[Kept<'_>])]) -> Result<usize, StoreError> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(StoreError::Full { path: "/a/full/disk".into(), detail: "it is full".into() });
        }
        self.memory.keep_all(batch)
    }

    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError> {
        self.memory.read(learner, after, each)
    }

    fn read_everyone(&mut self, after: Cursor, each: &mut dyn FnMut(&str, Kept<'_>)) -> Result<Cursor, StoreError> {
        self.memory.read_everyone(after, each)
    }

    fn newest(&mut self) -> Result<Cursor, StoreError> {
        self.memory.newest()
    }

    fn learners(&mut self) -> Result<Vec<String>, StoreError> {
        self.memory.learners()
    }

    fn forget(&mut self, learner: &str) -> Result<usize, StoreError> {
        self.memory.forget(learner)
    }

    fn remove(&mut self, learner: &str, keys: &[RecordKey]) -> Result<usize, StoreError> {
        self.memory.remove(learner, keys)
    }
}
