//! A class that never met: the work of made-up learners, for rehearsal and for tests.
//!
//! Each learner believes something about the line and has habits, both dealt out by a seed; their answers are worked through
//! `course::Attempt`, as a session does it, so that the records are those that the program itself would have made. The same
//! class, course, number and seed give the same records on every machine.

mod belief;
mod desk;
mod people;

use std::time::Duration;

use crate::course::{Course, Record, Timestamp};

use super::{AnswerKey, Class, Learner};

pub use belief::{Plant, PlantError};
pub use people::made_up;

use belief::Belief;
use desk::{Desk, Habit};

/// What a simulation takes place in.
#[derive(Clone, Copy, Debug)]
pub struct Rehearsal<'a> {
    /// The class, whose dates the work keeps to.
    pub class: &'a Class,
    /// The course.
    pub course: &'a Course,
    /// Its scenarios.
    pub key: &'a AnswerKey,
    /// Rows that are not what they seem.
    pub plants: &'a [Plant],
    /// Where a class has no dates, its work ends now.
    pub now: Timestamp,
}

/// How long an assignment without dates is taken to be open.
const WEEK: Duration = Duration::from_hours(7 * 24);

/// The records of the first `count` learners of the class, each with their login, by the names of chance that `seed` gives.
pub fn simulate(rehearsal: &Rehearsal<'_>, count: usize, seed: u64) -> Vec<(String, Vec<Record>)> {
    let learners = rehearsal.class.learners.iter().take(count).enumerate();
    learners.map(|(place, learner)| (learner.login.clone(), work(rehearsal, (place, learner), seed))).collect()
}

fn work(rehearsal: &Rehearsal<'_>, (place, learner): (usize, &Learner), seed: u64) -> Vec<Record> {
    let belief = Belief::dealt(place, rehearsal.course);
    let mut desk = Desk::new(rehearsal, learner, belief, (place, seed));
    for (number, assignment) in rehearsal.class.set_for(learner).enumerate() {
        desk.work_on(assignment, Habit::dealt(place, number));
    }
    desk.records()
}

#[cfg(test)]
mod tests;
