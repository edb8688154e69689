//! Reads and rewrites stories.
//!
//! A story is a head (`size: 80x24`, `start: ARGUMENTS`, `look: ascii`, `learnt: SCENARIO`), then steps: a line that says what
//! happens (`keys: …`, `resize: 40x12`, `restart: ARGUMENTS`, `then: SENTENCE`) and between two rulers the screen it must give.
//! Other lines are remarks.

use respline::app::Size;

/// A story as its file has it.
pub(crate) struct Story {
    pub(crate) size: Size,
    pub(crate) start: String,
    pub(crate) ascii: bool,
    pub(crate) no_colour: bool,
    /// A scenario that was worked through long before.
    pub(crate) learnt: Option<String>,
    pub(crate) parts: Vec<Part>,
}

/// A stretch of a story's file.
pub(crate) enum Part {
    /// Head, remark or blank line.
    Remark(String),
    /// What happens and what is seen then.
    Step(Step),
}

/// What happens and what is seen then.
pub(crate) struct Step {
    pub(crate) line: String,
    pub(crate) event: Event,
    pub(crate) screen: Vec<String>,
}

/// What happens.
pub(crate) enum Event {
    /// These keys are pressed.
    Keys(String),
    /// The terminal gets another size.
    Resize(Size),
    /// The terminal is closed, and the program started again with these arguments.
    Restart(String),
    /// Something happens in the class, or time passes: told in memory only.
    Then(String),
}

/// Stands for the screen of a program that has ended.
pub(crate) const ENDED: &str = "(it has ended)";

fn is_ruler(line: &str) -> bool {
    line.len() >= 8 && line.bytes().all(|byte| byte == b'=')
}

fn size(text: &str) -> Size {
    let (width, height) = text.split_once('x').expect("WIDTHxHEIGHT");
    Size { width: width.parse().expect("columns"), height: height.parse().expect("rows") }
}

fn event(line: &str) -> Option<Event> {
    let (word, rest) = line.split_once(':')?;
    match word {
        "keys" => Some(Event::Keys(rest.trim().into())),
        "resize" => Some(Event::Resize(size(rest.trim()))),
        "then" => Some(Event::Then(rest.trim().into())),
        "restart" => Some(Event::Restart(rest.trim().into())),
        _ => None,
    }
}

impl Story {
    pub(crate) fn parse(text: &str) -> Self {
        let mut story = Self {
            size: Size { width: 80, height: 24 },
            start: String::new(),
            ascii: false,
            no_colour: false,
            learnt: None,
            parts: Vec::new(),
        };
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(event) = event(line) else {
                story.head(line);
                story.parts.push(Part::Remark(line.into()));
                continue;
            };
            let mut screen = Vec::new();
            if lines.next_if(|line| is_ruler(line)).is_some() {
                screen.extend(lines.by_ref().take_while(|line| !is_ruler(line)).map(String::from));
            }
            story.parts.push(Part::Step(Step { line: line.into(), event, screen }));
        }
        story
    }

    fn head(&mut self, line: &str) {
        match line.split_once(": ") {
            Some(("size", rest)) => self.size = size(rest),
            Some(("start", rest)) => self.start = rest.into(),
            Some(("learnt", rest)) => self.learnt = Some(rest.into()),
            Some(("look", "ascii")) => self.ascii = true,
            Some(("look", "no colour")) => self.no_colour = true,
            _ => {}
        }
    }

    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.parts.iter().filter_map(|part| if let Part::Step(step) = part { Some(step) } else { None })
    }

    /// The file of this story with the screens that its steps gave.
    pub(crate) fn with(&self, screens: &[Vec<String>]) -> String {
        let mut screens = screens.iter();
        let mut lines: Vec<String> = Vec::new();
        for part in &self.parts {
            match part {
                Part::Remark(line) => lines.push(line.clone()),
                Part::Step(step) => {
                    let ruler = "=".repeat(self.size.width.into());
                    lines.extend([step.line.clone(), ruler.clone()]);
                    lines.extend(screens.next().into_iter().flatten().cloned());
                    lines.push(ruler);
                }
            }
        }
        lines.join("\n") + "\n"
    }
}

#[test]
fn a_story_is_rewritten_as_it_was_read() {
    let text = "# A remark\nsize: 8x2\nlook: ascii\n\nkeys: enter \"a b\" q\n========\none\ntwo\n========\n\nresize: 9x1\n========\n========\n";
    let story = Story::parse(text);
    assert!(story.ascii && story.size == size("8x2"));
    let screens: Vec<Vec<String>> = story.steps().map(|step| step.screen.clone()).collect();
    assert_eq!(screens, [vec!["one".to_owned(), "two".to_owned()], vec![]]);
    assert_eq!(story.with(&screens), text);
}
