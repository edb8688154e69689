//! The report after class: who stands how, which questions misbehave, what the class believes, and what to tell each learner.
//!
//! It is a value; `ui::report` makes pages of it, [`csv()`] a sheet, and its JSON form is this structure.

mod beliefs;
mod sheets;
mod summary;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::course::{Course, Timestamp};

use super::{
    AnswerKey, Assignment, Class, Gradebook, Grader, Learner, Ledger, Pseudonyms,
    analysis::{Analysis, RowAnalysis},
};

pub use beliefs::{Belief, BeliefKind, Evidence};
pub use sheets::{LearnerSheet, SheetPart, WrongRow};
pub use summary::{GradeCell, GradeLine, Summary};
pub use table::csv;

/// How many beliefs are worth a lesson next time.
const TO_TEACH: usize = 3;

/// Where rows stand: by scenario id, its file and the line of each row by layer id.
pub type Places = BTreeMap<String, (String, BTreeMap<String, usize>)>;

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The class.
    pub class: &'a Class,
    /// What was recorded of it.
    pub ledger: &'a Ledger,
    /// The scenarios it was set.
    pub key: &'a AnswerKey,
    /// The course they belong to.
    pub course: &'a Course,
    /// Where their rows stand.
    pub places: &'a Places,
    /// As of when.
    pub now: Timestamp,
}

/// What a report shall hold.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// Of this assignment alone.
    pub assignment: Option<&'a str>,
    /// Whose sheets.
    pub sheets: Sheets<'a>,
    /// Sheets tell what is not released to the learner yet.
    pub unreleased: bool,
    /// Nobody is named.
    pub pseudonyms: Option<&'a Pseudonyms>,
}

/// Whose sheets a report holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheets<'a> {
    /// Nobody's.
    #[default]
    Nobody,
    /// Everyone's.
    Everyone,
    /// That of the learner with this login, and nothing else.
    One(&'a str),
}

/// The report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Class id.
    pub class: String,
    /// Its title.
    pub title: String,
    /// When it was made, in the class's zone.
    pub made: String,
    /// What to teach next: the worst beliefs.
    pub teach: Vec<Belief>,
    /// Its assignments, in the order of the file.
    pub assignments: Vec<AssignmentReport>,
    /// Places of rows whose key is in doubt: they say nothing about beliefs.
    pub doubtful: Vec<String>,
    /// Every belief that was shown, pitfalls first, the worst first.
    pub beliefs: Vec<Belief>,
    /// The gradebook.
    pub grades: Vec<GradeLine>,
    /// Sheets for learners.
    pub sheets: Vec<LearnerSheet>,
}

/// An assignment of the report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssignmentReport {
    /// Its title.
    pub title: String,
    /// How everyone stands with it.
    pub summary: Summary,
    /// What its questions did.
    pub analysis: Analysis,
    /// Places in the analysis's rows of those that misbehave, the worst first.
    pub flagged: Vec<usize>,
}

/// Who a learner is to the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Who {
    /// Id in the school's system.
    pub id: String,
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their section.
    pub section: Option<String>,
}

impl Who {
    fn of(learner: &Learner) -> Self {
        let Learner { id, login, name, section, .. } = learner.clone();
        Self { id, login, name, section }
    }
}

impl Report {
    /// The report of a class.
    pub fn of(from: &Sources<'_>, wanted: &Wanted<'_>) -> Self {
        let grader = Grader::new(from.key);
        let set: Vec<&Assignment> =
            from.class.assignments.iter().filter(|one| wanted.assignment.is_none_or(|only| one.id == only)).collect();
        let alone = matches!(wanted.sheets, Sheets::One(_));
        let book = Gradebook::of(from.class, from.ledger, (from.key, from.now), wanted.assignment);
        let each = set.iter().enumerate().filter(|_| !alone);
        let assignments: Vec<AssignmentReport> =
            each.map(|(column, one)| assignment(from, (one, column), &book, &grader)).collect();
        let rows = || assignments.iter().flat_map(|one| &one.analysis.rows).filter(|row| row.is_doubtful());
        let doubtful: BTreeSet<(&str, &str)> = rows().map(|row| (row.scenario.as_str(), row.layer.as_str())).collect();
        let beliefs = if alone { Vec::new() } else { beliefs::of(from, (&set, &doubtful), &grader) };
        let doubtful: BTreeSet<String> = rows().map(|row| row.place.clone()).collect();
        let mut report = Self {
            class: from.class.id.clone(),
            title: from.class.title.clone(),
            made: made(from),
            teach: beliefs::to_teach(&beliefs, TO_TEACH),
            assignments,
            doubtful: doubtful.into_iter().collect(),
            beliefs,
            grades: if alone { Vec::new() } else { summary::lines(&book) },
            sheets: sheets::of(from, (wanted, &set), &grader),
        };
        wanted.pseudonyms.into_iter().for_each(|names| report.hide(from.class, names));
        report
    }

    /// Puts pseudonyms in the place of everything that names a learner, and orders by them.
    fn hide(&mut self, class: &Class, names: &Pseudonyms) {
        let hidden = |login: &str| class.learner(login).map(|learner| Who::of(&names.learner(learner)));
        let grades = self.grades.iter_mut().map(|line| &mut line.who);
        for who in grades.chain(self.sheets.iter_mut().map(|sheet| &mut sheet.who)) {
            if let Some(hidden) = hidden(&who.login) {
                *who = hidden;
            }
        }
        for analysis in self.assignments.iter_mut().map(|one| &mut one.analysis) {
            analysis.matrix.iter_mut().for_each(|line| line.learner = names.of(&line.learner));
            analysis.matrix.sort_by(|one, other| one.learner.cmp(&other.learner));
        }
        self.grades.sort_by(|one, other| one.who.login.cmp(&other.who.login));
        self.sheets.sort_by(|one, other| one.who.login.cmp(&other.who.login));
    }
}

fn assignment(
    from: &Sources<'_>,
    (set, column): (&Assignment, usize),
    book: &Gradebook,
    grader: &Grader<'_>,
) -> AssignmentReport {
    let mut analysis = Analysis::of(from.class, from.ledger, set, (grader, from.now));
    for row in &mut analysis.rows {
        row.place = place(from.places, &row.scenario, &row.layer);
    }
    let is = |row: &RowAnalysis, one: &RowAnalysis| std::ptr::eq(row, one);
    let worst = analysis.flagged().into_iter();
    let flagged = worst.filter_map(|row| analysis.rows.iter().position(|one| is(row, one))).collect();
    AssignmentReport { title: set.title.clone(), summary: Summary::of(book, column), analysis, flagged }
}

/// Where a row stands: its file and line, or its scenario where it is no more.
fn place(places: &Places, scenario: &str, layer: &str) -> String {
    match places.get(scenario).map(|(file, lines)| (file, lines.get(layer))) {
        Some((file, Some(line))) => format!("{file}:{line}"),
        Some((file, None)) => file.clone(),
        None => format!("scenarios/{scenario}.toml"),
    }
}

fn made(from: &Sources<'_>) -> String {
    let at = jiff::Timestamp::from_millisecond(from.now.0).unwrap_or_default();
    at.to_zoned_datetime(from.class.zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}
