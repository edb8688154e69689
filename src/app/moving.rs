//! The moving line on the screen: a page whose picture grows as the learner goes from mode to mode, and the way to its exercise.

use crate::{
    course::{Catalog, Entry, RecordKey},
    document::{Document, Row},
};

use super::{
    Action, Compare, Context, Effect, Goal, Page, PageKind, Screen, State,
    exercise::{FRAME, slid},
    ladder::{self, Sight},
    page::glyphs,
    pages,
};

impl State {
    /// Shows the moving line of a scenario's system, at that scenario; one that is open already gives way.
    pub(super) fn moving(&mut self, scenario: &str) {
        let Some(page) = Page::moving(&mut self.cx, scenario) else { return };
        let gives_way = |page: &Page| matches!(page.kind, PageKind::Moving { .. } | PageKind::Compared(_));
        self.screens.retain(|screen| !matches!(screen, Screen::Page(page) if gives_way(page)));
        self.show(page);
    }

    /// Shows how the exercise went, in its place.
    pub(super) fn compared(&mut self, run: RecordKey) {
        if let Some(page) = Page::compared(&self.cx, run) {
            self.screens.retain(|screen| !matches!(screen, Screen::Compare(_)));
            self.show(page);
        }
    }

    /// Continues or begins the exercise from one scenario of a system to another.
    pub(super) fn compare(&mut self, from: &str, to: &str) {
        let open = self.cx.progress.open_comparison(from, to).and_then(|run| Compare::new(&self.cx, run));
        // What is open of an earlier run may have left the course.
        let compare = open.filter(Compare::asks).or_else(|| {
            let rows = comparable(&self.cx, from, to)?;
            let run = self.cx.record(Entry::Compared { from: from.to_owned(), to: to.to_owned(), rows });
            Compare::new(&self.cx, self.cx.progress.comparison(run)?)
        });
        match compare {
            Some(compare) => self.push(Screen::Compare(Box::new(compare))),
            None => self.cx.say("These two modes have no row in common to ask about."),
        }
    }
}

/// The layers of `to` that can be asked about; none where there are none.
fn comparable(cx: &Context, from: &str, to: &str) -> Option<Vec<String>> {
    let moving = cx.moving(cx.course.catalog.find(to)?.ladder?)?;
    let (before, after) = (moving.mode(from)?, moving.mode(to)?);
    let layer = |duty: usize| Some(moving.layer(duty, after)?.id.clone());
    let rows: Vec<String> = moving.comparable(before, after).into_iter().filter_map(layer).collect();
    Some(rows).filter(|rows| !rows.is_empty())
}

impl Page {
    fn moving(cx: &mut Context, scenario: &str) -> Option<Self> {
        let ladder = cx.course.catalog.find(scenario)?.ladder?.to_owned();
        let moving = cx.moving(&ladder)?;
        let at = moving.mode(scenario)?;
        let text = pages::moving(&moving, at);
        Some(Self::of(cx, PageKind::Moving { ladder, at, since: None }, &text))
    }

    fn compared(cx: &Context, id: RecordKey) -> Option<Self> {
        let run = cx.progress.comparison(id)?;
        let moving = cx.moving(cx.course.catalog.find(&run.to)?.ladder?)?;
        let modes = (moving.mode(&run.from)?, moving.mode(&run.to)?);
        Some(Self::of(cx, PageKind::Compared(id), &pages::compared(&moving, modes, run)))
    }

    /// The picture, as far as the line has slid by now.
    pub(super) fn moving_line(&self, cx: &Context, width: u16) -> Vec<Row> {
        let PageKind::Moving { ladder, at, since } = &self.kind else { return Vec::new() };
        let Some(moving) = cx.moving(ladder) else { return Vec::new() };
        let rows = moving.recurring().len() * usize::from(slid(*since, cx.now)) / 100;
        ladder::picture(&moving, Sight { at: *at, rows }, width, glyphs(cx))
    }

    pub(super) fn act_moving(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        match action {
            Action::SectionNext => self.turn(cx, 1),
            Action::SectionPrevious => self.turn(cx, -1),
            Action::Compare => return self.comparison(cx),
            Action::Open => return self.scenario(cx, 0).map(Goal::Practice),
            Action::Next => return self.next_system(cx),
            _ => self.pane.scroll(action),
        }
        None
    }

    /// The scenario of the mode so far from the one at hand.
    fn scenario(&self, cx: &Context, by: isize) -> Option<String> {
        let PageKind::Moving { ladder, at, .. } = &self.kind else { return None };
        let place = at.checked_add_signed(by)?;
        cx.course.catalog.rungs(ladder).get(place).map(|line| line.id.to_owned())
    }

    /// Goes to another mode, and lets the line slide there where the learner wants motion.
    fn turn(&mut self, cx: &mut Context, by: isize) {
        let PageKind::Moving { ladder, at, since } = &mut self.kind else { return };
        let Some(moving) = cx.moving(ladder) else { return };
        let Some(next) = at.checked_add_signed(by).filter(|next| *next < moving.modes.len()) else {
            cx.say(if by < 0 { "This is the first mode." } else { "This is the last mode." });
            return;
        };
        let slides = by > 0 && !cx.look.reduced_motion;
        (*at, *since) = (next, slides.then_some(cx.now));
        self.document = Document::parse(&pages::moving(&moving, next)).0.into();
        self.pane.rewind();
        self.slide(cx);
    }

    /// The next frame, and when to be woken for the one after it.
    fn slide(&mut self, cx: &mut Context) {
        let PageKind::Moving { since, .. } = &mut self.kind else { return };
        if slid(*since, cx.now) < 100 {
            cx.effects.push(Effect::Wake(FRAME));
        } else {
            *since = None;
        }
        self.fit(cx);
    }

    /// The moment asked for has come: the line slides on, or a reader rests.
    pub(super) fn tick(&mut self, cx: &mut Context) {
        match self.kind {
            PageKind::Moving { since: Some(_), .. } => self.slide(cx),
            _ => self.leave(cx),
        }
    }

    /// From this mode to the next, from the last one to the one before.
    fn comparison(&self, cx: &Context) -> Option<Goal> {
        let from = self.scenario(cx, 0)?;
        let to = self.scenario(cx, 1).or_else(|| self.scenario(cx, -1))?;
        Some(Goal::Compare { from, to })
    }

    /// The next system that the learner may see, round to the first.
    fn next_system(&self, cx: &Context) -> Option<Goal> {
        let PageKind::Moving { ladder, .. } = &self.kind else { return None };
        let systems = systems(cx);
        let here = systems.iter().position(|system| system == ladder).map_or(0, |place| place + 1);
        let next = systems.get(here).or_else(|| systems.first())?;
        first_rung(&cx.course.catalog, next).map(Goal::Moving)
    }
}

/// The systems with several modes whose lessons are open, the one with most modes first.
fn systems(cx: &Context) -> Vec<String> {
    let unlocked = |ladder: &&str| {
        let rungs = cx.course.catalog.rungs(ladder);
        rungs.iter().all(|line| cx.progress.lock(&cx.course, line.lesson).is_none())
    };
    cx.course.catalog.ladders().into_iter().filter(unlocked).map(str::to_owned).collect()
}

fn first_rung(catalog: &Catalog, ladder: &str) -> Option<String> {
    catalog.rungs(ladder).first().map(|line| line.id.to_owned())
}

/// The moving line to begin with: of the system with most modes; none where the course has none.
pub(super) fn first_system(cx: &Context) -> Option<Goal> {
    systems(cx).first().and_then(|ladder| first_rung(&cx.course.catalog, ladder)).map(Goal::Moving)
}
