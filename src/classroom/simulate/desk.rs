//! One made-up learner at work: their clock, their habits, and the records they leave.

use crate::{
    classroom::{Assignment, Feedback, Learner, Rules, Task},
    course::{
        Attempt, AttemptLog, Entry, LayerMark, Mode, Order, Owner, Record, RecordKey, Scenario, Seeds, Step, Timestamp,
        Verdict, mark,
    },
};

use super::{
    Rehearsal, WEEK,
    belief::{Answer, Belief, truth},
};

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// How somebody goes about an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// Begins in time and hands in.
    Punctual,
    /// Never begins.
    Absent,
    /// Begins, leaves halfway and is not seen again.
    DropsOut,
    /// Begins after it is due, where that is taken.
    Late,
    /// Leaves halfway and comes back.
    Returns,
    /// Answers most of it and leaves the handing in to the clock.
    ByClock,
}

impl Habit {
    /// The habit of the learner at this place with their assignment of this number; nobody always does the same.
    pub(super) const fn dealt(place: usize, number: usize) -> Self {
        match (place + 5 * number) % 17 {
            3 | 11 => Self::Returns,
            5 | 13 => Self::Late,
            7 => Self::ByClock,
            9 => Self::DropsOut,
            15 => Self::Absent,
            _ => Self::Punctual,
        }
    }
}

/// A learner's desk.
pub(super) struct Desk<'a> {
    rehearsal: &'a Rehearsal<'a>,
    learner: &'a Learner,
    belief: Belief,
    chance: Seeds,
    origin: u64,
    clock: Timestamp,
    records: Vec<Record>,
}

/// A sitting under way.
struct Sitting {
    id: RecordKey,
    mode: Mode,
    seed: u64,
    scenarios: Vec<String>,
    /// Rows in all.
    rows: usize,
    /// Rows answered.
    answered: usize,
    /// How they were graded.
    marks: Vec<LayerMark>,
    /// Milliseconds that an answer takes, about.
    pace: i64,
    /// Nothing is taken from then on.
    end: Timestamp,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        rehearsal: &'a Rehearsal<'a>,
        learner: &'a Learner,
        belief: Belief,
        (place, seed): (usize, u64),
    ) -> Self {
        let salt = learner.login.bytes().fold(place as u64, |sum, byte| Seeds::new(sum ^ u64::from(byte)).draw());
        let mut chance = Seeds::new(seed ^ salt);
        let origin = chance.draw();
        Self { rehearsal, learner, belief, chance, origin, clock: Timestamp::default(), records: Vec::new() }
    }

    pub(super) fn records(self) -> Vec<Record> {
        self.records
    }

    /// Does an assignment as `habit` has it.
    pub(super) fn work_on(&mut self, assignment: &Assignment, habit: Habit) {
        if habit == Habit::Absent {
            return;
        }
        let (begin, end) = self.span(assignment, habit);
        self.clock = begin;
        let Some(mut sitting) = self.sit_down(assignment, end) else { return };
        let stop = match habit {
            Habit::DropsOut => sitting.rows.div_ceil(2),
            Habit::ByClock => sitting.rows - sitting.rows / 5 - 1,
            _ => usize::MAX,
        };
        let pause = if habit == Habit::Returns { sitting.rows / 2 } else { usize::MAX };
        for scenario in sitting.scenarios.clone() {
            if !self.run(&mut sitting, &scenario, (stop, pause)) {
                self.record(Entry::Left { sitting: sitting.id });
                return;
            }
        }
        self.pass(MINUTE / 2);
        if self.clock < sitting.end {
            let entry = self.handed_in(assignment, sitting);
            self.record(entry);
        }
    }

    /// The record of handing in: with grades where the program may tell them then, and with their key in an exam only where
    /// it is explained at once.
    fn handed_in(&self, assignment: &Assignment, sitting: Sitting) -> Entry {
        let scenarios = sitting.scenarios.iter().filter_map(|id| self.rehearsal.key.get(id));
        let scored = scenarios.flat_map(|one| &one.layers).filter(|layer| !layer.contested).count();
        let points = sitting.marks.iter().map(|given| given.mark.points).sum();
        let all = (points, 2 * u32::try_from(scored).unwrap_or(u32::MAX));
        let (marks, (points, out_of)) = match assignment.feedback {
            Feedback::AtOnce => (Vec::new(), all),
            Feedback::AfterHandIn => (sitting.marks, all),
            Feedback::AfterDue | Feedback::Never => (Vec::new(), (0, 0)),
        };
        // Only an exam of which the record holds the grades says whether a checkpoint was passed.
        let passed = !marks.is_empty() && self.passes(assignment, (points, out_of));
        Entry::HandedIn { sitting: sitting.id, marks, points, out_of, passed }
    }

    fn passes(&self, assignment: &Assignment, (points, out_of): (u32, u32)) -> bool {
        let Task::Checkpoint(lesson) = &assignment.task else { return false };
        let lesson = self.rehearsal.course.lesson(lesson);
        let rule = lesson.and_then(|lesson| lesson.checkpoint.as_ref());
        rule.is_some_and(|rule| rule.verdict(points, out_of) == Verdict::Passed)
    }

    /// When they begin, and when nothing more is taken.
    fn span(&mut self, assignment: &Assignment, habit: Habit) -> (Timestamp, Timestamp) {
        let week = i64::try_from(WEEK.as_millis()).unwrap_or(i64::MAX);
        let closes = assignment.closes.or(assignment.due).unwrap_or(self.rehearsal.now);
        let due = assignment.due.unwrap_or(closes);
        let opens = assignment.opens.unwrap_or(Timestamp(due.0.saturating_sub(week)));
        let (from, to) = if habit == Habit::Late && due < closes { (due, closes) } else { (opens, due) };
        // The last tenth is left for the work itself; most begin when others do.
        let room = usize::try_from(to.since(from) / 10 * 9).unwrap_or_default();
        let early = self.chance.below(room.max(1)).min(self.chance.below(room.max(1)));
        (Timestamp(from.0.saturating_add(i64::try_from(early).unwrap_or_default())), closes)
    }

    fn sit_down(&mut self, assignment: &Assignment, closes: Timestamp) -> Option<Sitting> {
        let login = self.learner.login.as_str();
        let entry = self.rehearsal.class.sit_down(assignment, self.rehearsal.course, (login, 0), |_| 0)?;
        let Entry::SatDown { seed, scenarios, .. } = entry.clone() else { return None };
        let id = self.record(entry);
        let rows = scenarios.iter().filter_map(|id| self.rehearsal.key.get(id)).map(|one| one.layers.len()).sum();
        let limit = assignment.limit_for(self.learner).and_then(|limit| i64::try_from(limit.as_millis()).ok());
        let end = limit.map_or(closes, |limit| Timestamp(self.clock.0.saturating_add(limit)).min(closes));
        let left = end.since(self.clock) / 3 / i64::try_from(rows).unwrap_or(i64::MAX).max(1);
        let mode = if assignment.mode == Rules::Exam { Mode::Checkpoint(id) } else { Mode::Assigned(id) };
        Some(Sitting {
            id,
            mode,
            seed,
            scenarios,
            rows,
            answered: 0,
            marks: Vec::new(),
            pace: left.clamp(1, MINUTE),
            end,
        })
    }

    /// Runs through a scenario; false where they stop for good.
    fn run(&mut self, sitting: &mut Sitting, id: &str, (stop, pause): (usize, usize)) -> bool {
        let Some(scenario) = self.rehearsal.key.get(id) else { return true };
        let mut attempt = self.begin(sitting, scenario);
        while attempt.step() != Step::Done {
            if sitting.answered >= stop || self.clock >= sitting.end {
                return false;
            }
            if sitting.answered == pause {
                self.break_off(sitting);
            }
            if !self.answer(sitting, &mut attempt) {
                return false;
            }
            sitting.answered += 1;
        }
        true
    }

    fn begin(&mut self, sitting: &Sitting, scenario: &std::sync::Arc<Scenario>) -> Attempt {
        let place = sitting.scenarios.iter().position(|id| *id == scenario.id).unwrap_or_default();
        let mut seeds = Seeds::new(sitting.seed);
        let seed = (0..=place).map(|_| seeds.draw()).last().unwrap_or_default();
        let (mode, rows, order) = (sitting.mode, scenario.layer_ids(), Order::Shuffled);
        let key = self.record(Entry::Began {
            scenario: scenario.id.clone(),
            lesson: scenario.lesson.clone(),
            model: scenario.model,
            mode,
            seed,
            order,
            rows: rows.clone(),
        });
        let log = AttemptLog { mode, seed, order, ..AttemptLog::new(key, &scenario.id, rows) };
        Attempt::resume(&log, std::sync::Arc::clone(scenario))
    }

    /// Away for a while, for a third of what is left at most.
    fn break_off(&mut self, sitting: &Sitting) {
        let most = usize::try_from(sitting.end.since(self.clock) / 3).unwrap_or_default();
        self.record(Entry::Left { sitting: sitting.id });
        let minutes = 5 + i64::try_from(self.chance.below(40)).unwrap_or_default();
        self.pass((minutes * MINUTE).min(i64::try_from(most).unwrap_or_default()));
        self.record(Entry::Returned { sitting: sitting.id });
    }

    /// Answers the row at hand; false where the time was up before that.
    fn answer(&mut self, sitting: &mut Sitting, attempt: &mut Attempt) -> bool {
        let Some(layer) = attempt.layer().cloned() else { return false };
        let truth = truth(self.rehearsal.plants, (&attempt.scenario.id, &layer), &mut self.chance);
        let done = (sitting.answered * 1_000 / sitting.rows.max(1)) as u64;
        let answer = self.belief.answer(&layer, truth, done, &mut self.chance);
        self.think(sitting.pace);
        self.doubt(attempt, answer);
        attempt.choose_owner(answer.owner);
        self.draft(attempt);
        self.think(sitting.pace);
        let Some(said) = attempt.confirm(answer.control).filter(|_| self.clock < sitting.end) else { return false };
        let (given, digest) = (mark(&layer, &said), layer.digest());
        let graded = (!attempt.mode.is_exam()).then(|| given.clone());
        let layer = layer.id;
        self.record(Entry::Answered { attempt: attempt.id, layer: layer.clone(), digest, said, mark: graded });
        sitting.marks.push(LayerMark { attempt: attempt.id, layer, mark: given });
        attempt.store(said);
        if attempt.step() == Step::Explained {
            attempt.advance();
        }
        true
    }

    /// Who guesses often says so, and sometimes asks for a hint first.
    fn doubt(&mut self, attempt: &mut Attempt, answer: Answer) {
        if answer.guessed && self.chance.draw() % 10 < 4 {
            attempt.toggle_unsure();
        }
        let hinted = answer.guessed && answer.owner == Owner::Customer && self.chance.draw() % 10 < 3;
        if hinted && attempt.climb_hints() {
            self.draft(attempt);
        }
    }

    fn draft(&mut self, attempt: &Attempt) {
        let Some(layer) = attempt.layer().map(|layer| layer.id.clone()) else { return };
        self.record(Entry::Drafted { attempt: attempt.id, layer, draft: attempt.draft.clone() });
    }

    /// Takes between a half and one and a half of `pace`, halved again.
    fn think(&mut self, pace: i64) {
        let spread = usize::try_from(pace / 2).unwrap_or_default();
        let more = i64::try_from(self.chance.below(spread.max(1))).unwrap_or_default();
        self.pass(pace / 4 + more);
    }

    const fn pass(&mut self, by: i64) {
        self.clock = Timestamp(self.clock.0.saturating_add(if by < 1 { 1 } else { by }));
    }

    /// Makes a record now.
    fn record(&mut self, entry: Entry) -> RecordKey {
        let seq = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        let key = RecordKey { origin: self.origin, seq };
        self.records.push(Record { key, at: self.clock, entry });
        key
    }
}
