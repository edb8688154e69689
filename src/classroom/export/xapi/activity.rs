//! What statements are about: a question, a scenario, an assignment, a class.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    course::{Layer, Owner, Scenario},
    document::{Document, plain},
};

use super::{
    super::{
        super::{Assignment, Class, Try},
        question::{Part, control_id, owner_words},
    },
    Home,
};

/// Words in the one language of the course.
pub(super) type Words = BTreeMap<&'static str, String>;

/// What a statement is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Activity {
    object_type: &'static str,
    id: String,
    definition: Definition,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Definition {
    #[serde(rename = "type")]
    kind: &'static str,
    name: Words,
    #[serde(flatten)]
    question: Option<Question>,
}

/// What a question offers, and what is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    description: Words,
    interaction_type: &'static str,
    choices: Vec<Choice>,
    correct_responses_pattern: [String; 1],
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Choice {
    id: String,
    description: Words,
}

/// The activities of a class, each with an address under one home.
pub(super) struct Activities<'a> {
    pub(super) home: &'a Home,
    pub(super) class: &'a Class,
}

impl Activities<'_> {
    fn id(&self, path: &str) -> String {
        format!("{}/respline/{path}", self.home)
    }

    pub(super) fn class(&self) -> Activity {
        let id = self.id(&format!("classes/{}", self.class.id));
        activity(id, "http://adlnet.gov/expapi/activities/course", &self.class.title, None)
    }

    pub(super) fn assignment(&self, assignment: &Assignment) -> Activity {
        let id = self.id(&format!("classes/{}/{}", self.class.id, assignment.id));
        activity(id, "http://adlnet.gov/expapi/activities/assessment", &assignment.title, None)
    }

    pub(super) fn scenario(&self, scenario: &Scenario) -> Activity {
        let id = self.id(&format!("scenarios/{}", scenario.id));
        activity(id, "http://adlnet.gov/expapi/activities/module", &scenario.title, None)
    }

    pub(super) fn question(&self, scenario: &Scenario, layer: &Layer, part: Part) -> Activity {
        let id = self.id(&format!("scenarios/{}/{}/{}", scenario.id, layer.id, part.word()));
        let name = format!("{}: {}", layer.label, part.word());
        let (choices, right) = match part {
            Part::Owner => (owners(), layer.owner.word().to_owned()),
            Part::Control => (controls(layer), control_id(layer.right_control())),
        };
        let question = Question {
            description: words(&format!("{}: {}", said(&layer.task), part.asks())),
            interaction_type: "choice",
            choices,
            correct_responses_pattern: [right],
        };
        activity(id, "http://adlnet.gov/expapi/activities/cmi.interaction", &name, Some(question))
    }

    /// What lateness cost an attempt, in per cent of the points there were; nothing where it cost nothing.
    pub(super) fn lateness(&self, one: &Try) -> Option<BTreeMap<String, f64>> {
        let penalty = f64::from(one.penalty.hundredths()) / 100.0;
        (penalty > 0.0).then(|| [(self.id("xapi/late-penalty"), penalty)].into())
    }
}

fn activity(id: String, kind: &'static str, name: &str, question: Option<Question>) -> Activity {
    Activity { object_type: "Activity", id, definition: Definition { kind, name: words(name), question } }
}

fn owners() -> Vec<Choice> {
    let choice = |owner: Owner| Choice { id: owner.word().to_owned(), description: words(owner_words(owner)) };
    [Owner::Customer, Owner::Provider].map(choice).into()
}

fn controls(layer: &Layer) -> Vec<Choice> {
    let texts = layer.controls.iter().enumerate();
    texts.map(|(place, one)| Choice { id: control_id(place), description: words(&said(&one.text)) }).collect()
}

/// Markdown in words, on one line.
fn said(markdown: &str) -> String {
    plain(&Document::parse(markdown).0, &|_| String::new()).trim_end().to_owned()
}

fn words(text: &str) -> Words {
    [("en", crate::document::printable(text).replace('\n', " "))].into()
}
