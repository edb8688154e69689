//! A question that an instructor puts to the room, at the learner's end.
//!
//! It comes over whatever is on the screen, a running exam aside: the one row with its story, under rules that explain
//! nothing. The answer is an ordinary attempt of that row (`classroom::Ledger` knows it by the poll's name). What the room
//! answered comes with the record that reveals it. When the poll is over, the learner is where they were.

use crate::{
    classroom::Poll,
    course::{Attempt, AttemptLog, Entry, Mode, Order, RecordKey},
};

use super::{Context, Exercise, Overlay, Page, PageKind, Screen, State, pages};

/// What a session has shown of the polls.
#[derive(Clone, Debug, Default)]
pub(super) struct Polled {
    /// The poll shown last, and whether it was revealed: it is shown once as each.
    shown: Option<(RecordKey, bool)>,
    /// What lay over the screen when it came, and how many screens there were.
    under: Option<(usize, Overlay)>,
}

impl Context {
    /// The poll of this name.
    pub fn poll(&self, id: RecordKey) -> Option<&Poll> {
        self.rooms.iter().find_map(|room| room.ledger.poll_named(id))
    }

    /// The poll that this learner is asked: of several classes the one opened last.
    pub fn open_poll(&self) -> Option<&Poll> {
        let mine = self.rooms.iter().filter(|room| room.class.learner(&self.learner).is_some());
        mine.filter_map(|room| room.ledger.open_poll()).max_by_key(|poll| poll.at)
    }

    /// The poll that an attempt answers.
    pub fn polled(&self, mode: Mode) -> Option<&Poll> {
        mode.sitting().and_then(|sitting| self.poll(sitting))
    }

    /// The learner's own attempt at a poll.
    pub(super) fn ballot(&self, poll: RecordKey) -> Option<&AttemptLog> {
        self.progress.attempts.iter().rev().find(|log| log.mode == Mode::Checkpoint(poll))
    }
}

impl State {
    /// Shows the poll that the learner is asked, once it is opened and again when it is revealed; takes away those that are over.
    pub(super) fn attend_polls(&mut self) {
        if self.cx.rooms.is_empty() {
            return;
        }
        let cx = &self.cx;
        let over = |id: RecordKey| cx.poll(id).is_none_or(|poll| !poll.is_open());
        self.screens.retain(|screen| shows(cx, screen).is_none_or(|id| !over(id)));
        self.uncover();
        let Some(now) = self.cx.open_poll().map(|poll| (poll.id, poll.revealed.is_some())) else { return };
        if self.polled.shown != Some(now) && self.pending.is_none() && !self.is_busy() {
            self.polled.shown = Some(now);
            self.pursue(super::Goal::Poll(now.0));
        }
    }

    /// Nothing comes over a running exam, nor over the room of a class.
    fn is_busy(&self) -> bool {
        let busy = |screen: &Screen| match screen {
            Screen::Exercise(exercise) => {
                exercise.attempt.mode.is_exam() && self.cx.polled(exercise.attempt.mode).is_none()
            }
            Screen::HandIn(_) | Screen::Watch(_) => true,
            Screen::Home(_)
            | Screen::Page(_)
            | Screen::Settings(_)
            | Screen::Drills(_)
            | Screen::Breaches(_)
            | Screen::Replay(_)
            | Screen::Investigate(_)
            | Screen::Compare(_) => false,
        };
        self.handing_in.is_some() || self.screens.iter().any(busy)
    }

    /// What lay over the screen comes back with the end of the poll, where nothing has changed under it.
    fn uncover(&mut self) {
        let cx = &self.cx;
        if self.screens.iter().any(|screen| shows(cx, screen).is_some()) {
            return;
        }
        let Some((depth, overlay)) = self.polled.under.take() else { return };
        if depth == self.screens.len() && self.overlay.is_none() {
            self.overlay = Some(overlay);
            self.fit();
        }
    }

    /// Shows a poll: its question, the wait for the others, or what was revealed.
    pub(super) fn poll(&mut self, id: RecordKey) {
        let cx = &self.cx;
        self.screens.retain(|screen| shows(cx, screen).is_none());
        let Some(poll) = self.cx.poll(id).filter(|poll| poll.is_open()).cloned() else { return };
        if let Some(overlay) = self.overlay.take() {
            self.polled.under = Some((self.screens.len(), overlay));
        }
        let answered = self.cx.ballot(id).is_some_and(AttemptLog::finished);
        let screen = if poll.revealed.is_some() || answered {
            Page::poll(&self.cx, &poll).map(|page| Screen::Page(Box::new(page)))
        } else {
            self.cast(&poll).map(|exercise| Screen::Exercise(Box::new(exercise)))
        };
        match screen {
            Some(screen) => self.screens.push(screen),
            None => self.cx.say("The room is asked about a row that is not in this course."),
        }
    }

    /// The attempt that answers a poll, begun or gone on with.
    fn cast(&mut self, poll: &Poll) -> Option<Exercise> {
        let scenario = self.cx.scenarios.get(&poll.scenario)?.clone();
        scenario.layer(&poll.layer)?;
        let begun = self.cx.ballot(poll.id).map(|log| log.id);
        let key = begun.unwrap_or_else(|| {
            let seed = self.cx.new_seed();
            self.cx.record(Entry::Began {
                scenario: scenario.id.clone(),
                lesson: scenario.lesson.clone(),
                model: scenario.model,
                mode: Mode::Checkpoint(poll.id),
                seed,
                order: self.cx.order,
                rows: vec![poll.layer.clone()],
            })
        });
        let mut attempt = Attempt::resume(self.cx.progress.attempt(key)?, scenario);
        if self.cx.order == Order::Authored {
            attempt.order = Order::Authored;
        }
        Some(Exercise::new(&self.cx, attempt))
    }
}

impl Page {
    /// A question to the room, once it was answered or revealed; none where its row is not in the course.
    fn poll(cx: &Context, poll: &Poll) -> Option<Self> {
        let scenario = cx.scenarios.get(&poll.scenario)?;
        let (_, layer) = scenario.layer(&poll.layer)?;
        let answer = cx.ballot(poll.id).and_then(|log| log.answers.get(&poll.layer));
        let said = answer.map(|answer| &answer.said).filter(|_| answer.is_some_and(|one| one.digest == layer.digest()));
        Some(match (poll.revealed, said) {
            (Some(_), said) => {
                let text = pages::poll_revealed(&cx.course, scenario, layer, (said, &poll.votes));
                Self::of(cx, PageKind::Revealed(poll.id), &text)
            }
            (None, Some(said)) => Self::of(cx, PageKind::Ballot(poll.id), &pages::poll_waits(scenario, layer, said)),
            (None, None) => return None,
        })
    }
}

/// The poll that a screen is about.
fn shows(cx: &Context, screen: &Screen) -> Option<RecordKey> {
    match screen {
        Screen::Exercise(exercise) => cx.polled(exercise.attempt.mode).map(|poll| poll.id),
        Screen::Page(page) => match page.kind {
            PageKind::Ballot(id) | PageKind::Revealed(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}
