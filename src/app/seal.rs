//! What an exam keeps to itself: as long as its answers are not explained, nothing in the program explains them.

use std::collections::BTreeSet;

use crate::{
    classroom::{Assignment, Feedback},
    course::RecordKey,
};

use super::{
    Context, Goal, Page, PageKind, Screen, State,
    duty::Duty,
    goal::{self, rungs},
    round,
};

/// Why a scenario is kept closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Title of the exam it is a part of.
    pub title: String,
    /// Until when, in words.
    pub until: &'static str,
}

impl Seal {
    fn of(assignment: &Assignment) -> Self {
        let until = match assignment.feedback {
            Feedback::AtOnce | Feedback::AfterHandIn => "you have handed it in",
            Feedback::AfterDue | Feedback::Never => "nobody may hand it in any more",
        };
        Self { title: assignment.title.clone(), until }
    }

    /// What is said to the learner.
    pub fn words(&self) -> String {
        format!("Locked: part of {} until {}.", self.title, self.until)
    }
}

impl Context {
    /// Why a scenario may not be practised, looked back on or drawn with its line; none where it may.
    ///
    /// It stands in an exam that is set to the learner, and the exam's answers are not explained yet.
    pub fn sealed(&self, scenario: &str) -> Option<Seal> {
        let part = |duty: &Duty<'_>| duty.assignment.task.pool(&self.course).contains(scenario);
        let seals = |duty: &Duty<'_>| duty.is_exam() && part(duty) && !self.is_released(duty);
        self.duties().find(seals).map(|duty| Seal::of(duty.assignment))
    }

    /// Every scenario that is sealed.
    pub(super) fn all_sealed(&self) -> BTreeSet<String> {
        let closed = self.duties().filter(|duty| duty.is_exam() && !self.is_released(duty));
        closed.flat_map(|duty| duty.assignment.task.pool(&self.course)).map(str::to_owned).collect()
    }

    fn is_released(&self, duty: &Duty<'_>) -> bool {
        if duty.is_over(self) {
            return true;
        }
        let own = matches!(duty.assignment.feedback, Feedback::AtOnce | Feedback::AfterHandIn);
        let standing = duty.outline(self);
        own && standing.explained && standing.under_way().is_none()
    }

    /// The answers of a sitting may not be explained, nor what they are worth be told.
    pub fn withheld(&self, sitting: RecordKey) -> bool {
        let Some(sat) = self.progress.sitting(sitting).filter(|sat| sat.assignment.is_some()) else { return false };
        match self.duty_of(sitting) {
            Some(duty) => !duty.explains(self, sitting),
            // Without its class nothing is known but whether it was explained when it was handed in.
            None => sat.result.is_none_or(|(_, out_of, _)| out_of == 0),
        }
    }

    /// Why a goal is closed by an exam, in words.
    pub(super) fn seal_on(&self, goal: &Goal) -> Option<String> {
        let first = |ids: &[String]| ids.iter().find_map(|id| self.sealed(id));
        let seal = match goal {
            Goal::Practice(id) | Goal::Exam(id) | Goal::Redo { scenario: id, .. } => self.sealed(id),
            Goal::Debrief(attempt) => {
                let log = self.progress.attempt(*attempt)?;
                if log.mode.sitting().is_some_and(|sitting| self.withheld(sitting)) {
                    return Some("Locked: its answers are not explained yet.".to_owned());
                }
                self.sealed(&log.scenario)
            }
            Goal::Moving(id) | Goal::Compare { to: id, .. } => first(&rungs(self, id)),
            Goal::Compared(run) => first(&rungs(self, &self.progress.comparison(*run)?.to)),
            Goal::Continue(round) if self.progress.round(*round).is_some() => {
                self.sealed(&round::next_row(self, *round)?.scenario)
            }
            Goal::Continue(sitting) | Goal::Result(sitting) => {
                let own = self.progress.sitting(*sitting).filter(|sat| sat.assignment.is_none())?;
                first(&own.scenarios)
            }
            _ => None,
        };
        seal.map(|seal| seal.words())
    }
}

impl State {
    /// Leaves what an exam, or a checkpoint that was begun, has closed since it was opened.
    pub(super) fn reseal(&mut self) {
        let mut why = None;
        let cx = &self.cx;
        self.screens.retain(|screen| {
            let closed = closed(cx, screen);
            why = closed.clone().or(why.take());
            closed.is_none()
        });
        if let Some(words) = why {
            self.cx.say(words);
        }
    }
}

/// What the goal that leads to this screen would be refused with.
fn closed(cx: &Context, screen: &Screen) -> Option<String> {
    match screen {
        Screen::Exercise(exercise) => {
            let attempt = &exercise.attempt;
            if attempt.mode.round().is_some() {
                return cx.sealed(&attempt.scenario.id).map(|seal| seal.words());
            }
            let goal =
                attempt.mode.sitting().map_or_else(|| Goal::Practice(attempt.scenario.id.clone()), Goal::Continue);
            cx.seal_on(&goal)
        }
        Screen::Compare(compare) => {
            let (from, to) = (compare.run.from.clone(), compare.run.to.clone());
            goal::closed(cx, &Goal::Compare { from, to })
        }
        Screen::Replay(replay) => cx.breach_lock(&replay.scenario.id),
        Screen::Investigate(screen) => cx.breach_lock(&screen.run.scenario.id),
        Screen::HandIn(list) => cx.seal_on(&Goal::Continue(list.sitting)),
        Screen::Page(page) => page_closed(cx, page),
        _ => None,
    }
}

fn page_closed(cx: &Context, page: &Page) -> Option<String> {
    match &page.kind {
        PageKind::Debrief(attempt) => cx.seal_on(&Goal::Debrief(*attempt)),
        PageKind::Result(sitting) => cx.seal_on(&Goal::Result(*sitting)),
        PageKind::Compared(run) => goal::closed(cx, &Goal::Moving(cx.progress.comparison(*run)?.to.clone())),
        PageKind::Round(round) => {
            let scenarios = round::scenarios(cx, *round);
            scenarios.iter().find_map(|id| cx.sealed(id)).map(|seal| seal.words())
        }
        PageKind::Moving { ladder, .. } => {
            let rung = cx.course.catalog.rungs(ladder).first().map(|line| line.id.to_owned())?;
            goal::closed(cx, &Goal::Moving(rung))
        }
        _ => None,
    }
}
