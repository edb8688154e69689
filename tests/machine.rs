//! A learner who presses anything, on a terminal that takes any size, over a store that fails at any moment.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

#[cfg(test)]
mod support;

use proptest::prelude::*;
use respline::{
    app::{Effect, Event, Holds, Input, Investigate, Key, KeyCode, Screen, Size, update},
    course::{Finding, Progress, Scenario, Step},
    store::Store,
};
use support::{
    moody::Moody,
    packs,
    program::{LEARNER, Opening, Program},
};

/// Something that happens to the program.
#[derive(Clone, Debug)]
enum Happening {
    Keys(String),
    Resize(Size),
    Click(u16, u16),
    Wheel(i16),
    Paste(String),
    Tick,
    /// From now on the store refuses, or no longer.
    Refuse(bool),
    /// A scenario is saved: this one, with this done to it.
    Save(&'static str, Edit),
    /// The program ends and is started again.
    Restart,
}

/// What an author does to a scenario.
#[derive(Clone, Copy, Debug)]
enum Edit {
    /// It is as it was.
    Undo,
    /// The question of a row is another one.
    Ask(usize),
    /// A row goes.
    Drop(usize),
    /// A row moves to the top.
    Lift(usize),
    /// The other control of a row is right.
    Turn(usize),
    /// The file is broken.
    Break,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::Undo),
        Just(Edit::Break),
        (0_usize..5).prop_map(Edit::Ask),
        (0_usize..5).prop_map(Edit::Drop),
        (0_usize..5).prop_map(Edit::Lift),
        (0_usize..5).prop_map(Edit::Turn),
    ]
}

impl Edit {
    fn of(self, mut scenario: Scenario) -> Holds {
        let layers = &mut scenario.layers;
        match self {
            Self::Undo => {}
            Self::Ask(row) => layers[row].task.push_str(" and well"),
            Self::Drop(row) => drop(layers.remove(row)),
            Self::Lift(row) => layers[..=row].rotate_right(1),
            Self::Turn(row) => layers[row].controls.iter_mut().for_each(|control| control.correct ^= true),
            Self::Break => return Holds::Broken("scenarios/a.toml:1:1: broken".into()),
        }
        Holds::Scenario(std::sync::Arc::new(scenario))
    }
}

/// Keys that lead somewhere, alone and in the order a learner would press them.
const KEYS: &[&str] = &[
    "enter",
    "esc",
    "q",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pgup",
    "pgdn",
    "tab",
    "shift-tab",
    "space",
    "backspace",
    "?",
    "/",
    "a",
    "b",
    "c",
    "e",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "w",
    "x",
    "1",
    "2",
    "3",
    "4",
    "5",
    "G",
    "N",
    "[",
    "]",
    "ctrl-c",
    "ctrl-g",
    "ctrl-k",
    "ctrl-l",
    "ctrl-z",
    "c 1 enter",
    "p 2 enter n",
    "c 3 enter n",
    "enter c 1 enter n c 1 enter n p 2 enter n p 1 enter n p 1 enter n",
    "ctrl-k \"line\" enter",
    "ctrl-k \"leak\" enter",
    "ctrl-k \"blog\" enter",
    "esc esc esc",
    "down down enter",
    "x n",
    "i",
    "G up up up up up up enter",
    "enter 1 enter p enter n",
    "a enter enter enter left",
];

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        20 => prop::sample::select(KEYS).prop_map(|keys| Happening::Keys(keys.to_owned())),
        2 => (1_u16..130, 1_u16..40).prop_map(|(width, height)| Happening::Resize(Size { width, height })),
        2 => (0_u16..130, 0_u16..40).prop_map(|(column, row)| Happening::Click(column, row)),
        1 => (-70_i16..70).prop_map(Happening::Wheel),
        1 => any::<String>().prop_map(Happening::Paste),
        1 => Just(Happening::Tick),
        2 => any::<bool>().prop_map(Happening::Refuse),
        2 => (prop::sample::select(&["blog-vm", "db-auto", "db-hand"][..]), edit())
            .prop_map(|(id, edit)| Happening::Save(id, edit)),
        1 => Just(Happening::Restart),
    ]
}

/// The program, its store, and what was seen of it.
struct Machine {
    opening: Opening,
    store: Moody,
    program: Program,
    origin: u64,
    /// Answers given so far, and graded so far.
    seen: (usize, usize),
}

impl Machine {
    fn new() -> Self {
        let opening = Opening { seed: None, ..packs::opening(packs::small()) };
        let store = Moody::default();
        let program = Program::start(&opening, &store, 1);
        Self { opening, store, program, origin: 1, seen: (0, 0) }
    }

    fn meet(&mut self, happening: &Happening) {
        match happening {
            Happening::Keys(keys) => {
                self.program.press(keys);
            }
            Happening::Resize(size) => self.program.take(Input::Resize(*size)),
            Happening::Click(column, row) => self.program.take(Input::Click { column: *column, row: *row }),
            Happening::Wheel(notches) => self.program.take(Input::Wheel(*notches)),
            Happening::Paste(text) => self.program.take(Input::Paste(text.clone())),
            Happening::Tick => self.program.take(Input::Tick),
            Happening::Refuse(refuses) => self.store.refuse(*refuses),
            Happening::Save(id, edit) => self.save(id, *edit),
            Happening::Restart => self.restart(),
        }
        if self.program.ended() {
            self.restart();
        }
    }

    fn save(&mut self, id: &str, edit: Edit) {
        let scenario = self.opening.shelf.scenario(id).expect("it is in the pack");
        let holds = edit.of(scenario.as_ref().clone());
        self.program.take(Input::Saved { file: format!("scenarios/{id}.toml"), holds });
    }

    fn restart(&mut self) {
        self.program.take(Input::Act(respline::app::Action::Quit));
        self.origin += 1;
        self.program = Program::start(&self.opening, &self.store, self.origin);
        // What was never acknowledged may be gone.
        self.seen = sums(&self.stored());
    }

    fn stored(&self) -> Progress {
        Progress::fold(&self.store.clone().records(LEARNER).expect("it can be read"))
    }

    fn check(&mut self) {
        let state = self.program.state();
        let (size, frame) = (state.cx.size, self.program.frame());
        assert_eq!((frame.area.width, frame.area.height), (size.width, size.height));
        let (stored, progress) = (self.stored(), &state.cx.progress);
        let made = stored.records + state.cx.unsaved();
        assert_eq!(made, progress.records + state.cx.uncounted(), "a record is lost");
        assert!(sums(progress).0 <= sums(&stored).0, "an answer counts before it is stored");
        if state.cx.unsaved() == 0 {
            assert_eq!(&stored, progress, "what is stored is not what is shown");
        }
        for screen in &state.screens {
            if let Screen::Investigate(screen) = screen {
                check_investigation(screen, &stored, state.cx.unsaved());
            }
            let Screen::Exercise(exercise) = screen else { continue };
            assert!(exercise.saving.is_none() || state.cx.unsaved() > 0, "it waits for what is stored already");
            let attempt = &exercise.attempt;
            if attempt.step() == Step::Explained {
                let layer = attempt.layer().expect("it is explained");
                let log = stored.attempt(attempt.id).expect("it is stored");
                assert!(log.answers.contains_key(&layer.id), "it is explained before it is stored");
            }
        }
        assert!(self.quits(), "six keys do not lead out");
        let now = sums(progress);
        assert!(now.0 >= self.seen.0 && now.1 >= self.seen.1, "an answer has disappeared");
        self.seen = now;
    }

    /// Whether six times escape end the session, whatever the store does.
    fn quits(&self) -> bool {
        let (mut state, at) = (self.program.state().clone(), self.program.state().cx.now);
        for _ in 0..6 {
            let key = Input::Key(Key::plain(KeyCode::Esc));
            let (next, effects) = update(state, Event { at, input: key });
            if effects.contains(&Effect::Quit) {
                return true;
            }
            state = next;
        }
        false
    }
}

/// Nothing is known of an incident before it is stored.
fn check_investigation(screen: &Investigate, stored: &Progress, unsaved: usize) {
    assert!(!screen.is_saving() || unsaved > 0, "it waits for what is stored already");
    let known = stored.investigations.find(screen.run.id).map_or(&[][..], |log| &log.findings);
    let said = |finding: &&Finding| known.iter().any(|one| one.incident == finding.incident);
    let shown = screen.run.findings.iter().flatten();
    assert!(shown.clone().all(|finding| said(&finding)), "a row is known before it is stored");
    let whole = |finding: &&Finding| finding.resolution.is_none() || known.contains(finding);
    assert!(shown.clone().all(|finding| whole(&finding)), "it is explained before it is stored");
}

/// Answers given, and graded.
fn sums(progress: &Progress) -> (usize, usize) {
    (progress.attempts.iter().map(|log| log.answers.len()).sum(), progress.outcomes.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_breaks_and_no_answer_is_lost(happenings in prop::collection::vec(happening(), 1..100)) {
        let mut machine = Machine::new();
        machine.check();
        for happening in &happenings {
            machine.meet(happening);
            machine.check();
        }
    }
}

#[test]
fn an_answer_that_is_stored_while_something_else_is_read_is_explained_on_return() {
    let mut machine = Machine::new();
    let keys = |keys: &str| Happening::Keys(keys.into());
    let happenings = [
        keys("enter ctrl-k \"blog\" enter enter c"),
        Happening::Refuse(true),
        keys("1 enter ctrl-k \"leak\" enter ctrl-k \"line\" enter ]"),
        Happening::Refuse(false),
        // Leaving the lesson stores its place, and the answer with it.
        keys("q"),
        keys("q"),
    ];
    for happening in &happenings {
        machine.meet(happening);
        machine.check();
    }
    assert!(machine.program.screen().join("\n").contains("Right: this row is yours."));
}
