//! Where the learner wants to go, and what must be read before the way is open.

use std::sync::Arc;

use crate::course::{
    Attempt, AttemptId, AttemptLog, Course, Entry, Lock, Mode, Order, Progress, RecordKey, Scenario, Seeds, draw,
};

use super::{
    Context, Effect, Exercise, HandIn, Overlay, Page, Screen, SettingsList, State, hand_in::grade, help,
    overlay::Search,
};

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The course map.
    Home,
    /// The screen before this one.
    Back,
    /// The end of the session.
    Quit,
    /// The welcome.
    Welcome,
    /// A scenario: continued where it was left, begun where it was not.
    Practice(String),
    /// A scenario under exam rules.
    Exam(String),
    /// Some rows of a scenario again.
    Redo {
        /// Scenario id.
        scenario: String,
        /// Layer ids.
        rows: Vec<String>,
    },
    /// A lesson's checkpoint: continued or begun.
    Sit(String),
    /// A sitting, at its first open question.
    Continue(RecordKey),
    /// An answered row of an exam again, before hand-in.
    Revise {
        /// The attempt.
        attempt: AttemptId,
        /// The row in it.
        row: usize,
    },
    /// The grades of a single scenario under exam rules.
    Grade(AttemptId),
    /// The look back on an attempt.
    Debrief(AttemptId),
    /// The result of a sitting.
    Result(RecordKey),
    /// A lesson.
    Read {
        /// Lesson id.
        lesson: String,
        /// Slug of a heading to begin at; where it was left otherwise.
        at: Option<String>,
    },
    /// The threat list, at a threat.
    Threats(Option<String>),
    /// The learner's progress.
    Progress,
    /// The settings.
    Settings,
    /// The search.
    Search,
    /// The help.
    Help,
}

impl Goal {
    /// The scenarios that must have been read before.
    fn scenarios(&self, cx: &Context) -> Vec<String> {
        match self {
            Self::Practice(id) | Self::Exam(id) | Self::Redo { scenario: id, .. } => vec![id.clone()],
            Self::Debrief(attempt) | Self::Grade(attempt) | Self::Revise { attempt, .. } => {
                cx.progress.attempt(*attempt).map(|log| log.scenario.clone()).into_iter().collect()
            }
            Self::Continue(sitting) | Self::Result(sitting) => {
                sitting_of(&cx.progress, *sitting).map_or_else(Vec::new, |sat| sat.scenarios.clone())
            }
            Self::Read { lesson, .. } => {
                let lines = cx.lessons.get(lesson).map(|lesson| lesson.document.line_directives());
                lines.into_iter().flatten().map(|(_, id)| id.to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The next thing that must be read before the goal can be reached.
    fn missing(&self, cx: &Context) -> Option<Effect> {
        if let Self::Read { lesson, .. } = self
            && !cx.lessons.contains_key(lesson)
        {
            return Some(Effect::OpenLesson(lesson.clone()));
        }
        let unread = self.scenarios(cx).into_iter().find(|id| !cx.scenarios.contains_key(id));
        unread.map(Effect::OpenScenario)
    }
}

fn sitting_of(progress: &Progress, id: RecordKey) -> Option<&crate::course::Sitting> {
    progress.sittings.iter().find(|sat| sat.id == id)
}

impl State {
    /// Goes to `goal`, or asks for what must be read first and goes when it is here.
    pub(super) fn pursue(&mut self, goal: Goal) {
        if let Some(words) = closed(&self.cx, &goal) {
            self.cx.say(words);
            return;
        }
        match goal.missing(&self.cx) {
            None => self.arrive(goal),
            Some(open) => {
                self.cx.effects.push(open);
                self.pending = Some(goal);
            }
        }
    }

    fn arrive(&mut self, goal: Goal) {
        match goal {
            Goal::Home => self.home(),
            Goal::Back => self.back(),
            Goal::Quit => self.cx.effects.push(Effect::Quit),
            Goal::Welcome => self.show(Page::welcome(&self.cx)),
            Goal::Practice(id) => self.practise(&id, Mode::Practice),
            Goal::Exam(id) => self.practise(&id, Mode::Exam),
            Goal::Redo { scenario, rows } => self.begin(&scenario, Mode::Redo, rows),
            Goal::Sit(lesson) => self.sit(&lesson),
            Goal::Continue(sitting) => self.go_on(sitting),
            Goal::Revise { attempt, row } => self.revise(attempt, row),
            Goal::Grade(attempt) => {
                let debrief = grade(&mut self.cx, attempt);
                self.pursue(debrief);
            }
            Goal::Debrief(attempt) => {
                if let Some(page) = Page::debrief(&self.cx, attempt) {
                    self.replace(page);
                }
            }
            Goal::Result(sitting) => {
                if let Some(page) = Page::result(&self.cx, sitting) {
                    self.replace(page);
                }
            }
            Goal::Read { lesson, at } => {
                if let Some(page) = Page::lesson(&self.cx, &lesson, at.as_deref()) {
                    self.show(page);
                }
            }
            Goal::Threats(at) => self.show(Page::threats(&self.cx, at.as_deref())),
            Goal::Progress => self.show(Page::progress(&self.cx)),
            Goal::Settings => self.push(Screen::Settings(SettingsList::new(&self.cx))),
            Goal::Search => self.overlay = Some(Overlay::Search(Search::new(&self.cx))),
            Goal::Help => self.overlay = Some(Overlay::Help { lines: help::lines(&self.scopes()), top: 0 }),
        }
    }

    fn show(&mut self, page: Page) {
        self.push(Screen::Page(Box::new(page)));
    }

    /// Opens a screen. The text opened first gives way where many are open: the way out stays short.
    fn push(&mut self, screen: Screen) {
        const DEEPEST: usize = 5;
        while self.screens.len() >= DEEPEST
            && let Some(oldest) = self.screens.iter().position(|screen| matches!(screen, Screen::Page(_)))
        {
            if let Screen::Page(page) = self.screens.remove(oldest) {
                page.leave(&mut self.cx);
            }
        }
        self.screens.push(screen);
    }

    /// Shows a page in place of the exercise it looks back on.
    fn replace(&mut self, page: Page) {
        self.leave_pages();
        self.screens.retain(|screen| matches!(screen, Screen::Home(_)));
        self.show(page);
    }

    fn home(&mut self) {
        self.leave_pages();
        self.screens.truncate(1);
        self.refresh_home();
    }

    fn back(&mut self) {
        if self.screens.len() <= 1 {
            self.cx.effects.push(Effect::Quit);
            return;
        }
        if let Some(Screen::Page(page)) = self.screens.pop() {
            page.leave(&mut self.cx);
        }
        self.refresh_home();
    }

    /// Stores the place in every lesson that is open.
    pub(super) fn leave_pages(&mut self) {
        for screen in &self.screens {
            if let Screen::Page(page) = screen {
                page.leave(&mut self.cx);
            }
        }
    }

    fn refresh_home(&mut self) {
        if let [Screen::Home(home)] = self.screens.as_mut_slice() {
            home.refresh(&self.cx);
        }
    }

    fn practise(&mut self, id: &str, mode: Mode) {
        let wanted = |log: &&AttemptLog| {
            let same_order = self.cx.seed.is_none_or(|seed| seed == log.seed);
            same_order && log.mode.is_exam() == mode.is_exam()
        };
        if let Some(log) = self.cx.progress.open_attempt(Some(id)).filter(wanted).cloned() {
            self.cx.say(format!("Welcome back: continuing at layer {} of {}.", log.answers.len() + 1, log.rows.len()));
            self.open(&log);
            return;
        }
        let rows = self
            .cx
            .scenarios
            .get(id)
            .map_or_else(Vec::new, |scenario| scenario.layers.iter().map(|layer| layer.id.clone()).collect());
        self.begin(id, mode, rows);
    }

    /// Begins an attempt. An unfinished practice run of the same scenario is given up: one is continued, never two.
    fn begin(&mut self, id: &str, mode: Mode, rows: Vec<String>) {
        let Some(scenario) = self.cx.scenarios.get(id).cloned() else { return };
        if !matches!(mode, Mode::Checkpoint(_))
            && let Some(log) = self.cx.progress.open_attempt(Some(id))
        {
            let attempt = log.id;
            self.cx.record(Entry::Dropped { attempt });
        }
        let seed = match mode {
            Mode::Checkpoint(sitting) => self.seed_in(sitting, id),
            Mode::Practice | Mode::Redo | Mode::Exam => self.cx.new_seed(),
        };
        let key = self.cx.record(Entry::Began {
            scenario: scenario.id.clone(),
            lesson: scenario.lesson.clone(),
            model: scenario.model,
            mode,
            seed,
            order: self.cx.order,
            rows,
        });
        if let Some(log) = self.cx.progress.attempt(key).cloned() {
            self.open(&log);
        }
    }

    fn open(&mut self, log: &AttemptLog) {
        let Some(scenario) = self.cx.scenarios.get(&log.scenario).map(Arc::clone) else { return };
        let mut attempt = Attempt::resume(log, scenario);
        // Answers name controls by their place in the file, so the order asked for now can be shown at once.
        if self.cx.order == Order::Authored {
            attempt.order = Order::Authored;
        }
        let exercise = Exercise::new(&self.cx, attempt);
        self.screens.retain(|screen| {
            !matches!(screen, Screen::Exercise(_) | Screen::HandIn(_)) && !super::page::looks_back(screen)
        });
        self.push(Screen::Exercise(Box::new(exercise)));
    }

    fn revise(&mut self, id: AttemptId, row: usize) {
        let Some(mut attempt) = super::page::attempt(&self.cx, id) else { return };
        if attempt.revise(row) {
            self.push(Screen::Exercise(Box::new(Exercise::new(&self.cx, attempt))));
        }
    }

    /// The seed of a scenario within a sitting: drawn from the sitting's own, by its place.
    fn seed_in(&self, sitting: RecordKey, scenario: &str) -> u64 {
        let Some(sat) = sitting_of(&self.cx.progress, sitting) else { return 0 };
        let place = sat.scenarios.iter().position(|id| id == scenario).unwrap_or_default();
        let mut seeds = Seeds::new(sat.seed);
        (0..=place).map(|_| seeds.draw()).last().unwrap_or_default()
    }

    fn sit(&mut self, lesson: &str) {
        if let Some(sat) = self.cx.progress.open_sitting(Some(lesson)) {
            let sitting = sat.id;
            if sat.scenarios.iter().all(|id| self.cx.course.catalog.find(id).is_some()) {
                self.pursue(Goal::Continue(sitting));
                return;
            }
            self.cx.record(Entry::Dropped { attempt: sitting });
            self.cx.say("The course has changed since this checkpoint was begun: it is drawn anew.");
        }
        let course = Arc::clone(&self.cx.course);
        let Some(checkpoint) = course.lesson(lesson).and_then(|entry| entry.checkpoint.as_ref()) else {
            self.cx.say("This lesson has no checkpoint.");
            return;
        };
        let seed = self.cx.new_seed();
        let scenarios = draw(checkpoint, seed, |id| self.cx.progress.times_drawn(id));
        let sitting = self.cx.record(Entry::SatDown { lesson: lesson.to_owned(), seed, scenarios });
        self.pursue(Goal::Continue(sitting));
    }

    /// Opens the first unanswered scenario of a sitting, or what was answered, to be handed in.
    fn go_on(&mut self, sitting: RecordKey) {
        let Some(sat) = sitting_of(&self.cx.progress, sitting) else { return };
        let open =
            sat.scenarios.iter().find(|id| self.cx.progress.attempt_in(sitting, id).is_none_or(|log| !log.finished()));
        let Some(id) = open.cloned() else {
            let hand_in = HandIn::of(&self.cx, sitting);
            self.screens.retain(|screen| !matches!(screen, Screen::Exercise(_) | Screen::HandIn(_)));
            self.push(Screen::HandIn(hand_in));
            return;
        };
        if let Some(log) = self.cx.progress.attempt_in(sitting, &id).cloned() {
            self.open(&log);
            return;
        }
        let rows = self.cx.scenarios.get(&id).map_or_else(Vec::new, all_rows);
        self.begin(&id, Mode::Checkpoint(sitting), rows);
    }
}

fn all_rows(scenario: &Arc<Scenario>) -> Vec<String> {
    scenario.layers.iter().map(|layer| layer.id.clone()).collect()
}

/// Why a goal cannot be reached, in words for the learner.
fn closed(cx: &Context, goal: &Goal) -> Option<String> {
    let lesson = match goal {
        Goal::Read { lesson, .. } | Goal::Sit(lesson) => lesson.as_str(),
        Goal::Practice(id) | Goal::Exam(id) if cx.course.catalog.find(id).is_none() => {
            return Some(format!("There is no scenario '{id}' in this course."));
        }
        _ => return None,
    };
    if cx.course.lesson(lesson).is_none() {
        return Some(format!("There is no lesson '{lesson}' in this course."));
    }
    cx.progress.lock(&cx.course, lesson).map(|lock| lock_words(&cx.course, lesson, &lock))
}

/// What a lock says to the learner.
pub fn lock_words(course: &Course, lesson: &str, lock: &Lock) -> String {
    match lock {
        Lock::Coming => format!("Lesson {lesson} is not written yet."),
        Lock::Needs(needed) => {
            let title = course.lesson(needed).map_or("", |entry| &entry.title);
            format!("Locked: pass the checkpoint of {needed} ({title}) first.")
        }
    }
}
