//! docs/teaching.md, walked: its class, its roster and its commands, one after the other, in an empty folder.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// The page's blocks in `language`.
fn blocks(language: &str) -> Vec<String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/teaching.md")).expect("it is there");
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_command_of_the_page_works_where_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("autumn.toml"), blocks("toml").concat()).expect("it is written");
    fs::write(folder.path().join("roster.csv"), blocks("csv").concat()).expect("it is written");
    let script = blocks("sh").concat();
    let verbs = [
        "check", "simulate", "report", "grades", "handout", "open", "pause", "extend", "key", "copies", "collect",
        "held",
    ];
    assert!(verbs.iter().all(|verb| script.contains(&format!("respline class {verb} "))), "{script}");
    let program = Path::new(env!("CARGO_BIN_EXE_respline")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut walk = Command::new("sh");
    walk.args(["-euxc", &script]).current_dir(&folder).env_clear().env("PATH", path).env("HOME", folder.path());
    let walked = walk.stdin(Stdio::null()).output().expect("it runs");
    let said = String::from_utf8_lossy(&walked.stdout).into_owned() + &String::from_utf8_lossy(&walked.stderr);
    assert_eq!(walked.status.code(), Some(0), "{said}");
    let copy = fs::read_to_string(folder.path().join("for-learners/ana.toml")).expect("it is there");
    assert!(copy.contains("ana") && copy.contains("hand-in-key") && !copy.contains("bo"), "{copy}");
    let page = fs::read_to_string(folder.path().join("handout.html")).expect("it is there");
    assert!(
        page.contains("ssh box.school.example") && page.contains("2026-10-12 23:59 CEST") && !page.contains("<script"),
        "{page}"
    );
}
