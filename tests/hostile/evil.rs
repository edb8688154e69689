//! The small pack with every text turned against the terminal.

use std::sync::Arc;

use respline::{
    app::Room,
    classroom::{Assignment, Class, Feedback},
    course::{Catalog, Course, Lesson, Scenario},
    document::{Block, Content, Footnote, Inline, Item, NoteKind, Style},
    terminal::Shelf,
};

use super::support::{
    class::{CLASS, of},
    packs,
    program::Opening,
    rooms,
};

/// A title, the clipboard, a link, cursor movement, a clear, C1 forms of the same, a bell, a backspace, a return, a delete.
pub(crate) const CONTROLS: &str = "\u{1b}]0;owned\u{7}\u{1b}]52;c;b3duZWQ=\u{7}\u{1b}]8;;http://evil\u{1b}\\x\u{1b}[31m\u{1b}[2J\u{1b}[5;5H\u{1b}c\u{1b}P1$r\u{1b}\\\u{9b}2J\u{9d}0;owned\u{9c}\u{7}\u{8}\r\u{7f}\u{0}";

/// Overrides and isolates, what cannot be seen, tags, separators, a hundred marks on one letter.
pub(crate) const UNSEEN: &str = "\u{202e}\u{2066}\u{200b}\u{200d}\u{feff}\u{ad}\u{2028}\u{e0041}\u{e007f}\u{fe0f}";

/// All of it.
pub(crate) fn all() -> String {
    format!("{CONTROLS}{UNSEEN}z{}", "\u{301}".repeat(100))
}

fn turn(text: &mut String) {
    text.push_str(&all());
}

fn scenario(scenario: &mut Scenario) {
    for text in [&mut scenario.title, &mut scenario.story].into_iter().chain(&mut scenario.sources) {
        turn(text);
    }
    scenario.sources.push(all());
    for layer in &mut scenario.layers {
        let texts = [&mut layer.label, &mut layer.subject, &mut layer.task, &mut layer.why];
        texts.into_iter().chain(&mut layer.hints).for_each(turn);
        if let Some(breach) = &mut layer.breach {
            turn(&mut breach.headline);
            breach.steps.iter_mut().for_each(|step| turn(&mut step.text));
        }
        for control in &mut layer.controls {
            turn(&mut control.text);
            turn(&mut control.why);
        }
    }
}

fn lesson(lesson: &mut Lesson) {
    let text = || vec![Inline::Text { text: all(), style: Style::default() }, Inline::Code(all())];
    let link = Inline::Link { text: text(), address: all() };
    let block = |content| Block { line: 1, content };
    let paragraph = || vec![block(Content::Paragraph(text()))];
    let contents = [
        Content::Heading { level: 2, text: text(), slug: all() },
        Content::Paragraph(vec![link]),
        Content::List { start: None, tight: true, items: vec![Item { task: Some(true), blocks: paragraph() }] },
        Content::Table { alignments: vec![], header: vec![text(), text()], rows: vec![vec![text(), text()]] },
        Content::Code { language: all(), lines: vec![all()] },
        Content::Quote(paragraph()),
        Content::Note { kind: NoteKind::Danger, title: all(), blocks: paragraph() },
        Content::Line { scenario: all() },
        Content::Footnotes(vec![Footnote { number: 1, blocks: paragraph() }]),
    ];
    Arc::make_mut(&mut lesson.document).blocks.extend(contents.map(block));
}

fn course(course: &mut Course, scenarios: &[Scenario]) {
    turn(&mut course.title);
    for term in &mut course.glossary {
        [&mut term.name, &mut term.text].into_iter().chain(&mut term.also).for_each(turn);
    }
    for threat in &mut course.threats {
        [&mut threat.name, &mut threat.wrong, &mut threat.found, &mut threat.control].into_iter().for_each(turn);
    }
    for pitfall in &mut course.pitfalls {
        [&mut pitfall.name, &mut pitfall.correction].into_iter().for_each(turn);
    }
    for lesson in &mut course.lessons {
        turn(&mut lesson.title);
    }
    course.catalog = Catalog::of(scenarios);
}

struct Evil(Arc<dyn Shelf>);

impl Shelf for Evil {
    fn scenario(&self, id: &str) -> Result<Arc<Scenario>, String> {
        let mut turned = self.0.scenario(id).map_err(|error| error + &all())?.as_ref().clone();
        scenario(&mut turned);
        Ok(Arc::new(turned))
    }

    fn lesson(&self, id: &str) -> Result<Arc<Lesson>, String> {
        let mut turned = self.0.lesson(id).map_err(|error| error + &all())?.as_ref().clone();
        lesson(&mut turned);
        Ok(Arc::new(turned))
    }
}

/// The small pack, turned.
pub(crate) fn opening() -> Opening {
    let mut opening = packs::opening(packs::small());
    let shelf = Evil(Arc::clone(&opening.shelf));
    let ids: Vec<String> = opening.course.catalog.iter().map(|line| line.id.to_owned()).collect();
    let scenarios: Vec<Scenario> =
        ids.iter().map(|id| shelf.scenario(id).expect("it is there").as_ref().clone()).collect();
    let mut turned = opening.course.as_ref().clone();
    course(&mut turned, &scenarios);
    opening.rooms = vec![Room::new(Arc::new(class(of(&opening, CLASS).as_ref().clone())))];
    opening.course = Arc::new(turned);
    opening.shelf = Arc::new(shelf);
    opening
}

fn class(mut class: Class) -> Class {
    turn(&mut class.title);
    for learner in &mut class.learners {
        turn(&mut learner.name);
        learner.section.as_mut().into_iter().for_each(turn);
    }
    for set in &mut class.assignments {
        turn(&mut set.title);
    }
    class
}

/// The same in a class whose every name is turned.
pub(crate) fn in_class(scenario: &str) -> Opening {
    let later = Assignment { id: "b".into(), feedback: Feedback::AfterDue, ..rooms::exam(scenario) };
    let mut assignments = vec![rooms::exam(scenario), later];
    for set in &mut assignments {
        turn(&mut set.title);
    }
    let mut class = rooms::class(assignments);
    turn(&mut class.title);
    let room = Room::new(Arc::new(class));
    Opening { rooms: vec![room], ..opening() }
}
