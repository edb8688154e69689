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

    /// The name as the class file has it, where the owner came by a key in it.
    fn instructor(&self, class: &str) -> Option<String> {
        let Attendance { part: Part::Instructor(key), classes, .. } = self.attendance.as_ref()? else { return None };
        let class = classes.iter().find(|known| known.id == class)?;
        class.instructor_with(key).map(|instructor| instructor.name.clone())
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

    fn act(&mut self, class: &str, mut act: ClassRecord) -> Vec<Input> {
        if !self.steers(class) {
            return vec![Input::NotActed(NO_INSTRUCTOR.to_owned())];
        }
        if let Some(name) = self.instructor(class) {
            act.entry.by = name;
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

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::{
        classroom::{Act, ClassEntry},
        course::{Entry, RecordKey, Timestamp},
        store::Memory,
    };

    const CLASS: &str =
        "format = 1\nid = \"autumn\"\ntitle = \"Autumn\"\ntime-zone = \"UTC\"\n[[learner]]\nid = \"ann\"\n";

    fn ledger(folder: &Path, store: &Memory, (learner, part): (&str, Part)) -> Direct {
        let path = folder.join("autumn.toml");
        fs::write(&path, CLASS).expect("it is written");
        let classes = Classes::open(&[path], &Arc::default()).expect("it is sound");
        let heard = classes.iter().filter(|class| part.is_in(class)).map(|class| (class.id.clone(), Cursor::START));
        let heard = heard.collect();
        let ledger = Direct::new(Box::new(store.clone()), learner.into(), Cursor::START);
        ledger.attending(Attendance { origin: 1, part, classes, heard, watched: None })
    }

    fn act(origin: u64) -> ClassRecord {
        let entry = ClassEntry { by: "kim".into(), act: Act::Messaged { text: "hello".into(), learner: None } };
        ClassRecord { key: RecordKey { origin, seq: 0 }, at: Timestamp(1), entry }
    }

    fn record(origin: u64) -> Record {
        Record { key: RecordKey { origin, seq: 0 }, at: Timestamp(2), entry: Entry::Welcomed }
    }

    fn told(acts: &[ClassRecord]) -> Input {
        Input::Acts { class: "autumn".into(), acts: acts.to_vec() }
    }

    #[test]
    fn a_learner_hears_their_class_and_cannot_steer_it() {
        let (folder, store) = (tempfile::tempdir().expect("a folder"), Memory::default());
        let part = Part::Learner("ann".into());
        let mut ann = ledger(folder.path(), &store, ("ann", part.clone()));
        assert!(matches!(ann.act("autumn", act(1)).as_slice(), [Input::NotActed(_)]));
        let class =
            ann.attendance.as_ref().and_then(|known| known.classes.iter().next().cloned()).expect("it is there");
        assert!(matches!(ann.watch(&class).as_slice(), [Input::NotActed(_)]));
        let mut kim = ledger(folder.path(), &store, ("local", Part::Owner));
        assert_eq!(kim.act("autumn", act(2)), [told(&[act(2)])], "once, although it was stored just now");
        assert_eq!(ann.look(), [told(&[act(2)])]);
        assert_eq!((ann.look(), ann.follows()), (vec![], true));
        let mut bob = ledger(folder.path(), &store, ("bob", Part::Learner("bob".into())));
        assert_eq!(bob.look(), [], "the class of others");
        fs::write(folder.path().join("autumn.toml"), CLASS.replace("ann", "bob")).expect("it is written");
        let joined = bob.look();
        assert!(matches!(joined.as_slice(), [Input::Class(_), Input::Work(_), Input::Acts { .. }]), "{joined:?}");
    }

    #[test]
    fn who_watches_hears_what_was_and_what_comes_of_the_class_and_nobody_else() {
        let (folder, mut store) = (tempfile::tempdir().expect("a folder"), Memory::default());
        store.append("ann", &[record(7)]).expect("there is room");
        store.append("bob", &[record(8)]).expect("there is room");
        let mut kim = ledger(folder.path(), &store, ("local", Part::Owner));
        let class =
            kim.attendance.as_ref().and_then(|known| known.classes.iter().next().cloned()).expect("it is there");
        assert_eq!(kim.watch(&class), [Input::Work(vec![("ann".into(), record(7))])]);
        store.append("bob", &[record(9)]).expect("there is room");
        assert_eq!(kim.look(), []);
        store.append("ann", &[record(10)]).expect("there is room");
        assert_eq!(kim.look(), [Input::Work(vec![("ann".into(), record(10))])]);
    }
}
