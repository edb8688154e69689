//! `respline line`: a scenario's responsibility line, with its answers.

use std::process::ExitCode;

use serde::Serialize;

use crate::course::{Cloud, Model, Owner, Scenario};

use super::{
    super::{args::LineFormat, config::Setup, print, tutor::library},
    Failure, json,
    table::{one_line, table},
    unknown,
};

/// Prints the line of scenario `id`.
pub(in crate::cli) fn line(setup: &Setup, id: &str, format: LineFormat) -> Result<ExitCode, Failure> {
    let library = library(setup)?;
    if library.course().catalog.find(id).is_none() {
        return Err(unknown("scenario", id, library.course().catalog.iter().map(|line| line.id)));
    }
    let scenario = library.scenario(id)?;
    print(&match format {
        LineFormat::Table => as_table(&scenario),
        LineFormat::Markdown => as_markdown(&scenario),
        LineFormat::Json => json(&Line::of(&scenario))?,
    })
}

/// Layer, owner, decision; the owner of a disputed row carries a question mark.
fn rows(scenario: &Scenario) -> Vec<[String; 3]> {
    let row = |layer: &crate::course::Layer| {
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

/// A line as `--format json` gives it, in the words of the content files.
#[derive(Serialize)]
struct Line<'s> {
    id: &'s str,
    title: &'s str,
    lesson: &'s str,
    level: u8,
    model: Model,
    cloud: Cloud,
    ladder: Option<&'s str>,
    layers: Vec<Row<'s>>,
}

#[derive(Serialize)]
struct Row<'s> {
    id: &'s str,
    label: &'s str,
    subject: &'s str,
    task: &'s str,
    owner: Owner,
    threat: Option<&'s str>,
    pair: Option<&'s str>,
    contested: bool,
    decision: &'s str,
}

impl<'s> Line<'s> {
    fn of(scenario: &'s Scenario) -> Self {
        let row = |layer: &'s crate::course::Layer| Row {
            id: &layer.id,
            label: &layer.label,
            subject: &layer.subject,
            task: &layer.task,
            owner: layer.owner,
            threat: layer.threat.as_deref(),
            pair: layer.pair.as_deref(),
            contested: layer.contested,
            decision: layer.decision(),
        };
        Self {
            id: &scenario.id,
            title: &scenario.title,
            lesson: &scenario.lesson,
            level: scenario.level,
            model: scenario.model,
            cloud: scenario.cloud,
            ladder: scenario.ladder.as_deref(),
            layers: scenario.layers.iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Library;

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
    fn json_uses_the_words_of_the_files() {
        let text = json(&Line::of(&scenario())).expect("it can be written");
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(value["layers"][0]["owner"], "customer");
        assert_eq!(value["layers"][0]["id"], "bucket-settings");
        assert_eq!(value["model"], "caas");
    }
}
