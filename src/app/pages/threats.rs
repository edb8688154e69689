//! The threat list and the pitfalls.

use std::fmt::Write as _;

use crate::course::{Course, Progress, Tally, TallyBy};

/// The threats: what goes wrong, how it is found, the first control, and how the learner stands. Then the pitfalls.
pub fn threats(course: &Course, progress: &Progress) -> String {
    let mut text = String::from("# Threat list\n\n");
    let standing = Tally::by(TallyBy::Threat, &progress.outcomes);
    for threat in &course.threats {
        let _ = write!(
            text,
            "## {}\n\n**What goes wrong.** {}\n\n**How it is found.** {}\n\n**First control.** {}\n\n",
            threat.name, threat.wrong, threat.found, threat.control
        );
        if let Some(sum) = standing.iter().find(|sum| sum.key == threat.id) {
            let _ = write!(text, "*Your answers: {} of {} right.*\n\n", sum.right, sum.rows);
        }
    }
    text.push_str("## What a wrong answer believes\n\n");
    for pitfall in &course.pitfalls {
        let _ = write!(text, "**{}** {}\n\n", pitfall.name, pitfall.correction);
    }
    text
}
