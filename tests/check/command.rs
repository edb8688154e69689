//! The verbs about content, as they are typed.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) fn respline(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.args(arguments).current_dir(folder).env("HOME", folder).env_remove("RESPLINE_PACK");
    command
        .env("XDG_CACHE_HOME", folder.join(".cache"))
        .env("XDG_DATA_HOME", folder.join(".data"))
        .output()
        .expect("it runs")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it prints text")
}

/// A folder with a copy of the good pack.
pub(crate) fn pack() -> TempDir {
    let root = tempfile::tempdir().expect("there is room for a folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    let copied =
        Command::new("cp").arg("-r").arg(from.join("lessons")).arg(from.join("scenarios")).arg(root.path()).status();
    assert!(copied.expect("cp runs").success());
    root
}

pub(crate) fn spoil(root: &TempDir, from: &str, to: &str) {
    let file = root.path().join("scenarios/shop.toml");
    let text = fs::read_to_string(&file).expect("it can be read");
    assert!(text.contains(from));
    fs::write(file, text.replacen(from, to, 1)).expect("it can be written");
}

#[test]
fn check_takes_this_folder_where_it_is_a_pack_and_else_the_built_in_course() {
    let root = pack();
    let here = respline(root.path(), &["check"]);
    assert_eq!((here.status.code(), text(&here.stdout).as_str()), (Some(0), "0 errors, 0 warnings in 4 files\n"));
    let empty = tempfile::tempdir().expect("there is room");
    let built_in = respline(empty.path(), &["check", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&built_in.stdout).expect("it is JSON");
    assert!(answer["scenarios"].as_u64().is_some_and(|count| count >= 8));
    let named = respline(empty.path(), &["check", &root.path().to_string_lossy()]);
    assert_eq!(text(&named.stdout), "0 errors, 0 warnings in 4 files\n");
}

#[test]
fn check_tells_problems_and_fails_on_errors_and_strictly_on_warnings() {
    let root = pack();
    spoil(&root, "Reason 2 about reach.", "Reason 1 about reach.");
    let warned = respline(root.path(), &["check"]);
    let expected = "scenarios/shop.toml:37:9: warning: another control of this layer has the same `why` [same-why]\n  |   why = \"Reason 1 about reach.\"\n  |         ^\n  hint: say of each control why it is right or wrong itself\n\n0 errors, 1 warning in 4 files\n";
    assert_eq!((warned.status.code(), text(&warned.stdout).as_str()), (Some(0), expected));
    assert_eq!(respline(root.path(), &["check", "--strict"]).status.code(), Some(1));
    spoil(&root, "level = 2", "level = 5");
    let failed = respline(root.path(), &["check", "--format", "json"]);
    assert_eq!(failed.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&failed.stdout).expect("it is JSON");
    assert_eq!(answer["problems"][0]["code"], "out-of-range");
    assert_eq!(answer["problems"][0]["line"], 5);
    assert_eq!(answer["lessons"], 1);
}

#[test]
fn the_report_is_a_table_or_json_and_says_when_there_is_none() {
    let root = pack();
    let told = text(&respline(root.path(), &["check", "--report"]).stdout);
    for part in ["0 errors, 0 warnings in 4 files", "FIGURE", "right control stands first", "COVERS", "worst first"] {
        assert!(told.contains(part), "no {part:?} in {told}");
    }
    let json = respline(root.path(), &["check", "--report", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&json.stdout).expect("it is JSON");
    let figure = &answer["balance"]["figures"][0];
    assert_eq!(
        (&figure["rows"], &figure["at_most"], &figure["verdict"]),
        (&10.into(), &65.0.into(), &"too-few".into())
    );
    let leak = &answer["balance"]["tasks"][0];
    assert!(leak["file"].is_string() && leak["line"].is_u64() && leak["score"].is_f64(), "{leak}");
    let plain = respline(root.path(), &["check", "--format", "json"]);
    let plain: Value = serde_json::from_slice(&plain.stdout).expect("it is JSON");
    assert!(plain.get("balance").is_none(), "only where it is asked for");
    spoil(&root, "level = 2", "level = 5");
    let broken = respline(root.path(), &["check", "--report"]);
    assert!(text(&broken.stdout).ends_with("\nNo figures: the pack has errors.\n"));
}

#[test]
fn a_new_scenario_passes_the_check_and_is_never_written_twice() {
    let root = pack();
    let made = respline(root.path(), &["new", "scenario", "kiosk"]);
    assert_eq!((made.status.code(), text(&made.stdout).as_str()), (Some(0), "scenarios/kiosk.toml\n"));
    let checked = respline(root.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stdout));
    let strict = respline(root.path(), &["check", "--strict"]);
    let told = text(&strict.stdout);
    assert_eq!((strict.status.code(), told.matches("[placeholder]").count()), (Some(1), 6), "{told}");
    let line = fs::read_to_string(root.path().join("scenarios/kiosk.toml")).expect("it is written");
    let line = 1 + line.lines().position(|line| line.starts_with("title")).expect("it has a title");
    assert!(told.contains(&format!(
        "scenarios/kiosk.toml:{line}:9: warning: `TODO: a title of a few words` is a placeholder, and "
    )));
    let again = respline(root.path(), &["new", "scenario", "kiosk"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("there is a scenario 'kiosk' already"));
    let printed = respline(root.path(), &["new", "scenario", "stall", "--print"]);
    assert!(text(&printed.stdout).contains("id = \"stall\"\n"));
    assert!(!root.path().join("scenarios/stall.toml").exists());
}

#[test]
fn a_new_pack_needs_only_a_scenario() {
    let here = tempfile::tempdir().expect("there is room");
    let made = respline(here.path(), &["new", "pack", "shop-course"]);
    let files = "shop-course/lessons/course.toml\nshop-course/lessons/1-our-line.md\n";
    assert_eq!((made.status.code(), text(&made.stdout).as_str()), (Some(0), files));
    let root = here.path().join("shop-course");
    assert!(
        fs::read_to_string(root.join("lessons/course.toml")).is_ok_and(|text| text.contains("title = \"Shop course\""))
    );
    let empty = respline(&root, &["check"]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(text(&empty.stdout).contains("hint: write one: `respline new scenario ID`"));
    assert_eq!(respline(&root, &["new", "scenario", "orders-database"]).status.code(), Some(0));
    let checked = respline(&root, &["check", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&checked.stdout).expect("it is JSON");
    let problems = answer["problems"].as_array().expect("a list");
    let lesson: Vec<&Value> = problems.iter().filter(|problem| problem["file"] == "lessons/1-our-line.md").collect();
    assert!(lesson.len() == 1 && lesson[0]["line"] == 12 && lesson[0]["code"] == "placeholder", "{lesson:?}");
    assert!(problems.iter().all(|problem| problem["code"] == "placeholder"), "{problems:?}");
    assert_eq!(respline(&root, &["fmt", "--check"]).status.code(), Some(0), "the templates are in order");
    let again = respline(here.path(), &["new", "pack", "shop-course"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("shop-course has a course already"));
}

#[test]
fn a_pack_of_scenarios_alone_adds_to_one_with_a_course_and_is_told_so() {
    let (root, more) = (pack(), tempfile::tempdir().expect("there is room"));
    fs::create_dir(more.path().join("scenarios")).expect("it can be made");
    fs::rename(root.path().join("scenarios/shop.toml"), more.path().join("scenarios/shop.toml")).expect("it is there");
    let paths = [root.path(), more.path()].map(|path| path.to_string_lossy().into_owned());
    let both = respline(more.path(), &["check", "--pack", &paths[0], "--pack", &paths[1]]);
    assert_eq!((both.status.code(), text(&both.stdout).as_str()), (Some(0), "0 errors, 0 warnings in 4 files\n"));
    let named = respline(more.path(), &["check", "--pack", &paths[0]]);
    assert_eq!(text(&named.stdout), text(&respline(more.path(), &["check", &paths[0]]).stdout));
    let alone = respline(root.path(), &["check", "--pack", &paths[1]]);
    let hint = format!("or name the pack that this one adds to as well: --pack THAT --pack {}", paths[1]);
    assert_eq!(alone.status.code(), Some(1));
    assert!(text(&alone.stdout).contains(&hint), "{}", text(&alone.stdout));
    let given = respline(more.path(), &["new", "pack", "."]);
    assert_eq!(text(&given.stdout), "lessons/course.toml\nlessons/1-our-line.md\n");
}

#[test]
fn a_new_scenario_needs_a_good_id_and_a_pack() {
    let root = pack();
    for id in ["Bad", "a--b", "../x", "a b", "\u{1b}[2J"] {
        let refused = respline(root.path(), &["new", "scenario", id]);
        assert_eq!(refused.status.code(), Some(2), "{id:?}");
        assert!(!text(&refused.stderr).contains('\u{1b}'));
    }
    let empty = tempfile::tempdir().expect("there is room");
    let nowhere = respline(empty.path(), &["new", "scenario", "kiosk"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("--pack"));
    assert_eq!(respline(empty.path(), &["new", "scenario", "kiosk", "--print"]).status.code(), Some(0));
}

#[test]
fn a_broken_pack_can_still_be_added_to() {
    let root = pack();
    spoil(&root, "level = 2", "level = 5");
    assert_eq!(respline(root.path(), &["new", "scenario", "kiosk"]).status.code(), Some(0));
}

#[test]
fn the_first_scenario_of_a_pack_stands_on_its_course() {
    let root = pack();
    for name in ["shop", "shop-managed"] {
        fs::remove_file(root.path().join(format!("scenarios/{name}.toml"))).expect("it is there");
    }
    assert_eq!(respline(root.path(), &["new", "scenario", "shop"]).status.code(), Some(0));
    assert_eq!(respline(root.path(), &["new", "scenario", "shop-managed"]).status.code(), Some(0));
    let checked = respline(root.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stdout));
}

#[test]
fn schemas_are_printed_as_json() {
    let here = tempfile::tempdir().expect("there is room");
    for of in ["scenario", "course"] {
        let printed = respline(here.path(), &["schema", of]);
        let schema: Value = serde_json::from_slice(&printed.stdout).expect("it is JSON");
        assert_eq!(schema["title"], format!("respline {of}"));
    }
}

#[test]
fn an_unknown_scenario_is_guessed_at() {
    let here = tempfile::tempdir().expect("there is room");
    let refused = respline(here.path(), &["line", "web-app-on-container"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("did you mean 'web-app-on-containers'?"));
}
