//! The gradebook in short, and the sheets for learners.

use crate::{
    classroom::report::{GradeCell, LearnerSheet, Report, SheetPart, WrongRow},
    course::Owner,
};

use super::page::{Block, Column, Kind, Table, counted};

/// Everyone's grades.
pub(super) fn book(report: &Report) -> Vec<Block> {
    let sections = report.grades.iter().any(|line| line.who.section.is_some());
    let mut columns = vec![Column { name: "learner", kind: Kind::Text }];
    columns.extend(sections.then_some(Column { name: "section", kind: Kind::Words }));
    // The names of assignments stand above; a narrow screen has no room for them as heads.
    let names: Vec<String> =
        report.assignments.iter().enumerate().map(|(place, one)| format!("{}: {}", letter(place), one.title)).collect();
    columns.extend((0..names.len()).map(|place| Column { name: letter(place), kind: Kind::Number }));
    columns.push(Column { name: "total", kind: Kind::Number });
    let rows = report.grades.iter().map(|line| {
        let who = if line.who.name.is_empty() { &line.who.login } else { &line.who.name };
        let total = line.total.map_or_else(|| "-".to_owned(), |total| total.to_string());
        let grades = line.grades.iter().map(|grade| grade.as_ref().map_or_else(String::new, shown));
        let section = sections.then(|| line.who.section.clone().unwrap_or_default());
        [who.clone()].into_iter().chain(section).chain(grades).chain([total]).collect()
    });
    let table = Table { caption: "Scores in per cent, penalties taken off".into(), columns, rows: rows.collect() };
    let legend = format!("{}. Total: the mean by weight.", names.join(". "));
    vec![Block::heading(2, "Grades"), Block::words(legend), Block::Table(table)]
}

/// A letter for an assignment.
fn letter(place: usize) -> &'static str {
    const LETTERS: [&str; 26] = [
        "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V",
        "W", "X", "Y", "Z",
    ];
    LETTERS.get(place).copied().unwrap_or("…")
}

fn shown(grade: &GradeCell) -> String {
    use crate::classroom::State;
    match (grade.score, grade.state) {
        (_, State::Missed) => "missed".to_owned(),
        (Some(score), State::Late) => format!("{score} late"),
        (Some(score), _) => score.to_string(),
        (None, state) => state.words().to_owned(),
    }
}

/// The sheets, each on a sheet of paper.
pub(super) fn sheets(report: &Report) -> Vec<Block> {
    report.sheets.iter().flat_map(|one| sheet(one, report.assignments.is_empty())).collect()
}

fn sheet(sheet: &LearnerSheet, alone: bool) -> Vec<Block> {
    let who = if sheet.who.name.is_empty() { &sheet.who.login } else { &sheet.who.name };
    let mut page = if alone { Vec::new() } else { vec![Block::Break] };
    page.push(Block::heading(2, format!("Sheet of {who}")));
    page.extend(sheet.parts.iter().flat_map(part));
    page
}

fn part(part: &SheetPart) -> Vec<Block> {
    let score = part.score.map_or_else(String::new, |score| format!(", {score} %"));
    let mut page =
        vec![Block::heading(3, part.title.clone()), Block::words(format!("{}{score}.", capital(part.state.words())))];
    if part.rows == 0 {
        return page;
    }
    if !part.released {
        page.push(Block::words("What was wrong is told when the answers are released."));
        return page;
    }
    if part.wrong.is_empty() {
        page.push(Block::words("Every row is right."));
        return page;
    }
    let of = counted(part.rows, "row");
    page.push(Block::words(format!("{} of {of} to look at again:", part.wrong.len())));
    page.push(Block::List { numbered: true, items: part.wrong.iter().map(wrong).collect() });
    page
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// What is to be said of a wrong row, a line for each thing.
fn wrong(row: &WrongRow) -> Vec<String> {
    let side = |owner: Option<Owner>| owner.map_or("", Owner::word);
    let owner = match row.said_owner {
        None => format!("You left it out. It is the {}'s.", side(row.owner)),
        said if said == row.owner => format!("It is the {}'s, as you said.", side(row.owner)),
        said => format!("You said the {}'s; it is the {}'s.", side(said), side(row.owner)),
    };
    let chose = if row.said_control.is_empty() {
        String::new()
    } else {
        format!("You chose: {}. {}", row.said_control.trim_end_matches('.'), row.said_why)
    };
    let named = |head: &str, text: &str| if text.is_empty() { String::new() } else { format!("{head}: {text}") };
    let lines = [
        format!("{} ({})", row.task, row.scenario),
        format!("{owner} {}", row.why).trim_end().to_owned(),
        chose,
        named("What to do", &row.control),
        named("Belief", &row.belief),
        named("Threat", &row.threat),
        named("Read", &row.lesson),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
