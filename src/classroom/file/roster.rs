//! The learners of a roster: Canvas's gradebook export, Moodle's, or columns named after a learner's keys.

use crate::{
    classroom::{
        Learner,
        sheet::{Line, Sheet},
    },
    content::{Findings, quoted},
};

use super::forms;

/// A learner as the roster has them, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub learner: Learner,
    /// Where the row starts.
    pub at: usize,
    /// Where the login is given.
    pub login_at: usize,
}

/// Where a roster has what.
#[derive(Debug, Default, PartialEq, Eq)]
struct Columns {
    id: Option<usize>,
    login: Vec<usize>,
    name: Option<usize>,
    first: Option<usize>,
    section: Option<usize>,
    groups: Option<usize>,
    email: Option<usize>,
    sis_id: Option<usize>,
    extra_time: Option<usize>,
    keys: Option<usize>,
}

/// The learners of `sheet`, as they stand there.
pub(super) fn learners(sheet: &Sheet, findings: &mut Findings<'_>) -> Vec<Row> {
    let Some(columns) = columns(sheet) else {
        let hint = "export the gradebook of Canvas or Moodle as CSV, or name the columns id,login,name,section,groups";
        findings.error("unknown-columns", 0, "no column of this file says who is who", hint);
        return Vec::new();
    };
    let people = sheet.rows.iter().filter(|line| is_person(line, &columns));
    people.map(|line| row(line, &columns, findings)).collect()
}

fn columns(sheet: &Sheet) -> Option<Columns> {
    let column = |names: &[&str]| sheet.column(names);
    let found = |names: &[&str]| names.iter().filter_map(|name| sheet.column(&[name])).collect::<Vec<_>>();
    let (section, groups) = (column(&["section"]), column(&["groups", "group"]));
    let head = |place: usize| sheet.header.get(place).map_or("", String::as_str);
    if head(0).contains("Student") && head(1).contains("ID") {
        let login = found(&["sis login id", "sis user id"]).into_iter().chain([1]).collect();
        let sis_id = column(&["sis user id"]);
        return Some(Columns { id: Some(1), login, name: Some(0), section, sis_id, ..Columns::default() });
    }
    let email = column(&["email address", "email"]);
    let first = column(&["first name", "firstname"]);
    if first.is_some() {
        let login = found(&["username", "email address", "email", "id number"]);
        let id = column(&["id number", "idnumber", "id", "username", "email address", "email"]);
        let name = column(&["last name", "surname", "lastname"]);
        return id.map(|id| Columns { id: Some(id), login, name, first, section, groups, email, ..Columns::default() });
    }
    let id = column(&["id", "login"])?;
    Some(Columns {
        id: Some(id),
        login: found(&["login", "id"]),
        name: column(&["name"]),
        section,
        groups,
        email,
        extra_time: column(&["extra time"]),
        keys: column(&["key", "keys"]),
        ..Columns::default()
    })
}

/// Canvas writes rows about the columns, and a student who is nobody.
fn is_person(line: &Line, columns: &Columns) -> bool {
    let name = line.cell(columns.name);
    let about = name.contains("Points Possible") || matches!(name, "Student, Test" | "Test Student");
    !(about && columns.first.is_none()) && columns.login.iter().any(|login| !line.cell(Some(*login)).is_empty())
}

fn row(line: &Line, columns: &Columns, findings: &mut Findings<'_>) -> Row {
    let text = |column| Some(line.cell(column)).filter(|text| !text.is_empty()).map(str::to_owned);
    let login = columns.login.iter().copied().find(|login| !line.cell(Some(*login)).is_empty());
    let name = [line.cell(columns.first), line.cell(columns.name)].join(" ").trim().to_owned();
    let learner = Learner {
        id: text(columns.id).or_else(|| text(login)).unwrap_or_default(),
        login: text(login).unwrap_or_default(),
        name,
        section: text(columns.section),
        groups: line.cell(columns.groups).split([';', ',']).map(kebab).filter(|group| !group.is_empty()).collect(),
        email: text(columns.email),
        sis_id: text(columns.sis_id),
        extra_time: extra_time(line, columns, findings),
        keys: keys(line, columns, findings),
    };
    Row { learner, at: line.at, login_at: line.cell_at(login) }
}

fn extra_time(line: &Line, columns: &Columns, findings: &mut Findings<'_>) -> Option<crate::classroom::ExtraTime> {
    let text = line.cell(columns.extra_time);
    let read = forms::extra_time(text);
    if read.is_none() && !text.is_empty() {
        let hint = "write a share of the limit such as 25%, or a time such as 15m";
        let message = format!("`extra-time` cannot be {}", quoted(text));
        findings.error("bad-form", line.cell_at(columns.extra_time), message, hint);
    }
    read
}

fn keys(line: &Line, columns: &Columns, findings: &mut Findings<'_>) -> Vec<String> {
    let text = line.cell(columns.keys);
    let given = text.lines().map(str::trim).filter(|key| !key.is_empty());
    let (good, bad): (Vec<&str>, Vec<&str>) = given.partition(|key| forms::is_public_key(key));
    if !bad.is_empty() {
        let hint = "write the one line of a public key file: its type, its key, and a comment";
        findings.error("bad-form", line.cell_at(columns.keys), "this is no public key", hint);
    }
    good.into_iter().map(str::to_owned).collect()
}

/// A group's name as an id: `Group A` is `group-a`.
fn kebab(name: &str) -> String {
    let dashed: String =
        name.to_lowercase().chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' }).collect();
    dashed.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
