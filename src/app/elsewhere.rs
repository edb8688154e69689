//! What another session of the same learner stored while this one was open: it counts here at once, and no question is
//! asked twice.

use crate::course::{AttemptId, Entry, Record, Step};

use super::{Context, Exercise, Goal, Screen, State};

impl State {
    /// Takes in the records of another session.
    pub(super) fn elsewhere(&mut self, records: &[Record]) {
        for record in records {
            self.cx.count(record);
        }
        self.cx.apply_settings();
        let mut goal = None;
        for screen in &mut self.screens {
            match screen {
                Screen::Exercise(exercise) => goal = exercise.follow(&mut self.cx, records).or(goal),
                Screen::Investigate(screen) => goal = screen.follow(&mut self.cx, records).or(goal),
                Screen::Compare(compare) => compare.acknowledge(&mut self.cx),
                Screen::Home(home) => home.refresh(&self.cx),
                Screen::Breaches(list) => list.refresh(&self.cx),
                Screen::Page(_)
                | Screen::HandIn(_)
                | Screen::Drills(_)
                | Screen::Replay(_)
                | Screen::Settings(_)
                | Screen::Watch(_) => {}
            }
        }
        self.reseal();
        self.fit();
        if let Some(goal) = goal {
            self.pursue(goal);
        }
    }
}

impl State {
    /// Takes the store's word that it could not store.
    pub(super) fn not_stored(&mut self, why: &str) {
        let mut told = false;
        // What waits says so itself, in full; also below what is read over it, so that it can be tried again there.
        for screen in &mut self.screens {
            told = true;
            match screen {
                Screen::Exercise(exercise) if exercise.saving.is_some() => exercise.refuse(&self.cx, why),
                Screen::Investigate(screen) if screen.is_saving() => screen.refuse(&self.cx, why),
                Screen::Compare(compare) if compare.saving.is_some() => compare.refuse(&self.cx, why),
                _ => told = false,
            }
        }
        // The last one is the one shown.
        if !told {
            self.cx.say(format!("Not saved: {why}"));
        }
    }
}

impl Exercise {
    /// Goes on where the question at hand was answered elsewhere; a goal where nothing is left of the exercise.
    fn follow(&mut self, cx: &mut Context, records: &[Record]) -> Option<Goal> {
        let id = self.attempt.id;
        if self.saving.is_some() || !records.iter().any(|record| concerns(record, id)) {
            return None;
        }
        let log = cx.progress.attempt(id)?.clone();
        if log.dropped {
            cx.say("This run was given up in your other session.");
            return Some(Goal::Home);
        }
        if self.attempt.catch_up(&log) {
            self.begin_question();
            cx.say("Answered in your other session: here is the next layer.");
        }
        (self.attempt.step() == Step::Done).then(|| self.end())
    }
}

/// The record changes what is open in the attempt.
fn concerns(record: &Record, id: AttemptId) -> bool {
    match &record.entry {
        Entry::Answered { attempt, .. } | Entry::Dropped { attempt } => *attempt == id,
        _ => false,
    }
}
