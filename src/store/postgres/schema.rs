//! Which version wrote the database, and how it is brought up to this one.
//!
//! A table of one row says how many migrations were applied. They are applied in one transaction under a lock, so that of
//! several hosts that start at once one does it and the others find it done.

use tokio_postgres::{Row, types::Type};

use crate::store::{Health, StoreError};

use super::{
    session::{PATIENCE, Session},
    trouble::Trouble,
};

/// Applied in order, each once.
const MIGRATIONS: [&str; 1] = [include_str!("../migrations/postgres/0001-begin.sql")];

/// Asked of the catalogue's rows: its functions (`to_regclass`) answer from a cache that a wait for a lock does not renew.
const IS_THERE: &str = "
    SELECT 1 FROM pg_catalog.pg_class WHERE relname = 'respline_schema' AND pg_catalog.pg_table_is_visible(oid)";

/// The first number is "rspl": locks of other programs in the same database have others.
const BEGIN: &str = "
    BEGIN;
    SET LOCAL lock_timeout = '60s';
    SET LOCAL statement_timeout = '60s';
    SELECT pg_advisory_xact_lock(1920168044, 1)";

/// Makes sure that the database called `name` is of this version.
pub(super) async fn bring_up(session: &Session, name: &str) -> Result<(), Trouble> {
    if pending(found(session).await?, name)?.is_empty() {
        return Ok(());
    }
    session.transaction(BEGIN, PATIENCE, async |session| migrate(session, name).await).await
}

/// The schema's version; none where there is no schema yet.
async fn found(session: &Session) -> Result<Option<i64>, Trouble> {
    if session.row(IS_THERE, &[]).await?.is_none() {
        return Ok(None);
    }
    let row = session.row("SELECT version FROM respline_schema", &[]).await?;
    let version = row.map(|row| row.try_get(0)).transpose()?;
    version.map(Some).ok_or_else(|| Trouble::Damaged("its schema has no version".into()))
}

/// Migrations that a database of this version lacks, each with the version it leads to.
fn pending(found: Option<i64>, name: &str) -> Result<Vec<(i64, &'static str)>, Trouble> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    match found {
        Some(found) if found > known => Err(StoreError::Newer { path: name.into(), found, known }.into()),
        _ => Ok((1..).zip(MIGRATIONS).filter(|(leads_to, _)| *leads_to > found.unwrap_or(0)).collect()),
    }
}

async fn migrate(session: &Session, name: &str) -> Result<(), Trouble> {
    // Another host may have done it while this one waited for the lock.
    let version = found(session).await?;
    if version.is_none() {
        begin(session, name).await?;
    }
    for (version, migration) in pending(version, name)? {
        session.batch_within(PATIENCE, migration).await?;
        session.execute("UPDATE respline_schema SET version = $1", &[(&version, Type::INT8)]).await?;
    }
    Ok(())
}

async fn begin(session: &Session, name: &str) -> Result<(), Trouble> {
    if let Some(row) = session.row("SELECT current_setting('server_encoding')", &[]).await?
        && row.try_get::<_, &str>(0)? != "UTF8"
    {
        let detail = "its encoding is not UTF8".into();
        return Err(StoreError::Foreign { path: name.into(), detail }.into());
    }
    session
        .batch("CREATE TABLE respline_schema (version bigint NOT NULL); INSERT INTO respline_schema VALUES (0)")
        .await
}

/// What an index that was not built whole, or a counter that was not restored with its table, would break.
const BROKEN: &str = "
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_index WHERE NOT indisvalid
            AND indrelid IN ('record'::regclass, 'account'::regclass, 'account_key'::regclass))
        THEN 'an index is not valid: rebuild it with REINDEX'
        WHEN coalesce(pg_sequence_last_value(pg_get_serial_sequence('record', 'place')::regclass), 0)
            < (SELECT coalesce(max(place), 0) FROM record)
        THEN 'the counter of places stands behind its table: move it on with setval'
    END";

/// Settings under which a crash of the machine loses what was acknowledged.
const UNSAFE: &str = "
    SELECT name FROM pg_catalog.pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'
    ORDER BY name";

/// Looks the database over.
pub(super) async fn examine(session: &Session) -> Result<Health, Trouble> {
    let broken: Option<String> = session.row(BROKEN, &[]).await?.map(|row| row.try_get(0)).transpose()?.flatten();
    if let Some(broken) = broken {
        return Err(Trouble::Damaged(broken));
    }
    let version: Option<String> =
        session.row("SHOW server_version", &[]).await?.map(|row| row.try_get(0)).transpose()?;
    let settings = session.rows(UNSAFE, &[]).await?;
    let warn = |row: &Row| {
        let name: String = row.try_get(0)?;
        Ok(format!("its server runs with {name} = off: a crash of the machine may lose records"))
    };
    let warnings = settings.iter().map(warn).collect::<Result<_, Trouble>>()?;
    let engine = format!("PostgreSQL {}", version.unwrap_or_default());
    Ok(Health { engine, schema: found(session).await?, warnings })
}
