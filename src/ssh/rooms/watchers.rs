//! Sessions of instructors that watch a class.

use std::{collections::HashSet, sync::Arc};

use tokio::sync::mpsc::UnboundedSender;

use crate::{classroom::Class, course::Record, terminal::Part};

use super::{
    Known, Word,
    backlog::{Backlog, Then},
};

/// What a session is told that takes less than its class does.
const TOO_SLOW: &str = "Closed: this session did not keep up with its class. Everything is saved; log in again.";

/// The sessions that watch.
#[derive(Default)]
pub(super) struct Watchers(Vec<Watcher>);

struct Watcher {
    /// The name that the session's own records are kept under, and the session's number.
    learner: String,
    origin: u64,
    part: Part,
    class: String,
    /// Who is in it, in lower case.
    logins: HashSet<String>,
    known: Known,
    backlog: Arc<Backlog>,
    words: UnboundedSender<Word>,
}

fn logins(class: &Class) -> HashSet<String> {
    class.learners.iter().map(|learner| learner.login.to_lowercase()).collect()
}

impl Watchers {
    /// Has a session watch a class, from now on.
    pub(super) fn begin(
        &mut self,
        (learner, origin): (&str, u64),
        part: &Part,
        class: &Class,
        words: UnboundedSender<Word>,
    ) -> Arc<Backlog> {
        self.0.retain(|watcher| (watcher.origin, &watcher.class) != (origin, &class.id));
        let backlog = Arc::new(Backlog::default());
        self.0.push(Watcher {
            learner: learner.to_owned(),
            origin,
            part: part.clone(),
            class: class.id.clone(),
            logins: logins(class),
            known: Known::default(),
            backlog: Arc::clone(&backlog),
            words,
        });
        backlog
    }

    /// The session watches nothing any more.
    pub(super) fn end(&mut self, origin: u64) {
        self.0.retain(|watcher| watcher.origin != origin);
    }

    /// Tells those who watch `learner` what was stored, each what it was not told yet.
    pub(super) fn stored(&mut self, learner: &str, records: &[Record]) {
        if self.0.is_empty() {
            return;
        }
        let login = learner.to_lowercase();
        self.0.retain_mut(|watcher| {
            // Their own work is folded in as it is done.
            !watcher.logins.contains(&login) || watcher.learner == learner || watcher.stored(learner, records)
        });
    }

    /// Takes note of a class as it reads now; the learners whose work is not known yet to somebody who watches it.
    pub(super) fn edited(&mut self, class: &Class) -> Vec<String> {
        self.0.retain(|watcher| watcher.class != class.id || watcher.part.steers(class));
        let mut missing = Vec::new();
        for watcher in self.0.iter_mut().filter(|watcher| watcher.class == class.id) {
            let before = std::mem::replace(&mut watcher.logins, logins(class));
            let new = class.learners.iter().map(|learner| &learner.login);
            missing.extend(new.filter(|login| !before.contains(&login.to_lowercase())).cloned());
        }
        missing
    }

    /// Somebody watches `learner`.
    pub(super) fn want(&self, learner: &str) -> bool {
        !self.0.is_empty() && {
            let login = learner.to_lowercase();
            self.0.iter().any(|watcher| watcher.logins.contains(&login))
        }
    }
}

impl Watcher {
    /// Whether it goes on watching.
    fn stored(&mut self, learner: &str, records: &[Record]) -> bool {
        let news = self.known.news(records);
        let then = self.backlog.add(news.into_iter().map(|record| (learner.to_owned(), record)));
        // A session that is ending hears nothing any more.
        let _ = match then {
            Then::Nothing => Ok(()),
            Then::Wake => self.words.send(Word::Work(Arc::clone(&self.backlog))),
            Then::End => self.words.send(Word::End(TOO_SLOW)),
        };
        then != Then::End
    }
}
