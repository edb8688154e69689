//! One system under several modes: which duties change hands when it moves from one to the next.
//!
//! The scenarios of a ladder are one system. A row here is one duty of it: the layers that share its task's words, or else
//! its subject where that is unmistakable. Nothing is known about models but their order: the line is read off the content.

use std::sync::Arc;

use super::{Catalog, Layer, Listing, Model, Owner, Scenario};

/// A ladder laid out: modes side by side, duties below each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moving {
    /// From the mode that leaves most to the customer to the one that leaves least.
    pub modes: Vec<Arc<Scenario>>,
    /// The duties, top of the stack first.
    pub duties: Vec<Duty>,
}

/// One duty in each mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The place of its layer in each mode's stack; none where the mode does not have it.
    places: Vec<Option<usize>>,
}

/// What becomes of a duty between two modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stays with this side.
    Stays(Owner),
    /// It goes to this side.
    Moves(Owner),
    /// Only the later mode has it.
    New,
    /// Only the earlier mode has it.
    Gone,
    /// Neither mode has it.
    Absent,
    /// It is disputed in one of them.
    Contested,
}

/// Where a model stands among the others: the customer's own premises first, then as [`Model::ALL`].
const fn rank(model: Model) -> u8 {
    match model {
        Model::Hybrid => 0,
        Model::Iaas => 1,
        Model::Caas => 2,
        Model::Paas => 3,
        Model::Faas => 4,
        Model::Saas => 5,
    }
}

impl Catalog {
    /// The scenarios of a ladder, from the mode that leaves most to the customer to the one that leaves least.
    pub fn rungs(&self, ladder: &str) -> Vec<Listing<'_>> {
        let mut rungs: Vec<Listing<'_>> = self.iter().filter(|line| line.ladder == Some(ladder)).collect();
        rungs.sort_by_key(|line| (rank(line.model), std::cmp::Reverse(line.customer), line.id));
        rungs
    }

    /// The ladders that have several modes, the longest first.
    pub fn ladders(&self) -> Vec<&str> {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for line in self.iter() {
            if let Some(ladder) = line.ladder {
                *counts.entry(ladder).or_default() += 1;
            }
        }
        let mut ladders: Vec<(&str, usize)> = counts.into_iter().filter(|(_, modes)| *modes > 1).collect();
        ladders.sort_by_key(|(ladder, modes)| (std::cmp::Reverse(*modes), *ladder));
        ladders.into_iter().map(|(ladder, _)| ladder).collect()
    }
}

impl Moving {
    /// Lays out `modes`, which stand in order.
    pub fn new(modes: Vec<Arc<Scenario>>) -> Self {
        let mut duties: Vec<Duty> = Vec::new();
        for (mode, scenario) in modes.iter().enumerate() {
            let mut above = None;
            for place in 0..scenario.layers.len() {
                let known = duties.iter().position(|duty| duty.is_layer(&modes, (mode, place)));
                let row = known.unwrap_or_else(|| {
                    // A duty that only this mode has stands below the one that is above it in its stack.
                    let row = above.map_or(0, |above| above + 1);
                    duties.insert(row, Duty { places: vec![None; modes.len()] });
                    row
                });
                if let Some(cell) = duties.get_mut(row).and_then(|duty| duty.places.get_mut(mode)) {
                    *cell = Some(place);
                }
                above = Some(row);
            }
        }
        Self { modes, duties }
    }

    /// The layer of `duty` in `mode`.
    pub fn layer(&self, duty: usize, mode: usize) -> Option<&Layer> {
        let place = self.duties.get(duty)?.places.get(mode).copied().flatten()?;
        self.modes.get(mode)?.layers.get(place)
    }

    /// Its name: that of the first mode that has it.
    pub fn label(&self, duty: usize) -> &str {
        (0..self.modes.len()).find_map(|mode| self.layer(duty, mode)).map_or("", |layer| &layer.label)
    }

    /// What becomes of `duty` when the system goes from one mode to another.
    pub fn change(&self, duty: usize, from: usize, to: usize) -> Change {
        match (self.layer(duty, from), self.layer(duty, to)) {
            (None, None) => Change::Absent,
            (None, Some(_)) => Change::New,
            (Some(_), None) => Change::Gone,
            (Some(before), Some(after)) if before.contested || after.contested => Change::Contested,
            (Some(before), Some(after)) if before.owner == after.owner => Change::Stays(after.owner),
            (Some(_), Some(after)) => Change::Moves(after.owner),
        }
    }

    /// The duties that several modes have: what the picture shows.
    pub fn recurring(&self) -> Vec<usize> {
        let modes = |duty: &usize| (0..self.modes.len()).filter(|mode| self.layer(*duty, *mode).is_some()).count();
        (0..self.duties.len()).filter(|duty| modes(duty) > 1).collect()
    }

    /// What has become of `duty` in `mode` since the last mode before it that has it; none where there is no such mode.
    pub fn change_since(&self, duty: usize, mode: usize) -> Option<Change> {
        let before = (0..mode).rev().find(|before| self.layer(duty, *before).is_some())?;
        Some(self.change(duty, before, mode))
    }

    /// The duties that both modes have and nobody disputes: those one can be asked about.
    pub fn comparable(&self, from: usize, to: usize) -> Vec<usize> {
        let both = |duty: &usize| matches!(self.change(*duty, from, to), Change::Stays(_) | Change::Moves(_));
        (0..self.duties.len()).filter(both).collect()
    }

    /// The duty that a layer of `mode` is.
    pub fn duty_of(&self, mode: usize, layer: &str) -> Option<usize> {
        (0..self.duties.len()).find(|duty| self.layer(*duty, mode).is_some_and(|one| one.id == layer))
    }

    /// The place of the scenario with this id among the modes.
    pub fn mode(&self, scenario: &str) -> Option<usize> {
        self.modes.iter().position(|mode| mode.id == scenario)
    }
}

impl Duty {
    /// The layer at `place` of `mode` is this duty: an earlier mode words its task alike, or it is the only one on its
    /// subject in every stack that has it.
    fn is_layer(&self, modes: &[Arc<Scenario>], (mode, place): (usize, usize)) -> bool {
        let Some(layer) = modes.get(mode).and_then(|scenario| scenario.layers.get(place)) else { return false };
        if self.places.get(mode).copied().flatten().is_some() {
            return false;
        }
        let others = self.places.iter().zip(modes).filter_map(|(place, scenario)| Some((scenario, (*place)?)));
        let mut others = others.filter_map(|(scenario, place)| Some((scenario, scenario.layers.get(place)?)));
        let Some(here) = modes.get(mode) else { return false };
        others.any(|(scenario, other)| {
            let alone =
                |scenario: &Scenario| scenario.layers.iter().filter(|one| one.subject == layer.subject).count() == 1;
            let worded_apart = |scenario: &Scenario, task: &str| scenario.layers.iter().all(|one| one.task != task);
            other.task == layer.task
                || (other.subject == layer.subject
                    && alone(scenario)
                    && alone(here)
                    && worded_apart(scenario, &layer.task)
                    && worded_apart(here, &other.task))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::grading::tests, *};

    fn layer(task: &str, subject: &str, owner: Owner) -> Layer {
        Layer { label: task.into(), subject: subject.into(), task: task.into(), ..tests::layer(task, owner) }
    }

    fn mode(id: &str, model: Model, layers: Vec<Layer>) -> Arc<Scenario> {
        Arc::new(Scenario { id: id.into(), model, ladder: Some("shop".into()), ..tests::scenario(layers) })
    }

    use Owner::{Customer, Provider};

    fn shop() -> Moving {
        Moving::new(vec![
            mode(
                "vm",
                Model::Iaas,
                vec![
                    layer("Data", "data", Customer),
                    layer("Patch the guest", "os", Customer),
                    layer("Guard the door", "door", Provider),
                ],
            ),
            mode(
                "app",
                Model::Paas,
                vec![
                    layer("Data", "data", Customer),
                    layer("Pick the runtime", "runtime", Customer),
                    layer("Patch the machine", "os", Provider),
                    layer("Guard the door", "door", Provider),
                ],
            ),
        ])
    }

    #[test]
    fn a_duty_is_known_by_its_words_or_by_its_subject_and_a_new_one_stands_where_its_stack_has_it() {
        let shop = shop();
        let labels: Vec<&str> = (0..shop.duties.len()).map(|duty| shop.label(duty)).collect();
        assert_eq!(labels, ["Data", "Pick the runtime", "Patch the guest", "Guard the door"]);
        let changes: Vec<Change> = (0..4).map(|duty| shop.change(duty, 0, 1)).collect();
        assert_eq!(changes, [Change::Stays(Customer), Change::New, Change::Moves(Provider), Change::Stays(Provider)]);
        assert_eq!(shop.change(1, 1, 0), Change::Gone);
        assert_eq!(shop.change(2, 1, 0), Change::Moves(Customer));
        assert_eq!(shop.comparable(0, 1), [0, 2, 3]);
        assert_eq!(shop.recurring(), [0, 2, 3]);
    }

    #[test]
    fn two_layers_on_one_subject_are_not_taken_for_each_other() {
        let two = vec![layer("Patch the guest", "os", Customer), layer("Patch the host", "os", Provider)];
        let one = vec![layer("Patch the machine", "os", Provider)];
        let moving = Moving::new(vec![mode("vm", Model::Iaas, two), mode("app", Model::Paas, one)]);
        assert_eq!(moving.comparable(0, 1), [] as [usize; 0]);
        assert_eq!(moving.duties.len(), 3);
    }

    #[test]
    fn a_duty_that_a_mode_skips_has_changed_hands_since_the_mode_before_it() {
        let os = |owner| vec![layer("Patch the system", "os", owner)];
        let data = vec![layer("Data", "data", Customer)];
        let skips = Moving::new(vec![
            mode("vm", Model::Iaas, os(Customer)),
            mode("box", Model::Caas, data),
            mode("app", Model::Paas, os(Provider)),
        ]);
        let duty = skips.duty_of(0, "Patch the system").expect("it has one");
        assert_eq!(skips.change(duty, 1, 2), Change::New);
        assert_eq!(skips.change_since(duty, 2), Some(Change::Moves(Provider)));
        assert_eq!(skips.change_since(duty, 0), None);
        assert_eq!(skips.recurring(), [duty]);
    }

    #[test]
    fn every_layer_of_every_mode_is_one_duty_and_no_duty_is_empty() {
        let shop = shop();
        for (mode, scenario) in shop.modes.iter().enumerate() {
            let mut places: Vec<usize> = shop.duties.iter().filter_map(|duty| duty.places[mode]).collect();
            places.sort_unstable();
            assert_eq!(places, (0..scenario.layers.len()).collect::<Vec<_>>());
        }
        assert!(shop.duties.iter().all(|duty| duty.places.iter().any(Option::is_some)));
    }

    #[test]
    fn rungs_go_from_ones_own_premises_to_software_as_a_service() {
        let modes = [Model::Saas, Model::Hybrid, Model::Faas, Model::Iaas, Model::Paas, Model::Caas];
        let scenarios: Vec<Arc<Scenario>> =
            modes.iter().map(|model| mode(model.word(), *model, vec![layer("Data", "data", Customer)])).collect();
        let catalog = Catalog::of(scenarios.iter().map(Arc::as_ref));
        let order: Vec<&str> = catalog.rungs("shop").iter().map(|line| line.id).collect();
        assert_eq!(order, ["hybrid", "iaas", "caas", "paas", "faas", "saas"]);
        assert_eq!(catalog.ladders(), ["shop"]);
    }
}
