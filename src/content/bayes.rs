//! A solver that knows words and nothing else: multinomial naive Bayes with add-one smoothing (DESIGN section 3.1).
//!
//! It says how likely a text is of one class and not of the other, having learnt from texts of other groups alone.

use std::collections::HashMap;

/// A text in numbers, and whether it is of the class that is looked for.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub words: Vec<usize>,
    pub is: bool,
}

/// A number for each different word, counted up from zero.
#[derive(Debug, Default)]
pub(super) struct Numbers(HashMap<String, usize>);

impl Numbers {
    pub(super) fn of(&mut self, word: &str) -> usize {
        if let Some(number) = self.0.get(word) {
            return *number;
        }
        let next = self.0.len();
        self.0.insert(word.to_owned(), next);
        next
    }

    /// The number of a word that has one.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        self.0.get(word).copied()
    }

    /// The numbers of the words of `text`.
    pub(super) fn read(&mut self, text: &str) -> Vec<usize> {
        let text = text.to_ascii_lowercase();
        words(&text).map(|word| self.of(word)).collect()
    }
}

/// The words of a text in lower case: its runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit()).filter(|word| !word.is_empty())
}

/// The largest odds told: what is certain stays a number to reckon with.
const MOST: f64 = 700.0;

/// For each text, the logarithm of its odds to be of the class, by a solver that has not seen the texts of its group.
pub(super) fn odds(texts: &[Text], group: impl Fn(usize) -> usize) -> Vec<f64> {
    let [mut yes, mut no] = [true, false].map(|class| Counts::of(class, texts));
    let logs = logarithms(yes.most().max(no.most()));
    let told =
        |yes: &Counts, no: &Counts, text: &Text| bounded(yes.score(&text.words, &logs) - no.score(&text.words, &logs));
    let mut sorted: Vec<(usize, &Text)> = texts.iter().enumerate().collect();
    sorted.sort_by_key(|(place, _)| group(*place));
    let mut odds: Vec<(usize, f64)> = Vec::new();
    for held in sorted.chunk_by(|(one, _), (next, _)| group(*one) == group(*next)) {
        for (_, text) in held {
            yes.forget(text);
            no.forget(text);
        }
        odds.extend(held.iter().map(|(place, text)| (*place, told(&yes, &no, text))));
        for (_, text) in held {
            yes.learn(text);
            no.learn(text);
        }
    }
    odds.sort_unstable_by_key(|(place, _)| *place);
    odds.into_iter().map(|(_, odds)| odds).collect()
}

/// The logarithms of 1 to `most` + 1, so that no word needs one of its own.
#[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
fn logarithms(most: usize) -> Vec<f64> {
    (0..=most).map(|count| ((count + 1) as f64).ln()).collect()
}

/// Even odds where nothing is known of either class.
const fn bounded(odds: f64) -> f64 {
    if odds.is_nan() { 0.0 } else { odds.clamp(-MOST, MOST) }
}

/// What was counted for one class.
#[derive(Clone, Debug)]
struct Counts {
    class: bool,
    texts: usize,
    words: usize,
    by_word: Vec<usize>,
}

impl Counts {
    fn of(class: bool, texts: &[Text]) -> Self {
        let vocabulary = texts.iter().flat_map(|text| &text.words).max().map_or(0, |last| last + 1);
        let mut counts = Self { class, texts: 0, words: 0, by_word: vec![0; vocabulary] };
        for text in texts {
            counts.learn(text);
        }
        counts
    }

    fn learn(&mut self, text: &Text) {
        if text.is == self.class {
            self.texts += 1;
            self.words += text.words.len();
            self.count(&text.words, |count| count + 1);
        }
    }

    fn forget(&mut self, text: &Text) {
        if text.is == self.class {
            self.texts -= 1;
            self.words -= text.words.len();
            self.count(&text.words, |count| count - 1);
        }
    }

    fn count(&mut self, words: &[usize], change: impl Fn(usize) -> usize) {
        for word in words {
            if let Some(count) = self.by_word.get_mut(*word) {
                *count = change(*count);
            }
        }
    }

    /// How often the commonest word was seen.
    fn most(&self) -> usize {
        self.by_word.iter().copied().max().unwrap_or_default()
    }

    /// The logarithm of the share that this class has in texts of these words, up to a constant that both classes share.
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
    fn score(&self, words: &[usize], logs: &[f64]) -> f64 {
        let all = ((self.words + self.by_word.len()) as f64).ln();
        let seen = |word: &usize| self.by_word.get(*word).and_then(|seen| logs.get(*seen)).copied().unwrap_or_default();
        (self.texts as f64).ln() + words.iter().map(|word| seen(word) - all).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(is: bool, words: &[usize]) -> Text {
        Text { words: words.to_vec(), is }
    }

    #[test]
    fn a_score_is_the_hand_worked_number() {
        let texts = [text(false, &[0, 1]), text(false, &[0]), text(true, &[2, 2])];
        let [no, yes] = [false, true].map(|class| Counts::of(class, &texts));
        let logs = logarithms(2);
        // No: 2 texts, 3 words, of which 2 are word 0; vocabulary 3. ln 2 + ln (3/6) = 0.
        assert!(no.score(&[0], &logs).abs() < 1e-12);
        // Yes: 1 text, 2 words, none of them word 0. ln 1 + ln (1/5).
        assert!((yes.score(&[0], &logs) - 0.2_f64.ln()).abs() < 1e-12);
        // Word 2 twice: ln 1 + 2 ln (3/5).
        assert!((yes.score(&[2, 2], &logs) - 2.0 * 0.6_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn what_is_held_out_is_not_learnt() {
        // Word 0 is of one class in the first text and of the other in the second: each misleads about the other.
        let texts = [text(false, &[0]), text(true, &[0]), text(false, &[1]), text(true, &[2])];
        let odds = odds(&texts, |place| place);
        assert!(odds[0] > 0.0 && odds[1] < 0.0, "{odds:?}");
    }

    #[test]
    fn a_group_is_held_out_whole() {
        let texts = [text(false, &[0]), text(false, &[0]), text(true, &[0]), text(false, &[1]), text(false, &[1])];
        let apart = odds(&texts, |place| place);
        let together = odds(&texts, |place| if place < 2 { 9 } else { place });
        assert!(together[..2].iter().all(|odds| *odds > 0.0), "the twin was not seen: {together:?}");
        assert!(apart[..2].iter().all(|odds| *odds < 0.0), "the twin was seen: {apart:?}");
    }

    #[test]
    fn odds_stay_numbers_where_nothing_is_known() {
        assert_eq!(odds(&[text(true, &[0])], |place| place), [0.0]);
        assert_eq!(odds(&[text(true, &[0]), text(true, &[0])], |place| place), [MOST; 2]);
    }

    #[test]
    fn words_are_lower_case_runs_of_letters_and_digits() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.read("Keep the VM's OS patched"), [0, 1, 2, 3, 4, 5]);
        assert_eq!(numbers.read("keep s 2"), [0, 3, 6], "keep, s, and a new word");
    }
}
