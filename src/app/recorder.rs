//! Makes records and keeps those that are not durable yet.
//!
//! Records must reach the store in the order they were made: an answer means nothing without the attempt it belongs to. So
//! what could not be stored waits here and goes out again, first, with the next record.

use crate::course::{Entry, Record, RecordKey, Seeds, Timestamp};

use super::Effect;

/// Makes a session's records.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorder {
    origin: u64,
    next: u32,
    seeds: Seeds,
    waiting: Vec<Record>,
}

impl Recorder {
    /// A recorder for the session that drew `origin`, with `seed` for its choices.
    pub const fn new(origin: u64, seed: u64) -> Self {
        Self { origin, next: 0, seeds: Seeds::new(seed), waiting: Vec::new() }
    }

    /// A number for the next shuffle or draw.
    pub const fn seed(&mut self) -> u64 {
        self.seeds.draw()
    }

    /// A name for something that is no record of the learner, and is never that of one.
    pub const fn key(&mut self) -> RecordKey {
        let key = RecordKey { origin: self.origin, seq: self.next };
        self.next += 1;
        key
    }

    /// Makes a record and keeps it until it is durable.
    ///
    /// Records are folded in the order of time, and clocks go back: none is made earlier than the one before it.
    pub fn record(&mut self, at: Timestamp, entry: Entry) -> Record {
        let key = self.key();
        let at = self.waiting.last().map_or(at, |last| at.max(Timestamp(last.at.0.saturating_add(1))));
        let record = Record { key, at, entry };
        self.waiting.push(record.clone());
        record
    }

    /// Asks for what waits to be stored; none when nothing waits.
    pub fn flush(&self) -> Option<Effect> {
        (!self.waiting.is_empty()).then(|| Effect::Append(self.waiting.clone()))
    }

    /// Takes out the records that are durable now: those up to `key`.
    pub fn stored(&mut self, key: RecordKey) -> Vec<Record> {
        match self.waiting.iter().position(|record| record.key == key) {
            Some(last) => self.waiting.drain(..=last).collect(),
            None => Vec::new(),
        }
    }

    /// The records that are not durable yet, in the order they were made.
    pub fn waiting(&self) -> &[Record] {
        &self.waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_stored_goes_out_again_in_order() {
        let mut recorder = Recorder::new(7, 0);
        let Record { key: first, .. } = recorder.record(Timestamp(7), Entry::Welcomed);
        let act = recorder.key();
        let Record { key: second, at, .. } = recorder.record(Timestamp(2), Entry::Welcomed);
        assert_eq!(at, Timestamp(8), "the clock went back, the records do not");
        assert!(first < act && act < second, "an instructor's act shares the counter");
        let keys = |effect: Option<Effect>| match effect {
            Some(Effect::Append(records)) => records.iter().map(|record| record.key).collect(),
            _ => Vec::new(),
        };
        assert_eq!(keys(recorder.flush()), [first, second]);
        assert_eq!(recorder.stored(first).len(), 1);
        assert_eq!(keys(recorder.flush()), [second]);
        recorder.stored(second);
        assert_eq!(recorder.flush(), None);
    }
}
