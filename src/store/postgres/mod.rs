//! Records in a PostgreSQL database, shared by several hosts.
//!
//! The port is called from ordinary threads, so each handle has a small runtime of its own and drives its connection only
//! while it is asked something. **Never call it from within an asynchronous task**: a runtime cannot wait inside another
//! one, and tokio panics there. A server calls it from threads of its own or through `spawn_blocking`.
//!
//! A lost connection is made again, and what was being stored is stored again, for a few seconds. That is safe because a
//! record that is there already is passed over, also where the connection broke just as it was committed. Only counts suffer:
//! what the first try stored or removed is no news to the second.
//!
//! Whoever adds records holds one lock of the database until they are committed. So places become visible in their order,
//! and a reader who goes on from a place misses nothing; without it, a sequence's numbers turn up in any order.
//!
//! A connection carries settings, so a pooler between must keep it to one client (pgbouncer: `pool_mode = session`).

mod accounts;
mod rows;
mod schema;
mod server;
mod session;
mod tls;
mod trouble;

use std::{
    fmt, thread,
    time::{Duration, Instant},
};

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::Type;

use crate::course::RecordKey;

use super::{Cursor, Health, Kept, Store, StoreError};

use server::Server;
use session::{ANSWER, Session};
use trouble::Trouble;

/// No try begins later than this after the first.
const PATIENCE: Duration = Duration::from_secs(5);

/// Waited between tries, in milliseconds.
const PAUSES: [u64; 7] = [20, 100, 200, 400, 800, 800, 800];

/// Everybody who adds rows comes here in turn.
const BEGIN: &str = "BEGIN; SELECT pg_advisory_xact_lock(1920168044, 2)";

/// Keeps records in a PostgreSQL database.
pub struct Postgres {
    server: Server,
    /// Away only while it is dropped.
    runtime: Option<Runtime>,
    session: Option<Session>,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").field("server", &self.server.name).finish_non_exhaustive()
    }
}

impl Postgres {
    /// What `url` would be called, without its password.
    ///
    /// # Errors
    /// Why it cannot be followed, in words that quote no value of it.
    pub(super) fn name(url: &str) -> Result<String, String> {
        Server::parse(url).map(|server| server.name)
    }

    /// Connects to the database at `url`, `postgres://USER:PASSWORD@HOST:PORT/NAME?sslmode=…`, and brings its schema up.
    ///
    /// # Errors
    /// When it cannot be reached, does not let us in, or is of a newer version.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let refused = |detail| StoreError::Unusable { path: "the database's URL".into(), detail };
        let server = Server::parse(url).map_err(refused)?;
        let name = server.name.clone();
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|source| StoreError::Unreachable { path: name.clone(), source })?;
        let mut store = Self { server, runtime: Some(runtime), session: None };
        // Where nobody listens, whoever starts the program is told at once.
        let waits = |trouble: &Trouble| trouble.passes() && !trouble.is_unreachable();
        store.persist(waits, async |session, _| schema::bring_up(session, &name).await)?;
        Ok(store)
    }

    /// Carries out `work` on the connection, again where a trouble passes; it is told whether it was tried before.
    fn ask<T>(&mut self, work: impl AsyncFnMut(&Session, bool) -> Result<T, Trouble>) -> Result<T, StoreError> {
        self.persist(Trouble::passes, work)
    }

    /// Carries out `work` as one transaction, alone among all who write.
    fn change<T>(&mut self, mut work: impl AsyncFnMut(&Session, bool) -> Result<T, Trouble>) -> Result<T, StoreError> {
        self.ask(async |session, again| {
            session.transaction(BEGIN, ANSWER, async |session| work(session, again).await).await
        })
    }

    fn persist<T>(
        &mut self,
        waits: impl Fn(&Trouble) -> bool,
        mut work: impl AsyncFnMut(&Session, bool) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        let (begun, mut again) = (Instant::now(), false);
        let mut pauses = PAUSES.into_iter().map(Duration::from_millis);
        loop {
            let trouble = match self.attempt(again, &mut work) {
                Ok(done) => return Ok(done),
                Err(trouble) => trouble,
            };
            match pauses.next() {
                Some(pause) if waits(&trouble) && begun.elapsed() + pause < PATIENCE => thread::sleep(pause),
                _ => return Err(trouble.explain(&self.server.name)),
            }
            again = true;
        }
    }

    /// One try, on the connection at hand or a new one. A connection that failed is not used again.
    fn attempt<T>(
        &mut self,
        again: bool,
        work: &mut impl AsyncFnMut(&Session, bool) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let Some(runtime) = &self.runtime else { return Err(Trouble::Late) };
        let (session, done) = runtime.block_on(async {
            let session = match self.session.take().filter(|session| !session.is_closed()) {
                Some(session) => session,
                None => Session::open(&self.server).await?,
            };
            let done = work(&session, again).await;
            Ok::<_, Trouble>((session, done))
        })?;
        if done.as_ref().err().is_none_or(Trouble::leaves_connection) {
            self.session = Some(session);
        }
        done
    }

    /// PostgreSQL's texts hold any character but NUL.
    fn refuse_nul<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Result<(), StoreError> {
        if texts.into_iter().any(|text| text.contains('\0')) {
            return Err(StoreError::Unstorable { path: self.server.name.clone(), detail: "a NUL character".into() });
        }
        Ok(())
    }
}

impl Drop for Postgres {
    /// A runtime may be dropped anywhere but in an asynchronous task, unless it need not wait.
    fn drop(&mut self) {
        self.session = None;
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Store for Postgres {
    fn keep_all(&mut self, batch: &[(&str, &[Kept<'_>])]) -> Result<usize, StoreError> {
        let all: Vec<(&str, &Kept<'_>)> =
            batch.iter().flat_map(|(learner, records)| records.iter().map(move |kept| (*learner, kept))).collect();
        if all.is_empty() {
            return Ok(0);
        }
        self.refuse_nul(all.iter().flat_map(|(learner, kept)| [*learner, kept.entry.as_ref()]))?;
        self.change(async |session, _| {
            let mut added = 0;
            for page in all.chunks(rows::PAGE) {
                added += rows::insert(session, page).await?;
            }
            Ok(added)
        })
    }

    fn read(&mut self, learner: &str, after: Cursor, each: &mut dyn FnMut(Kept<'_>)) -> Result<Cursor, StoreError> {
        if learner.contains('\0') {
            return Ok(after);
        }
        let (mut newest, mut last) = (None, None);
        loop {
            let page = self.ask(async |session, _| rows::page(session, learner, after, newest, last).await)?;
            newest = newest.or(page.newest);
            last = page.rows.last().map(|kept| (kept.at, kept.key));
            let full = page.rows.len() == rows::PAGE;
            page.rows.into_iter().for_each(&mut *each);
            if !full {
                return Ok(newest.map_or(after, |newest| after.max(newest)));
            }
        }
    }

    fn read_everyone(&mut self, after: Cursor, each: &mut dyn FnMut(&str, Kept<'_>)) -> Result<Cursor, StoreError> {
        let mut cursor = after;
        loop {
            let page = self.ask(async |session, _| rows::everyone(session, cursor).await)?;
            let full = page.len() == rows::PAGE;
            for (place, learner, kept) in page {
                cursor = place;
                each(&learner, kept);
            }
            if !full {
                return Ok(cursor);
            }
        }
    }

    fn newest(&mut self) -> Result<Cursor, StoreError> {
        self.ask(async |session, _| rows::newest(session).await)
    }

    fn learners(&mut self) -> Result<Vec<String>, StoreError> {
        self.ask(async |session, _| rows::learners(session).await)
    }

    fn forget(&mut self, learner: &str) -> Result<usize, StoreError> {
        self.refuse_nul([learner])?;
        self.change(async |session, _| {
            let whose = [(&learner as _, Type::TEXT)];
            session.execute("DELETE FROM account WHERE learner = $1", &whose).await?;
            let removed = session.execute("DELETE FROM record WHERE learner = $1", &whose).await?;
            Ok(usize::try_from(removed).unwrap_or(usize::MAX))
        })
    }

    fn remove(&mut self, learner: &str, keys: &[RecordKey]) -> Result<usize, StoreError> {
        self.refuse_nul([learner])?;
        self.change(async |session, _| {
            let mut removed = 0;
            for key in keys {
                removed += rows::remove(session, learner, *key).await?;
            }
            Ok(usize::try_from(removed).unwrap_or(usize::MAX))
        })
    }

    fn examine(&mut self) -> Result<Health, StoreError> {
        self.ask(async |session, _| schema::examine(session).await)
    }
}
