//! What makes a whole pack guessable.

use respline::content::Verdict;

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
    assert!(
        message(&shops(4, |_, text| swap(text)), "right-first")
            .contains("stands first: 76.7 % of 30 rows (15 to 40 %)")
    );
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
    let told = message(&pack, "wording-leak");
    assert!(told.contains("all rows: 99.3 %") && told.contains("(at most 65 %)"), "{told}");
}

/// The figure that the balance of a pack has under this name.
fn figure(pack: &Pack, name: &str) -> (f64, Verdict) {
    let balance = pack.check().balance.expect("the pack has no error");
    let found = balance.figures.iter().find(|figure| figure.name.starts_with(name)).expect("there is such a figure");
    (found.percent, found.verdict)
}

#[test]
fn right_controls_that_repeat_each_others_words_give_themselves_away() {
    let name = "right control guessed";
    let (percent, verdict) = figure(&shops(28, |_, text| text), name);
    assert!(percent > 99.0 && verdict == Verdict::Bad, "copies know each other by heart: {percent}");
    assert_eq!(figure(&shops(27, |_, text| text), name).1, Verdict::TooFew, "29 scenarios");
    let dull = |n: usize, text: String| {
        let mut count = n;
        text.split('\n')
            .map(|line| {
                count += 1;
                if line.starts_with("  text = ") { format!("  text = \"w{count}\"\n") } else { format!("{line}\n") }
            })
            .collect()
    };
    let (percent, _) = figure(&shops(28, dull), name);
    assert!(percent < 60.0, "words that say nothing are left to chance: {percent}");
}

#[test]
fn the_control_that_repeats_the_task_must_not_be_the_right_one() {
    let copied = shops(28, |_, text| {
        let rows = text.split("[[layer]]\n").map(|row| {
            let task = row.split("task = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            right_texts(row, |_| task.to_owned())
        });
        rows.collect::<Vec<_>>().join("[[layer]]\n")
    });
    assert!(message(&copied, "word-overlap").contains("(at most 40 %)"));
    assert!(!codes(&shops(28, |_, text| text).problems()).contains(&"word-overlap"));
}

#[test]
fn absolute_words_must_not_mark_the_wrong_controls() {
    let wrong = |text: String| {
        let marked = text.replace("  text = \"", "  text = \"Only so: ");
        right_texts(&marked, |words| words.replace("Only so: ", ""))
    };
    assert!(message(&shops(28, |_, text| wrong(text)), "absolute-words").contains("shunning"));
    let everywhere = |_, text: String| text.replace("  text = \"", "  text = \"Only so: ");
    assert!(!codes(&shops(28, everywhere).problems()).contains(&"absolute-words"), "what all have tells nothing");
}

#[test]
fn doing_nothing_is_right_where_the_provider_owns_and_nowhere_else() {
    let idle = |text: String| right_texts(&text, |_| "Nothing to do here, as the plan says".to_owned());
    let pays = shops(28, |_, text| idle(text));
    assert!(message(&pays, "idle-pays").contains("doing nothing everywhere"));
    assert!(!codes(&pays.problems()).contains(&"idle-wrong"));
    let busy = |text: String| right_texts(&text, |words| format!("Do it: {words}"));
    let pack = shops(28, |_, text| busy(text));
    assert!(message(&pack, "idle-wrong").contains("in rows of the provider: "));
}

#[test]
fn contested_rows_are_in_no_figure_but_are_covered() {
    let pack = good().with(SHOP, "owner = \"customer\"\n", "owner = \"customer\"\ncontested = true\n");
    let (all, some) = (good().check().balance.expect("it is good"), pack.check().balance.expect("it is good"));
    assert_eq!((all.layers, some.layers), (10, 10));
    assert_eq!((all.figures[0].rows, some.figures[0].rows), (10, 9));
    assert_eq!(all.coverage, some.coverage);
}

#[test]
fn coverage_counts_scenarios_and_layers_and_names_what_nothing_meets() {
    let balance = good().check().balance.expect("it is good");
    let topic = |kind: &str, id: &str| {
        let found = balance.coverage.iter().find(|topic| topic.kind == kind && topic.id == id);
        found.map(|topic| (topic.scenarios, topic.layers))
    };
    assert_eq!(topic("model", "paas"), Some((2, 10)));
    assert_eq!(topic("model", "saas"), Some((0, 0)));
    assert_eq!(topic("threat", "public-database"), Some((2, 2)));
    assert_eq!(topic("lesson", "2"), Some((0, 0)));
    assert_eq!(topic("level", "2"), Some((2, 10)));
}

#[test]
fn the_rows_that_leak_most_come_with_their_places() {
    let pack = shops(28, |_, text| text);
    let balance = pack.check().balance.expect("it is good");
    let worst = &balance.tasks[0];
    assert!(worst.score > 0.99 && balance.tasks.is_sorted_by(|one, next| one.score >= next.score));
    assert_eq!(pack.place(&worst.file, &format!("\"{}\"", worst.text)).0, worst.line);
    assert!(balance.controls.iter().all(|leak| pack.text(&leak.file).contains(&leak.text)));
    assert_eq!(good().with(SHOP, "level = 2", "level = 9").check().balance, None, "a broken pack is not weighed");
}
