//! Time: limits, deadlines, pauses, extensions and absences, and which answers they let count.

use proptest::prelude::*;
use respline::{
    classroom::{Act, Assignment, Away, Counts, ExtraTime, Feedback, Late, Learner, Rules, State, Task, Votes},
    course::{Entry, RecordKey, Timestamp},
};

use super::room::{Room, exam, learner, minute, minutes};

const RIGHT: [(&str, bool, bool); 2] = [("a", true, true), ("b", true, true)];

fn timed() -> Assignment {
    Assignment { time_limit: Some(minutes(40)), ..exam() }
}

fn under_way(assignment: &Assignment) -> (Room, Learner, RecordKey) {
    let mut room = Room::new();
    let sitting = room.begin("ana", assignment, 0);
    (room, learner("ana"), sitting)
}

fn ends(room: &Room, who: &Learner, assignment: &Assignment, now: i64) -> i64 {
    let ends = room.stands(who, assignment, now).tries[0].ends.expect("it ends");
    (ends.0 - minute(0).0) / 60_000
}

#[test]
fn a_deadline_in_the_middle_of_an_answer_lets_count_what_was_confirmed() {
    let (mut room, ana, sitting) = under_way(&timed());
    room.answer("ana", (sitting, "one"), minute(39), &RIGHT);
    room.answer("ana", (sitting, "one"), minute(40), &[("c", true, true)]);
    // Under way when the time was up, and confirmed a millisecond later: a new row, and a change to an old one.
    let late = Timestamp(minute(40).0 + 1);
    room.answer("ana", (sitting, "one"), late, &[("d", true, true), ("a", false, false)]);
    let before = room.stands(&ana, &timed(), 39);
    assert_eq!((before.state, before.time_left(minute(39))), (State::Working, Some(60_000)));
    let after = room.stands(&ana, &timed(), 41);
    let one = after.counted().expect("the clock handed it in");
    assert_eq!((after.state, one.by_clock, one.answered, one.rows), (State::HandedIn, true, 3, 4));
    assert_eq!((one.points, one.out_of), (6, 8), "the row without an answer counts among the points there were");
    assert!(!after.may_begin && after.explained);
}

#[test]
fn extra_time_is_one_s_own() {
    let (room, mut ana, _) = under_way(&timed());
    assert_eq!(ends(&room, &ana, &timed(), 1), 40);
    ana.extra_time = Some(ExtraTime::Percent(25));
    assert_eq!(ends(&room, &ana, &timed(), 1), 50);
    ana.extra_time = Some(ExtraTime::Fixed(minutes(7)));
    assert_eq!(ends(&room, &ana, &timed(), 1), 47);
    let closing = Assignment { closes: Some(minute(45)), ..timed() };
    assert_eq!(ends(&room, &ana, &closing, 1), 45, "the closing date comes first");
}

fn of(kind: fn(String) -> Act) -> Act {
    kind("exam".into())
}

#[test]
fn a_pause_eats_no_time_and_moves_every_end() {
    let set = Assignment { due: Some(minute(60)), closes: Some(minute(70)), ..timed() };
    let (mut room, ana, _) = under_way(&set);
    room.act(10, of(|assignment| Act::Paused { assignment }));
    let paused = room.stands(&ana, &set, 18);
    assert!(paused.window.paused);
    assert_eq!(paused.time_left(minute(18)), Some(30 * 60_000));
    assert_eq!(room.stands(&ana, &set, 25).time_left(minute(25)), Some(30 * 60_000), "time stands still");
    room.act(30, of(|assignment| Act::Resumed { assignment }));
    let on = room.stands(&ana, &set, 31);
    assert!(!on.window.paused);
    assert_eq!(ends(&room, &ana, &set, 31), 60);
    assert_eq!((on.window.due, on.window.closes), (Some(minute(80)), Some(minute(90))));
    room.act(95, of(|assignment| Act::Paused { assignment }));
    assert_eq!(ends(&room, &ana, &set, 99), 60, "what has ended stays ended");
}

#[test]
fn an_extension_is_for_all_or_for_one_and_for_whoever_is_at_work() {
    let set = Assignment { due: Some(minute(60)), closes: Some(minute(70)), ..timed() };
    let (mut room, ana, _) = under_way(&set);
    let bo = learner("bo");
    let extend = |learner: Option<&str>, by: i64| Act::Extended {
        assignment: "exam".into(),
        learner: learner.map(str::to_owned),
        by_ms: by * 60_000,
    };
    room.act(5, extend(None, 5));
    room.act(6, extend(Some("Ana"), 10));
    assert_eq!(ends(&room, &ana, &set, 7), 55);
    assert_eq!(room.stands(&ana, &set, 7).window.closes, Some(minute(85)));
    assert_eq!(room.stands(&bo, &set, 7).window.closes, Some(minute(75)));
    room.begin("bo", &set, 8);
    assert_eq!(ends(&room, &bo, &set, 9), 48, "what was given before they began is in the dates alone");
    room.act(50, extend(Some("bo"), 10));
    assert_eq!(ends(&room, &bo, &set, 50), 48, "their time was up");
    room.act(51, extend(None, -5));
    assert_eq!(ends(&room, &ana, &set, 52), 50, "it can be taken back");
}

#[test]
fn a_dropped_link_eats_time_only_where_the_rule_says_so() {
    let stops = Assignment { away: Away::Stops, ..timed() };
    let (mut room, ana, sitting) = under_way(&stops);
    room.record("ana", minute(10), Entry::Left { sitting });
    assert_eq!(room.stands(&ana, &stops, 20).time_left(minute(20)), Some(30 * 60_000));
    room.record("ana", minute(25), Entry::Returned { sitting });
    room.act(20, of(|assignment| Act::Paused { assignment }));
    room.act(30, of(|assignment| Act::Resumed { assignment }));
    assert_eq!(ends(&room, &ana, &stops, 31), 60, "away from 10 to 25, stopped from 20 to 30: 20 minutes, not 25");
    assert_eq!(ends(&room, &ana, &timed(), 31), 50, "where time runs on only the pause counts");
}

#[test]
fn an_answer_says_that_somebody_is_back() {
    let stops = Assignment { away: Away::Stops, ..timed() };
    let (mut room, ana, sitting) = under_way(&stops);
    room.record("ana", minute(10), Entry::Left { sitting });
    room.answer("ana", (sitting, "one"), minute(15), &RIGHT);
    assert_eq!(ends(&room, &ana, &stops, 30), 45);
}

#[test]
fn what_is_handed_in_cannot_change() {
    let (mut room, ana, sitting) = under_way(&exam());
    room.answer("ana", (sitting, "one"), minute(1), &RIGHT);
    room.hand_in("ana", sitting, 2);
    room.answer("ana", (sitting, "one"), minute(3), &[("a", false, false), ("c", true, true)]);
    room.hand_in("ana", sitting, 4);
    let stands = room.stands(&ana, &exam(), 5);
    let one = stands.counted().unwrap();
    assert_eq!((stands.state, one.points, one.done), (State::HandedIn, 4, Some(minute(2))));
}

#[test]
fn an_exam_takes_the_last_answer_and_is_missed_when_it_was_never_begun() {
    let set = Assignment { opens: Some(minute(0)), closes: Some(minute(60)), ..exam() };
    let (mut room, ana, sitting) = under_way(&set);
    room.answer("ana", (sitting, "one"), minute(1), &[("a", false, false)]);
    room.answer("ana", (sitting, "one"), minute(2), &[("a", true, false)]);
    assert_eq!(room.stands(&ana, &set, 61).counted().unwrap().points, 1);
    let bo = learner("bo");
    let states = [-1, 0, 59, 60].map(|now| room.stands(&bo, &set, now).state);
    assert_eq!(states, [State::NotOpen, State::NotBegun, State::NotBegun, State::Missed]);
}

#[test]
fn late_work_costs_so_much_a_day_and_never_more_than_down_to_the_floor() {
    const DAY: i64 = 24 * 60;
    let late = Late { per_day: 10, floor: 50 };
    let set = Assignment { due: Some(minute(0)), late, ..exam() };
    let score = |handed_in: i64, right: usize| {
        let (mut room, ana, sitting) = under_way(&set);
        let rows: Vec<(&str, bool, bool)> =
            ["a", "b", "c", "d"].into_iter().take(right).map(|row| (row, true, true)).collect();
        room.answer("ana", (sitting, "one"), minute(0), &rows);
        room.hand_in("ana", sitting, handed_in);
        let stands = room.stands(&ana, &set, 90 * DAY);
        let one = stands.counted().unwrap().clone();
        (stands.state, one.days_late, one.penalty.to_string(), one.score.to_string())
    };
    let late = |days, penalty: &str, score: &str| (State::Late, days, penalty.to_owned(), score.to_owned());
    assert_eq!(score(0, 4), (State::HandedIn, 0, "0".into(), "100".into()), "at the minute it is due");
    assert_eq!(score(1, 4), late(1, "10", "90"), "a part of a day is a day");
    assert_eq!(score(DAY, 4), late(1, "10", "90"));
    assert_eq!(score(DAY + 1, 4), late(2, "20", "80"));
    assert_eq!(score(30 * DAY, 4), late(30, "50", "50"), "the floor");
    assert_eq!(score(30 * DAY, 3), late(30, "25", "50"));
    assert_eq!(score(30 * DAY, 1), late(30, "0", "25"), "lateness gives nothing either");
}

#[test]
fn what_the_clock_hands_in_is_as_late_as_its_last_answer() {
    let set = Assignment { due: Some(minute(60)), closes: Some(minute(600)), ..exam() };
    let (mut room, ana, sitting) = under_way(&set);
    room.answer("ana", (sitting, "one"), minute(59), &RIGHT);
    let stands = room.stands(&ana, &set, 601);
    assert_eq!((stands.state, stands.counted().unwrap().days_late), (State::HandedIn, 0));
    room.answer("ana", (sitting, "one"), minute(61), &[("c", true, true)]);
    assert_eq!(room.stands(&ana, &set, 601).state, State::Late);
}

#[test]
fn the_attempt_that_counts_is_the_rule_s() {
    for (counts, points) in [(Counts::Best, 4), (Counts::Last, 1), (Counts::First, 2)] {
        let set = Assignment { attempts: Some(3), counts, ..exam() };
        let mut room = Room::new();
        let ana = learner("ana");
        let tries: [&[(&str, bool, bool)]; 4] = [
            &[("a", true, true)],
            &RIGHT,
            &[("a", true, false)],
            &[("a", true, true), ("b", true, true), ("c", true, true)],
        ];
        for (place, rows) in tries.into_iter().enumerate() {
            let at = i64::try_from(place).unwrap() * 10;
            let sitting = room.begin("ana", &set, at);
            room.answer("ana", (sitting, "one"), minute(at + 1), rows);
            room.hand_in("ana", sitting, at + 2);
        }
        let stands = room.stands(&ana, &set, 100);
        assert_eq!(stands.counted().unwrap().points, points, "{counts:?}: the fourth was one too many");
        assert!(!stands.may_begin);
    }
}

#[test]
fn reopening_gives_one_more_attempt_to_whom_it_is_given() {
    let set = Assignment { closes: Some(minute(60)), ..exam() };
    let (mut room, ana, sitting) = under_way(&set);
    room.hand_in("ana", sitting, 5);
    let reopened = Act::Reopened { assignment: "exam".into(), learner: Some("ana".into()), until: Some(minute(200)) };
    room.act(100, reopened);
    assert!(room.stands(&ana, &set, 101).may_begin);
    assert!(!room.stands(&learner("bo"), &set, 101).may_begin);
    assert!(!room.stands(&ana, &set, 200).may_begin, "until then and no longer");
}

#[test]
fn an_instructor_opens_and_closes_against_the_dates() {
    let set = Assignment { opens: Some(minute(100)), closes: Some(minute(200)), ..exam() };
    let mut room = Room::new();
    let ana = learner("ana");
    room.act(10, of(|assignment| Act::Opened { assignment }));
    assert!(room.stands(&ana, &set, 10).may_begin);
    room.act(20, of(|assignment| Act::Closed { assignment }));
    assert!(!room.stands(&ana, &set, 150).may_begin);
    room.act(160, of(|assignment| Act::Opened { assignment }));
    assert!(room.stands(&ana, &set, 300).may_begin, "opened again by hand it is closed by hand");
    assert_eq!(room.stands(&ana, &set, 5).state, State::NotOpen, "as it was then");
}

#[test]
fn answers_are_explained_when_nobody_can_hand_in_any_more() {
    let set = Assignment { closes: Some(minute(60)), feedback: Feedback::AfterDue, ..exam() };
    let (mut room, ana, sitting) = under_way(&set);
    room.hand_in("ana", sitting, 5);
    let bo = Act::Extended { assignment: "exam".into(), learner: Some("bo".into()), by_ms: 10 * 60_000 };
    room.act(10, bo);
    assert!(!room.stands(&ana, &set, 65).explained, "bo is still at it");
    assert!(room.stands(&ana, &set, 70).explained);
    let never = Assignment { feedback: Feedback::Never, ..set };
    assert!(!room.stands(&ana, &never, 70).explained);
}

#[test]
fn practice_is_done_when_every_row_is_answered() {
    let set = Assignment { mode: Rules::Practice, task: Task::Scenarios(vec!["two".into()]), attempts: None, ..exam() };
    let (mut room, ana, sitting) = under_way(&set);
    room.answer("ana", (sitting, "two"), minute(1), &RIGHT);
    assert_eq!(room.stands(&ana, &set, 2).state, State::Working);
    room.answer("ana", (sitting, "two"), minute(3), &[("c", false, false)]);
    let stands = room.stands(&ana, &set, 4);
    let one = stands.counted().unwrap();
    assert_eq!((stands.state, one.done, one.points, one.out_of), (State::HandedIn, Some(minute(3)), 4, 4));
    assert!(stands.may_begin, "as often as one likes");
}

#[test]
fn a_poll_takes_answers_until_it_is_revealed() {
    let mut room = Room::new();
    let poll = room.act(1, Act::PollOpened { scenario: "one".into(), layer: "a".into() });
    let began = |poll| Entry::Began {
        scenario: "one".into(),
        lesson: "8.1".into(),
        model: respline::course::Model::Iaas,
        mode: respline::course::Mode::Checkpoint(poll),
        seed: 1,
        order: respline::course::Order::Authored,
        rows: vec!["a".into()],
    };
    let answer = |attempt| {
        let layer = &super::room::key()["one"].layers[0];
        let said = respline::course::Said { owner: layer.owner, control: 1, unsure: false, hints: 0, struck: false };
        Entry::Answered { attempt, layer: "a".into(), digest: layer.digest(), said, mark: None }
    };
    for (who, at) in [("ana", 2), ("bo", 5)] {
        let attempt = room.record(who, minute(at), began(poll));
        if who == "bo" {
            room.act(4, Act::PollRevealed { poll, votes: Votes::default() });
        }
        room.record(who, minute(at), answer(attempt));
    }
    let polls = room.ledger.polls();
    assert_eq!(polls[0].answers.keys().collect::<Vec<_>>(), ["ana"]);
    assert_eq!(polls[0].revealed, Some(minute(4)));
    assert_eq!(room.ledger.work("ana").map(|work| work.sittings.len()), None, "a poll is no assignment");
}

#[test]
fn an_answer_given_inside_a_pause_does_not_count() {
    let (mut room, ana, sitting) = under_way(&timed());
    room.answer("ana", (sitting, "one"), minute(5), &[("a", true, true)]);
    room.act(10, of(|assignment| Act::Paused { assignment }));
    room.answer("ana", (sitting, "one"), minute(10), &[("b", true, true)]);
    room.answer("ana", (sitting, "one"), minute(12), &[("c", true, true), ("a", false, false)]);
    let during = room.stands(&ana, &timed(), 13).tries[0].clone();
    assert_eq!(
        (during.answered, during.points),
        (2, 4),
        "b was confirmed at the moment of the pause, the rest after it"
    );
    room.act(20, of(|assignment| Act::Resumed { assignment }));
    assert_eq!(room.stands(&ana, &timed(), 21).tries[0].points, 4, "nor does it count when time goes on");
    room.answer("ana", (sitting, "one"), minute(22), &[("c", true, true)]);
    assert_eq!(room.stands(&ana, &timed(), 23).tries[0].points, 6);
}

#[test]
fn who_is_cut_off_without_a_word_counts_as_away_from_their_last_record_on() {
    let stops = Assignment { away: Away::Stops, ..timed() };
    let (mut room, ana, sitting) = under_way(&stops);
    room.answer("ana", (sitting, "one"), minute(10), &RIGHT);
    assert_eq!(room.stands(&ana, &stops, 39).time_left(minute(39)), Some(60_000), "at work, as far as anybody knows");
    let killed = room.stands(&ana, &stops, 90);
    assert_eq!((killed.state, killed.time_left(minute(90))), (State::Working, Some(30 * 60_000)));
    assert!(!killed.explained);
    room.record("ana", minute(100), Entry::Returned { sitting });
    assert_eq!(ends(&room, &ana, &stops, 101), 130);
    assert_eq!(room.stands(&ana, &timed(), 101).state, State::HandedIn, "where time runs on it is over");
    room.hand_in("ana", sitting, 131);
    assert_eq!(room.stands(&ana, &stops, 500).state, State::HandedIn, "what was handed in at its end is no absence");
}

#[test]
fn a_reopened_attempt_ends_when_it_was_reopened_until() {
    let set = Assignment { closes: Some(minute(60)), ..timed() };
    let (mut room, ana, sitting) = under_way(&set);
    room.hand_in("ana", sitting, 5);
    room.act(100, Act::Reopened { assignment: "exam".into(), learner: None, until: Some(minute(120)) });
    let again = room.begin("ana", &set, 105);
    let stands = room.stands(&ana, &set, 110);
    assert_eq!((stands.under_way().map(|one| one.sitting), stands.ends), (Some(again), Some(minute(120))));
    assert_eq!(room.stands(&ana, &set, 120).under_way(), None);
}

/// What may happen to an attempt, at a minute.
#[derive(Clone, Copy, Debug)]
enum Event {
    Pause,
    Resume,
    Extend(i64),
    Leave,
    Return,
}

fn events() -> impl Strategy<Value = Vec<(i64, Event)>> {
    let event = prop_oneof![
        Just(Event::Pause),
        Just(Event::Resume),
        (1_i64..20).prop_map(Event::Extend),
        Just(Event::Leave),
        Just(Event::Return),
    ];
    let sorted = |mut events: Vec<(i64, Event)>| {
        events.sort_by_key(|(at, _)| *at);
        events
    };
    // In the end everybody is back and time goes on.
    prop::collection::vec((1_i64..120, event), 0..12).prop_map(sorted).prop_map(|mut events| {
        events.extend([(121, Event::Resume), (121, Event::Return)]);
        events
    })
}

/// The minute at which an attempt of `limit` minutes ends, counted minute by minute.
fn counted(limit: i64, away: Away, events: &[(i64, Event)]) -> i64 {
    let (mut limit, mut used, mut paused, mut gone) = (limit, 0, false, false);
    for now in 0.. {
        if used == limit {
            return now;
        }
        for (_, event) in events.iter().filter(|(at, _)| *at == now) {
            match event {
                Event::Pause => paused = true,
                Event::Resume => paused = false,
                Event::Extend(by) => limit += by,
                Event::Leave => gone = true,
                Event::Return => gone = false,
            }
        }
        used += i64::from(!paused && !(gone && away == Away::Stops));
    }
    unreachable!("it ends")
}

proptest! {
    #[test]
    fn an_attempt_ends_when_its_minutes_are_used(limit in 1_i64..60, stops: bool, events in events()) {
        let away = if stops { Away::Stops } else { Away::Runs };
        let set = Assignment { time_limit: Some(minutes(limit.unsigned_abs())), away, ..exam() };
        let (mut room, ana, sitting) = under_way(&set);
        let end = counted(limit, away, &events);
        for (at, event) in events.into_iter().filter(|(at, _)| *at < end) {
            match event {
                Event::Pause => _ = room.act(at, of(|assignment| Act::Paused { assignment })),
                Event::Resume => _ = room.act(at, of(|assignment| Act::Resumed { assignment })),
                Event::Extend(by) => {
                    let by_ms = by * 60_000;
                    room.act(at, Act::Extended { assignment: "exam".into(), learner: None, by_ms });
                }
                Event::Leave => _ = room.record("ana", minute(at), Entry::Left { sitting }),
                Event::Return => {
                    // Who has not left is not taken for cut off here: that is another story.
                    room.record("ana", minute(at), Entry::Left { sitting });
                    room.record("ana", minute(at), Entry::Returned { sitting });
                }
            }
        }
        prop_assert_eq!(ends(&room, &ana, &set, end), end);
        prop_assert_eq!(room.stands(&ana, &set, end - 1).state, State::Working);
    }
}
