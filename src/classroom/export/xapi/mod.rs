//! Statements of the Experience API (xAPI 1.0.3, `xAPI-Data.md`), for a learning record store.
//!
//! A pure function of a class's records: the same records give the same statements with the same ids, so that sending
//! them again adds nothing. An attempt under way has none yet, because a statement cannot be changed once it is sent. Every
//! row of a finished attempt gives two `answered`, owner and control, about the questions that the other exports hold; the
//! attempt itself gives `completed`, and `passed` or `failed` where there is a pass mark. In order of time: that of the
//! roster would tell who is behind a pseudonym.

mod activity;
mod home;
mod id;
mod moment;
mod statement;

pub use home::{BadHome, Home};
pub use statement::{Statement, Verb};

use crate::course::{Course, Timestamp, Verdict, mark};

use super::{
    super::{AnswerKey, Assignment, Class, Given, Learner, Ledger, Run, Sat, Task, Try},
    question::Part,
};
use activity::Activities;
use statement::{Actor, Context, Outcome, Score};

/// Which statements, and what they call people and things.
pub struct About<'a> {
    /// Where accounts and activities are at home.
    pub home: &'a Home,
    /// The name of a learner's account: the login, or a pseudonym.
    pub account: &'a dyn Fn(&Learner) -> String,
    /// Of one assignment.
    pub assignment: Option<&'a str>,
}

/// The statements on what `class` did until `now`, in order of time.
///
/// Answers whose question has left the course or changed since are left out: nobody can say any more what they meant.
pub fn statements(
    class: &Class,
    course: &Course,
    ledger: &Ledger,
    (key, now): (&AnswerKey, Timestamp),
    about: &About<'_>,
) -> Vec<Statement> {
    let activities = Activities { home: about.home, class };
    let mut all = Vec::new();
    for (learner, assignment, standing) in ledger.everyone(class, key, now) {
        if about.assignment.is_some_and(|only| only != assignment.id) {
            continue;
        }
        let actor = Actor::new(about.home, (about.account)(learner));
        let sats = ledger.work(&learner.login).into_iter().flat_map(|work| &work.sittings);
        for sat in sats {
            let Some(one) = standing.tries.iter().find(|one| one.sitting == sat.id) else { continue };
            let attempt = Attempt { actor: &actor, activities: &activities, assignment, sat, one };
            all.extend(attempt.statements(course, key));
        }
    }
    all.sort_by(|one, other| (one.at(), one.id()).cmp(&(other.at(), other.id())));
    all
}

/// One statement a line, as JSON.
///
/// # Errors
/// When there is no memory to write them.
pub fn lines(statements: &[Statement]) -> serde_json::Result<String> {
    let line = |statement: &Statement| serde_json::to_string(statement).map(|text| text + "\n");
    statements.iter().map(line).collect()
}

/// One attempt of one learner.
struct Attempt<'a> {
    actor: &'a Actor,
    activities: &'a Activities<'a>,
    assignment: &'a Assignment,
    sat: &'a Sat,
    one: &'a Try,
}

impl Attempt<'_> {
    fn statements(&self, course: &Course, key: &AnswerKey) -> Vec<Statement> {
        let Some(done) = self.one.done else { return Vec::new() };
        let mut all = Vec::new();
        for scenario in self.sat.scenarios.iter().filter_map(|id| key.get(id)) {
            let Some(run) = self.sat.run(&scenario.id) else { continue };
            for layer in scenario.layers.iter().filter(|layer| !layer.contested) {
                let Some(given) = run.answer(&layer.id, self.one.ends) else { continue };
                if given.digest == layer.digest() {
                    all.extend(Part::BOTH.map(|part| self.answered(run, given, (scenario, layer, part))));
                }
            }
        }
        all.push(self.ended(Verb::Completed, done));
        all.extend(self.verdict(course).map(|verb| self.ended(verb, done)));
        all
    }

    fn answered(
        &self,
        run: &Run,
        given: &Given,
        (scenario, layer, part): (&crate::course::Scenario, &crate::course::Layer, Part),
    ) -> Statement {
        let mark = given.mark.clone().unwrap_or_else(|| mark(layer, &given.said));
        let (success, points) = match part {
            Part::Owner => (mark.owner, mark.owner),
            Part::Control => (mark.control, mark.control && !given.said.struck),
        };
        let response = match part {
            Part::Owner => given.said.owner.word().to_owned(),
            Part::Control => super::question::control_id(given.said.control),
        };
        let assignment = self.activities.assignment(self.assignment);
        let result = Outcome {
            success: Some(success),
            response: Some(response),
            score: Some(Score::of(u32::from(points), 1)),
            duration: Some(moment::duration(given.at.since(before(run, given)))),
            ..Outcome::default()
        };
        Statement::new(
            (&self.actor.named(&[&run.id.to_string(), &layer.id, part.word()]), given.at),
            (self.actor, Verb::Answered),
            self.activities.question(scenario, layer, part),
            result,
            self.context(vec![assignment], vec![self.activities.scenario(scenario), self.activities.class()]),
        )
    }

    /// A statement on the attempt as a whole.
    fn ended(&self, verb: Verb, done: Timestamp) -> Statement {
        let success = match verb {
            Verb::Passed => Some(true),
            Verb::Failed => Some(false),
            Verb::Answered | Verb::Completed => None,
        };
        let result = Outcome {
            success,
            completion: Some(true),
            score: (self.one.out_of > 0).then(|| Score::of(self.one.points, self.one.out_of)),
            duration: Some(moment::duration(done.since(self.one.began))),
            extensions: self.activities.lateness(self.one),
            ..Outcome::default()
        };
        Statement::new(
            (&self.actor.named(&[&self.sat.id.to_string(), verb.word()]), done),
            (self.actor, verb),
            self.activities.assignment(self.assignment),
            result,
            self.context(vec![self.activities.class()], Vec::new()),
        )
    }

    /// Whether the pass mark was reached, where there is one: in a lesson's checkpoint.
    fn verdict(&self, course: &Course) -> Option<Verb> {
        let Task::Checkpoint(lesson) = &self.assignment.task else { return None };
        let checkpoint = course.lesson(lesson)?.checkpoint.as_ref()?;
        Some(match checkpoint.verdict(self.one.points, self.one.out_of) {
            Verdict::Passed => Verb::Passed,
            Verdict::Failed => Verb::Failed,
        })
    }

    fn context(&self, parent: Vec<activity::Activity>, grouping: Vec<activity::Activity>) -> Context {
        Context::new(self.actor.named(&[&self.sat.id.to_string()]), parent, grouping)
    }
}

/// When whoever gave this answer had given the one before, or began.
fn before(run: &Run, given: &Given) -> Timestamp {
    let earlier = run.answers.iter().filter(|other| other.at < given.at).map(|other| other.at);
    earlier.max().unwrap_or(run.at)
}
