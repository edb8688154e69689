//! What all connections share.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Policy, desk::Desk, gate::Gate, guard::Guard, metrics::Metrics, roll::Roll, rooms::Rooms, shelf::Shared};

/// What all connections share.
pub(super) struct Hub {
    pub(super) desk: Desk,
    pub(super) rooms: Rooms,
    pub(super) roll: Roll,
    pub(super) guard: Guard,
    pub(super) metrics: Arc<Metrics>,
    rules: RwLock<Rules>,
}

/// What can be replaced while the box runs.
struct Rules {
    policy: Arc<Policy>,
    shelf: Arc<Shared>,
    gate: Arc<Gate>,
}

impl Hub {
    pub(super) fn new(
        desk: Desk,
        (rooms, roll): (Rooms, Roll),
        metrics: Arc<Metrics>,
        policy: Policy,
        shelf: Shared,
    ) -> Self {
        let gate = Arc::new(Gate::new(&policy.limits));
        let rules = RwLock::new(Rules { policy: Arc::new(policy), shelf: Arc::new(shelf), gate });
        Self { desk, rooms, roll, guard: Guard::default(), metrics, rules }
    }

    pub(super) fn policy(&self) -> Arc<Policy> {
        self.read(|rules| Arc::clone(&rules.policy))
    }

    pub(super) fn shelf(&self) -> Arc<Shared> {
        self.read(|rules| Arc::clone(&rules.shelf))
    }

    pub(super) fn gate(&self) -> Arc<Gate> {
        self.read(|rules| Arc::clone(&rules.gate))
    }

    /// Puts new rules in place of the old ones; what has begun goes on under those it began with.
    pub(super) fn replace(&self, policy: Policy, shelf: Shared) {
        let mut rules = self.rules.write().unwrap_or_else(PoisonError::into_inner);
        if rules.policy.limits != policy.limits {
            rules.gate = Arc::new(Gate::new(&policy.limits));
        }
        rules.policy = Arc::new(policy);
        rules.shelf = Arc::new(shelf);
    }

    fn read<T>(&self, what: impl FnOnce(&Rules) -> T) -> T {
        what(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }
}
