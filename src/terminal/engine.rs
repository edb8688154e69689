//! The state machine and what its effects reach, stepped together: one learner's program, whatever it is shown on.

use std::{collections::VecDeque, sync::Arc};

use crate::{
    app::{Effect, Event, Input, Start, State, update},
    course::Timestamp,
};

use super::{
    ledger::Ledger,
    world::{Shelf, Wishes, World},
};

/// One learner's program.
pub struct Engine {
    /// Away only while it is being updated.
    state: Option<State>,
    pub(super) world: World,
}

impl Engine {
    /// Starts the program of the learner whose records go to `ledger`.
    pub fn start(start: Start, ledger: Box<dyn Ledger>, shelf: Arc<dyn Shelf>) -> Self {
        let now = start.now;
        let (state, effects) = State::start(start);
        let world = World { ledger, shelf, wishes: Wishes::default(), awaiting: false };
        let mut engine = Self { state: Some(state), world };
        engine.perform(effects, now);
        engine
    }

    /// The state at hand.
    pub const fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }

    /// One step, and all the steps that its effects lead to.
    pub fn take(&mut self, input: Input, at: Timestamp) {
        let effects = self.step(input, at);
        self.perform(effects, at);
    }

    /// What the ledger has to say: of records it took in earlier, or of another session's.
    pub fn tell(&mut self, input: Input, at: Timestamp) {
        if matches!(input, Input::Stored(_) | Input::NotStored(_)) {
            self.world.awaiting = false;
        }
        self.take(input, at);
    }

    /// Whether the ledger has yet to answer for records it was given.
    pub const fn awaiting(&self) -> bool {
        self.world.awaiting
    }

    fn perform(&mut self, effects: Vec<Effect>, at: Timestamp) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            for input in self.world.perform(effect, at) {
                effects.extend(self.step(input, at));
            }
        }
    }

    fn step(&mut self, input: Input, at: Timestamp) -> Vec<Effect> {
        let Some(state) = self.state.take() else { return Vec::new() };
        let (state, effects) = update(state, Event { at, input });
        self.state = Some(state);
        effects
    }

    /// Whether the learner has left.
    pub const fn ended(&self) -> bool {
        self.world.wishes.quit
    }
}
