//! What belongs into a learner's hand-in file: their records of one assignment and nothing else of them.

use std::{
    collections::{BTreeSet, HashSet},
    fmt::Write as _,
};

use sha2::{Digest as _, Sha256};

use crate::course::{AttemptId, Course, Entry, Mode, Record, RecordKey, Timestamp};

use super::{Act, AnswerKey, Assignment, AssignmentRef, Class, ClassRecord, Task, Window};

/// The records of `records`, which are in order of time, that are work on `set`.
///
/// Grades given at hand-in are left out: they hold the key, and whoever collects the file grades its answers again. Marks of
/// practice stay in their answers: the learner has seen them.
pub fn work_on(set: &AssignmentRef, records: &[Record]) -> Vec<Record> {
    let mut part = Part::default();
    let ours = |of: &AssignmentRef| of == set;
    records.iter().filter(|record| part.takes(ours, record)).cloned().map(without_grades).collect()
}

/// The records of `records`, which are in order of time, that were made for a class: work on whatever it set, and answers to
/// the polls among its `acts`.
pub fn work_for(class: &str, records: &[Record], acts: &[ClassRecord]) -> Vec<RecordKey> {
    let mut part = Part::default();
    let ours = |of: &AssignmentRef| of.class == class;
    let work = records.iter().filter(|record| part.takes(ours, record)).map(|record| record.key);
    work.chain(poll_answers(records, acts)).collect()
}

/// The sittings and runs found so far.
#[derive(Default)]
struct Part {
    sittings: HashSet<RecordKey>,
    runs: HashSet<AttemptId>,
}

impl Part {
    fn takes(&mut self, ours: impl Fn(&AssignmentRef) -> bool, record: &Record) -> bool {
        match &record.entry {
            Entry::SatDown { assignment, .. } => {
                assignment.as_ref().is_some_and(ours) && self.sittings.insert(record.key)
            }
            Entry::Began { mode, .. } => {
                let ours = mode.sitting().is_some_and(|sitting| self.sittings.contains(&sitting));
                ours && self.runs.insert(record.key)
            }
            Entry::Drafted { attempt, .. } | Entry::Answered { attempt, .. } => self.runs.contains(attempt),
            Entry::HandedIn { sitting, .. } | Entry::Left { sitting } | Entry::Returned { sitting } => {
                self.sittings.contains(sitting)
            }
            Entry::Dropped { attempt } => self.sittings.contains(attempt) || self.runs.contains(attempt),
            Entry::Welcomed
            | Entry::Set { .. }
            | Entry::Read { .. }
            | Entry::Drew { .. }
            | Entry::Investigating { .. }
            | Entry::Traced { .. }
            | Entry::Resolved { .. }
            | Entry::Compared { .. }
            | Entry::Judged { .. } => false,
        }
    }
}

/// The records of `records` that answer a poll among `acts`.
fn poll_answers(records: &[Record], acts: &[ClassRecord]) -> Vec<RecordKey> {
    let polls: HashSet<RecordKey> =
        acts.iter().filter(|act| matches!(act.entry.act, Act::PollOpened { .. })).map(|act| act.key).collect();
    let mut runs: HashSet<AttemptId> = HashSet::new();
    let answers = |record: &&Record| match &record.entry {
        Entry::Began { mode: Mode::Checkpoint(poll), .. } => polls.contains(poll) && runs.insert(record.key),
        Entry::Drafted { attempt, .. } | Entry::Answered { attempt, .. } | Entry::Dropped { attempt } => {
            runs.contains(attempt)
        }
        _ => false,
    };
    records.iter().filter(answers).map(|record| record.key).collect()
}

/// When the last of the class's assignments ends for the last learner, after all that was done by hand; none where one of
/// them never ends, or there is none.
pub fn last_date(class: &Class, acts: &[ClassRecord]) -> Option<Timestamp> {
    let after_all = Timestamp(i64::MAX);
    let named = || acts.iter().filter_map(|record| record.entry.act.learner());
    let ends = |assignment: &Assignment| {
        let of = |login: &str| Window::of(assignment, login, acts, after_all).closes;
        std::iter::once("").chain(named()).map(of).try_fold(Timestamp(i64::MIN), |last, end| Some(last.max(end?)))
    };
    let ends: Option<Vec<Timestamp>> = class.assignments.iter().map(ends).collect();
    ends?.into_iter().max()
}

fn without_grades(record: Record) -> Record {
    match record.entry {
        Entry::HandedIn { sitting, .. } => {
            let entry = Entry::HandedIn { sitting, marks: Vec::new(), points: 0, out_of: 0, passed: false };
            Record { entry, ..record }
        }
        _ => record,
    }
}

impl Task {
    /// The scenarios that may come up in it.
    pub fn pool<'a>(&'a self, course: &'a Course) -> BTreeSet<&'a str> {
        let ids: &[String] = match self {
            Self::Scenarios(ids) | Self::Draw { from: ids, .. } => ids,
            Self::Checkpoint(lesson) => {
                let checkpoint = course.lesson(lesson).and_then(|lesson| lesson.checkpoint.as_ref());
                checkpoint.map_or(&[], |checkpoint| &checkpoint.from)
            }
        };
        ids.iter().map(String::as_str).collect()
    }
}

/// The digest of the questions of an assignment: SHA-256 over the ids of its scenarios and the digests of their layers, as
/// 64 hex digits. The key is not in it, so that it tells nobody what is right.
pub fn pack_digest(assignment: &Assignment, course: &Course, key: &AnswerKey) -> String {
    let mut hash = Sha256::new();
    for id in assignment.task.pool(course) {
        hash.update(id.as_bytes());
        for layer in key.get(id).into_iter().flat_map(|scenario| &scenario.layers) {
            hash.update([0xff]);
            hash.update(layer.digest().to_string().as_bytes());
        }
        hash.update([0xfe]);
    }
    let mut text = String::new();
    for byte in hash.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
