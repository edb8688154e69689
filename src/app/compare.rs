//! The exercise on the moving line: the owners of one mode are shown; for each row the learner says whether it changes hands
//! in another.

use crate::{
    course::{Comparison, Entry, Moving, Owner, RecordKey, Timestamp},
    document::{Document, Layout, layout},
};

use super::{
    Action, Context, Effect, Goal, Pane, Scope, area,
    area::Room,
    exercise::{FRAME, slid},
    page::glyphs,
    pages,
    stack::{Stand, Verdict},
};

/// A comparison on the screen.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The system.
    pub moving: Moving,
    /// The mode whose owners are shown and the mode asked about.
    pub modes: (usize, usize),
    /// What was said so far.
    pub run: Comparison,
    /// The row at hand, a place in `run.rows`.
    pub cursor: usize,
    /// What is shown of it.
    pub step: Shown,
    /// The text beside or below the picture.
    pub pane: Pane,
    /// A judgement on its way to the store.
    pub saving: Option<RecordKey>,
    /// Why it could not be stored.
    pub unsaved: Option<String>,
    /// When the row at hand began to slide to where it belongs.
    sliding: Option<Timestamp>,
}

/// What is shown of the row at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Both stories.
    Story,
    /// The question.
    Question,
    /// Why.
    Explanation,
}

impl Compare {
    /// Shows `run`: at its stories where nothing is judged yet, at its open row otherwise. None where the course no longer has
    /// what it asks.
    pub(super) fn new(cx: &Context, run: &Comparison) -> Option<Self> {
        let ladder = cx.course.catalog.find(&run.to)?.ladder?;
        let moving = cx.moving(ladder)?;
        let modes = (moving.mode(&run.from)?, moving.mode(&run.to)?);
        let known = |row: &String| moving.duty_of(modes.1, row).is_some();
        let run = Comparison { rows: run.rows.iter().filter(|row| known(row)).cloned().collect(), ..run.clone() };
        let step = if run.judgements.is_empty() { Shown::Story } else { Shown::Question };
        let cursor = run.open_row().unwrap_or(run.rows.len());
        let (pane, saving, unsaved, sliding) = (Pane::default(), None, None, None);
        let mut compare = Self { moving, modes, run, cursor, step, pane, saving, unsaved, sliding };
        compare.fit(cx);
        Some(compare)
    }

    /// There is a row that nobody has judged yet.
    pub(super) const fn asks(&self) -> bool {
        self.cursor < self.run.rows.len()
    }

    /// The scopes of its keys.
    pub const fn scopes(&self) -> &'static [Scope] {
        match self.step {
            _ if self.unsaved.is_some() => &[Scope::Unsaved, Scope::Page],
            Shown::Story => &[Scope::Story, Scope::Page],
            Shown::Question => &[Scope::Compare, Scope::Page],
            Shown::Explanation => &[Scope::Compared, Scope::Page],
        }
    }

    /// The duty at hand.
    fn duty(&self) -> Option<usize> {
        self.moving.duty_of(self.modes.1, self.run.rows.get(self.cursor)?)
    }

    /// What needs the room most.
    pub const fn room(&self) -> Room {
        if matches!(self.step, Shown::Story) { Room::Story } else { Room::Shared }
    }

    /// Lays the pane out for the size at hand.
    pub(super) fn fit(&mut self, cx: &Context) {
        let areas = area::exercise(cx.size, self.run.rows.len(), self.room());
        let text = Document::parse(&self.words()).0;
        let rows: Layout = layout(&text, areas.pane.width, glyphs(cx), &|_, _| Vec::new());
        self.pane = Pane { layout: rows, top: self.pane.top, height: self.pane.height, choices: Vec::new() };
        self.pane.fit(areas.pane.height);
    }

    /// The text at hand, as Markdown.
    pub fn words(&self) -> String {
        if let Some(why) = &self.unsaved {
            return format!("**Your answer is not saved yet.** {why}\n\nTry again with `r`.");
        }
        let Some(duty) = self.duty() else { return String::new() };
        match self.step {
            Shown::Story => pages::compared_story(&self.moving, self.modes.0, self.modes.1),
            Shown::Question => pages::compared_question(&self.moving, self.modes, duty),
            Shown::Explanation => {
                let right = self.judged(self.cursor).is_some_and(|(_, right)| right);
                pages::compared_explanation(&self.moving, self.modes, duty, right)
            }
        }
    }

    /// What was said of a row, and whether it was right.
    fn judged(&self, row: usize) -> Option<(bool, bool)> {
        let judgement = self.run.judgement(self.run.rows.get(row)?)?;
        Some((judgement.moves, judgement.right))
    }

    /// The rows of the picture: those not judged yet on the side they have before the move.
    pub fn stands(&self, now: Timestamp) -> Vec<Stand> {
        let stand = |place: usize| {
            let duty = self.moving.duty_of(self.modes.1, self.run.rows.get(place)?)?;
            let (before, after) = self.moving.layer(duty, self.modes.0).zip(self.moving.layer(duty, self.modes.1))?;
            let current = place == self.cursor;
            let judged = self.judged(place);
            let moved = judged.is_some() && before.owner != after.owner;
            Some(Stand {
                number: place + 1,
                label: after.label.clone(),
                current,
                side: Some(if judged.is_some() { after.owner } else { before.owner }),
                slid: if current && moved { slid(self.sliding, now) } else { 100 },
                verdict: judged.map_or(Verdict::None, |(_, right)| verdict(right, after.owner)),
            })
        };
        (0..self.run.rows.len()).filter_map(stand).collect()
    }

    /// Takes an action; a goal where it leads away from here.
    pub(super) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        // What is on its way stays as it was said; where it could not be stored, it can be tried again.
        if self.saving.is_some() && !(self.unsaved.is_some() && action.tries_again()) {
            return None;
        }
        let goal = match action {
            Action::Moves => self.judge(cx, true),
            Action::Stays => self.judge(cx, false),
            Action::Story => self.turn_story(),
            Action::Next => self.next(),
            Action::Retry => self.retry(cx),
            _ => {
                self.pane.scroll(action);
                None
            }
        };
        self.fit(cx);
        goal
    }

    /// Sends what was said to the store; it is explained when it is durable.
    fn judge(&mut self, cx: &mut Context, moves: bool) -> Option<Goal> {
        let duty = self.duty().filter(|_| self.step == Shown::Question)?;
        let (before, after) = self.moving.layer(duty, self.modes.0).zip(self.moving.layer(duty, self.modes.1))?;
        let entry = Entry::Judged {
            comparison: self.run.id,
            layer: after.id.clone(),
            digest: after.digest(),
            moves,
            right: moves == (before.owner != after.owner),
        };
        self.saving = Some(cx.record(entry));
        None
    }

    fn turn_story(&mut self) -> Option<Goal> {
        self.step = if self.step == Shown::Story { Shown::Question } else { Shown::Story };
        self.pane.rewind();
        None
    }

    fn next(&mut self) -> Option<Goal> {
        if self.step != Shown::Explanation {
            return None;
        }
        self.go_on()
    }

    /// To the next open row; past the last one, to the look back.
    fn go_on(&mut self) -> Option<Goal> {
        self.pane.rewind();
        self.step = Shown::Question;
        self.cursor = self.run.open_row().unwrap_or(self.run.rows.len());
        (self.cursor >= self.run.rows.len()).then_some(Goal::Compared(self.run.id))
    }

    fn retry(&mut self, cx: &mut Context) -> Option<Goal> {
        if self.unsaved.take().is_some() {
            cx.store();
        }
        None
    }

    /// Takes in what is durable now, from here or from another session of the learner: a judgement stored is explained.
    pub(super) fn acknowledge(&mut self, cx: &mut Context) {
        let Some(run) = cx.progress.comparison(self.run.id) else { return };
        if run.judgements.len() == self.run.judgements.len() {
            return;
        }
        self.run.judgements.clone_from(&run.judgements);
        self.saving = None;
        self.unsaved = None;
        if self.judged(self.cursor).is_some() && self.step == Shown::Question {
            self.step = Shown::Explanation;
            self.pane.rewind();
            self.slide(cx);
        }
        self.fit(cx);
    }

    /// Takes the store's word that it could not store.
    pub(super) fn refuse(&mut self, cx: &Context, why: &str) {
        self.unsaved = Some(why.to_owned());
        self.fit(cx);
    }

    fn slide(&mut self, cx: &mut Context) {
        if !cx.look.reduced_motion {
            self.sliding = Some(cx.now);
            cx.effects.push(Effect::Wake(FRAME));
        }
    }

    /// The next frame of the slide.
    pub(super) fn tick(&mut self, cx: &mut Context) {
        if slid(self.sliding, cx.now) < 100 {
            cx.effects.push(Effect::Wake(FRAME));
        } else {
            self.sliding = None;
        }
    }
}

/// How a row that was judged stands. There are two sides, so whoever was wrong gave it to the other one.
const fn verdict(right: bool, owner: Owner) -> Verdict {
    match (right, owner) {
        (true, _) => Verdict::Right,
        (false, Owner::Provider) => Verdict::Wrong(Owner::Customer),
        (false, Owner::Customer) => Verdict::Wrong(Owner::Provider),
    }
}
