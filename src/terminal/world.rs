//! What a session's effects reach: its store, its content, and the wishes that are left to the loop around it.

use std::sync::Arc;

use crate::{
    app::{Effect, Input},
    course::{Lesson, Record, Scenario, Timestamp},
    store::Store,
};

/// Where scenarios and lessons are read from. Sessions share one.
pub trait Shelf: Send + Sync {
    /// The scenario with this id.
    ///
    /// # Errors
    /// In words for the learner, when there is none or it cannot be read.
    fn scenario(&self, id: &str) -> Result<Arc<Scenario>, String>;

    /// The lesson with this id.
    ///
    /// # Errors
    /// In words for the learner, when there is none or it cannot be read.
    fn lesson(&self, id: &str) -> Result<Arc<Lesson>, String>;
}

/// Carries out effects for one learner.
pub(super) struct World {
    pub(super) store: Box<dyn Store>,
    pub(super) shelf: Arc<dyn Shelf>,
    pub(super) learner: String,
    pub(super) wishes: Wishes,
}

/// What only the loop around the session can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wishes {
    pub(super) wake: Option<Timestamp>,
    pub(super) suspend: bool,
    pub(super) repaint: bool,
    pub(super) quit: bool,
}

impl World {
    /// Carries out an effect; what comes back is for the state machine.
    pub(super) fn perform(&mut self, effect: Effect, now: Timestamp) -> Option<Input> {
        match effect {
            Effect::Append(records) => return self.append(&records),
            Effect::OpenScenario(id) => {
                return Some(self.shelf.scenario(&id).map_or_else(Input::Unreadable, Input::Scenario));
            }
            Effect::OpenLesson(id) => {
                return Some(self.shelf.lesson(&id).map_or_else(Input::Unreadable, Input::Lesson));
            }
            Effect::Wake(after) => self.wishes.wake = Some(Timestamp(now.0.saturating_add(i64::from(after)))),
            Effect::Suspend => self.wishes.suspend = true,
            Effect::Repaint => self.wishes.repaint = true,
            Effect::Quit => self.wishes.quit = true,
        }
        None
    }

    fn append(&mut self, records: &[Record]) -> Option<Input> {
        let last = records.last()?.key;
        Some(match self.store.append(&self.learner, records) {
            Ok(()) => Input::Stored(last),
            Err(error) => Input::NotStored(format!("{error}; {}", error.hint())),
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{
        course::{Entry, RecordKey},
        store::Memory,
    };

    /// Holds nothing.
    pub(in crate::terminal) struct Empty;

    impl Shelf for Empty {
        fn scenario(&self, id: &str) -> Result<Arc<Scenario>, String> {
            Err(format!("no scenario '{id}'"))
        }

        fn lesson(&self, id: &str) -> Result<Arc<Lesson>, String> {
            Err(format!("no lesson '{id}'"))
        }
    }

    fn world(store: Box<dyn Store>) -> World {
        World { store, shelf: Arc::new(Empty), learner: "ann".into(), wishes: Wishes::default() }
    }

    fn append(seqs: std::ops::Range<u32>) -> (RecordKey, Effect) {
        let record = |seq| Record { key: RecordKey { origin: 1, seq }, at: Timestamp(0), entry: Entry::Welcomed };
        let records: Vec<Record> = seqs.map(record).collect();
        (records.last().expect("there are some").key, Effect::Append(records))
    }

    #[test]
    fn records_of_one_effect_are_stored_together_and_the_last_one_is_acknowledged() {
        let mut world = world(Box::new(Memory::default()));
        let (last, effect) = append(0..3);
        assert_eq!(world.perform(effect, Timestamp(0)), Some(Input::Stored(last)));
        assert_eq!(world.store.records("ann").expect("memory can be read").len(), 3);
        let missing = Input::Unreadable("no lesson '8.9'".into());
        assert_eq!(world.perform(Effect::OpenLesson("8.9".into()), Timestamp(0)), Some(missing));
    }

    #[test]
    fn a_later_wish_to_be_woken_replaces_an_earlier_one() {
        let mut world = world(Box::new(Memory::default()));
        for after in [500, 20] {
            world.perform(Effect::Wake(after), Timestamp(1000));
        }
        assert_eq!(world.wishes.wake, Some(Timestamp(1020)));
    }
}
