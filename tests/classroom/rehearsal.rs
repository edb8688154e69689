//! A simulated class of two hundred with a planted wrong key, from nothing to its report and its grades.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

const ROW: &str = "app-on-rented-machines/";

fn run(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.current_dir(folder).env_clear().env("HOME", folder).env("RESPLINE_DATABASE", "r.sqlite3");
    let output = command.args(arguments).output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// A row of the shipped pack whose owner is the customer.
fn planted(folder: &Path) -> String {
    let line = run(folder, &["line", ROW.trim_end_matches('/'), "--format", "json"]);
    let line: Value = serde_json::from_str(&line).expect("it is JSON");
    let layers = line["layers"].as_array().expect("a list");
    let layer =
        layers.iter().rfind(|layer| layer["owner"] == "customer" && layer["contested"] == false).expect("there is one");
    layer["id"].as_str().expect("an id").to_owned()
}

#[test]
fn the_planted_row_is_flagged_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = planted(folder.path());
    let plant = format!("{ROW}{row}");
    run(folder.path(), &["class", "new", "autumn.toml"]);
    run(
        folder.path(),
        &["class", "simulate", "autumn.toml", "--learners", "200", "--out", "big.toml", "--plant-wrong-key", &plant],
    );
    let report = run(folder.path(), &["class", "report", "big.toml", "--format", "json"]);
    let report: Value = serde_json::from_str(&report).expect("it is JSON");
    let first = first_flagged(&report).unwrap_or_else(|| panic!("nothing is flagged: {report:#}"));
    assert!(first.contains(&row), "{first}");
}

/// The row that the report tells one to look at first.
fn first_flagged(report: &Value) -> Option<String> {
    let assignment = &report["assignments"][0];
    let first = usize::try_from(assignment["flagged"][0].as_u64()?).ok()?;
    Some(assignment["analysis"]["rows"][first].to_string())
}

#[test]
#[ignore = "needs Python 3"]
fn the_gradebook_equals_an_independent_reckoning() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["class", "new", "autumn.toml"]);
    run(folder.path(), &["class", "simulate", "autumn.toml", "--learners", "200", "--seed", "9", "--out", "big.toml"]);
    fs::write(folder.path().join("grades.csv"), run(folder.path(), &["class", "grades", "big.toml", "--lms", "csv"]))
        .expect("it is");
    for number in 1..=200 {
        let login = format!("learner-{number:04}");
        run(folder.path(), &["progress", "export", &format!("{login}.jsonl"), "--learner", &login]);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/classroom/gradebook.py");
    let output = Command::new("python3").arg(script).arg(folder.path()).output().expect("Python is there");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.starts_with("200 grades agree"), "{said}");
}
