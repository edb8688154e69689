//! `respline list`: what the course holds.

use std::process::ExitCode;

use serde::Serialize;

use crate::course::{Cloud, Course, LessonEntry, Listing, Model, Term, Threat};

use super::{
    super::{
        args::{ListFormat, Listed},
        config::Setup,
        print,
        tutor::library,
    },
    Failure, json,
    table::table,
};

/// Lists lessons, scenarios, threats or the words of the glossary.
pub(in crate::cli) fn list(setup: &Setup, what: Listed, format: ListFormat) -> Result<ExitCode, Failure> {
    let course = library(setup)?.course();
    print(&match format {
        ListFormat::Table => as_table(&course, what),
        ListFormat::Json => as_json(&course, what)?,
    })
}

fn as_table(course: &Course, what: Listed) -> String {
    match what {
        Listed::Lessons => {
            let row = |lesson: &LessonEntry| {
                let text = if lesson.file.is_some() { "" } else { "announced" };
                let scenarios = course.catalog.in_lesson(&lesson.id).len();
                [lesson.id.clone(), lesson.title.clone(), scenarios.to_string(), text.to_owned()]
            };
            table(["id", "title", "scenarios", ""], &course.lessons.iter().map(row).collect::<Vec<_>>())
        }
        Listed::Scenarios => {
            let row = |line: Listing<'_>| {
                let [id, title, lesson] = [line.id, line.title, line.lesson].map(str::to_owned);
                let [model, cloud] = [line.model.word(), line.cloud.word()].map(str::to_owned);
                [id, title, lesson, line.level.to_string(), model, cloud, line.layers.to_string()]
            };
            let head = ["id", "title", "lesson", "level", "model", "cloud", "layers"];
            table(head, &course.catalog.iter().map(row).collect::<Vec<_>>())
        }
        Listed::Threats => {
            let row = |threat: &Threat| [threat.id.clone(), threat.name.clone(), threat.control.clone()];
            table(["id", "name", "first control"], &course.threats.iter().map(row).collect::<Vec<_>>())
        }
        Listed::Glossary => {
            let row = |term: &Term| [term.name.clone(), term.also.join(", "), term.text.clone()];
            table(["term", "also", "meaning"], &course.glossary.iter().map(row).collect::<Vec<_>>())
        }
    }
}

fn as_json(course: &Course, what: Listed) -> Result<String, Failure> {
    match what {
        Listed::Lessons => json(&serde_json::json!({ "lessons": course.lessons })),
        Listed::Scenarios => {
            json(&serde_json::json!({ "scenarios": course.catalog.iter().map(Row::of).collect::<Vec<_>>() }))
        }
        Listed::Threats => json(&serde_json::json!({ "threats": course.threats })),
        Listed::Glossary => json(&serde_json::json!({ "glossary": course.glossary })),
    }
}

/// A scenario of the list; its layers are counted, not told: `respline line` tells them.
#[derive(Serialize)]
struct Row<'c> {
    id: &'c str,
    title: &'c str,
    lesson: &'c str,
    level: u8,
    model: Model,
    cloud: Cloud,
    ladder: Option<&'c str>,
    layer_count: usize,
}

impl<'c> Row<'c> {
    fn of(line: Listing<'c>) -> Self {
        let Listing { id, title, lesson, ladder, level, model, cloud, layers, .. } = line;
        Self { id, title, lesson, level, model, cloud, ladder, layer_count: layers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Library;

    fn course() -> Course {
        Library::embedded().expect("the build checked it").course().as_ref().clone()
    }

    #[test]
    fn every_entry_has_a_line() {
        let course = course();
        assert_eq!(as_table(&course, Listed::Lessons).lines().count(), 1 + course.lessons.len());
        assert_eq!(as_table(&course, Listed::Threats).lines().count(), 1 + course.threats.len());
        assert_eq!(as_table(&course, Listed::Glossary).lines().count(), 1 + course.glossary.len());
        let text = as_table(&course, Listed::Scenarios);
        assert_eq!(text.lines().count(), 1 + course.catalog.len());
        assert!(
            text.lines().any(|line| line.starts_with("web-app-on-containers  ") && line.contains("caas")),
            "{text}"
        );
    }

    #[test]
    fn json_lists_stand_under_their_plural() {
        let course = course();
        for (what, key, count) in [
            (Listed::Lessons, "lessons", course.lessons.len()),
            (Listed::Scenarios, "scenarios", course.catalog.len()),
            (Listed::Threats, "threats", course.threats.len()),
            (Listed::Glossary, "glossary", course.glossary.len()),
        ] {
            let text = as_json(&course, what).expect("it can be written");
            let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
            assert_eq!(value[key].as_array().map(Vec::len), Some(count), "{key}");
        }
    }
}
