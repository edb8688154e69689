//! Where records are kept: the port [`Store`] and its adapters.

use crate::course::Record;

/// Keeps the append-only records of many learners.
pub trait Store: Send {
    /// Stores `records` for `learner`, all or none. They are durable when this returns. A record whose key is there already
    /// is passed over, so that a repeated call never stores an answer twice.
    ///
    /// # Errors
    /// When nothing was stored: the database is gone, full, read-only or broken.
    fn append(&mut self, learner: &str, records: &[Record]) -> Result<(), StoreError>;

    /// Every record of `learner` in order of time, then key.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn records(&mut self, learner: &str) -> Result<Vec<Record>, StoreError>;
}

/// What can go wrong with a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {}
