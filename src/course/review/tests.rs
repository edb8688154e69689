use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview};
use proptest::prelude::*;

use super::{
    super::{
        Catalog, Mark, Model, Outcome, Owner, RecordKey, Scenario, Timestamp,
        grading::tests::{layer, said, scenario},
        mark,
    },
    memory::DAY,
    *,
};

fn at(days: i64) -> Timestamp {
    Timestamp(days * DAY)
}

/// What earns a grade, other than at the first answer.
fn answer(grade: Grade, when: Timestamp) -> Outcome {
    let row = layer("data", Owner::Customer);
    let control = usize::from(grade != Grade::Again);
    Outcome {
        at: when,
        attempt: RecordKey { origin: 1, seq: 0 },
        scenario: "shop".into(),
        layer: "data".into(),
        lesson: "8.1".into(),
        model: Model::Caas,
        mark: mark(&row, &said(Owner::Customer, control)),
        unsure: grade == Grade::Hard,
        hinted: false,
    }
}

/// The one item of `answers`, each given so many days after the one before.
fn item(answers: &[(Grade, i64)]) -> Item {
    let mut day = 0;
    let outcome = |(grade, days): &(Grade, i64)| {
        day += days;
        answer(*grade, at(day))
    };
    let outcomes: Vec<Outcome> = answers.iter().map(outcome).collect();
    Schedule::of(&Catalog::default(), &outcomes).items()[0].clone()
}

fn close(have: f32, want: f32) -> bool {
    (have - want).abs() < want * 1e-4
}

#[test]
fn the_grade_is_derived_from_what_was_done() {
    let right = |unsure, hinted| Outcome { unsure, hinted, ..answer(Grade::Good, at(0)) };
    let grades = |outcome: &Outcome| [Grade::of(outcome, true), Grade::of(outcome, false)];
    assert_eq!(grades(&answer(Grade::Again, at(0))), [Grade::Again; 2]);
    assert_eq!(grades(&right(true, false)), [Grade::Hard; 2]);
    assert_eq!(grades(&right(false, true)), [Grade::Hard; 2]);
    assert_eq!(grades(&right(false, false)), [Grade::Easy, Grade::Good]);
    let half = Outcome { mark: Mark { owner: false, ..right(false, false).mark }, ..right(false, false) };
    assert_eq!(grades(&half), [Grade::Again; 2], "the right control of the wrong owner is no knowledge");
}

/// `fsrs` 6.6.2, `src/inference.rs`, `test_memory_state`: a wrong answer and a right one on a day, then right ones.
#[test]
fn our_answers_reach_the_states_that_fsrs_publishes() {
    use Grade::{Again, Good};
    let memory = item(&[(Again, 0), (Good, 0), (Good, 1), (Good, 3), (Good, 8), (Good, 21)]).memory;
    assert!(close(memory.stability, 53.626_91) && close(memory.difficulty, 6.357_486_7), "{memory:?}");
}

/// The same crate, the example of `FSRS::next_states`: the states after a first answer.
#[test]
fn first_answers_begin_as_fsrs_publishes() {
    let first = |grade| {
        let memory = item(&[(grade, 0)]).memory;
        (memory.stability, memory.difficulty)
    };
    assert_eq!(first(Grade::Again), (0.212, 6.4133));
    assert_eq!(first(Grade::Hard), (1.2931, 5.112_170_7));
    assert_eq!(first(Grade::Good), (8.2956, 1.0), "right and sure the first time is easy");
}

#[test]
fn a_row_comes_back_when_nine_in_ten_would_still_know_it() {
    let easy = item(&[(Grade::Good, 0)]);
    assert_eq!(days_between(easy.at, Timestamp(easy.due.0 + DAY / 2)), 8);
    let chance = easy.retrievability(at(8));
    assert!((0.89..0.91).contains(&chance), "{chance}");
    assert!(easy.retrievability(at(30)) < chance);
    let published = fsrs::current_retrievability(fsrs::MemoryState { stability: 1.0, difficulty: 5.0 }, 2.0, 0.2);
    assert!(close(published, 0.840_289_35));
    let long = item(&[(Grade::Good, 0), (Grade::Good, 300), (Grade::Good, 900), (Grade::Good, 9000)]);
    assert_eq!(days_between(long.at, Timestamp(long.due.0 + DAY / 2)), LONGEST, "a year at most");
}

#[test]
fn a_day_is_counted_to_the_nearest_and_clocks_may_go_back() {
    let hours = |hours: i64| Timestamp(hours * DAY / 24);
    let days = [0, 11, 12, 23, 35, 36].map(|passed| days_between(hours(20), hours(20 + passed)));
    assert_eq!(days, [0, 0, 1, 1, 1, 2]);
    assert_eq!(days_between(hours(20), hours(3)), 0);
}

#[test]
fn a_sure_belief_that_is_wrong_comes_first_and_what_is_nearly_forgotten_next() {
    let row = |id: &str, grade, day| Outcome { layer: id.into(), ..answer(grade, at(day)) };
    let unsure = Outcome { unsure: true, ..row("unsure", Grade::Again, 0) };
    let outcomes = [row("held", Grade::Good, 0), unsure, row("belief", Grade::Again, 3), row("new", Grade::Good, 9)];
    let schedule = Schedule::of(&Catalog::default(), &outcomes);
    let due: Vec<&str> = schedule.due(at(10)).iter().map(|item| item.layer.as_str()).collect();
    assert_eq!(due, ["belief", "unsure", "held"]);
    let weak: Vec<&str> = schedule.weak(at(10)).iter().map(|item| item.layer.as_str()).collect();
    assert_eq!(weak, ["belief", "unsure"]);
    let forecast = schedule.forecast(at(10), |_| true);
    assert_eq!(forecast, Forecast { now: 3, tomorrow: 0, week: 1 });
    let retention = schedule.retention(at(10)).expect("there are answers");
    assert!((0.5..0.9).contains(&retention), "{retention}");
    assert_eq!(evidence(&outcomes, "managed-means-secured").count(), 2);
}

#[test]
fn many_beliefs_do_not_crowd_out_what_is_known() {
    let row = |number: usize, grade| Outcome { layer: number.to_string(), ..answer(grade, at(0)) };
    let outcomes: Vec<Outcome> = (0..15)
        .map(|number| row(number, Grade::Again))
        .chain((15..18).map(|number| row(number, Grade::Hard)))
        .collect();
    let schedule = Schedule::of(&Catalog::default(), &outcomes);
    let order: Vec<bool> = schedule.due(at(9)).iter().map(|item| item.misled).collect();
    assert_eq!(order, [[true; 10].as_slice(), &[false; 3], &[true; 5]].concat());
}

#[test]
fn twins_are_one_item_and_disputed_rows_none() {
    let rung = |id: &str, ladder: Option<&str>| Scenario {
        id: id.into(),
        ladder: ladder.map(String::from),
        ..scenario(vec![layer("data", Owner::Customer)])
    };
    let catalog = Catalog::of(&[rung("shop", Some("s")), rung("shop-vm", Some("s")), rung("s", None)]);
    let of = |scenario: &str, seq, day| Outcome {
        scenario: scenario.into(),
        attempt: RecordKey { origin: 1, seq },
        ..answer(Grade::Good, at(day))
    };
    let mut disputed = of("s", 3, 3);
    disputed.mark.out_of = 0;
    let outcomes = [of("shop", 0, 0), of("shop-vm", 1, 1), of("s", 2, 2), disputed];
    let schedule = Schedule::of(&catalog, &outcomes);
    let items: Vec<(&str, u32)> = schedule.items().iter().map(|item| (item.scenario.as_str(), item.answers)).collect();
    assert_eq!(items, [("shop-vm", 2), ("s", 1)], "a ladder and a scenario of one name are two");
}

proptest! {
    /// Whatever is answered when: FSRS's own fold over the same grades and days gives the same state, bit for bit, and it
    /// does not matter in how many steps the outcomes came.
    #[test]
    fn the_fold_is_that_of_fsrs(answers in prop::collection::vec((1_usize..=4, 0_u32..400), 1..30), cut in 0_usize..30) {
        let grades = [Grade::Again, Grade::Hard, Grade::Good, Grade::Good];
        let mut day = 0;
        let outcomes: Vec<Outcome> = answers.iter().map(|(rating, days)| {
            day += i64::from(*days);
            answer(grades[*rating - 1], at(day))
        }).collect();
        let rating = |(place, outcome): (usize, &Outcome)| Grade::of(outcome, place == 0) as u32;
        let ratings = outcomes.iter().enumerate().map(rating);
        let days = answers.iter().enumerate().map(|(place, (_, days))| if place == 0 { 0 } else { *days });
        let reviews = ratings.zip(days).map(|(rating, days)| FSRSReview { rating, delta_t: days }).collect();
        let fsrs = FSRS::new(&DEFAULT_PARAMETERS).expect("its own parameters");
        let want = fsrs.memory_state(FSRSItem { reviews }, None).expect("a state");
        let mut schedule = Schedule::default();
        schedule.follow(&Catalog::default(), &outcomes[..cut.min(outcomes.len())]);
        schedule.follow(&Catalog::default(), &outcomes);
        let item = &schedule.items()[0];
        prop_assert_eq!((item.memory.stability, item.memory.difficulty), (want.stability, want.difficulty));
        prop_assert!(item.due > item.at, "never the same moment again");
        prop_assert!(item.answers as usize == outcomes.len() && item.lapses <= item.answers);
    }
}
