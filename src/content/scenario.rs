//! Reads a scenario from its file.

use crate::course::Scenario;

use super::{
    format::SCENARIO,
    frame::{Frame, Named},
    lint,
    literal::written_at,
    problem::{Place, Problem},
    prose,
    reading::read,
    rules,
    source::{Findings, SourceFile},
    tree::{Table, Words},
};

/// A scenario and the places in its file that the whole pack may have something to say about.
#[derive(Debug)]
pub(super) struct Placed {
    pub scenario: Scenario,
    /// Where its id is given.
    pub id: Place,
    /// The line of each layer's task.
    pub lines: Vec<usize>,
    /// Where each layer's task stands; only of scenarios on a ladder, which alone are compared row by row.
    pub tasks: Vec<Place>,
}

/// Reads a scenario.
///
/// # Errors
/// With every error in the file. What it refers to is not looked at.
pub fn scenario(file: &SourceFile<'_>) -> Result<Scenario, Vec<Problem>> {
    sound(placed(file, None))
}

/// The line on which the task of each layer of a scenario stands, by layer id; nothing where the file is no good.
pub fn task_lines(file: &SourceFile<'_>) -> Vec<(String, usize)> {
    let (placed, _) = placed(file, None);
    let lines = placed.map(|placed| (placed.scenario.layer_ids(), placed.lines));
    lines.into_iter().flat_map(|(ids, lines)| ids.into_iter().zip(lines)).collect()
}

impl Frame {
    /// Reads one of the pack's scenarios, and what it refers to as well.
    ///
    /// # Errors
    /// With every error in the file.
    pub fn scenario(&self, file: &SourceFile<'_>) -> Result<Scenario, Vec<Problem>> {
        sound(placed(file, Some(self)))
    }
}

fn sound((placed, problems): (Option<Placed>, Vec<Problem>)) -> Result<Scenario, Vec<Problem>> {
    match placed {
        Some(placed) if !problems.iter().any(Problem::is_error) => Ok(placed.scenario),
        _ => Err(problems.into_iter().filter(Problem::is_error).collect()),
    }
}

/// Reads a scenario that stands in `frame`, with warnings.
pub(super) fn placed(file: &SourceFile<'_>, frame: Option<&Frame>) -> (Option<Placed>, Vec<Problem>) {
    let (scenario, (id, lines, tasks), problems) = read::<Scenario, _>(file, &SCENARIO, |root, findings| {
        rules::scenario(root, &file.path, findings);
        texts(root, frame, findings);
        if let Some(frame) = frame {
            refer(root, frame, findings);
            lint::scenario(root, findings);
        }
        places(root, findings)
    });
    let placed = scenario.map(|mut scenario| {
        scenario
            .layers
            .iter_mut()
            .filter(|layer| layer.label.is_empty())
            .for_each(|layer| layer.label = spoken(&layer.subject));
        Placed { scenario, id, lines, tasks }
    });
    (placed, problems)
}

fn texts(root: Table<'_>, frame: Option<&Frame>, findings: &mut Findings<'_>) {
    let file = findings.text();
    if let Some(story) = root.words("story") {
        prose::check(story.text, |place| written_at(file, story, place), frame, findings);
    }
    for why in root.tables("layer").flat_map(whys) {
        prose::check_reason(why.text, |place| written_at(file, why, place), frame, findings);
    }
}

/// Why the owner of a layer is the owner, and why each control is right or wrong.
fn whys(layer: Table<'_>) -> impl Iterator<Item = Words<'_>> {
    layer.words("why").into_iter().chain(layer.tables("control").filter_map(|control| control.words("why")))
}

fn refer(root: Table<'_>, frame: &Frame, findings: &mut Findings<'_>) {
    frame.refer(Named::Lesson, root.words("lesson"), findings);
    for layer in root.tables("layer") {
        frame.refer(Named::Threat, layer.words("threat"), findings);
        for control in layer.tables("control") {
            frame.refer(Named::Pitfall, control.words("trap"), findings);
        }
    }
}

fn places(root: Table<'_>, findings: &Findings<'_>) -> (Place, Vec<usize>, Vec<Place>) {
    let id = findings.place(root.words("id").map_or(0, |id| id.at));
    let tasks = || root.tables("layer").filter_map(|layer| layer.words("task"));
    let on_ladder = root.words("ladder").is_some();
    let places = tasks().filter(|_| on_ladder).map(|task| findings.place(task.at)).collect();
    (id, tasks().map(|task| findings.line(task.at)).collect(), places)
}

/// A subject in words: `os-patches` is read "Os patches".
fn spoken(subject: &str) -> String {
    let words = subject.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
