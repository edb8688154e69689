//! The report as one sheet of cells: a line for each thing, the first column saying what it is.
//!
//! One width and one header for everything, since a reader of CSV knows no other. Cells that do not apply are empty.

use crate::classroom::{
    analysis::{Part, RowAnalysis, Uptake},
    lms::cell,
};

use super::{AssignmentReport, Belief, BeliefKind, GradeLine, LearnerSheet, Report};

/// The columns, after the kind and the assignment.
const COLUMNS: [&str; 24] = [
    "kind",
    "assignment",
    "scenario",
    "layer",
    "part",
    "text",
    "place",
    "right",
    "n",
    "skipped",
    "count",
    "strong",
    "weak",
    "facility",
    "deviation",
    "discrimination",
    "efficiency",
    "median-seconds",
    "learners",
    "id",
    "login",
    "name",
    "state",
    "flags",
];

/// A line, by the names of its columns.
#[derive(Default)]
struct Line(Vec<(&'static str, String)>);

impl Line {
    fn of(kind: &str, assignment: &str) -> Self {
        Self::default().text("kind", kind).text("assignment", assignment)
    }

    fn text(mut self, column: &'static str, text: &str) -> Self {
        self.0.push((column, cell::text(text)));
        self
    }

    /// A number, which a spreadsheet shall take for one.
    fn number(mut self, column: &'static str, number: usize) -> Self {
        self.0.push((column, number.to_string()));
        self
    }

    fn figure(mut self, column: &'static str, figure: Option<f64>) -> Self {
        self.0.extend(figure.map(|figure| (column, format!("{figure:.2}"))));
        self
    }

    fn cells(&self) -> Vec<String> {
        let cell = |name: &&str| self.0.iter().find(|(column, _)| column == name).map(|(_, cell)| cell.clone());
        COLUMNS.iter().map(|name| cell(name).unwrap_or_default()).collect()
    }
}

/// The report as CSV, with a byte order mark for spreadsheets. No text in it becomes a formula.
pub fn csv(report: &Report) -> String {
    let mut lines: Vec<Line> = Vec::new();
    for one in &report.assignments {
        lines.push(summary(one));
        lines.extend(one.analysis.rows.iter().flat_map(|row| row_lines(&one.analysis.assignment, row)));
    }
    lines.extend(report.beliefs.iter().map(belief));
    let ids: Vec<&str> = report.assignments.iter().map(|one| one.analysis.assignment.as_str()).collect();
    lines.extend(report.grades.iter().flat_map(|line| grades(&ids, line)));
    lines.extend(report.sheets.iter().flat_map(sheet));
    let header = COLUMNS.map(String::from).to_vec();
    format!("\u{feff}{}", cell::csv(std::iter::once(header).chain(lines.iter().map(Line::cells))))
}

fn summary(one: &AssignmentReport) -> Line {
    let summary = &one.summary;
    Line::of("assignment", &one.analysis.assignment)
        .text("text", &one.title)
        .number("n", summary.done)
        .number("learners", summary.set)
        .figure("facility", summary.mean)
        .figure("deviation", summary.deviation)
}

fn row_lines(assignment: &str, row: &RowAnalysis) -> Vec<Line> {
    let line = |kind: &str, part: Part| {
        Line::of(kind, assignment).text("scenario", &row.scenario).text("layer", &row.layer).text("part", part.word())
    };
    let item = |part: Part| {
        let item = row.item(part);
        let flags: Vec<&str> =
            row.flags.iter().filter(|flag| flag.part == part).map(|flag| flag.words.as_str()).collect();
        line("item", part)
            .text("text", &row.label)
            .text("place", &row.place)
            .number("n", row.n)
            .number("skipped", row.skipped)
            .figure("facility", Some(item.facility))
            .figure("deviation", item.deviation)
            .figure("discrimination", item.discrimination)
            .figure("efficiency", item.efficiency)
            .figure("median-seconds", row.median_seconds)
            .text("flags", &flags.join(" "))
    };
    let uptake = |part: Part, one: &Uptake| {
        line("answer", part)
            .text("text", &one.text)
            .text("right", if one.right { "yes" } else { "no" })
            .number("n", row.n)
            .number("count", one.count)
            .number("strong", one.strong)
            .number("weak", one.weak)
            .figure("discrimination", one.discrimination)
    };
    let owners = row.owners.iter().map(|one| uptake(Part::Owner, one));
    let controls = row.controls.iter().map(|one| uptake(Part::Control, one));
    [Part::Owner, Part::Control, Part::Row].into_iter().map(item).chain(owners).chain(controls).collect()
}

fn belief(belief: &Belief) -> Line {
    let kind = match belief.kind {
        BeliefKind::Pitfall => "pitfall",
        BeliefKind::OverTrust => "over-trust",
        BeliefKind::OverClaim => "over-claim",
    };
    let places: Vec<&str> = belief.evidence.iter().map(|row| row.place.as_str()).collect();
    Line::of(kind, "")
        .text("id", &belief.id)
        .text("text", &belief.name)
        .text("place", &places.join(" "))
        .number("n", belief.chances)
        .number("count", belief.shown)
        .number("learners", belief.learners)
}

fn grades(ids: &[&str], line: &GradeLine) -> Vec<Line> {
    let who = |kind: &str, assignment: &str| {
        Line::of(kind, assignment).text("id", &line.who.id).text("login", &line.who.login).text("name", &line.who.name)
    };
    let cells = line.grades.iter().zip(ids).filter_map(|(grade, id)| grade.map(|grade| (grade, id)));
    let grade = cells.map(|(grade, id)| {
        let score = grade.score.map(|score| f64::from(score.hundredths()) / 100.0);
        who("grade", id).text("state", grade.state.words()).figure("facility", score)
    });
    let total = line.total.map(|total| f64::from(total.hundredths()) / 100.0);
    grade.chain([who("total", "").figure("facility", total)]).collect()
}

fn sheet(sheet: &LearnerSheet) -> Vec<Line> {
    let wrong = sheet.parts.iter().flat_map(|part| part.wrong.iter().map(move |row| (part, row)));
    let line = |(part, row): (&super::SheetPart, &super::WrongRow)| {
        let why = [&row.control, &row.why, &row.belief, &row.lesson].map(|text| text.trim_end_matches('.'));
        Line::of("sheet", &part.assignment)
            .text("id", &sheet.who.id)
            .text("login", &sheet.who.login)
            .text("name", &sheet.who.name)
            .text("scenario", &row.scenario)
            .text("text", &row.task)
            .text("right", row.owner.map_or("", |owner| owner.word()))
            .text("flags", &why.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(". "))
    };
    wrong.map(line).collect()
}
