//! The program's own texts, written as Markdown: one source for the screen and for `--plain`.

mod assigned;
mod breach;
mod debrief;
mod exercise;
mod glossary;
mod messages;
mod mirror;
mod moving;
mod poll;
mod progress;
mod result;
mod round;
mod threats;
mod welcome;

pub use assigned::{assigned, handed_in, outcome};
pub use breach::{SIDE, broken, headline, resolved, step, traced, way};
pub use debrief::debrief;
use exercise::owner_words;
pub use exercise::{controls_heading, explanation, hints, question, restated, story};
pub use glossary::{PART, entry, glossary};
pub use messages::messages;
pub use mirror::Sections;
pub use moving::{compared, compared_explanation, compared_question, compared_story, moving, moving_in_words};
pub use poll::{poll_revealed, poll_waits};
pub use progress::{Reflection, progress};
pub use result::result;
pub use round::{round, title};
pub use threats::threats;
pub use welcome::welcome;

use crate::course::{Course, Owner};

/// Text that stands in one cell of a table: a bar would end it, a line break would end the table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The side as the learner reads it.
const fn side(owner: Owner) -> &'static str {
    match owner {
        Owner::Customer => "you",
        Owner::Provider => "provider",
    }
}

fn pitfall_name<'a>(course: &'a Course, id: &'a str) -> &'a str {
    course.pitfall(id).map_or(id, |pitfall| &pitfall.name)
}

fn threat_name<'a>(course: &'a Course, id: &'a str) -> &'a str {
    course.threat(id).map_or(id, |threat| &threat.name)
}

/// `1 row`, `2 rows`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
