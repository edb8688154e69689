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
    pub(super) quit: bool,
}

impl World {
    /// Carries out `effects` in their order; what comes back is for the state machine.
    pub(super) fn perform(&mut self, effects: &[Effect], now: Timestamp) -> Vec<Input> {
        // Records that stand together are stored together: one wait for the disk, and all or none.
        let together = |one: &Effect, next: &Effect| matches!((one, next), (Effect::Append(_), Effect::Append(_)));
        effects.chunk_by(together).flat_map(|run| self.perform_run(run, now)).collect()
    }

    fn perform_run(&mut self, run: &[Effect], now: Timestamp) -> Vec<Input> {
        let read = |input: Result<Input, String>| vec![input.unwrap_or_else(Input::Unreadable)];
        match run {
            [Effect::OpenScenario(id)] => return read(self.shelf.scenario(id).map(Input::Scenario)),
            [Effect::OpenLesson(id)] => return read(self.shelf.lesson(id).map(Input::Lesson)),
            [Effect::Wake(after)] => self.wishes.wake = Some(Timestamp(now.0.saturating_add(i64::from(*after)))),
            [Effect::Suspend] => self.wishes.suspend = true,
            [Effect::Quit] => self.wishes.quit = true,
            // The painter follows the look.
            [Effect::Mouse(_)] | [] => {}
            records => return self.append(records),
        }
        Vec::new()
    }

    fn append(&mut self, effects: &[Effect]) -> Vec<Input> {
        let record = |effect: &Effect| if let Effect::Append(record) = effect { Some(record.clone()) } else { None };
        let records: Vec<Record> = effects.iter().filter_map(record).collect();
        let stored = self.store.append(&self.learner, &records);
        let answer = |record: Record| match &stored {
            Ok(()) => Input::Stored(record.key),
            Err(error) => Input::NotStored(record.key, error.to_string()),
        };
        records.into_iter().map(answer).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::{
        course::{Entry, RecordKey},
        store::StoreError,
    };

    /// Notes how many records each call stored.
    #[derive(Clone, Default)]
    pub(in crate::terminal) struct Notes(Arc<Mutex<Vec<(String, usize)>>>);

    impl Store for Notes {
        fn append(&mut self, learner: &str, records: &[Record]) -> Result<(), StoreError> {
            self.0.lock().expect("no panic").push((learner.to_owned(), records.len()));
            Ok(())
        }

        fn records(&mut self, _learner: &str) -> Result<Vec<Record>, StoreError> {
            Ok(Vec::new())
        }
    }

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

    fn world(store: Notes) -> World {
        let (store, shelf) = (Box::new(store), Arc::new(Empty));
        World { store, shelf, learner: "ann".into(), wishes: Wishes::default() }
    }

    fn append(seq: u32) -> (RecordKey, Effect) {
        let key = RecordKey { origin: 1, seq };
        (key, Effect::Append(Record { key, at: Timestamp(0), entry: Entry::Welcomed }))
    }

    #[test]
    fn records_that_stand_together_are_stored_in_one_call_and_each_is_answered() {
        let notes = Notes::default();
        let ((one, first), (two, second), (three, third)) = (append(1), append(2), append(3));
        let effects = [first, second, Effect::OpenLesson("8.9".into()), third, Effect::Quit];
        let mut world = world(notes.clone());
        let answers = world.perform(&effects, Timestamp(0));
        let missing = Input::Unreadable("no lesson '8.9'".into());
        assert_eq!(answers, [Input::Stored(one), Input::Stored(two), missing, Input::Stored(three)]);
        assert_eq!(*notes.0.lock().expect("no panic"), [("ann".to_owned(), 2), ("ann".to_owned(), 1)]);
        assert!(world.wishes.quit);
    }

    #[test]
    fn a_later_wish_to_be_woken_replaces_an_earlier_one() {
        let mut world = world(Notes::default());
        world.perform(&[Effect::Wake(500), Effect::Wake(20)], Timestamp(1000));
        assert_eq!(world.wishes.wake, Some(Timestamp(1020)));
    }
}
