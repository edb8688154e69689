//! Grades for a learning platform: the file it imports, and what it would make of it.
//!
//! The formats are those that the platforms read, looked up in their sources (Canvas: `lib/gradebook_importer.rb`; Moodle:
//! `grade/import/csv/classes/load_data.php`; nbgrader: `nbgrader/plugins/export.py`). Policy stays with the platform: it gets
//! one number for each learner and assignment, with the penalty taken off, and reckons the rest by its own rules.

pub(super) mod cell;
mod dry_run;
mod export;

use crate::course::Timestamp;

use super::{Column, Grade, GradeRow, Gradebook, Learner, Percent};
use cell::{csv, text};

pub use dry_run::{Finding, Weight, dry_run};
pub use export::LmsExport;

/// Where grades go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Canvas's gradebook import.
    Canvas,
    /// Moodle's grade import from CSV.
    Moodle,
    /// A spreadsheet: everything, with a byte order mark so that its letters are read right.
    Csv,
    /// nbgrader's export, one line for each learner and assignment, in points.
    Nbgrader,
}

/// What an assignment is worth where the platform does not say: 100 points, in hundredths.
const WORTH: u64 = 10_000;

/// The gradebook as `platform` imports it. With the platform's own export its students and columns are named as it names
/// them, its maxima hold, and whom it does not know is left out.
pub fn grades(book: &Gradebook, platform: Platform, lms: Option<&LmsExport>) -> String {
    match platform {
        Platform::Canvas => canvas(book, lms),
        Platform::Moodle => moodle(book, lms),
        Platform::Csv => format!("\u{feff}{}", spreadsheet(book)),
        Platform::Nbgrader => nbgrader(book),
    }
}

/// The columns that say who a student is to Canvas.
const CANVAS: [&str; 5] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];

fn canvas(book: &Gradebook, lms: Option<&LmsExport>) -> String {
    let columns: Vec<Option<usize>> =
        book.columns.iter().map(|column| lms_column(column, lms, Platform::Canvas)).collect();
    let head = |(column, place): (&Column, &Option<usize>)| {
        let theirs = place.and_then(|place| lms?.sheet.header.get(place).cloned());
        theirs.unwrap_or_else(|| text(&column.title))
    };
    let header = CANVAS.map(String::from).into_iter().chain(book.columns.iter().zip(&columns).map(head));
    let worth = |place: &Option<usize>| place.and_then(|place| lms?.worth(place)).unwrap_or(WORTH);
    let points = ["    Points Possible", "", "", "", ""].map(String::from);
    let points = points.into_iter().chain(columns.iter().map(|place| decimal(worth(place))));
    let row = |row: &GradeRow| {
        let scores = row.grades.iter().zip(&columns).map(|(grade, place)| points_of(grade.as_ref(), worth(place)));
        Some(canvas_student(&row.learner, lms)?.into_iter().chain(scores).collect())
    };
    csv([header.collect(), points.collect()].into_iter().chain(book.rows.iter().filter_map(row)))
}

/// Who a learner is to Canvas; none where it does not know them.
fn canvas_student(learner: &Learner, lms: Option<&LmsExport>) -> Option<[String; 5]> {
    if let Some(lms) = lms {
        let row = *lms.rows_of(learner, Platform::Canvas).first()?;
        return Some(CANVAS.map(|name| text(row.cell(lms.sheet.header.iter().position(|head| head.trim() == name)))));
    }
    let is_number = !learner.id.is_empty() && learner.id.bytes().all(|byte| byte.is_ascii_digit());
    let id = if is_number { learner.id.as_str() } else { "" };
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let student = [
        learner.name.clone(),
        id.to_owned(),
        or_empty(&learner.sis_id),
        learner.login.clone(),
        or_empty(&learner.section),
    ];
    Some(student.map(|cell| text(&cell)))
}

fn moodle(book: &Gradebook, lms: Option<&LmsExport>) -> String {
    let titles =
        book.columns.iter().flat_map(|column| [text(&column.title), text(&format!("{} feedback", column.title))]);
    let header = ["username", "email", "idnumber"].map(String::from).into_iter().chain(titles);
    let row = |row: &GradeRow| {
        let grades = row.grades.iter().flat_map(|grade| {
            let score = points_of(grade.as_ref(), WORTH);
            [if score.is_empty() { "-".to_owned() } else { score }, grade.as_ref().map_or_else(String::new, remark)]
        });
        Some(moodle_student(&row.learner, lms)?.into_iter().chain(grades).collect())
    };
    csv(std::iter::once(header.collect()).chain(book.rows.iter().filter_map(row)))
}

/// Who a learner is to Moodle; none where it does not know them.
fn moodle_student(learner: &Learner, lms: Option<&LmsExport>) -> Option<[String; 3]> {
    if let Some(lms) = lms {
        let row = *lms.rows_of(learner, Platform::Moodle).first()?;
        let names: [&[&str]; 3] = [&["username"], &["email address", "email"], &["id number", "idnumber"]];
        return Some(names.map(|names| text(row.cell(lms.sheet.column(names)))));
    }
    let (username, address) =
        if learner.login.contains('@') { ("", learner.login.as_str()) } else { (learner.login.as_str(), "") };
    let email = learner.email.as_deref().unwrap_or(address);
    let id = if learner.id == email || learner.id == username { "" } else { &learner.id };
    Some([username, email, id].map(text))
}

/// What a learner is told about their grade.
fn remark(grade: &Grade) -> String {
    match (grade.days_late, grade.ungraded) {
        (0, 0) => String::new(),
        (days, 0) => format!("late by {days} d: {} % taken off", grade.penalty),
        (_, gone) => format!("{gone} answers could not be graded"),
    }
}

fn spreadsheet(book: &Gradebook) -> String {
    let of = |column: &Column| {
        ["", " points", " out of", " penalty", " state"].map(|part| text(&format!("{}{part}", column.title)))
    };
    let header = ["id", "login", "name", "section"].map(String::from).into_iter();
    let header = header.chain(book.columns.iter().flat_map(of)).chain(["total".to_owned()]);
    let cells = |grade: &Option<Grade>| match grade {
        None => Default::default(),
        Some(grade) => [
            points_of(Some(grade), WORTH),
            grade.points.to_string(),
            grade.out_of.to_string(),
            grade.penalty.to_string(),
            grade.state.words().to_owned(),
        ],
    };
    let row = |row: &GradeRow| {
        let learner = &row.learner;
        let section = learner.section.as_deref().unwrap_or_default();
        let who = [learner.id.as_str(), &learner.login, &learner.name, section];
        let total = row.total.map_or_else(String::new, |total| total.to_string());
        who.map(text).into_iter().chain(row.grades.iter().flat_map(cells)).chain([total]).collect()
    };
    csv(std::iter::once(header.collect()).chain(book.rows.iter().map(row)))
}

fn nbgrader(book: &Gradebook) -> String {
    let header = [
        "assignment",
        "duedate",
        "timestamp",
        "student_id",
        "last_name",
        "first_name",
        "email",
        "raw_score",
        "late_submission_penalty",
        "score",
        "max_score",
    ];
    let each = book.rows.iter().flat_map(|row| {
        let cells = row.grades.iter().enumerate().zip(&book.columns);
        cells.filter_map(|((place, grade), column)| Some(nbgrader_row(book, place, (row, grade.as_ref()?), column)))
    });
    csv(std::iter::once(header.map(String::from).to_vec()).chain(each))
}

fn nbgrader_row(book: &Gradebook, place: usize, (row, grade): (&GradeRow, &Grade), column: &Column) -> Vec<String> {
    let max = if grade.out_of > 0 { grade.out_of } else { book.out_of(place) };
    let worth = u64::from(max) * 100;
    let (raw, penalty) = (u64::from(grade.points) * 100, of_worth(grade.penalty, worth));
    let (last, first) = names(&row.learner.name);
    let moment = |at: Option<Timestamp>| at.map_or_else(String::new, clock);
    let email = row.learner.email.as_deref().unwrap_or_default();
    let who = [&column.id, &moment(column.due), &moment(grade.done), &row.learner.id, last, first, email].map(text);
    let points = [raw, penalty, raw.saturating_sub(penalty), worth].map(decimal);
    who.into_iter().chain(points).collect()
}

/// `Ng, Ana` or `Ana Ng` as last and first name.
fn names(name: &str) -> (&str, &str) {
    name.split_once(", ").or_else(|| name.rsplit_once(' ').map(|(first, last)| (last, first))).unwrap_or((name, ""))
}

/// A moment as nbgrader writes it, in UTC.
fn clock(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// The platform's column for one of ours.
fn lms_column(column: &Column, lms: Option<&LmsExport>, platform: Platform) -> Option<usize> {
    lms?.columns_of(&column.title, platform).first().copied()
}

/// A grade as points, where so many hundredths of a point are all there is; empty while there is none.
fn points_of(grade: Option<&Grade>, worth: u64) -> String {
    grade.and_then(|grade| grade.score).map_or_else(String::new, |score| decimal(of_worth(score, worth)))
}

/// A share of so many hundredths, rounded half up.
fn of_worth(share: Percent, worth: u64) -> u64 {
    (2 * u64::from(share.hundredths()) * worth + 10_000) / 20_000
}

/// Hundredths with a decimal point and no needless zeros.
fn decimal(hundredths: u64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    }
}
