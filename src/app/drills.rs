//! The drills to choose from.

use crate::course::{Drill, Model, Purpose};

use super::{Action, Context, Goal, Menu, area, draw, menu::Entry, page::glyphs, pages};

/// The drills to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct DrillList {
    /// The drills with their names and a note each.
    pub rows: Vec<(Drill, String, String)>,
    /// The drills, laid out, and which one is selected.
    pub menu: Menu,
}

impl DrillList {
    pub(super) fn new(cx: &Context) -> Self {
        let mut list = Self { rows: drills(cx), menu: Menu::default() };
        list.fit(cx);
        list
    }

    /// Lays the drills out for the size at hand.
    pub(super) fn fit(&mut self, cx: &Context) {
        let body = area::body(cx.size);
        let kind = |drill: &Drill| std::mem::discriminant(drill);
        let before = std::iter::once(None).chain(self.rows.iter().map(|(drill, ..)| Some(kind(drill))));
        // Threats, pitfalls and models stand in groups of their own; the first two drills stand together.
        let apart = |drill: &Drill, before| {
            let grouped = !matches!(drill, Drill::Mixed | Drill::Weak);
            grouped && before != Some(kind(drill))
        };
        let entry = |((drill, name, note), before): (&(Drill, String, String), _)| Entry {
            note: note.clone(),
            apart: apart(drill, before),
            ..Entry::new(name.as_str())
        };
        let entries: Vec<Entry> = self.rows.iter().zip(before).map(entry).collect();
        self.menu.set(&entries, body.width.min(100), body.height, glyphs(cx));
    }

    /// Takes an action; a goal where it leads away from here.
    pub(super) fn act(&mut self, action: Action) -> Option<Goal> {
        match action {
            Action::Open => self.drill(self.menu.at),
            Action::Choose(number) => self.drill(usize::from(number).checked_sub(1)?),
            _ => {
                self.menu.act(action);
                None
            }
        }
    }

    fn drill(&self, at: usize) -> Option<Goal> {
        self.rows.get(at).map(|(drill, ..)| Goal::Drill(drill.clone()))
    }
}

fn drills(cx: &Context) -> Vec<(Drill, String, String)> {
    let course = &cx.course;
    let has = |model: &Model| course.catalog.iter().any(|line| line.model == *model);
    let threats = course.threats.iter().map(|threat| Drill::Threat(threat.id.clone()));
    let pitfalls = course.pitfalls.iter().map(|pitfall| Drill::Pitfall(pitfall.id.clone()));
    let models = Model::ALL.into_iter().filter(has).map(Drill::Model);
    let all = [Drill::Mixed, Drill::Weak].into_iter().chain(threats).chain(pitfalls).chain(models);
    let row = |drill: Drill| {
        let note = match &drill {
            Drill::Mixed => "anything, ten rows".to_owned(),
            Drill::Weak => pages::count(draw::weak(cx), "row"),
            _ => String::new(),
        };
        let name = pages::title(course, &Purpose::Drill(drill.clone()));
        (drill, name, note)
    };
    all.map(row).collect()
}
