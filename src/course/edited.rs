//! An attempt whose scenario is edited under it: an author plays what is being written.

use std::sync::Arc;

use super::{Attempt, Draft, Layer, Said, Scenario};

/// What an edit means for the attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// Answers that are asked again, because their question is another now.
    pub again: usize,
    /// Rows the scenario did not have: this attempt does not ask them.
    pub added: usize,
}

/// A row that the scenario still has.
struct Kept {
    place: usize,
    /// The question is what it was.
    same: bool,
    said: Option<Said>,
    at_hand: bool,
}

impl Attempt {
    /// Goes on with the text that the scenario has now.
    ///
    /// An answer stays where its question is the same, as by the layer's digest, and is asked again where it is not; rows that
    /// are gone are dropped. The row at hand stays at hand, its draft and its explanation as long as the question is the same.
    pub fn edit(&mut self, scenario: Arc<Scenario>) -> Edited {
        let old = std::mem::replace(&mut self.scenario, scenario);
        let kept: Vec<Kept> = (0..self.rows.len()).filter_map(|row| self.kept(row, &old)).collect();
        let again = kept.iter().filter(|row| !row.same && row.said.is_some()).count();
        let added = self.scenario.layers.iter().filter(|layer| old.layer(&layer.id).is_none()).count();
        self.rows = kept.iter().map(|row| row.place).collect();
        self.answers = kept.iter().map(|row| row.said.filter(|_| row.same)).collect();
        let at_hand = kept.iter().position(|row| row.at_hand);
        self.cursor = at_hand.unwrap_or_else(|| self.first_open());
        if at_hand.and_then(|row| kept.get(row)).is_some_and(|row| row.same) {
            self.unstrike_right();
        } else {
            self.explained = false;
            self.draft = Draft::default();
        }
        Edited { again, added }
    }

    /// What is left of a row of `old`; none where its layer is gone.
    fn kept(&self, row: usize, old: &Scenario) -> Option<Kept> {
        let before = old.layers.get(*self.rows.get(row)?)?;
        let (place, now) = self.scenario.layer(&before.id)?;
        let said = self.answers.get(row).copied().flatten();
        Some(Kept { place, same: before.digest() == now.digest(), said, at_hand: row == self.cursor })
    }

    /// The digest leaves the key out: a control that was wrong and is right now must stay open to be chosen.
    fn unstrike_right(&mut self) {
        let right = self.layer().map(Layer::right_control);
        self.draft.struck.retain(|place| Some(*place) != right);
    }
}

#[cfg(test)]
mod tests {
    use super::super::grading::tests::{layer, said, scenario};
    use super::super::{AttemptLog, Owner, RecordKey, Step};
    use super::*;

    const IDS: [&str; 3] = ["data", "image", "hosts"];

    /// At its second row, the first one answered.
    fn attempt() -> Attempt {
        let shop = scenario(IDS.map(|id| layer(id, Owner::Customer)).to_vec());
        let log = AttemptLog::new(RecordKey { origin: 1, seq: 0 }, "shop", IDS.map(str::to_owned).to_vec());
        let mut run = Attempt::resume(&log, Arc::new(shop));
        run.store(said(Owner::Customer, 1));
        run.advance();
        run
    }

    fn edited(run: &mut Attempt, change: impl FnOnce(&mut Scenario)) -> Edited {
        let mut now = run.scenario.as_ref().clone();
        change(&mut now);
        run.edit(Arc::new(now))
    }

    #[test]
    fn a_reason_may_change_under_an_answer_and_a_draft() {
        let mut run = attempt();
        run.choose_owner(Owner::Customer);
        let what = edited(&mut run, |now| now.layers[0].why = "Another reason.".into());
        assert_eq!((what, run.answered(), run.step()), (Edited::default(), 1, Step::Control));
    }

    #[test]
    fn another_question_is_asked_again_after_the_row_at_hand() {
        let mut run = attempt();
        let what = edited(&mut run, |now| now.layers[0].task = "Do something else".into());
        assert_eq!((what.again, run.answered(), run.cursor), (1, 0, 1));
        run.store(said(Owner::Customer, 1));
        run.advance();
        assert_eq!(run.layer().map(|layer| layer.id.as_str()), Some("data"));
    }

    #[test]
    fn an_explanation_stays_until_its_question_changes() {
        let mut run = attempt();
        run.store(said(Owner::Customer, 0));
        edited(&mut run, |now| now.layers[1].why = "Another reason.".into());
        assert_eq!(run.step(), Step::Explained);
        let what = edited(&mut run, |now| now.layers[1].controls[0].text = "Another control".into());
        assert_eq!((what.again, run.step(), run.cursor), (1, Step::Owner, 1));
    }

    #[test]
    fn rows_go_and_come() {
        let mut run = attempt();
        let what = edited(&mut run, |now| {
            now.layers.remove(1);
            now.layers.insert(0, layer("network", Owner::Provider));
        });
        assert_eq!(what, Edited { again: 0, added: 1 });
        let asked: Vec<&str> = (0..run.rows.len()).filter_map(|row| run.layer_of(row)).map(|l| l.id.as_str()).collect();
        assert_eq!((asked, run.cursor, run.answered()), (vec!["data", "hosts"], 1, 1));
        edited(&mut run, |now| now.layers.truncate(2));
        assert_eq!(run.step(), Step::Done, "the row at hand was the last open one");
    }

    #[test]
    fn a_struck_control_that_is_right_now_can_be_chosen() {
        let mut run = attempt();
        run.choose_owner(Owner::Customer);
        assert!(run.climb_hints());
        let struck = run.draft.struck[0];
        edited(&mut run, |now| {
            for (place, control) in now.layers[1].controls.iter_mut().enumerate() {
                control.correct = place == struck;
            }
        });
        assert!(run.confirm(struck).is_some());
    }
}
