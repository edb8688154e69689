//! The ledger of a session on the box: the one writer stores for it, and what becomes of that is told through the rooms.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tracing::{info, warn};

use crate::{
    app::Input,
    classroom::{Class, ClassRecord, class_account},
    course::Record,
    store::{Database, Kept, StoreError},
    terminal::{Ledger, NO_INSTRUCTOR, Part},
};

use super::{
    desk::Desk,
    hub::Hub,
    login::Identity,
    rooms::{Backlog, Word, Work},
};

/// What a learner is told of a store that fails: where it is and who runs it is for the log.
const AWAY: &str = "the box cannot store it now; what was stored before is safe, try again in a moment";

const BUSY: &str = "the box is too busy to store it; try again in a moment";

const UNREAD: &str = "the box cannot read what the class did; open it again in a moment";

/// Records of the past that one reading gives at least, unless there are no more: others wait for the readers, too.
const PIECE: usize = 2_000;

/// Has records stored by the box's one writer.
pub(super) struct Hosted {
    hub: Arc<Hub>,
    identity: Identity,
    part: Part,
    origin: u64,
}

impl Hosted {
    pub(super) const fn new(hub: Arc<Hub>, identity: Identity, part: Part, origin: u64) -> Self {
        Self { hub, identity, part, origin }
    }
}

impl Ledger for Hosted {
    fn append(&mut self, records: Vec<Record>) -> Vec<Input> {
        let Some(last) = records.last().map(|record| record.key) else { return Vec::new() };
        let kept = match records.iter().map(Kept::of).collect() {
            Ok(kept) => kept,
            Err(error) => return vec![not_stored(&error)],
        };
        let (rooms, learner, origin) = (self.hub.rooms.clone(), self.identity.name().to_owned(), self.origin);
        let posted = self.hub.desk.post(self.identity.name(), kept, move |outcome| match outcome {
            Ok(()) => {
                rooms.tell(&learner, origin, Input::Stored(last));
                rooms.stored(&learner, &records);
            }
            Err(error) => rooms.tell(&learner, origin, not_stored(&error)),
        });
        match posted {
            Ok(()) => Vec::new(),
            Err(_) => vec![Input::NotStored(BUSY.to_owned())],
        }
    }

    fn act(&mut self, class: &str, mut act: ClassRecord) -> Vec<Input> {
        // Asked anew each time: an edit of the class file may have ended it.
        if self.hub.roll.steered(&self.part, class).is_none() {
            return vec![Input::NotActed(NO_INSTRUCTOR.to_owned())];
        }
        self.identity.title().clone_into(&mut act.entry.by);
        let kept = match Kept::new(act.key, act.at, &act.entry) {
            Ok(kept) => kept,
            Err(error) => return vec![not_acted(&error)],
        };
        let (rooms, learner, origin) = (self.hub.rooms.clone(), self.identity.name().to_owned(), self.origin);
        let id = class.to_owned();
        let posted = self.hub.desk.post(&class_account(class), vec![kept], move |outcome| match outcome {
            Ok(()) => {
                info!(class = id, by = act.entry.by, "an instructor acted");
                rooms.acted(&id, vec![act]);
            }
            Err(error) => rooms.tell(&learner, origin, not_acted(&error)),
        });
        match posted {
            Ok(()) => Vec::new(),
            Err(_) => vec![Input::NotActed(BUSY.to_owned())],
        }
    }

    fn watch(&mut self, class: &Arc<Class>) -> Vec<Input> {
        // What the file says now counts, not what the session holds of it.
        let Some(class) = self.hub.roll.steered(&self.part, &class.id) else {
            return vec![Input::NotActed(NO_INSTRUCTOR.to_owned())];
        };
        let learner = self.identity.name().to_owned();
        if let Some((backlog, words)) = self.hub.rooms.watch((&learner, self.origin), &self.part, &class) {
            tokio::spawn(catch_up(self.hub.desk.clone(), (class, learner), backlog, words));
        }
        Vec::new()
    }
}

fn not_stored(error: &StoreError) -> Input {
    warn!(%error, "not stored");
    Input::NotStored(AWAY.to_owned())
}

fn not_acted(error: &StoreError) -> Input {
    warn!(%error, "an instructor's act was not stored");
    Input::NotActed(AWAY.to_owned())
}

/// Reads what the learners of a class, all but one, did so far, piece by piece, as fast as the session takes it.
async fn catch_up(desk: Desk, (class, but): (Arc<Class>, String), backlog: Arc<Backlog>, words: UnboundedSender<Word>) {
    let wake = || drop(words.send(Word::Work(Arc::clone(&backlog))));
    let Ok(Ok(mut names)) = desk.ask(|database| database.learners()).await else { return unread(&words) };
    names.retain(|name| *name != but && class.learner(name).is_some());
    while !names.is_empty() {
        let Ok((read, rest)) = desk.ask(move |database| piece(database, names)).await else { return unread(&words) };
        let Ok(work) = read else { return unread(&words) };
        names = rest;
        tokio::select! {
            woken = backlog.add_past(work) => if woken { wake() },
            () = words.closed() => return,
        }
    }
    if backlog.catch_up() {
        wake();
    }
}

/// The work of the first of `names`, as many as make a piece, and the names that are left.
fn piece(database: &mut dyn Database, mut names: Vec<String>) -> (Result<Work, StoreError>, Vec<String>) {
    let mut work = Work::new();
    while work.len() < PIECE
        && let Some(name) = names.pop()
    {
        match database.records(&name) {
            Ok(records) => work.extend(records.into_iter().map(|record| (name.clone(), record))),
            Err(error) => return (Err(error), names),
        }
    }
    (Ok(work), names)
}

fn unread(words: &UnboundedSender<Word>) {
    warn!("the past of a class cannot be read");
    // A session that is ending hears nothing any more.
    let _ = words.send(Word::Input(Input::NotActed(UNREAD.to_owned())));
}
