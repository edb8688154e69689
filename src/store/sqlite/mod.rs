//! Records in a file: one SQLite database in write-ahead mode, shared by every terminal of a host.
//!
//! Whatever is acknowledged is on the disk (`synchronous = FULL`), and every writer takes the lock before it reads
//! (`BEGIN IMMEDIATE`), because SQLite refuses to upgrade a reader without waiting.

mod accounts;
mod file;
mod network;
mod rows;
mod schema;

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{
    Connection, ErrorCode, OpenFlags, Params, Row, Transaction, TransactionBehavior, config::DbConfig, ffi,
};

use crate::{course::RecordKey, document::printable};

use super::{Cursor, Health, Kept, Store, StoreError, shown};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(5);

/// The file is made beforehand, and a connection stays with one thread at a time.
const OPEN: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// A session's whole budget is 8 MiB, and its records are read once: half a MiB of pages is plenty.
/// The last two lines stop a doctored or damaged file early.
const SETTINGS: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -512;
    PRAGMA journal_size_limit = 1048576;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;";

const EMPTY_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// Keeps records in a SQLite database.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    /// Device and inode of the file, to notice when it is gone.
    identity: (u64, u64),
    /// `data_version` before the last reading: SQLite changes it when another connection has written.
    seen: Option<i64>,
}

impl Sqlite {
    /// Opens the database at `path`, or begins a new one; both it and any folder missing are private to their owner.
    ///
    /// # Errors
    /// When there is something there that this version cannot or must not write. It is left as it was.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let path = file::ready(path)?;
        let failed = |error| explain(&path, &error);
        let mut connection = Connection::open_with_flags(&path, OPEN).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        // A file that is refused must keep its log beside it, and closing would move the log into it.
        let keep_log = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        connection.set_db_config(keep_log, true).map_err(failed)?;
        connection.execute_batch(SETTINGS).map_err(failed)?;
        schema::bring_up(&mut connection, &path)?;
        connection.set_db_config(keep_log, false).map_err(failed)?;
        let identity = identity(&path).ok_or_else(|| StoreError::Gone { path: shown(&path) })?;
        Ok(Self { connection, path, identity, seen: None })
    }

    /// Hands `each` the rows of a query whose first column is the place; the highest place then.
    fn rows(
        &self,
        query: &str,
        values: impl Params,
        after: Cursor,
        mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<Cursor, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(query)?;
            let mut rows = statement.query(values)?;
            let mut cursor = after;
            while let Some(row) = rows.next()? {
                cursor = cursor.max(Cursor(row.get(0)?));
                each(row)?;
            }
            Ok(cursor)
        };
        read().map_err(|error| explain(&self.path, &error))
    }

    /// Asked before a reading, so that what is written during it counts as new.
    fn data_version(&self) -> Result<i64, StoreError> {
        let ask = || self.connection.prepare_cached("PRAGMA data_version")?.query_row((), |row| row.get(0));
        ask().map_err(|error| explain(&self.path, &error))
    }

    /// SQLite would go on writing to a file that nobody can find any more.
    fn present(&self) -> Result<(), StoreError> {
        let there = identity(&self.path) == Some(self.identity);
        if there { Ok(()) } else { Err(StoreError::Gone { path: shown(&self.path) }) }
    }
}

impl Sqlite {
    /// Removes something so that nothing of it stays in the file.
    fn erase(&mut self, erase: impl FnOnce(&Connection) -> rusqlite::Result<usize>) -> Result<usize, StoreError> {
        self.present()?;
        let path = &self.path;
        let failed = |error| explain(path, &error);
        // What is removed is overwritten, so that it is gone from the file as well.
        self.connection.pragma_update(None, "secure_delete", true).map_err(failed)?;
        let removed = write(&mut self.connection, path, |connection| erase(connection).map_err(failed))?;
        // The log holds it as well; where another terminal reads just now, it goes with the next one to leave.
        let _ = self.connection.query_row(EMPTY_LOG, (), |_| Ok(()));
        Ok(removed)
    }
}

impl Store for Sqlite {
    fn keep_all(&mut self, batch: &[(&str, &[Kept<'_>])]) -> Result<usize, StoreError> {
        self.present()?;
        let path = &self.path;
        write(&mut self.connection, path, |connection| {
            let before = rows::last_place(connection).map_err(|error| explain(path, &error))?;
            let mut all = batch.iter().flat_map(|(learner, records)| records.iter().map(move |kept| (*learner, kept)));
            let last =
                all.try_fold(before, |last, (learner, record)| rows::insert(connection, path, learner, record, last))?;
            Ok(usize::try_from(last - before).unwrap_or_default())
        })
    }

    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError> {
        let seen = self.data_version()?;
        let query = if after == Cursor::START { rows::ALL } else { rows::SINCE };
        let cursor = self.rows(query, (learner, after.0), after, |row| {
            each(rows::kept(row)?);
            Ok(())
        })?;
        self.seen = Some(seen);
        Ok(cursor)
    }

    fn read_everyone(&mut self, after: Cursor, each: &mut dyn FnMut(&str, Kept<'_>)) -> Result<Cursor, StoreError> {
        let seen = self.data_version()?;
        let cursor = self.rows(rows::EVERYONE, (after.0,), after, |row| {
            each(row.get_ref(5)?.as_str()?, rows::kept(row)?);
            Ok(())
        })?;
        self.seen = Some(seen);
        Ok(cursor)
    }

    fn newest(&mut self) -> Result<Cursor, StoreError> {
        rows::last_place(&self.connection).map(Cursor).map_err(|error| explain(&self.path, &error))
    }

    fn learners(&mut self) -> Result<Vec<String>, StoreError> {
        rows::learners(&self.connection).map_err(|error| explain(&self.path, &error))
    }

    fn forget(&mut self, learner: &str) -> Result<usize, StoreError> {
        self.erase(|connection| rows::forget(connection, learner))
    }

    fn remove(&mut self, learner: &str, keys: &[RecordKey]) -> Result<usize, StoreError> {
        self.erase(|connection| rows::remove(connection, learner, keys))
    }

    fn changed(&mut self) -> Result<bool, StoreError> {
        let now = self.data_version()?;
        Ok(self.seen != Some(now))
    }

    fn examine(&mut self) -> Result<Health, StoreError> {
        schema::examine(&self.connection, &self.path)?;
        let schema = Some(schema::version(&self.connection, &self.path)?);
        Ok(Health { engine: format!("SQLite {}", rusqlite::version()), schema, warnings: Vec::new() })
    }
}

impl Drop for Sqlite {
    /// Leaves one tidy file behind where nobody else uses it; what is not moved now is moved by the next one to open it.
    fn drop(&mut self) {
        let _ = self.connection.busy_timeout(Duration::ZERO);
        let _ = self.connection.query_row(EMPTY_LOG, (), |_| Ok(()));
    }
}

/// The one way to write: all of `work` or nothing.
fn write<T>(
    connection: &mut Connection,
    path: &Path,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let failed = |error| explain(path, &error);
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate).map_err(failed)?;
    let done = work(&transaction)?;
    transaction.commit().map_err(failed)?;
    Ok(done)
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

/// What a failure of SQLite means to the one who has to mend it.
fn explain(path: &Path, error: &rusqlite::Error) -> StoreError {
    let (path, detail) = (shown(path), printable(&error.to_string()).into_owned());
    let rusqlite::Error::SqliteFailure(failure, _) = error else {
        return match error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..) => StoreError::Corrupt { path, detail },
            _ => StoreError::Unusable { path, detail },
        };
    };
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy { path },
        ErrorCode::DatabaseCorrupt => StoreError::Corrupt { path, detail },
        ErrorCode::NotADatabase => StoreError::Foreign { path, detail },
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => StoreError::ReadOnly { path, detail },
        ErrorCode::DiskFull => StoreError::Full { path, detail },
        // A quota, and a limit on the size of files, show as failed writes.
        _ if matches!(failure.extended_code, ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE) => {
            StoreError::Full { path, detail }
        }
        _ => StoreError::Unusable { path, detail },
    }
}
