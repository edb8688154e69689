//! `respline line`: a scenario's responsibility line, with its answers.

use std::{process::ExitCode, sync::Arc};

use serde::Serialize;

use crate::{
    course::{Cloud, Layer, Model, Scenario},
    terminal::Library,
    ui::figure,
};

use super::{
    super::{
        args::{Line as Args, LineFormat},
        config::Setup,
        print,
        tutor::library,
    },
    Failure, json,
    output::write,
    table::{one_line, table},
    unknown,
};

/// Prints the line of a scenario or the lines of all, or writes them to a file.
pub(in crate::cli) fn line(setup: &Setup, args: &Args) -> Result<ExitCode, Failure> {
    let library = library(setup)?;
    let text = match &args.scenario {
        Some(id) => one(&library, id, args.format)?,
        None if args.format == LineFormat::Html => figure::page(&library.course(), &all(&library)?),
        None => return Err(Failure::usage("only a page of HTML holds every line", "leave out --format, or say html")),
    };
    match &args.out {
        Some(path) => write(path, &text, args.force),
        None => print(&text),
    }
}

fn one(library: &Library, id: &str, format: LineFormat) -> Result<String, Failure> {
    let course = library.course();
    if course.catalog.find(id).is_none() {
        return Err(unknown("scenario", id, course.catalog.iter().map(|line| line.id)));
    }
    let scenario = library.scenario(id)?;
    Ok(match format {
        LineFormat::Table => as_table(&scenario),
        LineFormat::Markdown => as_markdown(&scenario),
        LineFormat::Json => json(&Line::of(&scenario))?,
        LineFormat::Svg => figure::svg(&scenario),
        LineFormat::Html => figure::page(&course, &[scenario]),
    })
}

/// Every scenario, lesson by lesson, easiest first.
fn all(library: &Library) -> Result<Vec<Arc<Scenario>>, Failure> {
    let course = library.course();
    let lines = course.lessons.iter().flat_map(|lesson| course.catalog.in_lesson(&lesson.id));
    lines.map(|line| library.scenario(line.id).map_err(Failure::from)).collect()
}

/// Layer, owner, decision; the owner of a disputed row carries a question mark.
fn rows(scenario: &Scenario) -> Vec<[String; 3]> {
    let row = |layer: &Layer| {
        let dispute = if layer.contested { " ?" } else { "" };
        [layer.label.clone(), format!("{}{dispute}", layer.owner.word()), layer.decision().to_owned()]
    };
    scenario.layers.iter().map(row).collect()
}

fn as_table(scenario: &Scenario) -> String {
    format!("{}\n\n{}", one_line(&scenario.title), table(["layer", "owner", "decision"], &rows(scenario)))
}

fn as_markdown(scenario: &Scenario) -> String {
    let rows = rows(scenario).into_iter().map(|row| format!("| {} |\n", row.map(|cell| escaped(&cell)).join(" | ")));
    let rows: String = rows.collect();
    format!("## {}\n\n| Layer | Owner | Decision |\n|---|---|---|\n{rows}", escaped(&scenario.title))
}

/// A cell that stays one: a bar would begin the next, an angle bracket a tag.
fn escaped(cell: &str) -> String {
    one_line(cell).replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;")
}

/// A line as `--format json` gives it: the whole scenario in the words of its file, lists in the plural.
#[derive(Serialize)]
struct Line<'s> {
    id: &'s str,
    title: &'s str,
    lesson: &'s str,
    level: u8,
    model: Model,
    cloud: Cloud,
    ladder: Option<&'s str>,
    story: &'s str,
    sources: &'s [String],
    layers: Vec<Row<'s>>,
}

#[derive(Serialize)]
struct Row<'s> {
    #[serde(flatten)]
    layer: &'s Layer,
    /// The text of its right control.
    decision: &'s str,
}

impl<'s> Line<'s> {
    fn of(scenario: &'s Scenario) -> Self {
        Self {
            id: &scenario.id,
            title: &scenario.title,
            lesson: &scenario.lesson,
            level: scenario.level,
            model: scenario.model,
            cloud: scenario.cloud,
            ladder: scenario.ladder.as_deref(),
            story: &scenario.story,
            sources: &scenario.sources,
            layers: scenario.layers.iter().map(|layer| Row { layer, decision: layer.decision() }).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario() -> Scenario {
        let library = Library::embedded().expect("the build checked it");
        let scenario = library.scenario("web-app-on-containers").expect("it is shipped");
        Scenario { title: "A | B <script>\u{1b}[2J".into(), ..scenario.as_ref().clone() }
    }

    #[test]
    fn a_table_has_a_row_for_each_layer_in_stack_order() {
        let text = as_table(&scenario());
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows[0], "A | B <script><U+001B>[2J");
        assert!(rows[2].starts_with("LAYER") && rows[2].contains("OWNER"));
        assert_eq!(rows.len(), 3 + scenario().layers.len());
        assert!(rows[3].starts_with("Bucket settings"), "{}", rows[3]);
        assert!(rows[3].contains("  customer  "), "{}", rows[3]);
    }

    #[test]
    fn markdown_stays_a_table() {
        let text = as_markdown(&scenario());
        assert!(text.starts_with("## A \\| B &lt;script>"), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with("| ")).count(), 1 + scenario().layers.len());
    }

    #[test]
    fn json_is_the_scenario_in_the_words_of_its_file() {
        let text = json(&Line::of(&scenario())).expect("it can be written");
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(value["model"], "caas");
        assert!(value["story"].is_string() && value["sources"].is_array());
        let layer = &value["layers"][0];
        assert_eq!((&layer["owner"], &layer["id"]), (&"customer".into(), &"bucket-settings".into()));
        assert!(layer["why"].is_string() && layer["hints"].is_array() && layer["contested"] == false);
        let controls = layer["controls"].as_array().expect("they are told");
        assert_eq!(controls.len(), scenario().layers[0].controls.len());
        let right: Vec<_> = controls.iter().filter(|control| control["correct"] == true).collect();
        assert!(right.len() == 1 && right[0]["text"] == layer["decision"] && right[0]["why"].is_string(), "{right:?}");
        assert!(controls.iter().any(|control| control["trap"].is_string()));
    }
}
