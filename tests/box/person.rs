//! A learner who answers one question after another, and remembers what was acknowledged.

use std::sync::atomic::{AtomicBool, Ordering};

use respline::course::{Entry, Record};

use super::client::{Link, Shown};

/// What the screen says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum View {
    Welcome,
    /// The course map, and whether an exercise is under way.
    Home(bool),
    Story,
    Question(Layer),
    /// An answer with its explanation: it was acknowledged.
    Explained(Layer),
    /// The store did not take it.
    Unsaved(Layer),
    Debrief,
    /// In between.
    Other,
}

/// A layer of an exercise: the exercise's name and kind, the layer's number, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layer {
    exercise: String,
    number: u32,
    of: u32,
}

impl Layer {
    /// From the first row: `Blog on a bare machine      practice · layer 1 of 5`.
    fn read(head: &str) -> Option<Self> {
        let (exercise, place) = head.split_once(" · layer ")?;
        let (number, of) = place.split_once(" of ")?;
        let exercise = exercise.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Self { exercise, number: number.trim().parse().ok()?, of: of.trim().parse().ok()? })
    }
}

fn view(shown: &Shown) -> View {
    let text = shown.text();
    let head = text.lines().next().unwrap_or_default();
    let keys = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    match Layer::read(head) {
        Some(layer) if keys.contains("enter next") => View::Explained(layer),
        Some(layer) if keys.contains("try again") => View::Unsaved(layer),
        Some(layer) if keys.contains("? help") => View::Question(layer),
        None if head.contains("· story") => View::Story,
        None if head.contains("Debrief") => View::Debrief,
        None if text.contains("Continue: Blog") || text.contains("Continue: Database") => View::Home(true),
        None if text.contains("Continue:") => View::Home(false),
        None if text.contains("\n  Welcome\n") => View::Welcome,
        _ => View::Other,
    }
}

/// A learner over all their sessions.
#[derive(Debug, Default)]
pub(crate) struct Person {
    pub(crate) name: String,
    /// Answers that were acknowledged: explained, or followed by the next question.
    pub(crate) acknowledged: usize,
    /// The last of them, while its exercise goes on.
    at: Option<Layer>,
    /// Answers that the store was seen to refuse at first.
    pub(crate) refused: usize,
}

impl Person {
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Goes on where they were, which must be where the box acknowledged to have them, or one answer further: the last one
    /// may have been stored although nobody could be told any more.
    pub(crate) fn resume(&mut self, link: &Link) {
        if self.acknowledged == 0 {
            return;
        }
        link.wait_until("the course map", |shown| matches!(view(shown), View::Home(_)));
        if link.look(|shown| view(shown) == View::Home(false)) {
            let left = self.at.as_ref().map_or(0, |last| last.of - last.number);
            assert!(left <= 1, "{}: an exercise is forgotten at {:?}", self.name, self.at);
            return self.note(&View::Debrief);
        }
        link.send("g\r").wait_until("an exercise", |shown| matches!(view(shown), View::Question(_) | View::Story));
        let (now, text) = link.look(|shown| (view(shown), shown.text()));
        let before = self.acknowledged;
        if let (View::Question(layer), Some(last)) = (&now, &self.at) {
            let goes_on = layer.exercise == last.exercise && layer.number > last.number;
            assert!(goes_on, "{} was at {last:?} and is at\n{text}", self.name);
        }
        self.note(&now);
        assert!(self.acknowledged <= before + 1, "{} was at {:?} and is at\n{text}", self.name, self.at);
    }

    /// Answers until the link is cut or, after an acknowledged answer, somebody says that it is `over`.
    pub(crate) fn answer(&mut self, link: &Link, over: &AtomicBool) {
        let mut before = View::Other;
        while !(matches!(before, View::Explained(_)) && over.load(Ordering::SeqCst)) {
            let changed = |shown: &Shown| shown.closed || !matches!(view(shown), View::Other) && view(shown) != before;
            link.wait_until(&format!("something after {before:?}"), changed);
            let (now, closed) = link.look(|shown| (view(shown), shown.closed));
            if closed && now == before {
                return;
            }
            self.note(&now);
            if closed {
                return;
            }
            link.send(keys(&now));
            before = now;
        }
    }

    /// Counts what a view acknowledges.
    fn note(&mut self, now: &View) {
        match now {
            View::Explained(layer) => self.reach(layer.clone()),
            View::Question(layer) => self.reach(Layer { number: layer.number - 1, ..layer.clone() }),
            View::Unsaved(_) => self.refused += 1,
            View::Debrief => {
                let left = self.at.take().map_or(0, |last| last.of - last.number);
                self.acknowledged += left as usize;
            }
            _ => {}
        }
    }

    fn reach(&mut self, layer: Layer) {
        let last = self.at.as_ref().map_or(0, |last| last.number);
        self.acknowledged += layer.number.saturating_sub(last) as usize;
        self.at = Some(layer);
    }

    /// What must be true of what is stored: every acknowledged answer is there, once, and at most `on_its_way` more.
    pub(crate) fn check(&self, records: &[Record], on_its_way: usize) {
        let answers = records.iter().filter_map(|record| match &record.entry {
            Entry::Answered { attempt, layer, .. } => Some(format!("{attempt:?} {layer:?}")),
            _ => None,
        });
        let mut answers: Vec<String> = answers.collect();
        let count = answers.len();
        answers.sort();
        answers.dedup();
        assert_eq!(answers.len(), count, "{}: an answer is there twice", self.name);
        let expected = self.acknowledged..=self.acknowledged + on_its_way;
        assert!(expected.contains(&count), "{}: {} acknowledged, {count} stored", self.name, self.acknowledged);
    }
}

/// What is pressed next.
fn keys(view: &View) -> &'static str {
    match view {
        View::Home(false) => "gjjj\r",
        View::Home(true) => "g\r",
        View::Question(_) => "c1\r",
        View::Debrief => "q",
        View::Welcome | View::Story | View::Explained(_) | View::Unsaved(_) => "\r",
        View::Other => "",
    }
}
