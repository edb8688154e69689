//! Where one learner's records go: straight into a store, or to whoever stores for many.

use crate::{
    app::Input,
    classroom::{Class, ClassRecord, class_account},
    course::Record,
    store::{Cursor, Kept, Store, StoreError},
};

/// Stores the records of one learner's session.
pub trait Ledger: Send {
    /// Makes records durable. What comes back is for the state machine; where nothing does, the answer comes later, through
    /// [`Engine::tell`](super::Engine::tell).
    fn append(&mut self, records: Vec<Record>) -> Vec<Input>;

    /// Makes an instructor's act durable: [`Input::Acts`] or [`Input::NotActed`] come back, now or later.
    fn act(&mut self, class: &str, act: ClassRecord) -> Vec<Input>;

    /// Tells with [`Input::Work`] what the learners of `class` did, and from now on what they do.
    fn watch(&mut self, class: &Class) -> Vec<Input>;
}

/// Stores at once, and looks what other sessions of the learner have stored meanwhile.
pub struct Direct {
    store: Box<dyn Store>,
    learner: String,
    /// What this session has seen of the store.
    seen: Cursor,
}

impl Direct {
    /// For `learner`, whose session began with what `store` held up to `seen`.
    pub fn new(store: Box<dyn Store>, learner: String, seen: Cursor) -> Self {
        Self { store, learner, seen }
    }

    /// What other sessions have stored: everything new that is not by `origin`.
    fn elsewhere(&mut self, origin: u64) -> Result<Vec<Record>, StoreError> {
        if !self.store.changed()? {
            return Ok(Vec::new());
        }
        let batch = self.store.records_since(&self.learner, self.seen)?;
        self.seen = batch.cursor;
        Ok(batch.records.into_iter().filter(|record| record.key.origin != origin).collect())
    }
}

impl Ledger for Direct {
    fn append(&mut self, records: Vec<Record>) -> Vec<Input> {
        let Some(last) = records.last().map(|record| record.key) else { return Vec::new() };
        if let Err(error) = self.store.append(&self.learner, &records) {
            return vec![not_stored(&error)];
        }
        // What cannot be read now is read with the next record.
        let news = self.elsewhere(last.origin).unwrap_or_default();
        let elsewhere = (!news.is_empty()).then_some(Input::Elsewhere(news));
        std::iter::once(Input::Stored(last)).chain(elsewhere).collect()
    }

    fn act(&mut self, class: &str, act: ClassRecord) -> Vec<Input> {
        let kept = Kept::new(act.key, act.at, &act.entry);
        let stored = kept.and_then(|kept| self.store.keep(&class_account(class), &[kept]));
        vec![match stored {
            Ok(_) => Input::Acts { class: class.to_owned(), acts: vec![act] },
            Err(error) => Input::NotActed(format!("{error}; {}", error.hint())),
        }]
    }

    fn watch(&mut self, class: &Class) -> Vec<Input> {
        let mut work = Vec::new();
        let read = self.store.read_everyone(Cursor::START, &mut |learner, kept| {
            if class.learner(learner).is_some() {
                work.extend(kept.record().map(|record| (learner.to_owned(), record)));
            }
        });
        vec![match read {
            Ok(_) => Input::Work(work),
            Err(error) => Input::NotActed(format!("{error}; {}", error.hint())),
        }]
    }
}

/// What the state machine is told of records that were not stored.
fn not_stored(error: &StoreError) -> Input {
    Input::NotStored(format!("{error}; {}", error.hint()))
}
