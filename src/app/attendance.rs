//! A learner at work on an assignment: that they left and came back, how much time is left, and what ends it.
//!
//! It is looked after at the end of every step, whatever the step was: so a pause, an extension, an edited class file, a
//! hand-in from another session and the clock take effect alike, on whatever screen.

use crate::{
    classroom::Away,
    course::{AssignmentRef, Entry, RecordKey, Timestamp},
    document::{Document, layout},
};

use super::{Action, Context, Goal, Input, Pane, Screen, State, area, duty::Duty, page::glyphs, timing};

/// The attempt that this session is at work on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attendance {
    sitting: RecordKey,
    /// Time left, and when it was.
    left: Option<(i64, Timestamp)>,
    /// Time stands still.
    paused: bool,
    /// When the clock tried to hand it in.
    tried: Option<Timestamp>,
}

/// What lies over an exercise in which nothing can be done for now.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// What it says, as Markdown.
    pub words: String,
    /// The words, laid out.
    pub pane: Pane,
    /// The store has refused the hand-in: it can be tried again.
    pub retry: bool,
}

impl State {
    /// The attempt at an assignment that is open, whatever is read over it.
    pub fn at_work(&self) -> Option<RecordKey> {
        let open = self.screens.iter().rev().find_map(|screen| match screen {
            // A question to the room that comes over it is none of its own.
            Screen::Exercise(exercise) if self.cx.polled(exercise.attempt.mode).is_none() => {
                exercise.attempt.mode.sitting()
            }
            Screen::HandIn(list) => Some(list.sitting),
            _ => None,
        })?;
        self.cx.progress.sitting(open).filter(|sat| sat.assignment.is_some()).map(|sat| sat.id)
    }

    /// Milliseconds that the work at hand has left; none where nothing ends it.
    pub fn time_left(&self) -> Option<i64> {
        let sitting = self.at_work()?;
        self.cx.duty_of(sitting)?.left(&self.cx, sitting)
    }

    /// What lies over the screen shown.
    pub fn cover(&self) -> Option<&Cover> {
        let work = match self.screen() {
            Some(Screen::Exercise(exercise)) => self.cx.polled(exercise.attempt.mode).is_none(),
            Some(Screen::HandIn(_)) => true,
            _ => false,
        };
        self.cover.as_ref().filter(|_| work)
    }

    /// Before anything is taken in: where time is up, an answer that was chosen whole is taken as it stood then. True where
    /// `input` came too late.
    pub(super) fn late(&mut self, input: &Input) -> bool {
        let Some(end) = self.end().filter(|end| *end <= self.cx.moment()) else { return false };
        for screen in &mut self.screens {
            // The room's question has no time of its own: nobody votes by the clock.
            if let Screen::Exercise(exercise) = screen
                && self.cx.polled(exercise.attempt.mode).is_none()
            {
                exercise.take_chosen(&mut self.cx, end);
            }
        }
        let acts = matches!(input, Input::Key(_) | Input::Act(_) | Input::Paste(_) | Input::Click { .. });
        // Under a cover nothing can be answered, and whoever wants to leave must be able to.
        acts && self.cover.is_none() && !matches!(input, Input::Act(Action::Quit))
    }

    fn end(&self) -> Option<Timestamp> {
        let sitting = self.at_work().filter(|sitting| !self.is_handed_in(*sitting))?;
        self.cx.duty_of(sitting)?.end(&self.cx, sitting)
    }

    fn is_handed_in(&self, sitting: RecordKey) -> bool {
        self.cx.progress.sitting(sitting).is_some_and(|sat| sat.result.is_some())
    }

    /// After every step.
    pub(super) fn look_after(&mut self) {
        self.keep_up();
        let here = self.at_work().filter(|_| !self.gone);
        let before = self.attendance.map(|one| one.sitting);
        if here != before {
            self.leave(before);
            self.take_up(here);
        } else if here.is_some_and(|sitting| self.was_away(sitting)) {
            self.note_return(here);
        }
        self.hand_in_by_clock();
        self.tell_time();
        self.lay_cover();
    }

    /// Leaves work that has ended elsewhere: handed in from another session, or no longer set.
    fn keep_up(&mut self) {
        let Some(sitting) = self.at_work() else { return };
        let Some(set) = self.cx.progress.sitting(sitting).and_then(|sat| sat.assignment.clone()) else { return };
        if self.is_handed_in(sitting) && self.handing_in.is_none() {
            self.cx.say("It was handed in from your other session.");
            self.pursue(Goal::Result(sitting));
        } else if self.cx.duty(&set).is_none() {
            self.unset(&set);
        }
    }

    fn unset(&mut self, set: &AssignmentRef) {
        self.pursue(Goal::Home);
        self.cx.say(format!("{} is no longer set to you. Nothing of it is lost.", set.assignment));
    }

    fn leave(&mut self, sitting: Option<RecordKey>) {
        let open = |sitting: &RecordKey| {
            let duty = self.cx.duty_of(*sitting);
            duty.and_then(|duty| duty.sat(*sitting)).is_some_and(|sat| sat.is_open() && !sat.is_away())
        };
        if let Some(sitting) = sitting.filter(open) {
            self.cx.record(Entry::Left { sitting });
        }
        self.attendance = None;
    }

    /// Whoever takes up what another session began, or what they left, is back.
    fn take_up(&mut self, sitting: Option<RecordKey>) {
        let Some(sitting) = sitting else { return };
        let sat = self.cx.duty_of(sitting).and_then(|duty| duty.sat(sitting));
        let back = sat.is_some_and(|sat| sat.is_open() && (sat.is_away() || sitting.origin != self.cx.origin()));
        self.note_return(back.then_some(sitting));
        self.attendance = Some(Attendance { sitting, left: None, paused: false, tried: None });
    }

    fn note_return(&mut self, sitting: Option<RecordKey>) {
        if let Some(sitting) = sitting {
            self.cx.record(Entry::Returned { sitting });
        }
    }

    /// Another session has left what is at work here, or this one slept past the end of a limit that stops meanwhile.
    fn was_away(&self, sitting: RecordKey) -> bool {
        const SLEPT: i64 = 10 * timing::SECOND;
        let Some(duty) = self.cx.duty_of(sitting) else { return false };
        let Some(sat) = duty.sat(sitting).filter(|sat| sat.is_open()) else { return false };
        let left = self.attendance.and_then(|one| one.left).filter(|_| duty.assignment.away == Away::Stops);
        let slept = left.is_some_and(|(left, then)| self.cx.moment().since(then) > left + SLEPT);
        sat.is_away() || (slept && duty.left(&self.cx, sitting).is_some_and(|left| left > 0))
    }

    /// Hands in what is under way when its time is up.
    fn hand_in_by_clock(&mut self) {
        let Some(one) = self.attendance else { return };
        let up = self.end().is_some_and(|end| end <= self.cx.moment());
        let goal = Goal::Grade(one.sitting);
        let saving = self.screens.iter().any(|screen| matches!(screen, Screen::Exercise(e) if e.saving.is_some()));
        // What cannot be read now is not asked for again before time has passed.
        let tried = one.tried == Some(self.cx.now);
        if up && !saving && !tried && self.handing_in.is_none() && self.pending.as_ref() != Some(&goal) {
            self.attendance = Some(Attendance { tried: Some(self.cx.now), ..one });
            self.overlay = None;
            self.pursue(goal);
        }
    }

    /// Warns before time is up, and tells where it was moved.
    fn tell_time(&mut self) {
        let Some(one) = self.attendance else { return };
        let Some(duty) = self.cx.duty_of(one.sitting) else { return };
        let now = self.cx.moment();
        let left = duty.left(&self.cx, one.sitting).map(|left| (left, now));
        let paused = duty.window(&self.cx).paused;
        let words = if one.paused && !paused { Some(goes_on(&duty, left)) } else { told(&self.cx, &duty, one, left) };
        self.attendance = Some(Attendance { left, paused, ..one });
        if let Some(words) = words {
            self.cx.add(words);
        }
    }

    /// Lays a cover over work that stands still.
    fn lay_cover(&mut self) {
        let cover = self.attendance.and_then(|one| {
            let duty = self.cx.duty_of(one.sitting)?;
            let up = self.end().is_some_and(|end| end <= self.cx.moment());
            if up {
                let saved = self.cx.unsaved() == 0;
                return Some((up_words(duty.assignment.title.as_str()), !saved));
            }
            duty.window(&self.cx).paused.then(|| (paused_words(&self.cx, &duty, one.sitting), false))
        });
        let top = self.cover.as_ref().map_or(0, |cover| cover.pane.top);
        self.cover = cover.map(|(words, retry)| Cover { pane: pane(&self.cx, &words, top), words, retry });
    }

    /// Takes an action where the screen is covered.
    pub(super) fn act_on_cover(&mut self, action: Action) {
        match (&mut self.cover, action) {
            (Some(Cover { retry: true, .. }), Action::Retry) => self.cx.store(),
            (Some(cover), action) => cover.pane.scroll(action),
            (None, _) => {}
        }
    }
}

/// Milliseconds left at which the learner is warned of the end of something that takes `whole`.
fn warnings(whole: i64) -> Vec<i64> {
    const LONG: i64 = 20 * timing::MINUTE;
    let minutes: &[i64] = if whole >= LONG { &[10, 5, 1] } else { &[1] };
    let half = (whole < LONG).then_some(whole / 2);
    let mut all: Vec<i64> = minutes.iter().map(|minutes| minutes * timing::MINUTE).chain(half).collect();
    all.retain(|left| *left < whole);
    all
}

/// What there is to say of the time that is left; nothing as long as it only passes.
fn told(cx: &Context, duty: &Duty<'_>, one: Attendance, left: Option<(i64, Timestamp)>) -> Option<String> {
    let (left, now) = left?;
    let (before, then) = one.left?;
    let passed = now.since(then);
    let title = &duty.assignment.title;
    let span = timing::span(left);
    if left > before {
        return Some(format!("More time for {title}: {span} left."));
    }
    if before - left > passed + timing::SECOND && left > 0 {
        return Some(format!("Less time for {title}: {span} left."));
    }
    let sat = duty.sat(one.sitting)?;
    let whole = duty.end(cx, one.sitting)?.since(sat.at);
    let crossed = |at: &i64| before > *at && left <= *at && left > 0;
    warnings(whole).iter().any(crossed).then(|| format!("{span} left for {title}."))
}

fn goes_on(duty: &Duty<'_>, left: Option<(i64, Timestamp)>) -> String {
    let left = left.map_or_else(String::new, |(left, _)| format!(" {} left.", timing::span(left)));
    format!("{} goes on.{left}", duty.assignment.title)
}

fn paused_words(cx: &Context, duty: &Duty<'_>, sitting: RecordKey) -> String {
    let left = duty.left(cx, sitting).map_or_else(String::new, |left| {
        format!(" Time stands still: {} will be left when it goes on.", timing::span(left))
    });
    format!(
        "# Paused\n\nYour instructor has paused *{}*.{left}\n\nWhat you have answered is kept.\n",
        plain(&duty.assignment.title)
    )
}

fn up_words(title: &str) -> String {
    format!("# Time is up\n\n*{}* is being handed in as it stands. Every answer you confirmed is kept.\n", plain(title))
}

/// Words that are no Markdown.
pub(super) fn plain(words: &str) -> String {
    words.chars().flat_map(|char| char.is_ascii_punctuation().then_some('\\').into_iter().chain([char])).collect()
}

fn pane(cx: &Context, words: &str, top: usize) -> Pane {
    let body = area::body(cx.size);
    let (text, _) = area::page(cx.size);
    let layout = layout(&Document::parse(words).0, text.width.min(body.width), glyphs(cx), &|_, _| Vec::new());
    let mut pane = Pane { layout, top, ..Pane::default() };
    pane.fit(body.height);
    pane
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_come_at_ten_five_and_one_minute_or_at_half_of_a_short_limit() {
        let minutes =
            |whole: i64| warnings(whole * timing::MINUTE).into_iter().map(|ms| ms / timing::SECOND).collect::<Vec<_>>();
        assert_eq!(minutes(40), [600, 300, 60]);
        assert_eq!(minutes(15), [60, 450]);
        assert_eq!(minutes(1), [30]);
    }
}
