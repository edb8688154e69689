//! xAPI statements, held against what the specification (xAPI-Data.md, 1.0.3) asks of them.

use std::{collections::BTreeSet, io::Write as _, path::Path, process::Command};

use respline::{
    classroom::{
        Assignment, Class, Late, Learner, Task,
        export::xapi::{About, Home, Statement, lines, statements},
    },
    course::{Course, Timestamp},
};
use serde_json::{Value, json};

use super::room::{Room, class, exam, key, learner, minute};

/// Ana handed an exam in, late and half right; bo is at work; the checkpoint was passed by ana and failed by bo.
fn lab() -> (Room, Class) {
    let exam = Assignment { due: Some(minute(5)), late: Late { per_day: 7, floor: 0 }, ..exam() };
    let (mut room, class) = (Room::new(), class(vec![learner("ana"), learner("bo")], vec![exam.clone()]));
    let sitting = room.begin("ana", &exam, 0);
    let rows = [("a", true, true), ("b", false, true), ("c", true, false)];
    for (place, row) in (1..).zip(rows) {
        room.answer("ana", (sitting, "one"), minute(place), &[row]);
    }
    room.hand_in("ana", sitting, 10);
    let open = room.begin("bo", &exam, 0);
    room.answer("bo", (open, "one"), minute(3), &[("a", true, true)]);
    (room, class)
}

fn login(learner: &Learner) -> String {
    learner.login.clone()
}

fn told(room: &Room, class: &Class, course: &Course, account: &dyn Fn(&Learner) -> String) -> Vec<Statement> {
    let home: Home = "https://school.example/".parse().expect("it is an address");
    let about = About { home: &home, account, assignment: None };
    statements(class, course, &room.ledger, (&key(), minute(60)), &about)
}

fn values(statements: &[Statement]) -> Vec<Value> {
    let text = lines(statements).expect("they can be written");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// The rules for what we write: required members, one identifier for an actor, addresses, language maps, spans, moments.
/// Members that the specification does not know are refused, as it asks of a record store.
fn rules() -> Value {
    let iri = json!({"type": "string", "pattern": "^https?://[^\\s<>\"{}|^`\\\\]+$"});
    let uuid = json!({"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"});
    let map = json!({"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
        "additionalProperties": {"type": "string", "minLength": 1}});
    let object = |required: &[&str], properties: Value| json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false});
    let choice = object(&["id"], json!({"id": {"type": "string", "pattern": "^\\S+$"}, "description": map}));
    let definition = object(
        &[],
        json!({
            "name": map, "description": map, "type": iri, "interactionType": {"const": "choice"},
            "correctResponsesPattern": {"type": "array", "items": {"type": "string"}},
            "choices": {"type": "array", "minItems": 2, "uniqueItems": true, "items": choice},
        }),
    );
    let activity = object(&["id"], json!({"objectType": {"const": "Activity"}, "id": iri, "definition": definition}));
    let account = object(&["homePage", "name"], json!({"homePage": iri, "name": {"type": "string", "minLength": 1}}));
    let score = object(
        &[],
        json!({"scaled": {"type": "number", "minimum": -1, "maximum": 1},
        "raw": {"type": "number"}, "min": {"type": "number"}, "max": {"type": "number"}}),
    );
    let result = object(
        &[],
        json!({
            "score": score, "success": {"type": "boolean"}, "completion": {"type": "boolean"}, "response": {"type": "string"},
            "duration": {"type": "string", "pattern": "^PT[0-9]+([.][0-9]{1,2})?S$"},
            "extensions": {"type": "object", "propertyNames": iri},
        }),
    );
    let activities = json!({"type": "array", "items": activity});
    let context = object(
        &[],
        json!({
            "registration": uuid, "platform": {"type": "string"}, "language": {"const": "en"},
            "contextActivities": object(&[], json!({"parent": activities, "grouping": activities})),
        }),
    );
    object(
        &["id", "timestamp", "actor", "verb", "object"],
        json!({
            "id": uuid,
            "timestamp": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$"},
            "actor": object(&["account"], json!({"objectType": {"const": "Agent"}, "account": account})),
            "verb": object(&["id", "display"], json!({"id": iri, "display": map})),
            "object": activity, "result": result, "context": context,
        }),
    )
}

fn hold(statements: &[Value]) {
    let rules = jsonschema::validator_for(&rules()).expect("the rules are a schema");
    for statement in statements {
        let broken: Vec<String> = rules.iter_errors(statement).map(|error| error.to_string()).collect();
        assert!(broken.is_empty(), "{broken:?}: {statement:#}");
        let score = &statement["result"]["score"];
        if score.is_object() {
            let of = |name: &str| score[name].as_f64().expect("it is a number");
            assert!(of("min") <= of("raw") && of("raw") <= of("max"), "{score}");
            assert!((of("scaled") - of("raw") / of("max")).abs() < 1e-9, "{score}");
        }
    }
    let ids: BTreeSet<&str> = statements.iter().map(|one| one["id"].as_str().expect("it is text")).collect();
    assert_eq!(ids.len(), statements.len(), "ids are unique");
}

#[test]
fn a_finished_attempt_is_told_row_by_row_and_as_a_whole() {
    let (room, class) = lab();
    let all = values(&told(&room, &class, &Course::default(), &login));
    hold(&all);
    assert_eq!(all.len(), 3 * 2 + 1, "three rows of two questions and the whole; nothing of what is under way");
    assert!(all.iter().all(|one| one["actor"]["account"]["name"] == "ana"));
    let find = |path: &str| {
        let id = format!("https://school.example/respline/{path}");
        all.iter().find(|one| one["object"]["id"] == id.as_str()).unwrap_or_else(|| panic!("no {id}"))
    };
    let owner = find("scenarios/one/b/owner");
    assert_eq!(owner["verb"]["id"], "http://adlnet.gov/expapi/verbs/answered");
    assert_eq!((&owner["result"]["response"], &owner["result"]["success"]), (&json!("provider"), &json!(false)));
    assert_eq!(owner["result"]["duration"], "PT60S", "since the row before");
    assert_eq!(owner["object"]["definition"]["correctResponsesPattern"], json!(["customer"]));
    let control = find("scenarios/one/b/control");
    assert_eq!((&control["result"]["response"], &control["result"]["score"]["raw"]), (&json!("control-2"), &json!(1)));
    assert_eq!(control["object"]["definition"]["choices"][1]["description"]["en"], "yes");
    let whole = find("classes/c/exam");
    assert_eq!(whole["verb"]["display"]["en"], "completed");
    assert_eq!((&whole["result"]["score"]["raw"], &whole["result"]["score"]["max"]), (&json!(4), &json!(8)));
    assert_eq!(whole["result"]["duration"], "PT600S");
    assert_eq!(whole["result"]["extensions"], json!({"https://school.example/respline/xapi/late-penalty": 7.0}));
    assert_eq!(whole["context"]["registration"], owner["context"]["registration"], "of one attempt");
}

#[test]
fn the_same_records_give_the_same_ids_and_pseudonyms_give_others() {
    let (room, class) = lab();
    let ids = |account: &dyn Fn(&Learner) -> String| -> BTreeSet<String> {
        told(&room, &class, &Course::default(), account).iter().map(|one| one.id().to_owned()).collect()
    };
    assert_eq!(ids(&login), ids(&login));
    let hidden = |_: &Learner| "p-abc".to_owned();
    assert!(ids(&login).is_disjoint(&ids(&hidden)), "an id must not tell who is behind a pseudonym");
    let text = lines(&told(&room, &class, &Course::default(), &hidden)).expect("they can be written");
    assert!(!text.contains("ana"), "{text}");
}

#[test]
fn statements_come_in_order_of_time() {
    let (mut room, mut class) = lab();
    class.learners.push(learner("cy"));
    let sitting = room.begin("cy", &class.assignments[0], -5);
    room.answer("cy", (sitting, "one"), minute(-4), &[("a", true, true)]);
    room.hand_in("cy", sitting, -3);
    let times: Vec<Timestamp> = told(&room, &class, &Course::default(), &login).iter().map(Statement::at).collect();
    assert!(times.is_sorted() && times[0] == minute(-4), "{times:?}");
}

#[test]
fn a_checkpoint_is_passed_or_failed() {
    let set = Assignment { task: Task::Scenarios(vec!["one".into()]), ..exam() };
    let mut room = Room::new();
    for (who, right) in [("ana", true), ("bo", false)] {
        let sitting = room.begin(who, &set, 0);
        for row in ["a", "b", "c", "d"] {
            room.answer(who, (sitting, "one"), minute(1), &[(row, right, true)]);
        }
        room.hand_in(who, sitting, 2);
    }
    let course = super::class::course();
    let lesson = course.lessons.iter().find(|lesson| lesson.checkpoint.is_some()).expect("there is a checkpoint");
    let set = Assignment { task: Task::Checkpoint(lesson.id.clone()), ..set };
    let class = class(vec![learner("ana"), learner("bo")], vec![set]);
    let all = values(&told(&room, &class, &course, &login));
    hold(&all);
    let verbs: BTreeSet<(&str, &str, Option<bool>)> = all
        .iter()
        .filter(|one| one["verb"]["display"]["en"] != "answered")
        .map(|one| {
            let text = |value: &'_ Value| value.as_str().expect("it is text").to_owned().leak() as &str;
            (
                text(&one["actor"]["account"]["name"]),
                text(&one["verb"]["display"]["en"]),
                one["result"]["success"].as_bool(),
            )
        })
        .collect();
    let expected = [
        ("ana", "completed", None),
        ("ana", "passed", Some(true)),
        ("bo", "completed", None),
        ("bo", "failed", Some(false)),
    ];
    assert_eq!(verbs, expected.into());
}

#[test]
#[ignore = "needs tincan, which tests/run.sh installs"]
fn somebody_else_s_library_reads_every_statement() {
    let (room, class) = lab();
    let text = lines(&told(&room, &class, &Course::default(), &login)).expect("they can be written");
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(text.as_bytes()).expect("it is written");
    let script = "import sys, tincan\nall = [tincan.Statement.from_json(line) for line in open(sys.argv[1])]\n\
        print(len(all), sum(one.result.score.raw for one in all if one.verb.id.endswith('answered')),\n\
        sorted({one.result.duration.total_seconds() for one in all}))";
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/python");
    let read = Command::new(python).args(["-c", script]).arg(file.path()).output().expect("tests/run.sh installs it");
    let said = String::from_utf8_lossy(&read.stdout);
    assert_eq!(said.trim(), "7 4.0 [60.0, 600.0]", "{}", String::from_utf8_lossy(&read.stderr));
}
