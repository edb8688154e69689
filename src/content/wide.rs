//! Finds what is wider than the narrowest screen and would be clipped or torn there.

use unicode_width::UnicodeWidthStr;

/// Columns for text on the narrowest screen, 40 wide, inside its frame.
const NARROWEST: usize = 38;

/// Bytes of `text` where a fenced line or a word starts that is too wide, and its width.
///
/// Addresses and the rules between a table's head and body are cut or drawn anew by the layout, so their width is no fault.
pub(super) fn too_wide(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        match (fence, fence_mark(content)) {
            (Some(open), Some(mark)) if mark.starts_with(open) => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            (Some(_), _) if content.width() > NARROWEST => found.push((at, content.width())),
            (Some(_), _) => {}
            (None, None) => found.extend(wide_words(content).map(|(place, width)| (at + place, width))),
        }
        at += line.len();
    }
    found
}

/// The run of backticks or tildes that opens or closes a fence.
fn fence_mark(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let run = line.find(|c| c != mark).unwrap_or(line.len());
    line.get(..run).filter(|run| run.len() >= 3)
}

fn wide_words(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let words = line.split_whitespace().filter(|word| word.len() > NARROWEST);
    let drawn = |word: &&str| !word.contains("://") && !word.chars().all(|c| matches!(c, '|' | ':' | '-'));
    let place = |word: &str| (word.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    words.filter(drawn).map(move |word| (place(word), word.width())).filter(|(_, width)| *width > NARROWEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fenced_lines_and_words_wider_than_38_columns_are_found() {
        let line = "x".repeat(39);
        assert_eq!(
            too_wide(&format!("ok\n```text\n a {line}\n{}\n```\nb {line}", "y ".repeat(19))),
            [(11, 42), (106, 39)]
        );
        assert_eq!(
            too_wide(&format!("{}\nhttps://example.org/{line}\n|{line}-|", "x".repeat(38))),
            [(59 + 39 + 1, 42)]
        );
    }

    #[test]
    fn width_is_columns_and_fences_need_their_own_mark() {
        assert_eq!(too_wide(&"é".repeat(38)), []);
        assert_eq!(too_wide(&"漢".repeat(20)), [(0, 40)]);
        assert_eq!(too_wide(&format!("~~~~\n```\n{} {}\n~~~~", "a".repeat(20), "b".repeat(20))), [(9, 41)]);
        assert_eq!(too_wide(&format!("|{}|", "-".repeat(60))), []);
    }
}
