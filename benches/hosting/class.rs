//! The learners: each with a name and a key of their own, and with an account, so that no dialogue stands before the tutor.

use std::{path::Path, sync::Arc};

use respline::{
    course::{Entry, Record, RecordKey, Timestamp},
    store::{Accounts as _, Sqlite, Store as _},
};
use russh::keys::{PrivateKey, ssh_key::private::Ed25519Keypair};

use super::Outcome;

/// Somebody who comes in.
#[derive(Clone)]
pub(super) struct Learner {
    pub(super) name: String,
    pub(super) key: Arc<PrivateKey>,
}

impl Learner {
    fn new(number: u32) -> Self {
        Self::of(&format!("learner-{number}"), number)
    }

    /// Somebody called `name`, with the key of this number.
    pub(super) fn of(name: &str, number: u32) -> Self {
        let mut seed = [0; 32];
        for (place, byte) in seed.iter_mut().zip(number.to_le_bytes().into_iter().cycle()) {
            *place = byte;
        }
        Self { name: name.to_owned(), key: Arc::new(PrivateKey::from(Ed25519Keypair::from_seed(&seed))) }
    }

    /// The key as accounts and `authorized_keys` hold it: its type and body.
    pub(super) fn public(&self) -> Outcome<String> {
        let line = self.key.public_key().to_openssh()?;
        Ok(line.split(' ').take(2).collect::<Vec<_>>().join(" "))
    }
}

/// `size` learners who have accounts in the database at `path` and have read the welcome.
pub(super) fn enrol(path: &Path, size: u32) -> Outcome<Vec<Learner>> {
    let mut database = Sqlite::open(path)?;
    let class: Vec<Learner> = (1..=size).map(Learner::new).collect();
    for (number, learner) in (1..).zip(&class) {
        database.enrol(&learner.name, Timestamp(0), Some(&learner.public()?), None)?;
        let welcomed = Record { key: RecordKey { origin: number, seq: 0 }, at: Timestamp(1), entry: Entry::Welcomed };
        database.append(&learner.name, &[welcomed])?;
    }
    Ok(class)
}
