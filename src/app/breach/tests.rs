use std::sync::Arc;

use crate::{
    app::{Effect, Event, Goal, Input, Key, KeyCode, Look, Screen, Size, Start, State, update},
    content::{Frame, SourceFile, scenario},
    course::{Catalog, Course, Entry, Lead, Mode, Order, Progress, Record, RecordKey, Timestamp},
};

const COURSE: &[u8] = include_bytes!("../../../tests/packs/small/lessons/course.toml");
const BLOG: &[u8] = include_bytes!("../../../tests/packs/small/scenarios/blog-vm.toml");

fn step(state: State, at: i64, input: Input) -> (State, Vec<Effect>) {
    update(state, Event { at: Timestamp(at), input })
}

fn key(origin: u64, seq: u32) -> RecordKey {
    RecordKey { origin, seq }
}

/// A session of a learner with these records, on its way to `goal`, with the blog read.
fn session(records: &[Record], goal: Goal, reduced_motion: bool) -> State {
    let blog = scenario(&SourceFile::new("scenarios/blog-vm.toml", BLOG)).unwrap();
    let frame = Frame::read(&[SourceFile::new("lessons/course.toml", COURSE)], []);
    let course = Course { catalog: Catalog::of([&blog]), ..frame.course().clone() };
    let start = Start {
        size: Size { width: 80, height: 24 },
        look: Look { reduced_motion, ..Look::default() },
        now: Timestamp(0),
        course: Arc::new(course),
        learner: "ann".into(),
        progress: Progress::fold(records),
        rooms: Vec::new(),
        zones: crate::app::Zones::UTC,
        origin: 7,
        order: Order::Authored,
        seed: Some(1),
        goal,
    };
    let (state, effects) = State::start(start);
    if effects.contains(&Effect::OpenScenario("blog-vm".into())) {
        return step(state, 0, Input::Scenario(Arc::new(blog))).0;
    }
    state
}

fn record(seq: u32, entry: Entry) -> Record {
    Record { key: key(1, seq), at: Timestamp(seq.into()), entry }
}

fn blog() -> String {
    "blog-vm".to_owned()
}

fn press(mut state: State, keys: &str) -> (State, Vec<Effect>) {
    let mut effects = Vec::new();
    for char in keys.chars() {
        let key = if char == '\n' { Key::plain(KeyCode::Enter) } else { Key::char(char) };
        (state, effects) = step(state, 1, Input::Key(key));
    }
    (state, effects)
}

/// The last record that a step asked to store.
fn appended(effects: &[Effect]) -> Record {
    let records = effects.iter().find_map(|effect| match effect {
        Effect::Append(records) => records.last().cloned(),
        _ => None,
    });
    records.unwrap()
}

fn lead(state: &State) -> Lead {
    match state.screen() {
        Some(Screen::Investigate(screen)) => screen.run.lead(),
        other => panic!("this is no investigation: {other:?}"),
    }
}

#[test]
fn a_row_is_revealed_and_an_incident_explained_when_they_are_stored_and_not_before() {
    let (state, effects) = press(session(&[], Goal::Investigate(blog()), true), "\n");
    assert_eq!(lead(&state), Lead::Row, "it waits for the store");
    let named = appended(&effects);
    assert!(matches!(&named.entry, Entry::Traced { row, .. } if row == "access"));
    let (state, _) = step(state, 2, Input::NotStored("the disk is full".into()));
    let (state, _) = press(state, "c");
    assert_eq!(lead(&state), Lead::Row);
    let (state, effects) = press(state, "r");
    assert_eq!(appended(&effects), named, "it is tried again");
    let (state, _) = step(state, 3, Input::Stored(named.key));
    assert_eq!(lead(&state), Lead::Control);
    let (state, effects) = press(state, "1\nc\n");
    assert_eq!(lead(&state), Lead::Side);
    let resolved = appended(&effects);
    assert!(matches!(&resolved.entry, Entry::Resolved { control: 0, .. }));
    assert_eq!(state.cx.progress.investigations.resolved().count(), 0, "it counts when it is stored");
    let (state, _) = step(state, 4, Input::Stored(resolved.key));
    assert_eq!((lead(&state), state.cx.progress.investigations.resolved().count()), (Lead::Explained, 1));
}

#[test]
fn a_side_is_confirmed_before_it_counts() {
    let (state, effects) = press(session(&[], Goal::Investigate(blog()), true), "\n");
    let (state, _) = step(state, 2, Input::Stored(appended(&effects).key));
    let (state, effects) = press(state, "1\n\n");
    assert_eq!((lead(&state), effects), (Lead::Side, vec![]), "nothing was chosen yet");
    let (_, effects) = press(state, "cp\n");
    assert!(matches!(appended(&effects).entry, Entry::Resolved { owner: crate::course::Owner::Provider, .. }));
}

#[test]
fn breaches_of_an_exam_under_way_stay_closed() {
    let sat = |lesson: &str| Entry::SatDown {
        lesson: lesson.into(),
        seed: 1,
        scenarios: vec![blog()],
        assignment: None,
        test_out: false,
    };
    let goals = || [Goal::Investigate(blog()), Goal::Breach { scenario: blog(), row: None }];
    for goal in goals() {
        let open = session(&[record(1, sat("1.1"))], goal.clone(), true);
        assert!(matches!(open.screens.as_slice(), [Screen::Home(_)]), "{goal:?}");
        assert!(
            open.cx.notice.as_ref().unwrap().contains("the checkpoint of 1.1 you have begun"),
            "{:?}",
            open.cx.notice
        );
        let handed_in = Entry::HandedIn { sitting: key(1, 1), marks: vec![], points: 0, out_of: 2, passed: false };
        let closed = session(&[record(1, sat("1.1")), record(2, handed_in)], goal, true);
        assert_eq!(closed.screens.len(), 2);
    }
    let began = Entry::Began {
        scenario: blog(),
        lesson: "1.1".into(),
        model: crate::course::Model::Iaas,
        mode: Mode::Exam,
        seed: 1,
        order: Order::Authored,
        rows: vec!["os".into()],
    };
    let exam = session(&[record(1, began)], Goal::Investigate(blog()), true);
    assert!(exam.cx.notice.unwrap().starts_with("Locked: it is the exam"));
}

#[test]
fn a_way_grows_where_motion_is_wanted_and_stands_at_once_where_it_is_not() {
    let goal = || Goal::Replay { scenario: blog(), rows: vec!["os".into()] };
    let drawn = |state: &State, at: i64| match state.screen() {
        Some(Screen::Replay(replay)) => {
            let rows = replay.picture(Timestamp(at), Size { width: 76, height: 8 }, crate::document::Glyphs::Unicode);
            rows.iter().map(crate::document::Row::text).collect::<Vec<_>>().join("\n")
        }
        other => panic!("this is no replay: {other:?}"),
    };
    let (still, effects) = press(session(&[], goal(), true), "\n");
    assert!(effects.is_empty() && drawn(&still, 1).contains("╭2"));
    let (moving, effects) = press(session(&[], goal(), false), "\n");
    assert!(matches!(effects.as_slice(), [Effect::Wake(_)]));
    let begun = drawn(&moving, 121);
    assert!(begun.contains('╯') && !begun.contains("╭2"), "{begun}");
    let (ended, effects) = step(moving, 500, Input::Tick);
    assert!(effects.is_empty() && drawn(&ended, 500).contains("╭2"), "nothing wakes it any more");
}

#[test]
fn a_breach_saved_while_it_is_shown_is_shown_anew_and_one_that_is_gone_is_left() {
    let state = session(&[], Goal::Replay { scenario: blog(), rows: vec!["os".into()] }, true);
    let saved = |change: &dyn Fn(&mut crate::course::Scenario)| {
        let mut blog = scenario(&SourceFile::new("scenarios/blog-vm.toml", BLOG)).unwrap();
        change(&mut blog);
        let holds = crate::app::Holds::Scenario(Arc::new(blog));
        Input::Saved { file: "scenarios/blog-vm.toml".into(), holds }
    };
    let (state, _) =
        step(state, 1, saved(&|blog| blog.layers[2].breach.as_mut().unwrap().headline = "Other news".into()));
    match state.screen() {
        Some(Screen::Replay(replay)) => assert_eq!(replay.incident().unwrap().1.headline, "Other news"),
        other => panic!("{other:?}"),
    }
    let (state, _) = step(state, 2, saved(&|blog| blog.layers[2].breach = None));
    assert!(matches!(state.screen(), Some(Screen::Home(_))));
}
