//! How often the wording of a task alone gives its owner away (DESIGN section 3.1).
//!
//! The measure is a solver that never reads a story: multinomial naive Bayes with add-one smoothing over the words of the
//! tasks, trained on all scenarios but the one (or the one ladder) it is tested on.

use std::collections::{HashMap, HashSet};

use crate::course::{Layer, Owner, Scenario};

/// The part of some rows for which something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub holds: usize,
    pub rows: usize,
}

impl Share {
    fn add(&mut self, holds: bool) {
        self.holds += usize::from(holds);
        self.rows += 1;
    }

    /// Whether more than so many in a hundred hold.
    pub(super) const fn exceeds(self, percent: usize) -> bool {
        self.holds * 100 > percent * self.rows
    }

    /// Whether fewer than so many in a hundred hold.
    pub(super) const fn falls_below(self, percent: usize) -> bool {
        self.holds * 100 < percent * self.rows
    }

    /// The figure as a message says it.
    pub(super) fn words(self) -> String {
        let tenths = (self.holds * 1_000).checked_div(self.rows).unwrap_or_default();
        format!("{}.{} % of {} rows", tenths / 10, tenths % 10, self.rows)
    }
}

/// The three figures that a pack is held to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Leak {
    /// All rows, their scenario held out.
    pub scenario: Share,
    /// Rows whose subject has both owners somewhere, their scenario held out.
    pub two_sided: Share,
    /// All rows, their ladder held out: the fair figure.
    pub ladder: Share,
}

/// Measures `scenarios`; contested rows are left out.
pub(super) fn leak(scenarios: &[Scenario]) -> Leak {
    let mut words = Words::default();
    let rows: Vec<Row<'_>> = scenarios
        .iter()
        .flat_map(|scenario| scenario.layers.iter().map(move |layer| (scenario, layer)))
        .filter(|(_, layer)| !layer.contested)
        .map(|(scenario, layer)| words.row(scenario, layer))
        .collect();
    let sides: HashSet<(&str, Owner)> = rows.iter().map(|row| (row.subject, row.owner)).collect();
    let two_sided = |row: &Row<'_>| sides.contains(&(row.subject, row.owner.other()));
    let mut leak = Leak::default();
    for (row, guess) in held_out(&rows, words.0.len(), |row| row.scenario) {
        leak.scenario.add(guess == row.owner);
        if two_sided(row) {
            leak.two_sided.add(guess == row.owner);
        }
    }
    for (row, guess) in
        held_out(&rows, words.0.len(), |row| row.ladder.map_or((None, row.scenario), |on| (Some(on), "")))
    {
        leak.ladder.add(guess == row.owner);
    }
    leak
}

struct Row<'a> {
    scenario: &'a str,
    ladder: Option<&'a str>,
    subject: &'a str,
    owner: Owner,
    words: Vec<usize>,
}

/// A number for each word.
#[derive(Default)]
struct Words(HashMap<String, usize>);

impl Words {
    fn row<'a>(&mut self, scenario: &'a Scenario, layer: &'a Layer) -> Row<'a> {
        let task = layer.task.to_ascii_lowercase();
        let split = task.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
        let words = split.filter(|word| !word.is_empty()).map(|word| self.number(word)).collect();
        let ladder = scenario.ladder.as_deref();
        Row { scenario: &scenario.id, ladder, subject: &layer.subject, owner: layer.owner, words }
    }

    fn number(&mut self, word: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(word.to_owned()).or_insert(next)
    }
}

/// What was counted for one owner.
#[derive(Clone, Debug, Default)]
struct Counts {
    rows: usize,
    words: usize,
    by_word: HashMap<usize, usize>,
}

impl Counts {
    fn of<'a>(owner: Owner, rows: impl IntoIterator<Item = &'a Row<'a>>) -> Self {
        let mut counts = Self::default();
        for row in rows.into_iter().filter(|row| row.owner == owner) {
            counts.rows += 1;
            counts.words += row.words.len();
            for word in &row.words {
                *counts.by_word.entry(*word).or_default() += 1;
            }
        }
        counts
    }

    fn word(&self, word: usize) -> usize {
        self.by_word.get(&word).copied().unwrap_or_default()
    }
}

/// Each row with the owner guessed for it by a solver that has not seen the rows of its group.
fn held_out<'r, 'a, G: std::hash::Hash + Eq>(
    rows: &'r [Row<'a>],
    vocabulary: usize,
    group: impl Fn(&Row<'a>) -> G,
) -> Vec<(&'r Row<'a>, Owner)> {
    let mut groups: HashMap<G, Vec<&Row<'a>>> = HashMap::new();
    for row in rows {
        groups.entry(group(row)).or_default().push(row);
    }
    let sides = [Owner::Customer, Owner::Provider].map(|owner| (owner, Counts::of(owner, rows)));
    let guess_group = |held: Vec<&'r Row<'a>>| {
        let sides =
            sides.each_ref().map(|(owner, all)| (*owner, Side { all, held: Counts::of(*owner, held.iter().copied()) }));
        let guesses: Vec<_> = held.iter().map(|row| (*row, guess(&sides, row, vocabulary))).collect();
        guesses
    };
    groups.into_values().flat_map(guess_group).collect()
}

/// What the solver learnt about one owner: everything counted but what is held out.
struct Side<'c> {
    all: &'c Counts,
    held: Counts,
}

impl Side<'_> {
    /// The logarithm of the share that this owner has in rows like `row`, up to a constant that both owners share.
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
    fn score(&self, row: &Row<'_>, vocabulary: usize) -> f64 {
        let words = (self.all.words - self.held.words + vocabulary) as f64;
        let word = |word: &usize| ((self.all.word(*word) - self.held.word(*word) + 1) as f64 / words).ln();
        ((self.all.rows - self.held.rows) as f64).ln() + row.words.iter().map(word).sum::<f64>()
    }
}

/// The likelier owner; the customer where both are as likely.
fn guess(sides: &[(Owner, Side<'_>); 2], row: &Row<'_>, vocabulary: usize) -> Owner {
    let scored = sides.iter().map(|(owner, side)| (*owner, side.score(row, vocabulary)));
    let best = scored.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Owner::Customer, |(owner, _)| owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(scenario: &'a str, ladder: Option<&'a str>, owner: Owner, words: &[usize]) -> Row<'a> {
        Row { scenario, ladder, subject: "s", owner, words: words.to_vec() }
    }

    use Owner::{Customer, Provider};

    #[test]
    fn a_score_is_the_hand_worked_number() {
        let rows =
            [row("a", None, Customer, &[0, 1]), row("b", None, Customer, &[0]), row("c", None, Provider, &[2, 2])];
        let side = |owner| Side { all: Box::leak(Box::new(Counts::of(owner, &rows))), held: Counts::default() };
        // Customer: 2 rows, 3 words, of which 2 are word 0; vocabulary 3. ln 2 + ln (3/6) = 0.
        assert!(side(Customer).score(&row("d", None, Customer, &[0]), 3).abs() < 1e-12);
        // Provider: 1 row, 2 words, none of them word 0. ln 1 + ln (1/5).
        assert!((side(Provider).score(&row("d", None, Customer, &[0]), 3) - 0.2_f64.ln()).abs() < 1e-12);
        // Word 2 twice: ln 1 + 2 ln (3/5).
        assert!((side(Provider).score(&row("d", None, Customer, &[2, 2]), 3) - 2.0 * 0.6_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn what_is_held_out_is_not_learnt() {
        // Word 0 is the customer's in `a` alone: with `a` held out, rows of `a` look like word 0 in `b`, the provider's.
        let rows = [
            row("a", None, Customer, &[0]),
            row("b", None, Provider, &[0]),
            row("c", None, Customer, &[1]),
            row("d", None, Provider, &[2]),
        ];
        let guesses: HashMap<&str, Owner> =
            held_out(&rows, 3, |row| row.scenario).into_iter().map(|(row, guess)| (row.scenario, guess)).collect();
        assert_eq!(guesses["a"], Provider);
        assert_eq!(guesses["b"], Customer);
    }

    #[test]
    fn a_ladder_is_held_out_whole() {
        let rows = [
            row("a", Some("l"), Customer, &[0]),
            row("b", Some("l"), Customer, &[0]),
            row("c", None, Provider, &[0]),
            row("d", None, Customer, &[1]),
            row("e", None, Customer, &[1]),
        ];
        let ladder = held_out(&rows, 2, |row| row.ladder.map_or(row.scenario, |ladder| ladder));
        let on_ladder = ladder.iter().filter(|(row, _)| row.ladder.is_some());
        assert!(on_ladder.map(|(_, guess)| *guess).eq([Provider, Provider]), "its twin was not seen");
    }
}
