//! Where one learner's records go: straight into a store ([`Direct`](super::Direct)), or to whoever stores for many.

use std::sync::Arc;

use crate::{
    app::Input,
    classroom::{Class, ClassRecord},
    course::Record,
};

/// Stores the records of one learner's session.
pub trait Ledger: Send {
    /// Makes records durable. What comes back is for the state machine; where nothing does, the answer comes later, through
    /// [`Engine::tell`](super::Engine::tell).
    fn append(&mut self, records: Vec<Record>) -> Vec<Input>;

    /// Makes an instructor's act durable: [`Input::Acts`] or [`Input::NotActed`] come back, now or later.
    fn act(&mut self, class: &str, act: ClassRecord) -> Vec<Input>;

    /// Tells with [`Input::Work`] what the learners of `class` did, and from now on what they do.
    fn watch(&mut self, class: &Arc<Class>) -> Vec<Input>;

    /// Whether [`look`](Self::look) may find anything: it is called once a second then.
    fn follows(&self) -> bool {
        false
    }

    /// What others did since the last look, where nobody tells it by itself.
    fn look(&mut self) -> Vec<Input> {
        Vec::new()
    }
}
