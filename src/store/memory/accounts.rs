//! Accounts in memory.

use crate::{
    course::Timestamp,
    store::{Account, Accounts, Enrolled, StoreError, accounts::folded},
};

use super::{Held, Memory};

/// An account.
#[derive(Debug)]
pub(super) struct Holder {
    pub(super) learner: String,
    made: Timestamp,
    pin: Option<String>,
}

impl Held {
    fn account_of(&mut self, learner: &str) -> Option<&mut Holder> {
        self.accounts.get_mut(&folded(learner)).filter(|account| account.learner == learner)
    }

    fn admit(&mut self, learner: &str, at: Timestamp, pin: Option<&str>) {
        let account = Holder { learner: learner.into(), made: at, pin: pin.map(str::to_owned) };
        self.accounts.insert(folded(learner), account);
    }
}

impl Accounts for Memory {
    fn learner_of(&mut self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.held().keys.get(key).cloned())
    }

    fn enrol(
        &mut self,
        learner: &str,
        at: Timestamp,
        key: Option<&str>,
        pin: Option<&str>,
    ) -> Result<Enrolled, StoreError> {
        let mut held = self.held();
        let name = folded(learner);
        if key.is_some_and(|key| held.keys.contains_key(key)) {
            return Ok(Enrolled::KeyTaken);
        }
        if held.accounts.contains_key(&name) || held.places.keys().any(|known| folded(known) == name) {
            return Ok(Enrolled::NameTaken);
        }
        held.admit(learner, at, pin);
        held.keys.extend(key.map(|key| (key.to_owned(), learner.to_owned())));
        Ok(Enrolled::Done)
    }

    fn admit(&mut self, learner: &str, at: Timestamp) -> Result<bool, StoreError> {
        let mut held = self.held();
        if !held.accounts.contains_key(&folded(learner)) {
            held.admit(learner, at, None);
        }
        Ok(held.account_of(learner).is_some())
    }

    fn add_key(&mut self, learner: &str, key: &str) -> Result<bool, StoreError> {
        let mut held = self.held();
        if held.account_of(learner).is_none() {
            return Ok(false);
        }
        Ok(held.keys.entry(key.to_owned()).or_insert_with(|| learner.to_owned()) == learner)
    }

    fn remove_key(&mut self, key: &str) -> Result<bool, StoreError> {
        Ok(self.held().keys.remove(key).is_some())
    }

    fn keys(&mut self, learner: Option<&str>) -> Result<Vec<(String, String)>, StoreError> {
        let held = self.held();
        let wanted = held.keys.iter().filter(|(_, whose)| learner.is_none_or(|learner| learner == *whose));
        let mut found: Vec<_> = wanted.map(|(key, whose)| (whose.clone(), key.clone())).collect();
        found.sort_unstable();
        Ok(found)
    }

    fn pin(&mut self, learner: &str) -> Result<Option<String>, StoreError> {
        Ok(self.held().account_of(learner).and_then(|account| account.pin.clone()))
    }

    fn set_pin(&mut self, learner: &str, pin: Option<&str>) -> Result<bool, StoreError> {
        let mut held = self.held();
        Ok(held.account_of(learner).map(|account| account.pin = pin.map(str::to_owned)).is_some())
    }

    fn account(&mut self, name: &str) -> Result<Option<Account>, StoreError> {
        Ok(self.held().accounts.get(&folded(name)).map(Holder::shown))
    }

    fn accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        let mut all: Vec<Account> = self.held().accounts.values().map(Holder::shown).collect();
        all.sort_unstable_by(|one, other| one.learner.cmp(&other.learner));
        Ok(all)
    }
}

impl Holder {
    fn shown(&self) -> Account {
        Account { learner: self.learner.clone(), made: self.made, has_pin: self.pin.is_some() }
    }
}
