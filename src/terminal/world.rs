//! What a session's effects reach: its store, its content, and the wishes that are left to the loop around it.

use std::sync::Arc;

use crate::{
    app::{Effect, Input},
    course::{Lesson, Scenario, Timestamp},
};

use super::ledger::Ledger;

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
    pub(super) ledger: Box<dyn Ledger>,
    pub(super) shelf: Arc<dyn Shelf>,
    pub(super) wishes: Wishes,
    /// Records are on their way to the store, and their acknowledgement is to come.
    pub(super) awaiting: bool,
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
    pub(super) fn perform(&mut self, effect: Effect, now: Timestamp) -> Vec<Input> {
        match effect {
            Effect::Append(records) => {
                let answers = self.ledger.append(records);
                self.awaiting = answers.is_empty();
                return answers;
            }
            Effect::Act { class, act } => return self.ledger.act(&class, act),
            Effect::Watch(class) => return self.ledger.watch(&class),
            Effect::OpenScenario(id) => {
                return vec![self.shelf.scenario(&id).map_or_else(Input::Unreadable, Input::Scenario)];
            }
            Effect::OpenLesson(id) => {
                return vec![self.shelf.lesson(&id).map_or_else(Input::Unreadable, Input::Lesson)];
            }
            Effect::Wake(after) => self.wishes.wake = Some(Timestamp(now.0.saturating_add(i64::from(after)))),
            Effect::Suspend => self.wishes.suspend = true,
            Effect::Repaint => self.wishes.repaint = true,
            Effect::Quit => self.wishes.quit = true,
        }
        Vec::new()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{
        course::{Entry, Record, RecordKey},
        store::{Cursor, Memory, Store},
        terminal::Direct,
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

    fn world(store: &Memory) -> World {
        let ledger = Direct::new(Box::new(store.clone()), "ann".into(), Cursor::START);
        World { ledger: Box::new(ledger), shelf: Arc::new(Empty), wishes: Wishes::default(), awaiting: false }
    }

    fn record(origin: u64, seq: u32) -> Record {
        Record { key: RecordKey { origin, seq }, at: Timestamp(0), entry: Entry::Welcomed }
    }

    fn append(seqs: std::ops::Range<u32>) -> (RecordKey, Effect) {
        let records: Vec<Record> = seqs.map(|seq| record(1, seq)).collect();
        (records.last().expect("there are some").key, Effect::Append(records))
    }

    #[test]
    fn records_of_one_effect_are_stored_together_and_the_last_one_is_acknowledged() {
        let mut store = Memory::default();
        let mut world = world(&store);
        let (last, effect) = append(0..3);
        assert_eq!(world.perform(effect, Timestamp(0)), [Input::Stored(last)]);
        assert_eq!(store.records("ann").expect("memory can be read").len(), 3);
        let missing = Input::Unreadable("no lesson '8.9'".into());
        assert_eq!(world.perform(Effect::OpenLesson("8.9".into()), Timestamp(0)), [missing]);
    }

    #[test]
    fn what_another_session_stored_comes_with_the_next_acknowledgement_and_once() {
        let mut store = Memory::default();
        let mut world = world(&store);
        store.append("ann", &[record(2, 0)]).expect("there is room");
        store.append("bob", &[record(3, 0)]).expect("there is room");
        let (last, effect) = append(0..1);
        assert_eq!(world.perform(effect, Timestamp(0)), [Input::Stored(last), Input::Elsewhere(vec![record(2, 0)])]);
        let (last, effect) = append(1..2);
        assert_eq!(world.perform(effect, Timestamp(0)), [Input::Stored(last)]);
    }

    #[test]
    fn a_later_wish_to_be_woken_replaces_an_earlier_one() {
        let mut world = world(&Memory::default());
        for after in [500, 20] {
            world.perform(Effect::Wake(after), Timestamp(1000));
        }
        assert_eq!(world.wishes.wake, Some(Timestamp(1020)));
    }
}
