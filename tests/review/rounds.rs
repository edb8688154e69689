//! Rounds: what is drawn, where they go on, what they leave out, and what they count for.

use respline::{
    app::{Effect, Event, Goal, HomeRow, Input, Item, Screen, update},
    course::{Drill, Entry, Mode, Purpose, RecordKey, Timestamp, review::Family},
    store::{Memory, Store},
};

use super::support::{
    packs,
    program::{LEARNER, Opening, Program, learnt},
    tour::answer_all,
};

/// Somebody who worked through these scenarios of the small pack forty days ago.
fn store(scenarios: &[&str]) -> Memory {
    let mut store = Memory::default();
    let opening = packs::opening(packs::small());
    for (number, scenario) in (0_u64..).zip(scenarios) {
        let mut records = learnt(&opening, scenario, Timestamp(0));
        for record in &mut records {
            renamed(&mut record.key, number);
            match &mut record.entry {
                Entry::Answered { attempt, .. } | Entry::Drafted { attempt, .. } => renamed(attempt, number),
                _ => {}
            }
        }
        store.append(LEARNER, &records).expect("memory takes it");
    }
    store
}

/// Each scenario was a session of its own.
fn renamed(key: &mut RecordKey, number: u64) {
    key.origin -= number;
}

fn open(store: &Memory, goal: Goal, origin: u64) -> Program {
    Program::start(&Opening { goal: Some(goal), ..packs::opening(packs::small()) }, store, origin)
}

fn rows(program: &Program) -> Vec<(String, String)> {
    let round = program.state().cx.progress.rounds.last().expect("a round");
    round.rows.iter().map(|row| (row.scenario.clone(), row.layer.clone())).collect()
}

fn home(program: &Program) -> Vec<HomeRow> {
    let Some(Screen::Home(home)) = program.state().screen() else { panic!("not the course map") };
    home.rows.clone()
}

fn due_on_home(store: &Memory, origin: u64) -> Option<String> {
    let program = open(store, Goal::Home, origin);
    home(&program).into_iter().find(|row| row.item == Item::Go(Goal::Review)).map(|row| row.standing)
}

#[test]
fn the_course_map_names_a_review_only_while_rows_are_due() {
    assert_eq!(due_on_home(&Memory::default(), 1), None);
    let store = store(&["db-auto"]);
    assert_eq!(due_on_home(&store, 1).as_deref(), Some("4 due"));
    let mut program = open(&store, Goal::Review, 2);
    answer_all(&mut program);
    assert_eq!(due_on_home(&store, 3), None, "all were answered today");
}

#[test]
fn a_twin_is_asked_in_place_of_the_row_that_was() {
    let program = open(&store(&["db-auto"]), Goal::Review, 1);
    let asked = rows(&program);
    assert_eq!(asked.len(), 4, "the fifth is contested");
    assert!(asked.iter().all(|(scenario, _)| scenario == "db-hand"), "{asked:?}");
    let alone = rows(&open(&store(&["blog-vm"]), Goal::Review, 1));
    assert!(alone.iter().all(|(scenario, _)| scenario == "blog-vm"), "{alone:?}");
}

#[test]
fn an_item_of_two_twins_is_asked_once() {
    let program = open(&store(&["db-auto", "db-hand"]), Goal::Review, 1);
    assert_eq!(rows(&program).len(), 4);
    let items = program.state().cx.schedule.items();
    assert!(items.iter().all(|item| item.family == Family::Ladder("db".into()) && item.answers == 2));
}

#[test]
fn rows_of_one_story_are_kept_apart_and_confusable_ones_together() {
    let asked = rows(&open(&store(&["db-auto", "blog-vm"]), Goal::Review, 1));
    assert_eq!(asked.len(), 9);
    let place = |scenario: &str, layer: &str| {
        asked.iter().position(|row| *row == (scenario.to_owned(), layer.to_owned())).expect("it is asked")
    };
    // Data access and hardware stand in both, under another model.
    for layer in ["access", "disk"] {
        assert_eq!(place("blog-vm", layer).abs_diff(place("db-hand", layer)), 1, "{layer} in {asked:?}");
    }
}

#[test]
fn a_round_goes_on_where_it_was_left_and_ends_with_what_comes_back() {
    let store = store(&["db-auto"]);
    let mut program = open(&store, Goal::Review, 1);
    program.press("enter c 2 enter n p");
    program.close();
    let program = open(&store, Goal::Home, 2);
    let first = &home(&program)[0];
    assert_eq!((first.title.as_str(), first.standing.as_str()), ("Review", "row 2 of 4"));
    let mut program = open(&store, Goal::Review, 3);
    assert_eq!(program.state().cx.progress.rounds.len(), 1, "it is the same round");
    let Some(Screen::Exercise(exercise)) = program.state().screen() else { panic!("no question") };
    assert!(exercise.attempt.draft.owner.is_some(), "the answer under way is there");
    answer_all(&mut program);
    let text = program.screen().join("\n");
    assert!(text.contains("of 4 rows right") && text.contains("Coming back tomorrow"), "{text}");
    program.press("n");
    assert!(matches!(program.state().screen(), Some(Screen::Home(_))));
}

#[test]
fn a_round_counts_for_what_is_known_and_not_for_a_scenarios_best() {
    let store = store(&["blog-vm"]);
    let before = open(&store, Goal::Home, 1).state().cx.progress.clone();
    let mut program = open(&store, Goal::Review, 2);
    answer_all(&mut program);
    let after = &program.state().cx.progress;
    assert_eq!(after.best("blog-vm"), before.best("blog-vm"));
    assert_eq!(after.outcomes.len(), before.outcomes.len() + 5);
    assert!(after.open_attempt(None).is_none());
    assert!(after.attempts.iter().skip(1).all(|log| matches!(log.mode, Mode::Review(_)) && log.rows.len() == 1));
}

#[test]
fn an_exam_under_way_keeps_its_rows_out_of_rounds() {
    let mut store = store(&["db-auto", "blog-vm"]);
    let mut sit = |key: RecordKey, entry| {
        let record = respline::course::Record { key, at: Timestamp(0), entry };
        store.append(LEARNER, &[record]).expect("memory takes it");
    };
    let scenarios = vec!["blog-vm".to_owned(), "db-hand".to_owned()];
    let key = RecordKey { origin: 70, seq: 0 };
    sit(key, Entry::SatDown { lesson: "1.1".into(), seed: 1, scenarios, assignment: None, test_out: false });
    let asked = rows(&open(&store, Goal::Review, 1));
    assert!(!asked.is_empty() && asked.iter().all(|(scenario, _)| scenario == "db-auto"), "{asked:?}");
    let drilled = rows(&open(&store, Goal::Drill(Drill::Mixed), 2));
    assert!(!drilled.is_empty() && drilled.iter().all(|(scenario, _)| scenario == "db-auto"), "{drilled:?}");
}

#[test]
fn a_drill_asks_what_it_is_about_and_leaves_the_side_open() {
    let program = open(&Memory::default(), Goal::Drill(Drill::Threat("unpatched-workload".into())), 1);
    let opening = packs::opening(packs::small());
    let about = rows(&program).into_iter().map(|(scenario, layer)| {
        let scenario = opening.shelf.scenario(&scenario).expect("it is there");
        let (_, layer) = scenario.layer(&layer).expect("it is there");
        (layer.threat.as_deref() == Some("unpatched-workload"), layer.owner)
    });
    let (ties, foils): (Vec<_>, Vec<_>) = about.partition(|(ties, _)| *ties);
    assert_eq!((ties.len(), foils.len()), (3, 3));
    assert!(foils.iter().all(|(_, owner)| *owner != ties[0].1), "three of the other side");
    let locked = open(&Memory::default(), Goal::Drill(Drill::Model(respline::course::Model::Saas)), 2);
    assert!(locked.state().cx.progress.rounds.is_empty(), "its lesson is not open");
}

#[test]
fn another_drill_gives_up_the_one_that_was_left() {
    let store = Memory::default();
    open(&store, Goal::Drill(Drill::Mixed), 1).close();
    let program = open(&store, Goal::Drill(Drill::Model(respline::course::Model::Paas)), 2);
    let rounds = &program.state().cx.progress.rounds;
    assert_eq!(rounds.iter().map(|round| round.dropped).collect::<Vec<_>>(), [true, false]);
    assert!(matches!(rounds[1].purpose, Purpose::Drill(Drill::Model(_))));
}

#[test]
fn a_row_that_has_left_the_course_does_not_keep_a_round_open() {
    let store = store(&["db-auto"]);
    let mut program = open(&store, Goal::Review, 1);
    program.press("enter c 2 enter n c 2 enter n");
    program.close();
    let program = open(&store, Goal::Home, 2);
    let mut course = (*program.state().cx.course).clone();
    course.catalog = respline::course::Catalog::default();
    let opening = Opening { course: course.into(), goal: Some(Goal::Home), ..packs::opening(packs::small()) };
    let mut program = Program::start(&opening, &store, 3);
    program.press("enter");
    assert!(program.state().cx.progress.open_round().is_none(), "{:?}", program.screen());
}

#[test]
fn what_another_terminal_answered_is_not_asked_again() {
    let mut store = store(&["db-auto"]);
    let mut one = open(&store, Goal::Review, 1);
    one.press("enter");
    let state = one.state().clone();
    let before = store.records(LEARNER).expect("memory can be read").len();
    let mut other = open(&store, Goal::Review, 2);
    other.press("enter c 2 enter n");
    other.close();
    let records = store.records(LEARNER).expect("memory can be read").split_off(before);
    let event = Event { at: Timestamp(9_000_000), input: Input::Elsewhere(records) };
    let (state, effects) = update(state, event);
    let row = |state: &respline::app::State| match state.screen() {
        Some(Screen::Exercise(exercise)) => exercise.place_in_round(&state.cx).map(|(row, _)| row),
        _ => None,
    };
    assert_eq!(row(&state), Some(2), "{effects:?}");
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Quit)));
}
