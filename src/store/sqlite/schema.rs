//! Whose file it is, which version wrote it, and how it is brought up to this one.

use std::path::Path;

use rusqlite::Connection;

use crate::{
    document::printable,
    store::{StoreError, shown},
};

use super::{OPEN, explain, write};

/// "rspl", kept in the file's header: says that a SQLite database is ours.
const APPLICATION: i64 = 0x7273_706c;

/// Applied in order, each once; the number of those applied is the file's `user_version`.
const MIGRATIONS: [&str; 2] =
    [include_str!("../migrations/0001-records.sql"), include_str!("../migrations/0002-accounts.sql")];

/// Makes sure that the file is ours or new, and of this version.
pub(super) fn bring_up(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    if !is_ours(connection, path)? {
        write(connection, path, |connection| begin(connection, path))?;
    }
    if pending(version(connection, path)?).next().is_some() {
        write(connection, path, |connection| migrate(connection, path))?;
    }
    write_ahead(connection, path)
}

/// Writes a new database to the empty file `aside`, on behalf of `path`. Nothing is synced.
pub(super) fn build(aside: &Path, path: &Path) -> Result<(), StoreError> {
    let failed = |error| explain(path, &error);
    let mut connection = Connection::open_with_flags(aside, OPEN).map_err(failed)?;
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY").map_err(failed)?;
    write(&mut connection, path, |connection| begin(connection, path))?;
    write_ahead(&connection, path)?;
    connection.close().map_err(|(_, error)| failed(error))
}

/// Turns the write-ahead log on, for good: the file remembers it.
fn write_ahead(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let mode: String = connection
        .query_row("PRAGMA journal_mode = WAL", (), |row| row.get(0))
        .map_err(|error| explain(path, &error))?;
    if mode == "wal" {
        return Ok(());
    }
    Err(StoreError::Unusable { path: shown(path), detail: format!("its journal stays in mode '{mode}'") })
}

/// The file carries our mark; without any it may be a new one.
fn is_ours(connection: &Connection, path: &Path) -> Result<bool, StoreError> {
    match pragma(connection, "application_id", path)? {
        APPLICATION => Ok(true),
        0 => Ok(false),
        _ => Err(foreign(path)),
    }
}

/// Reads every page and every index, and holds them against each other.
pub(super) fn examine(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let check = || connection.prepare("PRAGMA integrity_check(10)")?.query_map((), |row| row.get(0))?.collect();
    let found: rusqlite::Result<Vec<String>> = check();
    let found = found.map_err(|error| explain(path, &error))?;
    if found == ["ok"] {
        return Ok(());
    }
    let detail = printable(&found.join("; ")).replace('\n', " ");
    Err(StoreError::Corrupt { path: shown(path), detail })
}

/// The schema's version.
pub(super) fn version(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let found = pragma(connection, "user_version", path)?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if found > known { Err(StoreError::Newer { path: shown(path), found, known }) } else { Ok(found) }
}

fn pragma(connection: &Connection, name: &str, path: &Path) -> Result<i64, StoreError> {
    connection.pragma_query_value(None, name, |row| row.get(0)).map_err(|error| explain(path, &error))
}

fn foreign(path: &Path) -> StoreError {
    StoreError::Foreign { path: shown(path), detail: "it is another program's database".into() }
}

/// Migrations that a file of this version lacks, each with the version it leads to.
fn pending(version: i64) -> impl Iterator<Item = (i64, &'static str)> {
    (1..).zip(MIGRATIONS).filter(move |(leads_to, _)| *leads_to > version)
}

/// Makes an empty file ours. Another process may have done it while this one waited for the lock.
fn begin(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let failed = |error| explain(path, &error);
    if is_ours(connection, path)? {
        return Ok(());
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0)).map_err(failed)?;
    if tables > 0 {
        return Err(foreign(path));
    }
    connection.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    migrate(connection, path)
}

/// Brings the schema up to this version, with the lock held.
fn migrate(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let apply = |version: i64, migration: &str| {
        connection.execute_batch(migration)?;
        connection.pragma_update(None, "user_version", version)
    };
    for (version, migration) in pending(version(connection, path)?) {
        apply(version, migration).map_err(|error| explain(path, &error))?;
    }
    Ok(())
}
