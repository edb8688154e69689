//! What follows from a row: the way grows over the stack step by step, then the control that breaks it.

use std::sync::Arc;

use crate::{
    app::{
        Action, Context, Effect, Goal, Pane, Scope, Size, area,
        area::Room,
        pages,
        question::{choice, markdown, own},
    },
    course::{Breach, Layer, Owner, Scenario, Timestamp},
    document::{Glyphs, Layout, Row},
};

use super::{Trail, picture::picture};

/// Breaches on the screen, one after another.
#[derive(Clone, Debug)]
pub struct Replay {
    /// Whose.
    pub scenario: Arc<Scenario>,
    /// Places of the layers they begin at.
    pub incidents: Vec<usize>,
    /// The one at hand, an index into `incidents`.
    pub at: usize,
    /// Steps shown; one more than there are shows what breaks the way.
    pub shown: usize,
    /// The steps so far, laid out.
    pub pane: Pane,
    /// The story under the stack, where a wide screen has room for it.
    pub aside: Layout,
    /// Places of the layers whose side the learner knows.
    known: Vec<usize>,
    /// When the way began to grow to the step at hand.
    growing: Option<Timestamp>,
}

/// How long the way takes to grow to the next step, and the time between two frames of it, in milliseconds.
const GROWTH: i64 = 240;
const FRAME: u32 = 30;

impl Replay {
    /// What follows from `rows`, by id; from all rows that have a breach where none is named. None where none has.
    pub(super) fn new(cx: &mut Context, scenario: Arc<Scenario>, rows: &[String]) -> Option<Self> {
        let wanted = |layer: &Layer| rows.is_empty() || rows.contains(&layer.id);
        let incidents: Vec<usize> =
            scenario.incidents().filter(|(_, layer, _)| wanted(layer)).map(|(place, _, _)| place).collect();
        if incidents.is_empty() {
            return None;
        }
        let known = cx.known_rows(&scenario);
        let mut replay = Self {
            scenario,
            incidents,
            at: 0,
            shown: 1,
            pane: Pane::default(),
            aside: Layout::default(),
            known,
            growing: None,
        };
        replay.show(cx);
        Some(replay)
    }

    /// The scopes of its keys.
    pub const fn scopes() -> &'static [Scope] {
        &[Scope::Replay, Scope::Page]
    }

    /// The breach at hand, and the layer it begins at.
    pub fn incident(&self) -> Option<(&Layer, &Breach)> {
        let layer = self.incidents.get(self.at).and_then(|place| self.scenario.layers.get(*place))?;
        layer.breach.as_ref().map(|breach| (layer, breach))
    }

    /// Every step is shown, and what breaks the way.
    pub fn is_whole(&self) -> bool {
        self.incident().is_none_or(|(_, breach)| self.shown > breach.steps.len())
    }

    /// Takes an action; a goal where it leads away from here.
    pub(in crate::app) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        match action {
            Action::Next => return self.next(cx),
            Action::Previous => self.previous(cx),
            Action::Threat => {
                let threat = self.incident().and_then(|(layer, _)| layer.threat.clone());
                return Some(Goal::Threats(threat));
            }
            _ => self.pane.scroll(action),
        }
        None
    }

    fn next(&mut self, cx: &mut Context) -> Option<Goal> {
        if !self.pane.at_end() {
            // What stands below is read first.
            self.pane.scroll(Action::PageDown);
            return None;
        }
        if !self.is_whole() {
            self.shown += 1;
            self.grow(cx);
        } else if self.at + 1 < self.incidents.len() {
            (self.at, self.shown) = (self.at + 1, 1);
            self.pane.rewind();
        } else {
            return Some(Goal::Back);
        }
        self.show(cx);
        None
    }

    fn previous(&mut self, cx: &mut Context) {
        if self.shown > 1 {
            self.shown -= 1;
        } else if self.at > 0 {
            self.at -= 1;
            self.shown = self.incident().map_or(1, |(_, breach)| breach.steps.len() + 1);
        } else {
            cx.say("This is where it begins.");
        }
        self.growing = None;
        self.show(cx);
    }

    /// Lets the way grow, where the learner wants motion and there is a step to grow to.
    fn grow(&mut self, cx: &mut Context) {
        self.growing = None;
        if !cx.look.reduced_motion && !self.is_whole() {
            self.growing = Some(cx.now);
            cx.effects.push(Effect::Wake(FRAME));
        }
    }

    /// The next frame of the growth.
    pub(in crate::app) fn tick(&mut self, cx: &mut Context) {
        match self.growing {
            Some(from) if cx.now.since(from) < GROWTH => cx.effects.push(Effect::Wake(FRAME)),
            _ => self.growing = None,
        }
    }

    /// Shows the step at hand.
    fn show(&mut self, cx: &Context) {
        self.fit(cx);
        // The first step has the news above it.
        if self.shown == 1 {
            self.pane.rewind();
        } else {
            self.pane.reveal(self.shown - 1);
        }
    }

    /// Takes the text of a scenario that was saved; a goal where nothing is left to show.
    pub(in crate::app) fn edit(&mut self, cx: &Context) -> Option<Goal> {
        let now =
            cx.scenarios.get(&self.scenario.id).filter(|now| !Arc::ptr_eq(now, &self.scenario)).map(Arc::clone)?;
        let ids: Vec<&String> =
            self.incidents.iter().filter_map(|place| self.scenario.layers.get(*place)).map(|layer| &layer.id).collect();
        let incidents: Vec<usize> =
            now.incidents().filter(|(_, layer, _)| ids.contains(&&layer.id)).map(|(place, _, _)| place).collect();
        if incidents.is_empty() {
            return Some(Goal::Back);
        }
        self.at = self.at.min(incidents.len() - 1);
        self.known = cx.known_rows(&now);
        (self.scenario, self.incidents, self.growing) = (now, incidents, None);
        self.shown = self.shown.min(self.incident().map_or(1, |(_, breach)| breach.steps.len() + 1));
        self.fit(cx);
        None
    }

    /// Lays the steps out for the size at hand.
    pub(in crate::app) fn fit(&mut self, cx: &Context) {
        let areas = area::exercise(cx.size, self.scenario.layers.len(), Room::Path);
        let top = self.pane.top;
        self.pane = Pane { top, ..self.text(cx, areas.pane.width) };
        self.pane.fit(areas.pane.height);
        let story = |width| own(cx, width, &self.scenario.story);
        self.aside = areas.aside.map(|aside| story(aside.width)).unwrap_or_default();
    }

    fn text(&self, cx: &Context, width: u16) -> Pane {
        let mut pane = Pane::default();
        let Some((layer, breach)) = self.incident() else { return pane };
        pane.layout.rows = markdown(cx, width, &pages::headline(breach));
        pane.layout.rows.push(Row::default());
        for (place, step) in breach.steps.iter().enumerate().take(self.shown) {
            let first = pane.layout.rows.len();
            let words = pages::step(&self.scenario, step);
            pane.layout.rows.extend(choice(place, place + 1 == self.shown, false, &words, cx, width));
            pane.choices.push((first, pane.layout.rows.len().saturating_sub(1)));
        }
        if self.is_whole() {
            pane.layout.rows.push(Row::default());
            let first = pane.layout.rows.len();
            pane.layout.rows.extend(markdown(cx, width, &pages::broken(&self.scenario, layer, breach)));
            pane.choices.push((first, pane.layout.rows.len().saturating_sub(1)));
        }
        pane
    }

    /// The words on the screen that the glossary may explain.
    pub(in crate::app) fn words(&self) -> String {
        let steps = self.incident().into_iter().flat_map(|(_, breach)| &breach.steps).take(self.shown);
        steps.map(|step| step.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The stack with the way over it, for a window of this size.
    pub fn picture(&self, now: Timestamp, window: Size, glyphs: Glyphs) -> Vec<Row> {
        picture(&self.scenario, &self.trail(now), &self.known, (window, glyphs))
    }

    fn trail(&self, now: Timestamp) -> Trail {
        let grown = self.growing.map_or(GROWTH, |from| now.since(from).min(GROWTH));
        let grown = u16::try_from(grown * 100 / GROWTH).unwrap_or(100);
        match self.incident() {
            Some((layer, breach)) => Trail {
                steps: steps(&self.scenario, breach),
                shown: self.shown.min(breach.steps.len()),
                grown,
                cut: self.is_whole() && layer.owner == Owner::Customer,
            },
            None => Trail { steps: Vec::new(), shown: 0, grown, cut: false },
        }
    }
}

/// Place in the stack of each step.
pub(super) fn steps(scenario: &Scenario, breach: &Breach) -> Vec<usize> {
    breach.steps.iter().filter_map(|step| scenario.layer(&step.at)).map(|(place, _)| place).collect()
}
