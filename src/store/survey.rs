//! A whole database in figures, and one digest that is equal wherever the same accounts and records are kept.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::document::printable;

use super::{Cursor, Database, Kept, StoreError, kept::ascii_json};

/// What a database says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// What keeps it, with its version.
    pub engine: String,
    /// The version of its schema; none where it has no schema.
    pub schema: Option<i64>,
    /// What is set in such a way that records may be lost, in words.
    pub warnings: Vec<String>,
}

/// A database in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Who have records or an account.
    pub learners: usize,
    /// Who may log in.
    pub accounts: usize,
    /// Their keys.
    pub keys: usize,
    /// Those who have a PIN.
    pub pins: usize,
    /// Everybody's records.
    pub records: usize,
    /// Records of each kind.
    pub kinds: BTreeMap<String, usize>,
    /// Records that only a newer version can read.
    pub unread: usize,
    /// Records whose entry is no text any more that any version could read.
    pub damaged: usize,
    /// SHA-256 of it all, in hexadecimal. Neither the order of storing nor the kind of database changes it.
    pub digest: String,
}

impl Survey {
    /// Reads all of `database`. Where somebody writes meanwhile, the figures are of no one moment.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(database: &mut dyn Database) -> Result<Self, StoreError> {
        let (mut survey, mut digest) = (Self::default(), Sha256::new());
        survey.read_accounts(database, &mut digest)?;
        let learners = database.learners()?;
        survey.learners = learners.len();
        for learner in &learners {
            let mut failed = None;
            database.read(learner, Cursor::START, &mut |kept| {
                survey.count(&kept);
                failed = add(&mut digest, &("record", learner, kept.key, kept.at, &kept.entry)).err().or(failed.take());
            })?;
            failed.map_or(Ok(()), Err)?;
        }
        survey.digest = digest.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Ok(survey)
    }

    fn read_accounts(&mut self, database: &mut dyn Database, digest: &mut Sha256) -> Result<(), StoreError> {
        for account in database.accounts()? {
            let pin = if account.has_pin { database.pin(&account.learner)? } else { None };
            self.accounts += 1;
            self.pins += usize::from(pin.is_some());
            add(digest, &("account", &account.learner, account.made, pin))?;
        }
        for (learner, key) in database.keys(None)? {
            self.keys += 1;
            add(digest, &("key", learner, key))?;
        }
        Ok(())
    }

    fn count(&mut self, kept: &Kept<'_>) {
        #[derive(Deserialize)]
        struct Kind {
            kind: String,
        }
        self.records += 1;
        match serde_json::from_str::<Kind>(&kept.entry) {
            Ok(Kind { kind }) => {
                *self.kinds.entry(kind).or_default() += 1;
                self.unread += usize::from(kept.record().is_none());
            }
            Err(_) => self.damaged += 1,
        }
    }
}

/// A line of JSON holds its parts apart, whatever they say.
fn add(digest: &mut Sha256, part: &impl serde::Serialize) -> Result<(), StoreError> {
    digest.update(ascii_json(part).map_err(StoreError::Unwritable)?);
    digest.update(b"\n");
    Ok(())
}

/// In lines, for people.
impl fmt::Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "learners  {}", self.learners)?;
        writeln!(f, "accounts  {}, with {} keys and {} PINs", self.accounts, self.keys, self.pins)?;
        writeln!(f, "records   {}", self.records)?;
        for (kind, count) in &self.kinds {
            writeln!(f, "  {}  {count}", printable(kind).replace('\n', " "))?;
        }
        if self.unread > 0 {
            writeln!(f, "unread    {}: a newer version wrote them, they are kept word for word", self.unread)?;
        }
        writeln!(f, "damaged   {}", self.damaged)?;
        writeln!(f, "digest    {}", self.digest)
    }
}
