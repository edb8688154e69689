//! Where one learner's records go: straight into a store, or to whoever stores for many.

use crate::{
    app::Input,
    course::Record,
    store::{Cursor, Store, StoreError},
};

/// Stores the records of one learner's session.
pub trait Ledger: Send {
    /// Makes records durable. What comes back is for the state machine; where nothing does, the answer comes later, through
    /// [`Engine::tell`](super::Engine::tell).
    fn append(&mut self, records: Vec<Record>) -> Vec<Input>;
}

/// Stores at once, and looks what other sessions of the learner have stored meanwhile.
pub struct Direct {
    store: Box<dyn Store>,
    learner: String,
    /// What this session has seen of the store.
    seen: Cursor,
}

impl Direct {
    /// For `learner`, whose session began with what `store` held up to `seen`.
    pub fn new(store: Box<dyn Store>, learner: String, seen: Cursor) -> Self {
        Self { store, learner, seen }
    }

    /// What other sessions have stored: everything new that is not by `origin`.
    fn elsewhere(&mut self, origin: u64) -> Result<Vec<Record>, StoreError> {
        if !self.store.changed()? {
            return Ok(Vec::new());
        }
        let batch = self.store.records_since(&self.learner, self.seen)?;
        self.seen = batch.cursor;
        Ok(batch.records.into_iter().filter(|record| record.key.origin != origin).collect())
    }
}

impl Ledger for Direct {
    fn append(&mut self, records: Vec<Record>) -> Vec<Input> {
        let Some(last) = records.last().map(|record| record.key) else { return Vec::new() };
        if let Err(error) = self.store.append(&self.learner, &records) {
            return vec![not_stored(&error)];
        }
        // What cannot be read now is read with the next record.
        let news = self.elsewhere(last.origin).unwrap_or_default();
        let elsewhere = (!news.is_empty()).then_some(Input::Elsewhere(news));
        std::iter::once(Input::Stored(last)).chain(elsewhere).collect()
    }
}

/// What the state machine is told of records that were not stored.
fn not_stored(error: &StoreError) -> Input {
    Input::NotStored(format!("{error}; {}", error.hint()))
}
