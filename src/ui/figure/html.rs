//! Figures on a page of HTML, each with its rows as a table, for those who read with their ears or their fingers.

use std::fmt::Write as _;

use crate::course::{Course, Layer, Scenario};

use super::{
    markup::escaped,
    sheet::owner,
    svg::{STYLE, inline},
};

/// What the page itself looks like.
const PAGE: &str = include_str!("page.css");

/// The browser is told to fetch and run nothing, whatever stands in the content.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// One self-contained page with the lines of `scenarios`. Where there are several, `course` gives the lessons of the table
/// of contents; their order is the scenarios' own.
pub fn page(course: &Course, scenarios: &[impl AsRef<Scenario>]) -> String {
    let all: Vec<&Scenario> = scenarios.iter().map(AsRef::as_ref).collect();
    match all.as_slice() {
        [one] => whole(&one.title, STYLE, &article(one, "h1", "")),
        several => {
            let title = format!("{}: every line", course.title);
            let back = "<p class=\"back\"><a href=\"#contents\">Back to the contents</a></p>\n";
            let articles: String = several.iter().map(|scenario| article(scenario, "h2", back)).collect();
            whole(&title, STYLE, &format!("<h1>{}</h1>\n{}{articles}", escaped(&title), contents(course, several)))
        }
    }
}

/// A page that fetches and runs nothing, with the style of pages and a further one.
pub(in crate::ui) fn whole(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>{}</title>\n<style>\n{PAGE}{style}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(title)
    )
}

/// The scenarios under their lessons.
fn contents(course: &Course, scenarios: &[&Scenario]) -> String {
    let mut text = "<nav id=\"contents\" aria-label=\"Contents\">\n<h2>Contents</h2>\n".to_owned();
    for lesson in scenarios.chunk_by(|one, next| one.lesson == next.lesson) {
        let Some(first) = lesson.first() else { continue };
        let title = course.lesson(&first.lesson).map_or("", |lesson| lesson.title.as_str());
        // Writing to a String cannot fail.
        let _ = writeln!(text, "<h3>{}</h3>\n<ul>", escaped(format!("{} {title}", first.lesson).trim_end()));
        for scenario in lesson {
            let (id, title) = (escaped(&scenario.id), escaped(&scenario.title));
            let _ = writeln!(text, "<li><a href=\"#{id}\">{title}</a> ({})</li>", scenario.model.name());
        }
        text.push_str("</ul>\n");
    }
    text + "</nav>\n"
}

fn article(scenario: &Scenario, heading: &str, end: &str) -> String {
    let (id, title) = (escaped(&scenario.id), escaped(&scenario.title));
    let rows: String = scenario.layers.iter().enumerate().map(|(place, layer)| row(place + 1, layer)).collect();
    format!(
        "<article id=\"{id}\">\n<{heading}>{title}</{heading}>\n<figure>\n{}</figure>\n\
         <table>\n<caption>From the top of the stack</caption>\n\
         <thead><tr><th scope=\"col\">No.</th><th scope=\"col\">Task</th><th scope=\"col\">Owner</th>\
         <th scope=\"col\">What is left for the customer to do</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n{}{end}</article>\n",
        inline(scenario),
        sources(scenario),
    )
}

fn row(number: usize, layer: &Layer) -> String {
    let [label, task, decision] = [layer.label.as_str(), &layer.task, layer.decision()].map(escaped);
    let (side, owner) = (layer.owner.word(), escaped(&owner(layer)));
    format!(
        "<tr><td>{number}</td><th scope=\"row\"><strong>{label}</strong><br/>{task}</th>\
         <td class=\"{side}\">{owner}</td><td>{decision}</td></tr>\n"
    )
}

fn sources(scenario: &Scenario) -> String {
    if scenario.sources.is_empty() {
        return String::new();
    }
    let items: String = scenario.sources.iter().map(|source| format!("<li>{}</li>\n", escaped(source))).collect();
    format!("<p>Sources</p>\n<ul>\n{items}</ul>\n")
}
