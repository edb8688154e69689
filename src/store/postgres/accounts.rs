//! Accounts in the same database.

use tokio_postgres::{Row, types::Type};

use crate::{
    course::Timestamp,
    store::{Account, Accounts, Enrolled, StoreError, accounts::folded},
};

use super::{
    Postgres, rows,
    session::{Session, Value},
    trouble::Trouble,
};

const OWNER: &str = "SELECT learner FROM account_key WHERE key = $1";
const ADMIT: &str = "
    INSERT INTO account (folded, learner, made, pin) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
/// Nothing where there is no such account.
const ADD_KEY: &str = "
    INSERT INTO account_key (key, learner) SELECT $1, learner FROM account WHERE learner = $2 ON CONFLICT DO NOTHING";
const KEYS: &str = "
    SELECT learner, key FROM account_key WHERE $1 IS NULL OR learner = $1 ORDER BY learner, key";
const ACCOUNT: &str = "SELECT learner, made, pin IS NOT NULL FROM account WHERE folded = $1";
const ACCOUNTS: &str = "SELECT learner, made, pin IS NOT NULL FROM account ORDER BY learner";
/// The account is as an enrolment would have made it.
const AS_ENROLLED: &str = "
    SELECT 1 FROM account WHERE learner = $1 AND made = $2 AND pin IS NOT DISTINCT FROM $3";

/// Somebody who wants an account.
struct Newcomer<'a> {
    learner: &'a str,
    at: Timestamp,
    key: Option<&'a str>,
    pin: Option<&'a str>,
}

impl Accounts for Postgres {
    fn learner_of(&mut self, key: &str) -> Result<Option<String>, StoreError> {
        if key.contains('\0') {
            return Ok(None);
        }
        self.ask(async |session, _| owner(session, key).await)
    }

    fn enrol(
        &mut self,
        learner: &str,
        at: Timestamp,
        key: Option<&str>,
        pin: Option<&str>,
    ) -> Result<Enrolled, StoreError> {
        self.refuse_nul([learner].into_iter().chain(key).chain(pin))?;
        let who = Newcomer { learner, at, key, pin };
        self.change(async |session, again| enrol(session, &who, again).await)
    }

    fn admit(&mut self, learner: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.refuse_nul([learner])?;
        self.change(async |session, _| {
            admit(session, &Newcomer { learner, at, key: None, pin: None }).await?;
            Ok(session.row("SELECT 1 FROM account WHERE learner = $1", &[text(&learner)]).await?.is_some())
        })
    }

    fn add_key(&mut self, learner: &str, key: &str) -> Result<bool, StoreError> {
        self.refuse_nul([learner, key])?;
        self.change(async |session, _| {
            session.execute(ADD_KEY, &[text(&key), text(&learner)]).await?;
            Ok(owner(session, key).await?.as_deref() == Some(learner))
        })
    }

    fn remove_key(&mut self, key: &str) -> Result<bool, StoreError> {
        self.refuse_nul([key])?;
        let statement = "DELETE FROM account_key WHERE key = $1";
        self.change(async |session, _| Ok(session.execute(statement, &[text(&key)]).await? > 0))
    }

    fn keys(&mut self, learner: Option<&str>) -> Result<Vec<(String, String)>, StoreError> {
        self.refuse_nul(learner)?;
        self.ask(async |session, _| {
            let rows = session.rows(KEYS, &[(&learner, Type::TEXT)]).await?;
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
        })
    }

    fn pin(&mut self, learner: &str) -> Result<Option<String>, StoreError> {
        self.refuse_nul([learner])?;
        self.ask(async |session, _| {
            let row = session.row("SELECT pin FROM account WHERE learner = $1", &[text(&learner)]).await?;
            Ok(row.map(|row| row.try_get(0)).transpose()?.flatten())
        })
    }

    fn set_pin(&mut self, learner: &str, pin: Option<&str>) -> Result<bool, StoreError> {
        self.refuse_nul([learner].into_iter().chain(pin))?;
        let statement = "UPDATE account SET pin = $2 WHERE learner = $1";
        self.change(async |session, _| Ok(session.execute(statement, &[text(&learner), (&pin, Type::TEXT)]).await? > 0))
    }

    fn account(&mut self, name: &str) -> Result<Option<Account>, StoreError> {
        self.refuse_nul([name])?;
        let name = folded(name);
        self.ask(async |session, _| {
            session.row(ACCOUNT, &[(&name, Type::TEXT)]).await?.as_ref().map(account).transpose()
        })
    }

    fn accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        self.ask(async |session, _| session.rows(ACCOUNTS, &[]).await?.iter().map(account).collect())
    }
}

fn text<'a>(text: &'a &str) -> Value<'a> {
    (text, Type::TEXT)
}

async fn owner(session: &Session, key: &str) -> Result<Option<String>, Trouble> {
    Ok(session.row(OWNER, &[text(&key)]).await?.map(|row| row.try_get(0)).transpose()?)
}

/// Where it was tried `again`, the first try may have been committed just as the connection broke.
async fn enrol(session: &Session, who: &Newcomer<'_>, again: bool) -> Result<Enrolled, Trouble> {
    let owner = match who.key {
        Some(key) => owner(session, key).await?,
        None => None,
    };
    match owner {
        Some(owner) if again && owner == who.learner => return Ok(Enrolled::Done),
        Some(_) => return Ok(Enrolled::KeyTaken),
        None => {}
    }
    let name = folded(who.learner);
    if rows::learners(session).await?.iter().any(|known| folded(known) == name) {
        let ours = again && who.key.is_none() && is_as_enrolled(session, who).await?;
        return Ok(if ours { Enrolled::Done } else { Enrolled::NameTaken });
    }
    admit(session, who).await?;
    if let Some(key) = who.key {
        session.execute(ADD_KEY, &[text(&key), text(&who.learner)]).await?;
    }
    Ok(Enrolled::Done)
}

async fn is_as_enrolled(session: &Session, who: &Newcomer<'_>) -> Result<bool, Trouble> {
    let values = [text(&who.learner), (&who.at.0 as _, Type::INT8), (&who.pin as _, Type::TEXT)];
    Ok(session.row(AS_ENROLLED, &values).await?.is_some())
}

async fn admit(session: &Session, who: &Newcomer<'_>) -> Result<(), Trouble> {
    let name = folded(who.learner);
    let values: [Value<'_>; 4] =
        [(&name, Type::TEXT), text(&who.learner), (&who.at.0, Type::INT8), (&who.pin, Type::TEXT)];
    session.execute(ADMIT, &values).await.map(drop)
}

fn account(row: &Row) -> Result<Account, Trouble> {
    Ok(Account { learner: row.try_get(0)?, made: Timestamp(row.try_get(1)?), has_pin: row.try_get(2)? })
}
