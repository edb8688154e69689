//! What a session that watches a class has yet to take: the past as it is read, and the present as it is stored.
//!
//! The session is waked once and takes everything there is. The past is read no faster than that, and of the present so much
//! is kept and no more, so that a session that does not keep up costs what a full backlog costs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::course::Record;

/// Records of learners, each with whose it is.
pub(crate) type Work = Vec<(String, Record)>;

/// Records that wait at most; about a hundred seconds of a class of 400 that answers as fast as it can.
const MOST: usize = 40_000;

/// What a session has yet to take.
#[derive(Debug, Default)]
pub(crate) struct Backlog {
    waiting: Mutex<Waiting>,
    taken: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    ready: Work,
    /// What was stored while the past is read; it comes after it.
    later: Work,
    caught_up: bool,
}

/// What is to be done after something was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The session knows, or need not know yet.
    Nothing,
    /// Wake the session.
    Wake,
    /// End it: it does not keep up.
    End,
}

/// Two sessions never share one.
impl PartialEq for Backlog {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Backlog {
    /// Adds what was stored just now.
    pub(super) fn add(&self, work: impl IntoIterator<Item = (String, Record)>) -> Then {
        let mut waiting = self.locked();
        if !waiting.caught_up {
            waiting.later.extend(work);
            return if waiting.later.len() > MOST { Then::End } else { Then::Nothing };
        }
        let then = waiting.ready(work);
        if waiting.ready.len() > MOST { Then::End } else { then }
    }

    /// Adds a piece of the past, as soon as the session has taken the one before. Whether the session is to be waked.
    pub(crate) async fn add_past(&self, piece: Work) -> bool {
        while !self.locked().ready.is_empty() {
            self.taken.notified().await;
        }
        self.locked().ready(piece) == Then::Wake
    }

    /// The past has been read. Whether the session is to be waked.
    pub(crate) fn catch_up(&self) -> bool {
        let mut waiting = self.locked();
        waiting.caught_up = true;
        let later = std::mem::take(&mut waiting.later);
        waiting.ready(later) == Then::Wake
    }

    /// Everything that waits.
    pub(crate) fn take(&self) -> Work {
        let work = std::mem::take(&mut self.locked().ready);
        self.taken.notify_one();
        work
    }

    fn locked(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn ready(&mut self, work: impl IntoIterator<Item = (String, Record)>) -> Then {
        let known = !self.ready.is_empty();
        self.ready.extend(work);
        if known || self.ready.is_empty() { Then::Nothing } else { Then::Wake }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::{Entry, RecordKey, Timestamp};

    fn work(seqs: std::ops::Range<u32>) -> Work {
        let record = |seq| Record { key: RecordKey { origin: 1, seq }, at: Timestamp(0), entry: Entry::Welcomed };
        seqs.map(|seq| ("ann".to_owned(), record(seq))).collect()
    }

    #[tokio::test]
    async fn the_present_comes_after_the_past_and_the_past_waits_for_the_session() {
        let backlog = Backlog::default();
        assert_eq!(backlog.add(work(5..6)), Then::Nothing, "the past is not read yet");
        assert!(backlog.add_past(work(0..2)).await);
        let next = backlog.add_past(work(2..5));
        tokio::pin!(next);
        let waits = tokio::select! { biased; _ = &mut next => false, () = tokio::task::yield_now() => true };
        assert!(waits, "the first piece was not taken");
        assert_eq!(backlog.take(), work(0..2));
        assert!(next.await && !backlog.catch_up(), "it is waked once");
        assert_eq!(backlog.take(), work(2..6));
        assert_eq!(backlog.add(work(6..7)), Then::Wake);
        assert_eq!(backlog.add(work(7..8)), Then::Nothing);
    }

    #[test]
    fn a_session_that_takes_nothing_is_ended() {
        let backlog = Backlog::default();
        backlog.catch_up();
        assert_eq!(backlog.add(work(0..40_000)), Then::Wake);
        assert_eq!(backlog.add(work(0..1)), Then::End);
    }
}
