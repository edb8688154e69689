//! A text to scroll through: the lesson reader, and the program's own pages.

use std::sync::Arc;

use crate::{
    course::{AssignmentRef, Attempt, AttemptId, Entry, RecordKey, Timestamp},
    document::{Content, Document, Glyphs, Hit, Layout, Row, layout},
};

use super::{Action, Context, Effect, Goal, Pane, Scope, Screen, area, pages, stack};

/// A text on the screen.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it is.
    pub kind: PageKind,
    /// Its words; a lesson's are shared with whoever else reads it.
    pub document: Arc<Document>,
    /// Its rows, for the width at hand.
    pub pane: Pane,
    /// What was searched for in it.
    pub found: Option<Found>,
}

/// How long a reader has rested when the place in a lesson is stored, in milliseconds.
const REST: u32 = 2_000;

/// A phrase and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was typed.
    pub phrase: String,
    /// The cells it stands in.
    pub hits: Vec<Hit>,
    /// The rows it begins on.
    pub rows: Vec<usize>,
    /// The hit shown last, an index into `rows`.
    pub at: usize,
}

impl Found {
    /// Looks it up in the rows at hand.
    fn lay(&mut self, layout: &Layout) {
        self.hits = layout.find(&self.phrase);
        self.rows = self.hits.iter().filter(|hit| hit.begins).map(|hit| hit.row).collect();
        self.rows.dedup();
    }
}

/// What a page is, which decides its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The welcome.
    Welcome,
    /// A lesson, by id.
    Lesson(String),
    /// The threat list.
    Threats,
    /// The glossary, opened at a term.
    Glossary(Option<String>),
    /// The learner's progress, and its plots.
    Progress(Arc<pages::Sections>),
    /// The moving line.
    Moving {
        /// Ladder of its system.
        ladder: String,
        /// The mode at hand.
        at: usize,
        /// When that mode came into sight.
        since: Option<Timestamp>,
    },
    /// The look back on a comparison of two modes.
    Compared(RecordKey),
    /// The look back on an attempt.
    Debrief(AttemptId),
    /// The result of a sitting.
    Result(RecordKey),
    /// A question to the room that was answered.
    Ballot(RecordKey),
    /// A question to the room that was revealed.
    Revealed(RecordKey),
    /// What is set, before and after it is done.
    Assigned(AssignmentRef),
    /// What instructors said.
    Messages,
    /// The end of a round.
    Round(RecordKey),
}

/// Which way to search on.
#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Back,
}

/// The screen looks back on work: it gives way when that work is taken up again.
pub(super) const fn looks_back(screen: &Screen) -> bool {
    matches!(
        screen,
        Screen::Page(page) if matches!(page.kind, PageKind::Debrief(_) | PageKind::Result(_) | PageKind::Round(_) | PageKind::Assigned(_))
    )
}

/// The screen tells of this assignment.
pub(super) fn is_about(screen: &Screen, set: &AssignmentRef) -> bool {
    matches!(screen, Screen::Page(page) if page.kind == PageKind::Assigned(set.clone()))
}

impl Page {
    fn new(cx: &Context, kind: PageKind, document: Arc<Document>) -> Self {
        let mut page = Self { kind, document, pane: Pane::default(), found: None };
        page.fit(cx);
        page
    }

    pub(super) fn of(cx: &Context, kind: PageKind, markdown: &str) -> Self {
        Self::new(cx, kind, Document::parse(markdown).0.into())
    }

    pub(super) fn welcome(cx: &Context) -> Self {
        Self::of(cx, PageKind::Welcome, &pages::welcome(&cx.course))
    }

    pub(super) fn threats(cx: &Context, at: Option<&str>) -> Self {
        let mut page = Self::of(cx, PageKind::Threats, &pages::threats(&cx.course, &cx.progress));
        if let Some(threat) = at.and_then(|id| cx.course.threat(id)) {
            page.go_to_heading(&threat.name);
        }
        page
    }

    /// The glossary at a term; `text` is what the learner was reading.
    pub(super) fn glossary(cx: &Context, at: Option<String>, text: &str) -> Self {
        let document = pages::glossary(&cx.course.glossary, text);
        let mut page = Self::new(cx, PageKind::Glossary(at.clone()), document.into());
        if let Some(name) = at {
            page.go_to_heading(&name);
        }
        page
    }

    pub(super) fn progress(cx: &Context) -> Self {
        let page = Arc::new(super::reflect::reflect(cx));
        Self::of(cx, PageKind::Progress(Arc::clone(&page)), &page.text)
    }

    /// A lesson, at a heading or where it was left.
    pub(super) fn lesson(cx: &Context, id: &str, at: Option<&str>) -> Option<Self> {
        let lesson = cx.lessons.get(id)?;
        let mut page = Self::new(cx, PageKind::Lesson(id.to_owned()), Arc::clone(&lesson.document));
        let heading = at.and_then(|slug| page.block_of_slug(slug));
        let left = cx.progress.reading.get(id).map(|(block, _)| *block);
        if let Some(block) = heading.or(left) {
            page.go_to(page.pane.layout.row_of_block(block));
        }
        Some(page)
    }

    pub(super) fn debrief(cx: &Context, id: AttemptId) -> Option<Self> {
        let attempt = attempt(cx, id)?;
        let text = pages::debrief(&cx.course, &attempt);
        Some(Self::of(cx, PageKind::Debrief(id), &text))
    }

    pub(super) fn result(cx: &Context, id: RecordKey) -> Option<Self> {
        let sitting = cx.progress.sitting(id)?;
        if sitting.assignment.is_some() {
            return Some(Self::outcome(cx, id));
        }
        let rule = cx.course.lesson(&sitting.lesson).and_then(|lesson| lesson.rule(sitting.test_out));
        let runs: Vec<Attempt> = sitting
            .scenarios
            .iter()
            .filter_map(|scenario| cx.progress.attempt_in(id, scenario))
            .filter_map(|log| attempt(cx, log.id))
            .collect();
        let backs: Vec<_> = runs.iter().map(|run| (run.scenario.as_ref(), run.debrief())).collect();
        Some(Self::of(cx, PageKind::Result(id), &pages::result(&cx.course, sitting, rule.as_ref(), &backs)))
    }

    /// The end of a round.
    pub(super) fn round(cx: &Context, id: RecordKey) -> Option<Self> {
        let round = cx.progress.round(id)?;
        let runs = round.attempts.iter().filter_map(|id| attempt(cx, *id));
        // What an exam has closed meanwhile is not explained.
        let runs: Vec<Attempt> = runs.filter(|run| cx.sealed(&run.scenario.id).is_none()).collect();
        let text = pages::round(&cx.course, round, &runs, &super::draw::forecast(cx));
        Some(Self::of(cx, PageKind::Round(id), &text))
    }

    /// The scopes of its keys.
    pub const fn scopes(&self) -> &'static [Scope] {
        match self.kind {
            PageKind::Welcome => &[Scope::Welcome, Scope::Page],
            PageKind::Lesson(_) => &[Scope::Lesson, Scope::Page],
            PageKind::Glossary(_) => &[Scope::Glossary, Scope::Page],
            PageKind::Moving { .. } => &[Scope::Moving, Scope::Page],
            PageKind::Threats | PageKind::Progress(_) | PageKind::Messages | PageKind::Compared(_) => &[Scope::Page],
            PageKind::Assigned(_) => &[Scope::Assigned, Scope::Page],
            PageKind::Debrief(_) => &[Scope::Debrief, Scope::Page],
            PageKind::Result(_) => &[Scope::Result, Scope::Page],
            PageKind::Ballot(_) => &[Scope::Ballot, Scope::Poll, Scope::Page],
            PageKind::Revealed(_) => &[Scope::Poll, Scope::Page],
            PageKind::Round(_) => &[Scope::Round, Scope::Page],
        }
    }

    /// Lays the text out for the size at hand and keeps the block at the top of the window.
    pub(super) fn fit(&mut self, cx: &Context) {
        let (text, _) = area::page(cx.size);
        let place = self.pane.layout.place(self.pane.top);
        self.pane.layout = layout(&self.document, text.width, glyphs(cx), &|id, width| self.drawn(cx, id, width));
        self.pane.top = self.pane.layout.row_of(place);
        self.pane.fit(text.height);
        if let Some(found) = &mut self.found {
            found.lay(&self.pane.layout);
        }
    }

    /// What a directive draws: a plot of the progress page, the moving line, or a scenario's line.
    fn drawn(&self, cx: &Context, id: &str, width: u16) -> Vec<Row> {
        match (&self.kind, cx.scenarios.get(id)) {
            (PageKind::Progress(page), _) => page.named(id).map_or_else(Vec::new, |plot| plot.rows(width, glyphs(cx))),
            (PageKind::Moving { .. }, _) => self.moving_line(cx, width),
            (_, Some(scenario)) => match cx.sealed(id) {
                Some(seal) => stack::sealed(scenario, &seal.words(), width, glyphs(cx)),
                None => stack::key(scenario, width, glyphs(cx)),
            },
            (_, None) => Vec::new(),
        }
    }

    /// The block at the top of the window.
    pub fn block(&self) -> usize {
        self.pane.layout.place(self.pane.top).block
    }

    /// Row, level and words of each heading.
    pub fn headings(&self) -> impl Iterator<Item = (usize, u8, String)> {
        let entries = self.document.outline().into_iter();
        entries.map(|entry| (self.pane.layout.row_of_block(entry.block), entry.level, entry.text))
    }

    fn block_of_slug(&self, wanted: &str) -> Option<usize> {
        self.document
            .blocks
            .iter()
            .position(|block| matches!(&block.content, Content::Heading { slug, .. } if slug == wanted))
    }

    fn go_to_heading(&mut self, name: &str) {
        let found = self.headings().find(|(_, _, words)| words == name);
        if let Some((row, _, _)) = found {
            self.go_to(row);
        }
    }

    /// Shows `row` at the top of the window.
    pub(super) fn go_to(&mut self, row: usize) {
        self.pane.top = row.min(super::pane::last_top(self.pane.rows(), self.pane.height));
    }

    /// Takes an action; a goal where it leads away from here.
    pub(super) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        if matches!(self.kind, PageKind::Moving { .. }) {
            return self.act_moving(cx, action);
        }
        match action {
            Action::SectionNext => self.section_after(cx),
            Action::SectionPrevious => self.section_before(),
            Action::FindNext => self.hit(cx, Direction::Forward),
            Action::FindPrevious => self.hit(cx, Direction::Back),
            Action::Next
            | Action::Change
            | Action::Redo
            | Action::Twin
            | Action::Breach
            | Action::Moving
            | Action::Passage
            | Action::Checkpoint
            | Action::LookBack => {
                return super::onward::onward(&self.kind, cx, action);
            }
            _ => self.pane.scroll(action),
        }
        self.keep_place(cx);
        None
    }

    /// Asks to be woken once the reader rests, to store the place in the lesson: a killed session loses a moment of
    /// scrolling at most.
    fn keep_place(&self, cx: &mut Context) {
        if matches!(self.kind, PageKind::Lesson(_)) {
            cx.effects.push(Effect::Wake(REST));
        }
    }

    fn section_after(&mut self, cx: &mut Context) {
        let top = self.pane.top;
        let next = self.headings().map(|(row, _, _)| row).find(|row| *row > top);
        match next {
            Some(row) if !self.pane.at_end() => self.go_to(row),
            _ => cx.say("This is the last section."),
        }
    }

    fn section_before(&mut self) {
        let top = self.pane.top;
        let before = self.headings().map(|(row, _, _)| row).filter(|row| *row < top).last();
        self.go_to(before.unwrap_or_default());
    }

    /// Searches the text and goes to the first hit at or below the window's top.
    pub(super) fn find(&mut self, cx: &mut Context, phrase: &str) {
        let mut found = Found { phrase: phrase.to_owned(), hits: Vec::new(), rows: Vec::new(), at: 0 };
        found.lay(&self.pane.layout);
        self.found = None;
        if found.rows.is_empty() {
            // Nothing typed is a wish to see no hits any more.
            if !phrase.trim().is_empty() {
                cx.say(format!("'{phrase}' does not occur here."));
            }
            return;
        }
        let first = found.rows.iter().position(|row| *row >= self.pane.top).unwrap_or_default();
        self.found = Some(found);
        self.show_hit(cx, first);
    }

    fn show_hit(&mut self, cx: &mut Context, at: usize) {
        let Some(found) = &mut self.found else { return };
        found.at = at;
        let row = found.rows.get(at).copied().unwrap_or_default();
        cx.say(format!("'{}': {} of {}. n next, N before.", found.phrase, at + 1, found.rows.len()));
        self.go_to(row);
    }

    fn hit(&mut self, cx: &mut Context, direction: Direction) {
        let Some(Found { rows, at, .. }) = self.found.as_ref().filter(|found| !found.rows.is_empty()) else {
            cx.say("Nothing is searched for. / finds a word.");
            return;
        };
        let (count, top) = (rows.len(), self.pane.top);
        let shown = |row: &usize| (*row).min(super::pane::last_top(self.pane.rows(), self.pane.height));
        // The last rows of a page cannot stand at its top: as long as nobody scrolls, the hit shown last counts.
        let stays = rows.get(*at).map(shown) == Some(top);
        let next = match direction {
            Direction::Forward if stays => (at + 1) % count,
            Direction::Back if stays => (at + count - 1) % count,
            Direction::Forward => rows.iter().position(|row| *row > top).unwrap_or_default(),
            Direction::Back => rows.iter().rposition(|row| *row < top).unwrap_or(count - 1),
        };
        self.show_hit(cx, next);
    }

    /// Stores what leaving it means: the place in a lesson, or that the welcome was read.
    pub(super) fn leave(&self, cx: &mut Context) {
        match &self.kind {
            PageKind::Welcome if !cx.progress.welcomed => {
                cx.record(Entry::Welcomed);
            }
            PageKind::Lesson(lesson) => {
                let block = self.block();
                let finished = self.pane.at_end();
                let known = cx.progress.reading.get(lesson).copied();
                if known != Some((block, finished)) && known != Some((block, true)) {
                    cx.record(Entry::Read { lesson: lesson.clone(), block, finished });
                }
            }
            _ => {}
        }
    }
}

/// The attempt with this id, as its records have it.
pub(super) fn attempt(cx: &Context, id: AttemptId) -> Option<Attempt> {
    let log = cx.progress.attempt(id)?;
    let scenario = cx.scenarios.get(&log.scenario)?;
    Some(Attempt::resume(log, Arc::clone(scenario)))
}

/// The glyphs of the look at hand.
pub(super) const fn glyphs(cx: &Context) -> Glyphs {
    if cx.look.ascii { Glyphs::Ascii } else { Glyphs::Unicode }
}
