//! One broken file for every kind of error: its code, its place and what it advises.

use super::pack::{COURSE, LESSON, MANAGED, Pack, SHOP, codes, good};

/// A change to one file, and the problem it must lead to.
struct Case {
    code: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    /// The problem stands where this stands in the changed file.
    at: &'static str,
    hint: &'static str,
}

const fn case(
    code: &'static str,
    file: &'static str,
    change: (&'static str, &'static str),
    at: &'static str,
    hint: &'static str,
) -> Case {
    Case { code, file, from: change.0, to: change.1, at, hint }
}

const CASES: &[Case] = &[
    case("syntax", SHOP, ("title = \"A shop", "title = A \"shop"), "A \"shop", "not TOML"),
    case("syntax", SHOP, ("level = 2", "level = 2\nlevel = 2"), "level = 2\nmodel", "not TOML"),
    case("syntax", COURSE, ("[[lesson]]", "[[lesson]"), "\nid = \"1\"", "not TOML"),
    case("control-character", SHOP, ("A shop", "A \u{202e}shop"), "\u{202e}", "delete it"),
    case("control-character", SHOP, ("A shop", "A\\u001b shop"), "\\u001b", "delete it"),
    case("control-character", SHOP, ("address ", "address \u{200b}"), "\u{200b}", "delete it"),
    case("control-character", LESSON, ("setting,", "setting,\u{7}"), "\u{7}", "delete it"),
    case("control-character", COURSE, ("format = 1", "format = 1 # \u{2066}"), "\u{2066}", "delete it"),
    case("unknown-key", SHOP, ("title =", "tittle ="), "tittle", "did you mean `title`?"),
    case("unknown-key", SHOP, ("trap =", "colour ="), "colour", "a control has `text`, `correct`, `trap`, `why`"),
    case("unknown-key", COURSE, ("draw = 1", "draws = 1"), "draws", "did you mean `draw`?"),
    case("wrong-type", SHOP, ("level = 2", "level = \"2\""), "\"2\"", "without quotes"),
    case("wrong-type", SHOP, ("id = \"shop\"", "id = 1979-05-27"), "1979", "double quotes"),
    case(
        "wrong-type",
        SHOP,
        ("hints = [\"Read the plan.\", \"If you can configure it, you own it.\"]", "hints = \"Read.\""),
        "\"Read.\"",
        "square brackets",
    ),
    case("wrong-type", COURSE, ("checkpoint = {", "checkpoint = 3 # {"), "3 #", "respline schema"),
    case(
        "missing-key",
        SHOP,
        ("task = \"Keep the database off the public internet\"\n", ""),
        "[[layer]]",
        "add `task =",
    ),
    case("missing-key", COURSE, ("title = \"Reading the line\"\n", ""), "format", "add `title ="),
    case("out-of-range", SHOP, ("level = 2", "level = 4"), "4\n", "from 1 to 3"),
    case("out-of-range", SHOP, ("level = 2", "level = 99999999999999999999"), "9999", "from 1 to 3"),
    case("out-of-range", COURSE, ("pass = 0.8", "pass = 1.5"), "1.5", "0.8"),
    case("out-of-range", COURSE, ("pass = 0.8", "pass = nan"), "nan", "0.8"),
    case("out-of-range", COURSE, ("draw = 1", "draw = 3"), "3, pass", "draw fewer"),
    case("empty-text", SHOP, ("\"A shop that updates by hand\"", "\" \""), "\" \"", "write it"),
    case("not-one-line", SHOP, ("\"A shop that updates by hand\"", "\"\"\"A\nB\"\"\""), "\"\"\"A", "on one line"),
    case("not-kebab-case", SHOP, ("id = \"reach\"", "id = \"Reach_1\""), "\"Reach_1\"", "lower-case"),
    case("bad-name", COURSE, ("\"1-the-line.md\"", "\"../1-the-line.md\""), "\"../", "without folders"),
    case("bad-name", COURSE, ("id = \"2\"", "id = \"2.\""), "\"2.\"", "joined by single dots"),
    case(
        "unknown-word",
        SHOP,
        ("owner = \"customer\"", "owner = \"costumer\""),
        "\"costumer\"",
        "did you mean `customer`?",
    ),
    case("unknown-word", SHOP, ("model = \"paas\"", "model = \"cloudy\""), "\"cloudy\"", "`iaas`, `caas`"),
    case("newer-format", SHOP, ("format = 1", "format = 2"), "2\n", "update respline"),
    case("missing-correct", SHOP, ("  correct = true\n", ""), "[[layer]]", "correct = true"),
    case(
        "double-correct",
        SHOP,
        ("  trap = \"managed-means-secured\"\n", "  correct = true \n"),
        "true \n",
        "all but one",
    ),
    case(
        "trap-on-correct",
        SHOP,
        ("  correct = true\n", "  correct = true\n  trap = \"managed-means-secured\" #\n"),
        "\"managed-means-secured\" #",
        "take it away",
    ),
    case(
        "same-control",
        SHOP,
        ("\"Nothing to set here; the service is managed\"", "\"Take the public address away\" "),
        "\"Take the public address away\" ",
        "rewrite one",
    ),
    case("duplicate-id", SHOP, ("id = \"engine\"", "id = \"reach\" "), "\"reach\" ", "rename"),
    case(
        "duplicate-id",
        COURSE,
        ("id = \"unpatched-workload\"", "id = \"public-database\" "),
        "\"public-database\" ",
        "rename",
    ),
    case("duplicate-id", COURSE, ("[\"shop\", \"shop-managed\"]", "[\"shop\", \"shop\" ]"), "\"shop\" ]", "rename"),
    case("id-not-stem", SHOP, ("id = \"shop\"", "id = \"shoppe\""), "\"shoppe\"", "id = \"shop\""),
    case("dangling-reference", SHOP, ("lesson = \"1\"", "lesson = \"9.9\""), "\"9.9\"", "add the lesson"),
    case(
        "dangling-reference",
        SHOP,
        ("threat = \"public-database\"", "threat = \"public-databases\""),
        "\"public-databases\"",
        "did you mean `public-database`?",
    ),
    case(
        "dangling-reference",
        SHOP,
        ("trap = \"managed-means-secured\"", "trap = \"managed-means-secure\""),
        "\"managed-means-secure\"",
        "did you mean",
    ),
    case(
        "dangling-reference",
        COURSE,
        ("\"shop-managed\"]", "\"shop-manged\"]"),
        "\"shop-manged\"",
        "did you mean `shop-managed`?",
    ),
    case("dangling-reference", LESSON, (":::line shop", ":::line shopp"), ":::line", "did you mean `shop`?"),
    case("pair-halves", SHOP, ("pair = \"engine\"", "pair = \"motor\""), "\"motor\"", "one of the provider"),
    case("missing-file", COURSE, ("1-the-line.md", "1-the-lines.md"), "\"1-the-lines.md\"", "write the file"),
    case("markdown", LESSON, ("Own the setting", "<b>Own</b> the setting"), "<b>", "Markdown"),
    case("markdown", LESSON, (":::line shop", ":::lime shop"), ":::lime", "line"),
    case("markdown", SHOP, ("You are the ops person", "You are the[^1] ops person"), "[^1]", "definition"),
    case("markdown", SHOP, ("\"Reason 1 about engine.\"", "\"Reason <i>1</i>\""), "<i>", "Markdown"),
];

#[test]
fn every_error_is_told_with_its_place_and_a_way_out() {
    for case in CASES {
        let pack = good().with(case.file, case.from, case.to);
        let report = pack.check();
        let place = pack.place(case.file, case.at);
        let found = report.problems.iter().find(|problem| problem.code == case.code);
        let problem = found.unwrap_or_else(|| panic!("{} at {:?}: {:?}", case.code, case.at, codes(&report.problems)));
        assert!(problem.is_error() && report.course.is_none(), "{}", case.code);
        let told = (problem.place.file.as_str(), problem.place.line, problem.place.column);
        assert_eq!(told, (case.file, place.0, place.1), "{}: {}\n{problem}", case.code, case.to);
        assert!(problem.hint.contains(case.hint), "{} {:?}: {problem}", case.code, case.to);
        let line = pack.text(case.file);
        let line = line.lines().nth(place.0 - 1).unwrap_or_default();
        assert_eq!(problem.place.excerpt, respline::document::printable(line), "{}", case.code);
    }
}

#[test]
fn lists_that_are_too_short_or_too_long_are_told() {
    let layers = |text: &str| text.match_indices("[[layer]]").map(|(at, _)| at).collect::<Vec<_>>();
    let text = good().text(SHOP);
    let starts = layers(&text);
    let few = good().put(SHOP, &text[..starts[4]]);
    let problem = &few.problems()[0];
    let place = few.place(SHOP, "[[layer]]");
    assert_eq!((problem.code, problem.place.line, problem.place.column), ("out-of-range", place.0, place.1));
    assert_eq!(problem.hint, "write 1 more, 5 to 12 in all");

    let more: String = (0..8).map(|n| text[starts[4]..].replace("\"doors\"", &format!("\"doors-{n}\""))).collect();
    let many = good().put(SHOP, format!("{text}{more}"));
    let problem = &many.problems()[0];
    assert_eq!((problem.code, problem.message.as_str()), ("out-of-range", "13 of `layer`"));
    assert_eq!(many.text(SHOP).lines().nth(problem.place.line - 1), Some("[[layer]]"));

    let control = "  [[layer.control]]\n  text = \"Turn on the nightly backup of the orders\"\n  why = \"Reason 3 about reach.\"\n";
    assert_eq!(codes(&good().with(SHOP, control, "").problems())[0], "out-of-range");
}

#[test]
fn long_texts_are_told_with_how_much_to_cut() {
    for (from, longest) in [
        ("A shop that updates by hand", 80),
        ("Keep the database off the public internet", 90),
        ("Database reachability", 40),
    ] {
        let fits = good().with(SHOP, from, &"é".repeat(longest)).problems();
        assert!(!codes(&fits).contains(&"out-of-range"), "{from}");
        let long = good().with(SHOP, from, &"é".repeat(longest + 2)).problems();
        let problem = long.iter().find(|problem| problem.code == "out-of-range").expect("it is too long");
        assert_eq!(problem.hint, "shorten it by 2");
    }
}

#[test]
fn bytes_that_are_no_text_are_told_by_line_and_column() {
    let mut bytes = good().text(SHOP).into_bytes();
    let at = good().text(SHOP).find("shop that").expect("the title");
    bytes[at] = 0xff;
    let problems = good().put(SHOP, bytes).problems();
    assert_eq!(codes(&problems), ["not-utf8"]);
    assert_eq!((problems[0].place.line, problems[0].place.column), (3, 12));
    assert_eq!(problems[0].message, "byte 0xff is not UTF-8 text");
    assert!(problems[0].hint.contains("UTF-8"));
}

#[test]
fn files_that_are_too_large_or_too_deep_are_refused() {
    let large = good().put(SHOP, vec![b'#'; 256 * 1024 + 1]).problems();
    assert_eq!((codes(&large), large[0].place.line), (vec!["too-large"], 1));
    assert!(large[0].hint.contains("split it"));
    assert_eq!(codes(&good().put(COURSE, vec![b'#'; 1024 * 1024 + 1]).problems())[0], "too-large");
    assert_eq!(codes(&good().put(LESSON, vec![b'a'; 256 * 1024 + 1]).problems()), ["too-large"]);

    let deep = good().with(SHOP, "level = 2", &format!("level = {}", "[".repeat(50_000))).problems();
    assert_eq!((codes(&deep), deep[0].place.line), (vec!["too-deep"], 5));
    let quotes = good().put(LESSON, format!("{}deep\n", "> ".repeat(100_000))).problems();
    assert!(codes(&quotes).contains(&"markdown"), "{:?}", codes(&quotes));
}

#[test]
fn packs_that_lack_a_course_or_scenarios_are_told() {
    let problems = good().without(COURSE).problems();
    let problem = problems.iter().find(|problem| problem.code == "no-course").expect("it is missing");
    assert_eq!((problem.place.file.as_str(), problem.is_error()), (COURSE, true));
    assert_eq!(codes(&problems), ["no-course"], "what refers to the course is not told as well");

    let empty =
        good().without(SHOP).without(MANAGED).with(COURSE, "checkpoint = ", "# ").with(LESSON, ":::line shop", "");
    assert!(codes(&empty.problems()).contains(&"empty-pack"));
}

#[test]
fn one_scenario_in_two_packs_is_told() {
    let twice = good()
        .put("more/scenarios/shop.toml", good().text(SHOP))
        .put("more/lessons/course.toml", "format = 1\ntitle = \"More\"\n");
    let problems = twice.problems();
    assert_eq!(codes(&problems), ["duplicate-id"]);
    assert_eq!((problems[0].place.file.as_str(), problems[0].place.line), (SHOP, 2));
    assert!(problems[0].message.contains("more/scenarios/shop.toml"));
    let lessons = good().put("more/lessons/course.toml", good().text(COURSE)).problems();
    assert!(lessons.iter().all(|problem| problem.code == "duplicate-id"), "{:?}", codes(&lessons));
}

#[test]
fn everything_wrong_comes_out_in_one_run() {
    let pack: Pack = good()
        .with(SHOP, "level = 2", "level")
        .with(SHOP, "title =", "tittle =")
        .with(SHOP, "owner = \"customer\"", "owner = \"costumer\"")
        .with(SHOP, "correct = true", "correct = tru")
        .with(MANAGED, "level = 2", "level = 0")
        .with(COURSE, "draw = 1", "draw = 9")
        .with(LESSON, ":::line shop", ":::line shopp");
    let problems = pack.problems();
    let mut found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.place.file.as_str(), problem.code)).collect();
    found.dedup();
    let expected = [
        (LESSON, "dangling-reference"),
        (COURSE, "out-of-range"),
        (MANAGED, "out-of-range"),
        (SHOP, "unknown-key"),
        (SHOP, "syntax"),
        (SHOP, "unknown-word"),
        (SHOP, "syntax"),
    ];
    assert_eq!(found, expected);
    assert!(!codes(&problems).contains(&"missing-key"), "what a broken line hides is not called missing");
}

#[test]
fn a_flood_of_problems_ends_in_a_count() {
    let keys: String = (0..5_000).map(|n| format!("k{n} = 1\n")).collect();
    let problems = good().with(SHOP, "[[layer]]", &format!("{keys}[[layer]]")).problems();
    assert_eq!(problems.len(), 101);
    let last = problems.iter().find(|problem| problem.code == "more-problems").expect("the rest is counted");
    assert_eq!((last.message.as_str(), last.is_error()), ("4900 more problems in this file", true));
}
