//! The course map: *continue* on top, then the lessons with their checkpoints and scenarios, then everything else.

mod rows;

use std::collections::BTreeSet;

use crate::course::{AssignmentRef, AttemptLog, Sitting};

use super::{Action, Context, Goal, Menu, area, goal::lock_words, menu::Entry, page::glyphs, stack::Ink};
use rows::rows;

/// The course map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    /// The rows, laid out, and which one is selected.
    pub menu: Menu,
    /// Lessons whose scenarios are listed.
    pub open: BTreeSet<String>,
    /// The rows, as the learner's progress makes them.
    pub rows: Vec<HomeRow>,
}

/// One row of the course map.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeRow {
    /// What it stands for.
    pub item: Item,
    /// Its name.
    pub title: String,
    /// How the learner stands, at the right edge.
    pub standing: String,
    /// A word for the state, drawn as a mark as well.
    pub mark: Mark,
    /// It begins a group.
    pub apart: bool,
}

/// What a row of the course map stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// What the learner is set.
    Assigned(AssignmentRef),
    /// What was left unfinished, or what comes next.
    Continue(Goal),
    /// A lesson.
    Lesson(String),
    /// A lesson's checkpoint.
    Checkpoint(String),
    /// A scenario.
    Scenario {
        /// Its id.
        id: String,
        /// Its lesson.
        lesson: String,
    },
    /// Another screen.
    Go(Goal),
}

/// The state of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing to say.
    #[default]
    None,
    /// Begun.
    Begun,
    /// Done: read to the end, passed, every point reached.
    Done,
    /// Cannot be opened yet.
    Locked,
}

impl Home {
    /// The course map with the lesson at hand open.
    pub(super) fn new(cx: &Context) -> Self {
        let mut home = Self::default();
        let unlocked = |id: &str| cx.progress.lock(&cx.course, id).is_none();
        let at_hand = cx.course.lessons.iter().rev().find(|lesson| unlocked(&lesson.id));
        home.open.extend(at_hand.map(|lesson| lesson.id.clone()));
        home.refresh(cx);
        home
    }

    /// Makes the rows anew: progress has changed.
    pub(super) fn refresh(&mut self, cx: &Context) {
        self.rows = rows(cx, &self.open);
        self.fit(cx);
    }

    /// Lays the rows out for the size at hand.
    pub(super) fn fit(&mut self, cx: &Context) {
        let body = area::body(cx.size);
        let entries: Vec<Entry> = self.rows.iter().map(|row| entry(row, cx)).collect();
        self.menu.set(&entries, body.width.min(WIDEST), body.height, glyphs(cx));
    }

    /// Takes an action; a goal where it leads away from here.
    pub(super) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        match action {
            Action::Open => self.open_selected(cx),
            Action::Choose(number) => self.choose(cx, number),
            Action::Fold => {
                self.fold(cx);
                None
            }
            Action::LookBack => self.look_back(cx),
            Action::Moving => self.moving(cx),
            Action::Checkpoint => self.lesson_at_hand().map(Goal::Sit),
            Action::TestOut => self.lesson_at_hand().map(Goal::TestOut),
            Action::Threats => Some(Goal::Threats(None)),
            Action::Progress => Some(Goal::Progress),
            Action::Settings => Some(Goal::Settings),
            _ => {
                self.menu.act(action);
                None
            }
        }
    }

    /// The selected item.
    pub fn selected(&self) -> Option<&Item> {
        self.rows.get(self.menu.at).map(|row| &row.item)
    }

    fn choose(&mut self, cx: &mut Context, number: u8) -> Option<Goal> {
        self.menu.at = usize::from(number).checked_sub(1).filter(|row| *row < self.rows.len())?;
        self.open_selected(cx)
    }

    /// The debrief of the scenario's last finished run, or the result of the checkpoint's last sitting.
    fn look_back(&self, cx: &mut Context) -> Option<Goal> {
        let progress = &cx.progress;
        let goal = match self.selected()? {
            Item::Scenario { id, .. } | Item::Continue(Goal::Practice(id)) => {
                let graded = |log: &&AttemptLog| log.scenario == *id && log.finished() && log.out_of > 0;
                let single = |log: &&AttemptLog| log.mode.sitting().is_none();
                let last = progress.attempts.iter().rev().filter(graded).find(single);
                last.map(|log| Goal::Debrief(log.id))
            }
            Item::Checkpoint(lesson) => {
                let graded = |sat: &&Sitting| sat.lesson == *lesson && sat.result.is_some();
                progress.sittings.iter().rev().find(graded).map(|sat| Goal::Result(sat.id))
            }
            _ => None,
        };
        if goal.is_none() {
            cx.say("Nothing finished here yet to look back on.");
        }
        goal
    }

    /// The moving line of the selected scenario's system; elsewhere, of the first one.
    fn moving(&self, cx: &Context) -> Option<Goal> {
        match self.selected()? {
            Item::Scenario { id, .. } | Item::Continue(Goal::Practice(id)) => Some(Goal::Moving(id.clone())),
            _ => super::moving::first_system(cx),
        }
    }

    /// The lesson the selection stands in; above all of them, the first one.
    fn lesson_at_hand(&self) -> Option<String> {
        let lesson = |row: &HomeRow| if let Item::Lesson(id) = &row.item { Some(id.clone()) } else { None };
        let above = self.rows.iter().take(self.menu.at + 1).rev().find_map(lesson);
        above.or_else(|| self.rows.iter().find_map(lesson))
    }

    fn fold(&mut self, cx: &Context) {
        let Some(lesson) = self.lesson_at_hand() else { return };
        if !self.open.remove(&lesson) {
            self.open.insert(lesson.clone());
        }
        self.refresh(cx);
        let header = self.rows.iter().position(|row| row.item == Item::Lesson(lesson.clone()));
        self.menu.at = header.unwrap_or(self.menu.at);
        self.fit(cx);
    }

    fn open_selected(&mut self, cx: &mut Context) -> Option<Goal> {
        match self.selected()?.clone() {
            Item::Assigned(set) => Some(Goal::Assigned(set)),
            Item::Continue(goal) | Item::Go(goal) => Some(goal),
            Item::Lesson(lesson) => Some(Goal::Read { lesson, at: None }),
            Item::Checkpoint(lesson) => Some(Goal::Sit(lesson)),
            Item::Scenario { id, lesson } => match cx.progress.lock(&cx.course, &lesson) {
                None => Some(Goal::Practice(id)),
                Some(lock) => {
                    cx.say(lock_words(&cx.course, &lesson, &lock));
                    None
                }
            },
        }
    }
}

/// Widest list: beyond it a standing is too far from its title.
const WIDEST: u16 = 110;

fn row(item: Item, title: impl Into<String>, standing: impl Into<String>, mark: Mark) -> HomeRow {
    HomeRow { item, title: title.into(), standing: standing.into(), mark, apart: false }
}

impl HomeRow {
    fn apart(self) -> Self {
        Self { apart: true, ..self }
    }

    /// Its words: the first row says what it does.
    pub fn words(&self) -> String {
        let prefix = match self.item {
            Item::Continue(_) => "Continue: ",
            Item::Assigned(_) => "Assigned: ",
            _ => "",
        };
        format!("{prefix}{}", self.title)
    }
}

fn entry(row: &HomeRow, cx: &Context) -> Entry {
    let indent = if matches!(row.item, Item::Scenario { .. } | Item::Checkpoint(_)) { 2 } else { 0 };
    let ink = match (&row.item, row.mark) {
        (_, Mark::Locked) => Ink::Faint,
        (Item::Lesson(_) | Item::Continue(_) | Item::Assigned(_), _) => Ink::Side,
        _ => Ink::Layer,
    };
    let mark = match row.mark {
        Mark::None => (" ", Ink::Faint),
        Mark::Begun => (glyphs(cx).pick("◦", "o"), Ink::Faint),
        Mark::Done => (glyphs(cx).pick("✓", "+"), Ink::Right),
        Mark::Locked => (glyphs(cx).pick("×", "x"), Ink::Faint),
    };
    Entry { indent, mark, text: row.words(), ink, note: row.standing.clone(), apart: row.apart }
}
