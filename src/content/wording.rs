//! How often the wording of a task alone gives its owner away (DESIGN section 3.1).
//!
//! The measure is a solver that never reads a story: multinomial naive Bayes with add-one smoothing over the words of the
//! tasks, trained on all scenarios but the one (or the one ladder) it is tested on.

use std::collections::{HashMap, HashSet};

use crate::course::{Owner, Scenario};

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
    let rows = rows(scenarios);
    let sides: HashSet<(usize, Owner)> = rows.iter().map(|row| (row.subject, row.owner)).collect();
    let mut leak = Leak::default();
    for (row, guess) in held_out(&rows, |row| row.scenario) {
        leak.scenario.add(guess == row.owner);
        if sides.contains(&(row.subject, row.owner.other())) {
            leak.two_sided.add(guess == row.owner);
        }
    }
    for (row, guess) in held_out(&rows, |row| row.ladder) {
        leak.ladder.add(guess == row.owner);
    }
    leak
}

/// A row in numbers.
#[derive(Clone, Debug)]
struct Row {
    scenario: usize,
    /// The ladder, or a number of its own for a scenario that stands alone.
    ladder: usize,
    subject: usize,
    owner: Owner,
    words: Vec<usize>,
}

/// A number for each different text, counted up from zero.
#[derive(Default)]
struct Numbers<'a>(HashMap<&'a str, usize>);

impl<'a> Numbers<'a> {
    fn of(&mut self, text: &'a str) -> usize {
        let next = self.0.len();
        *self.0.entry(text).or_insert(next)
    }
}

fn rows(scenarios: &[Scenario]) -> Vec<Row> {
    let tasks: Vec<String> =
        scenarios.iter().flat_map(|scenario| &scenario.layers).map(|layer| layer.task.to_ascii_lowercase()).collect();
    let (mut words, mut subjects, mut ladders) = (Numbers::default(), Numbers::default(), Numbers::default());
    let mut tasks = tasks.iter();
    let mut rows = Vec::new();
    for (place, scenario) in scenarios.iter().enumerate() {
        let ladder = scenario.ladder.as_deref().map_or(place, |ladder| scenarios.len() + ladders.of(ladder));
        for (layer, task) in scenario.layers.iter().zip(&mut tasks).filter(|(layer, _)| !layer.contested) {
            let split = task.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit());
            let words = split.filter(|word| !word.is_empty()).map(|word| words.of(word)).collect();
            rows.push(Row { scenario: place, ladder, subject: subjects.of(&layer.subject), owner: layer.owner, words });
        }
    }
    rows
}

/// What was counted for one owner.
#[derive(Clone, Debug)]
struct Counts {
    owner: Owner,
    rows: usize,
    words: usize,
    by_word: Vec<usize>,
}

impl Counts {
    fn of(owner: Owner, rows: &[Row]) -> Self {
        let vocabulary = rows.iter().flat_map(|row| &row.words).max().map_or(0, |last| last + 1);
        let mut counts = Self { owner, rows: 0, words: 0, by_word: vec![0; vocabulary] };
        for row in rows {
            counts.learn(row);
        }
        counts
    }

    fn learn(&mut self, row: &Row) {
        if row.owner == self.owner {
            self.rows += 1;
            self.words += row.words.len();
            self.count(&row.words, |count| count + 1);
        }
    }

    fn forget(&mut self, row: &Row) {
        if row.owner == self.owner {
            self.rows -= 1;
            self.words -= row.words.len();
            self.count(&row.words, |count| count - 1);
        }
    }

    fn count(&mut self, words: &[usize], change: impl Fn(usize) -> usize) {
        for word in words {
            if let Some(count) = self.by_word.get_mut(*word) {
                *count = change(*count);
            }
        }
    }

    /// The logarithm of the share that this owner has in rows of these words, up to a constant that both owners share.
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
    fn score(&self, words: &[usize]) -> f64 {
        let all = (self.words + self.by_word.len()) as f64;
        let seen = |word: &usize| self.by_word.get(*word).copied().unwrap_or_default();
        let logs = words.iter().map(|word| ((seen(word) + 1) as f64 / all).ln());
        (self.rows as f64).ln() + logs.sum::<f64>()
    }
}

/// Each row with the owner guessed for it by a solver that has not seen the rows of its group.
fn held_out(rows: &[Row], group: impl Fn(&Row) -> usize) -> Vec<(&Row, Owner)> {
    let [mut customer, mut provider] = [Owner::Customer, Owner::Provider].map(|owner| Counts::of(owner, rows));
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(|row| group(row));
    let mut guesses = Vec::new();
    for held in sorted.chunk_by(|one, next| group(one) == group(next)) {
        for row in held {
            customer.forget(row);
            provider.forget(row);
        }
        guesses.extend(held.iter().map(|row| (*row, guess(&customer, &provider, row))));
        for row in held {
            customer.learn(row);
            provider.learn(row);
        }
    }
    guesses
}

/// The likelier owner; the customer where both are as likely.
fn guess(customer: &Counts, provider: &Counts, row: &Row) -> Owner {
    let more = provider.score(&row.words) > customer.score(&row.words);
    if more { Owner::Provider } else { Owner::Customer }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of scenario `place` on ladder `ladder`.
    fn row(place: usize, ladder: usize, owner: Owner, words: &[usize]) -> Row {
        Row { scenario: place, ladder, subject: 0, owner, words: words.to_vec() }
    }

    use Owner::{Customer, Provider};

    #[test]
    fn a_score_is_the_hand_worked_number() {
        let rows = [row(0, 0, Customer, &[0, 1]), row(1, 1, Customer, &[0]), row(2, 2, Provider, &[2, 2])];
        let [customer, provider] = [Customer, Provider].map(|owner| Counts::of(owner, &rows));
        // Customer: 2 rows, 3 words, of which 2 are word 0; vocabulary 3. ln 2 + ln (3/6) = 0.
        assert!(customer.score(&[0]).abs() < 1e-12);
        // Provider: 1 row, 2 words, none of them word 0. ln 1 + ln (1/5).
        assert!((provider.score(&[0]) - 0.2_f64.ln()).abs() < 1e-12);
        // Word 2 twice: ln 1 + 2 ln (3/5).
        assert!((provider.score(&[2, 2]) - 2.0 * 0.6_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn what_is_held_out_is_not_learnt() {
        // Word 0 is the customer's in the first row and the provider's in the second: each misleads about the other.
        let rows = [
            row(0, 0, Customer, &[0]),
            row(1, 1, Provider, &[0]),
            row(2, 2, Customer, &[1]),
            row(3, 3, Provider, &[2]),
        ];
        let guesses: Vec<Owner> = held_out(&rows, |row| row.scenario).into_iter().map(|(_, guess)| guess).collect();
        assert_eq!(guesses[..2], [Provider, Customer]);
    }

    #[test]
    fn a_ladder_is_held_out_whole() {
        let rows = [
            row(0, 9, Customer, &[0]),
            row(1, 9, Customer, &[0]),
            row(2, 2, Provider, &[0]),
            row(3, 3, Customer, &[1]),
            row(4, 4, Customer, &[1]),
        ];
        let on_ladder = |group: fn(&Row) -> usize| -> Vec<Owner> {
            held_out(&rows, group).into_iter().filter(|(row, _)| row.ladder == 9).map(|(_, guess)| guess).collect()
        };
        assert_eq!(on_ladder(|row| row.ladder), [Provider, Provider], "its twin was not seen");
        assert_eq!(on_ladder(|row| row.scenario), [Customer, Customer], "its twin was seen");
    }

    #[test]
    fn words_are_lower_case_runs_of_letters_and_digits() {
        let mut scenario = crate::course::Scenario { ladder: Some("l".into()), ..one("Keep the VM's OS patched") };
        scenario.layers[0].subject = "os".into();
        let rows = rows(&[scenario, one("keep s 2")]);
        assert_eq!(rows[0].words, [0, 1, 2, 3, 4, 5]);
        assert_eq!(rows[1].words, [0, 3, 6], "keep, s, and a new word");
        assert_ne!(rows[0].ladder, rows[1].ladder);
    }

    fn one(task: &str) -> Scenario {
        use crate::course::{Cloud, Layer, Model};
        let layer = Layer {
            id: "a".into(),
            label: "A".into(),
            subject: "a".into(),
            task: task.into(),
            owner: Customer,
            threat: None,
            pair: None,
            contested: false,
            why: String::new(),
            hints: Vec::new(),
            controls: Vec::new(),
        };
        Scenario {
            id: "s".into(),
            title: String::new(),
            lesson: String::new(),
            level: 1,
            model: Model::Iaas,
            cloud: Cloud::Any,
            ladder: None,
            story: String::new(),
            sources: Vec::new(),
            layers: vec![layer],
        }
    }
}
