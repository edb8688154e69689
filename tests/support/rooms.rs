//! A class that the learner of the tests is in, and what its instructor does.

use std::{sync::Arc, time::Duration};

use jiff::tz::TimeZone;
use respline::{
    app::{Input, Room},
    classroom::{
        Act, Assignment, Away, Class, ClassEntry, ClassRecord, Counts, Feedback, Late, Learner, Rules, SeedRule, Task,
    },
    course::{RecordKey, Timestamp},
};

use super::program::LEARNER;

/// When a program started as session 1 begins.
pub(crate) const BEGIN: Timestamp = Timestamp(1_000_000);

/// So many minutes after that.
pub(crate) const fn minute(minutes: i64) -> Timestamp {
    Timestamp(BEGIN.0 + minutes * 60_000)
}

/// An exam of one scenario with a limit of 40 minutes, open now, closing after ten hours.
pub(crate) fn exam(scenario: &str) -> Assignment {
    Assignment {
        id: "lab".into(),
        title: "Lab 2".into(),
        task: Task::Scenarios(vec![scenario.into()]),
        mode: Rules::Exam,
        opens: None,
        due: Some(minute(300)),
        closes: Some(minute(600)),
        late: Late { per_day: 10, floor: 50 },
        attempts: Some(1),
        counts: Counts::Best,
        time_limit: Some(Duration::from_mins(40)),
        away: Away::Runs,
        seed: SeedRule::Same,
        feedback: Feedback::AfterHandIn,
        weight: 1,
        sections: Vec::new(),
        groups: Vec::new(),
    }
}

/// The same under practice rules, without a limit.
pub(crate) fn practice(scenario: &str) -> Assignment {
    Assignment {
        id: "homework".into(),
        title: "Homework".into(),
        mode: Rules::Practice,
        attempts: None,
        time_limit: None,
        feedback: Feedback::AtOnce,
        ..exam(scenario)
    }
}

/// The class with these assignments, and nothing done yet.
pub(crate) fn class(assignments: Vec<Assignment>) -> Class {
    let learner =
        |login: &str| Learner { id: login.into(), login: login.into(), name: login.into(), ..Learner::default() };
    Class {
        hand_in_key: None,
        id: "autumn".into(),
        title: "Cloud security, autumn".into(),
        zone: TimeZone::UTC,
        join_code: None,
        learners: vec![learner(LEARNER), learner("bo")],
        groups: Vec::new(),
        instructors: Vec::new(),
        hide_names: false,
        retention: None,
        assignments,
    }
}

/// The class as a session holds it.
pub(crate) fn room(assignments: Vec<Assignment>) -> Room {
    Room::new(Arc::new(class(assignments)))
}

/// An act of the instructor, number `seq` of them.
pub(crate) fn act(seq: u32, at: Timestamp, act: Act) -> ClassRecord {
    let key = RecordKey { origin: 77, seq };
    ClassRecord { key, at, entry: ClassEntry { by: "kim".into(), act } }
}

/// The same, as a session is told of it.
pub(crate) fn told(seq: u32, at: Timestamp, what: Act) -> Input {
    Input::Acts { class: "autumn".into(), acts: vec![act(seq, at, what)] }
}
