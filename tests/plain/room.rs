//! The room of a class in lines: an instructor who listens, and a learner who is asked.

use respline::{
    app::{Goal, Input, State},
    store::{Memory, Store},
    terminal::Conversation,
    ui::plain::Run,
};

use super::support::{
    class::{CLASS, Happenings, of},
    packs,
    program::{LEARNER, Program, still},
};
use respline::course::Timestamp;

/// A conversation in a class, and what happens around it.
struct Room {
    conversation: Conversation,
    happenings: Happenings,
    now: Timestamp,
    store: Memory,
}

impl Room {
    fn open(goal: Goal) -> Self {
        let mut opening = packs::opening(packs::small());
        let class = of(&opening, CLASS);
        let happenings = Happenings::new(&opening, &class);
        opening.rooms = vec![happenings.room()];
        opening.goal = Some(goal);
        let mut store = Memory::default();
        store.append(LEARNER, &[still()]).expect("memory takes it");
        let program = Program::start(&opening, &store, 1);
        let now = program.now();
        let mut conversation = Conversation::new(program.into_engine(), Run::Tutor);
        conversation.begin(now);
        Self { conversation, happenings, now, store }
    }

    /// What is said since the last time.
    fn said(&mut self) -> String {
        self.conversation.output()
    }

    /// What is answered to these lines.
    fn lines(&mut self, lines: &[&str]) -> String {
        for line in lines {
            self.now.0 += 1_000;
            self.conversation.line((*line).to_owned(), self.now);
        }
        self.said()
    }

    fn then(&mut self, sentences: &[&str]) -> String {
        for sentence in sentences {
            self.now.0 += 1_000;
            let input = self.happenings.happen(self.now, sentence);
            self.tell(input);
        }
        self.said()
    }

    fn tell(&mut self, input: Input) {
        self.conversation.tell(input, self.now);
    }

    /// The acts that were stored, as their kinds.
    fn acts(&mut self) -> Vec<String> {
        let mut kinds = Vec::new();
        let read = &mut |kept: respline::store::Kept<'_>| {
            let entry: serde_json::Value = serde_json::from_str(&kept.entry).expect("it is JSON");
            kinds.push(entry["kind"].as_str().expect("a kind").to_owned());
        };
        self.store.read("class/c", respline::store::Cursor::START, read).expect("it can be read");
        kinds
    }
}

fn watch() -> Room {
    Room::open(Goal::Watch("c".into()))
}

#[test]
fn an_instructor_hears_the_room_on_enter_and_is_not_talked_over() {
    let mut room = watch();
    let first = room.said();
    assert!(first.contains("Lab 1 · Cloud security\n0 of 4 begun"), "{first}");
    let busy = room.then(&["ana begins lab", "ana answers 1 right", "ana answers 2 trust", "bo begins lab"]);
    assert_eq!(busy, "", "records alone say nothing");
    let look = room.lines(&[""]);
    assert!(look.contains("2 of 4 begun"), "{look}");
    assert!(look.contains("learner 01: working, 2 of 10 answered, 50 %"), "{look}");
    assert!(look.contains("; row 2 over-trust\n") && look.contains("learner 03: not begun\n"), "{look}");
    assert!(!look.contains("Ana"), "names are hidden: {look}");
}

#[test]
fn views_are_told_by_their_words() {
    let mut room = watch();
    room.then(&["ana begins lab", "ana answers 1 right", "ana answers 2 trust", "bo begins lab", "bo answers 2 right"]);
    let row = room.lines(&["row 2"]);
    assert!(row.contains("Row 2 of 10: Minor version (2 of 2 answered)"), "{row}");
    assert!(row.contains("customer (1 (50 %), the right one)\n") && row.contains("provider (1 (50 %))\n"), "{row}");
    assert!(row.contains("Nothing to start here (1 (50 %))\nlearner 01\n"), "{row}");
    let learner = room.lines(&["learner 1"]);
    assert!(learner.contains("1 Access: customer; Grant each role what it needs (right)\n"), "{learner}");
    assert!(learner.contains("2 Minor version: provider; Nothing to start here (over-trust)\n"), "{learner}");
    assert!(room.lines(&["learner 9"]).contains("Nobody is called '9' here."));
    assert!(room.lines(&["learner Ana"]).contains("Nobody is called"), "a hidden name is not found");
    room.lines(&["names"]);
    assert!(room.lines(&["learner ana"]).contains("Ana Ng: working"));
    assert!(room.lines(&["stuck"]).contains("Nobody is stuck."));
    assert!(room.lines(&["row 99"]).contains("There is no such row here."));
}

#[test]
fn acts_are_words_and_what_cannot_be_taken_back_needs_a_yes() {
    let mut room = watch();
    assert!(room.lines(&["pause"]).contains("Lab 1 is paused"));
    assert!(room.lines(&["pause"]).contains("It is so already."), "the word is no switch");
    assert!(room.lines(&["resume", "resume"]).contains("It is so already."));
    assert!(room.lines(&["extend 15"]).contains("Lab 1 ends 15 min later for everyone."));
    assert!(room.lines(&["extend 5 for 2"]).contains("Lab 1 ends 5 min later for learner 02."));
    assert!(room.lines(&["extend 5 for 77"]).contains("Nobody is called '77' here."));
    assert!(room.lines(&["extend soon"]).contains("'soon' is no number of minutes."));
    assert!(room.lines(&["message Five minutes left"]).contains("Said to everyone: Five minutes left"));
    assert!(room.lines(&["tell 3: Look at row 2"]).contains("Said to learner 03: Look at row 2"));
    let asked = room.lines(&["close"]);
    assert!(asked.contains("Close Lab 1?") && asked.contains("yes or no."), "{asked}");
    assert!(room.lines(&["perhaps"]).contains("yes or no."));
    room.lines(&["no"]);
    assert!(room.lines(&["reopen for 1", "yes"]).contains("can be tried once more by learner 01."));
    assert!(room.lines(&["close", "yes"]).contains("Lab 1 is closed"));
    let acts = ["paused", "resumed", "extended", "extended", "messaged", "messaged", "reopened", "closed"];
    assert_eq!(room.acts(), acts);
}

#[test]
fn a_poll_is_asked_answered_revealed_and_ended_in_words() {
    let mut room = watch();
    room.then(&["ana begins lab"]);
    let asked = room.lines(&["ask 2"]);
    assert!(asked.contains("Ask everyone about row 2, Minor version?"), "{asked}");
    let polls = room.lines(&["yes"]);
    assert!(polls.contains("The room is asked.") && polls.contains("0 of 4 answered"), "{polls}");
    assert!(!polls.contains("the right one"), "nothing is given away: {polls}");
    assert_eq!(room.acts(), ["poll-opened"]);
    assert!(room.lines(&["end", "no"]).contains("End the poll without showing its answer?"));
    let shown = room.lines(&["reveal", "yes", ""]);
    assert!(shown.contains("customer (0 (0 %), the right one)"), "{shown}");
    assert!(room.lines(&["end"]).contains("The poll is over."));
}

#[test]
fn a_learner_is_asked_in_words_and_hears_the_answer_when_it_is_revealed() {
    let mut room = Room::open(Goal::Home);
    room.said();
    let asked = room.then(&["kim asks db-hand minor"]);
    assert!(asked.contains("A shop keeps its rows in a managed database."), "the story is told again: {asked}");
    assert!(asked.contains("Layer 1 of 1: Minor version") && asked.contains("Customer or provider?"), "{asked}");
    let waits = room.lines(&["p", "2"]);
    assert!(waits.contains("Your answer is in") && waits.contains("You said: the provider's."), "{waits}");
    for word in ["Right:", "Over-trust", "right control"] {
        assert!(!asked.contains(word) && !waits.contains(word), "'{word}' gives it away");
    }
    assert!(waits.contains("Which one? a number"), "and they are where they were: {waits}");
    let answer = room.then(&["kim reveals 1 3 1 2 1"]);
    assert!(answer.contains("The room: 4 answers"), "{answer}");
    assert!(answer.contains("Over-trust: this row is yours"), "{answer}");
    let over = room.then(&["kim ends"]);
    assert!(!over.contains("The room is asked"), "{over}");
}

#[test]
fn a_learner_who_comes_late_is_asked_at_once_and_one_who_goes_on_is_not_asked_twice() {
    let mut opening = packs::opening(packs::small());
    let class = of(&opening, CLASS);
    let mut happenings = Happenings::new(&opening, &class);
    let mut room = happenings.room();
    let Input::Acts { acts, .. } = happenings.happen(Timestamp(5), "kim asks db-hand minor") else { panic!("an act") };
    for act in acts {
        room.ledger.act(act);
    }
    opening.rooms = vec![room];
    opening.goal = Some(Goal::Home);
    let mut program = Program::start(&opening, &Memory::default(), 1);
    let asked = |state: &State| program_shows(state, "the room is asked");
    assert!(asked(program.state()), "{}", program.screen().join("\n"));
    program.press("q");
    assert!(!asked(program.state()));
    program.wait(60_000);
    assert!(!asked(program.state()), "who leaves it is left alone");
    assert!(program.screen().join("\n").contains("The room is asked"), "and finds it on the course map");
    program.press("g enter");
    assert!(asked(program.state()));
}

fn program_shows(state: &State, words: &str) -> bool {
    let frame = respline::ui::frame(state);
    let text: String = frame.content().iter().map(ratatui::buffer::Cell::symbol).collect();
    text.contains(words) && text.contains("story")
}
