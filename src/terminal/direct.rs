//! The ledger of a session with a database of its own: it stores at once, and looks what others have stored meanwhile.

use std::sync::Arc;

use crate::{
    app::Input,
    classroom::{Class, ClassRecord, class_account},
    course::Record,
    store::{Cursor, Kept, Store, StoreError},
};

use super::{
    Ledger,
    classes::{Classes, Part, acts},
};

/// What somebody is told who may not steer a class.
pub const NO_INSTRUCTOR: &str = "only an instructor of the class can do that";

/// Stores at once, and looks what other sessions have stored meanwhile.
pub struct Direct {
    store: Box<dyn Store>,
    learner: String,
    /// What this session has seen of the store.
    seen: Cursor,
    /// Something was stored by somebody else that was not read to its end yet.
    behind: bool,
    attendance: Option<Attendance>,
}

/// What a session hears of classes.
pub struct Attendance {
    /// The session's own number: what it did itself is no news.
    pub origin: u64,
    /// Who its owner is to classes.
    pub part: Part,
    /// The classes that run here, and their files.
    pub classes: Classes,
    /// The classes its owner is in, by id, each with how far its acts were read.
    pub heard: Vec<(String, Cursor)>,
    /// The class whose learners are watched, and how far everybody's records were read.
    pub watched: Option<(Arc<Class>, Cursor)>,
}

impl Direct {
    /// For `learner`, whose session began with what `store` held up to `seen`.
    pub fn new(store: Box<dyn Store>, learner: String, seen: Cursor) -> Self {
        Self { store, learner, seen, behind: false, attendance: None }
    }

    /// The same, for a session where classes run.
    #[must_use]
    pub fn attending(self, attendance: Attendance) -> Self {
        Self { attendance: Some(attendance).filter(|attendance| !attendance.classes.is_empty()), ..self }
    }

    /// What others have stored, but for what is by `origin`.
    fn news(&mut self, origin: u64) -> Vec<Input> {
        let mut news = Vec::new();
        // What cannot be read now is read with the next look.
        self.behind |= self.store.changed().unwrap_or(true);
        if self.behind && self.read(origin, &mut news).is_ok() {
            self.behind = false;
        }
        news
    }

    fn read(&mut self, origin: u64, news: &mut Vec<Input>) -> Result<(), StoreError> {
        let batch = self.store.records_since(&self.learner, self.seen)?;
        self.seen = batch.cursor;
        let mut records = batch.records;
        records.retain(|record| record.key.origin != origin);
        if !records.is_empty() {
            news.push(Input::Elsewhere(records));
        }
        let Some(attendance) = &mut self.attendance else { return Ok(()) };
        for (class, seen) in &mut attendance.heard {
            let (mut acts, cursor) = acts(&mut *self.store, class, *seen)?;
            *seen = cursor;
            acts.retain(|act| act.key.origin != origin);
            if !acts.is_empty() {
                news.push(Input::Acts { class: class.clone(), acts });
            }
        }
        if let Some((class, seen)) = &mut attendance.watched {
            let (work, cursor) = work(&mut *self.store, (class, &self.learner), *seen)?;
            *seen = cursor;
            if !work.is_empty() {
                news.push(Input::Work(work));
            }
        }
        Ok(())
    }

    /// Class files that were saved.
    fn saved(&mut self) -> Vec<Input> {
        let Some(attendance) = &mut self.attendance else { return Vec::new() };
        let mut inputs = Vec::new();
        for saved in attendance.classes.look() {
            match saved {
                Ok(class) => inputs.extend(self.edited(class)),
                Err(error) => inputs.push(Input::Announced(format!("The class stays as it was. {error}"))),
            }
        }
        inputs
    }

    /// A class as it reads now; with all that is known of it where the owner is in it only now.
    fn edited(&mut self, class: Arc<Class>) -> Vec<Input> {
        let Some(attendance) = &mut self.attendance else { return Vec::new() };
        if attendance.heard.iter().any(|(id, _)| *id == class.id) {
            if let Some((watched, _)) = attendance.watched.as_mut().filter(|(watched, _)| watched.id == class.id) {
                *watched = Arc::clone(&class);
            }
            return vec![Input::Class(class)];
        }
        if !attendance.part.is_in(&class) {
            return Vec::new();
        }
        attendance.heard.push((class.id.clone(), Cursor::START));
        self.behind = true;
        let records = self.store.records(&self.learner).unwrap_or_default();
        let work = records.into_iter().map(|record| (self.learner.clone(), record)).collect();
        vec![Input::Class(class), Input::Work(work)]
    }

    fn steers(&self, class: &str) -> bool {
        self.attendance.as_ref().is_some_and(|attendance| {
            attendance.classes.iter().any(|known| known.id == class && attendance.part.steers(known))
        })
    }
}

/// What the learners of a class, all but one, stored after `seen`.
fn work(
    store: &mut dyn Store,
    (class, but): (&Class, &str),
    seen: Cursor,
) -> Result<(Vec<(String, Record)>, Cursor), StoreError> {
    let mut work = Vec::new();
    let cursor = store.read_everyone(seen, &mut |login, kept| {
        // Their own work is folded in as it is done.
        if login != but && class.learner(login).is_some() {
            work.extend(kept.record().map(|record| (login.to_owned(), record)));
        }
    })?;
    Ok((work, cursor))
}

impl Ledger for Direct {
    fn append(&mut self, records: Vec<Record>) -> Vec<Input> {
        let Some(last) = records.last().map(|record| record.key) else { return Vec::new() };
        if let Err(error) = self.store.append(&self.learner, &records) {
            return vec![not_stored(&error)];
        }
        std::iter::once(Input::Stored(last)).chain(self.news(last.origin)).collect()
    }

    fn act(&mut self, class: &str, act: ClassRecord) -> Vec<Input> {
        if !self.steers(class) {
            return vec![Input::NotActed(NO_INSTRUCTOR.to_owned())];
        }
        let kept = Kept::new(act.key, act.at, &act.entry);
        let stored = kept.and_then(|kept| self.store.keep(&class_account(class), &[kept]));
        if let Err(error) = stored {
            return vec![Input::NotActed(format!("{error}; {}", error.hint()))];
        }
        let news = self.news(act.key.origin);
        std::iter::once(Input::Acts { class: class.to_owned(), acts: vec![act] }).chain(news).collect()
    }

    fn watch(&mut self, class: &Arc<Class>) -> Vec<Input> {
        if !self.steers(&class.id) {
            return vec![Input::NotActed(NO_INSTRUCTOR.to_owned())];
        }
        match work(&mut *self.store, (class, &self.learner), Cursor::START) {
            Ok((work, seen)) => {
                if let Some(attendance) = &mut self.attendance {
                    attendance.watched = Some((Arc::clone(class), seen));
                }
                vec![Input::Work(work)]
            }
            Err(error) => vec![Input::NotActed(format!("{error}; {}", error.hint()))],
        }
    }

    fn follows(&self) -> bool {
        self.attendance.is_some()
    }

    fn look(&mut self) -> Vec<Input> {
        let mut inputs = self.saved();
        if let Some(origin) = self.attendance.as_ref().map(|attendance| attendance.origin) {
            inputs.extend(self.news(origin));
        }
        inputs
    }
}

/// What the state machine is told of records that were not stored.
fn not_stored(error: &StoreError) -> Input {
    Input::NotStored(format!("{error}; {}", error.hint()))
}
