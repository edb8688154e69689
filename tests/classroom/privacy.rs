//! What is held on learners: shown whole, forgotten whole, expired in time, and hidden behind pseudonyms.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
}

/// Two learners, a lab that ended in 2020, and what they did for it.
fn folder() -> Desk {
    let folder = Desk { folder: tempfile::tempdir().expect("a folder") };
    folder.done(&["class", "new", "autumn.toml"]);
    let text = folder.text("autumn.toml").replace("2026-10", "2020-10");
    let learners = "[[learner]]\nid = \"1001\"\nlogin = \"ana\"\nname = \"Ana Ng\"\n\n[[learner]]\nid = \"1002\"\nlogin = \"bo\"\n\n";
    let (head, tail) =
        (text.split("[[learner]]").next().expect("a head"), text.split("# What is set,").nth(1).expect("a tail"));
    fs::write(folder.path("autumn.toml"), format!("{head}{learners}# What is set,{tail}")).expect("it is written");
    folder.done(&["class", "check", "autumn.toml"]);
    folder.done(&["class", "simulate", "autumn.toml", "--learners", "2"]);
    for arguments in [["Well done", "ana"], ["See me", "bo"]] {
        folder.done(&["class", "message", "autumn.toml", arguments[0], "--for", arguments[1]]);
    }
    folder.done(&["class", "message", "autumn.toml", "To all"]);
    folder
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it is there")
    }

    fn run(&self, arguments: &[&str]) -> (String, i32) {
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
        let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
        command.current_dir(&self.folder).env_clear().env("HOME", self.folder.path()).env("RESPLINE_PACK", pack);
        let output = command.env("RESPLINE_DATABASE", "r.sqlite3").args(arguments).output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (text, output.status.code().expect("it ended by itself"))
    }

    fn done(&self, arguments: &[&str]) -> String {
        let (text, code) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {text}");
        text
    }

    fn held(&self, learner: &str) -> Value {
        serde_json::from_str(&self.done(&["class", "held", "autumn.toml", learner])).expect("it is JSON")
    }

    fn database(&self) -> Vec<u8> {
        ["r.sqlite3", "r.sqlite3-wal"].iter().flat_map(|name| fs::read(self.path(name)).unwrap_or_default()).collect()
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn what_is_held_on_a_learner_is_shown_and_forgotten_whole() {
    let folder = folder();
    let held = folder.held("ana");
    assert_eq!((&held["learner"]["name"], &held["learner"]["id"]), (&"Ana Ng".into(), &"1001".into()));
    assert_eq!(held["acts"].as_array().expect("a list").len(), 1, "what was said to all is not held on her: {held}");
    assert!(held["records"].as_array().expect("a list").len() > 5);
    folder.done(&["progress", "export", "ana.jsonl", "--learner", "ana"]);
    let exported = folder.text("ana.jsonl").lines().count() - 2;
    assert_eq!(
        held["records"].as_array().expect("a list").len(),
        exported,
        "her own export holds the class's work too"
    );
    let (text, code) = folder.run(&["class", "forget", "autumn.toml", "ana"]);
    assert!(code == 2 && text.contains("1 acts for them"), "{text}");
    let text = folder.done(&["class", "forget", "autumn.toml", "Ana", "--yes"]);
    assert!(text.contains("hand-in files, exports and backups"), "what is left is said: {text}");
    let (ana, bo) = (folder.held("ana"), folder.held("bo"));
    assert!(
        ana["records"] == serde_json::json!([]) && ana["acts"] == serde_json::json!([]) && ana["account"].is_null()
    );
    assert!(bo["records"] != serde_json::json!([]) && bo["acts"].as_array().expect("a list").len() == 1);
    let bytes = folder.database();
    assert!(!holds(&bytes, "Well done") && holds(&bytes, "To all"), "it is gone from the file too");
}

#[test]
fn a_class_expires_when_it_says_so_and_only_when_it_is_meant() {
    let folder = folder();
    let (text, code) = folder.run(&["class", "expire", "autumn.toml", "--yes"]);
    assert!(code == 2 && text.contains("says nothing of `retention`"), "{text}");
    let class = folder.text("autumn.toml");
    let kept = |span: &str| {
        let text = class.replacen("\n# retention = ", &format!("\nretention = \"{span}\"\n# "), 1);
        assert_ne!(text, class);
        fs::write(folder.path("autumn.toml"), text).expect("it is written");
    };
    kept("36500d");
    let text = folder.done(&["class", "expire", "autumn.toml", "--yes"]);
    assert!(text.contains("kept until 21") && folder.held("bo")["records"] != serde_json::json!([]), "{text}");
    kept("30d");
    let (text, code) = folder.run(&["class", "expire", "autumn.toml"]);
    assert!(code == 2 && text.contains("of 2 learners and 3 acts") && text.contains("2020-11-11"), "{text}");
    folder.done(&["class", "grades", "autumn.toml", "--lms", "csv", "--pseudonyms"]);
    folder.done(&["--learner", "ana", "--plain", "progress"]);
    folder.done(&["class", "expire", "autumn.toml", "--yes"]);
    assert_eq!(folder.held("bo")["records"], serde_json::json!([]));
    let bytes = folder.database();
    assert!(!holds(&bytes, "sat-down") && !holds(&bytes, "See me") && !holds(&bytes, "\"secret\""));
    let (text, _) = folder.run(&["class", "expire", "autumn.toml"]);
    assert!(text.contains("0 records of 0 learners and 0 acts"), "{text}");
}

#[test]
fn a_class_that_never_ends_never_expires() {
    let folder = folder();
    let class = folder.text("autumn.toml").replacen("\n# retention = ", "\nretention = \"30d\"\n# ", 1);
    fs::write(folder.path("autumn.toml"), class).expect("it is written");
    folder.done(&["class", "reopen", "autumn.toml", "lab-1", "--for", "bo"]);
    let (text, code) = folder.run(&["class", "expire", "autumn.toml", "--yes"]);
    assert!(code == 2 && text.contains("never ends"), "{text}");
}

#[test]
fn pseudonyms_stay_the_same_until_their_secret_is_forgotten() {
    let folder = folder();
    let grades = |more: &[&str]| {
        let mut arguments = vec!["class", "grades", "autumn.toml", "--lms", "nbgrader"];
        arguments.extend(more);
        folder.done(&arguments)
    };
    let (open, hidden) = (grades(&[]), grades(&["--pseudonyms"]));
    assert!(
        open.contains("1001") && ["ana", "Ana", "1001", "bo,"].iter().all(|name| !hidden.contains(name)),
        "{hidden}"
    );
    assert_eq!(hidden.lines().count(), open.lines().count());
    assert_eq!(grades(&["--pseudonyms"]), hidden);
    let (text, code) = folder.run(&["class", "grades", "autumn.toml", "--lms", "canvas", "--pseudonyms"]);
    assert!(code == 2 && text.contains("no platform knows"), "{text}");
    assert_eq!(folder.run(&["class", "forget", "autumn.toml", "--pseudonyms"]).1, 2);
    assert_eq!(grades(&["--pseudonyms"]), hidden, "nothing was meant");
    folder.done(&["class", "forget", "autumn.toml", "--pseudonyms", "--yes"]);
    assert_ne!(grades(&["--pseudonyms"]), hidden);
}
