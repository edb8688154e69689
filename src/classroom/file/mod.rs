//! The class file: TOML, and a roster beside it, read as strictly as content is.
//!
//! Everything wrong with both is told in one run, each problem at its place, and nothing of a broken class is used. Neither
//! file is opened here, and what a time zone does is asked of whoever knows.

mod assignments;
mod format;
mod forms;
mod learners;
mod moment;
mod roster;
mod template;

use jiff::tz::TimeZone;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::{
    content::{Findings, Problem, SourceFile, Table, quoted, read, schema_of},
    course::Course,
};

use super::{Class, sheet};
use format::CLASS;
use roster::Row;

pub use forms::span;
pub use template::template;

/// Finds a time zone by its IANA name.
pub type Zones<'z> = &'z dyn Fn(&str) -> Option<TimeZone>;

/// The JSON Schema of a class file.
pub fn schema() -> Value {
    schema_of(&CLASS)
}

/// The roster that a class file names, relative to its folder; none where it names none or cannot be read that far.
pub fn roster(file: &SourceFile<'_>) -> Option<String> {
    let (_, name, _) = read::<IgnoredAny, Option<String>>(file, &CLASS, |root, _| {
        root.words("roster").map(|name| name.text.to_owned()).filter(|name| forms::is_roster(name))
    });
    name
}

/// Reads a class from its file and its roster, and holds it against `course` where there is one.
///
/// The class is there when neither file has an error.
pub fn class(
    file: &SourceFile<'_>,
    roster: Option<&SourceFile<'_>>,
    course: Option<&Course>,
    zones: Zones<'_>,
) -> (Option<Class>, Vec<Problem>) {
    let text = roster.map(sheet::text).transpose();
    let (text, unreadable) = match text {
        Ok(text) => (text.unwrap_or_default(), Vec::new()),
        Err(problems) => (std::borrow::Cow::default(), problems),
    };
    let mut rostered = Findings::new(roster.map_or("", |roster| &roster.path), &text);
    let rows = rows(&text, &mut rostered);
    let given = roster.is_some();
    let (_, class, mut problems) = read::<IgnoredAny, Option<Class>>(file, &CLASS, |root, findings| {
        missing_roster(root, given, findings);
        from(root, (rows, &mut rostered), (course, zones), findings)
    });
    problems.extend(unreadable);
    problems.extend(rostered.into_problems());
    let sound = !problems.iter().any(Problem::is_error);
    (class.filter(|_| sound), problems)
}

fn rows(text: &str, findings: &mut Findings<'_>) -> Vec<Row> {
    if text.is_empty() {
        return Vec::new();
    }
    let sheet = sheet::read(text, findings);
    roster::learners(&sheet, findings)
}

fn missing_roster(root: Table<'_>, given: bool, findings: &mut Findings<'_>) {
    if let Some(name) = root.words("roster").filter(|_| !given) {
        let message = format!("roster {} cannot be read", quoted(name.text));
        findings.error("missing-file", name.at, message, "put the file into the class's folder, or take `roster` away");
    }
}

fn from(
    root: Table<'_>,
    (rows, rostered): (Vec<Row>, &mut Findings<'_>),
    (course, zones): (Option<&Course>, Zones<'_>),
    findings: &mut Findings<'_>,
) -> Option<Class> {
    let text = |key| root.words(key).map(|words| words.text.to_owned());
    let learners = learners::learners(root, rows, findings, rostered);
    let groups = learners::groups(root, &learners, findings);
    let mut class = Class {
        id: text("id").unwrap_or_default(),
        title: text("title").unwrap_or_default(),
        zone: zone(root, zones, findings),
        join_code: text("join-code"),
        learners,
        groups,
        instructors: learners::instructors(root),
        hide_names: root.truth("hide-names").is_some(),
        retention: text("retention").and_then(|text| forms::span(&text)),
        hand_in_key: text("hand-in-key").and_then(|text| forms::hand_in_key(&text)),
        assignments: Vec::new(),
    };
    class.assignments = assignments::assignments(root, &class, course, findings);
    Some(class).filter(|class| !class.id.is_empty())
}

/// The zone of the dates; UTC where it is not known, so that the dates can be looked at all the same.
fn zone(root: Table<'_>, zones: Zones<'_>, findings: &mut Findings<'_>) -> TimeZone {
    let Some(name) = root.words("time-zone") else { return TimeZone::UTC };
    zones(name.text).unwrap_or_else(|| {
        let message = format!("there is no time zone {}", quoted(name.text));
        let hint = "use its IANA name, such as Europe/Berlin, America/New_York or UTC";
        findings.error("unknown-time-zone", name.at, message, hint);
        TimeZone::UTC
    })
}
