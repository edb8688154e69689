//! A CSV file as spreadsheets and learning platforms write them, with the place of every cell.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use crate::content::{Findings, Problem, SourceFile};

/// The most rows of a sheet.
const MOST_ROWS: usize = 20_000;

/// A sheet: a header and the rows under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The columns' names, as they are written.
    pub header: Vec<String>,
    /// What stands under them; blank lines left out.
    pub rows: Vec<Line>,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Byte it starts at.
    pub at: usize,
    /// Its cells, without spaces around them.
    pub cells: Vec<String>,
    /// Byte each cell starts at.
    pub starts: Vec<usize>,
}

impl Line {
    /// The cell in a column; empty where there is none.
    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", String::as_str)
    }

    /// Where that cell starts.
    pub(super) fn cell_at(&self, column: Option<usize>) -> usize {
        column.and_then(|column| self.starts.get(column)).copied().unwrap_or(self.at)
    }
}

/// The text of a sheet: UTF-8 with or without its mark, or the UTF-16 that spreadsheets call Unicode text.
///
/// # Errors
/// When it is too long or is neither.
pub(super) fn text<'f>(file: &'f SourceFile<'_>) -> Result<Cow<'f, str>, Vec<Problem>> {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match file.bytes.as_ref() {
        [0xff, 0xfe, rest @ ..] => Ok(Cow::Owned(units(rest, u16::from_le_bytes))),
        [0xfe, 0xff, rest @ ..] => Ok(Cow::Owned(units(rest, u16::from_be_bytes))),
        _ => file.text().map(Cow::Borrowed),
    }
}

/// Reads a sheet; what separates its cells is found out from its first line.
pub(super) fn read(text: &str, findings: &mut Findings<'_>) -> Sheet {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - body.len();
    let delimiter = delimiter(body);
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(body.as_bytes());
    let mut sheet = Sheet::default();
    let mut record = StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(0, |place| usize::try_from(place.byte()).unwrap_or(usize::MAX));
        let start = start + leading_newlines(body, start);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if sheet.header.is_empty() {
            sheet.header = cells;
        } else {
            let starts = starts(body.get(start..).unwrap_or_default(), delimiter, cells.len());
            let starts = starts.into_iter().map(|at| at + start + skipped).collect();
            sheet.rows.push(Line { at: start + skipped, cells, starts });
        }
        if sheet.rows.len() > MOST_ROWS {
            let message = format!("the file has more than {MOST_ROWS} rows");
            findings.error("out-of-range", start + skipped, message, "split it into several classes");
            break;
        }
    }
    sheet.tell_wide(findings);
    sheet
}

impl Sheet {
    /// The place of the first column with one of these names, whatever their case.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.header.iter().position(|head| plain(head) == *name))
    }

    /// Tells rows with more cells than there are columns: what follows an unquoted comma has slipped.
    fn tell_wide(&self, findings: &mut Findings<'_>) {
        for line in self.rows.iter().filter(|line| line.cells.len() > self.header.len()) {
            let message = format!("the row has {} cells under {} columns", line.cells.len(), self.header.len());
            findings.error("row-width", line.at, message, "put cells that hold the separator in double quotes");
        }
    }
}

/// A column's name as it is compared: lower case, one space for each mark between its words.
pub(super) fn plain(head: &str) -> String {
    let spaced: String = head.chars().map(|char| if matches!(char, '_' | '-') { ' ' } else { char }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The separator that the first line has most of.
fn delimiter(body: &str) -> u8 {
    let first = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// The parser skips empty lines, and counts them to the row that follows.
fn leading_newlines(body: &str, start: usize) -> usize {
    body.as_bytes().iter().skip(start).take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// Where the cells of a row start, as the parser splits it: a quote opens at a cell's start and nowhere else.
fn starts(row: &str, delimiter: u8, count: usize) -> Vec<usize> {
    let mut starts = vec![0];
    let (mut quoted, mut opens) = (false, true);
    for (place, byte) in row.bytes().enumerate() {
        if starts.len() >= count {
            break;
        }
        match byte {
            b'"' if opens || quoted => quoted = !quoted,
            byte if byte == delimiter && !quoted => starts.push(place + 1),
            _ => {}
        }
        // A doubled quote closes and opens again.
        opens = !quoted && (byte == delimiter || byte == b'"');
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read(text, &mut Findings::new("a.csv", text))
    }

    #[test]
    fn every_cell_knows_its_place() {
        let text = "\u{feff}id,name\r\n\r\n7,\"Ng, \"\"A\"\" na\"\n";
        let sheet = sheet(text);
        let row = &sheet.rows[0];
        assert_eq!(row.cells, ["7", "Ng, \"A\" na"]);
        assert!(text.get(row.cell_at(Some(0))..).is_some_and(|rest| rest.starts_with("7,")));
        assert!(text.get(row.cell_at(Some(1))..).is_some_and(|rest| rest.starts_with("\"Ng")));
    }

    #[test]
    fn the_separator_is_found_out_and_names_are_compared_loosely() {
        assert_eq!(sheet("SIS_User ID;Name\n1;a,b\n").column(&["sis user id"]), Some(0));
        assert_eq!(sheet("id\tname\n1\tb\n").rows[0].cells, ["1", "b"]);
    }

    #[test]
    fn a_slipped_row_is_told() {
        let text = "id,name\n1,Ng, Ana\n";
        let mut findings = Findings::new("a.csv", text);
        read(text, &mut findings);
        let problems = findings.into_problems();
        assert_eq!(
            problems.iter().map(|problem| (problem.code, problem.place.line)).collect::<Vec<_>>(),
            [("row-width", 2)]
        );
    }

    #[test]
    fn unicode_text_of_a_spreadsheet_is_read() {
        let bytes: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("id\té".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text(&SourceFile::new("a.csv", bytes)).expect("it is text"), "id\té");
        assert!(
            text(&SourceFile::new("a.csv", b"id,\xe9".as_slice())).is_err(),
            "Windows' own letters are guessed by nobody"
        );
    }
}
