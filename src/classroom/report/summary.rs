//! How everyone stands, in short.

use serde::Serialize;

use crate::classroom::{
    Gradebook, Percent, State,
    analysis::{count, deviation, mean, median},
};

use super::Who;

/// Steps of a histogram: ten per cent each.
const STEPS: usize = 10;

/// How everyone stands with one assignment. Figures are in per cent and of what was handed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// Learners it is set.
    pub set: usize,
    /// Those who handed it in, in time or late.
    pub done: usize,
    /// Those of them who were late.
    pub late: usize,
    /// Those who never began it before it closed.
    pub missed: usize,
    /// Those at work on it.
    pub working: usize,
    /// Those who have not begun and still may, or will.
    pub not_begun: usize,
    /// The mean score.
    pub mean: Option<f64>,
    /// The middle score.
    pub median: Option<f64>,
    /// Standard deviation, over n - 1.
    pub deviation: Option<f64>,
    /// The lowest score.
    pub lowest: Option<f64>,
    /// The highest score.
    pub highest: Option<f64>,
    /// Scores from 0 to below 10, from 10 to below 20, … and from 90 to 100.
    pub histogram: Vec<usize>,
}

/// A learner's line of the gradebook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct GradeLine {
    /// Who.
    #[serde(flatten)]
    pub who: Who,
    /// Their grade in each assignment of the report; none where it is not set them.
    pub grades: Vec<Option<GradeCell>>,
    /// The weighted mean.
    pub total: Option<Percent>,
}

/// A grade, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct GradeCell {
    /// Where they are with it.
    pub state: State,
    /// What it is worth.
    pub score: Option<Percent>,
}

impl Summary {
    pub(super) fn of(book: &Gradebook, column: usize) -> Self {
        let grades: Vec<GradeCell> = lines(book).iter().filter_map(|line| *line.grades.get(column)?).collect();
        let states = |wanted: &[State]| grades.iter().filter(|grade| wanted.contains(&grade.state)).count();
        let handed_in = grades.iter().filter(|grade| grade.state != State::Missed);
        let scores: Vec<f64> = handed_in.filter_map(|grade| grade.score).map(percent).collect();
        let mut histogram = vec![0; STEPS];
        for score in &scores {
            let place = (0..STEPS).rev().find(|step| *score >= 10.0 * count(*step)).unwrap_or_default();
            histogram.get_mut(place).into_iter().for_each(|step| *step += 1);
        }
        Self {
            set: grades.len(),
            done: states(&[State::HandedIn, State::Late]),
            late: states(&[State::Late]),
            missed: states(&[State::Missed]),
            working: states(&[State::Working]),
            not_begun: states(&[State::NotBegun, State::NotOpen]),
            mean: mean(&scores),
            median: median(scores.clone()),
            deviation: deviation(&scores),
            lowest: scores.iter().copied().reduce(f64::min),
            highest: scores.iter().copied().reduce(f64::max),
            histogram,
        }
    }
}

fn percent(share: Percent) -> f64 {
    f64::from(share.hundredths()) / 100.0
}

/// The gradebook in short.
pub(super) fn lines(book: &Gradebook) -> Vec<GradeLine> {
    let line = |row: &crate::classroom::GradeRow| GradeLine {
        who: Who::of(&row.learner),
        grades: row
            .grades
            .iter()
            .map(|grade| grade.as_ref().map(|grade| GradeCell { state: grade.state, score: grade.score }))
            .collect(),
        total: row.total,
    };
    book.rows.iter().map(line).collect()
}
