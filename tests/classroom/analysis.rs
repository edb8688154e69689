//! Item analysis: against figures worked by hand, against an independent reckoning, and on rows that are wrong on purpose.

use std::io::Write as _;

use respline::{
    classroom::{
        Assignment, Grader, Learner, Task,
        analysis::{Analysis, FlagKind, Item, RowAnalysis, Wording},
    },
    course::{Entry, Owner, Said, mark},
};
use serde_json::{Value, json};

use super::{
    room::{Room, class, exam, key, learner, minute},
    simulated::{Row, Simulated, marked, simulated},
};

fn analysis(room: &Simulated) -> Analysis {
    let grader = Grader::new(&room.key);
    Analysis::of(&room.class, &room.ledger, &room.class.assignments[0], (&grader, minute(60)))
}

fn near(one: Option<f64>, other: f64) -> bool {
    one.is_some_and(|one| (one - other).abs() < 1e-9)
}

/// Twelve learners and the four rows of `one`. Learner 0 to 5 has everything right but row `d`; 6 to 11 have only row `d`.
fn twelve() -> (Room, Vec<Learner>) {
    let learners: Vec<Learner> = (0..12).map(|who| learner(&format!("l{who:02}"))).collect();
    let mut room = Room::new();
    for (who, learner) in learners.iter().enumerate() {
        let sitting = room.begin(&learner.login, &exam(), 0);
        for (place, row) in ["a", "b", "c", "d"].into_iter().enumerate() {
            let right = (who < 6) == (row != "d");
            let at = minute(1 + i64::try_from(place * (1 + who % 2)).unwrap());
            // One of the weak leaves out row `a`.
            if !(who == 11 && row == "a") {
                room.answer(&learner.login, (sitting, "one"), at, &[(row, right, right)]);
            }
        }
        room.hand_in(&learner.login, sitting, 10);
    }
    (room, learners)
}

fn rows(room: &Room, learners: Vec<Learner>) -> Vec<RowAnalysis> {
    let key = key();
    let class = class(learners, vec![exam()]);
    Analysis::of(&class, &room.ledger, &class.assignments[0], (&Grader::new(&key), minute(60))).rows
}

#[test]
fn figures_are_those_of_a_hand() {
    let (room, learners) = twelve();
    let rows = rows(&room, learners);
    let [a, b, _, d] = rows.as_slice() else { panic!("{rows:?}") };
    // Row a, whole: x = 2 (six times) and 0 (six times). The rest, out of 6: 4 for the strong (d is wrong), 2 for the weak.
    // Both have two values in step, so the correlation is 1.
    assert!((a.row.facility - 50.0).abs() < 1e-9 && near(a.row.discrimination, 100.0), "{a:?}");
    assert!(near(a.row.efficiency, 100.0));
    // var x = 12 · 1 / 11; of the two points there were.
    assert!(near(a.row.deviation, 100.0 * (12.0_f64 / 11.0).sqrt() / 2.0));
    // Row d, whole: x = 0 for those whose rest is 6 of 6, and 2 for those whose rest is nothing.
    assert!(near(d.row.discrimination, -100.0) && near(d.row.efficiency, -100.0));
    // Row b, owner alone: x = 1 and 0, the rest of 7: 5 for the strong, 2 for the weak.
    assert!(near(b.owner.discrimination, 100.0));
    assert_eq!((a.n, a.skipped, b.skipped), (12, 1, 0));
    assert_eq!(
        a.controls.iter().map(|one| (one.count, one.strong, one.weak)).collect::<Vec<_>>(),
        [(5, 0, 5), (6, 6, 0)]
    );
    // The first row took a minute from the beginning; the next one or two, by turns.
    assert_eq!((a.median_seconds, b.median_seconds), (Some(60.0), Some(90.0)));
    let kinds: Vec<FlagKind> = d.flags.iter().map(|flag| flag.kind).collect();
    assert!(kinds.contains(&FlagKind::Negative) && kinds.contains(&FlagKind::StrongWrong), "{kinds:?}");
    assert!(b.flags.is_empty(), "{:?}", b.flags);
}

#[test]
fn ten_attempts_have_indices_and_nine_have_none() {
    let (room, mut learners) = twelve();
    learners.truncate(10);
    assert!(rows(&room, learners.clone()).iter().all(|row| row.row.discrimination.is_some()));
    learners.truncate(9);
    let rows = rows(&room, learners);
    let none = |item: &Item| item.discrimination.is_none() && item.efficiency.is_none();
    assert!(rows.iter().all(|row| none(&row.owner) && none(&row.control) && none(&row.row) && row.flags.is_empty()));
    assert!(rows.iter().all(|row| row.row.deviation.is_some() && row.is_too_few()), "what is no index is there");
}

#[test]
fn a_disputed_row_is_left_out_and_an_edited_one_kept_apart() {
    let set = Assignment { task: Task::Scenarios(vec!["two".into()]), ..exam() };
    let learners: Vec<Learner> = (0..12).map(|who| learner(&format!("l{who:02}"))).collect();
    let mut room = Room::new();
    for (who, learner) in learners.iter().enumerate() {
        let sitting = room.begin(&learner.login, &set, 0);
        room.answer(&learner.login, (sitting, "two"), minute(1), &[("a", true, true), ("c", true, true)]);
        // Half of them were asked another text of row `b`, and got their marks at once.
        let mut layer = key()["two"].layers[1].clone();
        if who % 2 == 0 {
            layer.task = "Do it otherwise".into();
        }
        let said = Said { owner: Owner::Customer, control: who % 3, unsure: false, hints: 0, struck: false };
        let given = Entry::Answered {
            attempt: room.run(sitting, "two"),
            layer: "b".into(),
            digest: layer.digest(),
            said,
            mark: (who != 0).then(|| mark(&layer, &said)),
        };
        room.record(&learner.login, minute(2), given);
        room.hand_in(&learner.login, sitting, 3);
    }
    let key = key();
    let class = class(learners, vec![set]);
    let analysis = Analysis::of(&class, &room.ledger, &class.assignments[0], (&Grader::new(&key), minute(60)));
    let told: Vec<(&str, Wording, usize)> =
        analysis.rows.iter().map(|row| (row.layer.as_str(), row.wording, row.n)).collect();
    // The one answer without a mark to a text that is gone cannot be graded by anybody.
    assert_eq!(told, [("a", Wording::Current, 12), ("b", Wording::Current, 6), ("b", Wording::Earlier, 5)]);
    assert_eq!((analysis.disputed, analysis.ungraded, analysis.attempts), (1, 1, 12));
    assert_eq!(analysis.rows[2].controls.iter().map(|one| one.count).collect::<Vec<_>>(), [1, 2, 2]);
    assert!(analysis.rows[2].controls.iter().all(|one| one.text.starts_with("control ")), "its texts are gone");
}

#[test]
fn time_away_and_time_that_stood_still_do_not_count() {
    use respline::classroom::Act;
    let mut room = Room::new();
    let set = exam();
    room.act(3, Act::Paused { assignment: "exam".into() });
    room.act(5, Act::Resumed { assignment: "exam".into() });
    let sitting = room.begin("ana", &set, 0);
    room.answer("ana", (sitting, "one"), minute(1), &[("a", true, true)]);
    room.record("ana", minute(7), Entry::Left { sitting });
    room.record("ana", minute(17), Entry::Returned { sitting });
    // Nineteen minutes, less two of a pause and ten away; then it is changed within one more.
    room.answer("ana", (sitting, "one"), minute(20), &[("b", false, true)]);
    room.answer("ana", (sitting, "one"), minute(21), &[("b", true, true)]);
    room.hand_in("ana", sitting, 22);
    let rows = rows(&room, vec![learner("ana")]);
    assert_eq!(rows[1].median_seconds, Some(8.0 * 60.0));
}

fn planted(scenario: &str, row: &str) -> Row {
    match (scenario, row) {
        ("s1", "c") => Row::WrongKey,
        ("s2", "f") => Row::Ambiguous,
        _ => Row::Good,
    }
}

#[test]
fn a_wrong_key_is_flagged_first_and_an_ambiguous_row_next() {
    for seed in 1..=8 {
        let room = simulated((200, 3), seed, planted);
        let analysis = analysis(&room);
        let worst: Vec<(&str, &str)> =
            analysis.flagged().iter().map(|row| (row.scenario.as_str(), row.layer.as_str())).collect();
        assert_eq!(worst.first(), Some(&("s1", "c")), "{seed}: {worst:?}");
        assert!(worst.iter().take(3).any(|row| *row == ("s2", "f")), "{seed}: {worst:?}");
        let said: String = analysis.flagged()[0].flags.iter().map(|flag| flag.words.as_str()).collect();
        assert!(said.contains("the key first") && said.contains("\"control 1 of s1/c\" counts as wrong"), "{said}");
    }
}

#[test]
fn a_class_without_a_wrong_key_has_no_row_that_looks_like_one() {
    let room = simulated((200, 3), 7, |_, _| Row::Good);
    let analysis = analysis(&room);
    let wrong = analysis.rows.iter().flat_map(|row| &row.flags).filter(|flag| flag.kind == FlagKind::StrongWrong);
    assert!(wrong.count() <= 1, "one in some hundred by chance");
}

/// The same figures, reckoned by Python from the answers alone.
#[test]
#[ignore = "needs python3"]
fn the_analysis_equals_a_reckoning_in_python() {
    for (learners, scenarios, seed) in [(10, 1, 3), (37, 2, 5), (400, 3, 11)] {
        let room = simulated((learners, scenarios), seed, planted);
        let attempts: Vec<Value> = (0..learners).map(|who| attempt(&room, who)).collect();
        let input = json!({ "rows": rows_of(&room), "attempts": attempts });
        let theirs: Value = serde_json::from_slice(&python(&input)).expect("it is JSON");
        let ours = analysis(&room);
        assert_eq!(theirs.as_array().map(Vec::len), Some(ours.rows.len()));
        for (row, expected) in ours.rows.iter().zip(theirs.as_array().expect("a list")) {
            equal(row, expected);
        }
    }
}

fn rows_of(room: &Simulated) -> Vec<Value> {
    let rows = room.key.values().flat_map(|one| one.layers.iter().map(|layer| json!([one.id, layer.id])));
    rows.collect()
}

/// What one learner said, as points: nothing here is reckoned.
fn attempt(room: &Simulated, who: usize) -> Value {
    let said = room.said.iter().filter(|(one, ..)| *one == who).map(|(_, scenario, row, said, took)| {
        let points = marked(&room.key, (scenario, row), said);
        json!({ "scenario": scenario, "row": row, "points": points, "control": said.control, "millis": took })
    });
    Value::Array(said.collect())
}

fn python(input: &Value) -> Vec<u8> {
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/classroom/item_analysis.py");
    let mut child = std::process::Command::new("python3")
        .arg(script)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("it listens").write_all(input.to_string().as_bytes()).expect("it is told");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    output.stdout
}

fn equal(row: &RowAnalysis, expected: &Value) {
    let close = |what: &str, ours: Option<f64>, theirs: &Value| match (ours, theirs.as_f64()) {
        (None, None) => {}
        (Some(ours), Some(theirs)) => assert!((ours - theirs).abs() < 1e-9, "{what} of {row:?}: {theirs}"),
        (ours, theirs) => panic!("{what} of {}/{}: {ours:?} {theirs:?}", row.scenario, row.layer),
    };
    assert_eq!([&expected["scenario"], &expected["row"]], [&row.scenario, &row.layer]);
    for (name, item) in [("owner", &row.owner), ("control", &row.control), ("both", &row.row)] {
        let theirs = &expected[name];
        close("facility", Some(item.facility), &theirs["facility"]);
        close("deviation", item.deviation, &theirs["deviation"]);
        close("discrimination", item.discrimination, &theirs["discrimination"]);
        close("efficiency", item.efficiency, &theirs["efficiency"]);
    }
    close("median", row.median_seconds, &expected["median"]);
    for (uptake, theirs) in row.controls.iter().zip(expected["leanings"].as_array().expect("a list")) {
        close("leaning", uptake.discrimination, theirs);
    }
    let uptake =
        |of: fn(&respline::classroom::analysis::Uptake) -> usize| row.controls.iter().map(of).collect::<Vec<_>>();
    assert_eq!(json!([row.n, row.skipped]), expected["counts"]);
    assert_eq!(json!([uptake(|one| one.count), uptake(|one| one.strong), uptake(|one| one.weak)]), expected["uptake"]);
}
