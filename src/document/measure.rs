//! Columns: how wide a text is and how it is cut.
//!
//! A cluster of characters is drawn in its own cells, so widths are summed cluster by cluster, as the screen does.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Glyphs;

/// Columns that one line of printable text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// Shortens one line of text to so many columns, with an ellipsis where something was left out.
pub fn clip(text: &str, columns: usize, glyphs: Glyphs) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let ellipsis = glyphs.pick("…", "..");
    let Some(room) = columns.checked_sub(width(ellipsis)) else { return Cow::Owned(".".repeat(columns)) };
    Cow::Owned(format!("{}{ellipsis}", head(text, room).trim_end()))
}

/// The longest beginning that fits.
fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let end = text.grapheme_indices(true).find(|(_, cluster)| {
        used += width(cluster);
        used > columns
    });
    end.and_then(|(offset, _)| text.get(..offset)).unwrap_or(text)
}

/// The spaces that fill a line up to so many columns.
pub(super) fn pad(columns: usize, used: usize) -> String {
    " ".repeat(columns.saturating_sub(used))
}

/// What is drawn for a cluster that is wider than the whole line.
pub(super) fn fitting(cluster: &str, columns: usize) -> &str {
    if width(cluster) <= columns { cluster } else { "?" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn width_counts_cells_not_characters() {
        assert_eq!(width("cloud"), 5);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("👍🏽"), 2);
    }

    #[test]
    fn clipping_says_that_something_is_missing() {
        assert_eq!(clip("responsibility", 20, Glyphs::Unicode), "responsibility");
        assert_eq!(clip("responsibility", 7, Glyphs::Unicode), "respon…");
        assert_eq!(clip("responsibility", 7, Glyphs::Ascii), "respo..");
        assert_eq!(clip("own the setting", 9, Glyphs::Unicode), "own the…");
        assert_eq!(clip("日本語", 4, Glyphs::Unicode), "日…");
        assert_eq!(clip("long", 1, Glyphs::Ascii), ".");
        assert_eq!(clip("long", 0, Glyphs::Unicode), "");
    }

    proptest! {
        #[test]
        fn a_clipped_text_fits(text in "[a-z 日é👍]{0,30}", columns in 0usize..20) {
            prop_assert!(width(&clip(&text, columns, Glyphs::Unicode)) <= columns);
            prop_assert!(width(&clip(&text, columns, Glyphs::Ascii)) <= columns);
        }
    }
}
