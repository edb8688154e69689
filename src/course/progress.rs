//! What a learner's records add up to.
//!
//! `Progress` is a fold: it can be rebuilt from the records at any time and never holds what they do not. Marks were stored
//! with the answers, so history stays true when the content it came from is edited or gone.

use std::collections::{BTreeMap, HashMap};

use super::{
    AssignmentRef, AttemptId, Comparison, Digest, Draft, Entry, Investigations, Mark, Mode, Model, Order, Record,
    RecordKey, Round, Said, Timestamp,
};

/// A stored answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLog {
    /// Digest of the question as it was answered.
    pub digest: Digest,
    /// The answer.
    pub said: Said,
}

/// What the records say of one attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct AttemptLog {
    /// Its name.
    pub id: AttemptId,
    /// When it began.
    pub at: Timestamp,
    /// When it was last touched.
    pub touched: Timestamp,
    /// Scenario id.
    pub scenario: String,
    /// Lesson id.
    pub lesson: String,
    /// Service model.
    pub model: Model,
    /// Why.
    pub mode: Mode,
    /// Orders the controls.
    pub seed: u64,
    /// Whether controls are shuffled.
    pub order: Order,
    /// Layer ids asked.
    pub rows: Vec<String>,
    /// The answer under way: layer id and draft.
    pub draft: Option<(String, Draft)>,
    /// Answers by layer id.
    pub answers: HashMap<String, AnswerLog>,
    /// Points so far.
    pub points: u32,
    /// Points of the rows graded so far.
    pub out_of: u32,
    /// Given up.
    pub dropped: bool,
}

impl AttemptLog {
    /// An attempt of which nothing is known but its rows.
    pub fn new(id: AttemptId, scenario: &str, rows: Vec<String>) -> Self {
        Self {
            id,
            at: Timestamp::default(),
            touched: Timestamp::default(),
            scenario: scenario.into(),
            lesson: String::new(),
            model: Model::Iaas,
            mode: Mode::Practice,
            seed: 0,
            order: Order::Shuffled,
            rows,
            draft: None,
            answers: HashMap::new(),
            points: 0,
            out_of: 0,
            dropped: false,
        }
    }

    /// Every row is answered.
    pub fn finished(&self) -> bool {
        self.answers.len() >= self.rows.len()
    }

    /// It can be continued.
    pub fn open(&self) -> bool {
        !self.dropped && !self.finished()
    }
}

/// One checkpoint sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    /// Its name.
    pub id: RecordKey,
    /// When it began.
    pub at: Timestamp,
    /// Lesson id.
    pub lesson: String,
    /// Seed of the draw; its attempts take theirs from it.
    pub seed: u64,
    /// What was drawn.
    pub scenarios: Vec<String>,
    /// Points reached and there were, and whether it was passed; none before hand-in.
    pub result: Option<(u32, u32, bool)>,
    /// Given up.
    pub dropped: bool,
    /// The assignment it was begun for.
    pub assignment: Option<AssignmentRef>,
    /// It is the stricter exam of a lesson that was not open yet.
    pub test_out: bool,
}

/// One graded answer, with what sums need to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// When.
    pub at: Timestamp,
    /// Attempt.
    pub attempt: AttemptId,
    /// Scenario id.
    pub scenario: String,
    /// Layer id.
    pub layer: String,
    /// Lesson id.
    pub lesson: String,
    /// Service model.
    pub model: Model,
    /// The grade.
    pub mark: Mark,
    /// Marked *unsure*.
    pub unsure: bool,
    /// A hint was read.
    pub hinted: bool,
}

/// The fold of a learner's records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Records folded in.
    pub records: usize,
    /// When the latest of them was made.
    pub latest: Timestamp,
    /// The welcome was read.
    pub welcomed: bool,
    /// Settings by name.
    pub settings: BTreeMap<String, String>,
    /// Attempts in the order they began.
    pub attempts: Vec<AttemptLog>,
    /// Sittings in the order they began.
    pub sittings: Vec<Sitting>,
    /// Rounds of single rows in the order they were drawn.
    pub rounds: Vec<Round>,
    /// Graded answers in the order they were given.
    pub outcomes: Vec<Outcome>,
    /// Lesson id to the block it was left at, and whether its end was reached.
    pub reading: BTreeMap<String, (usize, bool)>,
    /// The lesson read last.
    pub last_read: Option<(Timestamp, String)>,
    /// Incidents traced back to their rows.
    pub investigations: Investigations,
    /// Runs of the exercise on the moving line, in the order they began.
    pub comparisons: Vec<Comparison>,
    places: HashMap<AttemptId, usize>,
}

impl Progress {
    /// Folds records in the order given, which must be that of time.
    pub fn fold<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut progress = Self::default();
        for record in records {
            progress.apply(record);
        }
        progress
    }

    /// Folds in one more record.
    pub fn apply(&mut self, record: &Record) {
        self.records += 1;
        self.latest = self.latest.max(record.at);
        match &record.entry {
            Entry::Welcomed => self.welcomed = true,
            Entry::Set { name, value } => {
                self.settings.insert(name.clone(), value.clone());
            }
            Entry::Read { lesson, block, finished } => self.read(record.at, lesson, *block, *finished),
            Entry::SatDown { lesson, seed, scenarios, assignment, test_out } => self.sittings.push(Sitting {
                id: record.key,
                at: record.at,
                lesson: lesson.clone(),
                seed: *seed,
                scenarios: scenarios.clone(),
                result: None,
                dropped: false,
                assignment: assignment.clone(),
                test_out: *test_out,
            }),
            Entry::Drew { purpose, rows } => self.rounds.push(Round::new(record, purpose.clone(), rows.clone())),
            Entry::Began { .. } => self.begin(record),
            Entry::Drafted { attempt, layer, draft } => {
                if let Some(log) = self.touch(*attempt, record.at) {
                    log.draft = Some((layer.clone(), draft.clone()));
                }
            }
            Entry::Answered { attempt, layer, digest, said, mark } => {
                self.answer(record.at, *attempt, layer, AnswerLog { digest: *digest, said: *said }, mark.as_ref());
            }
            // The first hand-in counts: after it the answers have been seen.
            Entry::HandedIn { sitting, .. } if self.handed_in(*sitting) => {}
            Entry::HandedIn { sitting, marks, points, out_of, passed } => {
                for given in marks {
                    self.grade(record.at, given.attempt, &given.layer, &given.mark);
                }
                if let Some(sat) = self.sittings.iter_mut().find(|sat| sat.id == *sitting) {
                    sat.result = Some((*points, *out_of, *passed));
                }
            }
            Entry::Dropped { attempt } => self.give_up(*attempt),
            Entry::Compared { .. } | Entry::Judged { .. } => super::comparison::apply(&mut self.comparisons, record),
            Entry::Investigating { .. } | Entry::Traced { .. } | Entry::Resolved { .. } => {
                self.investigations.apply(record);
            }
            // Whose clock stops meanwhile is the class's rule: `classroom::Ledger` says.
            Entry::Left { .. } | Entry::Returned { .. } => {}
        }
    }

    fn read(&mut self, at: Timestamp, lesson: &str, block: usize, finished: bool) {
        let before = self.reading.get(lesson).is_some_and(|(_, finished)| *finished);
        self.reading.insert(lesson.to_owned(), (block, before || finished));
        self.last_read = Some((at, lesson.to_owned()));
    }

    fn begin(&mut self, record: &Record) {
        let Entry::Began { scenario, lesson, model, mode, seed, order, rows } = &record.entry else { return };
        self.places.insert(record.key, self.attempts.len());
        self.join(*mode, record.key);
        self.attempts.push(AttemptLog {
            at: record.at,
            touched: record.at,
            lesson: lesson.clone(),
            model: *model,
            mode: *mode,
            seed: *seed,
            order: *order,
            ..AttemptLog::new(record.key, scenario, rows.clone())
        });
    }

    fn touch(&mut self, attempt: AttemptId, at: Timestamp) -> Option<&mut AttemptLog> {
        let log = self.places.get(&attempt).and_then(|place| self.attempts.get_mut(*place))?;
        log.touched = at;
        Some(log)
    }

    /// Takes an answer. In practice the first one counts: a second to the same question, from another terminal, was given
    /// with the explanation in sight.
    fn answer(&mut self, at: Timestamp, attempt: AttemptId, layer: &str, answer: AnswerLog, mark: Option<&Mark>) {
        let Some(log) = self.touch(attempt, at) else { return };
        log.draft = None;
        let again = log.answers.get(layer).is_some_and(|before| before.digest == answer.digest);
        let mode = log.mode;
        let closed = mode.sitting().is_some_and(|sitting| self.handed_in(sitting)) || self.handed_in(attempt);
        if closed || (again && mark.is_some()) {
            return;
        }
        let Some(log) = self.touch(attempt, at) else { return };
        let replaced = log.answers.insert(layer.to_owned(), answer).is_some();
        if let Some(mark) = mark {
            if replaced {
                self.take_back(attempt, layer);
            }
            self.grade(at, attempt, layer, mark);
        }
    }

    /// Takes back the points of a row whose question has changed since: the attempt counts each row once.
    fn take_back(&mut self, attempt: AttemptId, layer: &str) {
        let graded = |outcome: &&Outcome| outcome.attempt == attempt && outcome.layer == layer;
        let Some((points, out_of)) =
            self.outcomes.iter().rfind(graded).map(|outcome| (outcome.mark.points, outcome.mark.out_of))
        else {
            return;
        };
        if let Some(log) = self.places.get(&attempt).and_then(|place| self.attempts.get_mut(*place)) {
            log.points = log.points.saturating_sub(points);
            log.out_of = log.out_of.saturating_sub(out_of);
        }
    }

    /// An exam, a sitting or a single attempt, has been handed in.
    fn handed_in(&self, exam: RecordKey) -> bool {
        let sitting = self.sitting(exam).is_some_and(|sat| sat.result.is_some());
        let single = self.attempt(exam).is_some_and(|log| log.mode == Mode::Exam && log.out_of > 0);
        sitting || single
    }

    fn grade(&mut self, at: Timestamp, attempt: AttemptId, layer: &str, mark: &Mark) {
        let Some(log) = self.places.get(&attempt).and_then(|place| self.attempts.get_mut(*place)) else { return };
        log.points += mark.points;
        log.out_of += mark.out_of;
        let said = log.answers.get(layer).map(|answer| answer.said);
        self.outcomes.push(Outcome {
            at,
            attempt,
            scenario: log.scenario.clone(),
            layer: layer.to_owned(),
            lesson: log.lesson.clone(),
            model: log.model,
            mark: mark.clone(),
            unsure: said.is_some_and(|said| said.unsure),
            hinted: said.is_some_and(|said| said.hints > 0 || said.struck),
        });
    }

    fn give_up(&mut self, id: RecordKey) {
        self.investigations.give_up(id);
        if let Some(log) = self.places.get(&id).and_then(|place| self.attempts.get_mut(*place)) {
            log.dropped = true;
        }
        for sitting in self.sittings.iter_mut().filter(|sitting| sitting.id == id) {
            sitting.dropped = true;
        }
        for round in self.rounds.iter_mut().filter(|round| round.id == id) {
            round.dropped = true;
        }
    }

    /// What the records say of an attempt.
    pub fn attempt(&self, id: AttemptId) -> Option<&AttemptLog> {
        self.places.get(&id).and_then(|place| self.attempts.get(*place))
    }

    /// What the records say of a sitting.
    pub fn sitting(&self, id: RecordKey) -> Option<&Sitting> {
        self.sittings.iter().find(|sat| sat.id == id)
    }

    /// The attempt of a sitting at one of its scenarios.
    pub fn attempt_in(&self, sitting: RecordKey, scenario: &str) -> Option<&AttemptLog> {
        self.attempts.iter().rev().find(|log| log.mode.sitting() == Some(sitting) && log.scenario == scenario)
    }

    /// The unfinished attempt touched last, outside sittings; `scenario` narrows it.
    pub fn open_attempt(&self, scenario: Option<&str>) -> Option<&AttemptLog> {
        let fits = |log: &&AttemptLog| log.open() && scenario.is_none_or(|id| log.scenario == id);
        let outside = |log: &&AttemptLog| log.mode.sitting().is_none();
        self.attempts.iter().filter(fits).filter(outside).max_by_key(|log| log.touched)
    }

    /// The checkpoint of one's own that was begun and not handed in; `lesson` narrows it.
    pub fn open_sitting(&self, lesson: Option<&str>) -> Option<&Sitting> {
        let fits = |sat: &&Sitting| sat.assignment.is_none() && lesson.is_none_or(|id| sat.lesson == id);
        self.sittings.iter().rev().filter(fits).find(|sat| sat.result.is_none() && !sat.dropped)
    }

    /// Best full run of a scenario, as points and points there were; some of its rows alone are no run.
    pub fn best(&self, scenario: &str) -> Option<(u32, u32)> {
        let full =
            |log: &&AttemptLog| log.scenario == scenario && log.finished() && log.mode.is_whole() && log.out_of > 0;
        self.attempts.iter().filter(full).map(|log| (log.points, log.out_of)).max_by(|a, b| {
            // Shares compared by cross-multiplication: no rounding.
            (u64::from(a.0) * u64::from(b.1)).cmp(&(u64::from(b.0) * u64::from(a.1)))
        })
    }

    /// A full run of the scenario reached every point.
    pub fn full_score(&self, scenario: &str) -> bool {
        self.best(scenario).is_some_and(|(points, out_of)| points == out_of)
    }

    /// The lesson's checkpoint has been passed.
    pub fn passed(&self, lesson: &str) -> bool {
        self.sittings.iter().any(|sat| sat.lesson == lesson && sat.result.is_some_and(|(_, _, passed)| passed))
    }

    /// The best sitting of a lesson's checkpoint that was handed in.
    pub fn best_sitting(&self, lesson: &str) -> Option<&Sitting> {
        // What an exam keeps back is no grade yet.
        let told = |sat: &&Sitting| sat.assignment.is_none() || sat.result.is_some_and(|(_, out_of, _)| out_of > 0);
        let graded = self.sittings.iter().filter(|sat| sat.lesson == lesson && sat.result.is_some()).filter(told);
        graded.max_by_key(|sat| {
            sat.result.map(|(points, out_of, passed)| (passed, u64::from(points) * 10_000 / u64::from(out_of.max(1))))
        })
    }

    /// How often a scenario was drawn for a checkpoint of this learner.
    pub fn times_drawn(&self, scenario: &str) -> usize {
        self.sittings.iter().filter(|sat| sat.scenarios.iter().any(|id| id == scenario)).count()
    }
}

#[cfg(test)]
mod tests;
