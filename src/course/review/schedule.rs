//! What a learner has answered, item by item, and when each comes back.

use std::collections::HashMap;

use fsrs::{FSRS, FSRSReview};

use super::{
    super::{AttemptId, Catalog, Model, Outcome, Timestamp},
    Grade, Memory, days_between, grade,
    memory::{self, DAY},
};

/// Whose rows stand for each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The scenarios of a ladder, by its name: one system under different modes.
    Ladder(String),
    /// A scenario that stands alone, by its id.
    Scenario(String),
}

/// What one question is remembered as.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Whose row.
    pub family: Family,
    /// Layer id, the same in all of the family.
    pub layer: String,
    /// The scenario it was asked in last.
    pub scenario: String,
    /// Its lesson.
    pub lesson: String,
    /// Its service model.
    pub model: Model,
    /// When it was answered last.
    pub at: Timestamp,
    /// How well.
    pub grade: Grade,
    /// The last answer was sure and wrong: it comes first.
    pub misled: bool,
    /// What FSRS knows of it.
    pub memory: Memory,
    /// When it comes back.
    pub due: Timestamp,
    /// How often it was answered.
    pub answers: u32,
    /// How often of these wrongly.
    pub lapses: u32,
}

impl Item {
    /// The chance to know it at `now`, 0 to 1.
    pub fn retrievability(&self, now: Timestamp) -> f32 {
        self.memory.retrievability(self.at, now)
    }

    /// It holds for three weeks and more.
    pub fn is_mastered(&self) -> bool {
        self.memory.stability >= MASTERED
    }

    /// Its last answer, or one in four of them at least, was wrong.
    pub const fn is_weak(&self) -> bool {
        matches!(self.grade, Grade::Again) || self.lapses.saturating_mul(4) > self.answers
    }
}

/// Days of stability from which an item counts as mastered: three weeks, as Anki calls a card mature. One lucky answer does
/// not reach it; right answers on different days do.
pub const MASTERED: f32 = 21.0;

/// Beliefs that stand in front of everything else.
const FIRST: usize = 10;

/// How many items come back, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Due already.
    pub now: usize,
    /// Within a day from now.
    pub tomorrow: usize,
    /// Within seven days from now, tomorrow's among them.
    pub week: usize,
}

/// Every item that was answered. It follows a learner's outcomes and holds nothing they do not.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    model: FSRS,
    /// Outcomes taken in.
    seen: usize,
    items: Vec<Item>,
    /// For each item its answers that are not worked out yet.
    pending: Vec<Vec<FSRSReview>>,
    /// The items of each family.
    families: Vec<(Family, Vec<usize>)>,
    /// Scenario id to its family.
    scenarios: HashMap<String, usize>,
    /// The attempt of the last outcome, its family, and where in that its item is: answers come in runs.
    run: Option<(AttemptId, usize, usize)>,
}

impl Schedule {
    /// The schedule that `outcomes` add up to.
    pub fn of(catalog: &Catalog, outcomes: &[Outcome]) -> Self {
        let mut schedule = Self::default();
        schedule.follow(catalog, outcomes);
        schedule
    }

    /// Takes in what was added to `outcomes` since it looked last.
    pub fn follow(&mut self, catalog: &Catalog, outcomes: &[Outcome]) {
        for outcome in outcomes.get(self.seen..).unwrap_or_default() {
            // What is disputed is not scored, and not reviewed.
            if outcome.mark.out_of > 0 {
                self.take(catalog, outcome);
            }
        }
        self.settle();
        self.seen = outcomes.len();
    }

    fn take(&mut self, catalog: &Catalog, outcome: &Outcome) {
        let (family, guess) = match self.run {
            Some((attempt, family, last)) if attempt == outcome.attempt => (family, last + 1),
            _ => (self.family(catalog, &outcome.scenario), 0),
        };
        let Some((name, places)) = self.families.get_mut(family) else { return };
        let is_it = |at: &usize| {
            places.get(*at).and_then(|place| self.items.get(*place)).is_some_and(|item| item.layer == outcome.layer)
        };
        // Rows are mostly answered in the order of the stack.
        let known = Some(guess).filter(is_it).or_else(|| (0..places.len()).find(is_it));
        let at = known.unwrap_or_else(|| {
            places.push(self.items.len());
            self.items.push(Item::unknown(name.clone(), outcome));
            self.pending.push(Vec::new());
            places.len() - 1
        });
        self.run = Some((outcome.attempt, family, at));
        let Some(place) = places.get(at) else { return };
        if let (Some(item), Some(pending)) = (self.items.get_mut(*place), self.pending.get_mut(*place)) {
            pending.push(item.answered(outcome));
        }
    }

    /// Works out what is known of the items that were answered, all answers of an item at once.
    fn settle(&mut self) {
        for (item, pending) in self.items.iter_mut().zip(&mut self.pending).filter(|(_, pending)| !pending.is_empty()) {
            let before = (item.answers as usize > pending.len()).then_some(item.memory);
            item.memory = Memory::after(&self.model, before, std::mem::take(pending));
            item.schedule(&self.model);
        }
    }

    /// The place of the scenario's family.
    fn family(&mut self, catalog: &Catalog, scenario: &str) -> usize {
        if let Some(place) = self.scenarios.get(scenario) {
            return *place;
        }
        let ladder = catalog.find(scenario).and_then(|line| line.ladder);
        let family =
            ladder.map_or_else(|| Family::Scenario(scenario.to_owned()), |ladder| Family::Ladder(ladder.to_owned()));
        let known = self.families.iter().position(|(known, _)| *known == family);
        let place = known.unwrap_or_else(|| {
            self.families.push((family, Vec::new()));
            self.families.len() - 1
        });
        self.scenarios.insert(scenario.to_owned(), place);
        place
    }

    /// A row of the scenario was answered.
    pub fn knows(&self, scenario: &str) -> bool {
        self.scenarios.contains_key(scenario)
    }

    /// Every item, in the order they were first answered.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The items due at `now`, the most urgent first.
    pub fn due(&self, now: Timestamp) -> Vec<&Item> {
        self.urgent(now, |item| item.due <= now)
    }

    /// The items that do not hold yet, the weakest first.
    pub fn weak(&self, now: Timestamp) -> Vec<&Item> {
        self.urgent(now, Item::is_weak)
    }

    /// Those that count: first a belief that is wrong, then what is most nearly forgotten, then what was asked first.
    ///
    /// Only [`FIRST`] beliefs stand in front and the rest of them at the end: who holds many and lets go of none would see
    /// nothing else, and forget what they know.
    fn urgent(&self, now: Timestamp, counts: impl Fn(&Item) -> bool) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.items.iter().filter(|item| counts(item)).collect();
        // Chances are never negative, and such floats are ordered as their bits are.
        items.sort_by_cached_key(|item| (!item.misled, item.retrievability(now).to_bits()));
        let misled = items.iter().take_while(|item| item.misled).count();
        if let Some(after) = items.get_mut(FIRST.min(misled)..) {
            after.rotate_left(misled.saturating_sub(FIRST));
        }
        items
    }

    /// How many of the items that `counts` come back, and when.
    pub fn forecast(&self, now: Timestamp, counts: impl Fn(&Item) -> bool) -> Forecast {
        let within = |days: i64| Timestamp(now.0.saturating_add(days * DAY));
        let mut sum = Forecast::default();
        for item in self.items.iter().filter(|item| counts(item)) {
            sum.now += usize::from(item.due <= now);
            sum.tomorrow += usize::from(item.due > now && item.due <= within(1));
            sum.week += usize::from(item.due > now && item.due <= within(7));
        }
        sum
    }

    /// The share of what was ever answered that should be known at `moment`, 0 to 1; none before the first answer.
    pub fn retention(&self, moment: Timestamp) -> Option<f32> {
        #[expect(clippy::cast_precision_loss, reason = "there are thousands of items at most")]
        let count = self.items.len() as f32;
        let sum: f32 = self.items.iter().map(|item| item.retrievability(moment)).sum();
        (!self.items.is_empty()).then(|| sum / count)
    }
}

impl Item {
    /// An item that nothing was said about yet.
    fn unknown(family: Family, outcome: &Outcome) -> Self {
        Self {
            family,
            layer: outcome.layer.clone(),
            scenario: outcome.scenario.clone(),
            lesson: outcome.lesson.clone(),
            model: outcome.model,
            at: outcome.at,
            grade: Grade::Again,
            misled: false,
            memory: Memory { stability: 0.0, difficulty: 0.0 },
            due: outcome.at,
            answers: 0,
            lapses: 0,
        }
    }

    /// Takes an answer; what FSRS must know of it.
    fn answered(&mut self, outcome: &Outcome) -> FSRSReview {
        self.grade = Grade::of(outcome, self.answers == 0);
        let review = memory::review(self.grade, days_between(self.at, outcome.at));
        self.at = outcome.at;
        self.misled = grade::misled(outcome);
        self.answers = self.answers.saturating_add(1);
        self.lapses = self.lapses.saturating_add(u32::from(self.grade == Grade::Again));
        if self.scenario != outcome.scenario {
            self.scenario.clone_from(&outcome.scenario);
            self.lesson.clone_from(&outcome.lesson);
            self.model = outcome.model;
        }
        review
    }

    /// Half a day early, as whole days are counted: what was answered at eight in the evening is due the next morning.
    fn schedule(&mut self, model: &FSRS) {
        self.due = Timestamp(self.at.0.saturating_add(self.memory.interval(model) * DAY - DAY / 2));
    }
}
