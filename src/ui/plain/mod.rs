//! The same tutor as a conversation in lines: for screen readers, braille lines, dumb terminals and scripts.
//!
//! `--plain` drives the same state machine. After each step [`Plain::turn`] tells what is new since the last one, and which
//! action needs no answer (an explanation goes on by itself); [`reply`] turns a line into an action. Nothing moves the
//! cursor and nothing is drawn.

mod breach;
mod exercise;
mod menu;
mod page;
mod reply;
mod room;
mod words;

pub use reply::{Reply, reply};

use crate::{
    app::{Action, Compare, Exercise, Investigate, Overlay, Page, PageKind, Replay, Screen, Shown, State, Watch, span},
    course::{AttemptId, Lead, Mode, Step},
};

/// What was told last, so that only what is new is told.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    told: Told,
    run: Run,
}

/// What the conversation is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// The whole tutor, with its menu.
    #[default]
    Tutor,
    /// One scenario, or one round of rows: it ends with its score.
    Scenario,
    /// One lesson: it ends with its last section.
    Lesson,
}

/// What was told last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Told {
    #[default]
    Nothing,
    Screen(&'static str),
    Section(usize),
    Outline,
    Story,
    Owner(Asked),
    Control(Asked),
    Explained(usize),
    Unsaved,
    Room(usize),
    Breach(usize),
    Incident(usize, Lead),
    Mode(usize),
    Row(usize, Shown),
}

/// A question, and what had been said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    attempt: AttemptId,
    row: usize,
    struck: usize,
    unsure: bool,
}

/// What to print, and what to do without asking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// Lines to print.
    pub text: String,
    /// An action that needs no answer.
    pub auto: Option<Action>,
    /// The conversation has come to its end.
    pub end: bool,
}

impl Turn {
    fn say(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn then(text: impl Into<String>, action: Action) -> Self {
        Self { text: text.into(), auto: Some(action), end: false }
    }
}

/// How a lesson goes on.
const ONWARD: &str = "Enter for the next section, o for the outline, e for the checkpoint, w for words, q to leave.\n";

/// What is said where the store fails.
const UNSAVED: &str = "Your answer is not saved yet; nothing is lost. r to try again.\n";
/// How the moving line goes on.
const MODES: &str =
    "Enter for the next mode, [ for the one before, e to be asked what moves, n next system, ? help, q leave\n";

/// How its exercise is answered.
const MOVES: &str = "Does it change hands? y or n; s stories, w words, ? help, q leave\n";

impl Plain {
    /// A conversation for `run`.
    pub fn new(run: Run) -> Self {
        Self { run, ..Self::default() }
    }

    /// Forgets what was told: it may read otherwise now.
    pub fn forget(&mut self) {
        self.told = Told::Nothing;
    }

    /// Nothing in `state` is to be told but the question that was put last.
    pub fn is_told(&self, state: &State) -> bool {
        let mut next = self.clone();
        next.news(state);
        next.told == self.told
    }

    /// What is new in `state`.
    pub fn turn(&mut self, state: &State) -> Turn {
        let mut turn = self.news(state);
        if let Some(notice) = &state.cx.notice {
            turn.text.insert_str(0, &format!("{notice}\n"));
        }
        turn.text = crate::document::printable(&turn.text).into_owned();
        turn
    }

    /// The question once more, after a line that was no answer to it.
    pub fn again(&mut self, state: &State) -> String {
        crate::document::printable(&self.news(state).text).into_owned()
    }

    fn news(&mut self, state: &State) -> Turn {
        match &state.overlay {
            Some(Overlay::Search(search)) => {
                self.told = Told::Nothing;
                return Turn::say(menu::search(search));
            }
            Some(Overlay::Help { .. }) => {
                self.told = Told::Nothing;
                return Turn::then(reply::help(state), Action::Back);
            }
            Some(Overlay::Outline { headings, menu }) => {
                self.told = Told::Outline;
                return Turn::say(menu::outline(headings, menu.at));
            }
            Some(Overlay::Ask(ask)) => return Turn::say(room::asked(ask)),
            Some(Overlay::Find { .. }) | None => {}
        }
        if let Some(cover) = state.cover() {
            return self.whole("cover", || exercise::told(&cover.words).trim_start().to_owned() + menu::COVERED);
        }
        match state.screen() {
            Some(Screen::Exercise(exercise)) => self.exercise(state, exercise),
            Some(Screen::Page(page)) => self.page(state, page),
            Some(Screen::Home(_)) if self.run != Run::Tutor => Turn { end: true, ..Turn::default() },
            Some(Screen::Home(home)) => self.whole("home", || menu::home(state, home)),
            Some(Screen::Breaches(list)) => self.whole("breaches", || breach::list(list)),
            Some(Screen::Replay(replay)) => self.replay(replay),
            Some(Screen::Investigate(screen)) => self.investigate(state, screen),
            Some(Screen::Compare(compare)) => self.compare(compare),
            Some(Screen::HandIn(hand_in)) => {
                let left = state.time_left().map(|left| format!("Time left: {}.\n", span(left))).unwrap_or_default();
                self.whole("hand-in", || left.clone() + &menu::hand_in(hand_in))
            }
            Some(Screen::Drills(list)) => self.whole("drills", || menu::drills(list)),
            Some(Screen::Settings(_)) => {
                self.told = Told::Nothing;
                Turn::say(menu::settings(state))
            }
            Some(Screen::Watch(watch)) => self.room(state, watch),
            None => Turn::default(),
        }
    }

    /// Tells the room when something else of it is to be shown, or nothing was told of it yet.
    fn room(&mut self, state: &State, watch: &Watch) -> Turn {
        let told = std::mem::replace(&mut self.told, Told::Room(watch.turned));
        if told == self.told { Turn::say(room::ROOM) } else { Turn::say(room::told(state, watch)) }
    }

    /// Tells a screen as a whole, once.
    fn whole(&mut self, name: &'static str, text: impl Fn() -> String) -> Turn {
        let told = std::mem::replace(&mut self.told, Told::Screen(name));
        if told == self.told { Turn::say(menu::prompt(name)) } else { Turn::say(text()) }
    }

    fn page(&mut self, state: &State, page: &Page) -> Turn {
        match &page.kind {
            PageKind::Lesson(_) => self.section(state, page),
            PageKind::Debrief(_) | PageKind::Result(_) | PageKind::Round(_) => {
                let score = page::score_line(state, page);
                if self.run == Run::Scenario {
                    return Turn { text: page::whole(state, page) + &score, auto: None, end: true };
                }
                self.whole("debrief", || page::whole(state, page) + &score + &menu::keys(state))
            }
            PageKind::Welcome | PageKind::Ballot(_) | PageKind::Revealed(_) => {
                Turn::then(page::whole(state, page), Action::Next)
            }
            PageKind::Glossary(at) => Turn::then(words::glossary(state, page, at.as_deref()), Action::Back),
            PageKind::Assigned(_) => self.whole("assigned", || page::whole(state, page) + &menu::keys(state)),
            PageKind::Moving { at, .. } => {
                let again = std::mem::replace(&mut self.told, Told::Mode(*at)) == Told::Mode(*at);
                let text = if again { String::new() } else { page::whole(state, page) };
                Turn::say(text + MODES)
            }
            PageKind::Threats | PageKind::Progress(_) | PageKind::Messages | PageKind::Compared(_) => {
                Turn::then(page::whole(state, page), Action::Back)
            }
        }
    }

    /// Tells a lesson section by section; the last one counts as reading to the end.
    fn section(&mut self, state: &State, page: &Page) -> Turn {
        let block = page.block();
        if self.told == Told::Section(block) {
            return if page::is_last(page, block) { self.end_of_lesson() } else { Turn::say(ONWARD) };
        }
        // Who has looked something up has not read to the end, and goes on from there.
        let looked_up = self.told == Told::Outline || state.cx.notice.is_some();
        let text = page::section(state, page, block);
        if page::is_last(page, block) && !looked_up {
            self.told = Told::Section(page.document.blocks.len().saturating_sub(1));
            return Turn::then(text, Action::Bottom);
        }
        self.told = Told::Section(block);
        Turn::say(text + ONWARD)
    }

    fn end_of_lesson(&mut self) -> Turn {
        let text = "That is the end of the lesson. e for its checkpoint, q to leave.\n";
        Turn { text: text.into(), auto: None, end: self.run == Run::Lesson }
    }

    /// Tells a breach at once; its steps, which a screen shows one by one, are passed over.
    fn replay(&mut self, replay: &Replay) -> Turn {
        let told = std::mem::replace(&mut self.told, Told::Breach(replay.at));
        let text = if told == self.told { String::new() } else { breach::replay(replay) };
        Turn::then(text, Action::Next)
    }

    fn investigate(&mut self, state: &State, screen: &Investigate) -> Turn {
        if screen.unsaved.is_some() {
            self.told = Told::Unsaved;
            return Turn::say(UNSAVED);
        }
        if screen.story {
            self.told = Told::Story;
            return Turn::then(breach::story(screen), Action::Story);
        }
        let now = Told::Incident(screen.run.cursor, screen.run.lead());
        let told = std::mem::replace(&mut self.told, now);
        if screen.run.lead() == Lead::Explained {
            return Turn::then(breach::explained(state, screen), Action::Next);
        }
        // Who begins, or comes back, cannot look at the story; who asked for it has just heard it.
        let opening = match told {
            Told::Incident(..) | Told::Story | Told::Unsaved => String::new(),
            _ => breach::story(screen),
        };
        Turn::say(opening + &breach::asked(state, screen, told == self.told))
    }

    fn exercise(&mut self, state: &State, exercise: &Exercise) -> Turn {
        let attempt = &exercise.attempt;
        if exercise.unsaved.is_some() {
            self.told = Told::Unsaved;
            return Turn::say(UNSAVED);
        }
        if exercise.story {
            self.told = Told::Story;
            return Turn::then(exercise::story(attempt), Action::Story);
        }
        let opening = match self.told {
            Told::Story | Told::Owner(_) | Told::Control(_) | Told::Unsaved => String::new(),
            Told::Explained(_) if attempt.mode.round().is_none() => String::new(),
            // An attempt taken up again is told its story again: a listener cannot look back.
            // A row that is asked alone brings its story in short.
            _ if attempt.mode.round().is_some() => exercise::restated(attempt),
            _ if attempt.answered() > 0 || attempt.draft.owner.is_some() => exercise::opening(attempt),
            _ => String::new(),
        };
        let mut turn = self.question(state, exercise);
        turn.text.insert_str(0, &opening);
        turn
    }

    fn compare(&mut self, compare: &Compare) -> Turn {
        if compare.unsaved.is_some() {
            self.told = Told::Unsaved;
            return Turn::say("Your answer is not saved yet; nothing is lost. r to try again.\n");
        }
        let here = Told::Row(compare.cursor, compare.step);
        let again = std::mem::replace(&mut self.told, here.clone()) == here;
        match compare.step {
            Shown::Story => Turn::then(exercise::told(&compare.words()), Action::Story),
            Shown::Question if again => Turn::say(MOVES),
            Shown::Question => {
                let place = format!("Row {} of {}.\n", compare.cursor + 1, compare.run.rows.len());
                Turn::say(place + &exercise::told(&compare.words()) + MOVES)
            }
            Shown::Explanation => Turn::then(exercise::told(&compare.words()), Action::Next),
        }
    }

    fn question(&mut self, state: &State, exercise: &Exercise) -> Turn {
        let attempt = &exercise.attempt;
        let (struck, unsure) = (attempt.draft.struck.len(), attempt.draft.unsure);
        let asked = Asked { attempt: attempt.id, row: attempt.cursor, struck, unsure };
        let before = match self.told {
            Told::Owner(told) | Told::Control(told) if (told.attempt, told.row) == (asked.attempt, asked.row) => {
                Some(told)
            }
            _ => None,
        };
        let unsure = match (before.is_some_and(|told| told.unsure), asked.unsure) {
            (false, true) => "Marked as unsure.\n",
            (true, false) => "No longer marked as unsure.\n",
            _ => "",
        };
        match attempt.step() {
            Step::Owner => {
                let again = before.is_some() && matches!(self.told, Told::Owner(_));
                self.told = Told::Owner(asked);
                let left = state.time_left().filter(|_| !again).map(|left| format!("Time left: {}.\n", span(left)));
                Turn::say(left.unwrap_or_default() + unsure + &exercise::owner(state, exercise, again))
            }
            Step::Control => {
                let same = matches!(self.told, Told::Control(told) if (told.attempt, told.struck) == (asked.attempt, asked.struck));
                self.told = Told::Control(asked);
                Turn::say(unsure.to_owned() + &exercise::controls(attempt, before.is_some() && same))
            }
            Step::Explained => {
                self.told = Told::Explained(attempt.cursor);
                Turn::then(exercise::explained(state, attempt), Action::Next)
            }
            Step::Done => Turn::default(),
        }
    }

    /// The closing line of a conversation that was left; nothing to say where no scenario was open.
    pub fn left(&self, state: &State) -> Option<String> {
        let open = state.screens.iter().rev().find_map(|screen| match screen {
            Screen::Exercise(exercise) if state.cx.polled(exercise.attempt.mode).is_none() => Some(&exercise.attempt),
            _ => None,
        })?;
        if let Some(round) = open.mode.round().and_then(|id| state.cx.progress.round(id)) {
            let answered = state.cx.progress.answered_in(round).count();
            return Some(format!("left: {answered} of {} rows answered, saved\n", round.rows.len()));
        }
        let exam =
            matches!(open.mode, Mode::Exam | Mode::Checkpoint(_)).then_some(", not handed in").unwrap_or_default();
        Some(format!("left: {} of {} layers answered, saved{exam}\n", open.answered(), open.rows.len()))
    }
}
