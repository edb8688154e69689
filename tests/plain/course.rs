//! The whole course in lines: welcome, lesson, checkpoint, the other screens.

use super::{
    scenario::{Layer, Scenario},
    support::{
        lines::{Learner, Said},
        packs::small,
    },
};

#[test]
fn the_first_start_welcomes_and_lists_the_course() {
    let learner = Learner::new();
    let first = learner.run_on(&small(), &["--plain"], &["q"]);
    assert!(first.out.contains("Welcome") && first.out.contains("1) Continue: 1.1 The line"), "{}", first.out);
    let second = learner.run_on(&small(), &["--plain"], &["q"]);
    assert!(!second.out.contains("Welcome") && second.out.starts_with("The small course\n"), "{}", second.out);
}

#[test]
fn a_lesson_is_told_section_by_section_and_its_place_is_kept() {
    let learner = Learner::new();
    let begun = learner.run_on(&small(), &["--plain", "read", "1.1"], &["", "", "q"]);
    assert!(
        begun.out.contains(
            "The line of \"Database, upgrades on\", top to bottom.\nAccess: customer\nMinor version: provider\n"
        ),
        "{}",
        begun.out
    );
    assert!(!begun.out.contains("A table"), "{}", begun.out);
    let more = learner.run_on(&small(), &["--plain", "read"], &["", "", "", ""]);
    assert!(more.out.starts_with("Section: The line drawn"), "{}", more.out);
    assert!(
        more.out.contains("port 5432 open to any") && more.out.contains("That is the end of the lesson."),
        "{}",
        more.out
    );
    let home = learner.run_on(&small(), &["--plain"], &["q"]);
    assert!(home.out.contains(") 1.1 The line (read)\n"), "{}", home.out);
}

#[test]
fn a_lesson_is_looked_up_by_its_outline_and_by_its_words() {
    let learner = Learner::new();
    let lines = ["?", "o", "99", "5", "find PORT 5432", "n", "/one thing nobody wrote", "find", "outline", "q", "q"];
    let said = learner.run_on(&small(), &["--plain", "read", "1.1"], &lines);
    let mut rest = said.out.as_str();
    for words in [
        "o: outline",
        "n: next hit",
        "find WORDS: where they stand in this lesson",
        "The sections of this lesson.\n1) The line (you are here)\n2) ",
        "A number goes to one, q goes back.",
        "'99' is no answer here.",
        "Section: managed-means-secured",
        "Enter for the next section",
        "'PORT 5432': 1 of 1. n next, N before.",
        "port 5432 open to any",
        "'PORT 5432': 1 of 1.",
        "'one thing nobody wrote' does not occur here.",
        "'find' is no answer here.",
        "The sections of this lesson.",
        "Enter for the next section",
    ] {
        (_, rest) = rest.split_once(words).unwrap_or_else(|| panic!("'{words}' is missing in:\n{}", said.out));
    }
    assert_eq!(said.code, Some(0));
}

#[test]
fn the_last_section_is_told_once_and_looking_it_up_does_not_end_the_lesson() {
    let learner = Learner::new();
    let outline = learner.run_on(&small(), &["--plain", "read", "1.1"], &["o", "q", "q"]);
    let last = outline.number("Before you ship");
    let said = learner.run_on(&small(), &["--plain", "read", "1.1"], &["o", &last, "o", "1", "q"]);
    assert_eq!(said.out.matches("Both are about what a setting does not cover.").count(), 1, "{}", said.out);
    assert!(
        !said.out.contains("end of the lesson") && said.out.matches("Section: The line\n").count() == 2,
        "{}",
        said.out
    );
    let lines = vec![""; 12];
    let read = learner.run_on(&small(), &["--plain", "read", "1.1"], &lines);
    assert_eq!(read.out.matches("Both are about what a setting does not cover.").count(), 1, "{}", read.out);
    assert!(read.out.ends_with("That is the end of the lesson. e for its checkpoint, q to leave.\n"), "{}", read.out);
}

/// Opens the checkpoint, says the owner of the layer at hand, looks the control up, and says that.
fn answer(learner: &Learner, scenarios: &[Scenario], right: bool) -> Said {
    let open = learner.run_on(&small(), &["--plain"], &["q"]).number("Checkpoint 1.1");
    let asked = learner.run_on(&small(), &["--plain"], &[&open, "p"]);
    let told = |scenario: &&Scenario| asked.out.contains(&format!("Section: {}\n", scenario.title));
    let scenario = scenarios.iter().find(told).unwrap_or_else(|| panic!("no story is told: {}", asked.out));
    let offered = |layer: &&Layer| layer.texts.iter().all(|text| asked.out.contains(&format!(") {text}\n")));
    let layer = scenario.layers.iter().find(offered).expect("its controls are offered");
    let control = layer.texts.iter().find(|text| (text.as_str() == layer.decision()) == right).expect("both kinds");
    let owner = if (layer.owner == "c") == right { "c" } else { "p" };
    learner.run_on(&small(), &["--plain"], &[&open, "o", owner, &asked.number(control)])
}

#[test]
fn a_checkpoint_is_failed_tried_again_with_another_draw_and_passed() {
    let learner = Learner::new();
    let scenarios = Scenario::all(&small());
    let mut drawn = Vec::new();
    for right in [false, true] {
        let home = learner.run_on(&small(), &["--plain"], &["q"]);
        assert!(home.out.contains(") 1.2 Identity (locked until 1.1 is passed)"), "{}", home.out);
        for _ in 1..5 {
            answer(&learner, &scenarios, right);
        }
        let last = answer(&learner, &scenarios, right);
        assert!(last.out.contains("Before you hand in: your answers.\n1) Access"), "{}", last.out);
        let open = learner.run_on(&small(), &["--plain"], &["q"]).number("Checkpoint 1.1");
        let result = learner.run_on(&small(), &["--plain"], &[&open, "x", "n", "q"]);
        let verdict = if right { "Checkpoint 1.1: Passed" } else { "Checkpoint 1.1: Not passed" };
        assert!(result.out.contains(verdict) && result.out.contains("score: "), "{}", result.out);
        let title = scenarios.iter().map(|scenario| scenario.title.as_str());
        drawn.extend(title.filter(|title| result.out.contains(&format!("{title}: "))).map(String::from));
        assert_eq!(result.out.contains(") 1.2 Identity (new)"), right, "{}", result.out);
    }
    assert!(drawn.len() == 2 && drawn[0] != drawn[1], "{drawn:?}");
}

#[test]
fn a_locked_lesson_says_what_is_missing() {
    let learner = Learner::new();
    let said = learner.run_on(&small(), &["--plain", "read", "1.2"], &[]);
    assert_eq!((said.out.as_str(), said.code), ("", Some(1)));
    assert!(
        said.err.starts_with("respline: Locked: pass the checkpoint of 1.1 (The line) first, or test out of it with x on the course map.\n"),
        "{}",
        said.err
    );
    let home = learner.run_on(&small(), &["--plain"], &["q"]).number("1.2 Identity");
    let said = learner.run_on(&small(), &["--plain"], &[&home, "q"]);
    assert!(
        said.out.contains("Locked: pass the checkpoint of 1.1 (The line) first, or test out of it"),
        "{}",
        said.out
    );
}

#[test]
fn threats_progress_settings_search_and_help_are_told() {
    let learner = Learner::new();
    let said = learner.run_on(&small(), &["--plain"], &["?", "t", "p", "/upgrades off", "1", "q", "s", "1", "q", "q"]);
    for words in [
        "t: threats",
        "Section: Public database",
        "Nothing is graded yet.",
        "Database, upgrades off",
        "Customer or provider?",
        "left: 0 of 5 layers answered, saved",
        "1) Theme: auto",
        "1) Theme: dark",
    ] {
        assert!(said.out.contains(words), "'{words}' is missing in:\n{}", said.out);
    }
    assert_eq!(said.code, Some(0));
    learner.run_on(&small(), &["--plain", "play", "blog-vm"], &["c", "1"]);
    let graded = learner.run_on(&small(), &["--plain"], &["q", "p", "q"]);
    assert!(
        graded.out.contains("1 answer graded, ") && graded.out.contains("over-trust: 0 %, 0 of 1."),
        "{}",
        graded.out
    );
}

#[test]
fn words_are_told_those_of_the_text_first_and_one_by_one() {
    let learner = Learner::new();
    let lines = [
        "/upgrades off",
        "1",
        "w",
        "w OS",
        "words PORT",
        "w snapsot",
        "w \u{1b}[2J",
        "c",
        "q",
        "/snapshot",
        "1",
        "?",
        "q",
    ];
    let said = learner.run_on(&small(), &["--plain"], &lines);
    let mut rest = said.out.as_str();
    for words in [
        "Customer or provider?",
        "Section: In this text\n\nSection: engine\n\nThe program that stores",
        "All words: engine, managed database, operating system, port, role, snapshot.\nw WORD says what one means.",
        "Customer or provider?",
        "Section: operating system\n\nThe software between the hardware and the programs.\nAlso: OS.",
        "Customer or provider?",
        "Section: port\n",
        "The glossary has no 'snapsot'. Did you mean 'snapshot'?",
        "The glossary has no '<U+001B>[2J'. w alone lists all words.",
        "Which one? a number;",
        "left: 0 of 5 layers answered, saved",
        "Section: snapshot\n\nA copy of a disk",
        "w: words",
        "w WORD: what it means",
    ] {
        (_, rest) = rest.split_once(words).unwrap_or_else(|| panic!("'{words}' is missing in:\n{rest}"));
    }
    assert!(!said.out.contains("ctrl-g"), "no line holds it: {}", said.out);
    assert_eq!(said.code, Some(0));
}

#[test]
fn a_course_without_a_glossary_says_so() {
    let learner = Learner::new();
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    let said = learner.run_on(&pack, &["--plain"], &["w", "w role", "q"]);
    assert!(said.out.contains("This course explains no words.\n"), "{}", said.out);
    assert!(said.out.contains("The glossary has no 'role'."), "{}", said.out);
}

#[test]
fn the_moving_line_is_told_mode_by_mode_and_asks_what_changes_hands() {
    let learner = Learner::new();
    let lines = ["", "", "e", "?", "x", "n", "y", "q"];
    let said = learner.run_on(&small(), &["--plain", "moving", "db-hand"], &lines);
    let mut rest = said.out.as_str();
    for words in [
        "Minor version: PaaS 1 yours.\n",
        "Minor version: PaaS 1 yours, PaaS 2 the provider's.\n",
        "From PaaS 1 to PaaS 2: 1 of 4 rows changes hands",
        "This is the last mode.",
        "Row 1 of 4.\nDecide who may read the rows.",
        "m: changes hands\nn: stays",
        "'x' is no answer here.",
        "Right: it stays yours.",
        "In PaaS 2 it is the provider's. The system moves to PaaS 1.",
        "Right: it changes hands and is now yours.",
        "Row 3 of 4.",
    ] {
        let Some((_, after)) = rest.split_once(words) else { panic!("no '{words}' in what follows of\n{}", said.out) };
        rest = after;
    }
    let again = learner.run_on(&small(), &["--plain", "moving", "db-auto"], &["e", "n", "y", "q", "q"]);
    assert!(again.out.contains("Row 3 of 4.") && !again.out.contains("Row 2 of 4."), "{}", again.out);
    assert!(again.out.contains("3 of 4 right"), "{}", again.out);
}

#[test]
fn a_system_with_one_mode_has_no_moving_line() {
    let said = Learner::new().run_on(&small(), &["--plain", "moving", "mail"], &[]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(said.err.contains("the system of 'mail' stands in the course in one mode only"), "{}", said.err);
}
