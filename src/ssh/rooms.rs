//! Who is here: the open sessions, by learner.
//!
//! What one session of a learner stores, the others are told; what concerns everybody is told to all.

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
    /// The first of its records that others have not been told.
    untold: u32,
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
        room.push(Peer { origin, words, untold: 0 });
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

    /// Tells the other sessions of `learner` what `origin` has stored. Records that are stored again are told once.
    pub(super) fn stored(&self, learner: &str, origin: u64, records: &[Record]) {
        let mut rooms = self.locked();
        let Some(room) = rooms.get_mut(learner) else { return };
        let Some(own) = room.iter_mut().find(|peer| peer.origin == origin) else { return };
        let news: Vec<Record> = records.iter().filter(|record| record.key.seq >= own.untold).cloned().collect();
        own.untold = news.last().map_or(own.untold, |last| last.key.seq + 1);
        if news.is_empty() {
            return;
        }
        for peer in room.iter().filter(|peer| peer.origin != origin) {
            let _ = peer.words.send(Word::Input(Input::Elsewhere(news.clone())));
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

    fn locked(&self) -> MutexGuard<'_, HashMap<String, Vec<Peer>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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

    #[test]
    fn the_others_of_a_learner_are_told_once_and_nobody_else() {
        let rooms = Rooms::default();
        let (_one, mut first) = rooms.enter("ann", 1, 3).expect("there is a seat");
        let (_two, mut second) = rooms.enter("ann", 2, 3).expect("there is a seat");
        let (_bob, mut bob) = rooms.enter("bob", 3, 3).expect("there is a seat");
        rooms.stored("ann", 1, &[record(1, 0)]);
        rooms.stored("ann", 1, &[record(1, 0), record(1, 1)]);
        let told: Vec<Word> = std::iter::from_fn(|| second.try_recv().ok()).collect();
        let news = |record| Word::Input(Input::Elsewhere(vec![record]));
        assert_eq!(told, [news(record(1, 0)), news(record(1, 1))]);
        assert!(first.try_recv().is_err() && bob.try_recv().is_err());
    }

    #[test]
    fn a_learner_has_so_many_seats_and_gets_one_back_by_leaving() {
        let rooms = Rooms::default();
        let (seat, _told) = rooms.enter("ann", 1, 1).expect("there is a seat");
        assert!(rooms.enter("ann", 2, 1).is_none());
        assert!(rooms.enter("bob", 3, 1).is_some());
        drop(seat);
        assert_eq!(rooms.len(), 0);
        assert!(rooms.enter("ann", 4, 1).is_some());
    }
}
