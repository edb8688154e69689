//! What is taught and what is learnt: the stack, its owners, answers, their grading and the progress they add up to.
//!
//! Everything here is a value or a pure function of values. Time, seeds and content come in as arguments, so the same
//! records always give the same progress, on a learner's machine, over SSH and in a test.

mod answer;
mod attempt;
mod catalog;
mod checkpoint;
mod comparison;
mod edited;
mod grading;
mod incident;
mod lesson;
mod lock;
pub mod mirror;
mod mode;
mod moving;
mod name;
mod owner;
mod progress;
mod record;
pub mod review;
mod round;
mod scenario;
mod shuffle;
mod tally;
mod term;
mod threat;

pub use answer::{Draft, Said};
pub use attempt::{Attempt, Order, Step};
pub use catalog::{Catalog, Course, Listing};
pub use checkpoint::{Checkpoint, Verdict, draw};
pub use comparison::{Comparison, Judgement};
pub use edited::Edited;
pub use grading::{Debrief, DebriefRow, Mark, Miss, debrief, mark};
pub use incident::{
    Finding, INCIDENT_POINTS, IncidentMark, Investigation, InvestigationLog, Investigations, Lead, Resolution,
};
pub use lesson::{Lesson, LessonEntry};
pub use lock::Lock;
pub use mode::Mode;
pub use moving::{Change, Duty, Moving};
pub use name::{BadName, WIDEST_NAME, learner_name};
pub use owner::Owner;
pub use progress::{AnswerLog, AttemptLog, Outcome, Progress, Sitting};
pub use record::{AssignmentRef, AttemptId, BadKey, Entry, LayerMark, Record, RecordKey, Timestamp};
pub use round::{Drill, Purpose, Round, RowRef};
pub(crate) use scenario::hex64;
pub use scenario::{Breach, BreachStep, Cloud, Control, Digest, Layer, Model, Scenario};
pub use shuffle::{Seeds, permutation};
pub use tally::{Tally, TallyBy, percent};
pub use term::{Term, terms_in};
pub use threat::{Pitfall, Threat};
