//! Who is here: the open sessions, by learner.
//!
//! What one session of a learner stores, the others are told, wherever it runs: here, in another process or on another host.
//! What concerns everybody is told to all.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{app::Input, course::Record};

/// What a session is told from outside.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    /// Something for the state machine.
    Input(Input),
    /// The session has to end, for this reason.
    End(&'static str),
}

/// The open sessions.
#[derive(Clone, Default)]
pub(super) struct Rooms(Arc<Mutex<HashMap<String, Vec<Peer>>>>);

struct Peer {
    origin: u64,
    words: UnboundedSender<Word>,
    known: Known,
}

/// What a session knows: of each origin, the first record that it does not.
#[derive(Debug, Default)]
struct Known(HashMap<u64, u32>);

impl Known {
    /// Takes note of `records`; those that are new.
    fn news(&mut self, records: &[Record]) -> Vec<Record> {
        let mut new = |record: &&Record| {
            let next = self.0.entry(record.key.origin).or_default();
            let is_new = record.key.seq >= *next;
            *next = (*next).max(record.key.seq.saturating_add(1));
            is_new
        };
        records.iter().filter(|record| new(record)).cloned().collect()
    }
}

/// A session's seat in its learner's room, given up when it is dropped.
pub(super) struct Seat {
    rooms: Rooms,
    learner: String,
    origin: u64,
}

impl Rooms {
    /// Gives the session `origin` of `learner` a seat, and the words it is told there; none where `most` are taken.
    pub(super) fn enter(&self, learner: &str, origin: u64, most: usize) -> Option<(Seat, UnboundedReceiver<Word>)> {
        let mut rooms = self.locked();
        let room = rooms.entry(learner.to_owned()).or_default();
        if room.len() >= most {
            return None;
        }
        let (words, told) = unbounded_channel();
        room.push(Peer { origin, words, known: Known::default() });
        drop(rooms);
        Some((Seat { rooms: self.clone(), learner: learner.to_owned(), origin }, told))
    }

    /// Tells the session `origin` of `learner` something.
    pub(super) fn tell(&self, learner: &str, origin: u64, input: Input) {
        let rooms = self.locked();
        let mut room = rooms.get(learner).into_iter().flatten();
        if let Some(peer) = room.find(|peer| peer.origin == origin) {
            // A session that is ending hears nothing any more.
            let _ = peer.words.send(Word::Input(input));
        }
    }

    /// Tells the sessions of `learner` what has been stored for them, each what is not its own and what it does not know yet.
    pub(super) fn stored(&self, learner: &str, records: &[Record]) {
        for peer in self.locked().get_mut(learner).into_iter().flatten() {
            let mut news = peer.known.news(records);
            news.retain(|record| record.key.origin != peer.origin);
            if !news.is_empty() {
                let _ = peer.words.send(Word::Input(Input::Elsewhere(news)));
            }
        }
    }

    /// Tells everybody.
    pub(super) fn announce(&self, word: &Word) {
        for peer in self.locked().values().flatten() {
            let _ = peer.words.send(word.clone());
        }
    }

    /// Sessions open now.
    pub(super) fn len(&self) -> usize {
        self.locked().values().map(Vec::len).sum()
    }

    /// Whoever is here.
    pub(super) fn learners(&self) -> Vec<String> {
        self.locked().keys().cloned().collect()
    }

    /// Somebody called `learner` is here.
    pub(super) fn has(&self, learner: &str) -> bool {
        self.locked().contains_key(learner)
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<String, Vec<Peer>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// The session begins with `records`. What it was told before and is among them is taken out of `words`; the rest, if
    /// there is any, is still news.
    pub(super) fn begin_with(&self, records: &[Record], words: &mut UnboundedReceiver<Word>) -> Vec<Record> {
        let mut rooms = self.rooms.locked();
        let mut room = rooms.get_mut(&self.learner).into_iter().flatten();
        let Some(peer) = room.find(|peer| peer.origin == self.origin) else { return Vec::new() };
        let (mut early, mut others) = (Vec::new(), Vec::new());
        while let Ok(word) = words.try_recv() {
            match word {
                Word::Input(Input::Elsewhere(records)) => early.extend(records),
                other => others.push(other),
            }
        }
        for word in others {
            let _ = peer.words.send(word);
        }
        peer.known = Known::default();
        peer.known.news(records);
        peer.known.news(&early)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut rooms = self.rooms.locked();
        if let Some(room) = rooms.get_mut(&self.learner) {
            room.retain(|peer| peer.origin != self.origin);
            if room.is_empty() {
                rooms.remove(&self.learner);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::{Entry, RecordKey, Timestamp};

    fn record(origin: u64, seq: u32) -> Record {
        Record { key: RecordKey { origin, seq }, at: Timestamp(0), entry: Entry::Welcomed }
    }

    fn heard(words: &mut UnboundedReceiver<Word>) -> Vec<RecordKey> {
        let mut keys = Vec::new();
        while let Ok(word) = words.try_recv() {
            match word {
                Word::Input(Input::Elsewhere(records)) => keys.extend(records.iter().map(|record| record.key)),
                other => panic!("{other:?}"),
            }
        }
        keys
    }

    #[test]
    fn the_others_of_a_learner_are_told_once_and_nobody_else() {
        let rooms = Rooms::default();
        let (_one, mut first) = rooms.enter("ann", 1, 3).expect("there is a seat");
        let (_two, mut second) = rooms.enter("ann", 2, 3).expect("there is a seat");
        let (_bob, mut bob) = rooms.enter("bob", 3, 3).expect("there is a seat");
        rooms.stored("ann", &[record(1, 0)]);
        rooms.stored("ann", &[record(1, 0), record(1, 1)]);
        rooms.stored("ann", &[record(9, 4)]);
        assert_eq!(heard(&mut second), [record(1, 0).key, record(1, 1).key, record(9, 4).key]);
        assert_eq!(heard(&mut first), [record(9, 4).key], "what another host stored");
        assert_eq!(heard(&mut bob), []);
    }

    #[test]
    fn what_is_stored_while_a_session_begins_is_neither_lost_nor_told_twice() {
        let rooms = Rooms::default();
        let (seat, mut words) = rooms.enter("ann", 1, 3).expect("there is a seat");
        rooms.stored("ann", &[record(2, 0), record(2, 1)]);
        let news = seat.begin_with(&[record(2, 0)], &mut words);
        assert_eq!(news, [record(2, 1)]);
        rooms.stored("ann", &[record(2, 1), record(2, 2)]);
        assert_eq!(heard(&mut words), [record(2, 2).key]);
    }

    #[test]
    fn a_session_that_is_just_beginning_is_told_to_end_too() {
        let rooms = Rooms::default();
        let (seat, mut words) = rooms.enter("ann", 1, 3).expect("there is a seat");
        rooms.announce(&Word::End("the end"));
        assert_eq!(seat.begin_with(&[], &mut words), []);
        assert_eq!(words.try_recv(), Ok(Word::End("the end")));
    }

    #[test]
    fn a_learner_has_so_many_seats_and_gets_one_back_by_leaving() {
        let rooms = Rooms::default();
        let (seat, _told) = rooms.enter("ann", 1, 1).expect("there is a seat");
        assert!(rooms.enter("ann", 2, 1).is_none());
        assert!(rooms.enter("bob", 3, 1).is_some());
        drop(seat);
        assert!(rooms.len() == 0 && !rooms.has("ann"));
        assert!(rooms.enter("ann", 4, 1).is_some());
    }
}
