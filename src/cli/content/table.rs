//! Columns under each other.

use crate::document::{printable, width};

/// `rows` under `head`, every column as wide as its widest cell.
pub(in crate::cli) fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let head = head.map(str::to_uppercase);
    let lines: Vec<[String; N]> =
        std::iter::once(&head).chain(rows).map(|row| row.each_ref().map(|cell| one_line(cell))).collect();
    let mut widths = [0; N];
    for line in &lines {
        for (widest, cell) in widths.iter_mut().zip(line) {
            *widest = width(cell).max(*widest);
        }
    }
    lines.iter().map(|line| row(line, &widths)).collect()
}

fn row(cells: &[String], widths: &[usize]) -> String {
    let pad = |(cell, wide): (&String, &usize)| cell.clone() + &" ".repeat(wide.saturating_sub(width(cell)) + 2);
    let line: String = cells.iter().zip(widths).map(pad).collect();
    line.trim_end().to_owned() + "\n"
}

/// A text that can neither steer the terminal nor leave its row.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_whatever_their_letters() {
        let rows = [["漢字".to_owned(), "one".to_owned()], ["a".to_owned(), "two\nthree\u{1b}".to_owned()]];
        assert_eq!(table(["id", "n"], &rows), "ID    N\n漢字  one\na     two three<U+001B>\n");
    }
}
