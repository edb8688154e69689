//! What every screen has at hand: the course, the learner's progress, the look, and the way to make records.

use std::{collections::HashMap, sync::Arc};

use crate::course::{Course, Entry, Lesson, Order, Progress, Record, RecordKey, Scenario, Timestamp, review::Schedule};

use super::{Effect, Look, Recorder, Room, Size, Zones};

/// What every screen has at hand.
#[derive(Clone, Debug)]
pub struct Context {
    /// Size of the screen.
    pub size: Size,
    /// How it looks: what the terminal can do, under the learner's settings.
    pub look: Look,
    /// How it would look without the learner's settings.
    pub terminal: Look,
    /// The moment of the last event.
    pub now: Timestamp,
    /// What is taught.
    pub course: Arc<Course>,
    /// The name that the learner's records are kept under.
    pub learner: String,
    /// What was learnt.
    pub progress: Progress,
    /// When each row that was answered comes back; it follows `progress`.
    pub schedule: Schedule,
    /// The classes of this session.
    pub rooms: Vec<Room>,
    /// Where time zones come from.
    pub zones: Zones,
    /// One line for the learner, until the next key.
    pub notice: Option<String>,
    /// The scenarios opened in this session.
    pub scenarios: HashMap<String, Arc<Scenario>>,
    /// The lessons opened in this session.
    pub lessons: HashMap<String, Arc<Lesson>>,
    /// How controls are ordered in new attempts.
    pub order: Order,
    /// The seed of new attempts, where one was asked for.
    pub seed: Option<u64>,
    /// Something was said in this step.
    pub(super) speaks: bool,
    pub(super) recorder: Recorder,
    pub(super) effects: Vec<Effect>,
}

impl Context {
    /// Makes a record and asks for it to be stored. It counts at once, unless it is an answer or a hand-in: those count, and
    /// are explained, when they are durable.
    pub(super) fn record(&mut self, entry: Entry) -> RecordKey {
        self.record_at(self.now, entry)
    }

    /// Makes a record of what stood at `at`, when nobody could act on it in time.
    pub(super) fn record_at(&mut self, at: Timestamp, entry: Entry) -> RecordKey {
        let at = at.max(Timestamp(self.progress.latest.0.saturating_add(1)));
        let record = self.recorder.record(at, entry);
        if !waits(&record) {
            self.count(&record);
        }
        self.store();
        record.key
    }

    /// Takes the store's word that the records up to `key` are durable; hands those back.
    pub(super) fn stored(&mut self, key: RecordKey) -> Vec<Record> {
        let durable = self.recorder.stored(key);
        for record in durable.iter().filter(|record| waits(record)) {
            self.count(record);
        }
        durable
    }

    /// Asks for everything that is not durable yet, once for all the records of a step.
    pub(super) fn store(&mut self) {
        self.effects.retain(|effect| !matches!(effect, Effect::Append(_)));
        self.effects.extend(self.recorder.flush());
    }

    /// The number of this session, which its records bear.
    pub(super) const fn origin(&self) -> u64 {
        self.recorder.origin()
    }

    /// How many records are not durable yet.
    pub fn unsaved(&self) -> usize {
        self.recorder.waiting().len()
    }

    /// How many answers and hand-ins wait to be durable before they count.
    pub fn uncounted(&self) -> usize {
        self.recorder.waiting().iter().filter(|record| waits(record)).count()
    }

    /// The seed for a new attempt: the one asked for, or the next of the session.
    pub(super) const fn new_seed(&mut self) -> u64 {
        match self.seed {
            Some(seed) => seed,
            None => self.recorder.seed(),
        }
    }

    /// Says one line to the learner.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.notice = Some(words.into());
        self.speaks = true;
    }

    /// A change of look, from settings that were stored or have just been changed.
    pub(super) fn apply_settings(&mut self) {
        self.look = super::settings::look(self.terminal, &self.progress.settings);
    }
}

/// The record counts when it is durable, not before.
const fn waits(record: &Record) -> bool {
    matches!(
        record.entry,
        Entry::Answered { .. }
            | Entry::HandedIn { .. }
            | Entry::Traced { .. }
            | Entry::Resolved { .. }
            | Entry::Judged { .. }
    )
}
