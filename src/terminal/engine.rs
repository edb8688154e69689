//! The state machine and what its effects reach, stepped together: one learner's program, whatever it is shown on.

use std::{collections::VecDeque, sync::Arc};

use crate::{
    app::{Effect, Event, Input, Start, State, update},
    course::Timestamp,
};

use super::{
    ledger::Ledger,
    watch::Watch,
    world::{Shelf, Wishes, World},
};

/// One learner's program.
pub struct Engine {
    /// Away only while it is being updated.
    state: Option<State>,
    pub(super) world: World,
    /// Where texts may be saved while they are shown.
    watch: Option<Watch>,
    /// When the ledger wants to look what others did; never, where it is told.
    follow: Option<Timestamp>,
}

/// How long the doings of others may go unseen, in milliseconds.
const PAUSE: i64 = 1_000;

impl Engine {
    /// Starts the program of the learner whose records go to `ledger`.
    pub fn start(start: Start, ledger: Box<dyn Ledger>, shelf: Arc<dyn Shelf>) -> Self {
        let now = start.now;
        let (state, effects) = State::start(start);
        let world = World { ledger, shelf, wishes: Wishes::default(), awaiting: false };
        let mut engine = Self { state: Some(state), world, watch: None, follow: None };
        engine.perform(effects, now);
        engine.plan(now);
        engine
    }

    /// Takes up files that are saved while their text is on the screen.
    #[must_use]
    pub fn watching(mut self, watch: Option<Watch>, now: Timestamp) -> Self {
        self.watch = watch;
        self.plan(now);
        self
    }

    /// When [`Self::look`] wants to be called; never, as long as nothing on the screen can be saved.
    pub(super) fn look_due(&self) -> Option<Timestamp> {
        self.watch.as_ref().and_then(Watch::due)
    }

    /// Takes what was saved, if a look is due; false where nothing was.
    pub(super) fn look(&mut self, now: Timestamp) -> bool {
        let (Some(state), Some(watch)) = (&self.state, &mut self.watch) else { return false };
        let inputs = watch.look(state, now);
        self.take_all(inputs, now)
    }

    /// When [`Self::follow`] wants to be called; never, where the ledger is told what others do.
    pub(super) const fn follow_due(&self) -> Option<Timestamp> {
        self.follow
    }

    /// Takes what others did, if a look is due; false where nobody did anything.
    pub(super) fn follow(&mut self, now: Timestamp) -> bool {
        if self.follow.take_if(|due| *due <= now).is_none() {
            return false;
        }
        let inputs = self.world.ledger.look();
        let any = self.take_all(inputs, now);
        self.plan(now);
        any
    }

    fn take_all(&mut self, inputs: Vec<Input>, now: Timestamp) -> bool {
        let any = !inputs.is_empty();
        for input in inputs {
            self.take(input, now);
        }
        any
    }

    fn plan(&mut self, now: Timestamp) {
        if let (Some(state), Some(watch)) = (&self.state, &mut self.watch) {
            watch.plan(state, now);
        }
        let soonest = Timestamp(now.0.saturating_add(PAUSE));
        // A clock that was set back must not put the look off.
        self.follow = self.world.ledger.follows().then(|| self.follow.map_or(soonest, |due| due.min(soonest)));
    }

    /// The state at hand.
    pub const fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }

    /// One step, and all the steps that its effects lead to.
    pub fn take(&mut self, input: Input, at: Timestamp) {
        let effects = self.step(input, at);
        self.perform(effects, at);
        self.plan(at);
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
