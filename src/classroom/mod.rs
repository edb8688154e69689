//! A class: what is set, to whom and until when; how everyone stands; and the grades.
//!
//! A class is a file, the acts of its instructors and the records of its learners; everything else is a fold of the three.
//! Nothing here opens a file, asks for the time or knows a store: texts, time zones, records and the present moment come in.

mod act;
mod class;
pub mod export;
mod file;
mod gradebook;
mod ledger;
pub mod lms;
mod percent;
mod pseudonym;
mod sheet;
mod standing;
mod window;
mod work;

pub use crate::course::AssignmentRef;
pub use act::{Act, ClassEntry, ClassRecord, class_account};
pub use class::{
    Assignment, Away, Class, Counts, ExtraTime, Feedback, Group, Instructor, Late, Learner, Rules, SeedRule, Task,
};
pub use file::{Zones, class, roster, schema, span, template};
pub use gradebook::{Column, Grade, GradeRow, Gradebook};
pub use ledger::{Ledger, Poll};
pub use percent::Percent;
pub use pseudonym::{Pseudonyms, pseudonym_account};
pub use standing::{AnswerKey, Standing, State, Try};
pub use window::Window;
pub use work::{Given, Run, Sat, Work};
