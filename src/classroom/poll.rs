//! A row that is put to the room: what each learner answered, and what the room is told of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::course::{Owner, RecordKey, Said, Timestamp};

use super::work::Given;

/// A row that was put to the room.
#[derive(Clone, Debug, PartialEq)]
pub struct Poll {
    /// Its name: the key of the record that opened it.
    pub id: RecordKey,
    /// When it was opened.
    pub at: Timestamp,
    /// Scenario id.
    pub scenario: String,
    /// Layer id.
    pub layer: String,
    /// When it was revealed.
    pub revealed: Option<Timestamp>,
    /// When it was taken from the screens.
    pub closed: Option<Timestamp>,
    /// The last answer of each learner before it was revealed, by login. A learner's session holds their own only.
    pub answers: BTreeMap<String, Given>,
    /// What the room was told when it was revealed.
    pub votes: Votes,
}

/// How many answered what. The record that reveals a poll carries it, since a learner's session sees nobody else's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Votes {
    /// Said that it is the customer's.
    #[serde(default)]
    pub customer: u32,
    /// Said that it is the provider's.
    #[serde(default)]
    pub provider: u32,
    /// Chose each control, in file order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<u32>,
}

/// More controls than any layer has: an answer that names one beyond counts for its owner alone.
const MOST_CONTROLS: usize = 16;

impl Poll {
    /// It is on the screens.
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// It still takes answers.
    pub const fn takes_answers(&self) -> bool {
        self.closed.is_none() && self.revealed.is_none()
    }

    /// An answer given at `at` counts. By time, because a reader may know of the end before it reads the answers.
    pub fn counts(&self, at: Timestamp) -> bool {
        [self.revealed, self.closed].into_iter().flatten().all(|end| at < end)
    }

    /// What was answered so far, as far as this session knows.
    pub fn count(&self) -> Votes {
        Votes::of(self.answers.values().map(|given| &given.said))
    }

    /// What the learner who logs in with `login` answered.
    pub fn answer(&self, login: &str) -> Option<&Given> {
        self.answers.get(&login.to_lowercase())
    }
}

impl Votes {
    /// Counts answers.
    pub fn of<'a>(answers: impl IntoIterator<Item = &'a Said>) -> Self {
        let mut votes = Self::default();
        for said in answers {
            match said.owner {
                Owner::Customer => votes.customer += 1,
                Owner::Provider => votes.provider += 1,
            }
            if said.control < MOST_CONTROLS {
                let wanted = votes.controls.len().max(said.control + 1);
                votes.controls.resize(wanted, 0);
                votes.controls.iter_mut().skip(said.control).take(1).for_each(|count| *count += 1);
            }
        }
        votes
    }

    /// How many answered.
    pub const fn all(&self) -> u32 {
        self.customer.saturating_add(self.provider)
    }

    /// How many chose the control at this place of the file.
    pub fn control(&self, place: usize) -> u32 {
        self.controls.get(place).copied().unwrap_or_default()
    }

    /// Nobody answered.
    pub(super) const fn is_empty(&self) -> bool {
        self.all() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(owner: Owner, control: usize) -> Said {
        Said { owner, control, unsure: false, hints: 0, struck: false }
    }

    #[test]
    fn votes_are_counted_by_owner_and_by_control() {
        let answers = [said(Owner::Customer, 2), said(Owner::Provider, 0), said(Owner::Customer, usize::MAX)];
        let votes = Votes::of(&answers);
        assert_eq!((votes.customer, votes.provider, votes.all()), (2, 1, 3));
        assert_eq!(votes.controls, [1, 0, 1], "a control that no layer has is not counted");
        assert_eq!((votes.control(2), votes.control(9)), (1, 0));
    }
}
