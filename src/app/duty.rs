//! What the learner is set, and how they stand with it.

use crate::{
    classroom::{AnswerKey, Assignment, Feedback, Late, Learner, Percent, Rules, Sat, Standing, State, Try, Window},
    course::{AssignmentRef, RecordKey, Timestamp},
};

use super::{Context, Room, timing};

/// An assignment of a class that the learner is set.
#[derive(Clone, Copy, Debug)]
pub struct Duty<'c> {
    /// The class.
    pub room: &'c Room,
    /// The learner, as its roster has them.
    pub learner: &'c Learner,
    /// What is set.
    pub assignment: &'c Assignment,
}

impl Context {
    /// Everything the learner is set, in the order of the classes' files.
    pub fn duties(&self) -> impl Iterator<Item = Duty<'_>> {
        let in_room = |room| Room::learner(room, &self.learner).map(|learner| (room, learner));
        self.rooms.iter().filter_map(in_room).flat_map(|(room, learner)| {
            room.class.set_for(learner).map(move |assignment| Duty { room, learner, assignment })
        })
    }

    /// The assignment of this name, where it is set to the learner.
    pub fn duty(&self, set: &AssignmentRef) -> Option<Duty<'_>> {
        self.duties().find(|duty| duty.is(set))
    }

    /// The assignment that a sitting is for.
    pub fn duty_of(&self, sitting: RecordKey) -> Option<Duty<'_>> {
        self.duty(self.progress.sitting(sitting)?.assignment.as_ref()?)
    }
}

impl Room {
    fn learner<'r>(room: &'r Self, login: &str) -> Option<&'r Learner> {
        room.class.learner(login)
    }
}

impl<'c> Duty<'c> {
    fn is(&self, set: &AssignmentRef) -> bool {
        self.room.class.id == set.class && self.assignment.id == set.assignment
    }

    /// Its name in records.
    pub fn reference(&self) -> AssignmentRef {
        self.room.class.reference(self.assignment)
    }

    /// It is worked on under exam rules.
    pub fn is_exam(&self) -> bool {
        self.assignment.mode == Rules::Exam
    }

    /// When it may be worked on.
    pub fn window(&self, cx: &Context) -> Window {
        self.room.ledger.window(&self.learner.login, self.assignment, cx.moment())
    }

    /// Nobody may hand it in any more.
    pub fn is_over(&self, cx: &Context) -> bool {
        self.room.ledger.is_over(self.assignment, cx.moment())
    }

    /// How the learner stands, as far as the scenarios read so far let it be graded.
    pub fn standing(&self, cx: &Context) -> Standing {
        let ids = self.sats().flat_map(|sat| &sat.scenarios);
        let key: AnswerKey = ids.filter_map(|id| Some((id.clone(), cx.scenarios.get(id)?.clone()))).collect();
        self.room.ledger.standing((self.learner, self.assignment), &key, cx.moment())
    }

    /// How the learner stands, whatever it is worth.
    pub fn outline(&self, cx: &Context) -> Standing {
        self.room.ledger.standing((self.learner, self.assignment), &AnswerKey::new(), cx.moment())
    }

    /// The learner's attempts, the first one first.
    pub fn sats(&self) -> impl DoubleEndedIterator<Item = &'c Sat> {
        let assignment = self.assignment.id.as_str();
        self.room.ledger.work(&self.learner.login).into_iter().flat_map(move |work| work.at(assignment))
    }

    /// The attempt of this name.
    pub fn sat(&self, sitting: RecordKey) -> Option<&'c Sat> {
        self.sats().find(|sat| sat.id == sitting)
    }

    /// When the time of an attempt is up.
    pub fn end(&self, cx: &Context, sitting: RecordKey) -> Option<Timestamp> {
        let limit = self.assignment.limit_for(self.learner);
        self.window(cx).end(self.sat(sitting)?, limit, self.assignment.away, cx.moment())
    }

    /// Milliseconds that an attempt has left, none below zero; `None` where nothing ends.
    pub fn left(&self, cx: &Context, sitting: RecordKey) -> Option<i64> {
        self.end(cx, sitting).map(|end| end.since(cx.moment()))
    }

    /// The answers of an attempt may be explained.
    pub fn explains(&self, cx: &Context, sitting: RecordKey) -> bool {
        let done = || self.outline(cx).tries.iter().any(|one| one.sitting == sitting && one.done.is_some());
        match self.assignment.feedback {
            Feedback::AtOnce => true,
            Feedback::AfterHandIn => done(),
            Feedback::AfterDue => self.is_over(cx),
            Feedback::Never => false,
        }
    }

    /// What an attempt is worth, where that may be seen and is known: from the texts at hand, else from the hand-in.
    pub fn score(&self, cx: &Context, one: &Try) -> Option<Percent> {
        if one.done.is_none() || !self.explains(cx, one.sitting) {
            return None;
        }
        let sat = cx.progress.sitting(one.sitting)?;
        if sat.scenarios.iter().all(|id| cx.scenarios.contains_key(id)) {
            return Some(one.score);
        }
        let (points, out_of, _) = sat.result.filter(|(_, out_of, _)| *out_of > 0)?;
        let late: Late = self.assignment.late;
        Some(late.cost(Percent::of(points, out_of), one.days_late).1)
    }

    /// How the learner stands, in words.
    pub fn words(&self, cx: &Context) -> String {
        let standing = self.standing(cx);
        let now = cx.moment();
        let paused = if standing.window.paused { ", paused" } else { "" };
        match standing.state {
            State::NotOpen => until("opens in", standing.window.opens, now).unwrap_or_default(),
            State::NotBegun => open_words(&standing.window, now) + paused,
            State::Working => {
                until("working,", standing.ends, now).map_or_else(|| "working".to_owned(), |w| w + " left") + paused
            }
            State::HandedIn => self.done_words(cx, &standing, "handed in"),
            State::Late => self.done_words(cx, &standing, "handed in late"),
            State::Missed => "missed".to_owned(),
        }
    }

    fn done_words(&self, cx: &Context, standing: &Standing, done: &str) -> String {
        let score = standing.counted().and_then(|one| self.score(cx, one)).map(|score| format!(", {score} %"));
        let again = if standing.may_begin { ", may be tried again" } else { "" };
        format!("{done}{}{again}", score.unwrap_or_default())
    }

    /// After how many milliseconds the words change by themselves.
    pub(super) fn next_change(&self, cx: &Context) -> Option<i64> {
        let standing = self.outline(cx);
        let now = cx.moment();
        let ahead = |at: Option<Timestamp>| at.filter(|at| *at > now).map(|at| timing::next_change(at.since(now)));
        let window = &standing.window;
        match standing.state {
            _ if window.paused => None,
            State::NotOpen => ahead(window.opens),
            State::NotBegun => ahead(window.due).or_else(|| ahead(window.closes)),
            State::Working => ahead(standing.ends),
            // What is withheld until all are done can be seen then; who may hand it in that late is not this learner's to see.
            State::HandedIn | State::Late | State::Missed => None,
        }
    }

    /// It lies behind the learner, and long enough: whoever looks for it finds it on the progress page.
    pub(super) fn is_past(&self, cx: &Context) -> bool {
        const KEPT: i64 = 14 * timing::DAY;
        let standing = self.outline(cx);
        let ended = match standing.state {
            State::HandedIn | State::Late if !standing.may_begin => {
                standing.tries.iter().filter_map(|one| one.done).max().max(standing.window.closes)
            }
            State::Missed => standing.window.closes,
            _ => None,
        };
        ended.is_some_and(|ended| cx.moment().since(ended) > KEPT)
    }
}

fn until(words: &str, at: Option<Timestamp>, now: Timestamp) -> Option<String> {
    at.map(|at| format!("{words} {}", timing::span(at.since(now))))
}

fn open_words(window: &Window, now: Timestamp) -> String {
    let ahead = |at: Option<Timestamp>| at.filter(|at| *at > now);
    let late = if window.due.is_some_and(|due| due < now) { "late, " } else { "" };
    let due = until("due in", ahead(window.due), now).or_else(|| until("closes in", ahead(window.closes), now));
    format!("{late}{}", due.unwrap_or_else(|| "open".to_owned()))
}
