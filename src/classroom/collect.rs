//! What a hand-in file is worth: held against the class, the course, the clock and the other files.
//!
//! A file that was found whole may still be the wrong one, or somebody else's. What speaks against taking it is a `Refusal`;
//! what an instructor should know and judge is a `Remark`. Points are reckoned from the answers, as for work done on the box.

use std::collections::{BTreeMap, BTreeSet};

use crate::course::{AssignmentRef, Course, Entry, Record, RecordKey, Timestamp, mark};

use super::{AnswerKey, Assignment, Class, Learner, Ledger, Rules, Standing, State, hand_in::work_on, pack_digest};

/// The end of the year 9999: no clock shows more.
const LAST_MOMENT: i64 = 253_402_300_799_999;

/// The most attempts in one file, and rows of one scenario. More are no work of anybody.
const MOST_SITTINGS: usize = 200;
const MOST_ROWS: usize = 100;

/// A hand-in as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Class id it names.
    pub class: String,
    /// Assignment id it names.
    pub assignment: String,
    /// Whose it says it is, by login.
    pub login: String,
    /// Digest of the questions it was worked on with.
    pub pack: String,
    /// When it was written, by the clock of the learner's machine.
    pub written: Timestamp,
    /// Its records.
    pub records: Vec<Record>,
}

/// Why a hand-in is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is another class's.
    #[error("it is for the class '{0}'")]
    Class(String),
    /// The class has no such assignment.
    #[error("the class has no assignment '{0}'")]
    Assignment(String),
    /// Nobody in the class has this login.
    #[error("nobody in the class has the login '{0}'")]
    Learner(String),
    /// It is not set to them.
    #[error("this assignment is not set to them")]
    NotSet,
    /// There is nothing in it.
    #[error("there is no work in it")]
    Empty,
    /// It holds what no work on this assignment can.
    #[error("it was not written by the program: {0}")]
    Made(&'static str),
    /// The same work came under another name.
    #[error("the same work was handed in as {0}'s")]
    Shared(String),
}

/// What an instructor should know of a hand-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It was handed in so many days, or parts of one, after it was due.
    Late(u32),
    /// So many answers came when nothing was taken any more; they do not count.
    TooLate(usize),
    /// It was worked on with other questions than the course has here.
    OtherPack,
    /// So many answers cannot be graded, since their questions are not here.
    Ungraded(usize),
    /// Its draw is not the one this class gives.
    OtherSeed,
    /// So many marks of practice are not what the key here gives; they count as they are.
    OtherMarks(usize),
    /// The learner's clock went back while they worked.
    ClockWentBack,
    /// By the learner's clock it was begun before it opened.
    Early,
    /// By the learner's clock it is from the future.
    Future,
    /// It is not handed in yet: it counts as it stands when it closes.
    Unfinished,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Late(days) => write!(f, "late by {days} d"),
            Self::TooLate(answers) => write!(f, "{answers} answers after it closed do not count"),
            Self::OtherPack => f.write_str("worked on with other questions than are here"),
            Self::Ungraded(answers) => write!(f, "{answers} answers to questions that are not here"),
            Self::OtherSeed => f.write_str("its draw is not this class's"),
            Self::OtherMarks(marks) => write!(f, "{marks} marks are not what the key here gives"),
            Self::ClockWentBack => f.write_str("the learner's clock went back"),
            Self::Early => f.write_str("begun before it opened, by the learner's clock"),
            Self::Future => f.write_str("from the future, by the learner's clock"),
            Self::Unfinished => f.write_str("not handed in yet"),
        }
    }
}

/// What a hand-in was found to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessed {
    /// The learner, by the login of the class file.
    pub login: String,
    /// How they stand by this file alone.
    pub standing: Standing,
    /// What to know.
    pub remarks: Vec<Remark>,
}

/// What hand-ins are held against.
#[derive(Clone, Copy, Debug)]
pub struct Collection<'a> {
    /// The class.
    pub class: &'a Class,
    /// The course.
    pub course: &'a Course,
    /// Its scenarios.
    pub key: &'a AnswerKey,
    /// What was recorded of the class: its acts.
    pub ledger: &'a Ledger,
    /// The present moment.
    pub now: Timestamp,
}

impl Collection<'_> {
    /// Looks a hand-in over.
    ///
    /// # Errors
    /// When it is not to be taken.
    pub fn assess(&self, handed: &Submission) -> Result<Assessed, Refusal> {
        let (learner, assignment) = self.about(handed)?;
        self.genuine(handed, assignment)?;
        let mut ledger = Ledger::new(&self.class.id);
        for act in self.ledger.acts() {
            ledger.act(act.clone());
        }
        for record in &handed.records {
            ledger.record(&learner.login, record);
        }
        let standing = ledger.standing((learner, assignment), self.key, self.now);
        let mut remarks = self.remarks(handed, (learner, assignment), &standing);
        remarks.extend(too_late(&ledger, learner, &standing));
        Ok(Assessed { login: learner.login.clone(), standing, remarks })
    }

    fn about(&self, handed: &Submission) -> Result<(&Learner, &Assignment), Refusal> {
        if handed.class != self.class.id {
            return Err(Refusal::Class(handed.class.clone()));
        }
        let assignment = self.class.assignment(&handed.assignment);
        let assignment = assignment.ok_or_else(|| Refusal::Assignment(handed.assignment.clone()))?;
        let learner = self.class.learner(&handed.login);
        let learner = learner.ok_or_else(|| Refusal::Learner(handed.login.clone()))?;
        if assignment.is_for(learner) { Ok((learner, assignment)) } else { Err(Refusal::NotSet) }
    }

    /// It holds nothing that the program would not have written: whoever edits a file and mends its chain is found here.
    fn genuine(&self, handed: &Submission, assignment: &Assignment) -> Result<(), Refusal> {
        if handed.records.is_empty() {
            return Err(Refusal::Empty);
        }
        let set = AssignmentRef { class: handed.class.clone(), assignment: handed.assignment.clone() };
        if work_on(&set, &handed.records) != handed.records {
            return Err(Refusal::Made("it holds records of something else, or grades"));
        }
        if handed.records.iter().any(|record| !(0..=LAST_MOMENT).contains(&record.at.0)) {
            return Err(Refusal::Made("a time in it is none"));
        }
        let keys: BTreeSet<RecordKey> = handed.records.iter().map(|record| record.key).collect();
        if keys.len() != handed.records.len() {
            return Err(Refusal::Made("a record is there twice"));
        }
        let pool = assignment.task.pool(self.course);
        let sat = |record: &&Record| matches!(record.entry, Entry::SatDown { .. });
        if handed.records.iter().filter(sat).count() > MOST_SITTINGS {
            return Err(Refusal::Made("nobody begins so often"));
        }
        handed.records.iter().try_for_each(|record| possible(&record.entry, assignment.mode, &pool))
    }

    fn remarks(
        &self,
        handed: &Submission,
        (learner, assignment): (&Learner, &Assignment),
        standing: &Standing,
    ) -> Vec<Remark> {
        let last = handed.records.iter().map(|record| record.at).max().unwrap_or_default();
        let counted = standing.counted();
        let opens = standing.window.opens;
        let marks = self.other_marks(&handed.records);
        let ungraded: usize = standing.tries.iter().map(|one| one.ungraded).sum();
        let found = [
            counted.filter(|one| one.days_late > 0).map(|one| Remark::Late(one.days_late)),
            (handed.pack != pack_digest(assignment, self.course, self.key)).then_some(Remark::OtherPack),
            (ungraded > 0).then_some(Remark::Ungraded(ungraded)),
            self.other_seed(&handed.records, (learner, assignment)).then_some(Remark::OtherSeed),
            (marks > 0).then_some(Remark::OtherMarks(marks)),
            went_back(handed).then_some(Remark::ClockWentBack),
            opens.is_some_and(|opens| handed.records.iter().any(|one| one.at < opens)).then_some(Remark::Early),
            (last.max(handed.written) > self.now).then_some(Remark::Future),
            (standing.state == State::Working).then_some(Remark::Unfinished),
        ];
        found.into_iter().flatten().collect()
    }

    /// Marks of practice that the key here does not give to the same answer to the same question.
    fn other_marks(&self, records: &[Record]) -> usize {
        let began = |record: &Record| match &record.entry {
            Entry::Began { scenario, .. } => Some((record.key, scenario.clone())),
            _ => None,
        };
        let runs: BTreeMap<RecordKey, String> = records.iter().filter_map(began).collect();
        let differs = |record: &&Record| {
            let Entry::Answered { attempt, layer, digest, said, mark: Some(given) } = &record.entry else {
                return false;
            };
            let scenario = runs.get(attempt).and_then(|id| self.key.get(id));
            let layer = scenario.and_then(|scenario| scenario.layer(layer)).map(|(_, layer)| layer);
            layer.is_some_and(|layer| layer.digest() == *digest && mark(layer, said) != *given)
        };
        records.iter().filter(differs).count()
    }

    /// An attempt has a seed that no attempt of this learner has.
    fn other_seed(&self, records: &[Record], (learner, assignment): (&Learner, &Assignment)) -> bool {
        let seeds: Vec<u64> = records.iter().filter_map(|record| seed(&record.entry)).collect();
        let given = |number: usize| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let sat = self.class.sit_down(assignment, self.course, (&learner.login, number), |_| 0);
            sat.as_ref().and_then(seed)
        };
        // A learner's own attempts are numbered by what their machine knew, so any order of them will do.
        let known: BTreeSet<u64> = (0..seeds.len()).filter_map(given).collect();
        seeds.iter().any(|seed| !known.contains(seed))
    }
}

const fn seed(entry: &Entry) -> Option<u64> {
    match entry {
        Entry::SatDown { seed, .. } => Some(*seed),
        _ => None,
    }
}

/// The program could have made this entry under these rules, of scenarios of this pool.
fn possible(entry: &Entry, rules: Rules, pool: &BTreeSet<&str>) -> Result<(), Refusal> {
    let exam = rules == Rules::Exam;
    let fault = match entry {
        Entry::SatDown { scenarios, .. } if scenarios.iter().any(|id| !pool.contains(id.as_str())) => {
            "it is about scenarios that are not set"
        }
        Entry::SatDown { scenarios, .. } if scenarios.len() > pool.len() => "it is longer than what is set",
        Entry::Began { mode, .. } if mode.is_exam() != exam => "it was done under other rules than are set",
        Entry::Began { scenario, .. } if !pool.contains(scenario.as_str()) => "it is about scenarios that are not set",
        Entry::Began { rows, .. } if rows.len() > MOST_ROWS => "no scenario has so many rows",
        Entry::Answered { mark: Some(_), .. } if exam => "an answer in an exam carries its mark",
        Entry::Answered { mark: None, .. } if !exam => "an answer in practice carries no mark",
        Entry::Answered { mark: Some(mark), .. } if mark.out_of > 2 || mark.points > mark.out_of => {
            "an answer has more points than there are"
        }
        _ => return Ok(()),
    };
    Err(Refusal::Made(fault))
}

/// In one session times only go on, whatever they are.
fn went_back(handed: &Submission) -> bool {
    let mut records: Vec<(RecordKey, Timestamp)> =
        handed.records.iter().map(|record| (record.key, record.at)).collect();
    records.sort_unstable();
    let back = |pair: &[(RecordKey, Timestamp)]| match pair {
        [(one, before), (other, after)] => one.origin == other.origin && after < before,
        _ => false,
    };
    records.windows(2).any(back) || records.iter().any(|(_, at)| *at > handed.written)
}

/// Answers that came after the end of their attempt.
fn too_late(ledger: &Ledger, learner: &Learner, standing: &Standing) -> Option<Remark> {
    let sittings = ledger.work(&learner.login).map_or(&[][..], |work| &work.sittings);
    let late = |one: &super::Try| {
        let sat = sittings.iter().find(|sat| sat.id == one.sitting)?;
        let answers = sat.runs.iter().flat_map(|run| &run.answers);
        Some(answers.filter(|given| one.ends.is_some_and(|ends| given.at > ends)).count())
    };
    let count: usize = standing.tries.iter().filter_map(late).sum();
    (count > 0).then_some(Remark::TooLate(count))
}

/// Finds work that came under more than one name: sessions are numbered at random, so nobody's is anybody else's.
#[derive(Clone, Debug, Default)]
pub struct Names {
    by: BTreeMap<u64, BTreeSet<String>>,
}

impl Names {
    /// Notes that these records are `login`'s.
    pub fn note<'r>(&mut self, login: &str, keys: impl IntoIterator<Item = &'r RecordKey>) {
        for key in keys {
            self.by.entry(key.origin).or_default().insert(login.to_lowercase());
        }
    }

    /// Another one than `login` who has work of the same session.
    pub fn shared<'r>(&self, login: &str, keys: impl IntoIterator<Item = &'r RecordKey>) -> Option<Refusal> {
        let login = login.to_lowercase();
        let mut names = keys.into_iter().filter_map(|key| self.by.get(&key.origin)).flatten();
        names.find(|name| **name != login).map(|name| Refusal::Shared(name.clone()))
    }
}
