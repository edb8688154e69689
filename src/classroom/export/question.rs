//! The two questions of a scored row, in no format yet.

use crate::course::{Layer, Owner, Scenario};

use super::{
    markup::blocks,
    tree::{Element, Node},
};

/// What is asked about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Whose the task is.
    Owner,
    /// What is left to do about it.
    Control,
}

impl Part {
    pub(super) const BOTH: [Self; 2] = [Self::Owner, Self::Control];

    /// The word that ends a question's id.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Control => "control",
        }
    }

    /// The question in words; the task stands before it.
    pub(super) const fn asks(self) -> &'static str {
        match self {
            Self::Owner => "Whose task is it, in this setup?",
            Self::Control => "What is left for the customer to do about it?",
        }
    }
}

/// One question, worth a point.
#[derive(Debug)]
pub(super) struct Question<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) layer: &'s Layer,
    pub(super) part: Part,
}

/// One of its answers; one of them is right.
#[derive(Debug)]
pub(super) struct Choice {
    /// Unique in its question.
    pub(super) id: String,
    pub(super) words: Vec<Node>,
    pub(super) right: bool,
    pub(super) why: Vec<Node>,
}

/// The questions of the rows that are scored, top of the stack first.
pub(super) fn questions(scenario: &Scenario) -> impl Iterator<Item = Question<'_>> {
    let scored = scenario.layers.iter().filter(|layer| !layer.contested);
    scored.flat_map(move |layer| Part::BOTH.map(|part| Question { scenario, layer, part }))
}

/// `shop.image.owner`: it stays while the ids of scenario and layer do.
pub(super) fn question_id(scenario: &str, layer: &str, part: Part) -> String {
    format!("{scenario}.{layer}.{}", part.word())
}

/// Id of the control at this place of the file.
pub(super) fn control_id(place: usize) -> String {
    format!("control-{}", place + 1)
}

/// An owner as an answer.
pub(super) const fn owner_words(owner: Owner) -> &'static str {
    match owner {
        Owner::Customer => "The customer's",
        Owner::Provider => "The provider's",
    }
}

impl Question<'_> {
    pub(super) fn id(&self) -> String {
        question_id(&self.scenario.id, &self.layer.id, self.part)
    }

    pub(super) fn title(&self) -> String {
        format!("{}: {}: {}", self.scenario.title, self.layer.label, self.part.word())
    }

    /// The task, as a paragraph or more.
    pub(super) fn task(&self) -> Vec<Node> {
        blocks(&self.layer.task)
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        match self.part {
            Part::Owner => [Owner::Customer, Owner::Provider].map(|owner| self.owner(owner)).into(),
            Part::Control => {
                let control = |(place, control): (usize, &crate::course::Control)| Choice {
                    id: control_id(place),
                    words: blocks(&control.text),
                    right: control.correct,
                    why: blocks(&control.why),
                };
                self.layer.controls.iter().enumerate().map(control).collect()
            }
        }
    }

    /// Both sides are told whose it is and why.
    fn owner(&self, owner: Owner) -> Choice {
        let right = owner == self.layer.owner;
        let verdict = match (right, self.layer.owner) {
            (true, Owner::Customer) => "Yes, the customer's.",
            (true, Owner::Provider) => "Yes, the provider's.",
            (false, Owner::Customer) => "No, it is the customer's: left to the provider it is done by nobody.",
            (false, Owner::Provider) => "No, it is the provider's: what you would do about it is wasted.",
        };
        let verdict = Element::new("p").holding([Element::new("strong").saying(verdict)]);
        let why = std::iter::once(verdict.into()).chain(blocks(&self.layer.why)).collect();
        let words = vec![Element::new("p").saying(owner_words(owner)).into()];
        Choice { id: owner.word().to_owned(), words, right, why }
    }
}
