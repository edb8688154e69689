//! The gradebook: everyone's grades in everything that is set, and what they come to.

use serde::Serialize;

use crate::course::Timestamp;

use super::{AnswerKey, Assignment, Class, Grader, Learner, Ledger, Percent, Standing, State};

/// Everyone's grades as of one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradebook {
    /// What is graded, in the order of the file.
    pub columns: Vec<Column>,
    /// The learners, in the order of the class.
    pub rows: Vec<GradeRow>,
}

/// An assignment of the gradebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Assignment id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its share in the total.
    pub weight: u32,
    /// By when it shall be handed in, extensions of single learners aside.
    pub due: Option<Timestamp>,
}

/// A learner of the gradebook.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeRow {
    /// Who.
    pub learner: Learner,
    /// Their grades, column by column; none where it is not set them.
    pub grades: Vec<Option<Grade>>,
    /// The weighted mean of what is graded; none while nothing is.
    pub total: Option<Percent>,
}

/// A learner's grade in an assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Grade {
    /// Where they are with it.
    pub state: State,
    /// What it is worth, the penalty taken off: nothing at all where it was missed; none while there is nothing to grade.
    pub score: Option<Percent>,
    /// Points of the attempt that counts.
    pub points: u32,
    /// Points there were.
    pub out_of: u32,
    /// What lateness cost.
    pub penalty: Percent,
    /// Days, or parts of one, after the due date.
    pub days_late: u32,
    /// When it was handed in.
    #[serde(skip)]
    pub done: Option<Timestamp>,
    /// How often it was begun.
    pub attempts: usize,
    /// Answers that could not be graded, since their question has left the course.
    pub ungraded: usize,
}

impl Gradebook {
    /// The grades of `class` at `now`; `only` narrows them to one assignment.
    pub fn of(class: &Class, ledger: &Ledger, (key, now): (&AnswerKey, Timestamp), only: Option<&str>) -> Self {
        let set: Vec<&Assignment> =
            class.assignments.iter().filter(|one| only.is_none_or(|only| one.id == only)).collect();
        let column = |one: &&Assignment| Column {
            id: one.id.clone(),
            title: one.title.clone(),
            weight: one.weight,
            due: ledger.window("", one, now).due,
        };
        let grader = Grader::new(key);
        let row = |learner: &Learner| {
            let standing = |one: &Assignment| ledger.standing_by((learner, one), &grader, now);
            let grade = |one: &&Assignment| one.is_for(learner).then(|| Grade::of(&standing(one)));
            let grades: Vec<Option<Grade>> = set.iter().map(grade).collect();
            let scores = grades.iter().zip(&set).filter_map(|(grade, one)| Some((grade.as_ref()?.score?, one.weight)));
            GradeRow { learner: learner.clone(), total: Percent::mean(scores), grades }
        };
        Self { columns: set.iter().map(column).collect(), rows: class.learners.iter().map(row).collect() }
    }

    /// The points there were in a column, as most learners had them.
    pub(super) fn out_of(&self, column: usize) -> u32 {
        let grades = self.rows.iter().filter_map(|row| row.grades.get(column)?.as_ref());
        grades.map(|grade| grade.out_of).max().unwrap_or_default()
    }
}

impl Grade {
    /// The grade of who stands so.
    pub fn of(standing: &Standing) -> Self {
        let counted = standing.counted();
        let missed = (standing.state == State::Missed).then(Percent::default);
        Self {
            state: standing.state,
            score: counted.map(|one| one.score).or(missed),
            points: counted.map_or(0, |one| one.points),
            out_of: counted.map_or(0, |one| one.out_of),
            penalty: counted.map_or(Percent::default(), |one| one.penalty),
            days_late: counted.map_or(0, |one| one.days_late),
            done: counted.and_then(|one| one.done),
            attempts: standing.tries.len(),
            ungraded: counted.map_or(0, |one| one.ungraded),
        }
    }
}

impl State {
    /// The state in a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotOpen => "not open",
            Self::NotBegun => "not begun",
            Self::Working => "working",
            Self::HandedIn => "handed in",
            Self::Late => "late",
            Self::Missed => "missed",
        }
    }
}
