//! What follows from a row: the form of a breach, and what makes it a poor lesson.

use respline::content::{Schema, SourceFile, scenario, schema, tidy};

use super::pack::{Pack, SHOP, codes, good};

const HEADLINE: &str = "\"Shoppers find their orders on a stranger's site\"";
const STEP: &str = "\"It guesses a password and copies the orders.\"";
const WAY: &str = "    at = \"engine\"\n    text = \"It guesses";

/// The one problem of a pack: its code, whether it is an error, and its place.
fn told(pack: &Pack, code: &str, at: &str, hint: &str, error: bool) {
    let report = pack.check();
    assert_eq!(codes(&report.problems), [code], "{:?}", report.problems);
    let problem = &report.problems[0];
    assert_eq!((problem.place.line, problem.place.column), pack.place(SHOP, at), "{problem}");
    assert!(problem.hint.contains(hint), "{problem}");
    assert_eq!((problem.is_error(), report.course.is_none()), (error, error), "{problem}");
}

#[test]
fn what_breaks_the_way_is_an_error() {
    let long = format!("\"{}\"", "a b ".repeat(50) + "a");
    for (code, from, to, at, hint) in [
        (
            "dangling-reference",
            WAY,
            "    at = \"engin\"\n    text = \"It guesses",
            "\"engin\"",
            "did you mean `engine`?",
        ),
        (
            "dangling-reference",
            WAY,
            "    at = \"moon\"\n    text = \"It guesses",
            "\"moon\"",
            "a layer of this scenario",
        ),
        (
            "breach-start",
            "    at = \"reach\"\n    text = \"A scan",
            "    at = \"hosts\"\n    text = \"A scan",
            "\"hosts\"\n    text",
            "at = \"reach\"",
        ),
        ("out-of-range", HEADLINE, "\"News\"", "\"News\"", "in full"),
        ("out-of-range", STEP, "\"It copies.\"", "\"It copies.\"", "in full"),
        ("out-of-range", STEP, &long, "\"a b a", "shorten it by 1"),
        ("empty-text", STEP, "\" \"", "\" \"", "write it"),
        ("not-one-line", STEP, "\"\"\"It guesses\na password.\"\"\"", "\"\"\"It", "on one line"),
        ("unknown-key", "headline", "head_line", "head_line", "did you mean `headline`?"),
        ("wrong-type", HEADLINE, "7", "7\n", "double quotes"),
    ] {
        told(&good().with(SHOP, from, to), code, at, hint, true);
    }
    let second = format!("    [[layer.breach.step]]\n{WAY} a password and copies the orders.\"\n");
    told(&good().with(SHOP, &second, ""), "out-of-range", "[[layer.breach.step]]", "write 1 more, 2 to 5 in all", true);
    let six = good().with(SHOP, &second, &second.repeat(5));
    assert_eq!(codes(&six.problems()), ["out-of-range"]);
    assert_eq!(codes(&good().with(SHOP, &format!("headline = {HEADLINE}"), "").problems()), ["missing-key"]);
}

#[test]
fn what_makes_it_a_poor_lesson_is_a_warning() {
    let wide = format!("\"It guesses a {} there.\"", "p".repeat(39));
    let long = format!("\"It {} there.\"", "misunderstanderswhere ".repeat(8));
    for (code, from, to, at, hint) in [
        (
            "headline-names-row",
            HEADLINE,
            "\"Database on the public internet for months\"",
            "\"Database on",
            "what the world sees",
        ),
        ("headline-names-row", HEADLINE, "\"The reachability of shops\"", "\"The reach", "what the world sees"),
        (
            "headline-names-side",
            HEADLINE,
            "\"Shoppers blame the provider of the till\"",
            "\"Shoppers blame",
            "name a firm",
        ),
        ("same-headline", "\"A shop pays to have its orders back\"", HEADLINE, "#", "rewrite one"),
        (
            "breach-goes-nowhere",
            WAY,
            "    at = \"reach\"\n    text = \"It guesses",
            "\"reach\"\n    text = \"It",
            "end on the row",
        ),
        ("too-wide", STEP, &wide, "\"It guesses a pppp", "38 columns"),
        ("long-step", STEP, &long, "\"It misunder", "two steps"),
    ] {
        let pack = good().with(SHOP, from, to);
        if at == "#" {
            assert_eq!(codes(&pack.problems()), [code]);
            assert!(pack.problems()[0].place.line > pack.place(SHOP, HEADLINE).0, "the second is told");
        } else {
            told(&pack, code, at, hint, false);
        }
    }
    let disputed =
        good().with(SHOP, "threat = \"public-database\"\n", "threat = \"public-database\"\ncontested = true\n");
    told(&disputed, "contested-breach", "[layer.breach]", "another row", false);
}

#[test]
fn a_word_that_two_rows_use_names_neither() {
    let pack = good().with(SHOP, "\"Engine updates\"", "\"Reachability of it\"");
    let pack = pack.with(SHOP, HEADLINE, "\"The reachability of shops\"");
    assert_eq!(codes(&pack.problems()), Vec::<&str>::new());
}

#[test]
fn a_row_that_should_have_one_is_missed_once_another_has() {
    let text = good().text(SHOP);
    let (head, rest) = text.split_once("  [layer.breach]\n").expect("the first");
    let (_, rest) = rest.split_once("[[layer]]\n").expect("the next layer");
    let one = format!("{head}[[layer]]\n{rest}");
    told(&good().put(SHOP, one.clone()), "missing-breach", "[[layer]]", "what follows", false);
    let (head, rest) = one.split_once("  [layer.breach]\n").expect("the second");
    let (_, rest) = rest.split_once("[[layer]]\n").expect("the next layer");
    assert_eq!(codes(&good().put(SHOP, format!("{head}[[layer]]\n{rest}")).problems()), Vec::<&str>::new());
}

#[test]
fn a_row_of_the_provider_may_have_one_and_none_is_asked_for() {
    let breach = "  why = \"Reason 3 about hosts.\"\n\n  [layer.breach]\n  headline = \"Shops go dark at noon\"\n\n    [[layer.breach.step]]\n    at = \"hosts\"\n    text = \"A disk fails and nobody replaces it.\"\n\n    [[layer.breach.step]]\n    at = \"engine\"\n    text = \"The engine has nothing left to read.\"\n";
    let pack = good().with(SHOP, "  why = \"Reason 3 about hosts.\"\n", breach);
    assert_eq!(codes(&pack.problems()), Vec::<&str>::new());
    let read = scenario(&SourceFile::new(SHOP, pack.text(SHOP).as_bytes())).expect("it is good");
    let (_, hosts) = read.layer("hosts").expect("it is there");
    let told = hosts.breach.as_ref().expect("it has one");
    assert_eq!((told.headline.as_str(), told.steps.len()), ("Shops go dark at noon", 2));
    let course = pack.check().course.expect("it is good");
    assert_eq!(course.catalog.len(), 2);
}

#[test]
fn what_is_told_after_the_answer_does_not_change_the_question() {
    let read = |pack: &Pack| scenario(&SourceFile::new(SHOP, pack.text(SHOP).as_bytes())).expect("it is good");
    let digests = |pack: &Pack| read(pack).layers.iter().map(respline::course::Layer::digest).collect::<Vec<_>>();
    assert_eq!(digests(&good()), digests(&good().with(SHOP, HEADLINE, "\"Other news of the shop\"")));
    let told = good().with(SHOP, "Take the public address away", "Take the address away");
    assert_ne!(digests(&good()), digests(&told));
}

#[test]
fn the_schema_and_the_tidying_know_it() {
    let validator = jsonschema::draft202012::new(&schema(Schema::Scenario)).expect("it is a schema");
    let json =
        |text: &str| serde_json::to_value(toml::from_str::<toml::Value>(text).expect("it is TOML")).expect("JSON");
    let text = good().text(SHOP);
    assert!(validator.is_valid(&json(&text)));
    for (from, to) in [
        (HEADLINE, "\"News\""),
        (STEP, "\"It copies.\""),
        ("headline", "head_line"),
        ("at = \"engine\"", "at = \"En\""),
    ] {
        assert!(!validator.is_valid(&json(&text.replacen(from, to, 1))), "{to}");
    }
    assert_eq!(tidy(&SourceFile::new(SHOP, text.as_bytes())).as_deref(), Ok(text.as_str()));
    let (before, rest) = text.split_once("  [[layer.control]]\n").expect("a control");
    let (controls, rest) = rest.split_once("  [layer.breach]\n").expect("a breach");
    let (breach, after) = rest.split_once("[[layer]]\n").expect("the next layer");
    let moved = format!("{before}  [layer.breach]\n{breach}  [[layer.control]]\n{controls}[[layer]]\n{after}");
    assert_eq!(tidy(&SourceFile::new(SHOP, moved.as_bytes())).as_deref(), Ok(text.as_str()));
}
