//! Reviews and drills as a conversation.

use super::support::{lines::Learner, packs::small};

/// Every row of the blog answered with the customer and the second control: three of them wrongly.
fn learner() -> Learner {
    let learner = Learner::new();
    let answers = ["c", "2"].repeat(5);
    let said = learner.run_on(&small(), &["play", "blog-vm", "--order", "authored"], &answers);
    assert!(said.last().starts_with("score: "), "{}", said.out);
    learner
}

#[test]
fn a_drill_asks_row_by_row_in_short_stories_and_ends_with_a_score() {
    let learner = learner();
    let drill = ["drill", "--weak", "--order", "authored", "--seed", "1"];
    let said = learner.run_on(&small(), &drill, &["c", "2", "s", "q"]);
    assert!(said.out.starts_with("Your weak spots: "), "{}", said.out);
    assert!(said.out.contains("Blog on a bare machine. IaaS. A blog runs on one rented machine."), "{}", said.out);
    assert!(said.out.contains("\nRow 1 of ") && said.out.contains("\nRow 2 of "), "{}", said.out);
    assert!(
        said.last().starts_with("left: 1 of ") && said.last().ends_with(" rows answered, saved"),
        "{}",
        said.last()
    );
    // Another drill begins anew.
    let said = learner.run_on(&small(), &drill, &["c", "2"].repeat(10));
    assert!(said.out.contains("Row 1 of ") && said.out.contains("Coming back tomorrow: "), "{}", said.out);
    assert!(said.last().starts_with("score: ") && said.code == Some(0), "{}", said.out);
}

#[test]
fn a_review_with_nothing_due_says_when_something_will_be() {
    let said = Learner::new().run_on(&small(), &["review"], &[]);
    assert_eq!(said.out, "Nothing is due, and nothing comes back this week.\n");
    let said = learner().run_on(&small(), &["review"], &[]);
    assert!(said.out.starts_with("Nothing is due. Tomorrow: ") && said.code == Some(0), "{}", said.out);
}

#[test]
fn drills_stand_on_the_course_map() {
    let learner = learner();
    let number = learner.run_on(&small(), &["--plain"], &["q"]).number("Drills");
    let said = learner.run_on(&small(), &["--plain"], &[&number, "1", "q", "q", "q"]);
    assert!(said.out.contains("1) Mixed drill (anything, ten rows)"), "{}", said.out);
    assert!(said.out.contains("Mixed drill: 6 rows."), "{}", said.out);
}

#[test]
fn a_drill_of_what_is_not_there_says_what_is() {
    let learner = Learner::new();
    let said = learner.run_on(&small(), &["drill", "--threat", "leaked-credential"], &[]);
    assert!(said.code == Some(2) && said.err.contains("did you mean 'leaked-credentials'?"), "{}", said.err);
    let said = learner.run_on(&small(), &["drill", "--pitfall", "none"], &[]);
    assert!(said.code == Some(2) && said.err.contains("managed-means-secured"), "{}", said.err);
    assert_eq!(learner.run_on(&small(), &["drill", "--weak", "--mixed"], &[]).code, Some(2));
}
