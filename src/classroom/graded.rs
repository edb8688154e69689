//! The rows of an attempt, each with the answer that counts and its grade: what gradebooks add up and an analysis takes apart.
//!
//! A stored mark wins over the key: it is what the learner was told. Only an answer to the very question that the key holds
//! is graded by it.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::course::{AttemptId, Digest, Layer, Mark, Timestamp, mark};

use super::{
    AnswerKey, Window,
    work::{Given, Run, Sat},
};

/// Grades by a key. It knows the digest of a question from its first answer on, which is what grading costs most.
#[derive(Debug)]
pub struct Grader<'k> {
    key: &'k AnswerKey,
    digests: RefCell<HashMap<*const Layer, Digest>>,
}

/// A row of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded<'w> {
    /// Scenario id.
    pub scenario: &'w str,
    /// Layer id; empty of a scenario that was never begun and has left the course: nothing is known of its rows.
    pub row: &'w str,
    /// The question as it stands now.
    pub layer: Option<&'w Layer>,
    /// The run it was asked in.
    pub run: Option<&'w Run>,
    /// The answer that counts.
    pub given: Option<&'w Given>,
    /// It answers the question as it stands now.
    pub current: bool,
    /// Its grade; none for an answer to a question that has left the course.
    pub mark: Option<Cow<'w, Mark>>,
    /// Points there were: two, or none where it is disputed or nothing is known of it.
    pub out_of: u32,
}

impl<'k> Grader<'k> {
    /// Grades by `key`.
    pub fn new(key: &'k AnswerKey) -> Self {
        Self { key, digests: RefCell::default() }
    }

    /// The digest of a layer of the key.
    fn digest(&self, layer: &'k Layer) -> Digest {
        *self.digests.borrow_mut().entry(std::ptr::from_ref(layer)).or_insert_with(|| layer.digest())
    }

    /// Hands `each` the rows of an attempt that ends at `end`, in the order they were set: what was answered when `window` did
    /// not let it count is open.
    pub fn rows<'w>(&self, sat: &'w Sat, (window, end): (&Window, Option<Timestamp>), mut each: impl FnMut(Graded<'w>))
    where
        'k: 'w,
    {
        let handed_in = HandedIn::of(sat);
        for id in &sat.scenarios {
            let scenario = self.key.get(id).map(Arc::as_ref);
            match (sat.run(id), scenario) {
                (Some(run), _) => {
                    for row in &run.rows {
                        let layer = scenario.and_then(|scenario| scenario.layer(row)).map(|(_, layer)| layer);
                        each(self.row(&handed_in, (run, row), layer, (window, end)));
                    }
                }
                (None, Some(scenario)) => {
                    scenario.layers.iter().for_each(|layer| each(Graded::open((id, &layer.id), Some(layer))));
                }
                (None, None) => each(Graded { out_of: 0, ..Graded::open((id, ""), None) }),
            }
        }
    }

    fn row<'w>(
        &self,
        handed_in: &HandedIn<'w>,
        (run, row): (&'w Run, &'w str),
        layer: Option<&'k Layer>,
        (window, end): (&Window, Option<Timestamp>),
    ) -> Graded<'w>
    where
        'k: 'w,
    {
        let open = Graded { run: Some(run), ..Graded::open((&run.scenario, row), layer) };
        let Some(given) = run.counted(row, window, end) else { return open };
        let stored = given.mark.as_ref().or_else(|| handed_in.mark(run, (given, window))).map(Cow::Borrowed);
        let same = layer.filter(|layer| self.digest(layer) == given.digest);
        let mark = stored.or_else(|| same.map(|layer| Cow::Owned(mark(layer, &given.said))));
        let out_of = mark.as_ref().map_or(0, |mark| mark.out_of);
        Graded { given: Some(given), current: same.is_some(), out_of, mark, ..open }
    }
}

impl<'w> Graded<'w> {
    /// A row without an answer: two points; none where it is disputed.
    fn open((scenario, row): (&'w str, &'w str), layer: Option<&'w Layer>) -> Self {
        let out_of = if layer.is_some_and(|layer| layer.contested) { 0 } else { 2 };
        Self { scenario, row, layer, run: None, given: None, current: false, mark: None, out_of }
    }

    /// The answer's points.
    pub fn points(&self) -> u32 {
        self.mark.as_ref().map_or(0, |mark| mark.points)
    }
}

/// The grade given at hand-in, where it was given to this answer.
pub(super) fn handed_in(sat: &Sat, run: &Run, given: (&Given, &Window)) -> Option<Mark> {
    HandedIn::of(sat).mark(run, given).cloned()
}

/// The grades given at hand-in.
struct HandedIn<'w> {
    at: Option<Timestamp>,
    marks: BTreeMap<(AttemptId, &'w str), &'w Mark>,
}

impl<'w> HandedIn<'w> {
    fn of(sat: &'w Sat) -> Self {
        let marks = sat.handed_in.iter().flat_map(|(_, marks)| marks);
        Self {
            at: sat.handed_in.as_ref().map(|(at, _)| *at),
            marks: marks.rev().map(|one| ((one.attempt, one.layer.as_str()), &one.mark)).collect(),
        }
    }

    /// The grade that was given to this very answer.
    fn mark(&self, run: &Run, (given, window): (&Given, &Window)) -> Option<&'w Mark> {
        let mark = *self.marks.get(&(run.id, given.layer.as_str()))?;
        run.counted(&given.layer, window, self.at).filter(|last| std::ptr::eq(*last, given)).map(|_| mark)
    }
}
