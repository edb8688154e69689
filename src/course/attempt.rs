//! One run through a scenario, layer by layer: what is asked next, what may be answered, what is still open.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    AttemptId, AttemptLog, Debrief, Draft, Layer, Mark, Mode, Owner, Said, Scenario, debrief, mark,
    shuffle::permutation,
};

/// The order in which controls are offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// As the file has them.
    Authored,
    /// Shuffled by the attempt's seed.
    #[default]
    Shuffled,
}

/// What the attempt waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Whose layer is it?
    Owner,
    /// What is left to do about it?
    Control,
    /// The explanation is on the screen.
    Explained,
    /// Every row is answered.
    Done,
}

/// A run through a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Its name.
    pub id: AttemptId,
    /// What is being run.
    pub scenario: Arc<Scenario>,
    /// Why.
    pub mode: Mode,
    /// Orders the controls.
    pub seed: u64,
    /// Whether controls are shuffled.
    pub order: Order,
    /// Places of the layers asked, in stack order.
    pub rows: Vec<usize>,
    /// The answer to each row, where there is one.
    pub answers: Vec<Option<Said>>,
    /// The row at hand, an index into `rows`.
    pub cursor: usize,
    /// The answer to it so far.
    pub draft: Draft,
    pub(super) explained: bool,
}

impl Attempt {
    /// The run that `log` recorded, continued at its first open row.
    ///
    /// Rows that have left the scenario are dropped; a row whose question has changed since it was answered is asked again.
    pub fn resume(log: &AttemptLog, scenario: Arc<Scenario>) -> Self {
        let rows: Vec<usize> = log.rows.iter().filter_map(|id| scenario.layer(id)).map(|(place, _)| place).collect();
        let answer = |place: &usize| {
            let layer = scenario.layers.get(*place)?;
            log.answers.get(&layer.id).filter(|answer| answer.digest == layer.digest()).map(|answer| answer.said)
        };
        let answers: Vec<Option<Said>> = rows.iter().map(answer).collect();
        let mut attempt = Self {
            id: log.id,
            mode: log.mode,
            seed: log.seed,
            order: log.order,
            cursor: answers.iter().position(Option::is_none).unwrap_or(rows.len()),
            rows,
            answers,
            draft: Draft::default(),
            explained: false,
            scenario,
        };
        let open = attempt.layer().map(|layer| layer.id.clone());
        attempt.draft = log
            .draft
            .as_ref()
            .filter(|(layer, _)| Some(layer) == open.as_ref())
            .map(|(_, draft)| draft.clone())
            .unwrap_or_default();
        attempt
    }

    /// What it waits for.
    pub const fn step(&self) -> Step {
        if self.explained {
            Step::Explained
        } else if self.cursor >= self.rows.len() {
            Step::Done
        } else if self.draft.owner.is_some() {
            Step::Control
        } else {
            Step::Owner
        }
    }

    /// The layer at hand.
    pub fn layer(&self) -> Option<&Layer> {
        self.rows.get(self.cursor).and_then(|place| self.scenario.layers.get(*place))
    }

    /// The layer of a row.
    pub fn layer_of(&self, row: usize) -> Option<&Layer> {
        self.rows.get(row).and_then(|place| self.scenario.layers.get(*place))
    }

    /// Places (file order) of the controls of the layer at hand, in the order they are offered.
    pub fn offered(&self) -> Vec<usize> {
        let Some(layer) = self.layer() else { return Vec::new() };
        match self.order {
            Order::Authored => (0..layer.controls.len()).collect(),
            Order::Shuffled => permutation(self.seed, &layer.id, layer.controls.len()),
        }
    }

    /// Chooses the owner of the layer at hand; false when nothing changes.
    pub fn choose_owner(&mut self, owner: Owner) -> bool {
        let open = matches!(self.step(), Step::Owner | Step::Control);
        let changes = open && self.draft.owner != Some(owner);
        if changes {
            self.draft.owner = Some(owner);
        }
        changes
    }

    /// Takes the owner back, to choose again; false when there is nothing to take back.
    pub fn reopen_owner(&mut self) -> bool {
        let reopens = self.step() == Step::Control;
        if reopens {
            self.draft.owner = None;
        }
        reopens
    }

    /// Marks or unmarks the answer as *unsure*; false when no question is open.
    pub fn toggle_unsure(&mut self) -> bool {
        let open = matches!(self.step(), Step::Owner | Step::Control);
        self.draft.unsure ^= open;
        open
    }

    /// Climbs the hint ladder: the nudge, the rule, then, at the control, strikes out a wrong answer.
    /// False at its top and in exams.
    pub fn climb_hints(&mut self) -> bool {
        if self.mode.is_exam() || !matches!(self.step(), Step::Owner | Step::Control) {
            return false;
        }
        let rungs = self.layer().map_or(0, |layer| layer.hints.len());
        if usize::from(self.draft.hints) < rungs {
            self.draft.hints += 1;
            return true;
        }
        self.strike()
    }

    /// Strikes out the wrong control that is offered first, as long as one wrong one stays.
    fn strike(&mut self) -> bool {
        let Some(layer) = self.layer().filter(|_| self.step() == Step::Control) else { return false };
        let standing = |place: &usize| {
            let wrong = layer.controls.get(*place).is_some_and(|control| !control.correct);
            wrong && !self.draft.struck.contains(place)
        };
        let wrong: Vec<usize> = self.offered().into_iter().filter(standing).collect();
        let Some(first) = wrong.first().copied().filter(|_| wrong.len() > 1) else { return false };
        self.draft.struck.push(first);
        true
    }

    /// The hints read so far, the nudge first.
    pub fn hints(&self) -> &[String] {
        let read = usize::from(self.draft.hints);
        self.layer().map_or(&[], |layer| layer.hints.get(..read.min(layer.hints.len())).unwrap_or_default())
    }

    /// Confirms the control at `place` (file order): the layer's complete answer.
    /// None before the owner is chosen, for a control that is not there, and for one struck out.
    pub fn confirm(&self, place: usize) -> Option<Said> {
        let layer = self.layer().filter(|_| self.step() == Step::Control)?;
        if place >= layer.controls.len() || self.draft.struck.contains(&place) {
            return None;
        }
        self.draft.confirm(place)
    }

    /// Takes an answer that has been stored: shows its explanation in practice, goes on in an exam.
    pub fn store(&mut self, said: Said) {
        if let Some(answer) = self.answers.get_mut(self.cursor) {
            *answer = Some(said);
        }
        if self.mode.is_exam() { self.advance() } else { self.explained = true }
    }

    /// Takes in what was answered at another terminal; true where the question at hand was, and the next one is open now.
    pub fn catch_up(&mut self, log: &AttemptLog) -> bool {
        let stored = Self::resume(log, Arc::clone(&self.scenario));
        for (mine, theirs) in self.answers.iter_mut().zip(stored.answers) {
            *mine = mine.or(theirs);
        }
        let asks = matches!(self.step(), Step::Owner | Step::Control);
        let taken = asks && !self.mode.is_exam() && self.answers.get(self.cursor).is_some_and(Option::is_some);
        if taken {
            self.advance();
        }
        taken
    }

    /// Goes on to the next open row.
    pub fn advance(&mut self) {
        self.explained = false;
        self.draft = Draft::default();
        self.cursor = self.first_open();
    }

    /// The first row without an answer; the end of the rows where all have one.
    pub(super) fn first_open(&self) -> usize {
        self.answers.iter().position(Option::is_none).unwrap_or(self.rows.len())
    }

    /// Opens an answered row of an exam again, before it is handed in.
    pub fn revise(&mut self, row: usize) -> bool {
        let may = self.mode.is_exam() && self.answers.get(row).is_some_and(Option::is_some);
        if may {
            self.cursor = row;
            self.draft = Draft::default();
        }
        may
    }

    /// How the answer to the row at hand was graded.
    pub fn mark(&self) -> Option<Mark> {
        let said = self.answers.get(self.cursor).copied().flatten()?;
        self.layer().map(|layer| mark(layer, &said))
    }

    /// Rows answered.
    pub fn answered(&self) -> usize {
        self.answers.iter().flatten().count()
    }

    /// Answers by layer id.
    pub fn said(&self) -> impl Iterator<Item = (&str, &Said)> {
        let ids = (0..self.rows.len()).filter_map(|row| self.layer_of(row)).map(|layer| layer.id.as_str());
        ids.zip(&self.answers).filter_map(|(id, said)| said.as_ref().map(|said| (id, said)))
    }

    /// The look back on what is answered.
    pub fn debrief(&self) -> Debrief {
        debrief(&self.scenario, self.said())
    }

    /// Ids of the customer's rows that were not right and have a breach: what they were left open to.
    pub fn left_open(&self) -> Vec<String> {
        let wrong = self.wrong_rows();
        let open = |layer: &Layer| layer.owner == Owner::Customer && wrong.contains(&layer.id);
        let layers = self.scenario.incidents().map(|(_, layer, _)| layer);
        layers.filter(|layer| open(layer)).map(|layer| layer.id.clone()).collect()
    }

    /// Ids of the rows to redo: owner or control wrong, contested ones left out.
    pub fn wrong_rows(&self) -> Vec<String> {
        let wrong = |row: &super::DebriefRow| row.mark.out_of > 0 && !row.mark.right();
        let back = self.debrief();
        let ids = back.rows.iter().filter(|row| wrong(row)).filter_map(|row| self.scenario.layers.get(row.layer));
        ids.map(|layer| layer.id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        RecordKey,
        grading::tests::{layer, said, scenario},
    };
    use super::*;

    fn attempt(mode: Mode) -> Attempt {
        let shop = Arc::new(scenario(vec![layer("data", Owner::Customer), layer("hosts", Owner::Provider)]));
        let rows = vec!["data".to_owned(), "hosts".to_owned()];
        let log = AttemptLog { seed: 3, mode, ..AttemptLog::new(RecordKey { origin: 1, seq: 0 }, "shop", rows) };
        Attempt::resume(&log, shop)
    }

    #[test]
    fn a_layer_takes_an_owner_then_a_control_then_is_explained() {
        let mut run = attempt(Mode::Practice);
        assert_eq!(run.step(), Step::Owner);
        assert_eq!(run.confirm(1), None, "no control before the owner");
        assert!(run.choose_owner(Owner::Customer));
        assert_eq!(run.step(), Step::Control);
        let said = run.confirm(1).expect("both are answered");
        run.store(said);
        assert_eq!(run.step(), Step::Explained);
        assert!(run.mark().expect("it is graded").right());
        run.advance();
        assert_eq!(run.layer().map(|layer| layer.id.as_str()), Some("hosts"));
    }

    #[test]
    fn an_answer_can_be_changed_until_it_is_confirmed() {
        let mut run = attempt(Mode::Practice);
        run.choose_owner(Owner::Provider);
        assert!(run.reopen_owner());
        assert_eq!(run.step(), Step::Owner);
        run.choose_owner(Owner::Customer);
        assert_eq!(run.confirm(1).map(|said| said.owner), Some(Owner::Customer));
    }

    #[test]
    fn the_hint_ladder_ends_in_striking_out_and_leaves_a_wrong_one() {
        let mut run = attempt(Mode::Practice);
        assert!(!run.climb_hints(), "this layer has no words to give and no control is asked");
        run.choose_owner(Owner::Customer);
        assert!(run.climb_hints());
        assert!(!run.climb_hints(), "one wrong control stays");
        let struck = run.draft.struck[0];
        assert_eq!(run.confirm(struck), None, "a struck control cannot be chosen");
        assert!(run.confirm(1).expect("the right one can").struck);
    }

    #[test]
    fn an_exam_gives_no_hint_goes_straight_on_and_lets_rows_be_revised() {
        let mut run = attempt(Mode::Exam);
        run.choose_owner(Owner::Customer);
        assert!(!run.climb_hints());
        run.store(said(Owner::Customer, 0));
        assert_eq!((run.step(), run.cursor), (Step::Owner, 1));
        assert!(run.revise(0) && !run.revise(1), "only what is answered can be revised");
    }

    #[test]
    fn redo_takes_the_wrong_rows_only() {
        let mut run = attempt(Mode::Practice);
        run.store(said(Owner::Customer, 1));
        run.advance();
        run.store(said(Owner::Provider, 0));
        assert_eq!(run.wrong_rows(), ["hosts"]);
    }
}
