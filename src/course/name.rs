//! What a learner may be called: a name that is safe to print anywhere and that looks the same whoever types it.

use crate::document::printable;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_width::UnicodeWidthStr;

/// The widest name, in columns.
pub const WIDEST_NAME: usize = 32;

/// Combining marks that one letter may carry: no script's names need more.
const MARKS: usize = 2;

/// A text that is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a name has 1 to {WIDEST_NAME} columns of letters, digits, spaces and . - _ ' @ +, and begins with a letter or digit"
)]
pub struct BadName;

/// The name that `text` stands for: composed (NFKC), without spaces around it or more than one between its words.
///
/// # Errors
/// When it holds anything but letters, digits and a little punctuation, or is too wide or empty.
pub fn learner_name(text: &str) -> Result<String, BadName> {
    // Composition may widen a text eighteenfold; nothing that long is a name.
    if text.len() > WIDEST_NAME * 16 {
        return Err(BadName);
    }
    let composed: String = text.nfkc().collect();
    let name = composed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let starts_well = name.chars().next().is_some_and(|first| first.is_alphanumeric() && !is_combining_mark(first));
    let shown = printable(&name) == name;
    let safe = starts_well && shown && name.chars().all(is_allowed) && !has_heap_of_marks(&name);
    if safe && name.width() <= WIDEST_NAME { Ok(name) } else { Err(BadName) }
}

/// The Hangul fillers are letters that nobody can see.
fn is_allowed(char: char) -> bool {
    const FILLERS: [char; 3] = ['\u{115f}', '\u{1160}', '\u{3164}'];
    let letter = char.is_alphanumeric() && !FILLERS.contains(&char);
    letter || is_combining_mark(char) || matches!(char, ' ' | '.' | '-' | '_' | '\'' | '@' | '+')
}

/// Marks on one letter draw over the rows beside it.
fn has_heap_of_marks(name: &str) -> bool {
    let mut marks = 0;
    name.chars().any(|char| {
        marks = if is_combining_mark(char) { marks + 1 } else { 0 };
        marks > MARKS
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_name_has_one_form() {
        let forms = ["Zoë Lund", "  Zoe\u{308}  Lund ", "\u{ff3a}oë Lund"];
        assert_eq!(forms.map(learner_name), forms.map(|_| Ok("Zoë Lund".to_owned())));
        assert!(["李小龍", "o'neil-4", "ann@school.example", "9b"].iter().all(|name| learner_name(name).is_ok()));
    }

    #[test]
    fn what_steers_hides_or_sprawls_is_no_name() {
        let bad = [
            "",
            "  ",
            ".",
            "-rf",
            "eve\u{1b}[2J",
            "a\nb",
            "a\u{202e}b",
            "a\u{200b}b",
            "a/b",
            "a\0b",
            "=1+1",
            "\u{115f}\u{1160}\u{ffa0}",
            "a\u{301}\u{301}\u{301}\u{301}",
            "\u{301}",
            "a\u{9b}",
            "\u{1f980}",
        ];
        for name in bad {
            assert_eq!(learner_name(name), Err(BadName), "{name:?}");
        }
        assert!(learner_name(&"x".repeat(32)).is_ok());
        assert_eq!(learner_name(&"x".repeat(33)), Err(BadName));
        assert_eq!(learner_name(&"李".repeat(17)), Err(BadName));
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[ a-zA-Zéß李ﬁａ\u{300}-\u{303}.@+/\u{0}-\u{1f}-]{0,40}"]
    }

    proptest! {
        /// A name stays the name that it is, prints as it is, and is no path, flag or formula.
        #[test]
        fn what_is_a_name_is_safe(text in text()) {
            if let Ok(name) = learner_name(&text) {
                prop_assert_eq!(learner_name(&name), Ok(name.clone()));
                prop_assert_eq!(crate::document::printable(&name), name.as_str());
                prop_assert!(name.width() <= WIDEST_NAME && !name.contains(['/', '\\', '\n', '"', '=']));
                prop_assert!(name.starts_with(char::is_alphanumeric) && !name.ends_with(' '));
            }
        }

        #[test]
        fn a_plain_name_is_one(name in "[a-z][a-z0-9]{0,9}( [a-z]{1,9}){0,2}") {
            prop_assert_eq!(learner_name(&format!("  {}  ", name.replace(' ', "   "))), Ok(name));
        }
    }
}
