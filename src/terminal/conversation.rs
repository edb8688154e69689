//! The conversation in lines (`--plain`) with one learner: lines in, text out, time as an argument.
//!
//! Like [`Session`](super::Session) it knows neither clock nor descriptors, so that standard input and an SSH channel without
//! a terminal hold the same one. No cursor movement, no colour; the end of input leaves, everything is stored already.

use std::collections::VecDeque;

use crate::{
    app::{Action, Input},
    course::Timestamp,
    ui::plain::{Plain, Reply, Run, reply},
};

use super::Engine;

/// The most lines that wait for the store; what is sent beyond is dropped.
const LONGEST_QUEUE: usize = 1024;

/// The program behind a stream of lines.
pub struct Conversation {
    engine: Engine,
    plain: Plain,
    /// What came and has not been answered yet; none for the end of input.
    lines: VecDeque<Option<String>>,
    /// What the last line asked for and has not been done yet.
    wishes: VecDeque<Input>,
    /// A question has been put, and its answer is awaited.
    asked: bool,
    over: bool,
    text: String,
}

impl Conversation {
    /// The conversation of `engine`'s learner, for `run`.
    pub fn new(engine: Engine, run: Run) -> Self {
        Self {
            engine,
            plain: Plain::new(run),
            lines: VecDeque::new(),
            wishes: VecDeque::new(),
            asked: false,
            over: false,
            text: String::new(),
        }
    }

    /// Puts the first question.
    pub fn begin(&mut self, now: Timestamp) {
        self.go_on(now);
    }

    /// Goes as far as it can without another line or the ledger's answer.
    fn go_on(&mut self, now: Timestamp) {
        while !self.over && !self.engine.awaiting() {
            if let Some(input) = self.wishes.pop_front() {
                self.engine.take(input, now);
            } else if !self.asked {
                self.look(now);
                self.ask(now);
            } else if let Some(line) = self.lines.pop_front() {
                self.answer(line);
            } else {
                break;
            }
        }
        // Where the run is over before the learner leaves, leaving is what keeps the place in a lesson.
        if self.over && !self.engine.ended() {
            self.engine.take(Input::Gone, now);
        }
    }

    /// Takes a line.
    pub fn line(&mut self, line: String, now: Timestamp) {
        if self.lines.len() < LONGEST_QUEUE {
            self.lines.push_back(Some(line));
        }
        self.go_on(now);
    }

    /// Takes the end of input.
    pub fn end(&mut self, now: Timestamp) {
        self.lines.push_back(None);
        self.go_on(now);
    }

    /// Takes what the ledger has to say.
    pub fn tell(&mut self, input: Input, now: Timestamp) {
        self.asked &= !matches!(input, Input::Elsewhere(_) | Input::Announced(_) | Input::Acts { .. });
        self.between(now, |engine| engine.tell(input, now));
    }

    /// When [`Self::tick`] wants to be called; never, as long as nothing is awaited.
    pub fn deadline(&self) -> Option<Timestamp> {
        [self.engine.world.wishes.wake, self.engine.follow_due()].into_iter().flatten().min()
    }

    /// Does what was due by `now`.
    pub fn tick(&mut self, now: Timestamp) {
        if self.deadline().is_none_or(|due| due > now) {
            return;
        }
        self.between(now, |engine| {
            if engine.world.wishes.wake.take_if(|due| *due <= now).is_some() {
                engine.take(Input::Tick, now);
            }
            engine.follow(now);
        });
    }

    /// Has something happen between a question and its answer: what it leads to is told before the question is put again.
    fn between(&mut self, now: Timestamp, happen: impl FnOnce(&mut Engine)) {
        let said = self.notice();
        happen(&mut self.engine);
        self.heed(said.as_deref());
        self.go_on(now);
    }

    fn notice(&self) -> Option<String> {
        self.engine.state().and_then(|state| state.cx.notice.clone())
    }

    /// Puts the question again where the state has something new to say since it said `said`.
    fn heed(&mut self, said: Option<&str>) {
        let Some(state) = self.engine.state() else { return };
        let speaks = state.cx.notice.is_some() && state.cx.notice.as_deref() != said;
        self.asked &= !speaks && self.plain.is_told(state);
    }

    /// What is to be printed now.
    pub fn output(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Whether the store has yet to answer for something.
    pub const fn awaiting(&self) -> bool {
        self.engine.awaiting()
    }

    /// Whether nothing more will be said.
    pub const fn ended(&self) -> bool {
        self.over
    }

    /// Takes up what an author has saved, after the answer: that was given to the text that was told.
    fn look(&mut self, now: Timestamp) {
        if self.engine.look(now) {
            self.plain.forget();
        }
    }

    /// Tells what is new and does what needs no answer.
    fn ask(&mut self, now: Timestamp) {
        let Some(state) = self.engine.state().filter(|_| !self.engine.ended()) else {
            self.over = true;
            return;
        };
        let turn = self.plain.turn(state);
        self.text.push_str(&turn.text);
        if let Some(action) = turn.auto {
            self.engine.take(Input::Act(action), now);
        } else {
            self.over = turn.end;
            self.asked = true;
        }
    }

    /// Takes a line for an answer, or asks again.
    fn answer(&mut self, line: Option<String>) {
        let Some(state) = self.engine.state() else { return };
        let inputs = match line.map_or(Reply::Do(vec![Input::Act(Action::Quit)]), |line| reply(state, &line)) {
            Reply::Do(inputs) => inputs,
            Reply::Say(words) => {
                self.text.push_str(&words);
                self.text.push_str(&self.plain.again(state));
                return;
            }
        };
        // Says how far a scenario has come that is being left.
        if inputs.iter().any(|input| matches!(input, Input::Act(Action::Back | Action::Quit))) {
            self.text.push_str(&self.plain.left(state).unwrap_or_default());
        }
        self.wishes.extend(inputs);
        self.asked = false;
    }
}
