//! The room: what an instructor sees of a class while it works, and how they steer it.

use super::{Action, Context, Goal, Menu, area, menu::Entry, page::glyphs};

/// The room of a class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watch {
    /// The class, by id.
    pub class: String,
    /// Its learners, laid out, and which one is chosen.
    pub menu: Menu,
}

impl Watch {
    /// The room of the class with this id.
    pub(super) fn new(cx: &Context, class: &str) -> Self {
        let mut watch = Self { class: class.to_owned(), menu: Menu::default() };
        watch.fit(cx);
        watch
    }

    /// Lays everything out for the size at hand.
    pub(super) fn fit(&mut self, cx: &Context) {
        let body = area::body(cx.size);
        let learners = cx.room(&self.class).map(|room| room.class.learners.as_slice()).unwrap_or_default();
        let lines: Vec<Entry> = learners.iter().map(|learner| Entry::new(learner.name.as_str())).collect();
        self.menu.set(&lines, body.width, body.height, glyphs(cx));
    }

    /// Takes an action; a goal where it leads away from here.
    pub(super) fn act(&mut self, action: Action) -> Option<Goal> {
        self.menu.act(action);
        None
    }
}
