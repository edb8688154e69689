//! An exam's answers before they are handed in: each can still be changed.

use crate::{
    classroom::Feedback,
    course::{Attempt, AttemptId, Entry, LayerMark, Owner, RecordKey, Verdict, mark},
};

use super::{
    Action, Context, Duty, Goal, Menu, area,
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

fn answer(run: &Attempt, row: usize) -> Option<HandInRow> {
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
pub(super) fn attempts(cx: &Context, exam: RecordKey) -> Vec<AttemptId> {
    let Some(sitting) = cx.progress.sitting(exam) else {
        return vec![exam];
    };
    let logs = sitting.scenarios.iter().filter_map(|id| cx.progress.attempt_in(exam, id));
    logs.map(|log| log.id).collect()
}

/// Grades an exam: the record of its grades, and where they lead when they are durable. From there on it cannot change.
pub(super) fn grade(cx: &mut Context, exam: RecordKey) -> (RecordKey, Goal) {
    let entry = cx.duty_of(exam).and_then(|duty| graded_for(cx, &duty, exam));
    let entry = entry.unwrap_or_else(|| graded(cx, exam));
    let lesson = cx.progress.sitting(exam).is_some();
    (cx.record(entry), if lesson { Goal::Result(exam) } else { Goal::Debrief(exam) })
}

/// The grades of what a learner does of their own.
fn graded(cx: &Context, exam: RecordKey) -> Entry {
    let runs = attempts(cx, exam).into_iter().filter_map(|id| attempt(cx, id));
    let marks: Vec<LayerMark> = runs.flat_map(|run| marks(&run)).collect();
    let points = marks.iter().map(|given| given.mark.points).sum();
    let out_of = marks.iter().map(|given| given.mark.out_of).sum();
    Entry::HandedIn { sitting: exam, marks, points, out_of, passed: passed(cx, exam, (points, out_of)) }
}

fn marks(run: &Attempt) -> Vec<LayerMark> {
    let graded = run.said().filter_map(|(id, said)| {
        let (_, layer) = run.scenario.layer(id)?;
        Some(LayerMark { attempt: run.id, layer: id.to_owned(), mark: mark(layer, said) })
    });
    graded.collect()
}

fn passed(cx: &Context, exam: RecordKey, (points, out_of): (u32, u32)) -> bool {
    let sat = cx.progress.sitting(exam);
    let rule = sat.and_then(|sat| cx.course.lesson(&sat.lesson)?.rule(sat.test_out));
    rule.is_some_and(|rule| rule.verdict(points, out_of) == Verdict::Passed)
}

/// The grades of an attempt at an assignment, of the answers that count and out of all there was to answer. None stand in
/// the record of an exam that is explained later: it would tell what is right.
fn graded_for(cx: &Context, duty: &Duty<'_>, exam: RecordKey) -> Option<Entry> {
    let withheld = Entry::HandedIn { sitting: exam, marks: Vec::new(), points: 0, out_of: 0, passed: false };
    let standing = duty.standing(cx);
    let one = standing.tries.iter().find(|one| one.sitting == exam)?;
    let (points, out_of) = (one.points, one.out_of);
    Some(match duty.assignment.feedback {
        Feedback::AfterDue | Feedback::Never => withheld,
        Feedback::AtOnce => Entry::HandedIn { sitting: exam, marks: Vec::new(), points, out_of, passed: false },
        Feedback::AfterHandIn => {
            let runs = attempts(cx, exam).into_iter().filter_map(|id| counted(cx, duty, id));
            let marks = runs.flat_map(|run| marks(&run)).collect();
            Entry::HandedIn { sitting: exam, marks, points, out_of, passed: passed(cx, exam, (points, out_of)) }
        }
    })
}

/// An attempt with the answers that count: given in time, and not while time stood still.
pub(super) fn counted(cx: &Context, duty: &Duty<'_>, id: AttemptId) -> Option<Attempt> {
    let mut run = attempt(cx, id)?;
    let sat = duty.sat(run.mode.sitting()?)?;
    let given = sat.runs.iter().find(|one| one.id == id)?;
    let (window, end) = (duty.window(cx), duty.end(cx, sat.id));
    let answer = |row: usize| {
        let layer = run.layer_of(row)?;
        let answer = given.counted(&layer.id, &window, end)?;
        (answer.digest == layer.digest()).then_some(answer.said)
    };
    run.answers = (0..run.rows.len()).map(answer).collect();
    Some(run)
}
