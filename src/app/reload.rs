//! A text that is saved while it is on the screen: an author sees what is being written.
//!
//! The new text takes the place of the old one, and the learner stays where they are as far as it still has that place. A file
//! that became broken is only told of.

use std::sync::Arc;

use crate::{
    course::{Edited, Lesson, Scenario, Step},
    document::{Content, Document, Place},
};

use super::{Context, Exercise, Goal, Holds, Page, PageKind, Screen, State, pages::count};

/// A text of the pack, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text<'s> {
    /// A scenario.
    Scenario(&'s str),
    /// A lesson.
    Lesson(&'s str),
}

impl State {
    /// The texts of the pack that are on the screen: of an exercise its scenario, of a lesson also the scenarios drawn in it.
    pub fn on_screen(&self) -> Vec<Text<'_>> {
        match self.screen().filter(|_| self.overlay.is_none()) {
            Some(Screen::Exercise(exercise)) => vec![Text::Scenario(&exercise.attempt.scenario.id)],
            Some(Screen::Replay(replay)) => vec![Text::Scenario(&replay.scenario.id)],
            Some(Screen::Page(page)) => match &page.kind {
                PageKind::Lesson(id) => {
                    let drawn = page.document.line_directives().into_iter().map(|(_, id)| Text::Scenario(id));
                    std::iter::once(Text::Lesson(id)).chain(drawn).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Takes a saved file.
    pub(super) fn saved(&mut self, file: &str, holds: Holds) {
        let told = match holds {
            Holds::Scenario(scenario) => self.scenario_saved(file, scenario),
            Holds::Lesson(lesson) => self.lesson_saved(file, &lesson),
            Holds::Broken(why) => Some(format!("{why}. The text before it stays.")),
        };
        if let Some(words) = told {
            self.cx.say(words);
            self.complete();
        }
    }

    /// What there is to say of the new text; nothing where it is the old one.
    fn scenario_saved(&mut self, file: &str, scenario: Arc<Scenario>) -> Option<String> {
        let old = self.cx.scenarios.get_mut(&scenario.id).filter(|old| **old != scenario)?;
        *old = scenario;
        let (mut edited, mut goal) = (Edited::default(), None);
        for screen in &mut self.screens {
            match screen {
                Screen::Exercise(exercise) => {
                    edited = exercise.catch_up(&self.cx).unwrap_or(edited);
                    goal = exercise.gone().or(goal);
                }
                Screen::Replay(replay) => goal = replay.edit(&self.cx).or(goal),
                _ => {}
            }
        }
        if let Some(goal) = goal {
            self.pursue(goal);
        }
        Some(words(file, edited))
    }

    fn lesson_saved(&mut self, file: &str, lesson: &Arc<Lesson>) -> Option<String> {
        let old = self.cx.lessons.get_mut(&lesson.id).filter(|old| *old != lesson)?;
        *old = Arc::clone(lesson);
        for screen in &mut self.screens {
            if let Screen::Page(page) = screen
                && page.kind == PageKind::Lesson(lesson.id.clone())
            {
                page.edit(&self.cx, Arc::clone(&lesson.document));
            }
        }
        Some(words(file, Edited::default()))
    }

    /// Asks for the scenarios that a lesson on the screen draws and that are not here yet, then lays everything out again.
    pub(super) fn complete(&mut self) {
        let lesson = self.on_screen().into_iter().find_map(|text| match text {
            Text::Lesson(id) => Some(id.to_owned()),
            Text::Scenario(_) => None,
        });
        let missing = lesson.and_then(|lesson| Goal::Read { lesson, at: None }.missing(&self.cx));
        self.cx.effects.extend(missing);
        self.fit();
    }
}

/// What is said of a file that was taken.
fn words(file: &str, edited: Edited) -> String {
    let again = match edited.again {
        0 => String::new(),
        1 => " 1 answer is asked again.".to_owned(),
        again => format!(" {again} answers are asked again."),
    };
    let added = match edited.added {
        0 => String::new(),
        added => format!(" {}: in the next run.", count(added, "new row")),
    };
    format!("Reloaded: {file} changed.{again}{added}")
}

impl Exercise {
    /// Goes on with the text that was read last. An answer on its way to the store belongs to the old one, and comes first.
    pub(super) fn catch_up(&mut self, cx: &Context) -> Option<Edited> {
        let now = cx.scenarios.get(&self.attempt.scenario.id)?;
        if self.saving.is_some() || Arc::ptr_eq(now, &self.attempt.scenario) {
            return None;
        }
        let asked = |exercise: &Self| exercise.attempt.layer().map(|layer| (layer.id.clone(), layer.digest()));
        let before = asked(self);
        let edited = self.attempt.edit(Arc::clone(now));
        if asked(self) != before {
            self.selected = 0;
            self.chosen = false;
            self.pane.rewind();
        }
        self.keep_off_struck();
        Some(edited)
    }

    /// Where it leads when the edit has left nothing to ask.
    pub(super) fn gone(&self) -> Option<Goal> {
        (self.saving.is_none() && self.attempt.step() == Step::Done).then(|| self.end())
    }
}

impl Page {
    /// Shows another text at the place where the old one stood.
    fn edit(&mut self, cx: &Context, document: Arc<Document>) {
        let place = self.pane.layout.place(self.pane.top);
        let block = moved(&self.document, &document, place.block);
        self.document = document;
        self.fit(cx);
        self.go_to(self.pane.layout.row_of(Place { block, ..place }));
    }
}

/// Where a block of `old` stands in `new`: as far below its heading as it did.
fn moved(old: &Document, new: &Document, block: usize) -> usize {
    let heading = (0..=block).rev().find_map(|place| Some((place, slug(old, place)?)));
    let Some((heading, name)) = heading else { return block };
    let found = (0..new.blocks.len()).find(|place| slug(new, *place) == Some(name));
    found.map_or(block, |found| found + block - heading)
}

/// The name of the heading at `place`, where there is one.
fn slug(document: &Document, place: usize) -> Option<&str> {
    match &document.blocks.get(place)?.content {
        Content::Heading { slug, .. } => Some(slug),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
