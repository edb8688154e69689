//! Text made safe for a terminal.
//!
//! Content is checked where it is loaded and refused when it holds such characters; this is the second line of defence,
//! for everything that is printed, whoever wrote it. What cannot be seen, what reorders its neighbours and what a
//! terminal would obey is shown as a mark such as `<U+202E>`.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Combining marks beyond so many on one base are a way of drawing over the neighbouring rows.
const MARKS_PER_BASE: usize = 4;

/// A tabulator's columns depend on where it stands, which no cell grid knows.
const TAB: &str = "    ";

/// Makes a text safe to print: line feeds stay, a tabulator becomes spaces, everything harmful becomes a visible mark.
///
/// Joiners and variation selectors are marked even inside emoji, because terminals disagree about the width they give.
pub fn printable(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte == b'\n' || matches!(byte, b' '..=b'~');
    if text.bytes().all(plain) || fates(text).all(|(_, _, fate)| fate == Fate::Keep) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for (_, char, fate) in fates(text) {
        match fate {
            Fate::Keep => safe.push(char),
            Fate::Spaces => safe.push_str(TAB),
            Fate::Drop => {}
            Fate::Mark => {
                // Writing to a String cannot fail.
                let _ = write!(safe, "<U+{:04X}>", u32::from(char));
            }
        }
    }
    Cow::Owned(safe)
}

/// A text made safe for one row: as [`printable`], with line feeds as spaces.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// The characters [`printable`] would show as marks, with their byte offsets, for the linter of content.
pub fn problem_chars(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    fates(text).filter(|(_, _, fate)| *fate == Fate::Mark).map(|(offset, char, _)| (offset, char))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Spaces,
    Drop,
    Mark,
}

fn fates(text: &str) -> impl Iterator<Item = (usize, char, Fate)> + '_ {
    text.grapheme_indices(true).flat_map(|(start, cluster)| {
        // Marks without a base of their own would land on whatever was printed before.
        let based = cluster.chars().next().is_some_and(|first| first.width() != Some(0));
        let mut left = if based { MARKS_PER_BASE } else { 0 };
        cluster.char_indices().map(move |(offset, char)| {
            let fate = match char {
                '\r' if cluster == "\r\n" => Fate::Drop,
                '\n' => Fate::Keep,
                '\t' => Fate::Spaces,
                _ if char.is_control() || is_invisible(char) => Fate::Mark,
                _ if char.width() == Some(0) => {
                    let fate = if left > 0 { Fate::Keep } else { Fate::Mark };
                    left = left.saturating_sub(1);
                    fate
                }
                _ => Fate::Keep,
            };
            (start + offset, char, fate)
        })
    })
}

/// Unicode's `Default_Ignorable_Code_Point`, the separators of lines and paragraphs, and what will never be a character.
fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(char) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_text_is_not_copied() {
        for text in ["", "plain\ntext", "Überflüssig, naïve — 日本語 👍🏽 🇩🇪 e\u{301}"] {
            assert!(matches!(printable(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(printable("a\u{1b}[31mb\u{7}"), "a<U+001B>[31mb<U+0007>");
        assert_eq!(printable("\u{9b}2J\u{7f}\u{85}"), "<U+009B>2J<U+007F><U+0085>");
        assert_eq!(printable("a\rb"), "a<U+000D>b");
    }

    #[test]
    fn what_reorders_or_hides_is_shown() {
        assert_eq!(printable("user\u{202e}txt.exe"), "user<U+202E>txt.exe");
        assert_eq!(printable("pass\u{200b}word\u{feff}"), "pass<U+200B>word<U+FEFF>");
        assert_eq!(printable("a\u{2066}b\u{2069}\u{61c}\u{2028}"), "a<U+2066>b<U+2069><U+061C><U+2028>");
        assert_eq!(printable("x\u{e0041}\u{ad}\u{fffe}"), "x<U+E0041><U+00AD><U+FFFE>");
        assert_eq!(printable("👩\u{200d}🔬 ❤\u{fe0f}"), "👩<U+200D>🔬 ❤<U+FE0F>");
    }

    #[test]
    fn line_ends_and_tabulators_become_line_feeds_and_spaces() {
        assert_eq!(printable("a\r\nb\tc"), "a\nb    c");
        assert_eq!(problem_chars("a\r\nb\tc").count(), 0);
    }

    #[test]
    fn combining_marks_need_a_base_and_are_capped() {
        assert_eq!(printable("\u{301}a\n\u{301}"), "<U+0301>a\n<U+0301>");
        let tall = format!("a{}", "\u{301}".repeat(6));
        assert_eq!(printable(&tall), format!("a{}<U+0301><U+0301>", "\u{301}".repeat(4)));
    }

    #[test]
    fn problems_come_with_their_place() {
        assert_eq!(problem_chars("é\u{202e}x\u{1b}").collect::<Vec<_>>(), [(2, '\u{202e}'), (6, '\u{1b}')]);
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left_and_twice_is_once(text in any::<String>()) {
            let safe = printable(&text).into_owned();
            prop_assert_eq!(problem_chars(&safe).next(), None);
            prop_assert!(!safe.chars().any(|char| char.is_control() && char != '\n'));
            prop_assert_eq!(printable(&safe), safe.as_str());
        }

        #[test]
        fn every_cluster_takes_room_on_the_screen(text in "[a\u{301}\u{200d}\u{202e}\n\u{1100}\u{1161}👩é ]{0,20}") {
            for cluster in printable(&text).graphemes(true).filter(|cluster| *cluster != "\n") {
                prop_assert!(super::super::width(cluster) > 0, "{:?}", cluster);
            }
        }

        #[test]
        fn the_linter_and_the_printer_agree(text in any::<String>()) {
            let unchanged = !text.contains(['\t', '\r']) && problem_chars(&text).next().is_none();
            prop_assert!(!unchanged || printable(&text) == text);
        }
    }
}
