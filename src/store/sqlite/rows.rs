//! Records as rows: the statements, and both ways between them and [`Kept`].

use std::{borrow::Cow, path::Path};

use rusqlite::{Connection, Row, types};

use crate::{
    course::{RecordKey, Timestamp},
    store::{Kept, StoreError},
};

use super::explain;

/// Places are given here, not by SQLite, which would give those of a forgotten learner again.
const LAST_PLACE: &str = "
    SELECT max(coalesce((SELECT max(place) FROM record), 0), coalesce((SELECT max(place) FROM freed), 0))";
const INSERT: &str = "
    INSERT INTO record (learner, origin, seq, at, entry, place) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (learner, origin, seq) DO NOTHING";
const SAME: &str = "
    SELECT at = ?4 AND entry = ?5 FROM record WHERE learner = ?1 AND origin = ?2 AND seq = ?3";
pub(super) const ALL: &str = "
    SELECT place, origin, seq, at, entry FROM record
    WHERE learner = ?1 AND place > ?2 ORDER BY at, origin, seq";
/// The plus keeps SQLite from walking the learner's whole history for the few new rows at its end.
pub(super) const SINCE: &str = "
    SELECT place, origin, seq, at, entry FROM record
    WHERE +learner = ?1 AND place > ?2 ORDER BY at, origin, seq";
pub(super) const EVERYONE: &str = "
    SELECT place, origin, seq, at, entry, learner FROM record WHERE place > ?1 ORDER BY place";
/// From name to name by the index, because there are many records to a name.
const LEARNERS: &str = "
    WITH RECURSIVE known (learner) AS (
        SELECT min(learner) FROM record
        UNION ALL
        SELECT (SELECT min(learner) FROM record WHERE record.learner > known.learner) FROM known
        WHERE known.learner IS NOT NULL)
    SELECT learner FROM known WHERE learner IS NOT NULL UNION SELECT learner FROM account ORDER BY learner";
const REMOVE: &str = "DELETE FROM record WHERE learner = ?1 AND origin = ?2 AND seq = ?3";
const FORGET: [&str; 3] = [
    "DELETE FROM record WHERE learner = ?1",
    "DELETE FROM account_key WHERE learner = ?1",
    "DELETE FROM account WHERE learner = ?1",
];

/// Stores a record at the place after `last`, unless it is there; the last place then.
pub(super) fn insert(
    connection: &Connection,
    path: &Path,
    learner: &str,
    record: &Kept<'_>,
    last: i64,
) -> Result<i64, StoreError> {
    let origin = format!("{:016x}", record.key.origin);
    let (key, seq, at, entry) = (origin.as_str(), record.key.seq, record.at.0, record.entry.as_ref());
    let add = || match connection.prepare_cached(INSERT)?.execute((learner, key, seq, at, entry, last + 1))? {
        0 => {
            let mut same = connection.prepare_cached(SAME)?;
            same.query_row((learner, key, seq, at, entry), |row| Ok((last, row.get(0)?)))
        }
        _ => Ok((last + 1, true)),
    };
    match add().map_err(|error| explain(path, &error))? {
        (last, true) => Ok(last),
        (_, false) => Err(StoreError::Conflict(record.key)),
    }
}

/// The highest place that was ever given.
pub(super) fn last_place(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached(LAST_PLACE)?.query_row((), |row| row.get(0))
}

/// Everyone who has records or an account.
pub(super) fn learners(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection.prepare(LEARNERS)?.query_map((), |row| row.get(0))?.collect()
}

/// Removes a learner with their account; how many records there were.
pub(super) fn forget(connection: &Connection, learner: &str) -> rusqlite::Result<usize> {
    connection.execute("UPDATE freed SET place = ?1", (last_place(connection)?,))?;
    let [records, keys, account] = FORGET;
    connection.execute(keys, (learner,))?;
    connection.execute(account, (learner,))?;
    connection.execute(records, (learner,))
}

/// Removes single records; how many there were.
pub(super) fn remove(connection: &Connection, learner: &str, keys: &[RecordKey]) -> rusqlite::Result<usize> {
    connection.execute("UPDATE freed SET place = ?1", (last_place(connection)?,))?;
    let mut remove = connection.prepare(REMOVE)?;
    keys.iter().map(|key| remove.execute((learner, format!("{:016x}", key.origin), key.seq))).sum()
}

/// The record of a row of place, origin, seq, time and entry.
pub(super) fn kept<'row>(row: &'row Row<'_>) -> rusqlite::Result<Kept<'row>> {
    let damaged = |error| rusqlite::Error::FromSqlConversionFailure(1, types::Type::Text, Box::new(error));
    let origin = u64::from_str_radix(row.get_ref(1)?.as_str()?, 16).map_err(damaged)?;
    let entry = str::from_utf8(row.get_ref(4)?.as_bytes()?).unwrap_or_default();
    let key = RecordKey { origin, seq: row.get(2)? };
    Ok(Kept { key, at: Timestamp(row.get(3)?), entry: Cow::Borrowed(entry) })
}
