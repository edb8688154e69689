//! The classes a session belongs to, as far as it may know them.
//!
//! A learner's session holds the class file, everything its instructors did and the learner's own work. An instructor's
//! session that watches holds everyone's. Both are the same fold, so that a learner and their instructor never see different
//! deadlines or grades.

use std::sync::Arc;

use crate::{
    classroom::{Act, Class, ClassEntry, ClassRecord, Ledger},
    course::{Record, RecordKey, Timestamp},
};

use super::{Context, Effect};

/// A class and what was recorded of it.
#[derive(Clone, Debug)]
pub struct Room {
    /// Its file, as it was last read.
    pub class: Arc<Class>,
    /// What was recorded.
    pub ledger: Ledger,
}

impl Room {
    /// A class of which nothing was recorded yet.
    pub fn new(class: Arc<Class>) -> Self {
        let ledger = Ledger::new(&class.id);
        Self { class, ledger }
    }
}

impl Context {
    /// The class with this id.
    pub fn room(&self, class: &str) -> Option<&Room> {
        self.rooms.iter().find(|room| room.class.id == class)
    }

    /// A class file was read: the first time, or since it was edited.
    pub(super) fn class(&mut self, class: Arc<Class>) {
        match self.rooms.iter_mut().find(|room| room.class.id == class.id) {
            Some(room) => room.class = class,
            None => self.rooms.push(Room::new(class)),
        }
    }

    /// Instructors did something.
    pub(super) fn acts(&mut self, class: &str, acts: Vec<ClassRecord>) {
        if let Some(room) = self.rooms.iter_mut().find(|room| room.class.id == class) {
            for act in acts {
                room.ledger.act(act);
            }
        }
    }

    /// Makes acts of this session's instructor and asks for them to be stored. They count when they come back.
    ///
    /// Acts are folded in the order of time, and the clocks of two hosts differ: none is made earlier than one that is known.
    pub(super) fn act(&mut self, class: &str, acts: Vec<Act>) -> Vec<RecordKey> {
        let last = self.room(class).and_then(|room| room.ledger.acts().last()).map(|record| record.at);
        let first = last.map_or(self.now, |last| self.now.max(Timestamp(last.0.saturating_add(1))));
        let by = self.learner.clone();
        let made = acts.into_iter().zip(0..).map(|(act, place)| ClassRecord {
            key: self.recorder.key(),
            at: Timestamp(first.0.saturating_add(place)),
            entry: ClassEntry { by: by.clone(), act },
        });
        let made: Vec<ClassRecord> = made.collect();
        let keys = made.iter().map(|act| act.key).collect();
        self.effects.extend(made.into_iter().map(|act| Effect::Act { class: class.to_owned(), act }));
        keys
    }

    /// Others did something, in the order of time.
    pub(super) fn work(&mut self, records: &[(String, Record)]) {
        for room in &mut self.rooms {
            for (login, record) in records.iter().filter(|(login, _)| room.class.learner(login).is_some()) {
                room.ledger.record(login, record);
            }
        }
    }

    /// A record of the learner counts from now on.
    pub(super) fn count(&mut self, record: &Record) {
        self.progress.apply(record);
        self.schedule.follow(&self.course.catalog, &self.progress.outcomes);
        for room in &mut self.rooms {
            room.ledger.record(&self.learner, record);
        }
    }
}
