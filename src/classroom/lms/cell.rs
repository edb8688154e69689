//! Cells of a CSV file that a spreadsheet opens as what they are.

use crate::document::printable;

/// A text that no spreadsheet takes for a formula, on one line and without marks that cannot be seen.
///
/// Spreadsheets reckon with what begins with one of `= + - @` or a tab; an apostrophe before it makes it text (OWASP, "CSV
/// Injection"). Full-width forms of the four are the same to some of them.
pub(in crate::classroom) fn text(text: &str) -> String {
    let line = printable(text).replace(['\n', '\r', '\t'], " ");
    let starts = line.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if starts { format!("'{line}") } else { line }
}

/// A table as CSV (RFC 4180), its lines ended by `\n`, as every reader takes them.
pub(in crate::classroom) fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(&row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_formula() {
        for formula in ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert!(text(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(text("O'Neil, Bo"), "O'Neil, Bo");
        assert_eq!(text("a\u{1b}[2J\nb"), "a<U+001B>[2J b");
        assert_eq!(text("a\r\n=1"), "a =1");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = ["Ng, Ana", "say \"hi\"", "", "87.5"].map(String::from).to_vec();
        assert_eq!(csv([row]), "\"Ng, Ana\",\"say \"\"hi\"\"\",,87.5\n");
    }
}
