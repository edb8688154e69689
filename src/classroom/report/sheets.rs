//! A learner's sheet: what was wrong, what is right and why, and where to read about it.

use serde::Serialize;

use crate::{
    classroom::{Assignment, Graded, Grader, Learner, Percent, State},
    course::{Course, Layer, Owner},
    document::{Document, plain},
};

use super::{Sheets, Sources, Wanted, Who};

/// The sheet of one learner.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LearnerSheet {
    /// Whose.
    #[serde(flatten)]
    pub who: Who,
    /// What is set them.
    pub parts: Vec<SheetPart>,
}

/// An assignment on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SheetPart {
    /// Assignment id.
    pub assignment: String,
    /// Its title.
    pub title: String,
    /// Where they are with it.
    pub state: State,
    /// What it is worth.
    pub score: Option<Percent>,
    /// What was wrong is told; it is not before the answers are released.
    pub released: bool,
    /// Rows that count.
    pub rows: usize,
    /// What was wrong or left out.
    pub wrong: Vec<WrongRow>,
}

/// A row that was wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WrongRow {
    /// The scenario's title.
    pub scenario: String,
    /// The duty.
    pub task: String,
    /// The owner they said; none where the row was left out.
    pub said_owner: Option<Owner>,
    /// The owner it has.
    pub owner: Option<Owner>,
    /// The control they chose; empty where it was right or is not known any more.
    pub said_control: String,
    /// Why that is wrong.
    pub said_why: String,
    /// The right control.
    pub control: String,
    /// Why the owner is the owner.
    pub why: String,
    /// The belief that the control shows, and what to believe instead.
    pub belief: String,
    /// The threat that follows.
    pub threat: String,
    /// Where to read about it: the lesson.
    pub lesson: String,
}

/// The sheets that are wanted.
pub(super) fn of(
    from: &Sources<'_>,
    (wanted, set): (&Wanted<'_>, &[&Assignment]),
    grader: &Grader<'_>,
) -> Vec<LearnerSheet> {
    let is_wanted = |learner: &&Learner| match wanted.sheets {
        Sheets::Nobody => false,
        Sheets::Everyone => true,
        Sheets::One(login) => learner.login.to_lowercase() == login.to_lowercase(),
    };
    let sheet = |learner: &Learner| {
        let set = set.iter().filter(|one| one.is_for(learner));
        let parts = set.map(|one| part(from, (learner, one), wanted.unreleased, grader)).collect();
        LearnerSheet { who: Who::of(learner), parts }
    };
    from.class.learners.iter().filter(is_wanted).map(sheet).collect()
}

fn part(
    from: &Sources<'_>,
    (learner, set): (&Learner, &Assignment),
    unreleased: bool,
    grader: &Grader<'_>,
) -> SheetPart {
    let standing = from.ledger.standing_by((learner, set), grader, from.now);
    let grade = crate::classroom::Grade::of(&standing);
    let (mut rows, mut wrong) = (0, Vec::new());
    if let Some((sat, counted)) = from.ledger.counted(&learner.login, &standing) {
        grader.rows(sat, (&standing.window, counted.ends), |row| {
            rows += usize::from(row.out_of > 0);
            wrong.extend(wrong_row(from, &row));
        });
    }
    let released = unreleased || standing.explained;
    SheetPart {
        assignment: set.id.clone(),
        title: set.title.clone(),
        state: grade.state,
        score: grade.score,
        released,
        rows,
        wrong: if released { wrong } else { Vec::new() },
    }
}

/// What is to be said of a row, where it is not right in both.
fn wrong_row(from: &Sources<'_>, row: &Graded<'_>) -> Option<WrongRow> {
    let layer = row.layer?;
    if row.out_of == 0 || row.mark.as_deref().is_some_and(crate::course::Mark::right) {
        return None;
    }
    let scenario = from.key.get(row.scenario)?;
    let lesson = from.course.lesson(&scenario.lesson).map_or("", |lesson| lesson.title.as_str());
    let told = WrongRow {
        scenario: scenario.title.clone(),
        task: layer.task.clone(),
        said_owner: row.given.map(|given| given.said.owner),
        owner: Some(layer.owner),
        control: layer.decision().to_owned(),
        why: words(&layer.why),
        threat: threat(from.course, layer),
        lesson: format!("{} {lesson}", scenario.lesson).trim_end().to_owned(),
        ..WrongRow::default()
    };
    // Of an answer to another text only the owner can be told.
    let chosen = row.given.filter(|_| row.current).and_then(|given| layer.controls.get(given.said.control));
    let Some(chosen) = chosen.filter(|control| !control.correct) else { return Some(told) };
    let belief = chosen.trap.as_deref().and_then(|trap| from.course.pitfall(trap));
    Some(WrongRow {
        said_control: chosen.text.clone(),
        said_why: words(&chosen.why),
        belief: belief.map_or_else(String::new, |belief| format!("{}: {}", belief.name, belief.correction)),
        ..told
    })
}

fn threat(course: &Course, layer: &Layer) -> String {
    layer.threat.as_deref().and_then(|id| course.threat(id)).map_or_else(String::new, |threat| threat.name.clone())
}

/// Markdown as running words.
fn words(markdown: &str) -> String {
    let text = plain(&Document::parse(markdown).0, &|_| String::new());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
