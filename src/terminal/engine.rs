//! The state machine and what its effects reach, stepped together: one learner's program, whatever it is shown on.

use std::{collections::VecDeque, sync::Arc};

use crate::{
    app::{Effect, Event, Input, Start, State, update},
    course::Timestamp,
    store::Store,
};

use super::world::{Shelf, Wishes, World};

/// One learner's program.
pub struct Engine {
    /// Away only while it is being updated.
    state: Option<State>,
    pub(super) world: World,
}

impl Engine {
    /// Starts the program of `learner`.
    pub fn start(start: Start, learner: String, store: Box<dyn Store>, shelf: Arc<dyn Shelf>) -> Self {
        let now = start.now;
        let (state, effects) = State::start(start);
        let world = World { store, shelf, learner, wishes: Wishes::default() };
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

    fn perform(&mut self, effects: Vec<Effect>, at: Timestamp) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            if let Some(input) = self.world.perform(effect, at) {
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
