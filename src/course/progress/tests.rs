use super::super::grading::tests::{layer, said};
use super::super::{Checkpoint, Course, LessonEntry, Lock, Owner, mark};
use super::*;

fn record(seq: u32, entry: Entry) -> Record {
    Record { key: RecordKey { origin: 9, seq }, at: Timestamp(i64::from(seq)), entry }
}

fn began(mode: Mode) -> Entry {
    Entry::Began {
        scenario: "shop".into(),
        lesson: "8.1".into(),
        model: Model::Caas,
        mode,
        seed: 5,
        order: Order::Shuffled,
        rows: vec!["data".into(), "hosts".into()],
    }
}

fn answered(attempt: RecordKey, id: &str, owner: Owner, graded: bool) -> Entry {
    let row = layer(id, owner);
    let said = said(Owner::Customer, 1);
    let mark = graded.then(|| mark(&row, &said));
    Entry::Answered { attempt, layer: id.into(), digest: row.digest(), said, mark }
}

#[test]
fn a_finished_run_gives_its_score_and_an_unfinished_one_can_be_continued() {
    let id = RecordKey { origin: 9, seq: 0 };
    let records = [
        record(0, began(Mode::Practice)),
        record(1, answered(id, "data", Owner::Customer, true)),
        record(2, answered(id, "hosts", Owner::Provider, true)),
    ];
    let halfway = Progress::fold(&records[..2]);
    assert_eq!(halfway.open_attempt(Some("shop")).map(|log| log.id), Some(id));
    assert_eq!(halfway.best("shop"), None);
    let whole = Progress::fold(&records);
    assert_eq!(whole.open_attempt(None), None);
    assert_eq!(whole.best("shop"), Some((3, 4)));
}

#[test]
fn the_first_answer_to_a_question_counts_in_practice() {
    let id = RecordKey { origin: 9, seq: 0 };
    let twice = [
        record(0, began(Mode::Practice)),
        record(1, answered(id, "data", Owner::Customer, true)),
        record(2, answered(id, "data", Owner::Customer, true)),
    ];
    let progress = Progress::fold(&twice);
    assert_eq!((progress.outcomes.len(), progress.attempts[0].points), (1, 2));
}

#[test]
fn a_row_whose_question_has_changed_counts_once_as_it_was_answered_last() {
    let id = RecordKey { origin: 9, seq: 0 };
    let Entry::Answered { said, mark, .. } = answered(id, "data", Owner::Provider, true) else { panic!("an answer") };
    let changed = super::super::Layer { task: "Another task".into(), ..layer("data", Owner::Provider) };
    let again = Entry::Answered { attempt: id, layer: "data".into(), digest: changed.digest(), said, mark };
    let records =
        [record(0, began(Mode::Practice)), record(1, answered(id, "data", Owner::Customer, true)), record(2, again)];
    let progress = Progress::fold(&records);
    assert_eq!((progress.attempts[0].points, progress.attempts[0].out_of), (1, 2));
    assert_eq!(progress.outcomes.len(), 2, "both were answers");
}

#[test]
fn an_exam_is_graded_when_it_is_handed_in_and_unlocks_the_next_lesson() {
    let sitting = RecordKey { origin: 9, seq: 0 };
    let attempt = RecordKey { origin: 9, seq: 1 };
    let row = layer("data", Owner::Customer);
    let given = super::super::LayerMark { attempt, layer: "data".into(), mark: mark(&row, &said(Owner::Customer, 1)) };
    let handed =
        |sitting, passed| Entry::HandedIn { sitting, marks: vec![given.clone()], points: 2, out_of: 2, passed };
    let start = vec![
        record(
            0,
            Entry::SatDown {
                lesson: "8.1".into(),
                seed: 1,
                scenarios: vec!["shop".into()],
                assignment: None,
                test_out: false,
            },
        ),
        record(1, began(Mode::Checkpoint(sitting))),
        record(2, answered(attempt, "data", Owner::Customer, false)),
    ];
    let mut progress = Progress::fold(&start);
    assert!(progress.outcomes.is_empty(), "nothing is graded before hand-in");
    assert_eq!(progress.lock(&course(), "8.2"), Some(Lock::Needs("8.1".into())));
    progress.apply(&record(3, handed(sitting, false)));
    assert!(!progress.passed("8.1"));
    progress.apply(&record(4, answered(attempt, "hosts", Owner::Provider, false)));
    progress.apply(&record(5, handed(sitting, true)));
    assert!(!progress.passed("8.1") && progress.outcomes.len() == 1, "the first hand-in counts, and closes it");
    assert_eq!(progress.attempt(attempt).map(|log| log.answers.len()), Some(1));
    progress.apply(&record(
        6,
        Entry::SatDown { lesson: "8.1".into(), seed: 2, scenarios: Vec::new(), assignment: None, test_out: false },
    ));
    progress.apply(&record(7, handed(RecordKey { origin: 9, seq: 6 }, true)));
    assert_eq!(progress.lock(&course(), "8.2"), Some(Lock::Coming));
    assert_eq!(progress.lock(&course(), "8.1"), None);
}

/// Four lessons with a checkpoint each.
fn long_course() -> Course {
    let checkpoint = Some(Checkpoint { from: vec!["shop".into()], draw: 1, pass: 0.8 });
    let entry = |id: &str| LessonEntry {
        id: id.into(),
        title: id.into(),
        file: Some("a.md".into()),
        checkpoint: checkpoint.clone(),
    };
    Course { lessons: ["8.1", "8.2", "8.3", "8.4"].map(entry).to_vec(), ..Course::default() }
}

#[test]
fn a_test_out_stands_for_the_checkpoints_before_it() {
    let course = long_course();
    let lesson = "8.3".to_owned();
    let sat = Entry::SatDown { lesson, seed: 1, scenarios: Vec::new(), assignment: None, test_out: true };
    let mut progress = Progress::fold(&[record(0, sat)]);
    let needs = |id: &str| Some(Lock::Needs(id.to_owned()));
    assert_eq!(progress.lock(&course, "8.4"), needs("8.1"));
    let sitting = RecordKey { origin: 9, seq: 0 };
    progress.apply(&record(1, Entry::HandedIn { sitting, marks: Vec::new(), points: 9, out_of: 10, passed: true }));
    let locks = ["8.1", "8.2", "8.3", "8.4"].map(|id| progress.lock(&course, id));
    assert_eq!(locks, [None, None, None, None], "what comes before it, it itself, and what comes next");
    assert!(!progress.passed("8.2"), "a lesson that was passed over is open, not passed");
}

#[test]
fn a_round_knows_its_attempts_and_its_rows_alone_are_no_run() {
    let row = |layer: &str| super::super::RowRef { scenario: "shop".into(), layer: layer.into() };
    let round = RecordKey { origin: 9, seq: 0 };
    let drew = Entry::Drew { purpose: super::super::Purpose::Review, rows: vec![row("data"), row("hosts")] };
    let Entry::Began { scenario, lesson, model, seed, order, .. } = began(Mode::Practice) else { panic!("an attempt") };
    let mode = Mode::Review(round);
    let began = Entry::Began { scenario, lesson, model, mode, seed, order, rows: vec!["data".into()] };
    let answer = answered(RecordKey { origin: 9, seq: 1 }, "data", Owner::Customer, true);
    let records = [record(0, drew), record(1, began), record(2, answer)];
    let mut progress = Progress::fold(&records);
    let open = progress.open_round().expect("a row is open");
    assert_eq!(progress.answered_in(open).collect::<Vec<_>>(), [&row("data")]);
    assert_eq!((progress.best("shop"), progress.open_attempt(None)), (None, None));
    assert_eq!(progress.outcomes.len(), 1, "it counts for what is known");
    progress.apply(&record(3, Entry::Dropped { attempt: round }));
    assert!(progress.open_round().is_none());
}

fn course() -> Course {
    let entry = |id: &str, file: Option<&str>, checkpoint| LessonEntry {
        id: id.into(),
        title: id.into(),
        file: file.map(String::from),
        checkpoint,
    };
    let checkpoint = Checkpoint { from: vec!["shop".into()], draw: 1, pass: 0.8 };
    let lessons = vec![entry("8.1", Some("a.md"), Some(checkpoint)), entry("8.2", None, None)];
    Course { lessons, ..Course::default() }
}
