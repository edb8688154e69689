//! The room: what an instructor sees of a class while it works, and how they steer it.
//!
//! Records arrive by the hundred. Each only marks a line of the matrix as stale; the screen is made anew four times a second
//! at most, and once a second for the sake of its clocks. What an instructor does goes out as an act and counts when it comes
//! back, so that two instructors see the same room.

mod names;
mod news;
mod polls;
mod show;
mod steer;
mod table;
mod told;
mod views;
mod words;

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    classroom::{Act, AnswerKey, Assignment, Class, ClassRecord, Filter, Line, Matrix, Sort},
    course::{Layer, Record, RecordKey, Scenario, Timestamp},
    document::Row,
};

use super::{Action, Context, Effect, Goal, Menu, Room};

/// The room of a class.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The class, by id.
    pub class: String,
    /// The assignment at hand as a table.
    pub matrix: Matrix,
    /// What is shown of it.
    pub view: View,
    /// Names are shown; otherwise learners are numbered as the roster has them.
    pub names: bool,
    /// The order of the lines.
    pub sort: Sort,
    /// Which lines are shown.
    pub filter: Filter,
    /// The lines shown, by their places in the matrix.
    pub order: Vec<usize>,
    /// The chosen row, a column of the matrix.
    pub column: usize,
    /// Rows above the list, laid out.
    pub head: Vec<Row>,
    /// The lines, or what else the view lists, laid out, and which one is chosen.
    pub menu: Menu,
    /// Rows below the list, laid out.
    pub foot: Vec<Row>,
    /// The chosen learner, by login.
    chosen: Option<String>,
    /// The learner each entry of a list stands for, by place in the roster.
    stands_for: Vec<Option<usize>>,
    /// What is right, as far as it was read.
    key: AnswerKey,
    /// Scenarios asked for.
    asked: BTreeSet<String>,
    /// Acts of this session that have not come back yet.
    sent: Vec<RecordKey>,
    /// When it was last made anew.
    made: Timestamp,
    /// How often something else was asked to be shown: a listener is told it whole then.
    pub turned: usize,
}

/// What is shown of an assignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Its learners against its rows.
    #[default]
    Matrix,
    /// What was answered to one row.
    Row,
    /// Who seems to need somebody.
    Stuck,
    /// One learner's answers.
    Learner,
    /// The questions put to the room.
    Polls,
}

impl View {
    /// Every view, in the order of its number.
    pub const ALL: [Self; 5] = [Self::Matrix, Self::Row, Self::Stuck, Self::Learner, Self::Polls];

    fn step(self, by: usize) -> Self {
        let here = Self::ALL.iter().position(|view| *view == self).unwrap_or_default();
        Self::ALL.get((here + by) % Self::ALL.len()).copied().unwrap_or_default()
    }
}

/// The shortest time between two pictures, in milliseconds.
const FRAME: i64 = 250;

/// The time between two pictures where nothing happens but the clock, in milliseconds.
const SECOND: u32 = 1_000;

impl Watch {
    /// The room of a class, at the assignment that is worked on.
    pub(super) fn new(cx: &mut Context, room: &Room) -> Self {
        let mut watch = Self {
            class: room.class.id.clone(),
            matrix: Matrix::new(&at_hand(room, cx.now)),
            view: View::Matrix,
            names: !room.class.hide_names,
            sort: Sort::Roster,
            filter: Filter::All,
            order: Vec::new(),
            column: 0,
            head: Vec::new(),
            menu: Menu::default(),
            foot: Vec::new(),
            chosen: None,
            stands_for: Vec::new(),
            key: AnswerKey::new(),
            asked: BTreeSet::new(),
            sent: Vec::new(),
            made: cx.now,
            turned: 0,
        };
        watch.refresh(cx);
        watch
    }

    /// Its class and what was recorded of it.
    pub fn room<'c>(&self, cx: &'c Context) -> Option<&'c Room> {
        cx.room(&self.class)
    }

    /// The assignment at hand.
    pub fn assignment<'c>(&self, class: &'c Class) -> Option<&'c Assignment> {
        class.assignment(&self.matrix.assignment)
    }

    /// Brings the picture up to the moment, and asks to be woken for the next one.
    pub(super) fn refresh(&mut self, cx: &mut Context) {
        let Some(room) = cx.rooms.iter().find(|room| room.class.id == self.class) else { return };
        if room.class.assignment(&self.matrix.assignment).is_none()
            && let Some(first) = room.class.assignments.first()
        {
            self.matrix = Matrix::new(&first.id);
        }
        self.matrix.refresh((&room.class, &room.ledger), &self.key, cx.now);
        self.made = cx.now;
        self.put_in_order(room, cx.now);
        self.ask_for_scenarios(cx);
        self.fit(cx);
        cx.effects.push(Effect::Wake(SECOND));
    }

    fn put_in_order(&mut self, room: &Room, now: Timestamp) {
        self.order = self.matrix.order(&room.class, (self.sort, &self.filter), now);
        self.column = self.column.min(self.matrix.columns.len().saturating_sub(1));
    }

    /// Asks for what is right in the scenarios at hand, and of the polls, once each; those that are not in the course are never here.
    fn ask_for_scenarios(&mut self, cx: &mut Context) {
        let polls = self.room(cx).into_iter().flat_map(|room| room.ledger.polls()).map(|poll| poll.scenario.as_str());
        let missing = self.matrix.missing(&self.key).into_iter().chain(polls);
        let known = |id: &&str| cx.course.catalog.find(id).is_some();
        let wanted: BTreeSet<String> =
            missing.filter(known).map(str::to_owned).filter(|id| !self.asked.contains(id)).collect();
        cx.effects.extend(wanted.iter().cloned().map(Effect::OpenScenario));
        self.asked.extend(wanted);
    }

    /// A scenario was read.
    pub(super) fn learn(&mut self, cx: &mut Context, scenario: &Arc<Scenario>) {
        if self.asked.contains(&scenario.id) {
            self.key.insert(scenario.id.clone(), Arc::clone(scenario));
            self.matrix.renew();
            self.refresh(cx);
        }
    }

    /// Learners did something.
    pub(super) fn hear(&mut self, cx: &mut Context, records: &[(String, Record)]) {
        for (login, _) in records {
            self.matrix.hear(login);
        }
        let since = cx.now.since(self.made);
        if since >= FRAME || cx.now < self.made {
            self.refresh(cx);
        } else {
            cx.effects.push(Effect::Wake(u32::try_from(FRAME - since).unwrap_or(SECOND)));
        }
    }

    /// Instructors did something: this one, or another.
    pub(super) fn see_acts(&mut self, cx: &mut Context, acts: &[ClassRecord]) {
        self.matrix.renew();
        self.refresh(cx);
        for record in acts {
            let mine = self.sent.iter().position(|key| *key == record.key).map(|place| self.sent.remove(place));
            if let Some(words) = self.told(cx, record, mine.is_some()) {
                cx.say(words);
            }
        }
    }

    /// The class file was edited.
    pub(super) fn see_class(&mut self, cx: &mut Context) {
        self.matrix.renew();
        self.refresh(cx);
        cx.say("The class file was read anew.");
    }

    /// Sends acts on their way.
    fn send(&mut self, cx: &mut Context, acts: Vec<Act>) {
        self.sent.extend(cx.act(&self.class, acts));
    }

    /// Takes an action; a goal where it leads away from here.
    pub(super) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        match action {
            Action::SectionNext => self.show(cx, self.view.step(1)),
            Action::SectionPrevious => self.show(cx, self.view.step(View::ALL.len() - 1)),
            Action::Choose(number) => {
                let view = usize::from(number).checked_sub(1).and_then(|place| View::ALL.get(place)).copied();
                self.show(cx, view.unwrap_or(self.view));
            }
            Action::Open if self.chosen.is_some() => self.show(cx, View::Learner),
            _ => {
                self.menu.act(action);
                self.choose_entry(cx);
            }
        }
        None
    }

    /// Back to the matrix; false where it is shown already.
    pub(super) fn back(&mut self, cx: &Context) -> bool {
        let away = self.view != View::Matrix;
        if away {
            self.show(cx, View::Matrix);
        }
        away
    }

    fn show(&mut self, cx: &Context, view: View) {
        self.view = view;
        self.menu.at = 0;
        self.menu.pane.top = 0;
        self.turned += 1;
        self.fit(cx);
    }

    /// The entry that is selected chooses its learner.
    pub(super) fn choose_entry(&mut self, cx: &Context) {
        let place = self.stands_for.get(self.menu.at).copied().flatten();
        let login = place.and_then(|place| self.room(cx)?.class.learners.get(place)).map(|one| one.login.clone());
        if login.is_some() && login != self.chosen {
            self.chosen = login;
            self.fit(cx);
        }
    }

    /// The line of the chosen learner.
    pub fn chosen(&self) -> Option<&Line> {
        self.matrix.line(self.chosen.as_deref()?)
    }

    /// The layer of a column, as far as it was read.
    fn layer(&self, column: usize) -> Option<(&Scenario, &Layer)> {
        let column = self.matrix.columns.get(column)?;
        let scenario = self.key.get(&column.scenario)?;
        scenario.layer(&column.layer).map(|(_, layer)| (scenario.as_ref(), layer))
    }
}

/// The assignment that is worked on: of those that are open the one opened last, or else the first of the file.
fn at_hand(room: &Room, now: Timestamp) -> String {
    let window = |set: &&Assignment| room.ledger.window("", set, now);
    let open = room.class.assignments.iter().filter(|set| window(set).is_open(now));
    let last = open.max_by_key(|set| window(set).opens);
    last.or_else(|| room.class.assignments.first()).map(|set| set.id.clone()).unwrap_or_default()
}
