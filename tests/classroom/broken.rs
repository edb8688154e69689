//! Every broken class file is told at its place, with what to do, and nothing ever panics.

use proptest::prelude::*;
use respline::content::Problem;

use super::class::{CLASS, ROSTER, read};

/// The codes and lines of what is wrong with `class`.
fn told(class: &str, roster: Option<&str>) -> Vec<(&'static str, String, usize)> {
    let (_, problems) = read(class, roster);
    for problem in &problems {
        assert!(!problem.hint.is_empty() && problem.place.column > 0, "{problem}");
    }
    problems.into_iter().map(|problem| (problem.code, problem.place.file, problem.place.line)).collect()
}

/// What is good, what is broken in its place, and the code of what is told.
const BROKEN: &[(&str, &str, &str)] = &[
    ("format = 1", "format = 2", "newer-format"),
    ("title = \"Lab 1\"", "tittle = \"Lab 1\"", "unknown-key"),
    ("id = \"sec-101\"", "id = \"Sec 101\"", "not-kebab-case"),
    ("Europe/Berlin", "Europe/Berlln", "unknown-time-zone"),
    ("join-code = \"river-anvil-42\"", "join-code = \"short\"", "bad-form"),
    ("roster = \"roster.csv\"", "roster = \"../roster.csv\"", "bad-form"),
    ("retention = \"365d\"", "retention = 365", "wrong-type"),
    ("groups = [\"red\"]\n\n", "groups = [\"rad\"]\n\n", "dangling-reference"),
    ("extra-time = \"25%\"", "extra-time = \"25\"", "bad-form"),
    ("login = \"zoe\"", "login = \"ANA\"", "duplicate-login"),
    ("login = \"zoe\"", "login = \"class/sec-101\"", "bad-login"),
    ("id = \"9\"", "id = \"1001\"", "duplicate-id"),
    ("\"shop\", \"shop-managed\"]\nopens", "\"shop\", \"shop-manged\"]\nopens", "dangling-reference"),
    ("\"shop\", \"shop-managed\"]\nopens", "\"shop\", \"shop\"]\nopens", "duplicate-id"),
    ("scenarios = [\"shop\", \"shop-managed\"]\n", "", "no-task"),
    ("checkpoint = \"1\"", "checkpoint = \"1\"\nscenarios = [\"shop\"]", "double-task"),
    ("checkpoint = \"1\"", "checkpoint = \"9.9\"", "dangling-reference"),
    ("count = 1", "count = 3", "out-of-range"),
    ("mode = \"exam\"", "mode = \"quiz\"", "unknown-word"),
    ("attempts = 3", "attempts = 0", "out-of-range"),
    ("opens = 2026-10-05T09:00:00", "opens = 2026-10-05", "bad-form"),
    ("opens = 2026-10-05T09:00:00", "opens = \"2026-10-05 09:00\"", "wrong-type"),
    ("opens = 2026-10-05T09:00:00", "opens = 2026-02-30T09:00:00", "syntax"),
    ("opens = 2026-10-05T09:00:00", "opens = 2026-10-15T09:00:00", "dates-in-wrong-order"),
    ("until = 2026-10-14T23:59:00", "until = 2026-10-10T23:59:00", "dates-in-wrong-order"),
    ("closes = 2026-10-20T12:00:00", "closes = 2026-10-20T09:00:00", "dates-in-wrong-order"),
    ("due = 2026-10-12T23:59:00\n", "", "late-without-due"),
    ("late = {", "closes = 2026-10-13T23:59:00\nlate = {", "dates-in-wrong-order"),
    ("closes = 2026-10-20T12:00:00", "due = 2026-10-20T11:00:00\ncloses = 2026-10-20T12:00:00", "no-late-rule"),
    ("penalty-per-day = \"10%\"", "penalty-per-day = \"10\"", "bad-form"),
    ("time-limit = \"40m\"", "time-limit = \"40\"", "bad-form"),
    ("weight = 3", "weight = -3", "out-of-range"),
    ("weight = 3", "weight = 3\nfeedback = \"after-due\"", "feedback-and-mode"),
    ("feedback = \"after-due\"", "feedback = \"at-once\"", "feedback-and-mode"),
    ("checkpoint = \"1\"", "checkpoint = \"1\"\nmode = \"practice\"", "checkpoint-is-exam"),
    ("sections = [\"Monday\"]", "sections = [\"Munday\"]", "dangling-reference"),
    ("attempts = 3\ngroups = [\"red\"]", "attempts = 3\ngroups = [\"reed\"]", "dangling-reference"),
    ("id = \"drawn\"", "id = \"lab-1\"", "duplicate-id"),
    ("title = \"Exam\"", "title = \"Lab 1\"", "duplicate-id"),
    ("name = \"Kim\"", "name = \"Kim\"\nkeys = [\"ssh-ed25519 x\"]", "bad-form"),
];

#[test]
fn a_broken_key_is_told_where_it_stands() {
    for (good, bad, code) in BROKEN {
        assert_eq!(CLASS.matches(*good).count(), 1, "{good}");
        let broken = CLASS.replace(*good, bad);
        let found = told(&broken, Some(ROSTER));
        let line = CLASS[..CLASS.find(*good).unwrap()].matches('\n').count() + 1;
        // Of two dates that contradict each other the later one is told.
        let near = line..=line + 1 + bad.matches('\n').count();
        assert!(
            found
                .iter()
                .any(|(told, file, at)| told == code && file == "class.toml" && (near.contains(at) || bad.is_empty())),
            "{bad:?} in line {line}: {found:?}"
        );
        let (class, _) = read(&broken, Some(ROSTER));
        assert!(class.is_none(), "{bad}");
    }
}

#[test]
fn a_broken_roster_is_told_in_the_roster() {
    let cases = [
        ("ana", "an\u{200b}a", "bad-login", 3),
        ("bo@school.example", "ana", "duplicate-login", 4),
        ("1002", "1001", "duplicate-id", 4),
        ("\"O'Neil, Bo\"", "O'Neil, Bo", "row-width", 4),
        ("bo@school.example", &"x".repeat(40), "bad-login", 4),
    ];
    for (good, bad, code, line) in cases {
        let roster = ROSTER.replacen(good, bad, 1);
        let found = told(CLASS, Some(&roster));
        assert!(
            found.iter().any(|(told, file, at)| (*told, file.as_str(), *at) == (code, "roster.csv", line))
                // A learner whom the class file has too is told there: that is where it is mended.
                || found.iter().any(|(told, file, _)| *told == code && file == "class.toml"),
            "{bad}: {found:?}"
        );
    }
    assert!(
        told(CLASS, Some("a,b\n1,2\n"))
            .iter()
            .any(|(code, file, _)| (*code, file.as_str()) == ("unknown-columns", "roster.csv"))
    );
    assert!(told(CLASS, None).iter().any(|(code, _, line)| (*code, *line) == ("missing-file", 6)));
}

#[test]
fn hours_that_do_not_exist_or_come_twice_are_told_and_read() {
    let spring = CLASS.replace("2026-10-05T09:00:00", "2026-03-29T02:30:00");
    let (class, problems) = read(&spring, Some(ROSTER));
    assert_eq!(problems.iter().map(|one| (one.code, one.is_error())).collect::<Vec<_>>(), [("clock-change", false)]);
    assert!(problems[0].message.contains("2026-03-29 03:30 +02:00"), "{}", problems[0]);
    assert_eq!(class.unwrap().assignments[0].opens, Some(super::class::at("2026-03-29T01:30:00Z")));
    let autumn = CLASS
        .replace("opens = 2026-10-05T09:00:00", "opens = 2026-10-25T02:30:00")
        .replace("due = 2026-10-12T23:59:00", "due = 2026-10-25T02:40:00")
        .replace("until = 2026-10-14T23:59:00", "until = 2026-10-25T02:30:00+01:00")
        .replace("until = 2026-10-25T02:30:00+01:00", "until = 2026-10-26T02:30:00");
    let (class, problems) = read(&autumn, Some(ROSTER));
    assert_eq!(problems.iter().map(|one| one.code).collect::<Vec<_>>(), ["clock-change", "clock-change"]);
    let lab = class.unwrap().assignments.remove(0);
    assert_eq!(lab.opens, Some(super::class::at("2026-10-25T00:30:00Z")), "the first of the two");
    assert_eq!(lab.due, Some(super::class::at("2026-10-25T01:40:00Z")), "the second of the two");
}

#[test]
fn an_offset_says_which_of_two_hours_is_meant() {
    let class = CLASS.replace("2026-10-05T09:00:00", "2026-10-05T09:00:00+00:00");
    let (class, problems) = read(&class, Some(ROSTER));
    assert_eq!(problems, []);
    assert_eq!(class.unwrap().assignments[0].opens, Some(super::class::at("2026-10-05T09:00:00Z")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_gives_a_class_or_problems(class in ".{0,300}", roster in "(\\PC|[,;\"\\n\\r\\t]){0,200}") {
        let (class, problems) = read(&class, Some(&roster));
        prop_assert!(class.is_some() != problems.iter().any(Problem::is_error));
    }

    #[test]
    fn a_class_with_a_hole_or_a_splinter_gives_a_class_or_problems(at in 0..CLASS.len(), cut in 0..80_usize, with in "\\PC{0,8}") {
        let from = CLASS.floor_char_boundary(at);
        let to = CLASS.floor_char_boundary((at + cut).min(CLASS.len())).max(from);
        let broken = [&CLASS[..from], &with, &CLASS[to..]].concat();
        let (class, problems) = read(&broken, Some(ROSTER));
        prop_assert!(class.is_some() != problems.iter().any(Problem::is_error));
    }

    #[test]
    fn any_roster_under_good_columns_gives_learners_or_problems(
        rows in prop::collection::vec(prop::collection::vec("(\\PC|[\"\\n,]){0,12}", 1..7), 0..6),
        form in 0..3_usize,
    ) {
        let header = ["Student,ID,SIS Login ID,Section", "First name,Last name,Username,Email address", "id,login,name,keys"][form];
        let rows: String = rows.iter().map(|cells| cells.join(",") + "\n").collect();
        let (class, problems) = read(CLASS, Some(&format!("{header}\n{rows}")));
        prop_assert!(class.is_some() != problems.iter().any(Problem::is_error));
    }
}
