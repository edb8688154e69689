//! Whole scenarios answered by a script.

use super::{
    scenario::{Scenario, lines},
    support::{
        lines::Learner,
        packs::{shipped, small},
    },
};

#[test]
fn every_shipped_scenario_answered_right_gives_every_point() {
    let all = Scenario::all(&shipped());
    assert!(all.len() >= 8, "only {} scenarios are shipped", all.len());
    for scenario in all {
        let said = Learner::new()
            .run(&["--plain", "play", &scenario.id, "--order", "authored"], &lines(&scenario.all_right()));
        let points = scenario.points();
        assert_eq!(
            (said.last(), said.code),
            (format!("score: {points}/{points} (100%)").as_str(), Some(0)),
            "{}",
            scenario.id
        );
    }
}

#[test]
fn every_shipped_scenario_answered_wrong_gives_none() {
    for scenario in Scenario::all(&shipped()) {
        let said = Learner::new()
            .run(&["--plain", "play", &scenario.id, "--order", "authored"], &lines(&scenario.all_wrong()));
        assert_eq!(said.last(), format!("score: 0/{} (0%)", scenario.points()), "{}", scenario.id);
    }
}

#[test]
fn shuffled_controls_are_found_by_their_words() {
    let scenario = Scenario::read(&small().join("scenarios/blog-vm.toml"));
    let learner = Learner::new();
    let play = ["--plain", "play", "blog-vm", "--seed", "9"];
    for layer in &scenario.layers {
        let asked = learner.run_on(&small(), &play, &[layer.owner]);
        learner.run_on(&small(), &play, &[&asked.number(layer.decision())]);
    }
    let progress = learner.run_on(&small(), &["progress", "--format", "json"], &[]);
    assert!(progress.out.contains("\"percent\": 100"), "{}", progress.out);
}

#[test]
fn an_exam_explains_at_its_end_and_gives_no_hint() {
    let scenario = Scenario::read(&small().join("scenarios/blog-vm.toml"));
    let mut answers = scenario.all_right();
    answers.insert(0, "h".into());
    let said = Learner::new().run_on(
        &small(),
        &["--plain", "play", "blog-vm", "--exam", "--order", "authored"],
        &lines(&answers),
    );
    assert_eq!(said.last(), "score: 10/10 (100%)");
    assert!(said.out.contains("'h' is no answer here"), "{}", said.out);
    let (before, _) = said.out.split_once("Layer 5 of 5").expect("it is asked");
    assert!(!before.contains("Right:") && !before.contains("Your control"), "{before}");
}

#[test]
fn what_is_no_answer_is_asked_again_and_changes_nothing() {
    let answers = [
        "",
        "x",
        "7",
        "c",
        "0",
        "9",
        "yes",
        "\u{1b}[A",
        "1",
        "customer",
        "99999999999999999999",
        "1",
        "C",
        "1",
        "p",
        "1",
        "provider",
        "1",
    ];
    let said = Learner::new().run_on(&small(), &["--plain", "play", "blog-vm", "--order", "authored"], &answers);
    assert_eq!(said.last(), "score: 10/10 (100%)", "{}", said.out);
    assert_eq!(said.out.matches("is no answer here").count(), 8, "{}", said.out);
    assert_eq!(said.out.matches("Customer or provider?").count(), 5 + 3, "{}", said.out);
}

#[test]
fn a_line_that_never_ends_is_no_answer_and_no_harm() {
    let long = "c".repeat(1_000_000);
    let said = Learner::new().run_on(&small(), &["--plain", "play", "blog-vm"], &[&long, "q"]);
    assert!(said.out.contains("is no answer here") && said.out.len() < 5_000, "{}", said.out);
    assert_eq!(said.last(), "left: 0 of 5 layers answered, saved");
}

#[test]
fn hints_a_doubt_a_change_of_mind_the_story_and_help_are_at_hand() {
    let answers = ["?", "s", "u", "h", "h", "h", "p", "o", "c", "h", "2", "3"];
    let said = Learner::new().run_on(&small(), &["--plain", "play", "blog-vm", "--order", "authored"], &answers);
    for words in [
        "u: unsure",
        "Marked as unsure.",
        "Hint: Who writes the grants?",
        "The rule: Access never leaves the customer.",
        "No further hint for the owner",
        "2) Nothing: the service is managed (struck out)",
        "'2' is no answer here",
        "Right: this row is yours. 1 of 2 points.",
        "Layer 2 of 5: Blog software",
    ] {
        assert!(said.out.contains(words), "'{words}' is missing in:\n{}", said.out);
    }
    assert_eq!(said.out.matches("A blog runs on one rented machine.").count(), 2, "the story is told again");
    assert_eq!(said.last(), "left: 1 of 5 layers answered, saved");
}
