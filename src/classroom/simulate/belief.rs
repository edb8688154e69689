//! What a made-up learner takes to be right, and what they therefore answer.

use crate::course::{Course, Layer, Owner, Seeds};

use super::AnswerKey;

/// A row that is not what it seems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plant {
    /// The key is wrong: whoever knows the matter answers otherwise.
    WrongKey {
        /// Scenario id.
        scenario: String,
        /// Layer id.
        layer: String,
    },
    /// It can be read in two ways: of those who know, half answer otherwise.
    Ambiguous {
        /// Scenario id.
        scenario: String,
        /// Layer id.
        layer: String,
    },
}

/// Why a row cannot be planted.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum PlantError {
    /// It is not written as a row is.
    #[error("'{0}' names no row")]
    Form(String),
    /// The class is not set this scenario.
    #[error("the class is not set the scenario '{0}'")]
    Scenario(String),
    /// The scenario has no such layer.
    #[error("the scenario '{scenario}' has no layer '{layer}'")]
    Layer {
        /// Scenario id.
        scenario: String,
        /// Layer id.
        layer: String,
    },
}

impl PlantError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Form(_) => "write SCENARIO/LAYER, two ids",
            Self::Scenario(_) => "name a scenario of one of its assignments",
            Self::Layer { .. } => "respline line SCENARIO --format json tells its layers",
        }
    }
}

impl Plant {
    /// The row that `SCENARIO/LAYER` names, as scenario and layer.
    ///
    /// # Errors
    /// When it names none that the class is set.
    pub fn row(text: &str, key: &AnswerKey) -> Result<(String, String), PlantError> {
        let (scenario, layer) = text.split_once('/').ok_or_else(|| PlantError::Form(text.to_owned()))?;
        let known = key.get(scenario).ok_or_else(|| PlantError::Scenario(scenario.to_owned()))?;
        let row = (scenario.to_owned(), layer.to_owned());
        match known.layer(layer) {
            Some(_) => Ok(row),
            None => Err(PlantError::Layer { scenario: row.0, layer: row.1 }),
        }
    }

    fn is(&self, row: (&str, &str)) -> bool {
        let (Self::WrongKey { scenario, layer } | Self::Ambiguous { scenario, layer }) = self;
        (scenario.as_str(), layer.as_str()) == row
    }
}

/// What a learner holds to be true of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Belief {
    /// Nearly everything as it is.
    Knows,
    /// Most of it.
    Solid,
    /// Nothing: every answer is a guess.
    Guesses,
    /// A pitfall, by its id, where a row offers it.
    Pitfall(String),
    /// That the provider does what is not said otherwise.
    OverTrusts,
    /// Nearly everything at first, less and less towards the end.
    Tires,
}

/// An answer to both questions of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) owner: Owner,
    /// Place of the control in the file.
    pub(super) control: usize,
    /// It was a guess.
    pub(super) guessed: bool,
}

impl Belief {
    /// The belief of the learner at this place: some of each kind in every ten.
    pub(super) fn dealt(place: usize, course: &Course) -> Self {
        match place % 10 {
            0 | 6 => Self::Knows,
            2 => Self::OverTrusts,
            4 => Self::Guesses,
            8 => Self::Tires,
            1 | 5 => {
                let pitfall = course.pitfalls.get((place / 10 * 2 + place % 10 / 5) % course.pitfalls.len().max(1));
                pitfall.map_or(Self::Solid, |pitfall| Self::Pitfall(pitfall.id.clone()))
            }
            _ => Self::Solid,
        }
    }

    /// How likely they know a row, in a thousand, when so much of the work is done (in a thousand).
    const fn sureness(&self, done: u64) -> u64 {
        match self {
            Self::Knows => 980,
            Self::Guesses => 0,
            Self::Tires => 970 - done * 6 / 10,
            Self::OverTrusts => 850,
            Self::Solid | Self::Pitfall(_) => 830,
        }
    }

    /// What they answer to `layer`, of which this is true.
    pub(super) fn answer(&self, layer: &Layer, truth: (Owner, usize), done: u64, chance: &mut Seeds) -> Answer {
        let knows = chance.draw() % 1_000 < self.sureness(done).saturating_sub(hardness(layer));
        let trapped = self.trapped(layer, chance);
        match trapped {
            Some(control) => Answer { owner: self.giver(layer, chance), control, guessed: false },
            None if knows => Answer { owner: truth.0, control: truth.1, guessed: false },
            None => guess(layer, truth, self == &Self::Guesses, chance),
        }
    }

    /// The wrong control that their belief makes them choose.
    fn trapped(&self, layer: &Layer, chance: &mut Seeds) -> Option<usize> {
        let (falls, wanted) = match self {
            Self::Pitfall(pitfall) => (850, Some(pitfall)),
            Self::OverTrusts if layer.owner == Owner::Customer => (600, None),
            _ => return None,
        };
        let trap = |control: &crate::course::Control| match wanted {
            Some(wanted) => control.trap.as_ref() == Some(wanted),
            None => control.trap.is_some(),
        };
        layer
            .controls
            .iter()
            .position(|control| !control.correct && trap(control))
            .filter(|_| chance.draw() % 1_000 < falls)
    }

    /// Whom they give a row to whose control they got wrong.
    fn giver(&self, layer: &Layer, chance: &mut Seeds) -> Owner {
        match self {
            Self::OverTrusts => Owner::Provider,
            _ if chance.draw() % 10 < 6 => Owner::Provider,
            _ => layer.owner,
        }
    }
}

/// What is true of a row, as far as this learner can know.
pub(super) fn truth(plants: &[Plant], row: (&str, &Layer), chance: &mut Seeds) -> (Owner, usize) {
    let (scenario, layer) = row;
    let right = layer.right_control();
    let other = || {
        let wrong = layer.controls.iter().position(|control| !control.correct).unwrap_or(right);
        (layer.owner.other(), wrong)
    };
    match plants.iter().find(|plant| plant.is((scenario, &layer.id))) {
        Some(Plant::WrongKey { .. }) => other(),
        Some(Plant::Ambiguous { .. }) if chance.draw().is_multiple_of(2) => other(),
        _ => (layer.owner, right),
    }
}

/// What a row takes from anyone's sureness, in a thousand: its own, the same for all.
fn hardness(layer: &Layer) -> u64 {
    layer.digest().0 % 200
}

/// One who half knows has the owner right more often than not; one who knows nothing has not.
fn guess(layer: &Layer, truth: (Owner, usize), blind: bool, chance: &mut Seeds) -> Answer {
    let even = |chance: &mut Seeds| if chance.draw().is_multiple_of(2) { Owner::Customer } else { Owner::Provider };
    let owner = if blind || chance.draw().is_multiple_of(2) { even(chance) } else { truth.0 };
    Answer { owner, control: chance.below(layer.controls.len()), guessed: true }
}
