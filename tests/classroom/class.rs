//! A class file to try things on, and what is read of it.

use jiff::tz::TimeZone;
use respline::{
    classroom::{self, Class, ExtraTime, Feedback, Rules, Task},
    content::{Problem, SourceFile, pack},
    course::{Course, Timestamp},
};

/// A class in which every kind of thing is set.
pub(crate) const CLASS: &str = r#"format = 1
id = "sec-101"
title = "Cloud security, autumn"
time-zone = "Europe/Berlin"
join-code = "river-anvil-42"
roster = "roster.csv"
retention = "365d"

[[instructor]]
name = "Kim"

[[group]]
id = "red"
title = "Red table"

[[learner]]
id = "1001"
extra-time = "25%"
groups = ["red"]

[[learner]]
id = "9"
login = "zoe"
name = "Zoë Lund"
section = "Tuesday"

[[assignment]]
id = "lab-1"
title = "Lab 1"
scenarios = ["shop", "shop-managed"]
opens = 2026-10-05T09:00:00
due = 2026-10-12T23:59:00
late = { until = 2026-10-14T23:59:00, penalty-per-day = "10%", floor = "50%" }
weight = 3

[[assignment]]
id = "exam"
title = "Exam"
checkpoint = "1"
opens = 2026-10-20T10:00:00
closes = 2026-10-20T12:00:00
time-limit = "40m"
seed = "each"
feedback = "after-due"
sections = ["Monday"]

[[assignment]]
id = "drawn"
title = "One drawn"
draw = { from = ["shop", "shop-managed"], count = 1 }
mode = "exam"
attempts = 3
groups = ["red"]
"#;

/// As Canvas exports it.
pub(crate) const ROSTER: &str = "\u{feff}Student,ID,SIS User ID,SIS Login ID,Section,Quiz (7)\n\
    \"    Points Possible\",,,,,10\n\
    \"Ng, Ana\",1001,s-1,ana,Monday,3\n\
    \"O'Neil, Bo\",1002,s-2,bo@school.example,Tuesday,\n\
    \"Student, Test\",77,,testy,Monday,\n";

/// The course of the good pack.
pub(crate) fn course() -> Course {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    let mut files = Vec::new();
    for folder in ["lessons", "scenarios"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the pack is there") {
            let entry = entry.expect("it can be read");
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            files.push(SourceFile::new(path, std::fs::read(entry.path()).expect("it can be read")));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    pack(&files).course.expect("the pack is good")
}

pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// What a class file and its roster give.
pub(crate) fn read(class: &str, roster: Option<&str>) -> (Option<Class>, Vec<Problem>) {
    let file = SourceFile::new("class.toml", class.as_bytes());
    let roster = roster.map(|text| SourceFile::new("roster.csv", text.as_bytes()));
    classroom::class(&file, roster.as_ref(), Some(&course()), &zone)
}

pub(crate) fn good() -> Class {
    let (class, problems) = read(CLASS, Some(ROSTER));
    assert_eq!(problems, []);
    class.expect("the class is good")
}

/// An instant, as RFC 3339 writes it.
pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().expect("it is an instant").as_millisecond())
}

#[test]
fn the_file_and_the_roster_come_together() {
    let class = good();
    let who: Vec<[&str; 3]> =
        class.learners.iter().map(|one| [one.id.as_str(), &one.login, one.section.as_deref().unwrap_or("")]).collect();
    assert_eq!(
        who,
        [["1001", "ana", "Monday"], ["9", "zoe", "Tuesday"], ["1002", "bo@school.example", "Tuesday"]],
        "the test student is nobody"
    );
    let ana = class.learner("ANA").expect("case does not matter");
    assert_eq!((ana.name.as_str(), ana.extra_time), ("Ng, Ana", Some(ExtraTime::Percent(25))));
    assert_eq!(ana.sis_id.as_deref(), Some("s-1"));
}

#[test]
fn an_assignment_has_its_rules_and_its_dates_in_the_zone_of_the_class() {
    let class = good();
    let lab = class.assignment("lab-1").expect("it is set");
    assert_eq!((lab.mode, lab.feedback, lab.attempts), (Rules::Practice, Feedback::AtOnce, None));
    assert_eq!(lab.opens, Some(at("2026-10-05T07:00:00Z")));
    assert_eq!((lab.due, lab.closes), (Some(at("2026-10-12T21:59:00Z")), Some(at("2026-10-14T21:59:00Z"))));
    let exam = class.assignment("exam").expect("it is set");
    assert_eq!((exam.mode, exam.attempts, &exam.task), (Rules::Exam, Some(1), &Task::Checkpoint("1".into())));
}

#[test]
fn what_is_set_to_some_is_not_set_to_others() {
    let class = good();
    let set = |login| {
        let learner = class.learner(login).expect("they are there");
        class.set_for(learner).map(|set| set.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(set("ana"), ["lab-1", "exam", "drawn"]);
    assert_eq!(set("zoe"), ["lab-1"]);
}

#[test]
fn moodle_s_export_and_plain_columns_name_learners_too() {
    let plain = CLASS.replace("sections = [\"Monday\"]\n", "");
    let moodle = "First name,Last name,ID number,Email address,Groups,Quiz: a (Real)\n\
        Ana,Ng,1001,ana@school.example,Blue Table,3\nBo,O'Neil,,bo@school.example,,-\n";
    let (class, problems) = read(&plain, Some(moodle));
    assert_eq!(problems, []);
    let class = class.expect("it is good");
    let ana = class.learner("ana@school.example").expect("the address is the login");
    assert_eq!(
        (ana.name.as_str(), ana.groups.as_slice()),
        ("Ana Ng", ["red", "blue-table"].map(String::from).as_slice())
    );
    assert!(class.groups.iter().any(|group| group.id == "blue-table"), "the roster's groups are groups");
    assert_eq!(class.learner("bo@school.example").map(|bo| bo.id.as_str()), Some("bo@school.example"));
    let own = "id;login;name;section;extra-time\n1001;ana;Ana Ng;Monday;15m\n";
    let (class, problems) = read(&plain, Some(own));
    assert_eq!(problems, []);
    assert_eq!(class.expect("it is good").learners.len(), 2);
}

#[test]
fn the_template_is_a_good_class() {
    let text = classroom::template("autumn", &course());
    let (class, problems) = read(&text, None);
    assert_eq!(problems, [], "{text}");
    assert_eq!(class.expect("it is good").assignments.len(), 1);
    // Every key that stands behind a mark of a comment is one of the format.
    let keys = text.lines().filter_map(|line| line.trim_start_matches("# ").split_once(" = ")).map(|(key, _)| key);
    assert!(keys.clone().count() > 30 && text.contains("# extra-time = \"25%\""), "{text}");
}

#[test]
fn the_schema_takes_what_the_check_takes() {
    let value = |text: &str| {
        let value: toml::Value = toml::from_str(text).expect("it is TOML");
        dated(serde_json::to_value(value).expect("it can be written as JSON"))
    };
    let schema = jsonschema::draft202012::new(&classroom::schema()).expect("it is a schema of 2020-12");
    let errors: Vec<String> = schema.iter_errors(&value(CLASS)).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    for (good, bad) in [
        ("retention = \"365d\"", "retention = 365"),
        ("extra-time = \"25%\"", "extra-time = \"25\""),
        ("mode = \"exam\"", "mode = \"quiz\""),
        ("id = \"9\"\n", ""),
        ("roster = \"roster.csv\"", "roster = \"/etc/passwd\""),
    ] {
        assert!(CLASS.contains(good), "{good}");
        assert!(!schema.is_valid(&value(&CLASS.replace(good, bad))), "{bad}");
    }
}

/// Editors hold a date-time of TOML against the schema as text.
fn dated(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) if map.contains_key("$__toml_private_datetime") => map["$__toml_private_datetime"].clone(),
        Value::Object(map) => Value::Object(map.into_iter().map(|(key, value)| (key, dated(value))).collect()),
        Value::Array(items) => Value::Array(items.into_iter().map(dated).collect()),
        other => other,
    }
}
