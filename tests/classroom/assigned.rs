//! Assigned work as the learner meets it: from the course map to the result, by an injected clock.

use std::time::Duration;

use respline::{
    app::{Goal, Input, Screen},
    classroom::{Act, Assignment, Away, Feedback},
    course::{Entry, Record, Timestamp},
    store::{Memory, Store},
};

use super::support::{
    packs,
    program::{LEARNER, Opening, Program},
    rooms::{BEGIN, act, class, exam, minute, practice, room, told},
};

const SCENARIO: &str = "mail";

fn opening(assignments: Vec<Assignment>) -> Opening {
    Opening { goal: Some(Goal::Home), rooms: vec![room(assignments)], ..packs::opening(packs::small()) }
}

/// The program on the course map of a learner who is set this.
fn set(assignment: Assignment) -> (Program, Memory) {
    let store = Memory::default();
    (Program::start_at(&opening(vec![assignment]), &store, 1, BEGIN), store)
}

/// The same at the first question.
fn at_work(assignment: Assignment) -> (Program, Memory) {
    let (mut program, store) = set(assignment);
    program.press("enter enter enter");
    assert!(matches!(program.state().screen(), Some(Screen::Exercise(_))), "{:#?}", program.screen());
    (program, store)
}

/// A little more than so many minutes: what began with the program has begun that long ago.
const fn soon(minutes: i64) -> Timestamp {
    Timestamp(minute(minutes).0 + 20)
}

fn shows(program: &Program, words: &str) -> bool {
    let screen = program.screen().join(" ");
    screen.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
}

#[track_caller]
fn assert_shows(program: &Program, words: &str) {
    assert!(shows(program, words), "'{words}' is not on the screen\n{}", program.screen().join("\n"));
}

fn records(store: &Memory) -> Vec<Record> {
    store.clone().records(LEARNER).expect("memory can be read")
}

fn kinds(store: &Memory) -> Vec<&'static str> {
    let kind = |record: Record| match record.entry {
        Entry::SatDown { .. } => "sat-down",
        Entry::Left { .. } => "left",
        Entry::Returned { .. } => "returned",
        Entry::Answered { .. } => "answered",
        Entry::HandedIn { .. } => "handed-in",
        _ => "",
    };
    records(store).into_iter().map(kind).filter(|kind| !kind.is_empty()).collect()
}

fn hand_in(store: &Memory) -> (usize, u32, u32) {
    let all = records(store).into_iter().find_map(|record| match record.entry {
        Entry::HandedIn { marks, points, out_of, .. } => Some((marks.len(), points, out_of)),
        _ => None,
    });
    all.expect("it is handed in")
}

#[test]
fn the_course_map_says_what_is_set_and_what_comes_next() {
    let later = Assignment { id: "next".into(), title: "Lab 3".into(), opens: Some(minute(90)), ..exam(SCENARIO) };
    let store = Memory::default();
    let mut program = Program::start_at(&opening(vec![exam("db-hand"), later]), &store, 1, BEGIN);
    let screen = program.screen();
    assert!(screen[2].contains("Assigned: Lab 2") && screen[2].contains("due in 5 h"), "{screen:#?}");
    assert!(screen[3].contains("Assigned: Lab 3") && screen[3].contains("opens in 90 min"), "{screen:#?}");
    assert!(screen[5].contains("Continue:"), "{screen:#?}");
    program.press("down enter");
    assert_shows(&program, "It opens Thu 1 Jan 1970 01:46 UTC.");
    program.press("enter");
    assert_shows(&program, "Lab 3: opens in 90 min.");
    program.press("q").wake(minute(91));
    assert_shows(&program, "due in 3 h");
}

#[test]
fn a_page_says_the_rules_before_the_first_question() {
    let (mut program, _) = set(exam(SCENARIO));
    program.press("enter");
    for words in [
        "You can begin.",
        "1 scenario, 5 rows",
        "40 minutes, from when you begin",
        "one.",
        "when you hand in",
        "time runs on",
    ] {
        assert_shows(&program, words);
    }
    assert_shows(&program, "Thu 1 Jan 1970 05:16 UTC");
}

#[test]
fn an_exam_is_worked_handed_in_and_explained() {
    let (mut program, store) = at_work(exam(SCENARIO));
    assert_shows(&program, "exam · layer 1 of 5 · 40 min left");
    for _ in 0..5 {
        program.press("c 1 enter");
    }
    assert_shows(&program, "Before you hand in");
    program.press("x");
    assert_shows(&program, "points.");
    let (marks, points, out_of) = hand_in(&store);
    assert_eq!((marks, out_of), (5, 10));
    program.press("enter");
    let screen = program.screen();
    assert!(screen[2].contains(&format!("handed in, {} %", points * 10)), "{screen:#?}");
    program.press("enter");
    assert_shows(&program, "Attempt 1: ");
    program.press("enter");
    assert_shows(&program, "Lab 2: handed in");
    assert_eq!(kinds(&store).iter().filter(|kind| **kind == "sat-down").count(), 1, "one attempt and no more");
}

#[test]
fn time_is_told_and_what_was_chosen_whole_is_taken_when_it_is_up() {
    let (mut program, store) = at_work(exam(SCENARIO));
    program.press("c 1 enter p 2");
    program.wake(soon(30));
    assert_shows(&program, "10 min left for Lab 2.");
    program.wake(soon(31));
    program.press("up down");
    assert!(!shows(&program, "for Lab 2."), "a key takes it away");
    program.wake(soon(35));
    assert_shows(&program, "5 min left for Lab 2.");
    program.wake(soon(39));
    assert_shows(&program, "1:00 left");
    program.wake(Timestamp(minute(40).0 + 3_000));
    assert_shows(&program, "by the clock: your time was up, 2 of 5 rows answered");
    let answered: Vec<Timestamp> = records(&store)
        .into_iter()
        .filter(|one| matches!(one.entry, Entry::Answered { .. }))
        .map(|one| one.at)
        .collect();
    let began =
        records(&store).into_iter().find(|one| matches!(one.entry, Entry::SatDown { .. })).expect("it began").at;
    assert_eq!(answered[1].0 - began.0, 40 * 60_000, "recorded in time");
    assert_eq!(hand_in(&store).2, 10, "rows without an answer count among the points there were");
}

#[test]
fn a_key_that_comes_after_the_end_changes_nothing() {
    let (mut program, store) = at_work(exam(SCENARIO));
    program.press("c 1 enter c");
    program.set_clock(minute(41));
    program.press("2");
    assert_shows(&program, "1 of 5 rows answered");
    program.press("enter");
    assert_eq!(kinds(&store).iter().filter(|kind| **kind == "answered").count(), 1);
}

#[test]
fn an_owner_alone_stays_a_draft() {
    let (mut program, store) = at_work(exam(SCENARIO));
    program.press("c");
    program.wake(minute(41));
    assert_eq!(kinds(&store), ["sat-down", "handed-in"]);
}

#[test]
fn a_pause_covers_the_work_and_eats_no_time() {
    let (mut program, store) = at_work(exam(SCENARIO));
    program.set_clock(soon(10));
    program.take(told(0, soon(10), Act::Paused { assignment: "lab".into() }));
    assert_shows(&program, "Paused");
    assert_shows(&program, "Time stands still: 30 min will be left");
    assert!(!shows(&program, "Customer"), "the question is covered");
    program.press("c 1 enter");
    assert_eq!(kinds(&store), ["sat-down"], "keys are refused");
    program.wake(soon(55));
    assert_shows(&program, "30 min left");
    program.take(told(1, soon(55), Act::Resumed { assignment: "lab".into() }));
    assert_shows(&program, "Lab 2 goes on. 30 min left.");
    program.press("c 1 enter");
    assert_eq!(kinds(&store), ["sat-down", "answered"]);
}

#[test]
fn an_extension_a_close_and_an_edit_take_effect_at_once() {
    let (mut program, _) = at_work(exam(SCENARIO));
    program.set_clock(soon(10));
    program.take(told(0, soon(10), Act::Extended { assignment: "lab".into(), learner: None, by_ms: 900_000 }));
    assert_shows(&program, "More time for Lab 2: 45 min left.");
    let shorter = Assignment { time_limit: Some(Duration::from_mins(20)), ..exam(SCENARIO) };
    program.take(Input::Class(class(vec![shorter]).into()));
    assert_shows(&program, "Less time for Lab 2: 25 min left.");
    program.take(told(1, soon(10), Act::Closed { assignment: "lab".into() }));
    assert_shows(&program, "0 of 5 rows answered");
}

#[test]
fn work_that_is_no_longer_set_is_left() {
    let (mut program, _) = at_work(exam(SCENARIO));
    program.take(Input::Class(class(vec![]).into()));
    assert_shows(&program, "no longer set");
    assert!(matches!(program.state().screen(), Some(Screen::Home(_))));
}

#[test]
fn leaving_and_coming_back_are_recorded() {
    let (mut program, store) = at_work(exam(SCENARIO));
    program.press("c 1 enter q");
    assert_shows(&program, "working, 40 min left");
    program.press("enter");
    assert_shows(&program, "layer 2 of 5");
    program.close();
    assert_eq!(kinds(&store), ["sat-down", "answered", "left", "returned", "left"]);
    let mut again = Program::start_at(&opening(vec![exam(SCENARIO)]), &store, 2, soon(5));
    again.press("enter");
    assert_shows(&again, "layer 2 of 5 · 35 min left");
    assert_eq!(kinds(&store).last(), Some(&"returned"));
}

#[test]
fn time_stops_for_who_is_away_where_the_rule_says_so_and_for_who_was_killed() {
    let stops = || Assignment { away: Away::Stops, ..exam(SCENARIO) };
    let (mut program, store) = at_work(stops());
    program.set_clock(soon(10));
    program.press("c 1 enter");
    drop(program);
    let mut again = Program::start_at(&opening(vec![stops()]), &store, 2, minute(100));
    assert_shows(&again, "working, 30 min left");
    again.press("enter");
    assert_shows(&again, "layer 2 of 5 · 30 min left");
    again.wake(soon(120));
    assert_shows(&again, "10 min left");
}

#[test]
fn what_ended_while_nobody_was_there_is_handed_in_by_the_clock() {
    let (mut program, store) = at_work(exam(SCENARIO));
    program.press("c 1 enter");
    drop(program);
    let mut again = Program::start_at(&opening(vec![exam(SCENARIO)]), &store, 2, minute(100));
    assert_shows(&again, "handed in");
    again.press("enter");
    assert_shows(&again, "1 of 5 rows answered");
}

#[test]
fn work_handed_in_elsewhere_is_over_here() {
    let (mut program, store) = at_work(exam(SCENARIO));
    let mut other = Program::start_at(&opening(vec![exam(SCENARIO)]), &store, 2, minute(1));
    other.press("enter enter c 1 enter c 1 enter c 1 enter c 1 enter c 1 enter x");
    program.set_clock(minute(3));
    let seen = records(&store).into_iter().filter(|record| record.key.origin == 2).collect();
    program.take(Input::Elsewhere(seen));
    assert_shows(&program, "It was handed in from your other session.");
    program.press("enter");
    assert!(matches!(program.state().screen(), Some(Screen::Home(_))));
}

#[test]
fn a_clock_that_goes_back_gives_no_answer_an_earlier_time_and_breaks_nothing() {
    let (mut program, store) = at_work(exam(SCENARIO));
    program.set_clock(soon(10));
    program.press("c 1 enter");
    program.wake(minute(-50));
    assert_shows(&program, "30 min left");
    program.press("c 1 enter");
    let times: Vec<Timestamp> = records(&store).into_iter().map(|record| record.at).collect();
    assert!(times.is_sorted() && times.last() > Some(&minute(10)), "{times:?}");
}

#[test]
fn practice_explains_at_once_and_is_handed_in_with_its_last_row() {
    let (mut program, store) = at_work(practice(SCENARIO));
    program.press("c 1 enter");
    assert!(program.state().scopes().contains(&respline::app::Scope::Explained));
    program.press("enter");
    for _ in 0..4 {
        program.press("c 1 enter enter");
    }
    assert_shows(&program, "points.");
    assert_eq!((hand_in(&store).0, hand_in(&store).2), (0, 10), "the answers carry their marks");
    program.press("enter enter");
    assert_shows(&program, "Press Enter to begin");
    program.press("enter enter");
    assert_shows(&program, "assignment · layer 1 of 5");
}

#[test]
fn answers_that_are_explained_later_are_worth_nothing_until_then() {
    let later = || Assignment { feedback: Feedback::AfterDue, ..exam(SCENARIO) };
    let (mut program, store) = at_work(later());
    for _ in 0..5 {
        program.press("c 1 enter");
    }
    program.press("x");
    assert_shows(&program, "when nobody may hand it in any more");
    assert_eq!(hand_in(&store), (0, 0, 0));
    program.press("enter");
    assert!(program.screen()[2].trim_end().ends_with("handed in"), "{:#?}", program.screen());
    program.wake(minute(601));
    program.press("enter d");
    assert_shows(&program, "of 10 points.");
    let bo = Act::Extended { assignment: "lab".into(), learner: Some("bo".into()), by_ms: 600_000 };
    program.take(told(0, minute(601), bo));
    assert_shows(&program, "Points and explanations can be seen here when nobody");
}

#[test]
fn messages_are_told_kept_and_told_again_until_they_are_read() {
    let early = act(0, minute(-5), Act::Messaged { text: "Bring\na laptop".into(), learner: None });
    let mut with = opening(vec![exam(SCENARIO)]);
    with.rooms[0].ledger.act(early);
    let store = Memory::default();
    let mut program = Program::start_at(&with, &store, 1, BEGIN);
    assert_shows(&program, "Message: \"Bring a laptop\"");
    program.take(told(1, minute(1), Act::Messaged { text: "Not for you".into(), learner: Some("bo".into()) }));
    assert!(!shows(&program, "Not for you"));
    program.take(told(2, minute(2), Act::Messaged { text: "Ten minutes more".into(), learner: None }));
    assert_shows(&program, "Message: \"Ten minutes more\"");
    assert_shows(&program, "2 new");
    program.set_clock(minute(3));
    program.press("/ \"zzz\" esc");
    let goal = Some(Goal::Messages);
    let mut reader = Program::start_at(&Opening { goal, ..with.clone() }, &store, 2, minute(3));
    assert_shows(&reader, "Bring");
    reader.press("q");
    drop(reader);
    let again = Program::start_at(&with, &store, 3, minute(4));
    assert!(!shows(&again, "Message:"), "read is read");
}

#[test]
fn a_checkpoint_of_one_s_own_draws_nothing_that_an_exam_keeps_closed() {
    let store = Memory::default();
    let sit = Opening { goal: Some(Goal::Sit("1.1".into())), ..opening(vec![exam("db-hand")]) };
    let program = Program::start_at(&sit, &store, 1, BEGIN);
    let drawn = &program.state().cx.progress.sittings[0].scenarios;
    assert!(!drawn.contains(&"db-hand".to_owned()), "{drawn:?}");
}

#[test]
fn a_machine_that_slept_past_the_end_was_away_where_time_stops_meanwhile() {
    let stops = Assignment { away: Away::Stops, ..exam(SCENARIO) };
    let (mut program, store) = at_work(stops);
    program.wake(soon(10));
    program.press("c");
    program.wake(soon(300));
    assert_shows(&program, "30 min left");
    assert_eq!(kinds(&store), ["sat-down", "returned"]);
    program.press("1 enter");
    program.wake(soon(310));
    assert_shows(&program, "20 min left");
}

#[test]
fn who_leaves_in_one_session_is_still_at_work_in_the_other() {
    let (mut program, store) = at_work(exam(SCENARIO));
    let mut other = Program::start_at(&opening(vec![exam(SCENARIO)]), &store, 2, soon(1));
    other.press("enter q");
    program.set_clock(soon(2));
    let seen = records(&store).into_iter().filter(|record| record.key.origin == 2).collect();
    program.take(Input::Elsewhere(seen));
    assert_eq!(kinds(&store), ["sat-down", "returned", "left", "returned"]);
}

#[test]
fn it_is_woken_when_a_time_on_the_screen_changes_and_for_nothing_else() {
    let wake = |program: Program| program.into_session().deadline().map(|at| at.0 - BEGIN.0);
    let alone = Opening { goal: Some(Goal::Home), ..packs::opening(packs::small()) };
    assert_eq!(wake(Program::start_at(&alone, &Memory::default(), 1, BEGIN)), None, "without a class");
    let undated = Assignment { due: None, closes: None, time_limit: None, ..exam(SCENARIO) };
    assert_eq!(wake(set(undated.clone()).0), None, "no time on the map");
    assert_eq!(wake(at_work(undated).0), None, "no time at work");
    assert_eq!(wake(set(exam(SCENARIO)).0), Some(1), "five hours, to the full hour");
    let first = wake(at_work(exam(SCENARIO)).0).expect("time is left");
    assert!(first <= 60_010, "{first}: a minute");
    let (mut last, _) = at_work(exam(SCENARIO));
    last.wake(soon(39));
    let next = wake(last).expect("time is left") - (soon(39).0 - BEGIN.0);
    assert!(next <= 1_000, "{next}: a second");
    let (mut paused, _) = at_work(exam(SCENARIO));
    paused.take(told(0, BEGIN, Act::Paused { assignment: "lab".into() }));
    paused.wake(soon(2));
    let (before, after) = (paused.state().cx.now, wake(paused));
    assert!(after.is_none_or(|at| at <= before.0 - BEGIN.0), "{after:?}: time stands still");
}
