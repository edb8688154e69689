//! Questions and results for other systems: GIFT, QTI 2.1 and 3.0 packages, xAPI statements.
//!
//! A scenario's scored rows become two questions each, as in the tutor: whose the task is, and what is left to do. Every
//! answer keeps its own explanation. What an importer would show as markup is built as a tree and written by one writer, so
//! that no content can become markup of its own; ids are the scenario's, the layer's and the part's, and stay while those do.

mod error;
mod gift;
mod markup;
mod package;
mod qti;
mod question;
mod tree;
pub mod xapi;

pub use error::ExportError;
pub use gift::gift;
pub use qti::{Version, qti};

use crate::course::{Layer, Scenario};

/// The rows of a scenario that are in no export: experts dispute them, so nothing is scored.
pub fn left_out(scenario: &Scenario) -> impl Iterator<Item = &Layer> {
    scenario.layers.iter().filter(|layer| layer.contested)
}

/// How many questions the scenarios give.
pub fn count(scenarios: &[impl AsRef<Scenario>]) -> usize {
    scenarios.iter().map(|scenario| question::questions(scenario.as_ref()).count()).sum()
}
