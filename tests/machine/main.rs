//! A learner who presses anything, on a terminal that takes any size, over a store that fails at any moment.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

mod happening;
#[path = "../support/mod.rs"]
mod support;

use std::{sync::Arc, time::Duration};

use happening::{Edit, Happening, happening};
use proptest::prelude::*;
use respline::{
    app::{Effect, Event, Goal, Input, Investigate, Key, KeyCode, Screen, update},
    classroom::{Act, Assignment, Feedback},
    course::{Finding, Progress, Step, Timestamp},
    store::Store,
};
use support::{
    class::{CLASS, Happenings, of, possible},
    moody::Moody,
    packs,
    program::{LEARNER, Opening, Program},
    rooms,
};

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
