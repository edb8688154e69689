//! Everything that was recorded of a class, folded, and brought together with its file.
//!
//! The file may change while the class runs, so it is handed in with each question and never kept here.

use std::collections::{BTreeMap, HashMap};

use crate::course::{AttemptId, Entry, Mode, Record, RecordKey, Timestamp};

use super::{
    Act, AnswerKey, Assignment, Class, ClassRecord, Feedback, Grader, Learner, Poll, Standing, Try, Votes, Window,
    work::{Given, Sat, Work},
};

/// The fold of a class's records and its learners'.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    class: String,
    acts: Vec<ClassRecord>,
    work: BTreeMap<String, Work>,
    polls: Vec<Poll>,
    /// Which poll a run answers.
    answering: HashMap<AttemptId, RecordKey>,
}

impl Ledger {
    /// Nothing yet of the class with this id.
    pub fn new(class: impl Into<String>) -> Self {
        Self { class: class.into(), ..Self::default() }
    }

    /// Folds in an instructor's act. Each counts once, and in its place of time, however often and late it is told.
    pub fn act(&mut self, record: ClassRecord) {
        let (key, at) = (record.key, record.at);
        let Err(place) = self.acts.binary_search_by_key(&(at, key), |act| (act.at, act.key)) else { return };
        match &record.entry.act {
            Act::PollOpened { scenario, layer } => self.polls.push(Poll {
                id: key,
                at,
                scenario: scenario.clone(),
                layer: layer.clone(),
                revealed: None,
                closed: None,
                answers: BTreeMap::new(),
                votes: Votes::default(),
            }),
            Act::PollRevealed { poll, votes } => self.poll(*poll, |poll| {
                if poll.revealed.is_none() {
                    poll.revealed = Some(at);
                    poll.votes = votes.clone();
                }
            }),
            Act::PollClosed { poll } => self.poll(*poll, |poll| {
                poll.closed.get_or_insert(at);
            }),
            _ => {}
        }
        self.acts.insert(place, record);
    }

    fn poll(&mut self, id: RecordKey, change: impl FnOnce(&mut Poll)) {
        if let Some(poll) = self.polls.iter_mut().find(|poll| poll.id == id) {
            change(poll);
        }
    }

    /// Folds in a record of the learner who logs in with `login`; one that comes twice counts once.
    pub fn record(&mut self, login: &str, record: &Record) {
        match &record.entry {
            Entry::Began { mode: Mode::Checkpoint(poll), .. } if self.polls.iter().any(|one| one.id == *poll) => {
                self.answering.insert(record.key, *poll);
            }
            Entry::Answered { attempt, layer, digest, said, mark } if self.answering.contains_key(attempt) => {
                let given =
                    Given { at: record.at, layer: layer.clone(), digest: *digest, said: *said, mark: mark.clone() };
                self.vote(login, *attempt, given);
            }
            _ => self.work.entry(login.to_lowercase()).or_default().apply(&self.class, record),
        }
    }

    fn vote(&mut self, login: &str, attempt: AttemptId, given: Given) {
        let Some(poll) = self.answering.get(&attempt).copied() else { return };
        self.poll(poll, |poll| {
            if poll.counts(given.at) && poll.layer == given.layer {
                poll.answers.insert(login.to_lowercase(), given);
            }
        });
    }

    /// What the learner who logs in with `login` did.
    pub fn work(&self, login: &str) -> Option<&Work> {
        self.work.get(&login.to_lowercase())
    }

    /// Everything instructors did, in order of time.
    pub fn acts(&self) -> &[ClassRecord] {
        &self.acts
    }

    /// The polls, the first one first.
    pub fn polls(&self) -> &[Poll] {
        &self.polls
    }

    /// The poll on the screens: the one opened last, until it is closed. One that was opened before it never comes back.
    pub fn open_poll(&self) -> Option<&Poll> {
        self.polls.last().filter(|poll| poll.is_open())
    }

    /// The poll of this name.
    pub fn poll_named(&self, id: RecordKey) -> Option<&Poll> {
        self.polls.iter().find(|poll| poll.id == id)
    }

    /// The messages for `login`, with their times, the first one first.
    pub fn messages<'l>(&'l self, login: &'l str) -> impl DoubleEndedIterator<Item = (Timestamp, &'l str)> {
        self.acts.iter().filter_map(move |record| match &record.entry.act {
            Act::Messaged { text, .. } if record.entry.act.is_for(login) => Some((record.at, text.as_str())),
            _ => None,
        })
    }

    /// When `login` may work on `assignment`, as of `now`.
    pub fn window(&self, login: &str, assignment: &Assignment, now: Timestamp) -> Window {
        Window::of(assignment, login, &self.acts, now)
    }

    /// Nobody may hand `assignment` in any more, those with an extension of their own included.
    pub fn is_over(&self, assignment: &Assignment, now: Timestamp) -> bool {
        let named = self.acts.iter().filter_map(|record| record.entry.act.learner());
        let ended = |login: &str| self.window(login, assignment, now).closes.is_some_and(|closes| closes <= now);
        std::iter::once("").chain(named).all(ended)
    }

    /// How `learner` stands with `assignment` at `now`.
    pub fn standing(
        &self,
        (learner, assignment): (&Learner, &Assignment),
        key: &AnswerKey,
        now: Timestamp,
    ) -> Standing {
        self.standing_by((learner, assignment), &Grader::new(key), now)
    }

    /// The same, for whoever asks for many: a grader knows each question's digest from its first answer on.
    pub fn standing_by(
        &self,
        (learner, assignment): (&Learner, &Assignment),
        grader: &Grader<'_>,
        now: Timestamp,
    ) -> Standing {
        let window = self.window(&learner.login, assignment, now);
        let over = assignment.feedback == Feedback::AfterDue && self.is_over(assignment, now);
        Standing::of((learner, assignment), self.work(&learner.login), (window, over), (grader, now))
    }

    /// The attempt that counts in `standing`, which is that of `login`: what was done in it, and what it is worth.
    pub fn counted<'l, 's>(&'l self, login: &str, standing: &'s Standing) -> Option<(&'l Sat, &'s Try)> {
        let counted = standing.counted()?;
        let sat = self.work(login)?.sittings.iter().find(|sat| sat.id == counted.sitting)?;
        Some((sat, counted))
    }

    /// How everyone stands with everything that is set them, in the order of the file.
    pub fn everyone<'c>(
        &'c self,
        class: &'c Class,
        key: &'c AnswerKey,
        now: Timestamp,
    ) -> impl Iterator<Item = (&'c Learner, &'c Assignment, Standing)> {
        let grader = std::rc::Rc::new(Grader::new(key));
        let each = move |learner: &'c Learner| {
            let grader = std::rc::Rc::clone(&grader);
            class.set_for(learner).map(move |set| (learner, set, self.standing_by((learner, set), &grader, now)))
        };
        class.learners.iter().flat_map(each)
    }
}
