//! The investigation: from the news to the row that failed, the control that was missing and the side it was on.

use crate::{
    app::{
        Action, Context, Goal, Pane, Scope, Size, area,
        area::Room,
        question::own,
        stack::{self, Stand, Verdict},
    },
    course::{Entry, IncidentMark, Investigation, Lead, Owner, Record, RecordKey, Resolution},
    document::{Glyphs, Layout, Row},
};

use super::{Trail, picture::picture, replay::steps};

/// An investigation on the screen.
#[derive(Clone, Debug)]
pub struct Investigate {
    /// The run through the incidents.
    pub run: Investigation,
    /// The row or the control highlighted, by its place among those offered.
    pub selected: usize,
    /// The side chosen, until it is confirmed.
    pub side: Option<Owner>,
    /// The story is shown in place of the question.
    pub story: bool,
    /// The question, laid out.
    pub pane: Pane,
    /// The story under the stack, where a wide screen has room for it.
    pub aside: Layout,
    /// Places of the layers whose side the learner knows.
    known: Vec<usize>,
    /// An answer on its way to the store.
    saving: Option<(RecordKey, Answer)>,
    /// Why it could not be stored.
    pub unsaved: Option<String>,
}

/// What was said and waits to be durable.
#[derive(Clone, Debug, PartialEq)]
enum Answer {
    /// This row, and whether it is the one.
    Row(String, bool),
    /// The control and the side.
    Resolution(Box<Resolution>),
}

/// Rows of the pane from which on the news stays in sight of the questions about the row.
const ROOMY: u16 = 8;

impl Investigate {
    pub(super) fn new(cx: &Context, run: Investigation) -> Self {
        let mut screen = Self {
            run,
            selected: 0,
            side: None,
            story: false,
            pane: Pane::default(),
            aside: Layout::default(),
            known: Vec::new(),
            saving: None,
            unsaved: None,
        };
        screen.fit(cx);
        screen
    }

    /// The scopes of its keys.
    pub fn scopes(&self) -> &'static [Scope] {
        if self.unsaved.is_some() {
            return &[Scope::Unsaved, Scope::Page];
        }
        match self.run.lead() {
            _ if self.story => &[Scope::Story, Scope::Page],
            Lead::Row => &[Scope::WhichRow, Scope::Page],
            Lead::Control => &[Scope::WhichControl, Scope::Page],
            Lead::Side => &[Scope::WhichSide, Scope::Page],
            Lead::Explained | Lead::Done => &[Scope::Traced, Scope::Page],
        }
    }

    /// An answer waits for the store.
    pub const fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Which part of the screen needs the room most.
    pub fn room(&self) -> Room {
        match self.run.lead() {
            _ if self.story => Room::Story,
            Lead::Row => Room::Rows,
            Lead::Control | Lead::Side => Room::Shared,
            Lead::Explained | Lead::Done => Room::Path,
        }
    }

    /// Takes an action; a goal where it leads away from here.
    pub(in crate::app) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        // What is on its way stays as it was said; where it could not be stored, it can be tried again.
        if self.saving.is_some() && !(self.unsaved.is_some() && action.tries_again()) {
            return None;
        }
        let mut goal = None;
        match action {
            Action::Choose(number) => self.highlight(usize::from(number).checked_sub(1)),
            Action::Up if self.choosing() => self.highlight(self.selected.checked_sub(1)),
            Action::Down if self.choosing() => self.highlight(Some(self.selected + 1)),
            Action::Open => self.confirm(cx),
            Action::Customer => self.side = Some(Owner::Customer),
            Action::Provider => self.side = Some(Owner::Provider),
            Action::Change => self.change(),
            Action::Story => self.toggle_story(),
            Action::Next => goal = self.next(cx),
            Action::Retry => self.retry(cx),
            Action::Threat => {
                goal = Some(Goal::Threats(self.run.incident().and_then(|(layer, _)| layer.threat.clone())));
            }
            _ => self.pane.scroll(action),
        }
        self.fit(cx);
        if self.choosing() && matches!(action, Action::Up | Action::Down | Action::Choose(_)) {
            self.reveal();
        }
        goal
    }

    /// Something is to be chosen from a list.
    fn choosing(&self) -> bool {
        !self.story && self.unsaved.is_none() && matches!(self.run.lead(), Lead::Row | Lead::Control)
    }

    fn reveal(&mut self) {
        // The first entry brings the news above it back.
        if self.selected == 0 {
            self.pane.rewind();
        }
        self.pane.reveal(self.selected);
    }

    fn highlight(&mut self, place: Option<usize>) {
        if let Some(place) = place.filter(|place| *place < self.offered()) {
            self.selected = place;
        }
    }

    /// How many there are to choose from.
    pub fn offered(&self) -> usize {
        match self.run.lead() {
            Lead::Row => self.run.scenario.layers.len(),
            Lead::Control => self.run.offered().len(),
            Lead::Side | Lead::Explained | Lead::Done => 0,
        }
    }

    fn change(&mut self) {
        if self.run.control.take().is_some() {
            self.side = None;
            self.pane.rewind();
        }
    }

    fn toggle_story(&mut self) {
        self.story = !self.story;
        self.pane.rewind();
    }

    fn confirm(&mut self, cx: &mut Context) {
        match self.run.lead() {
            Lead::Row => self.name_row(cx),
            Lead::Control => {
                self.run.control = self.run.offered().get(self.selected).copied();
                self.side = None;
                self.pane.rewind();
            }
            Lead::Side => self.resolve(cx),
            Lead::Explained | Lead::Done => {}
        }
    }

    /// Sends the row to the store; whether it was the one waits for the acknowledgement.
    fn name_row(&mut self, cx: &mut Context) {
        let named = self.run.scenario.layers.get(self.selected).map(|layer| layer.id.clone());
        let (Some(row), Some((layer, _))) = (named, self.run.incident()) else { return };
        let (incident, found) = (layer.id.clone(), layer.id == row);
        let investigation = self.run.id;
        let key = cx.record(Entry::Traced { investigation, incident, row: row.clone(), found });
        self.saving = Some((key, Answer::Row(row, found)));
    }

    /// Sends the rest of the answer to the store; its explanation waits for the acknowledgement.
    fn resolve(&mut self, cx: &mut Context) {
        let (Some(control), Some(owner)) = (self.run.control, self.side) else {
            cx.say("c for yours, p for the provider's; then enter.");
            return;
        };
        let (Some((layer, _)), Some(finding)) = (self.run.incident(), self.run.finding()) else { return };
        let mark = IncidentMark::of(layer, finding.found, control, owner);
        let (incident, digest) = (layer.id.clone(), layer.digest());
        let investigation = self.run.id;
        let key = cx.record(Entry::Resolved { investigation, incident, digest, control, owner, mark: mark.clone() });
        self.saving = Some((key, Answer::Resolution(Box::new(Resolution { digest, control, owner, mark }))));
    }

    fn retry(&mut self, cx: &mut Context) {
        if self.unsaved.take().is_some() {
            cx.store();
        }
    }

    /// Takes the store's word that `durable` is durable.
    pub(in crate::app) fn acknowledge(&mut self, cx: &Context, durable: &[Record]) {
        let stored = |(key, _): &mut (RecordKey, Answer)| durable.iter().any(|record| record.key == *key);
        let Some((_, answer)) = self.saving.take_if(stored) else { return };
        self.unsaved = None;
        match answer {
            Answer::Row(row, found) => self.run.trace(&row, found),
            Answer::Resolution(resolution) => self.run.resolve(*resolution),
        }
        self.rewind();
        self.fit(cx);
    }

    /// Takes the store's word that it could not store.
    pub(in crate::app) fn refuse(&mut self, cx: &Context, why: &str) {
        self.unsaved = Some(why.to_owned());
        self.fit(cx);
    }

    fn next(&mut self, cx: &mut Context) -> Option<Goal> {
        if self.run.lead() == Lead::Explained {
            self.run.advance();
            self.rewind();
        }
        (self.run.lead() == Lead::Done).then(|| self.end(cx))
    }

    fn end(&self, cx: &mut Context) -> Goal {
        let (points, out_of) = self.run.points();
        cx.say(format!("Every incident here is traced: {points} of {out_of} points."));
        Goal::Back
    }

    fn rewind(&mut self) {
        self.selected = 0;
        self.side = None;
        self.pane.rewind();
    }

    /// Goes on where another session of the learner has answered; a goal where nothing is left.
    pub(in crate::app) fn follow(&mut self, cx: &mut Context, records: &[Record]) -> Option<Goal> {
        let about = records.iter().any(|record| concerns(record, self.run.id));
        let log = cx.progress.investigations.find(self.run.id).filter(|_| about && self.saving.is_none())?.clone();
        if log.dropped {
            cx.say("This investigation was given up in your other session.");
            return Some(Goal::Home);
        }
        if self.run.catch_up(&log) {
            self.rewind();
            cx.say("Answered in your other session.");
        }
        (self.run.lead() == Lead::Done).then(|| self.end(cx))
    }

    /// What a click means: an entry to choose or, chosen already, to confirm; a side.
    pub(in crate::app) fn click(&self, cx: &Context, column: u16, row: u16) -> Option<Action> {
        let pane = area::exercise(cx.size, self.run.scenario.layers.len(), self.room()).pane;
        let within = usize::from(row.checked_sub(pane.y)?);
        if self.choosing() {
            let place = self.pane.choice_at(within)?;
            let again = place == self.selected;
            return if again { Some(Action::Open) } else { u8::try_from(place + 1).ok().map(Action::Choose) };
        }
        let buttons =
            self.pane.layout.rows.get(self.pane.top + within).is_some_and(|row| row.text().contains("Customer"));
        let left = column < pane.x + 20;
        let side = if left { Action::Customer } else { Action::Provider };
        (self.run.lead() == Lead::Side && !self.story && buttons).then_some(side)
    }

    /// Lays the question out for the size at hand.
    pub(in crate::app) fn fit(&mut self, cx: &Context) {
        let areas = area::exercise(cx.size, self.run.scenario.layers.len(), self.room());
        let top = self.pane.top;
        self.known = cx.known_rows(&self.run.scenario);
        self.pane = Pane { top, ..self.text(cx, areas.pane.width, areas.pane.height >= ROOMY) };
        self.pane.fit(areas.pane.height);
        let story = |width| own(cx, width, &self.run.scenario.story);
        self.aside = areas.aside.map(|aside| story(aside.width)).unwrap_or_default();
    }

    /// The row pointed at in the picture: the one highlighted, then the one that failed.
    pub fn cursor(&self) -> usize {
        match self.run.lead() {
            Lead::Row => self.selected,
            _ => self.run.incidents.get(self.run.cursor).copied().unwrap_or_default(),
        }
    }

    /// The stack without its sides, or with the way over it once it is explained.
    pub fn picture(&self, window: Size, glyphs: Glyphs) -> Vec<Row> {
        let scenario = &self.run.scenario;
        if self.run.lead() == Lead::Explained
            && let Some((layer, breach)) = self.run.incident()
        {
            let steps = steps(scenario, breach);
            let trail = Trail { shown: steps.len(), steps, grown: 100, cut: layer.owner == Owner::Customer };
            return picture(scenario, &trail, &self.known, (window, glyphs));
        }
        let stand = |(place, layer): (usize, &crate::course::Layer)| Stand {
            number: place + 1,
            label: layer.label.clone(),
            current: place == self.cursor(),
            side: None,
            slid: 100,
            verdict: Verdict::None,
        };
        let stands: Vec<Stand> = scenario.layers.iter().enumerate().map(stand).collect();
        stack::picture(&stands, window.width, glyphs)
    }
}

/// The record changes what is open in the investigation.
fn concerns(record: &Record, id: RecordKey) -> bool {
    match &record.entry {
        Entry::Traced { investigation, .. } | Entry::Resolved { investigation, .. } => *investigation == id,
        Entry::Dropped { attempt } => *attempt == id,
        _ => false,
    }
}
