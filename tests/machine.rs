//! A learner who presses anything, on a terminal that takes any size, over a store that fails at any moment.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

#[cfg(test)]
mod support;

use std::{sync::Arc, time::Duration};

use proptest::prelude::*;
use respline::{
    app::{Effect, Event, Goal, Holds, Input, Investigate, Key, KeyCode, Screen, Size, update},
    classroom::{Act, Assignment, Feedback},
    course::{Finding, Progress, Scenario, Step, Timestamp},
    store::Store,
};
use support::{
    class::{AFTER, CLASS, Happenings, SENTENCES, of, possible},
    moody::Moody,
    packs,
    program::{LEARNER, Opening, Program},
    rooms,
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
    /// Somebody does something in the class.
    Class(&'static str),
    /// The class file is edited: a learner goes, or comes back.
    EditClass(bool),
    /// Time passes, in minutes; the clock may be set back.
    Wait(i64),
    /// The instructor does something.
    Act(Act),
    /// The class file is edited: so many of its assignments are left, the first one with this limit in minutes.
    Edit(usize, u64),
    /// The link is lost, and the program started again.
    Gone,
    /// The program ends and is started again.
    Restart,
}

/// What an instructor may do with the exam.
fn act() -> impl Strategy<Value = Act> {
    let lab = || "lab".to_owned();
    prop_oneof![
        Just(Act::Opened { assignment: lab() }),
        Just(Act::Closed { assignment: lab() }),
        Just(Act::Paused { assignment: lab() }),
        Just(Act::Resumed { assignment: lab() }),
        (-30_i64..30).prop_map(move |by| Act::Extended { assignment: lab(), learner: None, by_ms: by * 60_000 }),
        Just(Act::Reopened { assignment: lab(), learner: None, until: None }),
        Just(Act::Messaged { text: "Read the story".into(), learner: None }),
    ]
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
    // In the room of a class.
    "o y",
    "v y",
    "d",
    "x y",
    "e \"15\" enter",
    "E \"-5\" enter",
    "M \"hello\" enter",
    "r y",
    "/ \"row 2\" enter",
    "/ \"ana\" enter",
    "s f",
    "+ ] [",
    "2 3 4 5",
    "up up up up up up up G k k k k k k k enter",
    "down enter enter",
    "ctrl-k \"drill\" enter",
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
        4 => prop::sample::select(SENTENCES).prop_map(Happening::Class),
        4 => prop::sample::select(AFTER).prop_map(Happening::Class),
        1 => any::<bool>().prop_map(Happening::EditClass),
        2 => (-20_i64..60).prop_map(Happening::Wait),
        3 => act().prop_map(Happening::Act),
        1 => (0_usize..3, 1_u64..60).prop_map(|(left, limit)| Happening::Edit(left, limit)),
        1 => Just(Happening::Gone),
        1 => Just(Happening::Restart),
    ]
}

/// The program, its store, and what was seen of it.
struct Machine {
    opening: Opening,
    store: Moody,
    program: Program,
    happenings: Happenings,
    /// What was done in the class so far.
    happened: Vec<&'static str>,
    origin: u64,
    /// Answers given so far, and graded so far.
    seen: (usize, usize),
}

impl Machine {
    /// The program of a learner, or of somebody who watches a class of another kind.
    fn new(watches: bool) -> Self {
        let mut opening = Opening { seed: None, ..packs::opening(packs::small()) };
        let happenings = Happenings::new(&opening, &of(&opening, CLASS));
        opening.rooms = vec![rooms::room(set(40)), happenings.room()];
        opening.goal = watches.then(|| Goal::Watch("c".into()));
        let store = Moody::default();
        let program = Program::start(&opening, &store, 1);
        Self { opening, store, program, happenings, happened: Vec::new(), origin: 1, seen: (0, 0) }
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
            Happening::Class(sentence) => self.happen(sentence),
            Happening::EditClass(all) => self.edit_class(*all),
            Happening::Wait(minutes) => {
                let now = Timestamp(self.program.state().cx.now.0 + minutes * 60_000);
                self.program.wake(now);
            }
            Happening::Act(act) => self.act(act),
            Happening::Edit(left, limit) => {
                let class = Arc::new(rooms::class(set(*limit).into_iter().take(*left).collect()));
                self.opening.rooms[0].class = Arc::clone(&class);
                self.program.take(Input::Class(class));
            }
            Happening::Gone => {
                self.program.take(Input::Gone);
                assert!(self.program.ended(), "it goes on without a learner");
            }
            Happening::Restart => self.restart(),
        }
        if self.program.ended() {
            self.restart();
        }
    }

    /// Lets it happen, where what it needs has happened before.
    fn happen(&mut self, sentence: &'static str) {
        if possible(&self.happened, sentence) {
            let at = self.program.now();
            self.program.take(self.happenings.happen(at, sentence));
            self.happened.push(sentence);
        }
    }

    fn edit_class(&mut self, all: bool) {
        let mut class = self.opening.rooms[1].class.as_ref().clone();
        if !all {
            class.learners.remove(0);
            class.assignments.truncate(1);
        }
        self.program.take(Input::Class(Arc::new(class)));
    }

    fn act(&mut self, what: &Act) {
        let room = &mut self.opening.rooms[0];
        let seq = u32::try_from(room.ledger.acts().len()).expect("there are few");
        let at = self.program.state().cx.now.max(room.ledger.acts().last().map_or(Timestamp(0), |act| act.at));
        room.ledger.act(rooms::act(seq, at, what.clone()));
        self.program.take(rooms::told(seq, at, what.clone()));
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
        for log in progress.attempts.iter().filter(|log| log.scenario == "mail") {
            let kept = log.mode.sitting().is_some_and(|sitting| state.cx.withheld(sitting));
            assert!(!kept || log.out_of == 0, "an exam tells what it is worth before its time");
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
        assert!(self.quits(), "eight keys do not lead out");
        let now = sums(progress);
        assert!(now.0 >= self.seen.0 && now.1 >= self.seen.1, "an answer has disappeared");
        self.seen = now;
    }

    /// Whether eight times escape end the session: five screens, a question to the room, and what lies over each, whatever the store does.
    fn quits(&self) -> bool {
        let (mut state, at) = (self.program.state().clone(), self.program.state().cx.now);
        for _ in 0..8 {
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

/// An exam that is explained when nobody may hand it in any more, and homework.
fn set(limit: u64) -> Vec<Assignment> {
    let limited = Some(Duration::from_mins(limit));
    let feedback = Feedback::AfterDue;
    vec![
        Assignment { time_limit: limited, feedback, attempts: None, ..rooms::exam("mail") },
        rooms::practice("db-auto"),
    ]
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
    fn whatever_happens_nothing_breaks_and_no_answer_is_lost(
        watches in prop::bool::weighted(0.3),
        happenings in prop::collection::vec(happening(), 1..100),
    ) {
        let mut machine = Machine::new(watches);
        machine.check();
        for happening in &happenings {
            machine.meet(happening);
            machine.check();
        }
    }
}

#[test]
fn an_answer_that_is_stored_while_something_else_is_read_is_explained_on_return() {
    let mut machine = Machine::new(false);
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
