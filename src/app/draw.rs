//! Which rows a review or a drill asks.
//!
//! The catalog knows no rows, so scenarios are read on the way: what must be read next is an error of the draw, and the
//! draw is made again when it is here. It depends on nothing but the state, so it comes out the same.

use std::{collections::BTreeSet, sync::Arc};

use crate::course::{
    Drill, Layer, Listing, Model, RowRef, Scenario, permutation,
    review::{Asked, Forecast, Item, interleave},
};

use super::Context;

/// Rows of a review at most; the rest is due still.
pub(super) const REVIEW: usize = 20;

/// Rows of a drill: about five minutes.
const DRILL: usize = 10;

/// Rows of a drill by threat or pitfall that are of the other side, so that the side stays a question.
const FOILS: usize = 3;

/// Rows that a drill takes of one scenario at most.
const OF_ONE: usize = 2;

/// Scenarios that a drill looks into at most.
const LOOKED_INTO: usize = 40;

/// A scenario that must be read before rows can be drawn.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unread(pub(super) String);

/// The rows drawn, as far as what must be read is here.
type Rows = Result<Vec<RowRef>, Unread>;

/// What may be asked: scenarios of lessons that are open, none that an exam under way asks or keeps closed.
pub(super) struct Reach<'a> {
    cx: &'a Context,
    lessons: Vec<&'a str>,
    examined: BTreeSet<&'a str>,
    sealed: BTreeSet<String>,
}

impl<'a> Reach<'a> {
    pub(super) fn of(cx: &'a Context) -> Self {
        let lessons = cx.course.lessons.iter().map(|lesson| lesson.id.as_str());
        let open = cx.progress.sittings.iter().filter(|sat| sat.result.is_none() && !sat.dropped);
        Self {
            cx,
            lessons: lessons.filter(|id| cx.progress.lock(&cx.course, id).is_none()).collect(),
            sealed: cx.all_sealed(),
            examined: open.flat_map(|sat| &sat.scenarios).map(String::as_str).collect(),
        }
    }

    pub(super) fn allows(&self, scenario: &str) -> bool {
        self.cx.course.catalog.find(scenario).is_some_and(|line| self.holds(&line))
    }

    fn holds(&self, line: &Listing<'_>) -> bool {
        self.lessons.contains(&line.lesson) && !self.examined.contains(line.id) && !self.sealed.contains(line.id)
    }
}

/// How many rows come back, and when, of those that may be asked.
pub(super) fn forecast(cx: &Context) -> Forecast {
    if cx.schedule.items().is_empty() {
        return Forecast::default();
    }
    let reach = Reach::of(cx);
    cx.schedule.forecast(cx.now, |item| reach.allows(&item.scenario))
}

/// How many rows there are to drill that did not hold.
pub(super) fn weak(cx: &Context) -> usize {
    let reach = Reach::of(cx);
    cx.schedule.weak(cx.now).into_iter().filter(|item| reach.allows(&item.scenario)).count()
}

/// The rows of a review.
pub(super) fn review(cx: &Context) -> Rows {
    remembered(cx, &cx.schedule.due(cx.now), REVIEW)
}

/// The rows of a drill.
pub(super) fn drill(cx: &Context, drill: &Drill) -> Rows {
    let any = |_: &Layer| true;
    match drill {
        Drill::Weak => remembered(cx, &cx.schedule.weak(cx.now), DRILL),
        Drill::Mixed => found(cx, None, DRILL, any),
        Drill::Model(model) => found(cx, Some(*model), DRILL, any),
        Drill::Threat(id) => found(cx, None, DRILL - FOILS, |layer| layer.threat.as_ref() == Some(id)),
        Drill::Pitfall(id) => found(cx, None, DRILL - FOILS, |layer| {
            layer.controls.iter().any(|control| control.trap.as_ref() == Some(id))
        }),
    }
}

/// A row and the scenario it is of.
struct Drawn {
    scenario: Arc<Scenario>,
    place: usize,
}

impl Drawn {
    fn layer(&self) -> Option<&Layer> {
        self.scenario.layers.get(self.place)
    }

    fn about(&self) -> Asked<'_> {
        let subject = self.layer().map_or("", |layer| &layer.subject);
        Asked { scenario: &self.scenario.id, subject, model: self.scenario.model }
    }

    fn row(&self) -> Option<RowRef> {
        Some(RowRef { scenario: self.scenario.id.clone(), layer: self.layer()?.id.clone() })
    }
}

fn in_order(drawn: Vec<Drawn>) -> Vec<RowRef> {
    interleave(drawn, Drawn::about).iter().filter_map(Drawn::row).collect()
}

/// The scenario, where it has been read.
fn read(cx: &Context, id: &str) -> Result<Arc<Scenario>, Unread> {
    cx.scenarios.get(id).cloned().ok_or_else(|| Unread(id.to_owned()))
}

/// A row for each of `items`, as far as the course still has one.
fn remembered(cx: &Context, items: &[&Item], most: usize) -> Rows {
    let reach = Reach::of(cx);
    let mut drawn = Vec::new();
    for item in items.iter().filter(|item| reach.allows(&item.scenario)) {
        if drawn.len() == most {
            break;
        }
        drawn.extend(standing_for(cx, &reach, item)?);
    }
    Ok(in_order(drawn))
}

/// The row that is asked for an item: that of the next twin with the same task, else the row that was asked last.
fn standing_for(cx: &Context, reach: &Reach<'_>, item: &Item) -> Result<Option<Drawn>, Unread> {
    let last = read(cx, &item.scenario)?;
    let Some((place, layer)) = last.layer(&item.layer).filter(|(_, layer)| !layer.contested) else { return Ok(None) };
    let twins: Vec<Listing<'_>> = cx.course.catalog.twins(&item.scenario).filter(|line| reach.holds(line)).collect();
    // Round the ladder in the order of ids: with three rungs, each has its turn.
    let (before, after): (Vec<_>, Vec<_>) = twins.into_iter().partition(|line| line.id < item.scenario.as_str());
    for twin in after.into_iter().chain(before) {
        let scenario = read(cx, twin.id)?;
        let same = scenario.layer(&item.layer).filter(|(_, twin)| twin.task == layer.task && !twin.contested);
        if let Some((place, _)) = same {
            return Ok(Some(Drawn { scenario, place }));
        }
    }
    Ok(Some(Drawn { scenario: last, place }))
}

/// Rows that `fits`, from scenarios in an order that changes from drill to drill, those whose story is known first, and
/// rows of the other side where all of them are of one and room is left for some.
fn found(cx: &Context, model: Option<Model>, most: usize, fits: impl Fn(&Layer) -> bool) -> Rows {
    let reach = Reach::of(cx);
    let seed = cx.seed.unwrap_or(cx.progress.records as u64);
    let wanted = |line: &Listing<'_>| reach.holds(line) && model.is_none_or(|model| model == line.model);
    let lines: Vec<Listing<'_>> = cx.course.catalog.iter().filter(wanted).collect();
    let shuffled = permutation(seed, "drill", lines.len()).into_iter().filter_map(|place| lines.get(place));
    let (known, fresh): (Vec<&Listing<'_>>, Vec<_>) = shuffled.partition(|line| cx.schedule.knows(line.id));
    let (mut drawn, mut foils) = (Vec::new(), Vec::new());
    for line in known.into_iter().chain(fresh).take(LOOKED_INTO) {
        if drawn.len() >= most {
            break;
        }
        let scenario = read(cx, line.id)?;
        let shuffled = permutation(seed, line.id, scenario.layers.len());
        let scored = |place: &usize| scenario.layers.get(*place).is_some_and(|layer| !layer.contested);
        let (fitting, others): (Vec<usize>, Vec<usize>) =
            shuffled.into_iter().filter(scored).partition(|place| scenario.layers.get(*place).is_some_and(&fits));
        let taken = fitting.into_iter().take(OF_ONE.min(most - drawn.len()));
        let drawn_of = |place| Drawn { scenario: Arc::clone(&scenario), place };
        drawn.extend(taken.map(drawn_of));
        foils.extend(others.into_iter().map(drawn_of));
    }
    let owners: BTreeSet<bool> = drawn.iter().filter_map(Drawn::layer).map(is_yours).collect();
    if let (Some(yours), 1) = (owners.first().copied(), owners.len()) {
        foils.retain(|foil| foil.layer().is_some_and(|layer| is_yours(layer) != yours));
        drawn.extend(foils.into_iter().take(DRILL.saturating_sub(most)));
    }
    Ok(in_order(drawn))
}

fn is_yours(layer: &Layer) -> bool {
    layer.owner == crate::course::Owner::Customer
}
