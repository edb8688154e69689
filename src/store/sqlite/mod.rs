//! Records in a file: one SQLite database in write-ahead mode, shared by every terminal of a host.
//!
//! Whatever is acknowledged is on the disk (`synchronous = FULL`), and every writer takes the lock before it reads
//! (`BEGIN IMMEDIATE`), because SQLite refuses to upgrade a reader without waiting.

mod file;
mod network;
mod schema;

use std::{
    borrow::Cow,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, Row, Transaction, TransactionBehavior, config::DbConfig, ffi, types};

use crate::{
    course::{RecordKey, Timestamp},
    document::printable,
};

use super::{Cursor, Kept, Store, StoreError, shown};

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

const INSERT: &str = "
    INSERT INTO record (learner, origin, seq, at, entry) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (learner, origin, seq) DO NOTHING";
const SAME: &str = "
    SELECT at = ?4 AND entry = ?5 FROM record WHERE learner = ?1 AND origin = ?2 AND seq = ?3";
const ALL: &str = "
    SELECT place, origin, seq, at, entry FROM record
    WHERE learner = ?1 AND place > ?2 ORDER BY at, origin, seq";
/// The plus keeps SQLite from walking the learner's whole history for the few new rows at its end.
const SINCE: &str = "
    SELECT place, origin, seq, at, entry FROM record
    WHERE +learner = ?1 AND place > ?2 ORDER BY at, origin, seq";

/// Keeps records in a SQLite database.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    /// Device and inode of the file, to notice when it is gone.
    identity: (u64, u64),
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
        Ok(Self { connection, path, identity })
    }

    /// SQLite would go on writing to a file that nobody can find any more.
    fn present(&self) -> Result<(), StoreError> {
        let there = identity(&self.path) == Some(self.identity);
        if there { Ok(()) } else { Err(StoreError::Gone { path: shown(&self.path) }) }
    }
}

impl Store for Sqlite {
    fn keep(&mut self, learner: &str, records: &[Kept<'_>]) -> Result<usize, StoreError> {
        self.present()?;
        let path = &self.path;
        write(&mut self.connection, path, |connection| {
            records.iter().try_fold(0, |added, record| Ok(added + insert(connection, path, learner, record)?))
        })
    }

    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError> {
        let mut read = || {
            let query = if after == Cursor::START { ALL } else { SINCE };
            let mut statement = self.connection.prepare_cached(query)?;
            let mut rows = statement.query((learner, after.0))?;
            let mut cursor = after;
            while let Some(row) = rows.next()? {
                cursor = cursor.max(Cursor(row.get(0)?));
                each(kept(row)?);
            }
            Ok(cursor)
        };
        read().map_err(|error| explain(&self.path, &error))
    }
}

impl Drop for Sqlite {
    /// Leaves one tidy file behind where nobody else uses it; what is not moved now is moved by the next one to open it.
    fn drop(&mut self) {
        let _ = self.connection.busy_timeout(Duration::ZERO);
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()));
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

fn insert(connection: &Connection, path: &Path, learner: &str, record: &Kept<'_>) -> Result<usize, StoreError> {
    let origin = format!("{:016x}", record.key.origin);
    let values = (learner, origin.as_str(), record.key.seq, record.at.0, record.entry.as_ref());
    let add = || match connection.prepare_cached(INSERT)?.execute(values)? {
        0 => connection.prepare_cached(SAME)?.query_row(values, |row| Ok((0, row.get(0)?))),
        added => Ok((added, true)),
    };
    match add().map_err(|error| explain(path, &error))? {
        (added, true) => Ok(added),
        (_, false) => Err(StoreError::Conflict(record.key)),
    }
}

fn kept<'row>(row: &'row Row<'_>) -> rusqlite::Result<Kept<'row>> {
    let damaged = |error| rusqlite::Error::FromSqlConversionFailure(1, types::Type::Text, Box::new(error));
    let origin = u64::from_str_radix(row.get_ref(1)?.as_str()?, 16).map_err(damaged)?;
    let entry = str::from_utf8(row.get_ref(4)?.as_bytes()?).unwrap_or_default();
    let key = RecordKey { origin, seq: row.get(2)? };
    Ok(Kept { key, at: Timestamp(row.get(3)?), entry: Cow::Borrowed(entry) })
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
