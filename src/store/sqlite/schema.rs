//! Whose file it is, which version wrote it, and how it is brought up to this one.

use std::{path::Path, thread, time::Duration, time::Instant};

use rusqlite::{Connection, ErrorCode};

use crate::store::{StoreError, error::shown};

use super::{PATIENCE, explain, write};

/// "rspl", kept in the file's header: says that a SQLite database is ours.
const APPLICATION: i64 = 0x7273_706c;

/// Applied in order, each once; the number of those applied is the file's `user_version`.
const MIGRATIONS: [&str; 1] = [include_str!("../migrations/0001-records.sql")];

/// Makes sure that the file is ours or new, and of this version.
pub(super) fn bring_up(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    if version(connection, path)?.is_none_or(|version| pending(version).next().is_some()) {
        write(connection, path, |connection| migrate(connection, path))?;
    }
    let mode = write_ahead(connection).map_err(|error| explain(path, &error))?;
    if mode == "wal" {
        return Ok(());
    }
    Err(StoreError::Unusable { path: shown(path), detail: format!("its journal stays in mode '{mode}'") })
}

/// The schema's version; none where there is no schema yet.
fn version(connection: &Connection, path: &Path) -> Result<Option<i64>, StoreError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let failed = |error| explain(path, &error);
    let application = pragma("application_id").map_err(failed)?;
    let found = pragma("user_version").map_err(failed)?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    match application {
        APPLICATION if found > known => Err(StoreError::Newer { path: shown(path), found, known }),
        APPLICATION => Ok(Some(found)),
        0 => Ok(None),
        _ => Err(foreign(path)),
    }
}

fn foreign(path: &Path) -> StoreError {
    StoreError::Foreign { path: shown(path), detail: "it is another program's database".into() }
}

/// Migrations that a file of this version lacks, each with the version it leads to.
fn pending(version: i64) -> impl Iterator<Item = (i64, &'static str)> {
    (1..).zip(MIGRATIONS).filter(move |(leads_to, _)| *leads_to > version)
}

/// Runs with the lock held, so another process may have done it all by now.
fn migrate(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let failed = |error| explain(path, &error);
    let from = version(connection, path)?;
    if from.is_none() {
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0)).map_err(failed)?;
        if tables > 0 {
            return Err(foreign(path));
        }
        connection.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    }
    for (version, migration) in pending(from.unwrap_or_default()) {
        connection.execute_batch(migration).map_err(failed)?;
        connection.pragma_update(None, "user_version", version).map_err(failed)?;
    }
    Ok(())
}

/// Turns on the write-ahead log and says what mode the journal is in. SQLite does not wait for others by itself here.
fn write_ahead(connection: &Connection) -> rusqlite::Result<String> {
    let until = Instant::now() + PATIENCE;
    loop {
        match connection.query_row("PRAGMA journal_mode = WAL", (), |row| row.get(0)) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < until => {
                thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}
