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
    let mut odds = odds(&texts, |place| scenarios.get(place).copied().unwrap_or_default()).into_iter();
    for (row, guess) in rows.iter().zip(guesses) {
        let odds: Vec<f64> = odds.by_ref().take(row.layer.controls.len()).collect();
        let best = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        guess.points = drawn(row.layer, |place, _| odds.get(place).is_some_and(|odds| *odds >= best));
        let shares: Vec<f64> = odds.iter().map(|odds| (odds - best).exp()).collect();
        let right = shares.get(row.layer.right_control()).copied().unwrap_or_default();
        guess.control = right / shares.iter().sum::<f64>();
    }
}

/// Points for choosing the control that shares the most words with the task.
pub(super) fn by_overlap(row: &Row<'_>) -> f64 {
    let task = row.layer.task.to_ascii_lowercase();
    let task: HashSet<&str> = words(&task).collect();
    let shared = |text: &str| {
        let text = text.to_ascii_lowercase();
        words(&text).collect::<HashSet<_>>().intersection(&task).count()
    };
    let shared: Vec<usize> = row.layer.controls.iter().map(|control| shared(&control.text)).collect();
    let most = shared.iter().max();
    drawn(row.layer, |place, _| shared.get(place) == most)
}

/// Points for choosing at random among the controls that claim nothing absolute; among all where every one does.
pub(super) fn by_absolutes(row: &Row<'_>) -> f64 {
    let is_absolute = |text: &str| {
        let text = text.to_ascii_lowercase();
        words(&text).any(|word| ["always", "never", "only"].contains(&word))
    };
    let every = row.layer.controls.iter().all(|control| is_absolute(&control.text));
    drawn(row.layer, |_, control| every || !is_absolute(&control.text))
}
