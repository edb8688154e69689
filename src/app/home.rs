//! The course map: *continue* on top, then the lessons with their checkpoints and scenarios, then everything else.

use std::collections::BTreeSet;

use crate::{
    classroom::{Poll, State},
    course::{AssignmentRef, AttemptLog, Listing, Lock, Purpose, Sitting, percent},
};

use super::{
    Action, Context, Goal, Menu, area, breach::breached, draw, goal::lock_words, menu::Entry, page::glyphs,
    pages::title, stack::Ink,
};

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

/// What an instructor asks everyone now.
fn poll_row(poll: &Poll) -> HomeRow {
    let standing = if poll.revealed.is_some() { "the answer is out" } else { "open" };
    row(Item::Go(Goal::Poll(poll.id)), "The room is asked", standing, Mark::Begun)
}

fn rows(cx: &Context, open: &BTreeSet<String>) -> Vec<HomeRow> {
    let mut rows: Vec<HomeRow> = cx.open_poll().map(poll_row).into_iter().chain(assigned_rows(cx)).collect();
    let onward = continue_row(cx);
    rows.push(if rows.is_empty() { onward } else { onward.apart() });
    rows.extend(review_row(cx));
    for (place, lesson) in cx.course.lessons.iter().enumerate() {
        let header = lesson_row(cx, &lesson.id, &lesson.title);
        rows.push(if place == 0 { header.apart() } else { header });
        if open.contains(&lesson.id) {
            rows.extend(checkpoint_row(cx, &lesson.id));
            rows.extend(scenario_rows(cx, &lesson.id));
        }
    }
    let (threats, words) = (cx.course.threats.len(), cx.course.glossary.len());
    rows.push(row(Item::Go(Goal::Drills), "Drills", "five minutes each", Mark::None).apart());
    rows.push(row(Item::Go(Goal::Threats(None)), "Threat list", threats.to_string(), Mark::None));
    rows.extend(breaches_row(cx));
    rows.extend(super::moving::first_system(cx).map(|goal| row(Item::Go(goal), "The moving line", "", Mark::None)));
    rows.extend((words > 0).then(|| row(Item::Go(Goal::Glossary(None)), "Glossary", words.to_string(), Mark::None)));
    rows.extend(messages_row(cx));
    rows.extend([
        row(Item::Go(Goal::Progress), "Progress", "", Mark::None),
        row(Item::Go(Goal::Search), "Search", "", Mark::None),
        row(Item::Go(Goal::Settings), "Settings", "", Mark::None),
        row(Item::Go(Goal::Help), "Help", "", Mark::None),
    ]);
    rows
}

/// What is set, unless it lies long behind.
fn assigned_rows(cx: &Context) -> Vec<HomeRow> {
    let told = cx.duties().filter(|duty| !duty.is_past(cx));
    let mark = |state: State| match state {
        State::NotBegun => Mark::None,
        State::Working => Mark::Begun,
        State::HandedIn | State::Late => Mark::Done,
        State::NotOpen | State::Missed => Mark::Locked,
    };
    told.map(|duty| {
        let title = duty.assignment.title.as_str();
        row(Item::Assigned(duty.reference()), title, duty.words(cx), mark(duty.outline(cx).state))
    })
    .collect()
}

fn messages_row(cx: &Context) -> Option<HomeRow> {
    let (all, unread) = (cx.messages().len(), cx.unread());
    let standing = if unread > 0 { format!("{unread} new") } else { all.to_string() };
    (all > 0).then(|| row(Item::Go(Goal::Messages), "Messages", standing, Mark::None))
}

/// The way to the breaches, where the course tells any.
fn breaches_row(cx: &Context) -> Option<HomeRow> {
    let (mut all, mut solved) = (0, 0);
    for line in breached(&cx.course.catalog) {
        all += line.breaches;
        solved += cx.progress.investigations.solved(line.id).min(line.breaches);
    }
    let standing = if solved > 0 { format!("{solved} of {all} solved") } else { all.to_string() };
    (all > 0).then(|| row(Item::Go(Goal::Breaches), "Breaches", standing, Mark::None))
}

/// What was touched last goes on top: an open checkpoint, an open exercise, the lesson being read, or what comes next.
fn continue_row(cx: &Context) -> HomeRow {
    let (course, progress) = (&cx.course, &cx.progress);
    let title_of = |id: &str| course.catalog.find(id).map_or_else(|| id.to_owned(), |line| line.title.to_owned());
    let sitting = progress.open_sitting(None).filter(|sat| course.lesson(&sat.lesson).is_some()).map(|sat| {
        let title = format!("{} {}", if sat.test_out { "Test-out of" } else { "Checkpoint" }, sat.lesson);
        (sat.at, row(Item::Continue(Goal::Sit(sat.lesson.clone())), title, "continue", Mark::Begun))
    });
    let known = |log: &&AttemptLog| course.catalog.find(&log.scenario).is_some() && cx.sealed(&log.scenario).is_none();
    let round = progress.open_round().map(|round| {
        let standing = format!("row {} of {}", progress.answered_in(round).count() + 1, round.rows.len());
        let last = round.attempts.last().and_then(|id| progress.attempt(*id));
        let touched = last.map_or(round.at, |log| log.touched);
        (touched, row(Item::Continue(Goal::Continue(round.id)), title(course, &round.purpose), standing, Mark::Begun))
    });
    let attempt = progress.open_attempt(None).filter(known).map(|log| {
        let standing = format!("layer {} of {}", log.answers.len() + 1, log.rows.len());
        (
            log.touched,
            row(Item::Continue(Goal::Practice(log.scenario.clone())), title_of(&log.scenario), standing, Mark::Begun),
        )
    });
    let open = [sitting, attempt, round].into_iter().flatten().max_by_key(|(at, _)| *at);
    open.map_or_else(|| next_row(cx), |(_, row)| row)
}

/// What is due, while something is and no review is being continued.
fn review_row(cx: &Context) -> Option<HomeRow> {
    let under_way = cx.progress.open_round().is_some_and(|round| round.purpose == Purpose::Review);
    let due = draw::forecast(cx).now;
    (due > 0 && !under_way).then(|| row(Item::Go(Goal::Review), "Review", format!("{due} due"), Mark::None))
}

/// What comes next for a learner who has left nothing open.
fn next_row(cx: &Context) -> HomeRow {
    let (course, progress) = (&cx.course, &cx.progress);
    let lesson = course.lessons.iter().find(|lesson| !progress.passed(&lesson.id) && lesson.file.is_some());
    let Some(lesson) = lesson else {
        return row(Item::Continue(Goal::Progress), "Every checkpoint is passed", "see your progress", Mark::Done);
    };
    let read = progress.reading.get(&lesson.id);
    let title = format!("{} {}", lesson.id, lesson.title);
    if read.is_none_or(|(_, finished)| !finished) {
        let standing = if read.is_some() { "go on reading" } else { "start reading" };
        return row(Item::Continue(Goal::Read { lesson: lesson.id.clone(), at: None }), title, standing, Mark::Begun);
    }
    let sealed = cx.all_sealed();
    let is_fresh = |line: &Listing<'_>| progress.best(line.id).is_none() && !sealed.contains(line.id);
    let fresh = course.catalog.in_lesson(&lesson.id).into_iter().find(is_fresh);
    match fresh {
        Some(line) => row(Item::Continue(Goal::Practice(line.id.to_owned())), line.title, "start", Mark::None),
        None => {
            row(Item::Continue(Goal::Sit(lesson.id.clone())), format!("Checkpoint {}", lesson.id), "start", Mark::None)
        }
    }
}

fn lesson_row(cx: &Context, id: &str, title: &str) -> HomeRow {
    let title = format!("{id} {title}");
    let (standing, mark) = match cx.progress.lock(&cx.course, id) {
        Some(Lock::Coming) => ("coming".to_owned(), Mark::Locked),
        Some(Lock::Needs(needed)) => (format!("locked until {needed} is passed"), Mark::Locked),
        None if cx.progress.passed(id) => ("passed".to_owned(), Mark::Done),
        None => match cx.progress.reading.get(id) {
            Some((_, true)) => ("read".to_owned(), Mark::Begun),
            Some((_, false)) => ("reading".to_owned(), Mark::Begun),
            None => ("new".to_owned(), Mark::None),
        },
    };
    row(Item::Lesson(id.to_owned()), title, standing, mark)
}

fn checkpoint_row(cx: &Context, lesson: &str) -> Option<HomeRow> {
    cx.course.lesson(lesson)?.checkpoint.as_ref()?;
    let best = cx.progress.best_sitting(lesson).and_then(|sat| sat.result);
    let (standing, mark) = match (cx.progress.open_sitting(Some(lesson)), best) {
        (Some(_), _) => ("begun".to_owned(), Mark::Begun),
        (None, Some((points, out_of, true))) => (format!("passed {} %", percent(points, out_of)), Mark::Done),
        (None, Some((points, out_of, false))) => {
            (format!("not passed, best {} %", percent(points, out_of)), Mark::Begun)
        }
        (None, None) => ("required".to_owned(), Mark::None),
    };
    Some(row(Item::Checkpoint(lesson.to_owned()), format!("Checkpoint {lesson}"), standing, mark))
}

fn scenario_rows(cx: &Context, lesson: &str) -> Vec<HomeRow> {
    let sealed = cx.all_sealed();
    let standing = |id: &str| match (cx.progress.open_attempt(Some(id)), cx.progress.best(id)) {
        _ if sealed.contains(id) => ("locked".to_owned(), Mark::Locked),
        (Some(log), _) => (format!("layer {} of {}", log.answers.len() + 1, log.rows.len()), Mark::Begun),
        (None, Some((points, out_of))) if points == out_of => ("100 %".to_owned(), Mark::Done),
        (None, Some((points, out_of))) => (format!("{} %", percent(points, out_of)), Mark::Begun),
        (None, None) => (String::new(), Mark::None),
    };
    let lines = cx.course.catalog.in_lesson(lesson).into_iter();
    lines
        .map(|line| {
            let (words, mark) = standing(line.id);
            let about = format!("{} · level {}", line.model.name(), line.level);
            let standing = if words.is_empty() { about } else { format!("{about} · {words}") };
            row(Item::Scenario { id: line.id.to_owned(), lesson: lesson.to_owned() }, line.title, standing, mark)
        })
        .collect()
}
