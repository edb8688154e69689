//! Learners of a known kind: what each of them says about a row.

use std::collections::HashMap;

use respline::course::{Layer, Owner, RowRef, Seeds};

/// The belief that one of them holds.
pub(crate) const BELIEF: &str = "managed-means-secured";

/// Days until a learner who forgets would still know half of what was explained once; each further time doubles it.
const HALF_LIFE: f64 = 6.0;

/// What a simulated learner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    KnowsAll,
    /// Guesses, whatever is explained.
    KnowsNothing,
    /// Knows all but what one pitfall hides, and does not let go of it.
    Believes,
    /// Leaves everything to the provider.
    OverTrusts,
    /// Knows what was explained, for as long as a half-life that doubles with each time says.
    Forgets,
}

/// A simulated learner.
pub(crate) struct Learner {
    pub(crate) kind: Kind,
    chance: Seeds,
    /// Row to the day it was explained last, and how often it was.
    memory: HashMap<RowRef, (f64, i32)>,
}

impl Learner {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, chance: Seeds::new(kind as u64 + 11), memory: HashMap::new() }
    }

    /// The owner said and the control chosen, by its place in file order.
    pub(crate) fn says(&mut self, row: &RowRef, layer: &Layer, day: f64) -> (Owner, usize) {
        let right = (layer.owner, layer.right_control());
        let recalls = self.recalls(row, day);
        let guesses = self.kind == Kind::KnowsNothing || self.kind == Kind::Forgets && !recalls;
        let said = match self.kind {
            _ if guesses => self.guess(layer),
            Kind::Believes => believed(layer).map_or(right, |control| (Owner::Provider, control)),
            Kind::OverTrusts if layer.owner == Owner::Customer => (Owner::Provider, wrong(layer)),
            Kind::KnowsAll | Kind::KnowsNothing | Kind::OverTrusts | Kind::Forgets => right,
        };
        let times = self.memory.get(row).map_or(0, |(_, times)| *times);
        self.memory.insert(row.clone(), (day, times + 1));
        said
    }

    /// The chance that it recalls a row on a day.
    pub(crate) fn truth(&self, row: &RowRef, day: f64) -> f64 {
        self.memory.get(row).map_or(0.0, |(last, times)| {
            let half_life = HALF_LIFE * 2.0_f64.powi(times - 1);
            0.5_f64.powf((day - last) / half_life)
        })
    }

    fn recalls(&mut self, row: &RowRef, day: f64) -> bool {
        let chance = self.truth(row, day);
        let drawn = u32::try_from(self.chance.below(1_000_000)).expect("below a million");
        f64::from(drawn) / 1e6 < chance
    }

    fn guess(&mut self, layer: &Layer) -> (Owner, usize) {
        let owner = if self.chance.below(2) == 0 { Owner::Customer } else { Owner::Provider };
        (owner, self.chance.below(layer.controls.len()))
    }
}

/// The control that shows the belief, where the row offers it.
pub(crate) fn believed(layer: &Layer) -> Option<usize> {
    layer.controls.iter().position(|control| control.trap.as_deref() == Some(BELIEF))
}

fn wrong(layer: &Layer) -> usize {
    layer.controls.iter().position(|control| !control.correct).expect("a wrong control")
}
