//! An assignment and its questions.

use crate::classroom::{
    analysis::{FEWEST, Part, RowAnalysis, Uptake, Wording},
    report::{AssignmentReport, Summary},
};

use super::{
    heat,
    page::{Block, Detail, Kind, Table, counted, time, whole},
    plot,
};

const PARTS: [Part; 3] = [Part::Owner, Part::Control, Part::Row];

/// How the figures are to be read.
const LEGEND: &str = "Figures are in per cent. Facility: points reached. Discrimination: how the points go with those of the \
    rest of the attempt, from -100 to 100. Efficiency: the same, of what it could be; below 15 is dubious. Time: the middle \
    one, from the answer before.";

pub(super) fn blocks(one: &AssignmentReport, detail: Detail) -> Vec<Block> {
    let mut page = vec![Block::heading(2, one.title.clone()), Block::words(standing(&one.summary))];
    page.extend(plot::histogram(one).map(Block::Plot));
    if one.analysis.rows.is_empty() {
        page.push(Block::words("Nothing was handed in yet, so there is nothing to analyse."));
        return page;
    }
    page.push(Block::heading(3, "Rows to look at"));
    page.extend(flagged(one));
    page.push(Block::heading(3, "All rows"));
    page.push(Block::words(left_out(one)));
    page.push(Block::words(LEGEND));
    page.extend(plot::scatter(one).map(Block::Plot));
    match detail {
        Detail::Brief => page.push(Block::Table(brief(&one.analysis.rows))),
        Detail::Full => {
            page.push(Block::Table(items(&one.analysis.rows)));
            page.push(Block::Table(answers(&one.analysis.rows)));
        }
    }
    page.extend(heat::map(one).map(Block::Plot));
    page
}

fn standing(summary: &Summary) -> String {
    let states = [
        (summary.late, "of them late"),
        (summary.missed, "missed it"),
        (summary.working, "at work"),
        (summary.not_begun, "not begun"),
    ];
    let states: String =
        states.iter().filter(|(many, _)| *many > 0).map(|(many, words)| format!(", {many} {words}")).collect();
    let head = format!("{} of {} handed it in{states}.", summary.done, counted(summary.set, "learner"));
    let Some(mean) = summary.mean else { return head };
    let [middle, low, high] = [summary.median, summary.lowest, summary.highest].map(whole);
    let spread = summary.deviation.map_or_else(String::new, |deviation| format!(", standard deviation {deviation:.0}"));
    format!("{head} Scores: mean {mean:.0}, median {middle}, from {low} to {high}{spread}.")
}

/// The rows that misbehave, the worst first.
fn flagged(one: &AssignmentReport) -> Vec<Block> {
    let analysis = &one.analysis;
    if analysis.rows.iter().all(RowAnalysis::is_too_few) {
        let words = format!(
            "{} of a row at most: no index is given and no row is flagged under {FEWEST}.",
            counted(analysis.rows.iter().map(|row| row.n).max().unwrap_or_default(), "attempt")
        );
        return vec![Block::words(words)];
    }
    let rows = one.flagged.iter().filter_map(|place| Some((place + 1, analysis.rows.get(*place)?)));
    let item = |(number, row): (usize, &RowAnalysis)| {
        let head = format!("{number} {} ({})", row.label, row.place);
        std::iter::once(head).chain(row.flags.iter().map(|flag| flag.words.clone())).collect()
    };
    let items: Vec<Vec<String>> = rows.map(item).collect();
    if items.is_empty() {
        return vec![Block::words("None: every row does what it should.")];
    }
    vec![Block::words("The worst first; each with its place in its file."), Block::List { numbered: false, items }]
}

fn left_out(one: &AssignmentReport) -> String {
    let analysis = &one.analysis;
    let mut words = vec![format!("From {} that count.", counted(analysis.attempts, "attempt"))];
    if analysis.disputed > 0 {
        words.push(format!("Left out: {}, for no points.", counted(analysis.disputed, "disputed row")));
    }
    if analysis.ungraded > 0 {
        let answers = counted(analysis.ungraded, "answer");
        words.push(format!("Left out: {answers} to questions that have left the course."));
    }
    if analysis.rows.iter().any(|row| row.wording == Wording::Earlier) {
        words.push("Answers to an earlier text of a row are kept apart.".to_owned());
    }
    if analysis.rows.iter().any(RowAnalysis::is_too_few) {
        words.push(format!("No index is given under {FEWEST} attempts."));
    }
    words.join(" ")
}

/// A row's number and name.
fn name(number: usize, row: &RowAnalysis) -> String {
    let earlier = if row.wording == Wording::Earlier { " (earlier text)" } else { "" };
    format!("{number} {}{earlier}", row.label)
}

/// Rows of each scenario under its name.
fn under_scenarios(rows: &[RowAnalysis], table: &mut Table, mut each: impl FnMut(&mut Table, usize, &RowAnalysis)) {
    let mut scenario = "";
    for (place, row) in rows.iter().enumerate() {
        if row.scenario != scenario {
            scenario = &row.scenario;
            table.rows.push(vec![scenario.to_owned()]);
        }
        each(table, place + 1, row);
    }
}

/// One line a row, with the figures of owner, control and both.
fn brief(rows: &[RowAnalysis]) -> Table {
    let mut table = Table::new(
        "Owner/control/both",
        &[
            ("row", Kind::Text),
            ("n", Kind::Number),
            ("skip", Kind::Number),
            ("time", Kind::Number),
            ("facility", Kind::Number),
            ("discrim.", Kind::Number),
            ("efficiency", Kind::Number),
        ],
    );
    under_scenarios(rows, &mut table, |table, number, row| {
        let three = |figure: fn(&crate::classroom::analysis::Item) -> Option<f64>| {
            PARTS.map(|part| whole(figure(row.item(part)))).join("/")
        };
        table.row([
            name(number, row),
            row.n.to_string(),
            row.skipped.to_string(),
            time(row.median_seconds),
            three(|item| Some(item.facility)),
            three(|item| item.discrimination),
            three(|item| item.efficiency),
        ]);
    });
    table
}

/// A line for each item.
fn items(rows: &[RowAnalysis]) -> Table {
    let mut table = Table::new(
        "Items",
        &[
            ("row", Kind::Text),
            ("part", Kind::Words),
            ("n", Kind::Number),
            ("skipped", Kind::Number),
            ("time", Kind::Number),
            ("facility", Kind::Number),
            ("std. dev.", Kind::Number),
            ("discrimination", Kind::Number),
            ("efficiency", Kind::Number),
        ],
    );
    under_scenarios(rows, &mut table, |table, number, row| {
        for part in PARTS {
            let item = row.item(part);
            table.row([
                name(number, row),
                if part == Part::Row { "both" } else { part.word() }.to_owned(),
                row.n.to_string(),
                row.skipped.to_string(),
                time(row.median_seconds),
                whole(Some(item.facility)),
                whole(item.deviation),
                whole(item.discrimination),
                whole(item.efficiency),
            ]);
        }
    });
    table
}

/// What was chosen.
fn answers(rows: &[RowAnalysis]) -> Table {
    let mut table = Table::new(
        "Answers: how many chose each, and how many per cent of the stronger and of the weaker half",
        &[
            ("row", Kind::Text),
            ("answer", Kind::Text),
            ("right", Kind::Words),
            ("chosen", Kind::Number),
            ("%", Kind::Number),
            ("strong %", Kind::Number),
            ("weak %", Kind::Number),
            ("pitfall", Kind::Words),
        ],
    );
    under_scenarios(rows, &mut table, |table, number, row| {
        for one in row.owners.iter().chain(&row.controls) {
            let of = |count: usize, all: usize| whole(Some(Uptake { count, ..one.clone() }.percent(all)));
            table.row([
                name(number, row),
                one.text.clone(),
                if one.right { "right" } else { "" }.to_owned(),
                one.count.to_string(),
                of(one.count, row.n),
                of(one.strong, row.strong),
                of(one.weak, row.weak),
                one.trap.clone().unwrap_or_default(),
            ]);
        }
    });
    table
}
