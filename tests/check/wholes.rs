//! What only shows when scenarios are seen side by side, and the warnings about a single one.

use respline::content::Problem;

use super::pack::{COURSE, LESSON, MANAGED, SHOP, codes, good};

fn warned(problems: &[Problem], code: &str) -> Problem {
    let found = problems.iter().find(|problem| problem.code == code);
    let problem = found.unwrap_or_else(|| panic!("{code} is not among {:?}", codes(problems)));
    assert!(!problem.is_error(), "{code} is a warning");
    problem.clone()
}

#[test]
fn what_could_be_better_in_a_scenario_is_a_warning_at_its_place() {
    let wide = format!("{}  [edit]\n", "w".repeat(40));
    let word = format!("You {} ", "o".repeat(39));
    for (code, from, to, at, hint) in [
        ("no-do-nothing", "\"Nothing to set here; the service is managed\"", "\"Set it\"", "[[layer]]", "offer one"),
        (
            "same-why",
            "Reason 2 about reach.",
            "Reason 1 about reach.",
            "\"Reason 1 about reach.\"\n\n  [[layer.control]]\n  text = \"Turn",
            "each control",
        ),
        ("missing-hints", ", \"If you can configure it, you own it.\"]", "]", "[[layer]]", "a nudge"),
        (
            "wide-label",
            "\"Database reachability\"",
            "\"Database reachability 12345\"",
            "\"Database reachability 12345",
            "shorter",
        ),
        ("too-wide", "address            public", &wide, "wwww", "38 columns"),
        ("too-wide", "You are", &word, "oooo", "38 columns"),
        ("no-sources", "cloud = \"any\"", "cloud = \"aws\"", "\"aws\"", "add sources"),
    ] {
        let pack = good().with(SHOP, from, to);
        let report = pack.check();
        let problem = warned(&report.problems, code);
        assert_eq!((problem.place.line, problem.place.column), pack.place(SHOP, at), "{code}\n{problem}");
        assert_eq!(problem.place.file, SHOP);
        assert!(problem.hint.contains(hint), "{problem}");
        assert!(report.course.is_some(), "{code}: a warning closes no pack");
    }
}

#[test]
fn sources_answer_for_what_is_one_providers() {
    let cited = "cloud = \"aws\"\nsources = [\"Title, publisher, date, https://example.org\"]";
    assert_eq!(codes(&good().with(SHOP, "cloud = \"any\"", cited).problems()), Vec::<&str>::new());
}

#[test]
fn a_lesson_that_nobody_names_is_a_warning() {
    let problems = good().put("lessons/stray.md", "# Stray\n").problems();
    let problem = warned(&problems, "stray-lesson");
    assert_eq!((problem.place.file.as_str(), problem.place.line), ("lessons/stray.md", 1));
}

#[test]
fn a_word_too_wide_in_a_lesson_is_a_warning() {
    let pack = good().with(LESSON, "Own the", &format!("Own {} the", "x".repeat(39)));
    let problem = warned(&pack.problems(), "too-wide");
    assert_eq!((problem.place.line, problem.place.column), (3, 5));
}

#[test]
fn rows_of_a_ladder_with_one_task_offer_one_set_of_controls() {
    let changed = good().with(SHOP, "Take the public address away", "Take the public address off");
    let problem = warned(&changed.problems(), "ladder-controls");
    assert_eq!((problem.place.line, problem.place.column), changed.place(&problem.place.file, "\"Keep the database"));
    let apart = changed.with(SHOP, "ladder = \"shop\"\n", "");
    assert_eq!(codes(&apart.problems()), Vec::<&str>::new(), "off the ladder nothing is compared");
}

#[test]
fn a_topic_that_no_layer_shows_is_thinly_covered() {
    let topic = "[[pitfall]]\nid = \"never-met\"\nname = \"N\"\ncorrection = \"C\"\n\n[[pitfall]]";
    let pack = good().with(COURSE, "[[pitfall]]", topic);
    let problem = warned(&pack.problems(), "thin-coverage");
    assert_eq!((problem.place.line, problem.place.column), pack.place(COURSE, "\"never-met\""));
    let gone = good().with(SHOP, "threat = \"unpatched-workload\"\n", "");
    assert!(warned(&gone.problems(), "thin-coverage").message.contains("unpatched-workload"));
}

#[test]
fn a_wide_label_counts_columns_not_letters() {
    let pack = good().with(MANAGED, "\"Hosts\"", &format!("\"{}\"", "漢".repeat(13)));
    warned(&pack.problems(), "wide-label");
}
