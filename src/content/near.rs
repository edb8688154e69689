//! "Did you mean …?"

use super::shape::LONGEST_NAME;

/// How many candidates are compared with a name that is not among them: a suggestion is not worth the time of more.
const CANDIDATES: usize = 500;

/// The candidate that `word` is most likely a slip of.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_NAME {
        return None;
    }
    let slips = |candidate: &'a str| (strsim::damerau_levenshtein(word, candidate), candidate);
    let allowed = 1 + word.chars().count() / 4;
    let (slips, near) = candidates.take(CANDIDATES).map(slips).min()?;
    (slips <= allowed).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_none() {
        let words = || ["title", "task", "threat"].into_iter();
        assert_eq!(nearest("tittle", words()), Some("title"));
        assert_eq!(nearest("taks", words()), Some("task"));
        assert_eq!(nearest("colour", words()), None);
        assert_eq!(nearest(&"t".repeat(1_000), words()), None);
    }
}
