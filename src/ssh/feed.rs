//! News from outside: what other processes and other hosts store for learners who are here.
//!
//! One look a second for the whole box, and none while nobody is here; on SQLite it costs a glance at the file.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Duration,
};

use tracing::warn;

use crate::{
    course::Record,
    store::{Cursor, Database, StoreError},
};

use super::rooms::Rooms;

/// How old news may be.
const PAUSE: Duration = Duration::from_secs(1);

/// Tells the learners in `rooms` what is stored for them elsewhere, until the other end of `stop` is gone.
pub(super) fn follow(mut database: Box<dyn Database>, rooms: &Rooms, stop: &Receiver<()>) {
    let mut seen = None;
    let mut well = true;
    while stop.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
        if rooms.len() == 0 {
            seen = None;
            continue;
        }
        match look(&mut *database, seen, rooms) {
            Ok(cursor) => (seen, well) = (Some(cursor), true),
            Err(error) => {
                // A database that is away is reported once.
                if std::mem::replace(&mut well, false) {
                    warn!(%error, "news from other hosts cannot be read");
                }
            }
        }
    }
}

/// Tells what is new since `seen`, if anything can be.
fn look(database: &mut dyn Database, seen: Option<Cursor>, rooms: &Rooms) -> Result<Cursor, StoreError> {
    let Some(seen) = seen else { return begin(database, rooms) };
    if !database.changed()? {
        return Ok(seen);
    }
    let mut news: Vec<(String, Vec<Record>)> = Vec::new();
    let cursor = database.read_everyone(seen, &mut |learner, kept| {
        let Some(record) = kept.record().filter(|_| rooms.has(learner)) else { return };
        match news.last_mut() {
            Some((last, records)) if last == learner => records.push(record),
            _ => news.push((learner.to_owned(), vec![record])),
        }
    })?;
    for (learner, records) in news {
        rooms.stored(&learner, &records);
    }
    Ok(cursor)
}

/// The first look: what was stored between the reading of those who are here and now would be missed.
fn begin(database: &mut dyn Database, rooms: &Rooms) -> Result<Cursor, StoreError> {
    let newest = database.newest()?;
    for learner in rooms.learners() {
        rooms.stored(&learner, &database.records(&learner)?);
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::Input,
        course::{Entry, RecordKey, Timestamp},
        ssh::rooms::Word,
        store::{Memory, Store},
    };

    fn record(origin: u64, seq: u32) -> Record {
        Record { key: RecordKey { origin, seq }, at: Timestamp(0), entry: Entry::Welcomed }
    }

    #[test]
    fn what_another_host_stores_is_told_to_the_learner_who_is_here() {
        let (rooms, mut store) = (Rooms::default(), Memory::default());
        store.append("ann", &[record(7, 0)]).expect("there is room");
        let (seat, mut words) = rooms.enter("ann", 1, 2).expect("there is a seat");
        seat.begin_with(&[record(7, 0)], &mut words);
        let mut database = store.clone();
        store.append("ann", &[record(6, 0)]).expect("there is room");
        let seen = look(&mut database, None, &rooms).expect("it reads");
        assert_eq!(words.try_recv(), Ok(Word::Input(Input::Elsewhere(vec![record(6, 0)]))), "before the first look");
        store.append("ann", &[record(7, 1)]).expect("there is room");
        store.append("bob", &[record(8, 0)]).expect("there is room");
        let seen = look(&mut database, Some(seen), &rooms).expect("it reads");
        assert_eq!(words.try_recv(), Ok(Word::Input(Input::Elsewhere(vec![record(7, 1)]))));
        look(&mut database, Some(seen), &rooms).expect("it reads");
        assert!(words.try_recv().is_err(), "once");
    }
}
