use super::*;
use crate::{
    app::{Effect, Event, Input, Key, KeyCode, Look, Size, Start, update},
    content::{Frame, SourceFile, lesson, scenario},
    course::{Catalog, Course, Order, Progress, Timestamp},
};

const COURSE: &[u8] = include_bytes!("../../../tests/packs/small/lessons/course.toml");
const SCENARIO: &str = include_str!("../../../tests/packs/small/scenarios/db-auto.toml");
const FILE: &str = "scenarios/db-auto.toml";

fn read(text: &str) -> Arc<Scenario> {
    Arc::new(scenario(&SourceFile::new(FILE, text.as_bytes())).expect("it is good"))
}

fn step(state: State, input: Input) -> (State, Vec<Effect>) {
    update(state, Event { at: Timestamp(0), input })
}

/// A session that has gone to `goal`; every answer is stored.
fn opened(goal: Goal) -> State {
    let shipped = read(SCENARIO);
    let frame = Frame::read(&[SourceFile::new("lessons/course.toml", COURSE)], []);
    let course = Course { catalog: Catalog::of([shipped.as_ref()]), ..frame.course().clone() };
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
        goal,
    };
    State::start(start).0
}

fn playing() -> State {
    step(opened(Goal::Practice("db-auto".into())), Input::Scenario(read(SCENARIO))).0
}

fn press(mut state: State, keys: &str) -> State {
    for key in keys.chars() {
        let key = if key == '\n' { Key::plain(KeyCode::Enter) } else { Key::char(key) };
        let (next, effects) = step(state, Input::Key(key));
        state = next;
        for effect in effects {
            if let Effect::Append(records) = effect {
                let last = records.last().expect("there are some").key;
                state = step(state, Input::Stored(last)).0;
            }
        }
    }
    state
}

fn saved(state: State, scenario: Arc<Scenario>) -> State {
    step(state, Input::Saved { file: FILE.into(), holds: Holds::Scenario(scenario) }).0
}

fn exercise(state: &State) -> &Exercise {
    match state.screen() {
        Some(Screen::Exercise(exercise)) => exercise,
        screen => panic!("{screen:?}"),
    }
}

fn shown(state: &State) -> String {
    exercise(state).pane.layout.rows.iter().map(|row| row.text() + "\n").collect()
}

fn notice(state: &State) -> &str {
    state.cx.notice.as_deref().unwrap_or_default()
}

#[test]
fn the_story_on_the_screen_is_the_one_that_was_saved() {
    let now = read(&SCENARIO.replacen("A shop keeps its rows", "A bank keeps its rows", 1));
    let state = saved(playing(), now);
    assert!(shown(&state).contains("A bank keeps its rows"), "{}", shown(&state));
    assert_eq!(notice(&state), "Reloaded: scenarios/db-auto.toml changed.");
    assert_eq!(notice(&saved(press(state.clone(), "s"), Arc::clone(&state.cx.scenarios["db-auto"]))), "");
}

#[test]
fn an_answer_to_another_question_is_asked_again_and_the_others_stay() {
    let mut now = read(SCENARIO).as_ref().clone();
    now.layers[0].task = "Do something else entirely".into();
    now.layers[1].why = "Another reason, told at once.".into();
    let state = press(playing(), "\nc1\n\nc1\n");
    let state = saved(state, Arc::new(now));
    assert_eq!(notice(&state), "Reloaded: scenarios/db-auto.toml changed. 1 answer is asked again.");
    assert!(shown(&state).contains("Another reason, told at once."), "{}", shown(&state));
    let state = press(state, "\n");
    assert_eq!(exercise(&state).attempt.cursor, 0);
    assert!(shown(&state).contains("Do something else entirely"), "{}", shown(&state));
}

#[test]
fn an_answer_on_its_way_to_the_store_comes_before_the_new_text() {
    let (mut state, effects) = step(press(playing(), "\nc1"), Input::Key(Key::plain(KeyCode::Enter)));
    let [Effect::Append(records)] = effects.as_slice() else { panic!("{effects:?}") };
    let mut now = read(SCENARIO).as_ref().clone();
    now.layers[0].task = "Do something else entirely".into();
    state = saved(state, Arc::new(now));
    assert!(exercise(&state).saving.is_some());
    let (state, _) = step(state, Input::Stored(records.last().expect("the answer").key));
    assert!(shown(&state).contains("Do something else entirely"), "{}", shown(&state));
    assert_eq!(exercise(&state).attempt.answered(), 0, "it answered the old question");
}

#[test]
fn a_scenario_whose_last_open_row_is_gone_is_looked_back_on() {
    let state = press(playing(), "\nc1\n\nc1\n\nc1\n\nc1\n\n");
    let mut now = read(SCENARIO).as_ref().clone();
    now.layers.truncate(4);
    let state = saved(state, Arc::new(now));
    assert!(
        matches!(state.screen(), Some(Screen::Page(page)) if matches!(page.kind, PageKind::Debrief(_))),
        "{:?}",
        state.screen()
    );
}

#[test]
fn a_broken_file_is_told_of_and_not_taken() {
    let before = playing();
    let broken = Holds::Broken("scenarios/db-auto.toml:12:5: unknown key `tittle`".into());
    let (state, _) = step(before.clone(), Input::Saved { file: FILE.into(), holds: broken });
    assert_eq!(notice(&state), "scenarios/db-auto.toml:12:5: unknown key `tittle`. The text before it stays.");
    assert_eq!(shown(&state), shown(&before));
}

#[test]
fn a_lesson_stays_at_its_section_and_asks_for_the_line_it_draws() {
    let text = |before: &str, line: &str| {
        let text = format!("# One\n\n{before}\n\n# Two\n\n{line}\n\n{}", "Words.\n\n".repeat(40));
        Arc::new(lesson("1.1", &SourceFile::new("lessons/1.1-line.md", text.into_bytes())).expect("it is good"))
    };
    let state = opened(Goal::Read { lesson: "1.1".into(), at: None });
    let (state, _) = step(state, Input::Lesson(text("Text.", "Text.")));
    let state = press(state, "]");
    let place = |state: &State| match state.screen() {
        Some(Screen::Page(page)) => slug(&page.document, page.block()).map(str::to_owned),
        screen => panic!("{screen:?}"),
    };
    assert_eq!(place(&state).as_deref(), Some("two"));
    let holds = Holds::Lesson(text("More.\n\nAnd more.", ":::line db-auto"));
    let (state, effects) = step(state, Input::Saved { file: "lessons/1.1-line.md".into(), holds });
    assert_eq!(place(&state).as_deref(), Some("two"));
    assert_eq!(effects, [Effect::OpenScenario("db-auto".into())]);
    let drawn = |state: &State| match state.screen() {
        Some(Screen::Page(page)) => page.pane.layout.rows.iter().any(|row| row.text().contains("Minor version")),
        _ => false,
    };
    assert!(!drawn(&state));
    assert!(drawn(&step(state, Input::Scenario(read(SCENARIO))).0));
}

#[test]
fn what_is_on_the_screen_is_known_and_nothing_elsewhere() {
    let state = playing();
    assert_eq!(state.on_screen(), [Text::Scenario("db-auto")]);
    assert_eq!(press(state.clone(), "?").on_screen(), []);
    assert_eq!(press(state, "q").on_screen(), []);
}
