//! The way to a goal: what it needs is read first, then its screen is opened.

use std::sync::Arc;

use crate::{
    classroom::{Sat, Try},
    course::{AssignmentRef, Mode, RecordKey},
};

use super::{
    BreachList, DrillList, Effect, Goal, Overlay, Page, PageKind, Screen, SettingsList, State, Watch, goal::closed,
    hand_in::grade, help, overlay::Search,
};

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
            Goal::TestOut(lesson) => self.test_out(&lesson),
            Goal::Continue(sitting) => self.go_on(sitting),
            Goal::Revise { attempt, row } => self.revise(attempt, row),
            Goal::Grade(exam) => self.grade(exam),
            Goal::Debrief(attempt) => self.look_back(Page::debrief(&self.cx, attempt)),
            Goal::Result(sitting) => self.look_back(Page::result(&self.cx, sitting)),
            Goal::Breaches => self.push(Screen::Breaches(BreachList::new(&self.cx))),
            Goal::Breach { scenario, row } => self.breach(&scenario, row.as_deref()),
            Goal::Replay { scenario, rows } => self.replay(&scenario, &rows),
            Goal::Investigate(scenario) => self.investigate(&scenario),
            Goal::Moving(scenario) => self.moving(&scenario),
            Goal::Compare { from, to } => self.compare(&from, &to),
            Goal::Compared(run) => self.compared(run),
            Goal::Read { lesson, at } => self.read(&lesson, at.as_deref()),
            Goal::Threats(at) => self.show(Page::threats(&self.cx, at.as_deref())),
            Goal::Glossary(at) => self.glossary(at),
            Goal::Assigned(set) => self.assigned(&set),
            Goal::Begin(set) => self.begin_assigned(&set),
            Goal::Messages => {
                self.show(Page::messages(&self.cx));
                self.cx.read_messages();
            }
            Goal::Progress => self.show(Page::progress(&self.cx)),
            Goal::Review => self.review(),
            Goal::Drills => self.push(Screen::Drills(DrillList::new(&self.cx))),
            Goal::Drill(drill) => self.drill(drill),
            Goal::Round(round) => self.look_back(Page::round(&self.cx, round)),
            Goal::Settings => self.push(Screen::Settings(SettingsList::new(&self.cx))),
            Goal::Watch(class) => self.watch(&class),
            Goal::Poll(poll) => self.poll(poll),
            Goal::Search => self.overlay = Some(Overlay::Search(Search::new(&self.cx))),
            Goal::Help => self.overlay = Some(Overlay::Help { lines: help::lines(&self.scopes()), top: 0 }),
        }
    }

    fn read(&mut self, lesson: &str, at: Option<&str>) {
        if let Some(page) = Page::lesson(&self.cx, lesson, at) {
            self.show(page);
        }
    }

    /// Opens the room of a class and asks for what its learners did.
    fn watch(&mut self, class: &str) {
        let Some(room) = self.cx.room(class).cloned() else { return };
        self.cx.effects.push(Effect::Watch(Arc::clone(&room.class)));
        let watch = Watch::new(&mut self.cx, &room);
        self.push(Screen::Watch(Box::new(watch)));
    }

    /// Shows the page that looks back on work, where its records are there.
    fn look_back(&mut self, page: Option<Page>) {
        if let Some(page) = page {
            self.replace(page);
        }
    }

    /// Shows the glossary for what lies below it; one that is open already gives way.
    fn glossary(&mut self, at: Option<String>) {
        self.screens
            .pop_if(|screen| matches!(screen, Screen::Page(page) if matches!(page.kind, PageKind::Glossary(_))));
        let text = self.screen().map(|screen| screen.text(&self.cx)).unwrap_or_default();
        self.show(Page::glossary(&self.cx, at, &text));
    }

    pub(super) fn show(&mut self, page: Page) {
        self.push(Screen::Page(Box::new(page)));
    }

    /// Opens a screen. The text opened first gives way where many are open: the way out stays short.
    pub(super) fn push(&mut self, screen: Screen) {
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

    /// Where a row of what is set leads: to its attempt, or to what there is to know before and after one.
    fn assigned(&mut self, set: &AssignmentRef) {
        let Some(duty) = self.cx.duty(set) else {
            self.cx.say("This is no longer set to you.");
            return;
        };
        let standing = duty.outline(&self.cx);
        let open = |one: &&Try| duty.sat(one.sitting).is_some_and(Sat::is_open);
        // What the clock has ended while nobody was there is handed in when it is looked at.
        let ended = standing.tries.iter().filter(|one| one.done.is_some()).find(open).map(|one| one.sitting);
        let under_way = standing.under_way().map(|one| one.sitting);
        if let Some(sitting) = under_way {
            self.pursue(Goal::Continue(sitting));
        } else if let Some(sitting) = ended {
            self.pursue(Goal::Grade(sitting));
        } else if let Some(page) = Page::assigned(&self.cx, set) {
            self.screens.retain(|screen| !super::page::is_about(screen, set));
            self.show(page);
        }
    }

    /// Hands an exam in, or tries again where its grades could not be stored.
    fn grade(&mut self, exam: RecordKey) {
        if self.handing_in.is_some() {
            self.cx.store();
        } else {
            self.handing_in = Some(grade(&mut self.cx, exam));
        }
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
        self.refresh_lists();
    }

    fn back(&mut self) {
        if let Some(Screen::Watch(watch)) = self.screens.last_mut()
            && watch.back(&self.cx)
        {
            return;
        }
        if self.screens.len() <= 1 {
            self.cx.effects.push(Effect::Quit);
            return;
        }
        if let Some(Screen::Page(page)) = self.screens.pop() {
            page.leave(&mut self.cx);
        }
        if let Some(Screen::Watch(watch)) = self.screens.last_mut() {
            watch.refresh(&mut self.cx);
        }
        self.refresh_lists();
    }

    /// Stores the place in every lesson that is open.
    pub(super) fn leave_pages(&mut self) {
        for screen in &self.screens {
            if let Screen::Page(page) = screen {
                page.leave(&mut self.cx);
            }
        }
    }

    pub(super) fn refresh_home(&mut self) {
        if let Some(Screen::Home(home)) = self.screens.first_mut() {
            home.refresh(&self.cx);
        }
    }

    /// Makes the lists that are seen again anew: progress has changed.
    fn refresh_lists(&mut self) {
        self.refresh_home();
        if let Some(Screen::Breaches(list)) = self.screens.last_mut() {
            list.refresh(&self.cx);
        }
    }
}
