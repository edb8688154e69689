//! Breaches: what follows from a row left open, shown step by step over the stack, and asked the other way round.
//!
//! A replay tells which rows are whose, so it waits until the learner has answered them; before, the investigation asks. Neither
//! opens a scenario that stands in an exam under way.

mod asked;
mod investigate;
mod list;
mod picture;
mod replay;

use std::sync::Arc;

use crate::course::{Entry, Investigation, Lead, Mode, Order, Scenario, permutation};

use super::{Context, Screen, State};

pub use investigate::Investigate;
pub(super) use list::breached;
pub use list::{BreachList, BreachRow};
pub use picture::Trail;
pub use replay::Replay;

impl Context {
    /// Why the breaches of a scenario cannot be looked at now: they would answer an exam that is under way.
    pub(super) fn breach_lock(&self, scenario: &str) -> Option<String> {
        if let Some(seal) = self.sealed(scenario) {
            return Some(seal.words());
        }
        let sitting = self.progress.sittings.iter().rev().find(|sat| {
            let drawn = sat.scenarios.iter().any(|id| id == scenario);
            drawn && !sat.dropped && sat.result.is_none()
        });
        if let Some(sat) = sitting {
            let name = if sat.lesson.is_empty() { String::new() } else { format!(" of {}", sat.lesson) };
            return Some(format!("Locked: it stands in the checkpoint{name} you have begun. Hand that in first."));
        }
        let exam = |log: &&crate::course::AttemptLog| {
            log.scenario == scenario && log.mode == Mode::Exam && !log.dropped && log.out_of == 0
        };
        let open = self.progress.attempts.iter().rev().find(exam);
        open.map(|_| "Locked: it is the exam you have begun. Hand that in first.".to_owned())
    }

    /// Places of the layers that the learner has answered: their sides give nothing away.
    fn known_rows(&self, scenario: &Scenario) -> Vec<usize> {
        let layers = scenario.layers.iter().enumerate().filter(|(_, layer)| self.has_met(&scenario.id, &layer.id));
        layers.map(|(place, _)| place).collect()
    }

    /// The learner has answered this row, so that its breach gives nothing away.
    fn has_met(&self, scenario: &str, layer: &str) -> bool {
        let answered = self.progress.outcomes.iter().any(|one| one.scenario == scenario && one.layer == layer);
        answered || self.progress.investigations.best(scenario, layer).is_some()
    }
}

impl State {
    /// The replay of a scenario's breaches, or of one row's; the investigation where the learner has not met them all.
    pub(super) fn breach(&mut self, id: &str, row: Option<&str>) {
        let Some(scenario) = self.cx.scenarios.get(id).map(Arc::clone) else { return };
        let layers = scenario.incidents().map(|(_, layer, _)| layer.id.as_str());
        let wanted: Vec<String> =
            layers.filter(|layer| row.is_none_or(|row| row == *layer)).map(String::from).collect();
        match row {
            Some(row) if wanted.is_empty() => self.cx.say(format!("No breach is told of the row '{row}'.")),
            _ if wanted.iter().all(|layer| self.cx.has_met(id, layer)) => self.replay(id, &wanted),
            _ => {
                self.investigate(id);
                self.cx.say("First find the row from the news; then what followed is shown.");
            }
        }
    }

    /// Shows what follows from these rows of a scenario; from all that have a breach where none is named.
    pub(super) fn replay(&mut self, id: &str, rows: &[String]) {
        let Some(scenario) = self.cx.scenarios.get(id).map(Arc::clone) else { return };
        match Replay::new(&mut self.cx, scenario, rows) {
            Some(replay) => self.open_breach(Screen::Replay(Box::new(replay))),
            None => self.cx.say("No breach is told of these rows."),
        }
    }

    /// The investigation of a scenario: continued where it was left, begun where it was not.
    pub(super) fn investigate(&mut self, id: &str) {
        let Some(scenario) = self.cx.scenarios.get(id).map(Arc::clone) else { return };
        let open = self.cx.progress.investigations.open(Some(id)).cloned();
        let run = open.as_ref().map(|log| Investigation::resume(log, Arc::clone(&scenario)));
        if let Some(run) = run.as_ref().filter(|run| run.lead() != Lead::Done) {
            self.cx.say(format!("Welcome back: incident {} of {}.", run.cursor + 1, run.incidents.len()));
        }
        let run = run.filter(|run| run.lead() != Lead::Done);
        if run.is_none()
            && let Some(log) = open
        {
            // What it asked has left the scenario.
            self.cx.record(Entry::Dropped { attempt: log.id });
        }
        if let Some(mut run) = run.or_else(|| self.begin_investigation(id)) {
            // Answers name controls by their place in the file, so the order asked for now can be shown at once.
            if self.cx.order == Order::Authored {
                run.order = Order::Authored;
            }
            let screen = Investigate::new(&self.cx, run);
            self.open_breach(Screen::Investigate(Box::new(screen)));
        }
    }

    fn begin_investigation(&mut self, id: &str) -> Option<Investigation> {
        let scenario = self.cx.scenarios.get(id).map(Arc::clone)?;
        let layers: Vec<String> = scenario.incidents().map(|(_, layer, _)| layer.id.clone()).collect();
        let seed = self.cx.new_seed();
        let order = permutation(seed, id, layers.len());
        let key = self.cx.record(Entry::Investigating {
            scenario: id.to_owned(),
            lesson: scenario.lesson.clone(),
            model: scenario.model,
            seed,
            order: self.cx.order,
            incidents: order.into_iter().filter_map(|place| layers.get(place).cloned()).collect(),
        });
        let log = self.cx.progress.investigations.find(key)?;
        Some(Investigation::resume(log, scenario))
    }

    /// Opens one of the two; the one that was open gives way.
    fn open_breach(&mut self, screen: Screen) {
        self.screens.retain(|screen| !matches!(screen, Screen::Replay(_) | Screen::Investigate(_)));
        self.push(screen);
    }
}

#[cfg(test)]
mod tests;
