//! A class file to start from: every key in place, explained once.

use std::fmt::Write as _;

use crate::{
    content::{Field, Kind, Need, Shape},
    course::Course,
};

use super::format::CLASS;

/// The keys that a first class does with; the others stand behind `#`.
const SHOWN: [&str; 10] = ["format", "id", "title", "time-zone", "login", "name", "scenarios", "mode", "opens", "due"];

/// The text of a new class `id`, set the first scenarios of `course`.
pub fn template(id: &str, course: &Course) -> String {
    let lesson = course.lessons.iter().find(|lesson| lesson.checkpoint.is_some()).map_or("8.1", |lesson| &lesson.id);
    let first = course.lessons.first().map_or("", |lesson| lesson.id.as_str());
    let scenarios: Vec<String> =
        course.catalog.in_lesson(first).iter().take(2).map(|line| format!("\"{}\"", line.id)).collect();
    let mut text = format!("# {}\n# Check it with `respline class check FILE`.\n\n", CLASS.doc);
    keys(&CLASS, &mut text);
    for field in CLASS.fields {
        if let Kind::List(Kind::Table(shape), ..) = field.kind {
            let off = if matches!(field.key, "learner" | "assignment") { "" } else { "# " };
            let mut part = String::new();
            keys(shape, &mut part);
            let _ = write!(text, "\n# {}\n{off}[[{}]]\n", field.doc, field.key);
            part.lines().for_each(|line| {
                let off = if line.starts_with('#') { "" } else { off };
                let _ = writeln!(text, "{off}{line}");
            });
        }
    }
    text.replace("<id>", id).replace("<lesson>", lesson).replace("<scenarios>", &scenarios.join(", "))
}

/// Writes the keys of `shape` that hold one value.
fn keys(shape: &Shape, text: &mut String) {
    for field in shape.fields.iter().filter(|field| !matches!(field.kind, Kind::List(Kind::Table(_), ..))) {
        let sample = if field.sample.is_empty() { "\"…\"" } else { field.sample };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "# {}\n{}{} = {sample}", field.doc, if is_off(field) { "# " } else { "" }, field.key);
    }
}

fn is_off(field: &Field) -> bool {
    field.need == Need::Optional && !SHOWN.contains(&field.key)
}
