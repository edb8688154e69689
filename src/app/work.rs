//! The pages of work that is set: what to know of it, what instructors say, and what came of it.

use crate::course::{AssignmentRef, Attempt, RecordKey};

use super::{Context, Page, PageKind, Pane, pages};

impl Page {
    /// What is set: what to know of it, and how it stands.
    pub(super) fn assigned(cx: &Context, set: &AssignmentRef) -> Option<Self> {
        let duty = cx.duty(set)?;
        Some(Self::of(cx, PageKind::Assigned(set.clone()), &pages::assigned(cx, &duty)))
    }

    pub(super) fn messages(cx: &Context) -> Self {
        Self::of(cx, PageKind::Messages, &pages::messages(cx))
    }

    /// The same page as it reads now; none where it does not change by itself.
    pub(super) fn anew(&self, cx: &Context) -> Option<Self> {
        match &self.kind {
            PageKind::Assigned(set) => Self::assigned(cx, set),
            PageKind::Messages => Some(Self::messages(cx)),
            PageKind::Result(sitting) if cx.duty_of(*sitting).is_some() => Self::result(cx, *sitting),
            _ => None,
        }
        .map(|page| Self { pane: Pane { top: self.pane.top, ..page.pane }, ..page })
    }

    /// The result of an attempt at an assignment, or, before it may be explained, that it is handed in.
    pub(super) fn outcome(cx: &Context, id: RecordKey) -> Self {
        let duty = cx.duty_of(id);
        // Another exam may ask the same.
        let asked = cx.progress.sitting(id).is_some_and(|sat| sat.scenarios.iter().any(|id| cx.sealed(id).is_some()));
        let done = duty.filter(|_| !asked && !cx.withheld(id)).and_then(|duty| {
            let one = duty.standing(cx).tries.into_iter().find(|one| one.sitting == id)?;
            let ids = super::hand_in::attempts(cx, id).into_iter();
            let runs: Vec<Attempt> = ids.filter_map(|run| super::hand_in::counted(cx, &duty, run)).collect();
            let backs: Vec<_> = runs.iter().map(|run| (run.scenario.as_ref(), run.debrief())).collect();
            Some(pages::outcome(&cx.course, cx, &duty, &one, &backs))
        });
        let text = done.unwrap_or_else(|| pages::handed_in(cx, duty.as_ref(), id));
        Self::of(cx, PageKind::Result(id), &text)
    }
}
