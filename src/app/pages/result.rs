//! The result of a checkpoint, and everything it explains now that it is handed in.

use std::fmt::Write as _;

use crate::course::{Checkpoint, Course, Debrief, Scenario, Sitting, percent};

use super::debrief::{explanations, table};

/// The verdict, then each scenario's rows with what was wrong first.
pub fn result(
    course: &Course,
    sitting: &Sitting,
    checkpoint: Option<&Checkpoint>,
    runs: &[(&Scenario, Debrief)],
) -> String {
    let (points, out_of, passed) = sitting.result.unwrap_or_default();
    let word = if passed { "Passed" } else { "Not passed" };
    let mut text = format!(
        "# {} {}: {word}\n\n**{points} of {out_of} points ({} %).** ",
        if sitting.test_out { "Test-out of" } else { "Checkpoint" },
        sitting.lesson,
        percent(points, out_of)
    );
    if let Some(checkpoint) = checkpoint {
        let _ = write!(text, "The pass mark is {} points. ", checkpoint.needed(out_of));
    }
    text.push_str(&next(course, sitting, passed));
    for (scenario, back) in runs {
        let _ = write!(text, "\n\n## {}: {} of {}\n\n", scenario.title, back.points, back.out_of);
        text.push_str(&table(scenario, back));
        text.push_str(&explanations(course, scenario, back));
    }
    text
}

fn next(course: &Course, sitting: &Sitting, passed: bool) -> String {
    let place = course.lessons.iter().position(|lesson| lesson.id == sitting.lesson);
    let next = place.and_then(|place| course.lessons.get(place + 1));
    match (passed, next) {
        (true, Some(lesson)) if lesson.file.is_some() => {
            format!("Lesson {} ({}) is open now.", lesson.id, lesson.title)
        }
        (true, Some(lesson)) => {
            format!("Next comes lesson {} ({}), which is not written yet.", lesson.id, lesson.title)
        }
        (true, None) => "That was the last one: the course is done.".to_owned(),
        (false, _) => "Another try draws other scenarios. Below is what was wrong, and why.".to_owned(),
    }
}
