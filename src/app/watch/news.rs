//! What reaches every room on the screens: records, acts, class files, scenarios.

use std::sync::Arc;

use crate::{
    classroom::{Class, ClassRecord},
    course::{Record, Scenario},
};

use super::{
    super::{Context, Effect, Screen, State, area},
    Watch,
};

impl State {
    /// Every room on the screens, of this class where one is named.
    fn each_room(&mut self, class: Option<&str>, mut tell: impl FnMut(&mut Watch, &mut Context)) {
        for screen in &mut self.screens {
            if let Screen::Watch(watch) = screen
                && class.is_none_or(|class| watch.class == class)
            {
                tell(watch, &mut self.cx);
            }
        }
    }

    /// Learners did something.
    pub(in super::super) fn work(&mut self, records: &[(String, Record)]) {
        self.cx.work(records);
        self.each_room(None, |watch, cx| watch.hear(cx, records));
    }

    /// Instructors did something.
    pub(in super::super) fn acts(&mut self, class: &str, acts: Vec<ClassRecord>) {
        let seen = acts.clone();
        self.cx.acts(class, acts);
        self.refresh_home();
        self.each_room(Some(class), |watch, cx| watch.see_acts(cx, &seen));
    }

    /// A class file was read. Who watches asks for everyone's work again: somebody may have come into the class.
    pub(in super::super) fn class(&mut self, class: Arc<Class>) {
        let id = class.id.clone();
        let edited = self.cx.room(&id).is_some_and(|room| room.class != class);
        self.cx.class(Arc::clone(&class));
        if edited {
            self.each_room(Some(&id), |watch, cx| {
                watch.see_class(cx);
                cx.effects.push(Effect::Watch(Arc::clone(&class)));
            });
        }
    }

    /// A scenario was read.
    pub(in super::super) fn learn(&mut self, scenario: &Arc<Scenario>) {
        self.each_room(None, |watch, cx| watch.learn(cx, scenario));
    }
}

impl Watch {
    /// Takes a click on a row of the body: it chooses an entry, and one that is chosen already is opened.
    pub(in super::super) fn click(&mut self, cx: &Context, row: u16) -> Option<super::super::Action> {
        let above = area::body(cx.size).y + u16::try_from(self.head.len()).unwrap_or(u16::MAX);
        let within = row.checked_sub(above).filter(|row| usize::from(*row) < self.menu.pane.height)?;
        let again = self.menu.click(within);
        self.choose_entry(cx);
        again.then_some(super::super::Action::Open)
    }
}
