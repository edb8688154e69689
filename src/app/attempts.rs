//! Beginning and continuing: attempts at scenarios, and the sittings of a checkpoint or a test-out.

use std::sync::Arc;

use crate::course::{
    AssignmentRef, Attempt, AttemptId, AttemptLog, Checkpoint, Entry, Mode, Order, RecordKey, Seeds, draw,
};

use super::{Exercise, Goal, HandIn, Screen, State, pages};

impl State {
    pub(super) fn practise(&mut self, id: &str, mode: Mode) {
        let wanted = |log: &&AttemptLog| {
            let same_order = self.cx.seed.is_none_or(|seed| seed == log.seed);
            same_order && log.mode.is_exam() == mode.is_exam()
        };
        if let Some(log) = self.cx.progress.open_attempt(Some(id)).filter(wanted).cloned() {
            self.cx.say(format!("Welcome back: continuing at layer {} of {}.", log.answers.len() + 1, log.rows.len()));
            self.open(&log);
            return;
        }
        let rows = self
            .cx
            .scenarios
            .get(id)
            .map_or_else(Vec::new, |scenario| scenario.layers.iter().map(|layer| layer.id.clone()).collect());
        self.begin(id, mode, rows);
    }

    /// Begins an attempt. An unfinished practice run of the same scenario is given up: one is continued, never two.
    pub(super) fn begin(&mut self, id: &str, mode: Mode, rows: Vec<String>) {
        let Some(scenario) = self.cx.scenarios.get(id).cloned() else { return };
        if mode.sitting().is_none()
            && let Some(log) = self.cx.progress.open_attempt(Some(id))
        {
            let attempt = log.id;
            self.cx.record(Entry::Dropped { attempt });
        }
        let seed = match mode {
            Mode::Checkpoint(sitting) | Mode::Assigned(sitting) => self.seed_in(sitting, id),
            Mode::Practice | Mode::Redo | Mode::Exam | Mode::Review(_) | Mode::Drill(_) => self.cx.new_seed(),
        };
        let key = self.cx.record(Entry::Began {
            scenario: scenario.id.clone(),
            lesson: scenario.lesson.clone(),
            model: scenario.model,
            mode,
            seed,
            order: self.cx.order,
            rows,
        });
        if let Some(log) = self.cx.progress.attempt(key).cloned() {
            self.open(&log);
        }
    }

    pub(super) fn open(&mut self, log: &AttemptLog) {
        let Some(scenario) = self.cx.scenarios.get(&log.scenario).map(Arc::clone) else { return };
        let mut attempt = Attempt::resume(log, scenario);
        // Answers name controls by their place in the file, so the order asked for now can be shown at once.
        if self.cx.order == Order::Authored {
            attempt.order = Order::Authored;
        }
        let exercise = Exercise::new(&self.cx, attempt);
        self.screens.retain(|screen| {
            !matches!(screen, Screen::Exercise(_) | Screen::HandIn(_)) && !super::page::looks_back(screen)
        });
        self.push(Screen::Exercise(Box::new(exercise)));
    }

    pub(super) fn revise(&mut self, id: AttemptId, row: usize) {
        let Some(mut attempt) = super::page::attempt(&self.cx, id) else { return };
        if attempt.revise(row) {
            self.push(Screen::Exercise(Box::new(Exercise::new(&self.cx, attempt))));
        }
    }

    /// The seed of a scenario within a sitting: drawn from the sitting's own, by its place.
    fn seed_in(&self, sitting: RecordKey, scenario: &str) -> u64 {
        let Some(sat) = self.cx.progress.sitting(sitting) else { return 0 };
        let place = sat.scenarios.iter().position(|id| id == scenario).unwrap_or_default();
        let mut seeds = Seeds::new(sat.seed);
        (0..=place).map(|_| seeds.draw()).last().unwrap_or_default()
    }

    pub(super) fn sit(&mut self, lesson: &str) {
        self.sit_down(lesson, false);
    }

    /// Begins or continues the exam that stands for the checkpoints before it.
    pub(super) fn test_out(&mut self, lesson: &str) {
        self.sit_down(lesson, true);
    }

    fn sit_down(&mut self, lesson: &str, test_out: bool) {
        if let Some(sat) = self.cx.progress.open_sitting(Some(lesson)) {
            let sitting = sat.id;
            if sat.scenarios.iter().all(|id| self.cx.course.catalog.find(id).is_some()) {
                self.pursue(Goal::Continue(sitting));
                return;
            }
            self.cx.record(Entry::Dropped { attempt: sitting });
            self.cx.say("The course has changed since this checkpoint was begun: it is drawn anew.");
        }
        let Some(checkpoint) = self.cx.course.lesson(lesson).and_then(|entry| entry.rule(test_out)) else {
            self.cx.say("This lesson has no checkpoint.");
            return;
        };
        let Some(checkpoint) = self.unsealed(&checkpoint) else { return };
        let seed = self.cx.new_seed();
        let scenarios = draw(&checkpoint, seed, |id| self.cx.progress.times_drawn(id));
        let name = if test_out { "Test-out of" } else { "Checkpoint" };
        let percent = (checkpoint.pass * 100.0).round();
        self.cx.say(format!(
            "{name} {lesson}: {}, no hints, {percent} % passes. Answers can be changed until you hand in.",
            pages::count(scenarios.len(), "scenario")
        ));
        let lesson = lesson.to_owned();
        let sitting = self.cx.record(Entry::SatDown { lesson, seed, scenarios, assignment: None, test_out });
        self.reseal();
        self.pursue(Goal::Continue(sitting));
    }

    /// The checkpoint without what an exam keeps closed; none, with a word to the learner, where too little is left of it.
    fn unsealed(&mut self, checkpoint: &Checkpoint) -> Option<Checkpoint> {
        let sealed = self.cx.all_sealed();
        let (closed, from): (Vec<String>, Vec<String>) =
            checkpoint.from.iter().cloned().partition(|id| sealed.contains(id));
        if from.len() < checkpoint.draw
            && let Some(seal) = closed.first().and_then(|id| self.cx.sealed(id))
        {
            self.cx.say(seal.words());
            return None;
        }
        Some(Checkpoint { from, ..checkpoint.clone() })
    }

    /// Begins an attempt at what is set, where that may be done now.
    pub(super) fn begin_assigned(&mut self, set: &AssignmentRef) {
        let Some(duty) = self.cx.duty(set) else { return };
        if !duty.outline(&self.cx).may_begin {
            let words = format!("{}: {}.", duty.assignment.title, duty.words(&self.cx));
            self.cx.say(words);
            return;
        }
        let number = u32::try_from(duty.sats().count()).unwrap_or(u32::MAX);
        let used = |id: &str| self.cx.progress.times_drawn(id);
        let class = &duty.room.class;
        let sat = class.sit_down(duty.assignment, &self.cx.course, (&duty.learner.login, number), used);
        let known = |id: &String| self.cx.course.catalog.find(id).is_some();
        let Some(sat) =
            sat.filter(|sat| matches!(sat, Entry::SatDown { scenarios, .. } if scenarios.iter().all(known)))
        else {
            self.cx.say("It has scenarios that this course does not have: tell your instructor.");
            return;
        };
        let sitting = self.cx.record(sat);
        self.pursue(Goal::Continue(sitting));
    }

    /// The rules that a sitting is worked on under; none where it is done or nobody knows its class.
    fn mode_of(&self, sitting: RecordKey) -> Option<Mode> {
        let sat = self.cx.progress.sitting(sitting)?;
        if sat.assignment.is_none() {
            return Some(Mode::Checkpoint(sitting));
        }
        let duty = self.cx.duty_of(sitting).filter(|_| sat.result.is_none())?;
        Some(if duty.is_exam() { Mode::Checkpoint(sitting) } else { Mode::Assigned(sitting) })
    }

    /// Opens the first unanswered scenario of a sitting, or what was answered, to be handed in.
    pub(super) fn go_on(&mut self, sitting: RecordKey) {
        if self.cx.poll(sitting).is_some() {
            return self.pursue(Goal::Poll(sitting));
        }
        if self.cx.progress.round(sitting).is_some() {
            self.ask(sitting);
            return;
        }
        let Some((sat, mode)) = self.cx.progress.sitting(sitting).zip(self.mode_of(sitting)) else {
            return self.pursue(Goal::Result(sitting));
        };
        let open =
            sat.scenarios.iter().find(|id| self.cx.progress.attempt_in(sitting, id).is_none_or(|log| !log.finished()));
        let Some(id) = open.cloned() else {
            if !mode.is_exam() {
                // Practice has nothing left to change.
                return self.pursue(Goal::Grade(sitting));
            }
            let mut hand_in = HandIn::of(&self.cx, sitting);
            let before = self.screens.iter().find_map(|screen| match screen {
                Screen::HandIn(list) => Some(list.menu.at),
                _ => None,
            });
            hand_in.select(&self.cx, before.unwrap_or_default());
            self.screens.retain(|screen| !matches!(screen, Screen::Exercise(_) | Screen::HandIn(_)));
            self.push(Screen::HandIn(hand_in));
            return;
        };
        if let Some(log) = self.cx.progress.attempt_in(sitting, &id).cloned() {
            self.open(&log);
            return;
        }
        let rows = self.cx.scenarios.get(&id).map_or_else(Vec::new, |scenario| scenario.layer_ids());
        self.begin(&id, mode, rows);
    }
}
