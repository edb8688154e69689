//! The text of an exercise: story, question, controls or explanation, laid out for the pane.

use crate::{
    course::{Layer, Owner, Step},
    document::{Document, Glyphs, Layout, Role, Row, Span, layout},
};

use super::{Context, Exercise, Pane, page::glyphs, pages, stack::Ink};

/// Fills the exercise's pane for a width; its scroll position stays.
pub(super) fn fill(exercise: &mut Exercise, cx: &Context, width: u16) {
    let text = text(exercise, cx, width);
    exercise.pane = Pane { top: exercise.pane.top, height: exercise.pane.height, ..text };
}

fn text(exercise: &Exercise, cx: &Context, width: u16) -> Pane {
    let mut pane = Pane::default();
    let attempt = &exercise.attempt;
    if let Some(why) = &exercise.unsaved {
        pane.layout.rows = markdown(cx, width, &unsaved(why));
        return pane;
    }
    if exercise.story {
        pane.layout.rows = markdown(cx, width, &pages::story(&attempt.scenario));
        return pane;
    }
    let Some(layer) = attempt.layer() else { return pane };
    match attempt.step() {
        Step::Owner => owner(&mut pane, exercise, layer, cx, width),
        Step::Control => control(&mut pane, exercise, layer, cx, width),
        Step::Explained => explained(&mut pane, exercise, layer, cx, width),
        Step::Done => {}
    }
    pane
}

/// What is said of an answer that could not be stored.
pub(super) fn unsaved(why: &str) -> String {
    format!("**Your answer is not saved yet.** {why}\n\nIt waits here as long as respline is open. Try again with `r`.")
}

/// The words at hand: the story, the question, and its explanation as soon as that may be read.
pub(super) fn words(exercise: &Exercise, cx: &Context) -> String {
    let attempt = &exercise.attempt;
    let Some(layer) = attempt.layer() else { return attempt.scenario.story.clone() };
    let controls = layer.controls.iter().map(|control| control.text.as_str());
    let asked = [attempt.scenario.story.as_str(), &layer.label, &layer.task].into_iter().chain(controls);
    let explained = explanation(exercise, layer, cx).unwrap_or_default();
    asked.chain([explained.as_str()]).collect::<Vec<_>>().join("\n")
}

/// The story, for the place under the stack.
pub(super) fn aside(exercise: &Exercise, cx: &Context, width: u16) -> Layout {
    own(cx, width, &exercise.attempt.scenario.story)
}

/// Lays out one of the program's own texts, or a story: neither draws a line.
pub(super) fn own(cx: &Context, width: u16, text: &str) -> Layout {
    layout(&Document::parse(text).0, width, glyphs(cx), &|_, _| Vec::new())
}

pub(super) fn markdown(cx: &Context, width: u16, text: &str) -> Vec<Row> {
    own(cx, width, text).rows
}

fn owner(pane: &mut Pane, exercise: &Exercise, layer: &Layer, cx: &Context, width: u16) {
    let attempt = &exercise.attempt;
    let setting = attempt.mode.round().map(|_| pages::restated(&attempt.scenario)).unwrap_or_default();
    pane.layout.rows = markdown(cx, width, &format!("{setting}{}", pages::question(layer)));
    pane.layout.rows.push(Row::default());
    pane.layout.rows.push(sides(glyphs(cx), None));
    notes(pane, exercise, cx, width);
}

/// The two sides to choose from; the one chosen is pointed at.
pub(super) fn sides(glyphs: Glyphs, chosen: Option<Owner>) -> Row {
    let arrows = match glyphs {
        Glyphs::Unicode => ("←", "→"),
        Glyphs::Ascii => ("<-", "->"),
    };
    let ink = |owner| if chosen.is_none_or(|side| side == owner) { Ink::Current } else { Ink::Layer };
    let pointer = |owner| if chosen == Some(owner) { glyphs.pick("▸", ">") } else { " " };
    let spans = vec![
        Span::new(format!("  {} c {}", arrows.0, pointer(Owner::Customer)), Role::Marker),
        Span::new("Customer", ink(Owner::Customer).role()),
        Span::new("      ", Role::Text),
        Span::new(pointer(Owner::Provider), Role::Marker),
        Span::new("Provider", ink(Owner::Provider).role()),
        Span::new(format!("  p {}", arrows.1), Role::Marker),
    ];
    Row { spans, block: 0 }
}

/// Below the question: the unsure mark and the hints read.
fn notes(pane: &mut Pane, exercise: &Exercise, cx: &Context, width: u16) {
    let unsure = if exercise.attempt.draft.unsure { "*Marked as unsure.*\n\n" } else { "" };
    add(pane, &format!("{unsure}{}", pages::hints(&exercise.attempt)), cx, width);
}

/// Above the controls: the hint read last, until a control is struck out, which is a hint to be seen in the list itself.
fn last_hint(pane: &mut Pane, exercise: &Exercise, cx: &Context, width: u16) {
    let struck = !exercise.attempt.draft.struck.is_empty();
    let hints = pages::hints(&exercise.attempt);
    let last = hints.trim_end().rsplit("\n\n").next().filter(|_| !struck).unwrap_or_default();
    add(pane, last, cx, width);
}

fn add(pane: &mut Pane, text: &str, cx: &Context, width: u16) {
    if !text.is_empty() {
        pane.layout.rows.push(Row::default());
        pane.layout.rows.extend(markdown(cx, width, text));
    }
}

fn control(pane: &mut Pane, exercise: &Exercise, layer: &Layer, cx: &Context, width: u16) {
    let said = match exercise.attempt.draft.owner {
        Some(Owner::Customer) => "you said: yours",
        Some(Owner::Provider) => "you said: the provider's",
        None => "",
    };
    let dot = glyphs(cx).pick("·", "-");
    let unsure = if exercise.attempt.draft.unsure { format!(" {dot} unsure") } else { String::new() };
    let heading = format!("**{}** {dot} {said}{unsure}\n\n{}", layer.task, pages::controls_heading());
    pane.layout.rows = markdown(cx, width, &heading);
    last_hint(pane, exercise, cx, width);
    pane.layout.rows.push(Row::default());
    for (place, control) in exercise.attempt.offered().into_iter().enumerate() {
        let first = pane.layout.rows.len();
        let struck = exercise.attempt.draft.struck.contains(&control);
        let text = layer.controls.get(control).map_or("", |control| &control.text);
        pane.layout.rows.extend(choice(place, exercise.selected == place, struck, text, cx, width));
        pane.choices.push((first, pane.layout.rows.len().saturating_sub(1)));
    }
}

/// Columns before a choice's text: marker, number, blanks.
const INDENT: u16 = 5;

pub(super) fn choice(place: usize, selected: bool, struck: bool, text: &str, cx: &Context, width: u16) -> Vec<Row> {
    let words = if struck { format!("~~{text}~~ (struck out)") } else { text.to_owned() };
    let pointer = if selected { glyphs(cx).pick("▸", ">") } else { " " };
    let ink = if selected { Ink::Current } else { Ink::Layer };
    let rows = markdown(cx, width.saturating_sub(INDENT), &words);
    let prefix = |row: usize| if row == 0 { format!("{pointer} {:<2} ", place + 1) } else { "     ".to_owned() };
    let own = |span: Span| if span.role == Role::Text { Span::new(span.text, ink.role()) } else { span };
    let row = |(place, row): (usize, Row)| {
        let first = Span::new(prefix(place), ink.role());
        Row { spans: std::iter::once(first).chain(row.spans.into_iter().map(own)).collect(), block: 0 }
    };
    rows.into_iter().enumerate().map(row).collect()
}

fn explained(pane: &mut Pane, exercise: &Exercise, layer: &Layer, cx: &Context, width: u16) {
    if let Some(text) = explanation(exercise, layer, cx) {
        pane.layout.rows = markdown(cx, width, &text);
    }
}

/// Why, once the answer may be explained.
fn explanation(exercise: &Exercise, layer: &Layer, cx: &Context) -> Option<String> {
    let attempt = &exercise.attempt;
    let said = attempt.answers.get(attempt.cursor).copied().flatten().filter(|_| attempt.step() == Step::Explained)?;
    Some(pages::explanation(&cx.course, &attempt.scenario, layer, &said, &attempt.mark()?))
}
