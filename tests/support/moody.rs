//! A store in memory that refuses whenever it is told to, as a full disk does.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

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
    fn keep(&mut self, learner: &str, records: &[Kept<'_>]) -> Result<usize, StoreError> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(StoreError::Full { path: "/a/full/disk".into(), detail: "it is full".into() });
        }
        self.memory.keep(learner, records)
    }

    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError> {
        self.memory.read(learner, after, each)
    }
}
