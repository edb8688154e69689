//! A million answers: what the analysis of a class costs beside reading and folding them, which nobody gets round.
//!
//! The floor is `serde_json` on the stored entries, as a store hands them over, and the fold into the class's ledger.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops where something is wrong, and prints")]

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::tz::TimeZone;
use respline::{
    classroom::{
        AnswerKey, Assignment, Away, Class, Counts, Feedback, Gradebook, Grader, Late, Learner, Ledger, Rules,
        SeedRule, Task,
        analysis::Analysis,
        report::{Report, Sources, Wanted, csv},
    },
    course::{Course, Entry, Mode, Order, Owner, Record, RecordKey, Said, Scenario, Seeds, Timestamp, mark},
    terminal::Library,
    ui::report::html,
};

/// Answers of the class.
const ANSWERS: usize = 1_000_000;
/// Scenarios that everyone is set.
const SCENARIOS: [&str; 4] = ["web-app-on-containers", "vm-blog", "paas-db-minor", "saas-mail"];
/// Runs, of which the best counts.
const RUNS: usize = 5;

fn main() {
    let library = Library::embedded().expect("the shipped course opens");
    let scenarios = SCENARIOS.map(|id| library.scenario(id).expect("it is shipped"));
    for rules in [Rules::Exam, Rules::Practice] {
        measured(&library.course(), &scenarios, rules);
    }
}

/// Measures a class that works by these rules.
fn measured(course: &Course, scenarios: &[Arc<Scenario>], rules: Rules) {
    let rows: usize = scenarios.iter().map(|scenario| scenario.layers.len()).sum();
    let learners = ANSWERS.div_ceil(rows);
    let class = class(learners, rules);
    let stored = stored(&class, scenarios, rules);
    let answers = learners * rows;
    let key: AnswerKey = scenarios.iter().map(|one| (one.id.clone(), Arc::clone(one))).collect();
    let now = Timestamp(1_000_000_000_000);
    println!("{rules:?}: {answers} answers of {learners} learners, {rows} rows, medians of {RUNS}");
    let (read, records) = timed(|| read(&stored));
    drop(stored);
    let (folded, ledger) = timed(|| fold(&class, &records));
    drop(records);
    let floor = read + folded;
    let set = class.assignments.first().expect("it is set");
    let told = |what: &str, took: Duration| {
        println!(
            "  {what:<34} {:>8.0} ms  {:>5.2} of the floor",
            took.as_secs_f64() * 1e3,
            took.as_secs_f64() / floor.as_secs_f64()
        );
    };
    told("reading (floor)", read);
    told("folding (floor)", folded);
    let (took, analysis) = timed(|| Analysis::of(&class, &ledger, set, (&Grader::new(&key), now)));
    told("item analysis", took);
    assert_eq!(analysis.rows.len(), rows, "every row is analysed");
    told("gradebook", timed(|| Gradebook::of(&class, &ledger, (&key, now), None)).0);
    let places = BTreeMap::new();
    let from = Sources { class: &class, ledger: &ledger, key: &key, course, places: &places, now };
    let (took, report) = timed(|| Report::of(&from, &Wanted::default()));
    told("whole report", took);
    told("… as a page of HTML", timed(|| html(&report)).0);
    told("… as CSV", timed(|| csv(&report)).0);
}

/// The middle time, and what was made last.
fn timed<T>(mut make: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::new();
    let mut made = None;
    for _ in 0..RUNS {
        drop(made.take());
        let start = Instant::now();
        made = Some(make());
        times.push(start.elapsed());
    }
    times.sort_unstable();
    (times.get(RUNS / 2).copied().unwrap_or_default(), made.expect("it was made"))
}

type Stored = (String, Vec<(RecordKey, Timestamp, String)>);

fn read(stored: &[Stored]) -> Vec<(String, Vec<Record>)> {
    let record = |(key, at, entry): &(RecordKey, Timestamp, String)| {
        let entry: Entry = serde_json::from_str(entry).expect("it was written so");
        Record { key: *key, at: *at, entry }
    };
    stored.iter().map(|(login, records)| (login.clone(), records.iter().map(record).collect())).collect()
}

fn fold(class: &Class, records: &[(String, Vec<Record>)]) -> Ledger {
    let mut ledger = Ledger::new(&class.id);
    for (login, records) in records {
        for record in records {
            ledger.record(login, record);
        }
    }
    ledger
}

fn class(learners: usize, mode: Rules) -> Class {
    let set = Assignment {
        id: "lab".into(),
        title: "Lab".into(),
        task: Task::Scenarios(SCENARIOS.map(String::from).to_vec()),
        mode,
        opens: None,
        due: None,
        closes: Some(Timestamp(900_000_000_000)),
        late: Late::default(),
        attempts: None,
        counts: Counts::Best,
        time_limit: None,
        away: Away::Runs,
        seed: SeedRule::Same,
        feedback: Feedback::AfterDue,
        weight: 1,
        sections: Vec::new(),
        groups: Vec::new(),
    };
    let learner = |who: usize| {
        let login = format!("l{who:06}");
        Learner { id: login.clone(), name: login.clone(), login, ..Learner::default() }
    };
    Class {
        hand_in_key: None,
        id: "c".into(),
        title: "C".into(),
        zone: TimeZone::UTC,
        join_code: None,
        learners: (0..learners).map(learner).collect(),
        groups: Vec::new(),
        instructors: Vec::new(),
        hide_names: false,
        retention: None,
        assignments: vec![set],
    }
}

/// Everyone's records as a store keeps them.
fn stored(class: &Class, scenarios: &[Arc<Scenario>], rules: Rules) -> Vec<Stored> {
    let mut seeds = Seeds::new(1);
    let one =
        |(who, learner): (usize, &Learner)| (learner.login.clone(), work(class, who, (scenarios, rules), &mut seeds));
    class.learners.iter().enumerate().map(one).collect()
}

fn work(
    class: &Class,
    who: usize,
    (scenarios, rules): (&[Arc<Scenario>], Rules),
    seeds: &mut Seeds,
) -> Vec<(RecordKey, Timestamp, String)> {
    let mut records = Vec::new();
    let mut add = |entry: &Entry| {
        let seq = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let key = RecordKey { origin: who as u64, seq };
        let text = serde_json::to_string(entry).expect("it serialises");
        records.push((key, Timestamp(10_000 * i64::from(seq)), text));
        key
    };
    let assignment = class.assignments.first().map(|set| class.reference(set));
    let scenario_ids = SCENARIOS.map(String::from).to_vec();
    let sitting =
        add(&Entry::SatDown { lesson: String::new(), seed: 1, scenarios: scenario_ids, assignment, test_out: false });
    let mode = if rules == Rules::Exam { Mode::Checkpoint(sitting) } else { Mode::Assigned(sitting) };
    for scenario in scenarios {
        let (rows, model) = (scenario.layer_ids(), scenario.model);
        let began = Entry::Began {
            scenario: scenario.id.clone(),
            lesson: scenario.lesson.clone(),
            model,
            mode,
            seed: 1,
            order: Order::Authored,
            rows,
        };
        let attempt = add(&began);
        for layer in &scenario.layers {
            let owner = if seeds.below(4) > who % 3 { layer.owner } else { Owner::Provider };
            let control =
                if seeds.below(4) > who % 3 { layer.right_control() } else { seeds.below(layer.controls.len()) };
            let said = Said { owner, control, unsure: false, hints: 0, struck: false };
            let mark = (rules == Rules::Practice).then(|| mark(layer, &said));
            add(&Entry::Answered { attempt, layer: layer.id.clone(), digest: layer.digest(), said, mark });
        }
    }
    if rules == Rules::Exam {
        add(&Entry::HandedIn { sitting, marks: Vec::new(), points: 0, out_of: 0, passed: false });
    }
    records
}
