//! The stack exercise: the story, then layer by layer the owner, the control and the explanation.

use crate::{
    course::{Attempt, Entry, Mode, Owner, Record, RecordKey, Said, Step, Timestamp, mark},
    document::Layout,
};

use super::{Action, Context, Effect, Goal, Pane, Scope, area, area::Room, question};

/// An exercise on the screen.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// The run through the scenario.
    pub attempt: Attempt,
    /// The control highlighted, by its place among those offered.
    pub selected: usize,
    /// The learner chose it: it is not only the one highlighted at first.
    pub chosen: bool,
    /// The story is shown in place of the question.
    pub story: bool,
    /// The text beside or below the stack, laid out.
    pub pane: Pane,
    /// The story under the stack, where a wide screen has room for it all the time.
    pub aside: Layout,
    /// An answer on its way to the store: its record and what was said.
    pub saving: Option<(RecordKey, Said)>,
    /// Why it could not be stored.
    pub unsaved: Option<String>,
    /// When the row at hand began to slide to its side.
    pub sliding: Option<Timestamp>,
}

/// How long a row takes to slide to its side, and the time between two frames of it, in milliseconds.
const SLIDE: i64 = 120;
pub(super) const FRAME: u32 = 30;

impl Exercise {
    /// Shows `attempt`: at its story where nothing is answered yet, at its open question otherwise. A single row of a round
    /// is asked at once, with the story in short, where the story is known.
    pub(super) fn new(cx: &Context, attempt: Attempt) -> Self {
        let known = attempt.mode.round().is_some() && cx.schedule.knows(&attempt.scenario.id);
        let story = attempt.answered() == 0 && !known;
        let mut exercise = Self {
            attempt,
            selected: 0,
            chosen: false,
            story,
            pane: Pane::default(),
            aside: Layout::default(),
            saving: None,
            unsaved: None,
            sliding: None,
        };
        exercise.keep_off_struck();
        exercise.fit(cx);
        exercise
    }

    /// The scopes of its keys.
    pub fn scopes(&self) -> &'static [Scope] {
        if self.unsaved.is_some() {
            return &[Scope::Unsaved, Scope::Page];
        }
        if self.story {
            return &[Scope::Story, Scope::Page];
        }
        match (self.attempt.step(), self.attempt.mode.is_exam()) {
            (Step::Owner, false) => &[Scope::Owner, Scope::Hints, Scope::Page],
            (Step::Owner, true) => &[Scope::Owner, Scope::Page],
            (Step::Control, false) => &[Scope::Control, Scope::Hints, Scope::Page],
            (Step::Control, true) => &[Scope::Control, Scope::Page],
            (Step::Explained | Step::Done, _) => &[Scope::Explained, Scope::Page],
        }
    }

    /// Lays the pane out for the size at hand.
    pub(super) fn fit(&mut self, cx: &Context) {
        let areas = area::exercise(cx.size, self.attempt.rows.len(), self.room());
        question::fill(self, cx, areas.pane.width);
        self.pane.fit(areas.pane.height);
        self.aside = areas.aside.map(|aside| question::aside(self, cx, aside.width)).unwrap_or_default();
    }

    /// What needs the room most.
    pub const fn room(&self) -> Room {
        if self.story { Room::Story } else { Room::Shared }
    }

    /// Takes an action; a goal where it leads away from here.
    pub(super) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        // What is on its way stays as it was said; where it could not be stored, it can be tried again.
        if self.saving.is_some() && !(self.unsaved.is_some() && action.tries_again()) {
            return None;
        }
        let goal = match action {
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::Top | Action::Bottom => {
                self.scroll(action);
                None
            }
            Action::Customer => self.choose_owner(cx, Owner::Customer),
            Action::Provider => self.choose_owner(cx, Owner::Provider),
            Action::Choose(number) => self.highlight(number),
            Action::Open => self.confirm(cx),
            Action::Change => self.change(cx),
            Action::Unsure => self.unsure(cx),
            Action::Hint => self.hint(cx),
            Action::Story => self.toggle_story(),
            Action::Next => self.next(),
            Action::Retry => self.retry(cx),
            Action::Threat => Some(self.threat()),
            Action::Passage => Some(self.passage()),
            _ => None,
        };
        self.fit(cx);
        if action == Action::Hint && self.attempt.step() == Step::Owner {
            // The hint stands below the question, perhaps out of sight.
            self.pane.scroll(Action::Bottom);
        }
        let choosing = self.attempt.step() == Step::Control && !self.story;
        if choosing && matches!(action, Action::Up | Action::Down | Action::Choose(_)) {
            self.pane.reveal(self.selected);
        }
        goal
    }

    /// What a click means: a side, a control to choose or, chosen already, to confirm.
    pub(super) fn click(&mut self, cx: &Context, column: u16, row: u16) -> Option<Action> {
        let areas = area::exercise(cx.size, self.attempt.rows.len(), self.room());
        let within = row.checked_sub(areas.pane.y)?;
        let choice = self.pane.choice_at(within.into()).and_then(|place| u8::try_from(place + 1).ok());
        match self.attempt.step() {
            _ if self.story => None,
            Step::Control if choice.is_some_and(|number| usize::from(number) == self.selected + 1) => {
                Some(Action::Open)
            }
            Step::Control => choice.map(Action::Choose),
            Step::Owner
                if self
                    .pane
                    .layout
                    .rows
                    .get(self.pane.top + usize::from(within))
                    .is_some_and(|row| row.text().contains("Customer")) =>
            {
                let middle = areas.pane.x + 20;
                Some(if column < middle { Action::Customer } else { Action::Provider })
            }
            Step::Owner | Step::Explained | Step::Done => None,
        }
    }

    fn scroll(&mut self, action: Action) {
        let choosing = !self.story && self.attempt.step() == Step::Control;
        match action {
            Action::Up if choosing => self.step_selection(-1),
            Action::Down if choosing => self.step_selection(1),
            _ => self.pane.scroll(action),
        }
    }

    /// Moves the highlight, past controls that are struck out.
    fn step_selection(&mut self, by: isize) {
        let offered = self.attempt.offered();
        let mut place = self.selected;
        while let Some(next) = place.checked_add_signed(by).filter(|next| *next < offered.len()) {
            place = next;
            if offered.get(place).is_some_and(|control| !self.attempt.draft.struck.contains(control)) {
                self.selected = place;
                self.chosen = true;
                return;
            }
        }
    }

    fn choose_owner(&mut self, cx: &mut Context, owner: Owner) -> Option<Goal> {
        if self.attempt.choose_owner(owner) {
            self.selected = 0;
            self.chosen = false;
            self.keep_off_struck();
            self.pane.rewind();
            self.draft(cx);
            self.slide(cx);
        }
        None
    }

    /// Lets the row slide to its side, where the learner wants motion.
    fn slide(&mut self, cx: &mut Context) {
        if !cx.look.reduced_motion {
            self.sliding = Some(cx.now);
            cx.effects.push(Effect::Wake(FRAME));
        }
    }

    /// The next frame of the slide.
    pub(super) fn tick(&mut self, cx: &mut Context) {
        match self.sliding {
            Some(from) if cx.now.since(from) < SLIDE => cx.effects.push(Effect::Wake(FRAME)),
            _ => self.sliding = None,
        }
    }

    /// How far the row at hand has slid, 0 to 100.
    pub fn slid(&self, now: Timestamp) -> u16 {
        slid(self.sliding, now)
    }

    /// The highlight never rests on a control that cannot be chosen.
    pub(super) fn keep_off_struck(&mut self) {
        let offered = self.attempt.offered();
        let free =
            |place: &usize| offered.get(*place).is_some_and(|control| !self.attempt.draft.struck.contains(control));
        if !free(&self.selected) {
            self.selected = (0..offered.len()).find(free).unwrap_or_default();
        }
    }

    fn highlight(&mut self, number: u8) -> Option<Goal> {
        let place = usize::from(number).checked_sub(1)?;
        let offered = self.attempt.offered();
        let control = offered.get(place)?;
        if !self.attempt.draft.struck.contains(control) {
            self.selected = place;
            self.chosen = true;
        }
        None
    }

    fn change(&mut self, cx: &mut Context) -> Option<Goal> {
        if self.attempt.reopen_owner() {
            self.pane.rewind();
            self.draft(cx);
        }
        None
    }

    fn unsure(&mut self, cx: &mut Context) -> Option<Goal> {
        if self.attempt.toggle_unsure() {
            self.draft(cx);
        }
        None
    }

    fn hint(&mut self, cx: &mut Context) -> Option<Goal> {
        let struck = self.attempt.draft.struck.len();
        if self.attempt.climb_hints() {
            self.keep_off_struck();
            self.pane.rewind();
            self.draft(cx);
            if self.attempt.draft.struck.len() > struck {
                cx.say("Struck out, for the control's point.");
            } else if self.attempt.hints().len() > 1 {
                cx.say("Next hint: costs the control's point.");
            }
        } else if self.attempt.step() == Step::Owner {
            cx.say("No further hint for the owner; at the control, a hint strikes out a wrong one.");
        } else {
            cx.say("No further hint.");
        }
        None
    }

    /// Stores the answer under way, so that a cut line resumes here with the same hints spent.
    fn draft(&mut self, cx: &mut Context) {
        let Some(layer) = self.attempt.layer().map(|layer| layer.id.clone()) else { return };
        cx.record(Entry::Drafted { attempt: self.attempt.id, layer, draft: self.attempt.draft.clone() });
    }

    fn toggle_story(&mut self) -> Option<Goal> {
        self.story = !self.story;
        self.pane.rewind();
        None
    }

    /// Sends the answer to the store; its explanation waits for the acknowledgement.
    fn confirm(&mut self, cx: &mut Context) -> Option<Goal> {
        self.confirm_at(cx, cx.now)
    }

    /// Takes an answer that was chosen whole when time was up at `end`: it only was not confirmed.
    pub(super) fn take_chosen(&mut self, cx: &mut Context, end: Timestamp) {
        if self.chosen && self.saving.is_none() {
            self.confirm_at(cx, end);
            self.chosen = false;
        }
    }

    fn confirm_at(&mut self, cx: &mut Context, at: Timestamp) -> Option<Goal> {
        let offered = self.attempt.offered();
        let said = offered.get(self.selected).and_then(|place| self.attempt.confirm(*place))?;
        let layer = self.attempt.layer()?;
        let graded = (!self.attempt.mode.is_exam()).then(|| mark(layer, &said));
        let entry = Entry::Answered {
            attempt: self.attempt.id,
            layer: layer.id.clone(),
            digest: layer.digest(),
            said,
            mark: graded,
        };
        self.saving = Some((cx.record_at(at, entry), said));
        None
    }

    fn retry(&mut self, cx: &mut Context) -> Option<Goal> {
        if self.unsaved.take().is_some() {
            cx.store();
        }
        None
    }

    /// Takes the store's word that `durable` is durable; where that ends the attempt, the goal it leads to.
    pub(super) fn acknowledge(&mut self, cx: &Context, durable: &[Record]) -> Option<Goal> {
        let (key, said) = self.saving?;
        if !durable.iter().any(|record| record.key == key) {
            return None;
        }
        self.saving = None;
        self.unsaved = None;
        self.attempt.store(said);
        self.selected = 0;
        self.chosen = false;
        self.pane.rewind();
        let goal = (self.attempt.step() == Step::Done).then(|| self.end());
        let edited = self.catch_up(cx).and_then(|_| self.gone());
        self.fit(cx);
        goal.or(edited)
    }

    /// Takes the store's word that it could not store.
    pub(super) fn refuse(&mut self, cx: &Context, why: &str) {
        self.unsaved = Some(why.to_owned());
        self.fit(cx);
    }

    fn next(&mut self) -> Option<Goal> {
        self.attempt.advance();
        self.begin_question();
        (self.attempt.step() == Step::Done).then(|| self.end())
    }

    /// Shows the question at hand from its start.
    pub(super) fn begin_question(&mut self) {
        self.selected = 0;
        self.chosen = false;
        self.keep_off_struck();
        self.pane.rewind();
    }

    /// Where the end of the last row leads.
    pub(super) fn end(&self) -> Goal {
        match self.attempt.mode {
            Mode::Checkpoint(whole) | Mode::Assigned(whole) | Mode::Review(whole) | Mode::Drill(whole) => {
                Goal::Continue(whole)
            }
            Mode::Exam => Goal::Grade(self.attempt.id),
            Mode::Practice | Mode::Redo => Goal::Debrief(self.attempt.id),
        }
    }

    fn threat(&self) -> Goal {
        let threat = self.attempt.layer().and_then(|layer| layer.threat.clone());
        Goal::Threats(threat)
    }

    fn passage(&self) -> Goal {
        let lesson = self.attempt.scenario.lesson.clone();
        let trap = self.attempt.mark().and_then(|mark| mark.trap);
        let at = trap.or_else(|| self.attempt.layer().and_then(|layer| layer.threat.clone()));
        Goal::Read { lesson, at }
    }
}

/// How far what began to slide at `from` has come, 0 to 100.
pub(super) fn slid(from: Option<Timestamp>, now: Timestamp) -> u16 {
    let passed = from.map_or(SLIDE, |from| now.since(from).min(SLIDE));
    u16::try_from(passed * 100 / SLIDE).unwrap_or(100)
}
