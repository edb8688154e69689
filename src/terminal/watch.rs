//! Notices files of a pack that are saved while their text is on the screen, so that an author sees what is being written.
//!
//! It asks for their times once a second, and only for those: a screen without a text of the pack, the built-in course and a
//! session that nobody asked to watch wake up for nothing.

use std::{collections::HashMap, sync::Arc};

use crate::{
    app::{Holds, Input, State, Text},
    course::Timestamp,
};

use super::{Library, LibraryError, library::FileStamp};

/// How long a save may go unseen, in milliseconds.
const PAUSE: i64 = 1_000;

/// What was seen of a pack's files.
pub struct Watch {
    library: Arc<Library>,
    /// The files that were on the screen, by their names within the pack, as they were when they were read last.
    seen: HashMap<String, FileStamp>,
    due: Option<Timestamp>,
}

impl Watch {
    /// Watches the files of `library`; none for the built-in course.
    pub fn of(library: &Arc<Library>) -> Option<Self> {
        library.can_change().then(|| Self { library: Arc::clone(library), seen: HashMap::new(), due: None })
    }

    /// When it wants to look; never, while no text of the pack is on the screen.
    pub(super) const fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// Plans the next look at what is on the screen of `state`, and notes the files of what was opened just now.
    pub(super) fn plan(&mut self, state: &State, now: Timestamp) {
        let soonest = Timestamp(now.0.saturating_add(PAUSE));
        let texts = state.on_screen();
        // A clock that was set back must not put the look off.
        self.due = (!texts.is_empty()).then(|| self.due.map_or(soonest, |due| due.min(soonest)));
        for file in texts.into_iter().filter_map(|text| self.library.file_of(text)) {
            if !self.seen.contains_key(&file)
                && let Some(stamp) = self.library.stamp_of(&file)
            {
                self.seen.insert(file, stamp);
            }
        }
    }

    /// Looks at the files on the screen of `state`, if that is due; what was saved is for the state machine.
    pub(super) fn look(&mut self, state: &State, now: Timestamp) -> Vec<Input> {
        if self.due.take_if(|due| *due <= now).is_none() {
            return Vec::new();
        }
        let inputs = state.on_screen().into_iter().filter_map(|text| self.saved(text)).collect();
        self.plan(state, now);
        inputs
    }

    /// What the file of `text` holds now, where it is not what was seen last.
    fn saved(&mut self, text: Text<'_>) -> Option<Input> {
        let file = self.library.file_of(text)?;
        let stamp = self.library.stamp_of(&file)?;
        if self.seen.insert(file.clone(), stamp) == Some(stamp) {
            return None;
        }
        let holds = match text {
            Text::Scenario(_) => self.library.scenario_now(&file).map(Holds::Scenario),
            Text::Lesson(id) => self.library.lesson_now(id, &file).map(Holds::Lesson),
        };
        let holds = holds.unwrap_or_else(|error| Holds::Broken(told(&file, &error)));
        Some(Input::Saved { file, holds })
    }
}

/// The first error of a file, in one line that begins with its place.
fn told(file: &str, error: &LibraryError) -> String {
    let LibraryError::Broken(problems) = error else { return error.to_string() };
    let Some((first, more)) = problems.split_first() else { return error.to_string() };
    let more = match more.len() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    format!("{file}:{}:{}: {}{more}", first.place.line, first.place.column, first.message)
}
