//! Where everybody's records are stored: one writer that commits what has come in together, and a few readers.
//!
//! A commit waits for the disk or for the database's answer; the more sessions wait, the more records each commit carries, so
//! that a busy box syncs no more often than a quiet one. The databases block, so they live on threads of their own.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Instant,
};

use tokio::sync::oneshot;

use crate::store::{Database, Kept, Location, StoreError, open};

use super::{feed::Feed, metrics::Metrics, roll::Roll, rooms::Rooms};

/// The most posts one commit takes in.
const BATCH: usize = 256;

/// Posts that wait at most; there is about one for each session that is answering.
const WAITING: usize = 8192;

/// Databases that are open for reading.
const READERS: usize = 2;

/// What becomes of a post.
pub(super) type Outcome = Result<(), Arc<StoreError>>;

/// Records of one learner, or of a class, on their way to the store.
struct Post {
    account: String,
    records: Vec<Kept<'static>>,
    done: Box<dyn FnOnce(Outcome) + Send>,
}

type Question = Box<dyn FnOnce(&mut dyn Database) + Send>;

/// The way to the store.
#[derive(Clone)]
pub(super) struct Desk {
    posts: SyncSender<Post>,
    questions: Sender<Question>,
}

/// The threads behind a desk; they end when its last clone is gone and all is stored.
pub(super) struct Staff {
    threads: Vec<JoinHandle<()>>,
    /// Dropped to end the one who waits for nobody.
    stop: SyncSender<()>,
}

/// The store cannot answer: its threads are gone.
#[derive(Debug, thiserror::Error)]
#[error("the store has been closed")]
pub(super) struct Closed;

impl Desk {
    /// Opens the database at `location`.
    pub(super) fn open(
        location: &Location,
        metrics: &Arc<Metrics>,
        (rooms, roll): (&Rooms, &Roll),
    ) -> Result<(Self, Staff), StoreError> {
        let (writing, feed) = (open(location)?, Feed::open(open(location)?, rooms, roll)?);
        let reading = (0..READERS).map(|_| open(location)).collect::<Result<Vec<_>, _>>()?;
        let ((posts, inbox), (questions, asked)) = (sync_channel(WAITING), channel());
        let metrics = Arc::clone(metrics);
        let mut threads = vec![thread::spawn(move || write(writing, &inbox, &metrics))];
        let asked = Arc::new(Mutex::new(asked));
        threads.extend(reading.into_iter().map(|database| {
            let asked = Arc::clone(&asked);
            thread::spawn(move || answer(database, &asked))
        }));
        let (stop, stopped) = sync_channel(0);
        threads.push(thread::spawn(move || feed.follow(&stopped)));
        Ok((Self { posts, questions }, Staff { threads, stop }))
    }

    /// Has `records` stored under `account`. `done` is called on the writer's thread, once they are durable or could not be
    /// stored; where too many wait, not at all: then it comes back.
    pub(super) fn post(
        &self,
        account: &str,
        records: Vec<Kept<'static>>,
        done: impl FnOnce(Outcome) + Send + 'static,
    ) -> Result<(), Closed> {
        let post = Post { account: account.to_owned(), records, done: Box::new(done) };
        self.posts.try_send(post).map_err(|_| Closed)
    }

    /// Asks the database something.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut dyn Database) -> T + Send + 'static,
    ) -> Result<T, Closed> {
        let (tell, told) = oneshot::channel();
        let question: Question = Box::new(move |database| drop(tell.send(question(database))));
        self.questions.send(question).map_err(|_| Closed)?;
        told.await.map_err(|_| Closed)
    }
}

impl Staff {
    /// Waits until everything that was posted is stored. All clones of the desk must be gone.
    pub(super) fn finish(self) {
        drop(self.stop);
        for thread in self.threads {
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }
}

fn answer(mut database: Box<dyn Database>, asked: &Mutex<Receiver<Question>>) {
    loop {
        let question = asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(question) = question else { return };
        question(&mut *database);
    }
}

fn write(mut database: Box<dyn Database>, inbox: &Receiver<Post>, metrics: &Metrics) {
    while let Ok(first) = inbox.recv() {
        let posts: Vec<Post> = std::iter::once(first).chain(inbox.try_iter().take(BATCH - 1)).collect();
        let begun = Instant::now();
        let outcomes = commit(&mut *database, &posts);
        metrics.committed(posts.len(), begun.elapsed(), outcomes.iter().filter(|outcome| outcome.is_err()).count());
        for (post, outcome) in posts.into_iter().zip(outcomes) {
            (post.done)(outcome);
        }
    }
}

/// Stores all posts together; where one of them is at fault, each by itself.
fn commit(database: &mut dyn Database, posts: &[Post]) -> Vec<Outcome> {
    match together(database, posts) {
        Ok(()) => posts.iter().map(|_| Ok(())).collect(),
        Err(error) if posts.len() > 1 && is_of_one(&error) => {
            posts.iter().map(|post| together(database, std::slice::from_ref(post)).map_err(Arc::new)).collect()
        }
        Err(error) => {
            let error = Arc::new(error);
            posts.iter().map(|_| Err(Arc::clone(&error))).collect()
        }
    }
}

/// The fault is in what was to be stored, not in the store.
const fn is_of_one(error: &StoreError) -> bool {
    matches!(error, StoreError::Conflict(_))
}

fn together(database: &mut dyn Database, posts: &[Post]) -> Result<(), StoreError> {
    let batch: Vec<(&str, &[Kept<'_>])> =
        posts.iter().map(|post| (post.account.as_str(), post.records.as_slice())).collect();
    database.keep_all(&batch).map(drop)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::course::{Entry, Record, RecordKey, Timestamp};

    fn kept(record: &Record) -> Kept<'static> {
        Kept::of(record).expect("it has a form")
    }

    fn record(origin: u64, seq: u32, name: &str) -> Record {
        let entry = Entry::Set { name: name.into(), value: "x".into() };
        Record { key: RecordKey { origin, seq }, at: Timestamp(1), entry }
    }

    #[tokio::test]
    async fn one_learners_fault_is_not_anothers_and_all_that_is_posted_is_stored_before_the_end() {
        let folder = tempfile::tempdir().expect("there is room");
        let location = Location::File(folder.path().join("box.sqlite3"));
        let (desk, staff) = Desk::open(&location, &Arc::new(Metrics::default()), (&Rooms::default(), &Roll::default()))
            .expect("it opens");
        let (tell, told) = mpsc::channel();
        desk.post("ann", vec![kept(&record(1, 0, "a"))], |_| {}).expect("there is room");
        for seq in 0..50 {
            // The first of them has ann's key with other content.
            let (name, records) = if seq == 0 {
                ("ann", vec![kept(&record(1, 0, "b"))])
            } else {
                ("bob", vec![kept(&record(2, seq, "a"))])
            };
            let tell = tell.clone();
            desk.post(name, records, move |outcome| tell.send((seq, outcome.is_ok())).expect("it is awaited"))
                .expect("there is room");
        }
        let seen = desk.ask(|database| database.records("nobody").map(|list| list.len())).await.expect("it is open");
        assert_eq!(seen.expect("it reads"), 0);
        drop(desk);
        staff.finish();
        let told: Vec<(u32, bool)> = told.try_iter().collect();
        assert_eq!(told, (0..50).map(|seq| (seq, seq != 0)).collect::<Vec<_>>());
        let mut database = open(&location).expect("it opens again");
        assert_eq!(database.records("bob").expect("it reads").len(), 49);
        assert_eq!(database.records("ann").expect("it reads"), [record(1, 0, "a")]);
    }
}
