//! Words searched for in a layout: where they stand, cell by cell.

use unicode_segmentation::UnicodeSegmentation;

use super::{Layout, Row, width};

/// Where a phrase stands: cells of a row next to each other. A phrase that goes on on the next row has one on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The row.
    pub row: usize,
    /// The first cell, counted from the row's own start.
    pub column: usize,
    /// How many cells.
    pub width: usize,
    /// The phrase begins here, rather than on the row before.
    pub begins: bool,
}

/// A character to compare, and the cells it stands in.
struct Letter {
    lower: char,
    row: usize,
    column: usize,
    width: usize,
}

impl Layout {
    /// Where a phrase stands, capital letters or not. It may go on on the next row, but not in the next block.
    pub fn find(&self, phrase: &str) -> Vec<Hit> {
        let phrase: Vec<char> = phrase.trim().to_lowercase().chars().collect();
        if phrase.is_empty() {
            return Vec::new();
        }
        let rows: Vec<(usize, &Row)> = self.rows.iter().enumerate().collect();
        let blocks = rows.chunk_by(|(_, one), (_, next)| one.block == next.block);
        blocks.flat_map(|rows| found(&letters(rows), &phrase)).collect()
    }
}

/// The words of a block: a blank between two rows, none before or after.
fn letters(rows: &[(usize, &Row)]) -> Vec<Letter> {
    let mut all: Vec<Letter> = Vec::new();
    for (number, row) in rows {
        let words = row_letters(*number, row);
        let first = words.iter().position(|letter| !letter.lower.is_whitespace()).unwrap_or(words.len());
        let last = words.iter().rposition(|letter| !letter.lower.is_whitespace()).map_or(0, |last| last + 1);
        if !all.is_empty() {
            all.push(Letter { lower: ' ', row: *number, column: 0, width: 0 });
        }
        all.extend(words.into_iter().take(last).skip(first));
    }
    all
}

/// The words of a row without its decoration, which takes cells all the same.
fn row_letters(number: usize, row: &Row) -> Vec<Letter> {
    let (mut letters, mut column) = (Vec::new(), 0);
    for span in &row.spans {
        for cluster in span.text.graphemes(true) {
            let wide = width(cluster);
            if !span.role.is_ornament() {
                let lower = cluster.chars().flat_map(char::to_lowercase);
                letters.extend(lower.map(|lower| Letter { lower, row: number, column, width: wide }));
            }
            column += wide;
        }
    }
    letters
}

fn found(letters: &[Letter], phrase: &[char]) -> Vec<Hit> {
    let is = |stretch: &&[Letter]| stretch.iter().map(|letter| letter.lower).eq(phrase.iter().copied());
    letters.windows(phrase.len()).filter(is).flat_map(hits).collect()
}

/// The cells of a phrase that was found, row by row.
fn hits(phrase: &[Letter]) -> Vec<Hit> {
    let rows = phrase.chunk_by(|one, next| one.row == next.row).enumerate();
    let hit = |(place, row): (usize, &[Letter])| {
        let shown = || row.iter().filter(|letter| letter.width > 0);
        let column = shown().map(|letter| letter.column).min()?;
        let end = shown().map(|letter| letter.column + letter.width).max()?;
        Some(Hit { row: row.first()?.row, column, width: end - column, begins: place == 0 })
    };
    rows.filter_map(hit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Glyphs, layout};

    fn hits(markdown: &str, columns: u16, phrase: &str) -> Vec<(usize, usize, usize, bool)> {
        let layout = layout(&Document::parse(markdown).0, columns, Glyphs::Unicode, &|_, _| Vec::new());
        layout.find(phrase).iter().map(|hit| (hit.row, hit.column, hit.width, hit.begins)).collect()
    }

    #[test]
    fn cells_are_counted_with_what_stands_before() {
        assert_eq!(hits("- one two", 40, "TWO"), [(0, 6, 3, true)]);
        assert_eq!(hits("> one two", 40, "one"), [(0, 2, 3, true)]);
        assert_eq!(hits("日本 two", 40, "two"), [(0, 5, 3, true)]);
        assert_eq!(hits("日本 two", 40, "本"), [(0, 2, 2, true)]);
    }

    #[test]
    fn a_phrase_that_goes_on_is_marked_on_both_rows_and_begins_once() {
        assert_eq!(hits("one two three", 8, "two three"), [(0, 4, 3, true), (1, 0, 5, false)]);
        assert_eq!(hits("one\n\ntwo", 8, "one two"), []);
    }

    #[test]
    fn every_place_on_a_row_is_found() {
        assert_eq!(hits("a ba a", 40, "a"), [(0, 0, 1, true), (0, 3, 1, true), (0, 5, 1, true)]);
        assert_eq!(hits("one", 40, " "), []);
    }
}
