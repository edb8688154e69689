//! One step of the program: an event in, a new state and what it asks of the world out.

use std::sync::Arc;

use crate::course::{Record, RecordKey};

use super::{
    Action, Effect, Event, Goal, Input, Key, KeyCode, Menu, Overlay, Screen, Size, State, area, key_bar, keymap,
};

/// One step of the program.
#[must_use]
pub fn update(mut state: State, event: Event) -> (State, Vec<Effect>) {
    state.cx.now = event.at;
    state.cx.speaks = false;
    if !state.late(&event.input) {
        state.take(event.input);
    }
    state.look_after();
    state.attend_polls();
    state.finish()
}

impl State {
    fn take(&mut self, input: Input) {
        match input {
            Input::Key(key) => self.key(key),
            Input::Act(action) => {
                self.cx.notice = None;
                self.act(action);
            }
            Input::Paste(text) => self.write(&text),
            Input::Click { column, row } => self.click(column, row),
            Input::Wheel(notches) => self.wheel(notches),
            Input::Resize(size) => self.resize(size),
            Input::Tick => self.tick(),
            Input::Stored(key) => self.stored(key),
            Input::NotStored(why) => self.not_stored(&why),
            Input::Elsewhere(records) => self.elsewhere(&records),
            Input::Gone => self.quit(),
            Input::Announced(words) => self.cx.say(words),
            Input::Class(class) => self.class(&class),
            Input::Acts { class, acts } => {
                self.cx.acts(&class, acts.clone());
                self.hear(&class, &acts);
                self.acted(&class, &acts);
            }
            Input::NotActed(why) => self.cx.say(format!("Not done: {why}")),
            Input::Work(records) => self.work(&records),
            Input::Scenario(scenario) => {
                self.cx.scenarios.insert(scenario.id.clone(), Arc::clone(&scenario));
                self.learn(&scenario);
                self.arrived();
            }
            Input::Lesson(lesson) => {
                self.cx.lessons.insert(lesson.id.clone(), lesson);
                self.arrived();
            }
            Input::Unreadable(why) => {
                self.pending = None;
                self.cx.say(why);
            }
            Input::Saved { file, holds } => self.saved(&file, holds),
        }
    }
}

/// Actions that are safe to take without seeing what they are about.
const fn needs_no_screen(action: Action) -> bool {
    matches!(action, Action::Back | Action::Quit | Action::Suspend | Action::Repaint)
}

impl State {
    fn key(&mut self, key: Key) {
        self.cx.notice = None;
        let action = keymap::resolve(&self.scopes(), key).filter(|_| !self.is_text(key));
        if !area::fits(self.cx.size) && !action.is_some_and(needs_no_screen) {
            return;
        }
        if let Some(action) = action {
            self.act(action);
        } else if let KeyCode::Char(char) = key.code
            && !key.ctrl
            && !key.alt
        {
            self.write(char.encode_utf8(&mut [0; 4]));
        }
    }

    /// A letter typed where letters are text.
    fn is_text(&self, key: Key) -> bool {
        let typing = self.overlay.as_ref().is_some_and(Overlay::takes_text);
        typing && !key.ctrl && !key.alt && matches!(key.code, KeyCode::Char(_))
    }

    fn write(&mut self, text: &str) {
        if let Some(overlay) = &mut self.overlay {
            overlay.write(&self.cx, text);
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Quit => self.quit(),
            Action::Suspend => self.cx.effects.push(Effect::Suspend),
            Action::Repaint => self.cx.effects.push(Effect::Repaint),
            Action::Glossary => self.words(),
            _ if self.overlay.is_some() => self.act_over(action),
            Action::Help => self.pursue(Goal::Help),
            Action::Search => self.pursue(Goal::Search),
            Action::Outline => self.outline(),
            Action::Find => self.overlay = Some(Overlay::Find { needle: String::new() }),
            Action::Back => self.pursue(Goal::Back),
            Action::Steer(steer) => self.steer(steer),
            _ => self.act_on_screen(action),
        }
    }

    /// The glossary is in reach from what lies over a screen as well.
    fn words(&mut self) {
        self.overlay = None;
        self.pursue(Goal::Glossary(None));
    }

    /// Everything is stored already, but for the place in a lesson.
    fn quit(&mut self) {
        self.leave_pages();
        self.gone = true;
        self.cx.effects.push(Effect::Quit);
    }

    fn act_on_screen(&mut self, action: Action) {
        if self.cover().is_some() {
            return self.act_on_cover(action);
        }
        let cx = &mut self.cx;
        let goal = match self.screens.last_mut() {
            Some(Screen::Home(home)) => home.act(cx, action),
            Some(Screen::Page(page)) => page.act(cx, action),
            Some(Screen::Exercise(exercise)) => exercise.act(cx, action),
            Some(Screen::Compare(compare)) => compare.act(cx, action),
            Some(Screen::HandIn(hand_in)) => hand_in.act(action),
            Some(Screen::Drills(drills)) => drills.act(action),
            Some(Screen::Breaches(list)) => list.act(cx, action),
            Some(Screen::Replay(replay)) => replay.act(cx, action),
            Some(Screen::Investigate(screen)) => screen.act(cx, action),
            Some(Screen::Settings(settings)) => settings.act(cx, action),
            Some(Screen::Watch(watch)) => watch.act(cx, action),
            None => None,
        };
        match goal {
            Some(goal) => self.pursue(goal),
            None if matches!(self.screen(), Some(Screen::Settings(_))) => self.fit(),
            None => {}
        }
    }

    fn outline(&mut self) {
        if let Some(Screen::Page(page)) = self.screens.last() {
            self.overlay = Some(page.outline(&self.cx));
        }
    }

    fn act_over(&mut self, action: Action) {
        match action {
            Action::Back => self.overlay = None,
            Action::Erase => {
                if let Some(overlay) = &mut self.overlay {
                    overlay.erase(&self.cx);
                }
            }
            Action::Open => self.open_over(),
            Action::Choose(number) => {
                if self.overlay.as_mut().is_some_and(|overlay| overlay.choose(number)) {
                    self.open_over();
                }
            }
            _ => {
                if let Some(overlay) = &mut self.overlay {
                    overlay.step(&self.cx, action);
                }
            }
        }
    }

    fn open_over(&mut self) {
        match self.overlay.take() {
            Some(Overlay::Search(search)) => {
                if let Some(hit) = search.hits.get(search.menu.at) {
                    self.pursue(hit.goal.clone());
                }
            }
            Some(Overlay::Outline { headings, menu }) => {
                if let (Some((row, _, _)), Some(Screen::Page(page))) = (headings.get(menu.at), self.screens.last_mut())
                {
                    page.go_to(*row);
                }
            }
            Some(Overlay::Find { needle }) => {
                if let Some(Screen::Page(page)) = self.screens.last_mut() {
                    page.find(&mut self.cx, &needle);
                }
            }
            Some(Overlay::Ask(ask)) => self.answered(ask),
            Some(Overlay::Help { .. }) | None => {}
        }
    }

    fn click(&mut self, column: u16, row: u16) {
        self.cx.notice = None;
        if !area::fits(self.cx.size) {
            return;
        }
        if let Some(action) = key_bar::clicked(self, column, row) {
            self.act(action);
            return;
        }
        if let Some(overlay) = &mut self.overlay {
            if overlay.click(&self.cx, row) {
                self.act(Action::Open);
            }
            return;
        }
        let body = area::body(self.cx.size);
        let inside = row.checked_sub(body.y).filter(|row| *row < body.height);
        let again = |menu: &mut Menu| inside.filter(|row| menu.click(*row)).map(|_| Action::Open);
        let action = match self.screens.last_mut() {
            Some(Screen::Home(home)) => again(&mut home.menu),
            Some(Screen::HandIn(list)) => again(&mut list.menu),
            Some(Screen::Drills(list)) => again(&mut list.menu),
            Some(Screen::Settings(list)) => again(&mut list.menu),
            Some(Screen::Breaches(list)) => again(&mut list.menu),
            Some(Screen::Exercise(exercise)) => exercise.click(&self.cx, column, row),
            Some(Screen::Watch(watch)) => watch.click(&self.cx, row),
            Some(Screen::Investigate(screen)) => screen.click(&self.cx, column, row),
            Some(Screen::Page(_) | Screen::Replay(_) | Screen::Compare(_)) | None => None,
        };
        if let Some(action) = action {
            self.act(action);
        }
    }

    fn wheel(&mut self, notches: i16) {
        const LINES: u16 = 3;
        let action = if notches < 0 { Action::Up } else { Action::Down };
        let lists = matches!(
            self.screen(),
            Some(
                Screen::Home(_)
                    | Screen::Drills(_)
                    | Screen::Breaches(_)
                    | Screen::Settings(_)
                    | Screen::HandIn(_)
                    | Screen::Watch(_)
            )
        );
        let steps = if lists { notches.unsigned_abs() } else { notches.unsigned_abs().saturating_mul(LINES) };
        for _ in 0..steps.min(60) {
            self.act(action);
        }
    }

    fn resize(&mut self, size: Size) {
        self.cx.size = size;
        self.fit();
    }

    fn tick(&mut self) {
        match self.screens.last_mut() {
            Some(Screen::Home(home)) if !self.cx.rooms.is_empty() => home.refresh(&self.cx),
            Some(Screen::Exercise(exercise)) => exercise.tick(&mut self.cx),
            Some(Screen::Watch(watch)) => watch.refresh(&mut self.cx),
            Some(Screen::Replay(replay)) => replay.tick(&mut self.cx),
            Some(Screen::Compare(compare)) => compare.tick(&mut self.cx),
            Some(Screen::Page(page)) => page.tick(&mut self.cx),
            _ => {}
        }
    }

    fn stored(&mut self, key: RecordKey) {
        let durable = self.cx.stored(key);
        let mut goal = self.handed_in(&durable);
        // Not only on the screen shown: an answer may be stored late, when something is read over its exercise.
        for screen in &mut self.screens {
            match screen {
                Screen::Exercise(exercise) => goal = exercise.acknowledge(&self.cx, &durable).or(goal),
                Screen::Investigate(screen) => screen.acknowledge(&self.cx, &durable),
                Screen::Compare(compare) => compare.acknowledge(&mut self.cx),
                _ => {}
            }
        }
        // What is read stays; the exercise goes on when it is seen again.
        if let Some(goal) = goal {
            self.pursue(goal);
        }
    }

    /// Where an exam leads whose grades are among what is durable now.
    fn handed_in(&mut self, durable: &[Record]) -> Option<Goal> {
        let (key, _) = self.handing_in.as_ref()?;
        let stored = durable.iter().any(|record| record.key == *key);
        self.handing_in.take_if(|_| stored).map(|(_, goal)| goal)
    }

    fn arrived(&mut self) {
        match self.pending.take() {
            Some(goal) => self.pursue(goal),
            None => self.complete(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        app::{Look, PageKind, Start},
        content::{Frame, SourceFile, scenario},
        course::{Catalog, Course, Order, Progress, Timestamp},
    };

    const COURSE: &[u8] = include_bytes!("../../tests/packs/small/lessons/course.toml");
    const WORDS: &[u8] = include_bytes!("../../tests/packs/small/lessons/glossary.toml");
    const SCENARIO: &[u8] = include_bytes!("../../tests/packs/small/scenarios/db-auto.toml");

    fn step(state: State, input: Input) -> (State, Vec<Effect>) {
        update(state, Event { at: Timestamp(0), input })
    }

    fn opened() -> State {
        let file = SourceFile::new("scenarios/db-auto.toml", SCENARIO);
        let scenario = scenario(&file).expect("it is good");
        let lessons = [("lessons/course.toml", COURSE), ("lessons/glossary.toml", WORDS)];
        let frame = Frame::read(&lessons.map(|(path, bytes)| SourceFile::new(path, bytes)), []);
        let course = Course { catalog: Catalog::of([&scenario]), ..frame.course().clone() };
        let start = Start {
            size: Size { width: 80, height: 24 },
            look: Look { reduced_motion: true, ..Look::default() },
            now: Timestamp(0),
            course: Arc::new(course),
            learner: "ann".into(),
            progress: Progress::default(),
            rooms: Vec::new(),
            zones: crate::app::Zones::UTC,
            origin: 1,
            order: Order::Authored,
            seed: Some(1),
            goal: Goal::Practice("db-auto".into()),
        };
        let (state, _) = State::start(start);
        step(state, Input::Scenario(Arc::new(scenario))).0
    }
    fn press(mut state: State, keys: &[Key]) -> (State, Vec<Effect>) {
        let mut effects = Vec::new();
        for key in keys {
            (state, effects) = step(state, Input::Key(*key));
        }
        (state, effects)
    }

    fn in_glossary(state: &State) -> bool {
        matches!(state.screen(), Some(Screen::Page(page)) if matches!(page.kind, PageKind::Glossary(_)))
    }

    #[test]
    fn an_answer_stored_while_the_glossary_is_read_is_explained_behind_it() {
        let answer = [Key::plain(KeyCode::Enter), Key::char('c'), Key::char('1'), Key::plain(KeyCode::Enter)];
        let (state, effects) = press(opened(), &answer);
        let [Effect::Append(records)] = effects.as_slice() else { panic!("{effects:?}") };
        let stored = records.last().expect("the answer").key;
        let (state, _) = press(state, &[Key::ctrl('g')]);
        let (state, _) = step(state, Input::Stored(stored));
        assert!(in_glossary(&state), "what is read stays");
        let (state, _) = press(state, &[Key::char('q')]);
        assert!(state.scopes().contains(&crate::app::Scope::Explained));
    }

    #[test]
    fn one_glossary_is_open_at_most() {
        let snapshot = "snapshot".chars().map(Key::char);
        let enter = Key::plain(KeyCode::Enter);
        let search: Vec<Key> =
            [Key::char('w'), Key::ctrl('g'), Key::ctrl('k')].into_iter().chain(snapshot).chain([enter]).collect();
        let (state, _) = press(opened(), &search);
        assert!(in_glossary(&state));
        assert_eq!(state.screens.len(), 3, "the course map, the exercise, the glossary");
    }
}
