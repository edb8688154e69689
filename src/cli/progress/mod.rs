//! `respline progress`: how a learner stands, as a table, JSON or CSV, and the export that moves a learner between machines.

mod render;
mod report;
mod transfer;

pub use report::Report;
pub(super) use transfer::save;
pub use transfer::{Exported, Imported, Source, Target, TransferError, export, import};
