//! News from outside: what other processes and other hosts store for those who are here, and class files that are saved.
//!
//! One look a second for the whole box; on SQLite it costs a glance at the file. While nobody is here it reads no records, and
//! only keeps up with where they end.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::Duration,
};

use tracing::{info, warn};

use crate::{
    app::Input,
    classroom::{Class, ClassRecord, class_of},
    course::Record,
    store::{Cursor, Database, StoreError},
    terminal::classes::acts,
};

use super::{
    roll::Roll,
    rooms::{Joined, Rooms},
};

/// How old news may be.
const PAUSE: Duration = Duration::from_secs(1);

/// What is told to those who are here.
pub(super) struct Feed {
    database: Box<dyn Database>,
    rooms: Rooms,
    roll: Roll,
    /// Up to where everybody's records were told.
    seen: Cursor,
    /// The classes as they were told last, by id.
    told: HashMap<String, Arc<Class>>,
}

impl Feed {
    /// Tells the sessions in `rooms` what `database` gets from now on, and what becomes of the classes of `roll`.
    pub(super) fn open(mut database: Box<dyn Database>, rooms: &Rooms, roll: &Roll) -> Result<Self, StoreError> {
        let seen = database.newest()?;
        let told = roll.classes().iter().map(|class| (class.id.clone(), Arc::clone(class))).collect();
        Ok(Self { database, rooms: rooms.clone(), roll: roll.clone(), seen, told })
    }

    /// Goes on until the other end of `stop` is gone.
    pub(super) fn follow(mut self, stop: &Receiver<()>) {
        let mut well = true;
        while stop.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
            for refused in self.roll.look() {
                warn!(error = %refused, hint = refused.hint(), "a class file was saved with errors, the class stays as it was");
            }
            let looked = self.edits().and_then(|()| self.look());
            // A database that is away is reported once.
            if let Err(error) = &looked
                && well
            {
                warn!(%error, "news from other hosts cannot be read");
            }
            well = looked.is_ok();
        }
    }

    /// Tells which classes read otherwise now.
    fn edits(&mut self) -> Result<(), StoreError> {
        for class in self.roll.classes().iter() {
            if self.told.get(&class.id).is_some_and(|told| Arc::ptr_eq(told, class)) {
                continue;
            }
            let (joined, missing) = self.rooms.edited(class);
            // Noted first: whoever could not be told everything has to log in again, and nobody is told for ever.
            let known = self.told.insert(class.id.clone(), Arc::clone(class));
            info!(class = class.id, learners = class.learners.len(), new = known.is_none(), "a class was read");
            for session in joined {
                self.join(class, &session)?;
            }
            for login in missing {
                self.rooms.stored(&login, &self.database.records(&login)?);
            }
        }
        Ok(())
    }

    /// Tells a session everything of a class that it knows nothing of.
    fn join(&mut self, class: &Arc<Class>, session: &Joined) -> Result<(), StoreError> {
        let Joined { learner, origin } = session;
        let (acts, _) = acts(&mut *self.database, &class.id, Cursor::START)?;
        let records = self.database.records(learner)?;
        let work = records.into_iter().map(|record| (learner.clone(), record)).collect();
        for input in [Input::Class(Arc::clone(class)), Input::Acts { class: class.id.clone(), acts }, Input::Work(work)]
        {
            self.rooms.tell(learner, *origin, input);
        }
        Ok(())
    }

    /// Tells what was stored since the last look, if anything can be.
    fn look(&mut self) -> Result<(), StoreError> {
        if !self.database.changed()? {
            return Ok(());
        }
        if self.rooms.len() == 0 {
            self.seen = self.database.newest()?;
            return Ok(());
        }
        let mut news = News::default();
        let rooms = &self.rooms;
        self.seen = self.database.read_everyone(self.seen, &mut |account, kept| match class_of(account) {
            Some(class) => news.act(class, ClassRecord::read(kept.key, kept.at, &kept.entry)),
            None if rooms.want(account) => news.record(account, kept.record()),
            None => {}
        })?;
        for (class, acts) in news.acts {
            self.rooms.acted(&class, acts);
        }
        for (learner, records) in news.records {
            self.rooms.stored(&learner, &records);
        }
        Ok(())
    }
}

/// What one look found, in the order of storing.
#[derive(Default)]
struct News {
    acts: Vec<(String, Vec<ClassRecord>)>,
    records: Vec<(String, Vec<Record>)>,
}

impl News {
    fn act(&mut self, class: &str, act: Option<ClassRecord>) {
        add(&mut self.acts, class, act);
    }

    fn record(&mut self, learner: &str, record: Option<Record>) {
        add(&mut self.records, learner, record);
    }
}

/// Adds to the last of `lists` where that is the one with this name, and to a new one otherwise.
fn add<T>(lists: &mut Vec<(String, Vec<T>)>, name: &str, item: Option<T>) {
    let Some(item) = item else { return };
    match lists.last_mut() {
        Some((last, items)) if last == name => items.push(item),
        _ => lists.push((name.to_owned(), vec![item])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        course::{Entry, RecordKey, Timestamp},
        ssh::rooms::Word,
        store::{Memory, Store},
    };

    fn record(origin: u64, seq: u32) -> Record {
        Record { key: RecordKey { origin, seq }, at: Timestamp(0), entry: Entry::Welcomed }
    }

    fn feed(rooms: &Rooms, store: &Memory) -> Feed {
        Feed::open(Box::new(store.clone()), rooms, &Roll::default()).expect("it opens")
    }

    #[test]
    fn what_another_host_stores_is_told_to_the_learner_who_is_here() {
        let (rooms, mut store) = (Rooms::default(), Memory::default());
        store.append("ann", &[record(7, 0)]).expect("there is room");
        let mut feed = feed(&rooms, &store);
        store.append("ann", &[record(7, 1)]).expect("there is room");
        feed.look().expect("it reads");
        let (seat, mut words) = rooms.enter(("ann", None), 1, 2).expect("there is a seat");
        seat.begin_with(&[record(7, 0), record(7, 1)], &mut words);
        store.append("ann", &[record(6, 0)]).expect("there is room");
        store.append("bob", &[record(8, 0)]).expect("there is room");
        feed.look().expect("it reads");
        assert_eq!(words.try_recv(), Ok(Word::Input(Input::Elsewhere(vec![record(6, 0)]))));
        feed.look().expect("it reads");
        assert!(words.try_recv().is_err(), "once");
    }
}
