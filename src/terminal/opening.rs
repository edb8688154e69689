//! How a session begins, wherever it runs.

use crate::{
    app::{Goal, Look, Room, Size},
    course::{AttemptLog, Course, Progress},
};

use super::Part;

/// Where a tutor begins that was opened for nothing in particular.
pub fn first_goal(course: &Course, progress: &Progress, plain: bool) -> Goal {
    // A listener is put back where they were; on a screen, "continue" is the first thing selected.
    let known = |log: &&AttemptLog| plain && course.catalog.find(&log.scenario).is_some();
    let open = progress.open_attempt(None).filter(known).map(|log| Goal::Practice(log.scenario.clone()));
    open.unwrap_or(if progress.welcomed { Goal::Home } else { Goal::Welcome })
}

/// Where whoever instructs a class begins: in its room. Of several classes the first is at hand.
pub fn room_of(part: &Part, rooms: &[Room]) -> Option<Goal> {
    rooms.first().filter(|room| part.steers(&room.class)).map(|room| Goal::Watch(room.class.id.clone()))
}

/// The size and look that a session begins with on a terminal of look `look`.
pub const fn shape(look: Look, plain: bool) -> (Size, Look) {
    if plain {
        // Rows of a conversation are never drawn: one row of window lets every section be reached. Nor is anything drawn
        // with characters that a voice would spell out.
        (Size { width: 80, height: 5 }, Look { ascii: true, ..look })
    } else {
        (Size { width: 80, height: 24 }, look)
    }
}
