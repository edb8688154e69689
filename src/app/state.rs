//! The whole state of a session: the context, the screens and what lies over them.

use std::{collections::HashMap, sync::Arc};

use crate::{
    course::{Course, Order, Progress, RecordKey, Timestamp, review::Schedule},
    document::plain,
};

use super::{
    BreachList, Compare, Context, DrillList, Effect, Exercise, Goal, HandIn, Home, Investigate, Look, Overlay, Page,
    Recorder, Replay, Room, Scope, SettingsList, Size, Watch, Zones,
    alarm::Alarm,
    attendance::{Attendance, Cover},
    polls::Polled,
    question,
};

/// Everything a session knows. A frame is a function of it.
#[derive(Clone, Debug)]
pub struct State {
    /// What every screen has at hand.
    pub cx: Context,
    /// The screens opened one from another, the one shown last. The first is always the course map.
    pub screens: Vec<Screen>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// An exam's grades on their way to the store, and where they lead when they are durable.
    pub(super) handing_in: Option<(RecordKey, Goal)>,
    /// Where the learner is going as soon as what it needs has been read.
    pub(super) pending: Option<Goal>,
    /// What was shown of the questions to the room.
    pub(super) polled: Polled,
    /// The attempt at an assignment that is worked on.
    pub(super) attendance: Option<Attendance>,
    /// What lies over it while nothing can be done.
    pub(super) cover: Option<Cover>,
    /// The learner has left.
    pub(super) gone: bool,
    pub(super) alarm: Alarm,
}

/// What is on the screen.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The course map.
    Home(Home),
    /// A text.
    Page(Box<Page>),
    /// An exercise.
    Exercise(Box<Exercise>),
    /// The exercise on the moving line.
    Compare(Box<Compare>),
    /// An exam's answers before they are handed in.
    HandIn(HandIn),
    /// The drills to choose from.
    Drills(DrillList),
    /// The breaches to look at.
    Breaches(BreachList),
    /// What follows from a row.
    Replay(Box<Replay>),
    /// From the news to the row.
    Investigate(Box<Investigate>),
    /// The settings.
    Settings(SettingsList),
    /// The room of a class.
    Watch(Box<Watch>),
}

impl Screen {
    /// The words on it that the glossary may explain.
    pub(super) fn text(&self, cx: &Context) -> String {
        match self {
            Self::Page(page) => plain(&page.document, &|_| String::new()),
            Self::Exercise(exercise) => question::words(exercise, cx),
            Self::Replay(replay) => replay.words(),
            Self::Investigate(screen) => screen.words(cx),
            Self::Compare(compare) => compare.words(),
            Self::Home(_)
            | Self::HandIn(_)
            | Self::Drills(_)
            | Self::Breaches(_)
            | Self::Settings(_)
            | Self::Watch(_) => String::new(),
        }
    }
}

/// What a session starts from.
#[derive(Clone, Debug)]
pub struct Start {
    /// Size of the screen.
    pub size: Size,
    /// What the terminal can show and the command line asks for.
    pub look: Look,
    /// The moment.
    pub now: Timestamp,
    /// What is taught.
    pub course: Arc<Course>,
    /// The name that the learner's records are kept under.
    pub learner: String,
    /// The learner's progress so far.
    pub progress: Progress,
    /// The classes of this session, with everything that was recorded of them so far as it may know it.
    pub rooms: Vec<Room>,
    /// Where time zones come from.
    pub zones: Zones,
    /// A number no other session has.
    pub origin: u64,
    /// Order of the controls.
    pub order: Order,
    /// Seed of the attempts, where one was asked for.
    pub seed: Option<u64>,
    /// Where to begin.
    pub goal: Goal,
}

impl State {
    /// The state a session begins in, and what it asks for at once.
    #[must_use]
    pub fn start(start: Start) -> (Self, Vec<Effect>) {
        let schedule = Schedule::of(&start.course.catalog, &start.progress.outcomes);
        let mut cx = Context {
            size: start.size,
            look: start.look,
            terminal: start.look,
            now: start.now,
            course: start.course,
            learner: start.learner,
            progress: start.progress,
            schedule,
            rooms: start.rooms,
            zones: start.zones,
            notice: None,
            speaks: false,
            scenarios: HashMap::new(),
            lessons: HashMap::new(),
            order: start.order,
            seed: start.seed,
            // The origin is random; turned, it serves as the first seed as well.
            recorder: Recorder::new(start.origin, start.origin.rotate_left(17)),
            effects: Vec::new(),
        };
        cx.apply_settings();
        let home = Screen::Home(Home::new(&cx));
        let mut state = Self {
            cx,
            screens: vec![home],
            overlay: None,
            handing_in: None,
            pending: None,
            polled: Polled::default(),
            attendance: None,
            cover: None,
            gone: false,
            alarm: Alarm::default(),
        };
        state.pursue(start.goal);
        state.cx.say_unread();
        state.look_after();
        state.attend_polls();
        state.finish()
    }

    /// Ends a step: hands over the effects it collected.
    pub(super) fn finish(mut self) -> (Self, Vec<Effect>) {
        self.set_alarm();
        let effects = std::mem::take(&mut self.cx.effects);
        (self, effects)
    }

    /// The screen shown.
    pub fn screen(&self) -> Option<&Screen> {
        self.screens.last()
    }

    /// The scopes a key is looked up in, the innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        let inner: &[Scope] = match (&self.overlay, self.screen()) {
            (Some(overlay), _) => overlay.scopes(),
            (None, _) if self.cover().is_some_and(|cover| cover.retry) => &[Scope::Unsaved, Scope::Page],
            (None, _) if self.cover().is_some() => &[Scope::Page],
            (None, Some(Screen::Home(_))) => &[Scope::Home, Scope::Page],
            (None, Some(Screen::Page(page))) => page.scopes(),
            (None, Some(Screen::Exercise(exercise))) => exercise.scopes(),
            (None, Some(Screen::Compare(compare))) => compare.scopes(),
            (None, Some(Screen::HandIn(_))) => &[Scope::HandIn, Scope::Page],
            (None, Some(Screen::Drills(_))) => &[Scope::Drills, Scope::Page],
            (None, Some(Screen::Breaches(_))) => &[Scope::Breaches, Scope::Page],
            (None, Some(Screen::Replay(_))) => Replay::scopes(),
            (None, Some(Screen::Investigate(screen))) => screen.scopes(),
            (None, Some(Screen::Settings(_))) => &[Scope::Settings, Scope::Page],
            (None, Some(Screen::Watch(_))) => &[Scope::Watch, Scope::Page],
            (None, None) => &[],
        };
        let typing = self.overlay.as_ref().is_some_and(Overlay::takes_text);
        let outer: &[Scope] = if typing { &[Scope::Always] } else { &[Scope::Everywhere, Scope::Always] };
        inner.iter().chain(outer).copied().collect()
    }

    /// Lays every screen out again for the size and look at hand.
    pub(super) fn fit(&mut self) {
        for screen in &mut self.screens {
            match screen {
                Screen::Page(page) => page.fit(&self.cx),
                Screen::Exercise(exercise) => exercise.fit(&self.cx),
                Screen::Compare(compare) => compare.fit(&self.cx),
                Screen::Home(home) => home.fit(&self.cx),
                Screen::HandIn(list) => list.fit(&self.cx),
                Screen::Drills(list) => list.fit(&self.cx),
                Screen::Breaches(list) => list.fit(&self.cx),
                Screen::Replay(replay) => replay.fit(&self.cx),
                Screen::Investigate(screen) => screen.fit(&self.cx),
                Screen::Settings(list) => list.fit(&self.cx),
                Screen::Watch(watch) => watch.fit(&self.cx),
            }
        }
        if let Some(overlay) = &mut self.overlay {
            overlay.fit(&self.cx);
        }
    }
}
