//! Simulated learners through the pure program: two scenarios a day for three days, then what is due, for six weeks.

use respline::{
    app::{Action, Goal, Input, Screen},
    course::{Owner, RowRef, Step, Timestamp, mirror::Mirror, review::evidence},
    store::Memory,
};

use super::{
    learners::{BELIEF, Kind, Learner, believed},
    support::{
        packs,
        program::{Opening, Program},
    },
};

const DAY: i64 = 86_400_000;
const DAYS: i64 = 42;
/// Scenarios of lesson 8.1, two of them on one ladder.
const STUDIED: [&str; 6] =
    ["web-app-on-containers", "vm-blog", "paas-db-auto", "paas-db-minor", "capone", "app-on-rented-machines"];

/// What came of the weeks.
struct Course {
    learner: Learner,
    /// Rows reviewed each day.
    load: Vec<usize>,
    /// The share of the items mastered, each day.
    mastered: Vec<f64>,
    program: Program,
}

fn share(part: usize, of: usize) -> f64 {
    let exact = |number: usize| f64::from(u32::try_from(number).expect("it is small"));
    exact(part) / exact(of)
}

/// Whole days as the learners count them.
fn day_of(day: i64) -> f64 {
    f64::from(i32::try_from(day).expect("it is small"))
}

fn live(kind: Kind) -> Course {
    let opening = packs::opening(packs::shipped());
    let store = Memory::default();
    let mut learner = Learner::new(kind);
    let (mut load, mut mastered) = (Vec::new(), Vec::new());
    let session = |goal: Goal, day: i64, origin: i64| {
        let opening = Opening { goal: Some(goal), ..opening.clone() };
        let now = Timestamp(day * DAY + origin * 60_000);
        Program::start_at(&opening, &store, u64::try_from(origin).expect("it is small"), now)
    };
    for day in 0..DAYS {
        let first = usize::try_from(day).expect("it is small") * 2;
        for (origin, scenario) in (2 * day + 1..).zip(STUDIED.iter().skip(first).take(2)) {
            let mut program = session(Goal::Practice((*scenario).to_owned()), day, origin);
            answer(&mut program, &mut learner, day);
        }
        let mut program = session(Goal::Review, day, 500 + day);
        load.push(answer(&mut program, &mut learner, day));
        let items = program.state().cx.schedule.items();
        mastered.push(share(items.iter().filter(|item| item.is_mastered()).count(), items.len()));
    }
    let program = session(Goal::Home, DAYS, 999);
    Course { learner, load, mastered, program }
}

/// Answers everything that is asked; how many rows that were.
fn answer(program: &mut Program, learner: &mut Learner, day: i64) -> usize {
    let mut rows = 0;
    while let Some(Screen::Exercise(exercise)) = program.state().screen() {
        let attempt = &exercise.attempt;
        let actions = match (exercise.story, attempt.step()) {
            (true, _) => vec![Action::Story],
            (false, Step::Explained | Step::Done) => vec![Action::Next],
            (false, Step::Owner | Step::Control) => {
                rows += 1;
                let layer = attempt.layer().expect("a row").clone();
                let row = RowRef { scenario: attempt.scenario.id.clone(), layer: layer.id.clone() };
                let (owner, control) = learner.says(&row, &layer, day_of(day));
                let place = attempt.offered().iter().position(|offered| *offered == control).expect("it is offered");
                let number = u8::try_from(place + 1).expect("a few");
                let side = if owner == Owner::Customer { Action::Customer } else { Action::Provider };
                vec![side, Action::Choose(number), Action::Open]
            }
        };
        for action in actions {
            program.take(Input::Act(action));
        }
        assert!(rows <= 200, "it never ends");
    }
    rows
}

impl Course {
    fn items(&self) -> usize {
        self.program.state().cx.schedule.items().len()
    }

    fn last_week(&self) -> f64 {
        let week = &self.load[self.load.len() - 7..];
        share(week.iter().sum(), 7)
    }

    /// No day asks more than a round, and every round ends where nothing more is to ask.
    fn is_bounded(&self) {
        assert!(self.load.iter().all(|rows| *rows <= 20), "{:?}", self.load);
        assert!(self.load.iter().sum::<usize>() > 0, "nothing ever came back");
    }

    fn mastered_at_last(&self) -> f64 {
        *self.mastered.last().expect("there were days")
    }

    /// The share of the items of whose rows `is` is true: of those where it is so in every twin of an open lesson, and of
    /// those where it is so in one at least. What was mastered lies between, by which twin was asked last.
    fn share(&self, is: impl Fn(&respline::course::Layer) -> bool) -> (f64, f64) {
        let cx = &self.program.state().cx;
        let opening = packs::opening(packs::shipped());
        let rows = |item: &respline::course::review::Item| -> Vec<bool> {
            let twins = cx.course.catalog.twins(&item.scenario).filter(|line| line.lesson == item.lesson);
            let all = twins.map(|line| line.id).chain([item.scenario.as_str()]);
            let scenarios: Vec<_> = all.map(|id| opening.shelf.scenario(id).expect("it is there")).collect();
            scenarios.iter().filter_map(|scenario| scenario.layer(&item.layer)).map(|(_, layer)| is(layer)).collect()
        };
        let rows: Vec<Vec<bool>> = cx.schedule.items().iter().map(rows).collect();
        let of = |counts: fn(&Vec<bool>) -> bool| share(rows.iter().filter(|row| counts(row)).count(), rows.len());
        (of(|row| row.iter().all(|is| *is)), of(|row| row.iter().any(|is| *is)))
    }

    /// The share mastered in the end lies between these, give or take a few rows that luck decides.
    fn masters_between(&self, (least, most): (f64, f64)) {
        let mastered = self.mastered_at_last();
        assert!(mastered > least - 0.03 && mastered < most + 0.03, "{least} to {most}: {mastered}");
        assert!(most - least < 0.35, "{least} to {most} is no measure");
    }
}

#[test]
fn who_knows_all_is_asked_little_and_masters_everything() {
    let course = live(Kind::KnowsAll);
    course.is_bounded();
    assert!((course.mastered_at_last() - 1.0).abs() < f64::EPSILON);
    let daily = course.last_week() * share(1, course.items());
    assert!(daily < 0.05, "{daily} of the items a day: {:?}", course.load);
    assert!(course.program.state().cx.schedule.weak(Timestamp(DAYS * DAY)).is_empty());
}

#[test]
fn who_knows_nothing_masters_no_more_than_luck_gives() {
    let course = live(Kind::KnowsNothing);
    course.is_bounded();
    // A side in two and a control in three to five, and more than once: hardly ever.
    assert!(course.mastered_at_last() < 0.15, "{}", course.mastered_at_last());
}

#[test]
fn who_holds_one_belief_is_found_out_and_masters_all_the_rest() {
    let course = live(Kind::Believes);
    course.is_bounded();
    course.masters_between(course.share(|layer| believed(layer).is_none()));
    let cx = &course.program.state().cx;
    let first = &cx.progress.outcomes[..30];
    let shown = |id: &str| evidence(first, id).count();
    let most = cx.course.pitfalls.iter().max_by_key(|pitfall| shown(&pitfall.id)).expect("there are pitfalls");
    assert_eq!(most.id, BELIEF, "named within thirty answers");
    let mut early = cx.progress.clone();
    early.outcomes.truncate(30);
    let mirror = Mirror::of(&early, Timestamp(0), &|at| at.0.div_euclid(DAY));
    assert_eq!(mirror.beliefs.first().map(|belief| belief.pitfall.as_str()), Some(BELIEF), "by the mirror");
    assert!(cx.course.pitfalls.iter().all(|pitfall| pitfall.id == BELIEF || shown(&pitfall.id) == 0));
}

#[test]
fn who_over_trusts_masters_the_providers_rows() {
    let course = live(Kind::OverTrusts);
    course.is_bounded();
    course.masters_between(course.share(|layer| layer.owner == Owner::Provider));
}

#[test]
fn who_forgets_by_a_known_curve_is_brought_to_what_review_promises() {
    let course = live(Kind::Forgets);
    course.is_bounded();
    let (first, last) = (course.mastered[2], course.mastered_at_last());
    assert!(first < 0.1 && last > 0.4, "{first} to {last}: {:?}", course.mastered);
    // What is known in truth, and what the schedule believes.
    let schedule = &course.program.state().cx.schedule;
    let row =
        |item: &respline::course::review::Item| RowRef { scenario: item.scenario.clone(), layer: item.layer.clone() };
    let truths = schedule.items().iter().map(|item| course.learner.truth(&row(item), day_of(DAYS)));
    let truth = truths.sum::<f64>() * share(1, course.items());
    let believed = f64::from(schedule.retention(Timestamp(DAYS * DAY)).expect("there are items"));
    assert!(truth > 0.75 && (truth - believed).abs() < 0.2, "{truth} in truth, {believed} believed");
    let peak = course.load.iter().max().copied().unwrap_or_default();
    assert!(course.last_week() < share(peak, 1), "the load falls: {:?}", course.load);
}
