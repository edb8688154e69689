//! What stands between the start and the first frame, and what `respline check` does.
//!
//! The floor of reading a pack is the TOML parser on the same bytes. `start` must not grow with the pack, `fold` grows with
//! the learner's history only.

#![expect(clippy::expect_used, reason = "a bench stops where something is wrong")]

use std::{fs, path::Path};

use divan::{Bencher, black_box};
use respline::{
    content::{SourceFile, pack},
    course::{
        AttemptId, Draft, Entry, Mode, Order, Progress, Record, RecordKey, Said, Scenario, Timestamp, mark,
        review::Schedule,
    },
    terminal::{Library, Shelf},
};

/// Scenarios of a pack: as shipped, and copies of them.
const PACKS: [usize; 2] = [8, 1_000];

/// Answers in a learner's history.
const HISTORIES: [u32; 3] = [0, 1_000, 10_000];

/// Answers in the history of a learner who is at it for years.
const YEARS: [u32; 3] = [0, 1_000, 330_000];

const SCENARIO: &str = "web-app-on-containers";

fn main() {
    divan::main();
}

#[divan::bench]
fn start() -> usize {
    Library::embedded().map_or(0, |library| library.course().catalog.len())
}

#[divan::bench(args = PACKS, sample_count = 10)]
fn check(bencher: Bencher<'_, '_>, scenarios: usize) {
    let files = files(scenarios);
    bencher.bench_local(|| pack(black_box(&files)).problems.len());
}

#[divan::bench(args = PACKS, sample_count = 10)]
fn check_floor(bencher: Bencher<'_, '_>, scenarios: usize) {
    let files = files(scenarios);
    let texts: Vec<_> = files.iter().filter_map(|file| str::from_utf8(&file.bytes).ok()).collect();
    bencher.bench_local(|| texts.iter().filter(|text| text.parse::<toml::Table>().is_ok()).count());
}

#[divan::bench(args = HISTORIES)]
fn fold(bencher: Bencher<'_, '_>, answers: u32) {
    let library = Library::embedded().expect("the shipped course opens");
    let scenario = Shelf::scenario(&library, SCENARIO).expect("it is shipped");
    let records = history(&scenario, answers);
    bencher.bench_local(|| Progress::fold(black_box(&records)));
}

/// The floor of [`due`]: the same history folded, as every start does.
#[divan::bench(args = YEARS, sample_count = 10)]
fn fold_course(bencher: Bencher<'_, '_>, answers: u32) {
    let records = course_history(answers);
    bencher.bench_local(|| Progress::fold(black_box(&records)));
}

/// What is due, from outcomes that are folded already.
#[divan::bench(args = YEARS, sample_count = 10)]
fn due(bencher: Bencher<'_, '_>, answers: u32) {
    let library = Library::embedded().expect("the shipped course opens");
    let (course, progress) = (library.course(), Progress::fold(&course_history(answers)));
    let now = Timestamp(i64::MAX / 2);
    bencher.bench_local(|| Schedule::of(&course.catalog, black_box(&progress.outcomes)).due(now).len());
}

/// Answers to every row of the shipped course in turn, a quarter of an hour apart, each after two drafts: with 330,000 of
/// them there are a million records.
fn course_history(answers: u32) -> Vec<Record> {
    let library = Library::embedded().expect("the shipped course opens");
    let course = library.course();
    let ids = course.catalog.iter().map(|line| line.id);
    let scenarios: Vec<_> = ids.map(|id| Shelf::scenario(&library, id).expect("it is shipped")).collect();
    let mut records = Vec::new();
    let mut given = 0;
    for scenario in scenarios.iter().cycle().take_while(|_| answers > 0) {
        let attempt = add(&mut records, began(scenario));
        for layer in &scenario.layers {
            let said =
                Said { owner: layer.owner, control: layer.right_control(), unsure: false, hints: 0, struck: false };
            let draft = Draft { owner: Some(layer.owner), ..Draft::default() };
            for _ in 0..2 {
                add(&mut records, Entry::Drafted { attempt, layer: layer.id.clone(), draft: draft.clone() });
            }
            let mark = Some(mark(layer, &said));
            add(&mut records, Entry::Answered { attempt, layer: layer.id.clone(), digest: layer.digest(), said, mark });
            given += 1;
        }
        if given >= answers {
            break;
        }
    }
    for record in &mut records {
        record.at.0 *= 300_000;
    }
    records
}

/// The shipped pack with so many scenarios.
fn files(scenarios: usize) -> Vec<SourceFile<'static>> {
    let shipped = folder("scenarios");
    let copies = shipped.iter().cycle().take(scenarios).enumerate();
    let copies = copies.map(|(number, file)| copy(file, number / shipped.len()));
    folder("lessons").into_iter().chain(copies).collect()
}

fn folder(name: &str) -> Vec<SourceFile<'static>> {
    let folder = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("it is shipped");
    let read = |entry: fs::DirEntry| {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        SourceFile::new(path, fs::read(entry.path()).expect("it is a file"))
    };
    folder.map(|entry| read(entry.expect("it is there"))).collect()
}

/// A scenario under another name; the first copy is the scenario itself.
fn copy(file: &SourceFile<'static>, number: usize) -> SourceFile<'static> {
    if number == 0 {
        return file.clone();
    }
    let stem = Path::new(&file.path).file_stem().and_then(|stem| stem.to_str()).expect("it has a name");
    let text = str::from_utf8(&file.bytes).expect("it is text");
    let text = text.replacen(&format!("id = \"{stem}\""), &format!("id = \"{stem}-{number}\""), 1);
    SourceFile::new(format!("scenarios/{stem}-{number}.toml"), text.into_bytes())
}

/// Right answers to one row after the other, scenario after scenario.
fn history(scenario: &Scenario, answers: u32) -> Vec<Record> {
    let mut records = Vec::new();
    let mut attempt = key(0);
    for (layer, _) in scenario.layers.iter().cycle().zip(0..answers) {
        if scenario.layers.first().is_some_and(|first| first.id == layer.id) {
            attempt = add(&mut records, began(scenario));
        }
        let said = Said { owner: layer.owner, control: layer.right_control(), unsure: false, hints: 0, struck: false };
        let mark = Some(mark(layer, &said));
        add(&mut records, Entry::Answered { attempt, layer: layer.id.clone(), digest: layer.digest(), said, mark });
    }
    records
}

const fn key(seq: u32) -> RecordKey {
    RecordKey { origin: 1, seq }
}

fn add(records: &mut Vec<Record>, entry: Entry) -> AttemptId {
    let seq = u32::try_from(records.len()).unwrap_or(u32::MAX);
    records.push(Record { key: key(seq), at: Timestamp(seq.into()), entry });
    key(seq)
}

fn began(scenario: &Scenario) -> Entry {
    Entry::Began {
        scenario: scenario.id.clone(),
        lesson: scenario.lesson.clone(),
        model: scenario.model,
        mode: Mode::Practice,
        seed: 1,
        order: Order::Authored,
        rows: scenario.layers.iter().map(|layer| layer.id.clone()).collect(),
    }
}
