//! The store that forgets: for tests, and for a session that is to leave nothing behind.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::course::{RecordKey, Timestamp};

use super::{Cursor, Kept, Store, StoreError};

/// Keeps records as long as one of its clones lives; all clones share them.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    learners: Arc<Mutex<BTreeMap<String, Rows>>>,
}

#[derive(Clone, Debug, Default)]
struct Rows {
    places: BTreeMap<RecordKey, usize>,
    list: Vec<Kept<'static>>,
}

impl Rows {
    fn find(&self, key: RecordKey) -> Option<&Kept<'static>> {
        self.places.get(&key).and_then(|place| self.list.get(*place))
    }

    fn add(&mut self, record: &Kept<'_>) -> Result<usize, StoreError> {
        match self.find(record.key) {
            Some(there) if there == record => Ok(0),
            Some(_) => Err(StoreError::Conflict(record.key)),
            None => {
                self.places.insert(record.key, self.list.len());
                self.list.push(record.clone().into_owned());
                Ok(1)
            }
        }
    }

    /// Takes back everything added since the list had `length` records.
    fn cut(&mut self, length: usize) {
        for record in self.list.drain(length..) {
            self.places.remove(&record.key);
        }
    }
}

impl Store for Memory {
    fn keep(&mut self, learner: &str, records: &[Kept<'_>]) -> Result<usize, StoreError> {
        let mut learners = self.learners.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = learners.entry(learner.to_owned()).or_default();
        let before = rows.list.len();
        let added = records.iter().try_fold(0, |sum, record| Ok(sum + rows.add(record)?));
        if added.is_err() {
            rows.cut(before);
        }
        added
    }

    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError> {
        let learners = self.learners.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(rows) = learners.get(learner) else { return Ok(after) };
        let from = usize::try_from(after.0).unwrap_or_default();
        let mut found: Vec<&Kept<'_>> = rows.list.iter().skip(from).collect();
        found.sort_by_key(|kept| order(kept));
        for kept in found {
            each(Kept { entry: Cow::Borrowed(&kept.entry), ..*kept });
        }
        Ok(Cursor(i64::try_from(rows.list.len()).unwrap_or(i64::MAX)))
    }
}

fn order(kept: &Kept<'_>) -> (Timestamp, RecordKey) {
    (kept.at, kept.key)
}
