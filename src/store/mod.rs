//! Where records are kept: the port [`Store`] and its adapters.
//!
//! A store keeps texts under keys and understands none of them. A record written by a newer version therefore stays
//! whole: it is handed over unread, left out of the fold and counted, and carried word for word through export and import.

mod error;
mod kept;
mod memory;
mod portable;
mod sqlite;

pub use error::StoreError;
pub(crate) use error::shown;
pub use kept::{Batch, Cursor, Kept};
pub use memory::Memory;
pub use portable::{Export, Import, PortableError, Problem};
pub use sqlite::Sqlite;

use crate::course::Record;

/// Keeps the append-only records of many learners.
///
/// An adapter writes [`keep`](Self::keep) and [`read`](Self::read); the rest follows from them.
pub trait Store: Send {
    /// Stores `records` for `learner`, all or none, and says how many were new. They are durable when this returns. One
    /// that is there already, word for word, is passed over, so that a repeated call never stores an answer twice.
    ///
    /// # Errors
    /// When nothing was stored: a key is there with other content, or the database is gone, full, read-only or broken.
    fn keep(&mut self, learner: &str, records: &[Kept<'_>]) -> Result<usize, StoreError>;

    /// Hands `each` the records of `learner` stored after `after`, in order of time, then key, and says where it ended.
    ///
    /// # Errors
    /// When the database cannot be read; `each` may have seen some records by then.
    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError>;

    /// Stores `records` for `learner` as [`keep`](Self::keep) does.
    ///
    /// # Errors
    /// When nothing was stored.
    fn append(&mut self, learner: &str, records: &[Record]) -> Result<(), StoreError> {
        let kept = records.iter().map(Kept::of).collect::<Result<Vec<_>, _>>()?;
        self.keep(learner, &kept).map(drop)
    }

    /// Every record of `learner` in order of time, then key.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn records(&mut self, learner: &str) -> Result<Vec<Record>, StoreError> {
        self.records_since(learner, Cursor::START).map(|batch| batch.records)
    }

    /// What was stored for `learner` after `after`, by this session or another one.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn records_since(&mut self, learner: &str, after: Cursor) -> Result<Batch, StoreError> {
        let (mut records, mut unread) = (Vec::new(), 0);
        let cursor = self.read(learner, after, &mut |kept| match kept.record() {
            Some(record) => records.push(record),
            None => unread += 1,
        })?;
        Ok(Batch { records, unread, cursor })
    }
}
