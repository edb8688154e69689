//! How far the wording alone gives a row's answers away: its owner by the task, its right control by the controls' texts.
//!
//! Both are measured by a solver that never reads a story and has not seen the scenario (or the ladder) it is tested on.

use std::collections::HashSet;

use super::{
    balance::Row,
    bayes::{Numbers, Text, odds, words},
    figure::drawn,
};

/// What the solver made of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Guess {
    /// The owner, its scenario held out, was right.
    pub scenario: bool,
    /// The owner, its whole ladder held out, was right.
    pub ladder: bool,
    /// Other rows about the same subject have the other owner.
    pub two_sided: bool,
    /// How likely the right owner seemed, its whole ladder held out.
    pub owner: f64,
    /// Points for the control that seemed likeliest; a part of one where several did.
    pub points: f64,
    /// How likely the right control seemed.
    pub control: f64,
    /// Points for choosing the control that shares the most words with the task.
    pub overlap: f64,
    /// Points for choosing at random among the controls that claim nothing absolute.
    pub absolutes: f64,
}

/// Lets the solver guess every row.
pub(super) fn guesses(rows: &[Row<'_>]) -> Vec<Guess> {
    let mut guesses = vec![Guess::default(); rows.len()];
    owners(rows, &mut guesses);
    controls(rows, &mut guesses);
    guesses
}

fn owners(rows: &[Row<'_>], guesses: &mut [Guess]) {
    let mut numbers = Numbers::default();
    let mut text = |row: &Row<'_>| Text { words: numbers.read(&row.layer.task), is: row.is_provider() };
    let texts: Vec<Text> = rows.iter().map(&mut text).collect();
    let group = |of: fn(&Row<'_>) -> usize| move |place: usize| rows.get(place).map_or(0, of);
    let by_scenario = odds(&texts, group(|row| row.scenario));
    let by_ladder = odds(&texts, group(|row| row.ladder));
    let sides: HashSet<(&str, bool)> = rows.iter().map(|row| (row.layer.subject.as_str(), row.is_provider())).collect();
    for ((row, guess), (scenario, ladder)) in rows.iter().zip(guesses).zip(by_scenario.into_iter().zip(by_ladder)) {
        let provider = row.is_provider();
        guess.scenario = (scenario > 0.0) == provider;
        guess.ladder = (ladder > 0.0) == provider;
        guess.two_sided = sides.contains(&(row.layer.subject.as_str(), !provider));
        guess.owner = 1.0 / (1.0 + if provider { -ladder } else { ladder }.exp());
    }
}

fn controls(rows: &[Row<'_>], guesses: &mut [Guess]) {
    let mut numbers = Numbers::default();
    let (mut texts, mut scenarios) = (Vec::new(), Vec::new());
    for row in rows {
        for control in &row.layer.controls {
            texts.push(Text { words: numbers.read(&control.text), is: control.correct });
            scenarios.push(row.scenario);
        }
    }
    let odds = odds(&texts, |place| scenarios.get(place).copied().unwrap_or_default());
    let (mut texts, mut odds) = (texts.as_slice(), odds.as_slice());
    for (row, guess) in rows.iter().zip(guesses) {
        let count = row.layer.controls.len();
        let (own, others) = texts.split_at_checked(count).unwrap_or_default();
        let (sure, rest) = odds.split_at_checked(count).unwrap_or_default();
        (texts, odds) = (others, rest);
        (guess.points, guess.control) = likeliest(row, sure);
        guess.overlap = by_overlap(row, own, &numbers);
        guess.absolutes = by_absolutes(row, own, &numbers);
    }
}

/// Points for the likeliest control of a row, and how likely the right one is.
fn likeliest(row: &Row<'_>, odds: &[f64]) -> (f64, f64) {
    let best = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let points = drawn(row.layer, |place, _| odds.get(place).is_some_and(|odds| *odds >= best));
    let shares = odds.iter().map(|odds| (odds - best).exp());
    let right = odds.get(row.layer.right_control()).map_or(0.0, |odds| (odds - best).exp());
    (points, right / shares.sum::<f64>())
}

fn by_overlap(row: &Row<'_>, controls: &[Text], numbers: &Numbers) -> f64 {
    let task = row.layer.task.to_ascii_lowercase();
    let mut task: Vec<usize> = words(&task).filter_map(|word| numbers.find(word)).collect();
    task.sort_unstable();
    task.dedup();
    let shared = |control: &Text| task.iter().filter(|word| control.words.contains(word)).count();
    let shared: Vec<usize> = controls.iter().map(shared).collect();
    drawn(row.layer, |place, _| shared.get(place) == shared.iter().max())
}

/// All controls are left to choose from where every one claims something absolute.
fn by_absolutes(row: &Row<'_>, controls: &[Text], numbers: &Numbers) -> f64 {
    let absolutes = ["always", "never", "only"].map(|word| numbers.find(word));
    let is_absolute = |control: &Text| control.words.iter().any(|word| absolutes.contains(&Some(*word)));
    let every = controls.iter().all(is_absolute);
    drawn(row.layer, |place, _| every || !controls.get(place).is_some_and(is_absolute))
}
