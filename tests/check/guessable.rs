//! What makes a whole pack guessable.

use super::pack::{MANAGED, Pack, SHOP, codes, good};

/// The good pack with `count` copies of the shop, each spoilt by `change`; no ladder joins them.
fn shops(count: usize, change: impl Fn(usize, String) -> String) -> Pack {
    let shop = good().text(SHOP).replace("ladder = \"shop\"\n", "");
    let pack = good().with(MANAGED, "ladder = \"shop\"\n", "").put(SHOP, shop.clone());
    (0..count).fold(pack, |pack, n| {
        let id = format!("shop-{n}");
        let text = change(n, shop.replace("id = \"shop\"", &format!("id = \"{id}\"")));
        pack.put(&format!("scenarios/{id}.toml"), text)
    })
}

fn message(pack: &Pack, code: &str) -> String {
    let problems = pack.problems();
    let found = problems.iter().find(|problem| problem.code == code);
    let problem = found.unwrap_or_else(|| panic!("{code} is not among {:?}", codes(&problems)));
    assert!(!problem.is_error() && problem.place.file == "lessons/course.toml");
    problem.message.clone()
}

const RIGHT: &str = "  correct = true\n";

/// Changes the text of every right control.
fn right_texts(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut blocks: Vec<String> = text.split("  [[layer.control]]\n").map(str::to_owned).collect();
    for block in blocks.iter_mut().filter(|block| block.contains(RIGHT)) {
        let (head, rest) = block.split_once("\"\n").expect("a text comes first");
        let words = head.trim_start().strip_prefix("text = \"").expect("a text comes first");
        *block = format!("  text = \"{}\"\n{rest}", change(words));
    }
    blocks.join("  [[layer.control]]\n")
}

#[test]
fn the_longest_answer_must_not_be_the_right_one_too_often() {
    let pack = shops(4, |_, text| right_texts(&text, |words| format!("{words}{}", ", and then some more".repeat(2))));
    assert!(message(&pack, "right-longest").contains("90.0 % of 30 rows"), "{}", message(&pack, "right-longest"));
    let pack = shops(4, |_, text| right_texts(&text, |words| words.chars().take(9).collect()));
    assert!(message(&pack, "right-shortest").contains("of 30 rows"));
    let thirds =
        ["of the orders", "of the database user", "in front of the engine", "to another server", "of the servers"];
    let even =
        |text: String| thirds.iter().fold(text, |text, third| text.replace(third, &format!("{third}, every month")));
    let told = shops(4, |_, text| even(text)).problems();
    assert!(!codes(&told).iter().any(|code| ["right-longest", "right-shortest"].contains(code)), "{:?}", codes(&told));
}

#[test]
fn the_first_answer_must_not_be_the_right_one_too_often_or_never() {
    let owner = |text: &str, from: &str, to: &str| text.replace(from, to);
    // Two of five rows of a shop have the right control first.
    assert!(!codes(&shops(4, |_, text| text).problems()).contains(&"right-first"));
    let swap = |text: String| {
        let mut text = text;
        for row in ["flaws", "hosts", "doors"] {
            let (one, two) =
                (format!("  why = \"Reason 1 about {row}.\""), format!("  why = \"Reason 2 about {row}.\""));
            text = owner(&text, &format!("{RIGHT}{two}"), &two);
            text = owner(&text, &one, &format!("{RIGHT}{one}"));
        }
        text
    };
    assert!(message(&shops(4, |_, text| swap(text)), "right-first").contains("first in 76.6 %"));
}

#[test]
fn both_sides_own_a_fair_share() {
    assert!(message(&shops(4, |_, text| text), "provider-share").contains("63.3 % of 30 rows"));
    let fair = |n: usize, text: String| {
        if n < 2 {
            text.replace("owner = \"provider\"", "owner = \"customer\"").replace("pair = \"engine\"\n", "")
        } else {
            text
        }
    };
    assert!(!codes(&shops(4, fair).problems()).contains(&"provider-share"));
    assert_eq!(codes(&good().problems()), Vec::<&str>::new(), "ten rows say nothing");
}

#[test]
fn wording_that_answers_the_question_is_told_of_packs_that_are_large_enough() {
    assert!(!codes(&shops(27, |_, text| text).problems()).contains(&"wording-leak"), "29 scenarios");
    let pack = shops(28, |_, text| text);
    assert!(message(&pack, "wording-leak").contains("(all rows; at most 65 %)"), "{}", message(&pack, "wording-leak"));
}
