//! Accounts in the same file.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::{
    course::Timestamp,
    store::{Account, Accounts, Enrolled, StoreError, accounts::folded},
};

use super::{Sqlite, explain, learners, write};

const OWNER: &str = "SELECT learner FROM account_key WHERE key = ?1";
const ADMIT: &str = "
    INSERT INTO account (folded, learner, made, pin) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
/// Nothing where there is no such account.
const ADD_KEY: &str = "
    INSERT INTO account_key (key, learner) SELECT ?1, learner FROM account WHERE learner = ?2 ON CONFLICT DO NOTHING";
const KEYS: &str = "
    SELECT learner, key FROM account_key WHERE ?1 IS NULL OR learner = ?1 ORDER BY learner, key";
const ACCOUNT: &str = "SELECT learner, made, pin IS NOT NULL FROM account WHERE folded = ?1";
const ACCOUNTS: &str = "SELECT learner, made, pin IS NOT NULL FROM account ORDER BY learner";

impl Sqlite {
    fn ask<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        ask(&self.connection).map_err(|error| explain(&self.path, &error))
    }

    fn change<T>(&mut self, change: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        self.present()?;
        let path = &self.path;
        write(&mut self.connection, path, |connection| change(connection).map_err(|error| explain(path, &error)))
    }
}

impl Accounts for Sqlite {
    fn learner_of(&mut self, key: &str) -> Result<Option<String>, StoreError> {
        self.ask(|connection| owner(connection, key))
    }

    fn enrol(
        &mut self,
        learner: &str,
        at: Timestamp,
        key: Option<&str>,
        pin: Option<&str>,
    ) -> Result<Enrolled, StoreError> {
        self.change(|connection| {
            if let Some(key) = key
                && owner(connection, key)?.is_some()
            {
                return Ok(Enrolled::KeyTaken);
            }
            let name = folded(learner);
            if learners(connection)?.iter().any(|known| folded(known) == name) {
                return Ok(Enrolled::NameTaken);
            }
            connection.execute(ADMIT, (name, learner, at.0, pin))?;
            key.map(|key| connection.execute(ADD_KEY, (key, learner))).transpose()?;
            Ok(Enrolled::Done)
        })
    }

    fn admit(&mut self, learner: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.change(|connection| {
            connection.execute(ADMIT, (folded(learner), learner, at.0, None::<&str>))?;
            connection.prepare("SELECT 1 FROM account WHERE learner = ?1")?.exists((learner,))
        })
    }

    fn add_key(&mut self, learner: &str, key: &str) -> Result<bool, StoreError> {
        self.change(|connection| {
            connection.execute(ADD_KEY, (key, learner))?;
            Ok(owner(connection, key)?.as_deref() == Some(learner))
        })
    }

    fn remove_key(&mut self, key: &str) -> Result<bool, StoreError> {
        self.change(|connection| Ok(connection.execute("DELETE FROM account_key WHERE key = ?1", (key,))? > 0))
    }

    fn keys(&mut self, learner: Option<&str>) -> Result<Vec<(String, String)>, StoreError> {
        self.ask(|connection| {
            connection.prepare(KEYS)?.query_map((learner,), |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }

    fn pin(&mut self, learner: &str) -> Result<Option<String>, StoreError> {
        let query = "SELECT pin FROM account WHERE learner = ?1";
        let pin = |connection: &Connection| connection.query_row(query, (learner,), |row| row.get(0)).optional();
        self.ask(pin).map(Option::flatten)
    }

    fn set_pin(&mut self, learner: &str, pin: Option<&str>) -> Result<bool, StoreError> {
        let query = "UPDATE account SET pin = ?2 WHERE learner = ?1";
        self.change(|connection| Ok(connection.execute(query, (learner, pin))? > 0))
    }

    fn account(&mut self, name: &str) -> Result<Option<Account>, StoreError> {
        self.ask(|connection| connection.query_row(ACCOUNT, (folded(name),), account).optional())
    }

    fn accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        self.ask(|connection| connection.prepare(ACCOUNTS)?.query_map((), account)?.collect())
    }
}

fn owner(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached(OWNER)?.query_row((key,), |row| row.get(0)).optional()
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account { learner: row.get(0)?, made: Timestamp(row.get(1)?), has_pin: row.get(2)? })
}
