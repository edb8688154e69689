//! A statement: who did what to which activity, with which result, in which context.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::course::Timestamp;

use super::{
    Home,
    activity::{Activity, Words},
    id::uuid,
    moment::moment,
};

/// A statement, ready to be written as JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    id: String,
    #[serde(serialize_with = "moment")]
    timestamp: Timestamp,
    actor: Actor,
    verb: Spoken,
    object: Activity,
    result: Outcome,
    context: Context,
}

impl Statement {
    pub(super) fn new(
        (name, at): (&str, Timestamp),
        (actor, verb): (&Actor, Verb),
        object: Activity,
        result: Outcome,
        context: Context,
    ) -> Self {
        let verb = Spoken { id: verb.address(), display: [("en", verb.word().to_owned())].into() };
        Self { id: name.to_owned(), timestamp: at, actor: actor.clone(), verb, object, result, context }
    }

    /// Its id, a UUID.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When it happened.
    pub const fn at(&self) -> Timestamp {
        self.timestamp
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// A question was answered.
    Answered,
    /// An attempt was handed in, by the learner or by the clock.
    Completed,
    /// It reached the pass mark.
    Passed,
    /// It did not.
    Failed,
}

impl Verb {
    /// The verb in English.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Completed => "completed",
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }

    /// What it is known by: those of ADL's vocabulary.
    const fn address(self) -> &'static str {
        match self {
            Self::Answered => "http://adlnet.gov/expapi/verbs/answered",
            Self::Completed => "http://adlnet.gov/expapi/verbs/completed",
            Self::Passed => "http://adlnet.gov/expapi/verbs/passed",
            Self::Failed => "http://adlnet.gov/expapi/verbs/failed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Spoken {
    id: &'static str,
    display: Words,
}

/// Who did it: an account, and nothing else that would name a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Actor {
    object_type: &'static str,
    account: Account,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    home_page: String,
    name: String,
}

impl Actor {
    pub(super) fn new(home: &Home, name: String) -> Self {
        Self { object_type: "Agent", account: Account { home_page: home.to_string(), name } }
    }

    /// The id of something that this account did. The account is part of it: with and without pseudonyms it is another
    /// statement, which must not have the same id and must not tell who it is.
    pub(super) fn named(&self, parts: &[&str]) -> String {
        let Account { home_page, name } = &self.account;
        uuid(&format!("{home_page}/respline/xapi/{name}/{}", parts.join("/")))
    }
}

/// What came of it; xAPI's `result`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Outcome {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) success: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) completion: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) response: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<Score>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extensions: Option<BTreeMap<String, f64>>,
}

/// Points reached and points there were.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Score {
    scaled: f64,
    raw: u32,
    min: u32,
    max: u32,
}

impl Score {
    /// Points of so many, at least one.
    pub(super) fn of(points: u32, max: u32) -> Self {
        Self { scaled: f64::from(points.min(max)) / f64::from(max.max(1)), raw: points.min(max), min: 0, max }
    }
}

/// In which attempt, and as a part of what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Context {
    registration: String,
    platform: &'static str,
    language: &'static str,
    #[serde(rename = "contextActivities")]
    around: Around,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Around {
    parent: Vec<Activity>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grouping: Vec<Activity>,
}

impl Context {
    pub(super) const fn new(registration: String, parent: Vec<Activity>, grouping: Vec<Activity>) -> Self {
        Self { registration, platform: "respline", language: "en", around: Around { parent, grouping } }
    }
}
