//! A session's seat in its learner's room.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::{app::Input, classroom::Class, course::Record};

use super::{Known, Rooms, Word};

/// A session's seat in its learner's room, given up when it is dropped.
pub(crate) struct Seat {
    rooms: Rooms,
    learner: String,
    origin: u64,
}

impl Seat {
    pub(super) fn new(rooms: Rooms, learner: &str, origin: u64) -> Self {
        Self { rooms, learner: learner.to_owned(), origin }
    }

    /// The session will know of `classes` as they are, and is told from now on what becomes of them.
    pub(crate) fn attends(&self, classes: &[Arc<Class>]) {
        if let Some(peer) = self.rooms.locked().peer(&self.learner, self.origin) {
            peer.hears = classes.iter().map(|class| class.id.clone()).collect();
        }
    }

    /// The session begins with `records`. What it was told before and is among them is taken out of `words`; the rest, if
    /// there is any, is still news.
    pub(crate) fn begin_with(&self, records: &[Record], words: &mut UnboundedReceiver<Word>) -> Vec<Record> {
        let mut inside = self.rooms.locked();
        let Some(peer) = inside.peer(&self.learner, self.origin) else { return Vec::new() };
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
        let mut inside = self.rooms.locked();
        inside.watchers.end(self.origin);
        if let Some(room) = inside.peers.get_mut(&self.learner) {
            room.retain(|peer| peer.origin != self.origin);
            if room.is_empty() {
                inside.peers.remove(&self.learner);
            }
        }
    }
}
