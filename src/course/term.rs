//! The glossary: words that a newcomer would not know, and where they occur in a text.

use serde::{Deserialize, Serialize};

/// A word and what it means, from `glossary.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The word as texts use it, `IAM`, `snapshot`.
    pub name: String,
    /// Other spellings and longer forms of it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it means, in plain text.
    pub text: String,
}

impl Term {
    /// Its name, then its other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.also).map(String::as_str)
    }
}

/// The terms of `glossary` that occur in `text` as words of their own, in the singular or the plural.
///
/// An acronym counts in its own letters only: `AS` is not "as".
pub fn terms_in<'g>(glossary: &'g [Term], text: &str) -> Vec<&'g Term> {
    // A term of several words may be broken across lines.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let occurs = |word: &str| {
        if word.chars().any(char::is_lowercase) {
            stands_in(&lower, &word.to_lowercase())
        } else {
            stands_in(&text, word)
        }
    };
    glossary.iter().filter(|term| term.spellings().any(occurs)).collect()
}

fn stands_in(text: &str, word: &str) -> bool {
    let apart = |char: Option<char>| !char.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let (before, rest) = text.split_at_checked(at).unwrap_or_default();
        let after = rest.strip_prefix(word).unwrap_or_default();
        let ends = |after: &str| apart(after.chars().next());
        let plural = || ["es", "s"].iter().filter_map(|plural| after.strip_prefix(plural)).any(ends);
        apart(before.chars().next_back()) && (ends(after) || plural())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let term = |name: &str, also: &[&str]| Term {
            name: name.into(),
            also: also.iter().map(|also| (*also).into()).collect(),
            text: "What it means.".into(),
        };
        let glossary = [term("AS", &[]), term("bus", &[]), term("IAM", &["identity and access management"])];
        terms_in(&glossary, text).into_iter().map(|term| term.name.clone()).collect()
    }

    #[test]
    fn a_term_is_a_word_of_its_own_in_the_singular_or_the_plural() {
        assert_eq!(found("A Bus."), ["bus"]);
        assert_eq!(found("two buses: `bus-1`"), ["bus"]);
        assert_eq!(found("busy abus busing"), Vec::<String>::new());
    }

    #[test]
    fn an_acronym_counts_in_its_own_letters_and_its_longer_form_in_any() {
        assert_eq!(found("as it was"), Vec::<String>::new());
        assert_eq!(found("two ASs"), ["AS"]);
        assert_eq!(found("Identity and\naccess  management"), ["IAM"], "whatever the line breaks");
    }

    #[test]
    fn a_second_place_counts_where_the_first_is_part_of_a_word() {
        assert_eq!(found("a busy bus"), ["bus"]);
    }
}
