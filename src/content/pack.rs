//! A whole pack: every file read, held against the others, and weighed.

use std::collections::HashMap;

use crate::course::{Catalog, Course, Layer, Scenario};

use super::{
    balance::{Balance, balance, warnings},
    frame::Frame,
    problem::{Place, Problem},
    scenario::{Placed, placed},
    source::{SourceFile, ending, file_name, quoted},
};

/// What came of reading a pack.
#[derive(Debug, Default)]
pub struct Report {
    /// The course; none when anything in the pack is an error.
    pub course: Option<Course>,
    /// Every scenario that could be read, by id.
    pub scenarios: Vec<Scenario>,
    /// How guessable it is; none when anything in the pack is an error.
    pub balance: Option<Balance>,
    /// How many lessons have a text.
    pub lessons: usize,
    /// How many files there are.
    pub files: usize,
    /// Everything wrong with it, in the order of files and lines.
    pub problems: Vec<Problem>,
}

/// What came of reading some of a pack's scenarios.
#[derive(Debug, Default)]
pub struct Part {
    placed: Vec<Placed>,
    problems: Vec<Problem>,
}

impl Frame {
    /// Reads some of the pack's scenarios.
    pub fn part(&self, scenarios: &[SourceFile<'_>]) -> Part {
        let mut part = Part::default();
        for file in scenarios {
            let (placed, problems) = placed(file, Some(self));
            part.placed.extend(placed);
            part.problems.extend(problems);
        }
        part
    }

    /// Puts the parts of a pack together and checks what only the whole can show.
    ///
    /// `refused` tells of files that could not be read at all.
    pub fn close(self, parts: impl IntoIterator<Item = Part>, refused: Vec<Problem>) -> Report {
        let Self { course, ids, lessons, files, mut problems, .. } = self;
        problems.extend(refused);
        let mut all: Vec<Placed> = Vec::new();
        for part in parts {
            all.extend(part.placed);
            problems.extend(part.problems);
        }
        all.sort_by(|a, b| (&a.scenario.id, &a.id.file).cmp(&(&b.scenario.id, &b.id.file)));
        duplicates(&all, &mut problems);
        ladders(&all, &mut problems);
        let sound = !problems.iter().any(Problem::is_error);
        let balance = sound.then(|| balance(&all, &ids));
        problems.extend(balance.iter().flat_map(|balance| warnings(balance, &ids)));
        let scenarios: Vec<Scenario> = all.into_iter().map(|placed| placed.scenario).collect();
        problems.sort_by(|a, b| key(a).cmp(&key(b)));
        let course = sound.then(|| Course { catalog: Catalog::of(&scenarios), ..course });
        Report { course, scenarios, balance, lessons, files, problems }
    }
}

fn key(problem: &Problem) -> (&str, usize, usize) {
    (&problem.place.file, problem.place.line, problem.place.column)
}

fn duplicates(all: &[Placed], problems: &mut Vec<Problem>) {
    for (first, second) in all.iter().zip(all.iter().skip(1)) {
        if first.scenario.id == second.scenario.id {
            let message = format!("scenario {} is in {} as well", quoted(&second.scenario.id), first.id.file);
            let hint = "every scenario has an id of its own: rename one of the two";
            problems.push(Problem::error("duplicate-id", second.id.clone(), &message, hint));
        }
    }
}

/// Rows of a ladder with the same task must offer the same controls, so that only the mode decides which is right.
fn ladders(all: &[Placed], problems: &mut Vec<Problem>) {
    let mut offered: HashMap<(&str, &str), (&Layer, &Place)> = HashMap::new();
    for placed in all {
        let Some(ladder) = &placed.scenario.ladder else { continue };
        for (layer, place) in placed.scenario.layers.iter().zip(&placed.tasks) {
            let (twin, there) = *offered.entry((ladder, &layer.task)).or_insert((layer, place));
            if !same_controls(twin, layer) {
                let message = format!("the same task in {} line {} offers other controls", there.file, there.line);
                let hint = "offer the same texts in the same order, so that only the mode decides which is right";
                problems.push(Problem::warning("ladder-controls", place.clone(), &message, hint));
            }
        }
    }
}

fn same_controls(one: &Layer, other: &Layer) -> bool {
    one.controls.iter().map(|control| &control.text).eq(other.controls.iter().map(|control| &control.text))
}

/// Reads and checks a pack, or several that add to each other, from all their files.
pub fn pack(files: &[SourceFile<'_>]) -> Report {
    let of = |folder: &'static str| files.iter().filter(move |file| folder_of(&file.path) == folder).cloned();
    let lessons: Vec<SourceFile<'_>> = of("lessons").collect();
    let scenarios: Vec<SourceFile<'_>> = of("scenarios").filter(|file| ending(&file.path) == "toml").collect();
    let frame = Frame::read(&lessons, scenarios.iter().map(|file| file.path.as_str()));
    let part = frame.part(&scenarios);
    frame.close([part], Vec::new())
}

/// The name of the folder that a file lies in.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| file_name(folder))
}
