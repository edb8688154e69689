//! A class of several kinds of learner, made up from a seed: what an analysis is tried on.

use std::{collections::BTreeMap, sync::Arc};

use respline::{
    classroom::{AnswerKey, Assignment, Class, Ledger, Task},
    course::{
        Control, Entry, Layer, Mode, Model, Order, Owner, Record, RecordKey, Said, Scenario, Seeds, Timestamp, mark,
    },
};

use super::room::{class, exam, learner, minute, scenario};

/// What the rows of a scenario are, beyond what is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// As it should be.
    Good,
    /// The file says that another control is right than the learners know to be.
    WrongKey,
    /// Two controls are equally right, and the file knows one.
    Ambiguous,
}

/// A class with its records and its key.
pub(crate) struct Simulated {
    pub(crate) class: Class,
    pub(crate) ledger: Ledger,
    pub(crate) key: AnswerKey,
    /// What was said: learner, scenario, row, owner right, control, seconds; for a reckoning elsewhere.
    pub(crate) said: Vec<(usize, String, String, Said, i64)>,
}

/// Rows of every scenario.
pub(crate) const ROWS: usize = 8;

/// A scenario of eight rows with four controls, the second one right; every other row the provider's.
pub(crate) fn rows(id: &str) -> Scenario {
    let mut scenario = scenario(id, ROWS, false).as_ref().clone();
    for (place, layer) in scenario.layers.iter_mut().enumerate() {
        layer.owner = if place % 2 == 0 { Owner::Customer } else { Owner::Provider };
        layer.label = format!("Row {}", place + 1);
        layer.threat = (place % 2 == 0).then(|| "exposed-storage".into());
        let trap = |control: usize| (control == 0).then(|| "managed-means-secured".into());
        layer.controls = (0..4)
            .map(|control| Control {
                text: format!("control {control} of {id}/{}", layer.id),
                correct: control == 1,
                trap: trap(control),
                why: String::new(),
            })
            .collect();
    }
    scenario
}

/// `learners` who do an assignment of `scenarios` under exam rules; `planted` says of which rows the key is not what they know.
pub(crate) fn simulated(
    (learners, scenarios): (usize, usize),
    seed: u64,
    planted: impl Fn(&str, &str) -> Row,
) -> Simulated {
    let ids: Vec<String> = (0..scenarios).map(|place| format!("s{place}")).collect();
    let known: BTreeMap<String, Arc<Scenario>> = ids.iter().map(|id| (id.clone(), Arc::new(rows(id)))).collect();
    let set = Assignment { task: Task::Scenarios(ids.clone()), ..exam() };
    let everyone = (0..learners).map(|who| learner(&format!("l{who:05}"))).collect();
    let mut room = Simulated {
        class: class(everyone, vec![set]),
        ledger: Ledger::new("c"),
        key: known.iter().map(|(id, one)| (id.clone(), Arc::new(keyed(one, &planted)))).collect(),
        said: Vec::new(),
    };
    let mut seeds = Seeds::new(seed);
    for who in 0..learners {
        sit(&mut room, who, (&known, &planted), &mut seeds);
    }
    room
}

/// The scenario as its file has it: the wrong key where one is planted.
fn keyed(scenario: &Scenario, planted: &impl Fn(&str, &str) -> Row) -> Scenario {
    let mut scenario = scenario.clone();
    for layer in &mut scenario.layers {
        if planted(&scenario.id, &layer.id) == Row::WrongKey {
            layer.controls.iter_mut().enumerate().for_each(|(place, control)| control.correct = place == 2);
        }
    }
    scenario
}

type Known<'k, P> = (&'k BTreeMap<String, Arc<Scenario>>, &'k P);

fn sit(room: &mut Simulated, who: usize, (known, planted): Known<'_, impl Fn(&str, &str) -> Row>, seeds: &mut Seeds) {
    let login = room.class.learners[who].login.clone();
    let origin = who as u64 + 1;
    let mut seq = 0;
    let mut add = |ledger: &mut Ledger, at: Timestamp, entry: Entry| {
        let key = RecordKey { origin, seq };
        seq += 1;
        ledger.record(&login, &Record { key, at, entry });
        key
    };
    let set = room.class.assignments[0].clone();
    let sat = room.class.sit_down(&set, &super::class::course(), (&login, 0), |_| 0).expect("it can be begun");
    let sitting = add(&mut room.ledger, minute(0), sat);
    let mut now = minute(0).0;
    for (id, scenario) in known {
        let began = Entry::Began {
            scenario: id.clone(),
            lesson: "8.1".into(),
            model: Model::Iaas,
            mode: Mode::Checkpoint(sitting),
            seed: 1,
            order: Order::Authored,
            rows: scenario.layer_ids(),
        };
        let attempt = add(&mut room.ledger, Timestamp(now), began);
        for layer in &scenario.layers {
            if seeds.below(40) == 0 {
                continue;
            }
            let took = 5_000 + 250 * i64::try_from(seeds.below(160)).unwrap();
            now += took;
            let said = chosen(layer, who, planted(id, &layer.id), seeds);
            let entry = Entry::Answered { attempt, layer: layer.id.clone(), digest: layer.digest(), said, mark: None };
            room.said.push((who, id.clone(), layer.id.clone(), said, took));
            add(&mut room.ledger, Timestamp(now), entry);
        }
    }
    let entry = Entry::HandedIn { sitting, marks: Vec::new(), points: 0, out_of: 0, passed: false };
    add(&mut room.ledger, Timestamp(now + 1), entry);
}

/// An answer. Learners are of four kinds: who knows, who half knows, who guesses, and who leaves everything to the provider.
fn chosen(layer: &Layer, who: usize, planted: Row, seeds: &mut Seeds) -> Said {
    let knows = [95, 80, 25, 35][who % 4];
    let knows_it = seeds.below(100) < knows;
    let owner = match who % 4 {
        3 if seeds.below(10) < 8 => Owner::Provider,
        _ if seeds.below(100) < 50 + knows / 2 => layer.owner,
        _ => layer.owner.other(),
    };
    let control = match planted {
        _ if !knows_it => seeds.below(4),
        Row::Ambiguous if seeds.below(2) == 0 => 3,
        _ => layer.right_control(),
    };
    Said { owner, control, unsure: false, hints: 0, struck: false }
}

/// A mark that the key would give.
pub(crate) fn marked(key: &AnswerKey, (scenario, row): (&str, &str), said: &Said) -> [u32; 2] {
    let (_, layer) = key[scenario].layer(row).expect("it is there");
    let mark = mark(layer, said);
    [u32::from(mark.owner), u32::from(mark.control)]
}
