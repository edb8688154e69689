//! A room in which things happen at given minutes, and a key small enough to reckon with by hand.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::tz::TimeZone;
use respline::{
    classroom::{
        Act, AnswerKey, Assignment, Away, Class, ClassEntry, ClassRecord, Counts, Feedback, Late, Learner, Ledger,
        Rules, SeedRule, Standing, Task,
    },
    course::{
        Cloud, Control, Entry, Layer, Mode, Model, Order, Owner, Record, RecordKey, Said, Scenario, Timestamp, mark,
    },
};

/// So many minutes after the class began.
pub(crate) const fn minute(minutes: i64) -> Timestamp {
    Timestamp(1_800_000_000_000 + minutes * 60_000)
}

/// A scenario of rows `a`, `b`, …: all the customer's, the second control right; the last one contested where it is asked for.
pub(crate) fn scenario(id: &str, rows: usize, contested: bool) -> Arc<Scenario> {
    let control = |text: &str, correct| Control { text: text.into(), correct, trap: None, why: String::new() };
    let layer = |place: usize| Layer {
        id: char::from(b'a' + u8::try_from(place).unwrap()).to_string(),
        label: String::new(),
        subject: "row".into(),
        task: format!("Do {place}"),
        owner: Owner::Customer,
        threat: None,
        pair: None,
        contested: contested && place + 1 == rows,
        why: String::new(),
        hints: Vec::new(),
        controls: vec![control("no", false), control("yes", true)],
        breach: None,
    };
    Arc::new(Scenario {
        id: id.into(),
        title: id.into(),
        lesson: "8.1".into(),
        level: 1,
        model: Model::Iaas,
        cloud: Cloud::Any,
        ladder: None,
        story: String::new(),
        sources: Vec::new(),
        layers: (0..rows).map(layer).collect(),
    })
}

pub(crate) fn key() -> AnswerKey {
    [scenario("one", 4, false), scenario("two", 3, true)].map(|one| (one.id.clone(), one)).into()
}

/// An assignment of the scenario `one` under exam rules, without dates.
pub(crate) fn exam() -> Assignment {
    Assignment {
        id: "exam".into(),
        title: "Exam".into(),
        task: Task::Scenarios(vec!["one".into()]),
        mode: Rules::Exam,
        opens: None,
        due: None,
        closes: None,
        late: Late::default(),
        attempts: Some(1),
        counts: Counts::Best,
        time_limit: None,
        away: Away::Runs,
        seed: SeedRule::Same,
        feedback: Feedback::AfterHandIn,
        weight: 1,
        sections: Vec::new(),
        groups: Vec::new(),
    }
}

pub(crate) fn learner(login: &str) -> Learner {
    Learner { id: format!("id-{login}"), login: login.into(), name: login.into(), ..Learner::default() }
}

/// A class of `learners` that is set `assignments`.
pub(crate) fn class(learners: Vec<Learner>, assignments: Vec<Assignment>) -> Class {
    Class {
        id: "c".into(),
        title: "C".into(),
        zone: TimeZone::UTC,
        join_code: None,
        learners,
        groups: Vec::new(),
        instructors: Vec::new(),
        hide_names: false,
        retention: None,
        hand_in_key: None,
        assignments,
    }
}

/// What happened.
pub(crate) struct Room {
    pub(crate) ledger: Ledger,
    next: u32,
    /// Where each attempt stands: its sitting and its runs.
    runs: BTreeMap<(RecordKey, String), RecordKey>,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self { ledger: Ledger::new("c"), next: 0, runs: BTreeMap::new() }
    }

    fn key(&mut self) -> RecordKey {
        self.next += 1;
        RecordKey { origin: 1, seq: self.next }
    }

    pub(crate) fn record(&mut self, login: &str, at: Timestamp, entry: Entry) -> RecordKey {
        let key = self.key();
        self.ledger.record(login, &Record { key, at, entry });
        key
    }

    pub(crate) fn act(&mut self, minutes: i64, act: Act) -> RecordKey {
        let key = self.key();
        self.ledger.act(ClassRecord { key, at: minute(minutes), entry: ClassEntry { by: "kim".into(), act } });
        key
    }

    /// Begins an attempt, and every scenario of it.
    pub(crate) fn begin(&mut self, login: &str, assignment: &Assignment, minutes: i64) -> RecordKey {
        let class = class(Vec::new(), Vec::new());
        let sat = class.sit_down(assignment, &super::class::course(), (login, 0), |_| 0).expect("it can be begun");
        let Entry::SatDown { scenarios, .. } = sat.clone() else { panic!("{sat:?}") };
        let sitting = self.record(login, minute(minutes), sat);
        let mode = if assignment.mode == Rules::Exam { Mode::Checkpoint(sitting) } else { Mode::Assigned(sitting) };
        for scenario in scenarios {
            let rows = super::room::key()[&scenario].layers.iter().map(|layer| layer.id.clone()).collect();
            let began = Entry::Began {
                scenario: scenario.clone(),
                lesson: "8.1".into(),
                model: Model::Iaas,
                mode,
                seed: 1,
                order: Order::Authored,
                rows,
            };
            let run = self.record(login, minute(minutes), began);
            self.runs.insert((sitting, scenario), run);
        }
        sitting
    }

    /// The run through a scenario of an attempt.
    pub(crate) fn run(&self, sitting: RecordKey, scenario: &str) -> RecordKey {
        self.runs[&(sitting, scenario.to_owned())]
    }

    /// Answers rows of a scenario: each with its owner's and its control's point, or without.
    pub(crate) fn answer(
        &mut self,
        login: &str,
        (sitting, scenario): (RecordKey, &str),
        at: Timestamp,
        rows: &[(&str, bool, bool)],
    ) {
        let attempt = self.runs[&(sitting, scenario.to_owned())];
        let key = key();
        for (row, owner, control) in rows {
            let (_, layer) = key[scenario].layer(row).expect("there is such a row");
            let owner = if *owner { Owner::Customer } else { Owner::Provider };
            let said = Said { owner, control: usize::from(*control), unsure: false, hints: 0, struck: false };
            let mark = (sitting.origin == 2).then(|| mark(layer, &said));
            let entry = Entry::Answered { attempt, layer: (*row).into(), digest: layer.digest(), said, mark };
            self.record(login, at, entry);
        }
    }

    pub(crate) fn hand_in(&mut self, login: &str, sitting: RecordKey, minutes: i64) {
        let entry = Entry::HandedIn { sitting, marks: Vec::new(), points: 0, out_of: 0, passed: false };
        self.record(login, minute(minutes), entry);
    }

    /// How a learner stands at a minute.
    pub(crate) fn stands(&self, learner: &Learner, assignment: &Assignment, minutes: i64) -> Standing {
        self.ledger.standing((learner, assignment), &key(), minute(minutes))
    }
}

/// So many minutes.
pub(crate) const fn minutes(count: u64) -> Duration {
    Duration::from_mins(count)
}
