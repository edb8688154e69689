//! A class on the small pack, and what happens in it: sentences such as `ana answers 2 trust` or `kim pauses`.

use std::{collections::BTreeMap, sync::Arc};

use respline::{
    app::{Input, Room},
    classroom::{Act, Class, ClassEntry, ClassRecord, Votes, class},
    content::SourceFile,
    course::{Entry, LayerMark, Mode, Order, Owner, Record, RecordKey, Said, Scenario, Timestamp, mark},
};

use super::program::Opening;

/// Four learners in two sections; a lab under practice rules on two scenarios, an exam on one.
pub(crate) const CLASS: &str = r#"
format = 1
id = "c"
title = "Cloud security"
time-zone = "UTC"
hide-names = true

[[learner]]
id = "1"
login = "ana"
name = "Ana Ng"
section = "1"
[[learner]]
id = "2"
login = "bo"
name = "Bo Li"
section = "1"
[[learner]]
id = "3"
login = "cy"
name = "Cy Oduya"
section = "2"
[[learner]]
id = "4"
login = "local"
name = "Dee Roy"
section = "2"

[[assignment]]
id = "lab"
title = "Lab 1"
scenarios = ["db-hand", "db-auto"]
mode = "practice"

[[assignment]]
id = "exam"
title = "Exam"
scenarios = ["db-hand"]
mode = "exam"
time-limit = "30m"
"#;

/// What others do in the class, as far as it can be done at any moment.
pub(crate) const SENTENCES: &[&str] = &[
    "kim asks db-hand minor",
    "kim asks db-auto disk",
    "kim asks gone gone",
    "kim asks db-hand gone",
    "kim pauses",
    "kim resumes",
    "kim opens",
    "kim closes",
    "kim says Look at row 2",
    "ana begins lab",
    "bo begins exam",
    "cy begins lab",
];

/// What needs something before it.
pub(crate) const AFTER: &[&str] = &[
    "kim reveals 2 1 1 1 1",
    "kim ends",
    "ana votes customer 1",
    "local votes provider 2",
    "ana answers 1 right",
    "ana answers 2 trust",
    "bo answers 3 claim",
    "bo hands in",
];
/// Whether what a sentence needs has happened before.
pub(crate) fn possible(happened: &[&str], sentence: &str) -> bool {
    let mut words = sentence.split(' ');
    let (who, what) = (words.next().expect("somebody"), words.next());
    let begun = happened.iter().any(|one| one.starts_with(who) && one.contains("begins"));
    let asked = happened.iter().rev().find(|one| one.contains("asks"));
    match what {
        Some("answers" | "hands") => begun,
        Some("votes") => asked.is_some_and(|asked| !asked.contains("gone")),
        Some("reveals" | "ends") => asked.is_some(),
        Some("begins") => !begun,
        _ => true,
    }
}

/// The class that a file's text gives, held against the course.
pub(crate) fn of(opening: &Opening, text: &str) -> Arc<Class> {
    let file = SourceFile::new("c.toml", text.as_bytes().to_vec());
    let zone = |name: &str| (name == "UTC").then_some(jiff::tz::TimeZone::UTC);
    let (class, problems) = class(&file, None, Some(&opening.course), &zone);
    Arc::new(class.unwrap_or_else(|| panic!("{problems:?}")))
}

/// The runs of an attempt, by scenario.
type Runs = Vec<(Arc<Scenario>, RecordKey)>;

/// What happens in a class.
pub(crate) struct Happenings {
    class: Arc<Class>,
    opening: Opening,
    next: u32,
    /// Each learner's attempt, and its runs by scenario.
    sittings: BTreeMap<String, (RecordKey, Runs)>,
    poll: Option<(RecordKey, String, String)>,
}

impl Happenings {
    pub(crate) fn new(opening: &Opening, class: &Arc<Class>) -> Self {
        Self { class: Arc::clone(class), opening: opening.clone(), next: 0, sittings: BTreeMap::new(), poll: None }
    }

    /// A room in which nothing has happened.
    pub(crate) fn room(&self) -> Room {
        Room::new(Arc::clone(&self.class))
    }

    fn key(&mut self) -> RecordKey {
        self.next += 1;
        RecordKey { origin: 99, seq: self.next }
    }

    fn scenario(&self, id: &str) -> Arc<Scenario> {
        self.opening.shelf.scenario(id).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What a session is told of a sentence.
    pub(crate) fn happen(&mut self, at: Timestamp, sentence: &str) -> Input {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let (who, rest) = words.split_first().expect("somebody");
        if *who == "kim" {
            let act = self.act(sentence.split_once(' ').expect("an act").1);
            let key = self.key();
            if let Act::PollOpened { scenario, layer } = &act {
                self.poll = Some((key, scenario.clone(), layer.clone()));
            }
            let record = ClassRecord { key, at, entry: ClassEntry { by: "kim".into(), act } };
            return Input::Acts { class: self.class.id.clone(), acts: vec![record] };
        }
        let entries = self.entries(who, rest);
        let mut at = at;
        let records = entries.into_iter().map(|(key, entry)| {
            at.0 += 1;
            ((*who).to_owned(), Record { key, at, entry })
        });
        Input::Work(records.collect())
    }

    /// The poll that an instructor's session opened.
    pub(crate) fn asked(&mut self, poll: RecordKey, scenario: &str, layer: &str) {
        self.poll = Some((poll, scenario.into(), layer.into()));
    }

    fn act(&self, sentence: &str) -> Act {
        let assignment = || "lab".to_owned();
        let poll = || self.poll.as_ref().expect("a poll").0;
        let words: Vec<&str> = sentence.split_whitespace().collect();
        match words.as_slice() {
            ["opens"] => Act::Opened { assignment: assignment() },
            ["closes"] => Act::Closed { assignment: assignment() },
            ["pauses"] => Act::Paused { assignment: assignment() },
            ["resumes"] => Act::Resumed { assignment: assignment() },
            ["asks", scenario, layer] => Act::PollOpened { scenario: (*scenario).into(), layer: (*layer).into() },
            ["reveals", customer, provider, controls @ ..] => Act::PollRevealed {
                poll: poll(),
                votes: Votes {
                    customer: customer.parse().expect("a number"),
                    provider: provider.parse().expect("a number"),
                    controls: controls.iter().map(|count| count.parse().expect("a number")).collect(),
                },
            },
            ["ends"] => Act::PollClosed { poll: poll() },
            ["says", ..] => {
                Act::Messaged { text: sentence.strip_prefix("says ").expect("words").into(), learner: None }
            }
            _ => panic!("kim cannot do '{sentence}'"),
        }
    }

    fn entries(&mut self, who: &str, words: &[&str]) -> Vec<(RecordKey, Entry)> {
        match words {
            ["begins", assignment] => self.begin(who, assignment),
            ["answers", row, how] => vec![self.answer(who, row.parse().expect("a row"), how)],
            ["hands", "in"] => vec![self.hand_in(who)],
            ["votes", owner, control] => self.vote(owner, control.parse().expect("a control")),
            _ => panic!("{who} cannot do '{words:?}'"),
        }
    }

    fn begin(&mut self, who: &str, assignment: &str) -> Vec<(RecordKey, Entry)> {
        let class = Arc::clone(&self.class);
        let set = class.assignment(assignment).expect("it is set");
        let sat = class.sit_down(set, &self.opening.course, (who, 0), |_| 0).expect("it can be begun");
        let Entry::SatDown { scenarios, .. } = sat.clone() else { panic!("{sat:?}") };
        let sitting = self.key();
        let mut made = vec![(sitting, sat)];
        let mode = match set.mode {
            respline::classroom::Rules::Exam => Mode::Checkpoint(sitting),
            respline::classroom::Rules::Practice => Mode::Assigned(sitting),
        };
        let mut runs = Vec::new();
        for id in scenarios {
            let (scenario, key) = (self.scenario(&id), self.key());
            made.push((key, began(&scenario, mode, scenario.layer_ids())));
            runs.push((scenario, key));
        }
        self.sittings.insert(who.to_owned(), (sitting, runs));
        made
    }

    fn answer(&mut self, who: &str, row: usize, how: &str) -> (RecordKey, Entry) {
        let runs = self.sittings.get(who).expect("they have begun").1.clone();
        let mut rows = runs.iter().flat_map(|(scenario, run)| scenario.layers.iter().map(move |layer| (layer, *run)));
        let (layer, attempt) = rows.nth(row - 1).expect("a row");
        let other = if layer.owner == Owner::Customer { Owner::Provider } else { Owner::Customer };
        let right = layer.controls.iter().position(|control| control.correct).expect("a right one");
        let (owner, control, hints) = match how {
            "right" => (layer.owner, right, 0),
            "helped" => (layer.owner, right, 1),
            "trust" | "claim" => (other, usize::from(right == 0), 0),
            "control" => (layer.owner, usize::from(right == 0), 0),
            _ => panic!("nobody answers '{how}'"),
        };
        let said = Said { owner, control, unsure: false, hints, struck: false };
        let practice = self.class.assignments.iter().any(|set| set.id == "lab") && runs.len() > 1;
        let mark = practice.then(|| mark(layer, &said));
        let entry = Entry::Answered { attempt, layer: layer.id.clone(), digest: layer.digest(), said, mark };
        (self.key(), entry)
    }

    fn hand_in(&mut self, who: &str) -> (RecordKey, Entry) {
        let sitting = self.sittings.get(who).expect("they have begun").0;
        let marks: Vec<LayerMark> = Vec::new();
        (self.key(), Entry::HandedIn { sitting, marks, points: 0, out_of: 0, passed: false })
    }

    fn vote(&mut self, owner: &str, control: usize) -> Vec<(RecordKey, Entry)> {
        let (poll, scenario, row) = self.poll.clone().expect("a poll");
        let scenario = self.scenario(&scenario);
        let (_, layer) = scenario.layer(&row).expect("a row");
        let owner = if owner == "customer" { Owner::Customer } else { Owner::Provider };
        let said = Said { owner, control: control - 1, unsure: false, hints: 0, struck: false };
        let (attempt, answer) = (self.key(), self.key());
        let entry = Entry::Answered { attempt, layer: row.clone(), digest: layer.digest(), said, mark: None };
        vec![(attempt, began(&scenario, Mode::Checkpoint(poll), vec![row])), (answer, entry)]
    }
}

fn began(scenario: &Scenario, mode: Mode, rows: Vec<String>) -> Entry {
    Entry::Began {
        scenario: scenario.id.clone(),
        lesson: scenario.lesson.clone(),
        model: scenario.model,
        mode,
        seed: 1,
        order: Order::Authored,
        rows,
    }
}
