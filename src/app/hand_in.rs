//! An exam's answers before they are handed in: each can still be changed.

use crate::course::{AttemptId, Entry, LayerMark, Owner, RecordKey, mark};

use super::{
    Action, Context, Goal, Menu, area,
    menu::Entry as Line,
    page::{attempt, glyphs},
};

/// The answers of a sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct HandIn {
    /// The sitting.
    pub sitting: RecordKey,
    /// Its answers, in the order they were asked.
    pub rows: Vec<HandInRow>,
    /// The answers, laid out, and which one is selected.
    pub menu: Menu,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct HandInRow {
    /// Its attempt.
    pub attempt: AttemptId,
    /// Its row in the attempt.
    pub row: usize,
    /// Title of the scenario.
    pub scenario: String,
    /// Label of the layer.
    pub label: String,
    /// The side chosen.
    pub owner: Owner,
    /// The control chosen.
    pub control: String,
    /// Marked as unsure.
    pub unsure: bool,
}

impl HandIn {
    /// The answers of `sitting`.
    pub(super) fn of(cx: &Context, sitting: RecordKey) -> Self {
        let rows = attempts(cx, sitting).into_iter().filter_map(|id| attempt(cx, id)).flat_map(|run| {
            let rows: Vec<HandInRow> = (0..run.rows.len()).filter_map(|row| answer(&run, row)).collect();
            rows
        });
        let mut hand_in = Self { sitting, rows: rows.collect(), menu: Menu::default() };
        hand_in.fit(cx);
        hand_in
    }

    /// Lays the answers out for the size at hand.
    pub(super) fn fit(&mut self, cx: &Context) {
        let body = area::body(cx.size);
        let before = self.rows.iter().map(|row| Some(row.attempt));
        let before = std::iter::once(self.rows.first().map(|row| row.attempt)).chain(before);
        let line = |(row, before): (&HandInRow, _)| Line { apart: before != Some(row.attempt), ..row.line() };
        let lines: Vec<Line> = self.rows.iter().zip(before).map(line).collect();
        self.menu.set(&lines, body.width, body.height, glyphs(cx));
    }

    /// Selects a row: the one that was just changed.
    pub(super) fn select(&mut self, cx: &Context, row: usize) {
        self.menu.at = row;
        self.fit(cx);
    }

    /// Takes an action; a goal where it leads away from here.
    pub(super) fn act(&mut self, action: Action) -> Option<Goal> {
        match action {
            Action::HandIn => Some(Goal::Grade(self.sitting)),
            Action::Choose(number) => self.revise(usize::from(number).checked_sub(1)?),
            Action::Open => self.revise(self.menu.at),
            _ => {
                self.menu.act(action);
                None
            }
        }
    }

    fn revise(&self, row: usize) -> Option<Goal> {
        self.rows.get(row).map(|row| Goal::Revise { attempt: row.attempt, row: row.row })
    }
}

impl HandInRow {
    fn line(&self) -> Line {
        let side = match self.owner {
            Owner::Customer => "yours",
            Owner::Provider => "the provider's",
        };
        let unsure = if self.unsure { " (unsure)" } else { "" };
        Line::new(format!("{}: {side}{unsure}. {}", self.label, self.control))
    }
}

fn answer(run: &crate::course::Attempt, row: usize) -> Option<HandInRow> {
    let layer = run.layer_of(row)?;
    let said = run.answers.get(row).copied().flatten()?;
    Some(HandInRow {
        attempt: run.id,
        row,
        scenario: run.scenario.title.clone(),
        label: layer.label.clone(),
        owner: said.owner,
        control: layer.controls.get(said.control)?.text.clone(),
        unsure: said.unsure,
    })
}

/// The attempts of a sitting, or the single attempt under exam rules that bears this name itself.
fn attempts(cx: &Context, exam: RecordKey) -> Vec<AttemptId> {
    let Some(sitting) = cx.progress.sitting(exam) else {
        return vec![exam];
    };
    let logs = sitting.scenarios.iter().filter_map(|id| cx.progress.attempt_in(exam, id));
    logs.map(|log| log.id).collect()
}

/// Grades an exam: the record of its grades, and where they lead when they are durable. From there on it cannot change.
pub(super) fn grade(cx: &mut Context, exam: RecordKey) -> (RecordKey, Goal) {
    let marks: Vec<LayerMark> = attempts(cx, exam)
        .into_iter()
        .filter_map(|id| attempt(cx, id))
        .flat_map(|run| {
            let graded = run.said().filter_map(|(id, said)| {
                let (_, layer) = run.scenario.layer(id)?;
                Some(LayerMark { attempt: run.id, layer: id.to_owned(), mark: mark(layer, said) })
            });
            graded.collect::<Vec<_>>()
        })
        .collect();
    let points = marks.iter().map(|given| given.mark.points).sum();
    let out_of = marks.iter().map(|given| given.mark.out_of).sum();
    let sat = cx.progress.sitting(exam).map(|sat| (sat.lesson.clone(), sat.test_out));
    let rule = sat.as_ref().and_then(|(lesson, test_out)| cx.course.lesson(lesson)?.rule(*test_out));
    let passed = rule.is_some_and(|rule| rule.verdict(points, out_of) == crate::course::Verdict::Passed);
    let key = cx.record(Entry::HandedIn { sitting: exam, marks, points, out_of, passed });
    (key, if sat.is_some() { Goal::Result(exam) } else { Goal::Debrief(exam) })
}
