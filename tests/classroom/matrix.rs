//! The live matrix, reckoned by hand on a few records.

use respline::{
    classroom::{
        Act, AnswerKey, Assignment, CellKind, Class, Filter, Learner, Matrix, Percent, Rules, Sort, State, Stuck, Task,
    },
    course::{RecordKey, Timestamp},
};

use super::room::{Room, class, exam, key, learner, minute};

/// Three learners: Ana and Bo of section 1, Cy of section 2.
fn people(set: Assignment) -> Class {
    let of = |login: &str, section: &str| Learner { section: Some(section.into()), ..learner(login) };
    class(vec![of("bo", "1"), of("ana", "1"), of("cy", "2")], vec![set])
}

fn seen(class: &Class, room: &Room, minutes: i64) -> Matrix {
    let mut matrix = Matrix::new("exam");
    matrix.refresh((class, &room.ledger), &key(), minute(minutes));
    matrix
}

fn kinds(matrix: &Matrix, login: &str) -> Vec<CellKind> {
    matrix.line(login).expect("a line").cells.iter().map(|cell| cell.kind).collect()
}

/// Bo has answered three of four rows, Ana one, Cy has not begun.
fn lab() -> (Class, Room, [RecordKey; 2]) {
    let class = people(exam());
    let mut room = Room::new();
    let set = class.assignments[0].clone();
    let (bo, ana) = (room.begin("bo", &set, 0), room.begin("ana", &set, 1));
    room.answer("bo", (bo, "one"), minute(1), &[("a", true, true)]);
    room.answer("bo", (bo, "one"), minute(2), &[("b", false, true)]);
    room.answer("bo", (bo, "one"), minute(3), &[("c", true, false)]);
    room.answer("ana", (ana, "one"), minute(2), &[("a", false, false)]);
    (class, room, [bo, ana])
}

#[test]
fn an_exam_shows_its_instructor_what_is_right_before_it_is_handed_in() {
    let (class, room, _) = lab();
    let matrix = seen(&class, &room, 4);
    assert_eq!(matrix.columns.len(), 4);
    assert_eq!(kinds(&matrix, "bo"), [CellKind::Right, CellKind::OverTrust, CellKind::WrongControl, CellKind::Open]);
    assert_eq!(kinds(&matrix, "cy"), [CellKind::NotSet; 4]);
    let bo = matrix.line("bo").expect("a line");
    assert_eq!((bo.state, bo.answered, bo.rows, bo.over_trust, bo.over_claim), (State::Working, 3, 4, 1, 0));
    assert_eq!(bo.share(), Some(Percent::of(4, 6)));
    assert_eq!((bo.idle(minute(4)), bo.at()), (Some(60_000), Some(3)));
    let sum = matrix.summary(minute(4));
    assert_eq!((sum.learners, sum.begun, sum.working, sum.done, sum.stuck), (3, 2, 2, 0, 0));
}

#[test]
fn a_row_counts_its_owners_and_its_controls_and_names_who() {
    let (class, room, _) = lab();
    let matrix = seen(&class, &room, 4);
    let row = matrix.row(0);
    assert_eq!((row.set, row.answered), (2, 2));
    assert_eq!((row.of(CellKind::Right), row.of(CellKind::OverTrust)), (1, 1));
    assert_eq!((row.customer, row.provider), (vec![0], vec![1]), "places in the roster");
    assert_eq!(row.controls.get(&0), Some(&vec![1]));
    let layer = &key()["one"].layers[0];
    assert_eq!(matrix.row(0).most_wrong(layer), Some((0, 1)));
    assert_eq!(matrix.row(1).most_wrong(&key()["one"].layers[1]), None, "nobody chose a wrong one");
    assert_eq!(matrix.row(99).set, 0);
}

#[test]
fn who_is_silent_for_three_minutes_or_wrong_three_times_is_stuck() {
    let (class, mut room, [bo, ana]) = lab();
    let stuck = |room: &Room, who: &str, at: Timestamp| {
        let mut matrix = Matrix::new("exam");
        matrix.refresh((&class, &room.ledger), &key(), at);
        matrix.line(who).expect("a line").stuck(at)
    };
    let before = Timestamp(minute(5).0 - 1);
    assert_eq!(stuck(&room, "ana", before), None);
    assert_eq!(stuck(&room, "ana", minute(5)), Some(Stuck::Silent(180_000)));
    assert_eq!(stuck(&room, "cy", minute(50)), None, "who has not begun is not stuck");
    room.answer("ana", (ana, "one"), minute(5), &[("b", false, true)]);
    assert_eq!(stuck(&room, "ana", minute(6)), None, "two wrong answers");
    room.answer("ana", (ana, "one"), minute(6), &[("c", true, false)]);
    assert_eq!(stuck(&room, "ana", minute(6)), Some(Stuck::Astray(3)));
    room.answer("ana", (ana, "one"), minute(7), &[("d", true, true)]);
    assert_eq!(stuck(&room, "ana", minute(60)), None, "nothing is open");
    room.hand_in("bo", bo, 8);
    assert_eq!(stuck(&room, "bo", minute(60)), None);
}

#[test]
fn nobody_is_stuck_while_time_stands_still_nor_just_after() {
    let (class, mut room, _) = lab();
    room.act(4, Act::Paused { assignment: "exam".into() });
    let at = |room: &Room, minutes| seen(&class, room, minutes).summary(minute(minutes)).stuck;
    assert_eq!(at(&room, 30), 0);
    room.act(30, Act::Resumed { assignment: "exam".into() });
    assert_eq!(at(&room, 32), 0);
    assert_eq!(at(&room, 33), 2);
}

#[test]
fn lines_are_sorted_and_filtered() {
    let (class, room, _) = lab();
    let matrix = seen(&class, &room, 5);
    let order = |sort, filter: &Filter| -> Vec<String> {
        let places = matrix.order(&class, (sort, filter), minute(5));
        places.into_iter().map(|place| matrix.lines[place].login.clone()).collect()
    };
    assert_eq!(order(Sort::Roster, &Filter::All), ["bo", "ana", "cy"]);
    assert_eq!(order(Sort::Name, &Filter::All), ["ana", "bo", "cy"]);
    assert_eq!(order(Sort::Right, &Filter::All), ["ana", "bo", "cy"], "who has answered nothing comes last");
    assert_eq!(order(Sort::OverTrust, &Filter::All), ["bo", "ana", "cy"]);
    assert_eq!(order(Sort::Idle, &Filter::All), ["ana", "bo", "cy"]);
    assert_eq!(order(Sort::Answered, &Filter::All), ["cy", "ana", "bo"]);
    assert_eq!(order(Sort::Roster, &Filter::Working), ["bo", "ana"]);
    assert_eq!(order(Sort::Roster, &Filter::Stuck), ["ana"]);
    assert_eq!(order(Sort::Roster, &Filter::NotBegun), ["cy"]);
    assert_eq!(order(Sort::Roster, &Filter::Section("2".into())), ["cy"]);
    let words: Vec<String> = Filter::all(&class).iter().map(Filter::words).collect();
    assert_eq!(words, ["all", "working", "stuck", "not begun", "section 1", "section 2"]);
}

#[test]
fn a_line_is_made_anew_when_something_was_heard_and_gives_what_a_whole_table_gives() {
    let (class, mut room, [bo, ana]) = lab();
    let mut live = seen(&class, &room, 4);
    room.answer("bo", (bo, "one"), minute(5), &[("d", true, true)]);
    live.hear("BO");
    live.refresh((&class, &room.ledger), &key(), minute(5));
    assert_eq!(kinds(&live, "bo"), kinds(&seen(&class, &room, 5), "bo"));
    assert_eq!(live.line("bo").map(|line| line.answered), Some(4));
    // What was not heard stays as it was, until something says otherwise.
    room.hand_in("ana", ana, 6);
    live.refresh((&class, &room.ledger), &key(), minute(6));
    assert_eq!(live.line("ana").map(|line| line.state), Some(State::Working));
    live.renew();
    live.refresh((&class, &room.ledger), &key(), minute(6));
    assert_eq!(live, seen(&class, &room, 6));
}

#[test]
fn the_clock_hands_in_without_a_record() {
    let (mut class, room, _) = lab();
    class.assignments[0].closes = Some(minute(10));
    let mut live = seen(&class, &room, 4);
    assert_eq!(live.line("bo").and_then(|line| line.time_left(minute(4))), Some(6 * 60_000));
    live.refresh((&class, &room.ledger), &key(), minute(10));
    let states: Vec<State> = live.lines.iter().map(|line| line.state).collect();
    assert_eq!(states, [State::HandedIn, State::HandedIn, State::Missed]);
}

#[test]
fn a_scenario_that_has_left_the_course_keeps_its_answers() {
    let (class, room, _) = lab();
    let mut matrix = Matrix::new("exam");
    matrix.refresh((&class, &room.ledger), &AnswerKey::new(), minute(4));
    assert_eq!(matrix.missing(&AnswerKey::new()).into_iter().collect::<Vec<_>>(), ["one"]);
    assert_eq!(matrix.columns.iter().map(|one| one.layer.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert_eq!(kinds(&matrix, "bo")[0], CellKind::Ungraded);
    matrix.renew();
    matrix.refresh((&class, &room.ledger), &key(), minute(4));
    assert_eq!(kinds(&matrix, "bo")[0], CellKind::Right);
}

#[test]
fn nobody_nothing_and_an_assignment_that_is_gone_give_an_empty_table() {
    let room = Room::new();
    let empty = class(Vec::new(), vec![exam()]);
    assert_eq!((seen(&empty, &room, 1).lines.len(), seen(&empty, &room, 1).columns.len()), (0, 4));
    let (class, room, _) = lab();
    let mut live = seen(&class, &room, 4);
    let gone = Class { assignments: Vec::new(), ..class };
    live.refresh((&gone, &room.ledger), &key(), minute(5));
    assert_eq!((live.lines.len(), live.columns.len()), (0, 0));
}

#[test]
fn a_learner_who_leaves_the_class_leaves_the_table() {
    let (mut class, room, _) = lab();
    let mut live = seen(&class, &room, 4);
    class.learners.remove(0);
    live.renew();
    live.refresh((&class, &room.ledger), &key(), minute(5));
    let lines: Vec<(usize, &str)> = live.lines.iter().map(|line| (line.place, line.login.as_str())).collect();
    assert_eq!(lines, [(0, "ana"), (1, "cy")]);
}

#[test]
fn what_is_drawn_gives_columns_as_it_is_given_out() {
    let task = Task::Draw { from: vec!["one".into(), "two".into()], count: 1 };
    let set = Assignment { task, seed: respline::classroom::SeedRule::Each, mode: Rules::Practice, ..exam() };
    let class = people(set.clone());
    let mut room = Room::new();
    let mut live = seen(&class, &room, 0);
    assert_eq!(live.columns.len(), 0, "nobody was given anything yet");
    for who in ["bo", "ana", "cy"] {
        room.begin(who, &set, 1);
        live.hear(who);
        live.refresh((&class, &room.ledger), &key(), minute(1));
    }
    assert_eq!(live, {
        let mut whole = Matrix::new("exam");
        whole.refresh((&class, &room.ledger), &key(), minute(1));
        whole
    });
    for line in &live.lines {
        assert_eq!(line.rows, line.count(CellKind::Open), "each has the rows of one scenario");
        assert!(line.rows == 3 || line.rows == 4, "{line:?}");
    }
}

#[test]
fn records_that_come_twice_count_once() {
    let (class, mut room, [bo, _]) = lab();
    let before = seen(&class, &room, 4);
    let work = room.ledger.work("bo").cloned();
    // The same keys, times and entries once more: a watcher that asks again is told everything again.
    let mut again = Room::new();
    std::mem::swap(&mut again.ledger, &mut room.ledger);
    let set = class.assignments[0].clone();
    let same = again.begin("bo", &set, 0);
    assert_eq!(same, bo);
    again.begin("ana", &set, 1);
    again.answer("bo", (bo, "one"), minute(1), &[("a", true, true)]);
    assert_eq!(again.ledger.work("bo").cloned(), work);
    assert_eq!(seen(&class, &again, 4), before);
}
