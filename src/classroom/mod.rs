//! A class: what is set, to whom and until when; how everyone stands; and the grades.
//!
//! A class is a file, the acts of its instructors and the records of its learners; everything else is a fold of the three.
//! Nothing here opens a file, asks for the time or knows a store: texts, time zones, records and the present moment come in.

mod act;
pub mod analysis;
mod class;
mod collect;
pub mod export;
mod file;
mod gradebook;
mod graded;
mod hand_in;
mod ledger;
pub mod lms;
mod matrix;
mod percent;
mod poll;
mod pseudonym;
pub mod report;
mod sheet;
mod simulate;
mod standing;
mod window;
mod work;

pub use crate::course::AssignmentRef;
pub use act::{Act, ClassEntry, ClassRecord, LONGEST_MESSAGE, class_account, class_of, instructor_account};
pub use class::{
    Assignment, Away, Class, Counts, ExtraTime, Feedback, Group, Instructor, Late, Learner, Rules, SeedRule, Task,
};
pub use collect::{Assessed, Collection, Names, Refusal, Remark, Submission};
pub use file::{Zones, class, roster, schema, span, template};
pub use gradebook::{Column, Grade, GradeRow, Gradebook};
pub use graded::{Graded, Grader};
pub use hand_in::{last_date, pack_digest, work_for, work_on};
pub use ledger::Ledger;
pub use matrix::{Cell, CellKind, Filter, LayerColumn, Line, Matrix, RowCount, Sort, Stuck, Summary};
pub use percent::Percent;
pub use poll::{Poll, Votes};
pub use pseudonym::{Pseudonyms, pseudonym_account};
pub use simulate::{Plant, PlantError, Rehearsal, made_up, simulate};
pub use standing::{AnswerKey, Standing, State, Try};
pub use window::Window;
pub use work::{Given, Run, Sat, Work};
