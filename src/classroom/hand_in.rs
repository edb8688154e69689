//! What belongs into a learner's hand-in file: their records of one assignment and nothing else of them.

use std::{
    collections::{BTreeSet, HashSet},
    fmt::Write as _,
};

use sha2::{Digest as _, Sha256};

use crate::course::{AttemptId, Course, Entry, Record, RecordKey};

use super::{AnswerKey, Assignment, AssignmentRef, Task};

/// The records of `records`, which are in order of time, that are work on `set`.
///
/// Grades given at hand-in are left out: they hold the key, and whoever collects the file grades its answers again. Marks of
/// practice stay in their answers: the learner has seen them.
pub fn work_on(set: &AssignmentRef, records: &[Record]) -> Vec<Record> {
    let mut part = Part::default();
    records.iter().filter(|record| part.takes(set, record)).cloned().map(without_grades).collect()
}

/// The sittings and runs found so far.
#[derive(Default)]
struct Part {
    sittings: HashSet<RecordKey>,
    runs: HashSet<AttemptId>,
}

impl Part {
    fn takes(&mut self, set: &AssignmentRef, record: &Record) -> bool {
        match &record.entry {
            Entry::SatDown { assignment, .. } => {
                let ours = assignment.as_ref() == Some(set);
                ours && self.sittings.insert(record.key)
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
            Entry::Welcomed | Entry::Set { .. } | Entry::Read { .. } => false,
        }
    }
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
