//! From bytes to a course: packs of TOML and Markdown, read strictly, with every problem told at its place.
//!
//! Content is written by people and must not be trusted: a file is read whole, everything wrong with it is told in one run,
//! and nothing of a broken pack is used. Nothing here opens a file; bytes come in and values go out, so that the same
//! check runs in the build, in `respline check` and at the start.

mod balance;
mod bayes;
mod breach;
mod coverage;
mod figure;
mod format;
mod frame;
mod glossary;
mod index;
mod lint;
mod literal;
mod marks;
mod near;
mod pack;
mod placeholder;
mod problem;
mod prose;
mod reading;
mod rules;
mod scenario;
mod schema;
mod shape;
mod source;
mod template;
mod tidy;
mod tree;
mod validate;
mod wide;
mod wording;

pub use balance::{Balance, Leak};
pub use coverage::Topic;
pub use figure::{Figure, Verdict};
pub use frame::{Frame, lesson};
pub use index::{BadIndex, index, read_index};
pub use near::nearest;
pub use pack::{Part, Report, pack};
pub use problem::{Place, Problem, Severity};
pub use scenario::{scenario, task_lines};
pub use schema::{Schema, schema};
pub use shape::is_kebab_case;
pub use source::{SourceFile, longest};
pub use template::{new_course, template};
pub use tidy::tidy;

pub(crate) use format::{FORMAT_KEY, told};
pub(crate) use reading::read;
pub(crate) use rules::unique;
pub(crate) use schema::schema_of;
pub(crate) use shape::{DOTTED, Field, Form, KEBAB, Kind, Need, Shape};
pub(crate) use source::{Findings, quoted};
pub(crate) use tree::{Table, Words};
