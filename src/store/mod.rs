//! Where records are kept: the ports [`Store`] and [`Accounts`], and their adapters.
//!
//! A store keeps texts under keys and understands none of them. A record written by a newer version therefore stays
//! whole: it is handed over unread, left out of the fold and counted, and carried word for word through export and import.
//!
//! A [`Location`] says which adapter: a SQLite file, shared by the processes of one host, or a PostgreSQL database, shared
//! by several hosts. [`open`] gives both ports as one [`Database`].

mod accounts;
mod copy;
mod error;
mod hand_in;
mod kept;
mod location;
mod memory;
mod portable;
mod postgres;
mod seal;
mod sqlite;
mod survey;

pub use accounts::{Account, Accounts, Enrolled};
pub use copy::{Copied, CopyError, copy};
pub use error::StoreError;
pub(crate) use error::shown;
pub use hand_in::{Cover, HandIn, HandInError, write_hand_in};
pub use kept::{Batch, Cursor, Kept};
pub use location::{Location, LocationError, Secret, open};
pub use memory::Memory;
pub use portable::{Export, Import, PortableError, Problem};
pub use postgres::Postgres;
pub use seal::{OpeningKey, is_sealed, seal};
pub use sqlite::Sqlite;
pub use survey::{Health, Survey};

use crate::course::{Record, RecordKey};

/// Both ports of one database.
pub trait Database: Store + Accounts {}

impl<T: Store + Accounts + ?Sized> Database for T {}

/// Keeps the append-only records of many learners.
///
/// An adapter writes the methods without a body; the rest follows from them.
pub trait Store: Send {
    /// Stores records of several learners, all or none, and says how many were new. They are durable when this returns.
    /// One that is there already, word for word, is passed over, so that a repeated call never stores an answer twice.
    ///
    /// # Errors
    /// When nothing was stored: a key is there with other content, or the database is gone, full, read-only or broken.
    /// Where a connection broke while it was being stored, it may be there all the same; storing it again tells.
    fn keep_all(&mut self, batch: &[(&str, &[Kept<'_>])]) -> Result<usize, StoreError>;

    /// Hands `each` the records of `learner` stored after `after`, in order of time, then key, and says where it ended.
    /// Whoever goes on from there misses none, whoever stores meanwhile.
    ///
    /// # Errors
    /// When the database cannot be read; `each` may have seen some records by then.
    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError>;

    /// Hands `each` everybody's records stored after `after`, with whose they are, in the order of storing, and says where
    /// it ended. Whoever goes on from there misses none, whoever stores meanwhile.
    ///
    /// # Errors
    /// When the database cannot be read; `each` may have seen some records by then.
    fn read_everyone(&mut self, after: Cursor, each: &mut dyn FnMut(&str, Kept<'_>)) -> Result<Cursor, StoreError>;

    /// The place of the record that was stored last, for a reader who wants only what comes after it.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn newest(&mut self) -> Result<Cursor, StoreError>;

    /// Everyone who has records or an account, in order of their names' bytes.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn learners(&mut self) -> Result<Vec<String>, StoreError>;

    /// Removes the records of `learner`, and their account with its keys and PIN, all or none; how many records there
    /// were. Cursors stay good: no later record takes a place that was freed.
    ///
    /// # Errors
    /// When nothing was removed.
    fn forget(&mut self, learner: &str) -> Result<usize, StoreError>;

    /// Removes single records of `learner`, all or none; how many there were. Cursors stay good.
    ///
    /// Records are never changed, and removed only where somebody is forgotten or what is held of a class has expired.
    ///
    /// # Errors
    /// When nothing was removed.
    fn remove(&mut self, learner: &str, keys: &[RecordKey]) -> Result<usize, StoreError>;

    /// Whether another handle may have stored something since this one read last. Cheap where it can be; `true` where
    /// only reading tells. A handle that serves several readers is asked once for all of them, before any of them reads.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn changed(&mut self) -> Result<bool, StoreError> {
        Ok(true)
    }

    /// Looks the database over: whether its own structures hold together, and how it is set up.
    ///
    /// # Errors
    /// When it is damaged or cannot be read.
    fn examine(&mut self) -> Result<Health, StoreError> {
        Ok(Health::default())
    }

    /// Stores `records` for `learner` as [`keep_all`](Self::keep_all) does.
    ///
    /// # Errors
    /// When nothing was stored.
    fn keep(&mut self, learner: &str, records: &[Kept<'_>]) -> Result<usize, StoreError> {
        self.keep_all(&[(learner, records)])
    }

    /// Stores `records` for `learner` as [`keep_all`](Self::keep_all) does.
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
