//! Who is here: the open sessions, by learner.
//!
//! What one session of a learner stores, the others are told, wherever it runs: here, in another process or on another host.
//! What instructors do, their class is told, and what a class does, those who watch it. What concerns everybody is told to all.

mod backlog;
mod seat;
mod watchers;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{
    app::Input,
    classroom::{Class, ClassRecord},
    course::{Record, RecordKey},
    terminal::Part,
};

pub(super) use backlog::{Backlog, Work};
pub(super) use seat::Seat;
use watchers::Watchers;

/// What a session is told from outside.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    /// Something for the state machine.
    Input(Input),
    /// Work of a class that it watches waits there.
    Work(Arc<Backlog>),
    /// The session has to end, for this reason.
    End(&'static str),
}

/// The open sessions.
#[derive(Clone, Default)]
pub(super) struct Rooms(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    /// By learner.
    peers: HashMap<String, Vec<Peer>>,
    watchers: Watchers,
    /// The acts that were told, by class id.
    acts: HashMap<String, Known>,
}

struct Peer {
    origin: u64,
    words: UnboundedSender<Word>,
    known: Known,
    /// Who its owner is to classes; nobody where their work is not kept.
    part: Option<Part>,
    /// The classes it knows of, by id.
    hears: Vec<String>,
}

/// What a session knows: of each origin, the first record that it does not.
#[derive(Debug, Default)]
struct Known(HashMap<u64, u32>);

impl Known {
    /// Takes note of a record; whether it is new.
    fn note(&mut self, key: RecordKey) -> bool {
        let next = self.0.entry(key.origin).or_default();
        let is_new = key.seq >= *next;
        *next = (*next).max(key.seq.saturating_add(1));
        is_new
    }

    /// Takes note of `records`; those that are new.
    fn news(&mut self, records: &[Record]) -> Vec<Record> {
        records.iter().filter(|record| self.note(record.key)).cloned().collect()
    }
}

/// Somebody who is in a class only since its file was edited: the session `origin` of `learner`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Joined {
    pub(super) learner: String,
    pub(super) origin: u64,
}

impl Rooms {
    /// Gives the session `origin` of `learner` a seat, and the words it is told there; none where `most` are taken.
    pub(super) fn enter(
        &self,
        (learner, part): (&str, Option<Part>),
        origin: u64,
        most: usize,
    ) -> Option<(Seat, UnboundedReceiver<Word>)> {
        let mut inside = self.locked();
        let room = inside.peers.entry(learner.to_owned()).or_default();
        if room.len() >= most {
            return None;
        }
        let (words, told) = unbounded_channel();
        room.push(Peer { origin, words, known: Known::default(), part, hears: Vec::new() });
        drop(inside);
        Some((Seat::new(self.clone(), learner, origin), told))
    }

    /// Tells the session `origin` of `learner` something.
    pub(super) fn tell(&self, learner: &str, origin: u64, input: Input) {
        if let Some(peer) = self.locked().peer(learner, origin) {
            peer.tell(input);
        }
    }

    /// Tells the sessions of `learner` what has been stored for them, each what is not its own and what it does not know
    /// yet; and those who watch a class that the learner is in.
    pub(super) fn stored(&self, learner: &str, records: &[Record]) {
        let mut inside = self.locked();
        for peer in inside.peers.get_mut(learner).into_iter().flatten() {
            let mut news = peer.known.news(records);
            news.retain(|record| record.key.origin != peer.origin);
            if !news.is_empty() {
                peer.tell(Input::Elsewhere(news));
            }
        }
        inside.watchers.stored(learner, records);
    }

    /// Tells the sessions of a class what its instructors did, each act once.
    pub(super) fn acted(&self, class: &str, mut acts: Vec<ClassRecord>) {
        let mut inside = self.locked();
        let known = inside.acts.entry(class.to_owned()).or_default();
        acts.retain(|act| known.note(act.key));
        if acts.is_empty() {
            return;
        }
        for peer in inside.peers.values().flatten().filter(|peer| peer.has(class)) {
            peer.tell(Input::Acts { class: class.to_owned(), acts: acts.clone() });
        }
    }

    /// Tells the sessions of a class how its file reads now. Those whose owners are in it only now know nothing else of it
    /// yet; and learners whose work those who watch it do not know yet.
    pub(super) fn edited(&self, class: &Arc<Class>) -> (Vec<Joined>, Vec<String>) {
        let mut inside = self.locked();
        let mut joined = Vec::new();
        for (learner, peers) in &mut inside.peers {
            for peer in peers {
                if peer.edited(class) {
                    joined.push(Joined { learner: learner.clone(), origin: peer.origin });
                }
            }
        }
        (joined, inside.watchers.edited(class))
    }

    /// Begins to tell the session `origin` of `learner` what the learners of a class store; where it is told.
    pub(super) fn watch(
        &self,
        (learner, origin): (&str, u64),
        part: &Part,
        class: &Arc<Class>,
    ) -> Option<(Arc<Backlog>, UnboundedSender<Word>)> {
        let mut inside = self.locked();
        let words = inside.peer(learner, origin)?.words.clone();
        let backlog = inside.watchers.begin((learner, origin), part, class, words.clone());
        Some((backlog, words))
    }

    /// Tells everybody.
    pub(super) fn announce(&self, word: &Word) {
        for peer in self.locked().peers.values().flatten() {
            let _ = peer.words.send(word.clone());
        }
    }

    /// Sessions open now.
    pub(super) fn len(&self) -> usize {
        self.locked().peers.values().map(Vec::len).sum()
    }

    /// Somebody called `learner` is here, or watched from here.
    pub(super) fn want(&self, learner: &str) -> bool {
        let inside = self.locked();
        inside.peers.contains_key(learner) || inside.watchers.want(learner)
    }

    fn locked(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn peer(&mut self, learner: &str, origin: u64) -> Option<&mut Peer> {
        self.peers.get_mut(learner)?.iter_mut().find(|peer| peer.origin == origin)
    }
}

impl Peer {
    /// A session that is ending hears nothing any more.
    fn tell(&self, input: Input) {
        let _ = self.words.send(Word::Input(input));
    }

    fn has(&self, class: &str) -> bool {
        self.hears.iter().any(|id| id == class)
    }

    /// Takes note of a class as it reads now; whether it is in it only now.
    fn edited(&mut self, class: &Arc<Class>) -> bool {
        let known = self.has(&class.id);
        if known {
            self.tell(Input::Class(Arc::clone(class)));
        }
        let is_in = self.part.as_ref().is_some_and(|part| part.is_in(class));
        match (known, is_in) {
            (false, true) => self.hears.push(class.id.clone()),
            (true, false) => self.hears.retain(|id| *id != class.id),
            _ => {}
        }
        is_in && !known
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
        let (_one, mut first) = rooms.enter(("ann", None), 1, 3).expect("there is a seat");
        let (_two, mut second) = rooms.enter(("ann", None), 2, 3).expect("there is a seat");
        let (_bob, mut bob) = rooms.enter(("bob", None), 3, 3).expect("there is a seat");
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
        let (seat, mut words) = rooms.enter(("ann", None), 1, 3).expect("there is a seat");
        rooms.stored("ann", &[record(2, 0), record(2, 1)]);
        let news = seat.begin_with(&[record(2, 0)], &mut words);
        assert_eq!(news, [record(2, 1)]);
        rooms.stored("ann", &[record(2, 1), record(2, 2)]);
        assert_eq!(heard(&mut words), [record(2, 2).key]);
    }

    #[test]
    fn a_session_that_is_just_beginning_is_told_to_end_too() {
        let rooms = Rooms::default();
        let (seat, mut words) = rooms.enter(("ann", None), 1, 3).expect("there is a seat");
        rooms.announce(&Word::End("the end"));
        assert_eq!(seat.begin_with(&[], &mut words), []);
        assert_eq!(words.try_recv(), Ok(Word::End("the end")));
    }

    #[test]
    fn a_learner_has_so_many_seats_and_gets_one_back_by_leaving() {
        let rooms = Rooms::default();
        let (seat, _told) = rooms.enter(("ann", None), 1, 1).expect("there is a seat");
        assert!(rooms.enter(("ann", None), 2, 1).is_none());
        assert!(rooms.enter(("bob", None), 3, 1).is_some());
        drop(seat);
        assert!(rooms.len() == 0 && !rooms.want("ann"));
        assert!(rooms.enter(("ann", None), 4, 1).is_some());
    }
}
