//! Records as rows: the statements, and both ways between them and [`Kept`].

use std::borrow::Cow;

use tokio_postgres::{Row, types::Type};

use crate::{
    course::{RecordKey, Timestamp},
    store::{Cursor, Kept, StoreError},
};

use super::{
    session::{Session, Value},
    trouble::Trouble,
};

/// Rows of one statement, so that neither side holds a whole database in memory.
pub(super) const PAGE: usize = 2_000;

/// The same for PostgreSQL.
const LIMIT: i64 = 2_000;

const INSERT: &str = "
    INSERT INTO record (learner, origin, seq, at, entry)
    SELECT learner, origin, seq, at, entry
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[])
        WITH ORDINALITY AS new (learner, origin, seq, at, entry, nth)
    ORDER BY nth
    ON CONFLICT (learner, origin, seq) DO NOTHING";
const DIFFERENT: &str = "
    SELECT new.origin, new.seq
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[])
        WITH ORDINALITY AS new (learner, origin, seq, at, entry, nth)
    JOIN record USING (learner, origin, seq)
    WHERE record.at <> new.at OR record.entry <> new.entry
    ORDER BY nth LIMIT 1";
/// A page goes on where the last one ended, and no further than what was there when the first was read: a record that
/// comes meanwhile may belong before it.
const READ: &str = "
    SELECT origin, seq, at, entry, (SELECT max(place) FROM record) FROM record
    WHERE learner = $1 AND place > $2 AND place <= $3 AND (at, origin, seq) > ($4, $5, $6)
    ORDER BY at, origin, seq LIMIT $7";
const EVERYONE: &str = "
    SELECT origin, seq, at, entry, place, learner FROM record WHERE place > $1 ORDER BY place LIMIT $2";
/// From name to name by the index, because there are many records to a name.
const LEARNERS: &str = r"
    WITH RECURSIVE known (learner) AS (
        (SELECT learner FROM record ORDER BY learner LIMIT 1)
        UNION ALL
        SELECT (SELECT record.learner FROM record WHERE record.learner > known.learner ORDER BY learner LIMIT 1)
        FROM known WHERE known.learner IS NOT NULL)
    SELECT learner FROM known WHERE learner IS NOT NULL UNION SELECT learner FROM account ORDER BY learner";

const REMOVE: &str = "DELETE FROM record WHERE learner = $1 AND origin = $2 AND seq = $3";

/// Removes a record; how many there were.
pub(super) async fn remove(session: &Session, learner: &str, key: RecordKey) -> Result<u64, Trouble> {
    let (origin, seq) = (format!("{:016x}", key.origin), i64::from(key.seq));
    let row: [Value<'_>; 3] = [(&learner, Type::TEXT), (&origin, Type::TEXT), (&seq, Type::INT8)];
    session.execute(REMOVE, &row).await
}

/// Rows of one learner, and how far the database went when they were read.
pub(super) struct Page {
    pub(super) rows: Vec<Kept<'static>>,
    /// None where there are no rows.
    pub(super) newest: Option<Cursor>,
}

/// Adds the rows that are not there yet; how many.
pub(super) async fn insert(session: &Session, page: &[(&str, &Kept<'_>)]) -> Result<usize, Trouble> {
    let learners: Vec<&str> = page.iter().map(|(learner, _)| *learner).collect();
    let origins: Vec<String> = page.iter().map(|(_, kept)| hex(kept.key.origin)).collect();
    let seqs: Vec<i64> = page.iter().map(|(_, kept)| i64::from(kept.key.seq)).collect();
    let times: Vec<i64> = page.iter().map(|(_, kept)| kept.at.0).collect();
    let entries: Vec<&str> = page.iter().map(|(_, kept)| kept.entry.as_ref()).collect();
    let values: [Value<'_>; 5] = [
        (&learners, Type::TEXT_ARRAY),
        (&origins, Type::TEXT_ARRAY),
        (&seqs, Type::INT8_ARRAY),
        (&times, Type::INT8_ARRAY),
        (&entries, Type::TEXT_ARRAY),
    ];
    let added = usize::try_from(session.execute(INSERT, &values).await?).unwrap_or(usize::MAX);
    if added < page.len()
        && let Some(row) = session.row(DIFFERENT, &values).await?
    {
        return Err(StoreError::Conflict(key(&row)?).into());
    }
    Ok(added)
}

/// Rows of `learner` stored after `after`, no further than `newest`, that come after `last` in order of time, then key.
pub(super) async fn page(
    session: &Session,
    learner: &str,
    after: Cursor,
    newest: Option<Cursor>,
    last: Option<(Timestamp, RecordKey)>,
) -> Result<Page, Trouble> {
    let newest = newest.map_or(i64::MAX, |newest| newest.0);
    // No origin is empty, so that the first page begins before them all.
    let (at, origin, seq) =
        last.map_or((i64::MIN, String::new(), 0), |(at, key)| (at.0, hex(key.origin), i64::from(key.seq)));
    let values: [Value<'_>; 7] = [
        (&learner, Type::TEXT),
        (&after.0, Type::INT8),
        (&newest, Type::INT8),
        (&at, Type::INT8),
        (&origin, Type::TEXT),
        (&seq, Type::INT8),
        (&LIMIT, Type::INT8),
    ];
    let rows = session.rows(READ, &values).await?;
    let newest = rows.first().map(|row| row.try_get(4)).transpose()?.map(Cursor);
    Ok(Page { rows: rows.iter().map(kept).collect::<Result<_, _>>()?, newest })
}

/// Everybody's rows stored after `after`, in the order of storing, each with its place and whose it is.
pub(super) async fn everyone(
    session: &Session,
    after: Cursor,
) -> Result<Vec<(Cursor, String, Kept<'static>)>, Trouble> {
    let rows = session.rows(EVERYONE, &[(&after.0, Type::INT8), (&LIMIT, Type::INT8)]).await?;
    rows.iter().map(|row| Ok((Cursor(row.try_get(4)?), row.try_get(5)?, kept(row)?))).collect()
}

/// The place of the record stored last.
pub(super) async fn newest(session: &Session) -> Result<Cursor, Trouble> {
    let row = session.row("SELECT coalesce(max(place), 0) FROM record", &[]).await?;
    Ok(Cursor(row.map_or(Ok(0), |row| row.try_get(0))?))
}

/// Everyone who has records or an account.
pub(super) async fn learners(session: &Session) -> Result<Vec<String>, Trouble> {
    let rows = session.rows(LEARNERS, &[]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

fn hex(origin: u64) -> String {
    format!("{origin:016x}")
}

fn key(row: &Row) -> Result<RecordKey, Trouble> {
    let damaged = |what: &dyn std::fmt::Display| Trouble::Damaged(format!("a record's key is none: {what}"));
    let origin = u64::from_str_radix(row.try_get(0)?, 16).map_err(|error| damaged(&error))?;
    let seq = u32::try_from(row.try_get::<_, i64>(1)?).map_err(|error| damaged(&error))?;
    Ok(RecordKey { origin, seq })
}

fn kept(row: &Row) -> Result<Kept<'static>, Trouble> {
    Ok(Kept { key: key(row)?, at: Timestamp(row.try_get(2)?), entry: Cow::Owned(row.try_get(3)?) })
}
