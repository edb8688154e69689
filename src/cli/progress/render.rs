//! The report as text: for people, for programs, and for spreadsheets.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::{Report, report::Line};

const COLUMNS: [&str; 12] =
    ["by", "id", "name", "state", "at", "rows", "right", "points", "out_of", "percent", "over_trust", "over_claim"];

impl Report {
    /// Tables with one line for each lesson, threat, model, pitfall and recent attempt.
    pub fn table(&self) -> String {
        let wide = self.sections().into_iter().flat_map(|(_, lines)| lines).map(|line| label(line).width()).max();
        let wide = wide.unwrap_or_default();
        let mut text = String::new();
        for (title, lines) in self.sections() {
            let gap = if text.is_empty() { "" } else { "\n" };
            let title = pad(title, wide);
            let _ = writeln!(text, "{gap}{title}  rows     points     %  over-trust  over-claim");
            for line in lines {
                row(&mut text, line, wide);
            }
        }
        text
    }

    /// One JSON object.
    pub fn json(&self) -> String {
        // Words and numbers always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// One line for each line of the tables, the first column saying what it sums by.
    pub fn csv(&self) -> String {
        // Writing to memory does not fail, and what is written is text.
        self.write_csv().ok().and_then(|text| String::from_utf8(text).ok()).unwrap_or_default()
    }

    fn write_csv(&self) -> csv::Result<Vec<u8>> {
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        table.write_record(COLUMNS)?;
        for (by, lines) in self.sections() {
            for line in lines {
                table.write_record(cells(by, line))?;
            }
        }
        table.into_inner().map_err(|error| error.into_error().into())
    }

    fn sections(&self) -> [(&'static str, &[Line]); 6] {
        [
            ("total", std::slice::from_ref(&self.total)),
            ("lesson", &self.lessons),
            ("threat", &self.threats),
            ("model", &self.models),
            ("pitfall", &self.pitfalls),
            ("recent", &self.recent),
        ]
    }
}

fn row(text: &mut String, line: &Line, wide: usize) {
    let Line { rows, points, out_of, percent, over_trust, over_claim, .. } = line;
    let (label, points) = (pad(&label(line), wide), format!("{points}/{out_of}"));
    let _ = writeln!(text, "{label}  {rows:>4}  {points:>9}  {percent:>3}%  {over_trust:>10}  {over_claim:>10}");
}

fn label(line: &Line) -> String {
    let Line { id, name, state, at, .. } = line;
    match (state.is_empty(), at.is_empty()) {
        (true, _) => name.clone(),
        (false, true) => format!("{id} {name} ({state})"),
        (false, false) => format!("{name} ({state}, {at})"),
    }
}

/// `text` filled up to `wide` columns, as a terminal counts them.
fn pad(text: &str, wide: usize) -> String {
    format!("{text}{}", " ".repeat(wide.saturating_sub(text.width())))
}

fn cells(by: &str, line: &Line) -> [String; 12] {
    [
        by.to_owned(),
        harmless(&line.id),
        harmless(&line.name),
        line.state.to_owned(),
        line.at.clone(),
        line.rows.to_string(),
        line.right.to_string(),
        line.points.to_string(),
        line.out_of.to_string(),
        line.percent.to_string(),
        line.over_trust.to_string(),
        line.over_claim.to_string(),
    ]
}

/// A spreadsheet takes a cell that begins with one of these for a formula, and a formula can call out.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::report::tests::report;

    #[test]
    fn the_table_has_its_columns_under_each_other() {
        let table = report().table();
        let lesson = table.lines().find(|line| line.starts_with("8.1")).expect("the lesson is there");
        assert!(lesson.ends_with("   2        2/4   50%           1           0"), "{table}");
        let ends = |name: &str| table.lines().filter(|line| line.contains(name)).map(str::len).collect::<Vec<_>>();
        assert_eq!(ends("8.1 The line"), ends("8.2 The line").iter().map(|_| lesson.len()).collect::<Vec<_>>());
    }

    #[test]
    fn json_carries_every_section_with_plain_numbers() {
        let json: serde_json::Value = serde_json::from_str(&report().json()).expect("it is JSON");
        assert_eq!(json["total"]["out_of"], 4);
        assert_eq!(json["lessons"][0]["state"], "coming");
        assert_eq!(json["pitfalls"][0]["rows"], 1);
        assert_eq!(json["models"][1]["id"], "caas");
        assert!(json["threats"][0].get("state").is_none(), "only what has a state says so");
    }

    #[test]
    fn csv_reads_back_and_no_cell_is_a_formula() {
        let text = report().csv();
        assert!(text.starts_with("by,id,name,state,at,rows,"), "{text}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("it is CSV");
        let pitfall = rows.iter().find(|row| &row[0] == "pitfall").expect("the pitfall is there");
        assert_eq!(&pitfall[2], "'=managed, so secured");
        assert_eq!(rows.iter().filter(|row| &row[0] == "model").count(), 6);
        for start in ["=", "+", "-", "@", "\t", "\r"] {
            assert_eq!(super::harmless(&format!("{start}1")), format!("'{start}1"));
        }
        assert_eq!(super::harmless("a=1"), "a=1");
    }
}
