//! That a rehearsal is a class: reproducible, within its rules, and as its kinds of learner would have it.

use std::{collections::BTreeMap, sync::Arc};

use jiff::tz::TimeZone;

use crate::{
    classroom::{Assignment, Away, Counts, Feedback, Gradebook, Late, Ledger, Rules, SeedRule, State, Task},
    course::{Cloud, Control, Entry, Layer, Model, Owner, Pitfall, Scenario},
};

use super::*;

const START: i64 = 1_790_000_000_000;
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn control(text: &str, correct: bool, trap: Option<&str>) -> Control {
    Control { text: text.into(), correct, trap: trap.map(String::from), why: String::new() }
}

fn scenario(id: &str) -> Arc<Scenario> {
    let layer = |place: usize| Layer {
        id: format!("row-{place}"),
        label: String::new(),
        subject: "row".into(),
        task: format!("Do {place}"),
        owner: if place.is_multiple_of(3) { Owner::Provider } else { Owner::Customer },
        threat: None,
        pair: None,
        contested: false,
        why: String::new(),
        hints: vec!["nudge".into()],
        controls: vec![
            control("nothing", false, Some("managed")),
            control("do", true, None),
            control("ask", false, None),
        ],
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
        layers: (0..8).map(layer).collect(),
    })
}

fn assignment(id: &str, mode: Rules) -> Assignment {
    Assignment {
        id: id.into(),
        title: id.into(),
        task: Task::Scenarios(vec!["one".into(), "two".into()]),
        mode,
        opens: Some(Timestamp(START)),
        due: Some(Timestamp(START + 7 * DAY)),
        closes: Some(Timestamp(START + 10 * DAY)),
        late: Late { per_day: 10, floor: 0 },
        attempts: Some(1),
        counts: Counts::Best,
        time_limit: None,
        away: Away::Runs,
        seed: SeedRule::Each,
        feedback: if mode == Rules::Exam { Feedback::AfterHandIn } else { Feedback::AtOnce },
        weight: 1,
        sections: Vec::new(),
        groups: Vec::new(),
    }
}

fn room(learners: usize) -> (Class, Course, AnswerKey) {
    let limited = Assignment { time_limit: Some(Duration::from_mins(20)), ..assignment("exam", Rules::Exam) };
    let mut class = Class {
        id: "c".into(),
        title: "C".into(),
        zone: TimeZone::UTC,
        join_code: None,
        learners: Vec::new(),
        groups: Vec::new(),
        instructors: Vec::new(),
        hide_names: false,
        retention: None,
        hand_in_key: None,
        assignments: vec![assignment("lab", Rules::Practice), limited],
    };
    class.learners = made_up(&class, learners);
    let pitfall = Pitfall { id: "managed".into(), name: "managed".into(), correction: String::new() };
    let course = Course { pitfalls: vec![pitfall], ..Course::default() };
    let key: AnswerKey = ["one", "two"].map(|id| (id.to_owned(), scenario(id))).into();
    (class, course, key)
}

fn ledger(class: &Class, work: &[(String, Vec<Record>)]) -> Ledger {
    let mut ledger = Ledger::new(&class.id);
    for (login, records) in work {
        for record in records {
            ledger.record(login, record);
        }
    }
    ledger
}

#[test]
fn the_same_seed_gives_the_same_class_and_another_one_another() {
    let (class, course, key) = room(40);
    let stage = Rehearsal { class: &class, course: &course, key: &key, plants: &[], now: Timestamp(START) };
    assert_eq!(simulate(&stage, 40, 7), simulate(&stage, 40, 7));
    assert_ne!(simulate(&stage, 40, 7), simulate(&stage, 40, 8));
    assert_eq!(
        simulate(&stage, 5, 7),
        simulate(&stage, 40, 7)[..5],
        "a smaller class is the beginning of a larger one"
    );
}

#[test]
fn everything_that_can_happen_to_an_assignment_happens() {
    let (class, course, key) = room(60);
    let stage = Rehearsal { class: &class, course: &course, key: &key, plants: &[], now: Timestamp(START) };
    let work = simulate(&stage, 60, 1);
    let ledger = ledger(&class, &work);
    let now = Timestamp(START + 11 * DAY);
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_clock = 0;
    for (_, _, standing) in ledger.everyone(&class, &key, now) {
        *states.entry(standing.state.words()).or_default() += 1;
        by_clock += usize::from(standing.counted().is_some_and(|one| one.by_clock));
    }
    let seen = |state: State| states.get(state.words()).copied().unwrap_or_default();
    assert!(
        seen(State::HandedIn) > seen(State::Late) && seen(State::Late) > 5 && seen(State::Missed) > 3,
        "{states:?}"
    );
    assert!(by_clock > 5, "{by_clock}");
    let kinds =
        |wanted: fn(&Entry) -> bool| work.iter().flat_map(|(_, all)| all).filter(|one| wanted(&one.entry)).count();
    assert!(kinds(|entry| matches!(entry, Entry::Returned { .. })) > 5);
    let marked = |entry: &Entry| matches!(entry, Entry::Answered { mark: Some(_), .. });
    assert!(kinds(marked) > 0);
}

#[test]
fn nobody_answers_when_nothing_is_taken_and_an_exam_holds_no_key() {
    let (class, course, key) = room(60);
    let stage = Rehearsal { class: &class, course: &course, key: &key, plants: &[], now: Timestamp(START) };
    for (login, records) in simulate(&stage, 60, 3) {
        let mut folded = Ledger::new("c");
        for record in &records {
            folded.record(&login, record);
        }
        for sat in &folded.work(&login).expect("they did something").sittings {
            let assignment = class.assignment(&sat.assignment).expect("it is set");
            let end = assignment
                .time_limit
                .map_or(START + 10 * DAY, |limit| sat.at.0 + i64::try_from(limit.as_millis()).unwrap());
            let given = sat.runs.iter().flat_map(|run| &run.answers);
            assert!(given.clone().all(|given| given.at.0 < end && given.at.0 >= START), "{login}");
            let exam = assignment.mode == Rules::Exam;
            assert!(given.clone().all(|given| given.mark.is_none() == exam), "{login}");
        }
        assert!(records.iter().is_sorted_by_key(|record| record.key.seq));
    }
}

#[test]
fn those_who_know_earn_more_and_a_wrong_key_turns_that_round() {
    let (class, course, key) = room(200);
    let plants = [Plant::WrongKey { scenario: "one".into(), layer: "row-1".into() }];
    let facility = |plants: &[Plant], wanted: &str, row: &str| {
        let stage = Rehearsal { class: &class, course: &course, key: &key, plants, now: Timestamp(START) };
        let work = simulate(&stage, 200, 5);
        let (mut points, mut out_of) = (0, 0);
        let ledger = ledger(&class, &work);
        let sittings =
            class.learners.iter().filter_map(|learner| ledger.work(&learner.login)).flat_map(|work| &work.sittings);
        let runs = sittings.flat_map(|sat| &sat.runs).filter(|run| run.scenario == wanted);
        for mark in
            runs.flat_map(|run| &run.answers).filter(|given| given.layer == row).filter_map(|given| given.mark.as_ref())
        {
            points += mark.points;
            out_of += mark.out_of;
        }
        points * 100 / out_of
    };
    let (good, bad) = (facility(&[], "one", "row-1"), facility(&plants, "one", "row-1"));
    assert!(good > 65 && bad < 35, "{good} {bad}");
    assert_eq!(facility(&[], "two", "row-1"), facility(&plants, "two", "row-1"), "no other row changes");
    let stage = Rehearsal { class: &class, course: &course, key: &key, plants: &[], now: Timestamp(START) };
    let work = simulate(&stage, 200, 5);
    let book = Gradebook::of(&class, &ledger(&class, &work), (&key, Timestamp(START + 11 * DAY)), Some("lab"));
    let score = |place: usize| book.rows[place].grades[0].as_ref().and_then(|grade| grade.score);
    assert!(score(10) > score(4), "the one who knows against the one who guesses");
}

#[test]
fn a_row_to_plant_is_one_that_is_set() {
    let (.., key) = room(0);
    assert_eq!(Plant::row("one/row-2", &key), Ok(("one".into(), "row-2".into())));
    assert_eq!(Plant::row("one", &key), Err(PlantError::Form("one".into())));
    assert_eq!(Plant::row("three/a", &key), Err(PlantError::Scenario("three".into())));
    assert!(matches!(Plant::row("one/b", &key), Err(PlantError::Layer { .. })));
}
