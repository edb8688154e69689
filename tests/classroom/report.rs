//! The report: what it says, and that every form of it is whole, harmless and keeps its secrets.

use std::{collections::BTreeMap, sync::Arc};

use respline::{
    classroom::{
        AnswerKey, Assignment, Class, Feedback, Learner, Pseudonyms, Rules,
        report::{BeliefKind, Places, Report, Sheets, Sources, Wanted, csv},
    },
    course::{Course, Pitfall, Scenario, Threat, Timestamp},
    ui::report::{html, markdown, text},
};

use super::{
    markup::{HOSTILE, escaped, runs_and_fetches_nothing, tags},
    room::{Room, class, exam, key, learner, minute},
    simulated::{Row, Simulated, simulated},
};

fn course() -> Course {
    let pitfall = |id: &str| Pitfall { id: id.into(), name: format!("\"{id}\""), correction: format!("Not so: {id}.") };
    let threat = |id: &str| Threat {
        id: id.into(),
        name: "Exposed storage".into(),
        wrong: String::new(),
        found: String::new(),
        control: "Close it.".into(),
    };
    Course {
        pitfalls: vec![pitfall("managed-means-secured")],
        threats: vec![threat("exposed-storage")],
        ..Course::default()
    }
}

/// Rows on lines 10, 20, … of their files.
fn places(key: &AnswerKey) -> Places {
    let lines = |one: &Arc<Scenario>| {
        let ids = one.layers.iter().enumerate();
        ids.map(|(place, layer)| (layer.id.clone(), 10 * (place + 1))).collect::<BTreeMap<_, _>>()
    };
    key.iter().map(|(id, one)| (id.clone(), (format!("scenarios/{id}.toml"), lines(one)))).collect()
}

fn made(room: &Simulated, wanted: &Wanted<'_>, now: Timestamp) -> Report {
    let (course, places) = (course(), places(&room.key));
    let from =
        Sources { class: &room.class, ledger: &room.ledger, key: &room.key, course: &course, places: &places, now };
    Report::of(&from, wanted)
}

fn room() -> Simulated {
    simulated((120, 3), 4, |scenario, row| if (scenario, row) == ("s1", "c") { Row::WrongKey } else { Row::Good })
}

/// Every form of a report.
fn forms(report: &Report) -> [(&'static str, String); 5] {
    let json = serde_json::to_string_pretty(report).expect("it can be written");
    [
        ("text", text(report)),
        ("markdown", markdown(report)),
        ("html", html(report)),
        ("csv", csv(report)),
        ("json", json),
    ]
}

#[test]
fn the_planted_row_is_told_first_with_its_place_in_every_form() {
    let report = made(&room(), &Wanted::default(), minute(600));
    for (name, text) in forms(&report) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("scenarios/s1.toml:30"), "{name}");
        assert!(text.contains("Look at the key first"), "{name}");
    }
    let text = text(&report);
    let (_, after) = text.split_once("Rows to look at").expect("it is told");
    let first = after.lines().find(|line| line.starts_with("* ")).expect("there is one");
    assert_eq!(first, "* 11 Row 3 (scenarios/s1.toml:30)");
    assert_eq!(report.doubtful, ["scenarios/s1.toml:30"], "what is in doubt says nothing about beliefs");
    assert!(report.beliefs.iter().flat_map(|one| &one.evidence).all(|row| row.place != "scenarios/s1.toml:30"));
}

#[test]
fn lines_fit_eighty_columns_and_steer_no_terminal() {
    let report = made(&room(), &Wanted { sheets: Sheets::Everyone, ..Wanted::default() }, minute(600));
    let text = text(&report);
    for line in text.lines() {
        assert!(respline::document::width(line) <= 80, "{line}");
    }
    assert!(!text.contains('\u{1b}') && text.ends_with('\n'));
    assert!(text.contains("Row 1") && text.contains("Sheet of l00000") && text.contains("A: Exam"));
}

/// The class and its content, full of what might be taken for markup.
fn hostile() -> Simulated {
    let mut room = room();
    room.class.title = format!("C {HOSTILE}");
    room.class.assignments[0].title = format!("=Lab {HOSTILE}");
    for (place, learner) in room.class.learners.iter_mut().enumerate() {
        learner.name = format!("=cmd|{place} {HOSTILE}");
    }
    for scenario in room.key.values_mut() {
        let mut turned = scenario.as_ref().clone();
        turned.title.push_str(HOSTILE);
        for layer in &mut turned.layers {
            layer.label = format!("=1+1 {HOSTILE}");
            layer.why.push_str(HOSTILE);
        }
        *scenario = Arc::new(turned);
    }
    room
}

#[test]
fn a_page_is_whole_and_what_is_hostile_is_words() {
    let wanted = Wanted { sheets: Sheets::Everyone, unreleased: true, ..Wanted::default() };
    let page = html(&made(&hostile(), &wanted, minute(600)));
    let (tags, words) = tags(&page);
    runs_and_fetches_nothing(&tags);
    assert!(words.contains("&lt;script src=&quot;http"), "it is there, as words");
    let plots = tags.iter().filter(|tag| tag.starts_with("svg ")).count();
    assert_eq!(plots, 3, "scores, rows, learners by rows");
    assert_eq!(tags.iter().filter(|tag| tag.starts_with("desc ")).count(), plots);
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands for one thing");
}

#[test]
fn no_form_holds_what_a_terminal_or_a_spreadsheet_would_obey() {
    let wanted = Wanted { sheets: Sheets::Everyone, unreleased: true, ..Wanted::default() };
    let report = made(&hostile(), &wanted, minute(600));
    for (name, text) in forms(&report).into_iter().filter(|(name, _)| *name != "json") {
        let safe = text.trim_start_matches('\u{feff}');
        assert!(!safe.chars().any(|char| (char.is_control() && char != '\n') || char == '\u{202e}'), "{name}");
    }
    let text = csv(&report);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("it has one").len();
    let mut kinds = std::collections::BTreeSet::new();
    for row in reader.records() {
        let row = row.expect("every line is as wide as the header");
        assert_eq!(row.len(), header);
        kinds.insert(row[0].to_owned());
        for cell in &row {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    let expected = ["answer", "assignment", "grade", "item", "over-claim", "over-trust", "pitfall", "sheet", "total"];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn markdown_is_tables_and_lists() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let wanted = Wanted { sheets: Sheets::Everyone, unreleased: true, ..Wanted::default() };
    let text = markdown(&made(&hostile(), &wanted, minute(600)));
    let (mut tables, mut cells) = (0, Vec::new());
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(columns)) => {
                tables += 1;
                cells.push(columns.len());
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => panic!("{event:?}"),
            _ => {}
        }
    }
    assert_eq!((tables, cells), (6, vec![9, 8, 5, 5, 5, 3]));
}

/// A class of two on the scenario `one`: ana has row `a` wrong in both and leaves out `d`, bo has all right.
fn two(feedback: Feedback) -> (Room, Class) {
    let set = Assignment { feedback, closes: Some(minute(100)), mode: Rules::Exam, ..exam() };
    let mut room = Room::new();
    for who in ["ana", "bo"] {
        let sitting = room.begin(who, &set, 0);
        let good = who == "bo";
        room.answer(who, (sitting, "one"), minute(1), &[("a", good, good), ("b", true, true), ("c", true, good)]);
        if good {
            room.answer(who, (sitting, "one"), minute(2), &[("d", true, true)]);
        }
        room.hand_in(who, sitting, 3);
    }
    let learners = ["ana", "bo"].map(|who| Learner { name: format!("Name of {who}"), ..learner(who) });
    (room, class(learners.to_vec(), vec![set]))
}

/// `one` with a pitfall behind every wrong control and a threat behind every row.
fn taught() -> AnswerKey {
    let mut key = key();
    let mut one = key["one"].as_ref().clone();
    for layer in &mut one.layers {
        layer.threat = Some("exposed-storage".into());
        layer.controls[0].trap = Some("managed-means-secured".into());
        layer.controls[0].why = "It is `not` so.".into();
        layer.why = "You can *set* it.".into();
    }
    key.insert("one".into(), Arc::new(one));
    key
}

fn of_two(feedback: Feedback, wanted: &Wanted<'_>, minutes: i64) -> Report {
    let (room, class) = two(feedback);
    let (course, key) = (course(), taught());
    let places = places(&key);
    let from = Sources {
        class: &class,
        ledger: &room.ledger,
        key: &key,
        course: &course,
        places: &places,
        now: minute(minutes),
    };
    Report::of(&from, wanted)
}

#[test]
fn beliefs_are_counted_by_hand() {
    let report = of_two(Feedback::AfterHandIn, &Wanted::default(), 50);
    let told: Vec<(BeliefKind, usize, usize, usize, usize)> =
        report.beliefs.iter().map(|one| (one.kind, one.shown, one.chances, one.learners, one.of_learners)).collect();
    // Seven answers; ana's to `a` shows both, that to `c` the pitfall alone.
    assert_eq!(told, [(BeliefKind::Pitfall, 2, 7, 1, 2), (BeliefKind::OverTrust, 1, 7, 1, 2)]);
    let rows: Vec<(&str, usize, usize)> =
        report.beliefs[0].evidence.iter().map(|row| (row.place.as_str(), row.shown, row.of)).collect();
    assert_eq!(rows, [("scenarios/one.toml:10", 1, 2), ("scenarios/one.toml:30", 1, 2)]);
    assert!(report.teach.is_empty(), "one learner is not the class");
    let summary = &report.assignments[0].summary;
    // Ana has 3 of 8 points, bo all.
    assert_eq!((summary.done, summary.mean, summary.lowest), (2, Some(68.75), Some(37.5)));
    assert_eq!(summary.histogram, [0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
}

#[test]
fn a_sheet_says_what_was_wrong_and_why_once_it_is_released() {
    let one = Wanted { sheets: Sheets::One("Ana"), ..Wanted::default() };
    let report = of_two(Feedback::AfterDue, &one, 50);
    assert!(report.assignments.is_empty() && report.grades.is_empty() && report.sheets.len() == 1);
    for (name, text) in forms(&report) {
        assert!(!text.contains("yes") && !text.contains("Do 0"), "{name} tells the key before it is released: {text}");
        assert!(!text.contains("Name of bo"), "{name}: somebody else's");
    }
    for (minutes, unreleased) in [(50, true), (101, false)] {
        let text = text(&of_two(Feedback::AfterDue, &Wanted { unreleased, ..one.clone() }, minutes));
        for words in [
            "Sheet of Name of ana",
            "3 of 4 rows to look at again:",
            "1. Do 0 (one)",
            "You said the provider's; it is the customer's. You can set it.",
            "You chose: no. It is not so.",
            "What to do: yes",
            "Belief: \"managed-means-secured\": Not so: managed-means-secured.",
            "Threat: Exposed storage",
            "Read: 8.1",
            "2. Do 2 (one)",
            "It is the customer's, as you said.",
            "3. Do 3 (one)",
            "You left it out. It is the customer's.",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    let never = text(&of_two(Feedback::Never, &one, 200));
    assert!(never.contains("told when the answers are released") && !never.contains("yes"), "{never}");
}

#[test]
fn pseudonyms_leave_no_name_behind() {
    let names = Pseudonyms::new([7; 32]);
    let wanted = Wanted { sheets: Sheets::Everyone, pseudonyms: Some(&names), ..Wanted::default() };
    let report = of_two(Feedback::AfterHandIn, &wanted, 50);
    for (form, text) in forms(&report) {
        for name in ["Name of", "id-ana", "\"ana\"", ",ana", ">ana", " ana"] {
            assert!(!text.contains(name), "{form}: {name} in {text}");
        }
        assert!(text.contains(&escaped(&names.of("ana"))), "{form}");
    }
    let mut logins: Vec<&str> = report.grades.iter().map(|line| line.who.login.as_str()).collect();
    assert_eq!(report.sheets.iter().map(|one| one.who.login.as_str()).collect::<Vec<_>>(), logins);
    logins.sort_unstable();
    assert_eq!(report.grades.iter().map(|line| line.who.login.as_str()).collect::<Vec<_>>(), logins, "no order tells");
}

#[test]
fn before_anything_is_handed_in_a_report_says_so() {
    let class = class(vec![learner("ana")], vec![exam()]);
    let room = Room::new();
    let (course, key, places) = (course(), key(), Places::new());
    let from =
        Sources { class: &class, ledger: &room.ledger, key: &key, course: &course, places: &places, now: minute(1) };
    let report = Report::of(&from, &Wanted::default());
    let text = text(&report);
    assert!(
        text.contains("0 of 1 learner handed it in, 1 not begun.") && text.contains("nothing to analyse"),
        "{text}"
    );
    runs_and_fetches_nothing(&tags(&html(&report)).0);
}

#[test]
fn under_ten_attempts_it_says_that_there_is_no_index() {
    let text = text(&of_two(Feedback::AfterHandIn, &Wanted::default(), 50));
    assert!(text.contains("2 attempts of a row at most: no index is given and no row is flagged under 10."), "{text}");
    assert!(text.contains("-/-/-"), "{text}");
}
