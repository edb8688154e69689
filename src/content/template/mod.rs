//! A scenario and a course to start from: every key in place, explained once. Texts to be replaced begin with `TODO`, which the
//! lint knows.

use std::fmt::Write as _;

use crate::course::Course;

use super::{
    format::{LONGEST_TITLE, SCENARIO},
    shape::{Field, Kind, Need, Shape},
};

/// Layers of a new scenario: as few as a scenario may have.
const ROWS: usize = 5;

/// The controls of each layer: text, what makes it right or wrong, and why.
const CONTROLS: [(&str, Option<&str>, &str); 3] = [
    (
        "TODO: do the work that is left here, said as specifically as it can be",
        Some("correct"),
        "TODO: why this is what is left to do.",
    ),
    (
        "Nothing to configure here; know what the provider attests",
        Some("trap"),
        "TODO: why it tempts, and why it fails here.",
    ),
    ("TODO: do good work that belongs to another row, said as specifically", None, "TODO: which row it belongs to."),
];

/// Whether a table's keys are explained.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notes {
    Explained,
    Bare,
}

/// The text of a new scenario `id` for `course`, whose first lesson, threat and pitfall stand in until they are replaced.
pub fn template(id: &str, course: &Course) -> String {
    let first = |id: Option<&String>, word: &str| id.cloned().unwrap_or_else(|| word.to_owned());
    let lesson = first(course.lessons.first().map(|lesson| &lesson.id), "lesson");
    let threat = first(course.threats.first().map(|threat| &threat.id), "threat");
    let trap = first(course.pitfalls.first().map(|pitfall| &pitfall.id), "pitfall");
    let mut text = format!("# {}\n# Check it with `respline check`.\n\n", SCENARIO.doc);
    keys(&SCENARIO, "", Notes::Explained, &mut text);
    for row in 1..=ROWS {
        let notes = if row == 1 { Notes::Explained } else { Notes::Bare };
        layer(notes, &format!("row-{row}"), &mut text);
    }
    text.replace("<id>", id).replace("<lesson>", &lesson).replace("<threat>", &threat).replace("<trap>", &trap)
}

/// The course of a new pack called `title`, and its one lesson: each a path within the pack and its text.
pub fn new_course(title: &str) -> [(&'static str, String); 2] {
    let title: String = title.chars().take(LONGEST_TITLE).collect();
    let title = toml::Value::String(title).to_string();
    let course = include_str!("course.toml").replace("<title>", &title);
    [("lessons/course.toml", course), ("lessons/1-our-line.md", include_str!("lesson.md").to_owned())]
}

/// Writes the keys of `shape` that have a sample; optional ones stand behind `#`.
fn keys(shape: &Shape, indent: &str, notes: Notes, text: &mut String) {
    for field in shape.fields.iter().filter(|field| !field.sample.is_empty()) {
        note(field, indent, notes, text);
        let off = if notes == Notes::Explained && is_off(field) { "# " } else { "" };
        if notes == Notes::Explained || !is_off(field) {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{indent}{off}{} = {}", field.key, field.sample);
        }
    }
}

/// Keys that a scenario of the plain kind does without.
fn is_off(field: &Field) -> bool {
    field.need == Need::Optional && !matches!(field.key, "label" | "threat" | "hints")
}

fn note(field: &Field, indent: &str, notes: Notes, text: &mut String) {
    if notes == Notes::Explained {
        let _ = writeln!(text, "{indent}# {}", field.doc);
    }
}

fn layer(notes: Notes, id: &str, text: &mut String) {
    let Some((layer, control)) = tables() else { return };
    let mut row = String::new();
    for field in SCENARIO.fields.iter().filter(|field| field.key == "layer") {
        note(field, "", notes, &mut row);
    }
    row.push_str("[[layer]]\n");
    keys(layer, "", notes, &mut row);
    for field in layer.fields.iter().filter(|field| field.key == "control") {
        row.push('\n');
        note(field, "  ", notes, &mut row);
    }
    controls(control, notes, &mut row);
    if notes == Notes::Explained {
        breach(layer, &mut row);
    }
    text.push('\n');
    text.push_str(&row.replace("<row>", id));
}

/// Writes what follows from a row, behind `#`: a scenario may do without. A blank line would make it the next layer's.
fn breach(layer: &'static Shape, text: &mut String) {
    let Some(field) = layer.fields.iter().find(|field| field.key == "breach") else { return };
    let Kind::Table(shape) = field.kind else { return };
    let mut block = format!("#\n# {}\n# [layer.breach]\n", field.doc);
    commented(shape, &mut block);
    for step in shape.fields.iter().filter_map(|field| listed(field, "step")) {
        block.push_str("#\n# [[layer.breach.step]]\n");
        commented(step, &mut block);
        block.push_str("#\n# A second step, and up to five.\n# [[layer.breach.step]]\n");
    }
    for line in block.lines() {
        let _ = writeln!(text, "  {line}");
    }
}

/// Writes the keys of `shape` that have a sample, each below what it is for.
fn commented(shape: &Shape, text: &mut String) {
    for field in shape.fields.iter().filter(|field| !field.sample.is_empty()) {
        let _ = writeln!(text, "# {}\n# {} = {}", field.doc, field.key, field.sample);
    }
}

/// The shapes of a layer and of a control.
fn tables() -> Option<(&'static Shape, &'static Shape)> {
    let layer = SCENARIO.fields.iter().find_map(|field| listed(field, "layer"))?;
    let control = layer.fields.iter().find_map(|field| listed(field, "control"))?;
    Some((layer, control))
}

fn listed(field: &Field, key: &str) -> Option<&'static Shape> {
    match field.kind {
        Kind::List(Kind::Table(shape), ..) if field.key == key => Some(shape),
        _ => None,
    }
}

fn controls(shape: &Shape, notes: Notes, text: &mut String) {
    for (place, (words, mark, why)) in CONTROLS.iter().enumerate() {
        let notes = if place == 0 { notes } else { Notes::Bare };
        text.push_str(if place == 0 { "  [[layer.control]]\n" } else { "\n  [[layer.control]]\n" });
        for field in shape.fields {
            let sample = match field.key {
                "text" => format!("\"{words}\""),
                "why" => format!("\"{why}\""),
                key if Some(key) == *mark => field.sample.to_owned(),
                _ => continue,
            };
            note(field, "  ", notes, text);
            let _ = writeln!(text, "  {} = {sample}", field.key);
        }
    }
}
