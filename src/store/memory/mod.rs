//! The store that forgets: for tests, and for a session that is to leave nothing behind.

mod accounts;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::course::RecordKey;

use super::{Cursor, Kept, Store, StoreError};

use accounts::Holder;

/// Keeps records and accounts as long as one of its clones lives; all clones share them.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    held: Arc<Mutex<Held>>,
}

#[derive(Debug, Default)]
struct Held {
    /// In the order of storing; none where its learner was forgotten, because places never move.
    list: Vec<Option<(Arc<str>, Kept<'static>)>>,
    places: BTreeMap<Arc<str>, BTreeMap<RecordKey, usize>>,
    /// Under their names' folded forms.
    accounts: BTreeMap<String, Holder>,
    /// Keys, with whose they are.
    keys: BTreeMap<String, String>,
}

impl Memory {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn add(&mut self, learner: &str, record: &Kept<'_>) -> Result<usize, StoreError> {
        let learner = match self.places.get_key_value(learner) {
            Some((learner, places)) => match places.get(&record.key).and_then(|place| self.list.get(*place)) {
                Some(Some((_, there))) if there == record => return Ok(0),
                Some(_) => return Err(StoreError::Conflict(record.key)),
                None => Arc::clone(learner),
            },
            None => learner.into(),
        };
        self.places.entry(Arc::clone(&learner)).or_default().insert(record.key, self.list.len());
        self.list.push(Some((learner, record.clone().into_owned())));
        Ok(1)
    }

    /// Takes back everything added since the list had `length` records.
    fn cut(&mut self, length: usize) {
        for (learner, record) in self.list.drain(length..).flatten() {
            let left = self.places.get_mut(&learner).map(|places| (places.remove(&record.key), places.is_empty()));
            if matches!(left, Some((_, true))) {
                self.places.remove(&learner);
            }
        }
    }

    /// Records with their places, in the order of storing.
    fn after(&self, after: Cursor) -> impl Iterator<Item = (Cursor, &str, &Kept<'static>)> {
        let first = usize::try_from(after.0).unwrap_or_default();
        let rows = (1..).zip(&self.list).skip(first);
        rows.filter_map(|(place, row)| row.as_ref().map(|(learner, kept)| (Cursor(place), learner.as_ref(), kept)))
    }
}

impl Store for Memory {
    fn keep_all(&mut self, batch: &[(&str, &[Kept<'_>])]) -> Result<usize, StoreError> {
        let mut held = self.held();
        let before = held.list.len();
        let mut records = batch.iter().flat_map(|(learner, records)| records.iter().map(move |kept| (*learner, kept)));
        let added = records.try_fold(0, |sum, (learner, record)| Ok(sum + held.add(learner, record)?));
        if added.is_err() {
            held.cut(before);
        }
        added
    }

    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError> {
        let held = self.held();
        let places = held.places.get(learner).into_iter().flat_map(BTreeMap::values).copied();
        let new = places.filter(|place| i64::try_from(*place).is_ok_and(|place| place >= after.0));
        let mut found: Vec<(usize, &Kept<'_>)> =
            new.filter_map(|place| Some((place, &held.list.get(place)?.as_ref()?.1))).collect();
        found.sort_by_key(|(_, kept)| (kept.at, kept.key));
        let mut cursor = after;
        for (place, kept) in found {
            cursor = cursor.max(Cursor(i64::try_from(place + 1).unwrap_or(i64::MAX)));
            each(lent(kept));
        }
        Ok(cursor)
    }

    fn read_everyone(&mut self, after: Cursor, each: &mut dyn FnMut(&str, Kept<'_>)) -> Result<Cursor, StoreError> {
        let mut cursor = after;
        for (place, learner, kept) in self.held().after(after) {
            cursor = place;
            each(learner, lent(kept));
        }
        Ok(cursor)
    }

    fn newest(&mut self) -> Result<Cursor, StoreError> {
        Ok(Cursor(i64::try_from(self.held().list.len()).unwrap_or(i64::MAX)))
    }

    fn learners(&mut self) -> Result<Vec<String>, StoreError> {
        let held = self.held();
        let accounts = held.accounts.values().map(|account| account.learner.clone());
        let mut all: Vec<String> =
            held.places.keys().map(|learner| learner.as_ref().to_owned()).chain(accounts).collect();
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    fn forget(&mut self, learner: &str) -> Result<usize, StoreError> {
        let mut held = self.held();
        let places = held.places.remove(learner).unwrap_or_default();
        for place in places.values() {
            if let Some(row) = held.list.get_mut(*place) {
                *row = None;
            }
        }
        held.accounts.retain(|_, account| account.learner != learner);
        held.keys.retain(|_, whose| whose != learner);
        Ok(places.len())
    }

    fn remove(&mut self, learner: &str, keys: &[RecordKey]) -> Result<usize, StoreError> {
        let mut held = self.held();
        let Some(places) = held.places.get_mut(learner) else { return Ok(0) };
        let found: Vec<usize> = keys.iter().filter_map(|key| places.remove(key)).collect();
        if places.is_empty() {
            held.places.remove(learner);
        }
        for place in &found {
            if let Some(row) = held.list.get_mut(*place) {
                *row = None;
            }
        }
        Ok(found.len())
    }
}

fn lent<'a>(kept: &'a Kept<'static>) -> Kept<'a> {
    Kept { entry: Cow::Borrowed(&kept.entry), ..*kept }
}
