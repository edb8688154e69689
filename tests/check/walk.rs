//! docs/authoring.md, walked: its commands, one after the other as they stand there, in an empty folder.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use super::command::{pack, text};

/// The code of the page's blocks in `language`.
pub(crate) fn blocks(language: &str) -> Vec<String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/authoring.md"));
    let page = page.expect("the page is there");
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

/// Runs a script in `folder`, with the program on the path and nothing to read.
fn run(folder: &Path, script: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_respline")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.args(["-euc", script]).current_dir(folder).env_clear().env("PATH", path).env("HOME", folder);
    command.stdin(std::process::Stdio::null()).output().expect("it runs")
}

#[test]
fn every_command_of_the_page_works_where_it_stands() {
    let (folder, one) = (tempfile::tempdir().expect("there is room"), pack());
    let inside = folder.path().join("shop-course");
    fs::create_dir_all(inside.join("more-scenarios/scenarios")).expect("it can be made");
    fs::rename(one.path().join("scenarios/shop.toml"), inside.join("more-scenarios/scenarios/shop.toml"))
        .expect("it is there");
    fs::rename(one.path(), inside.join("one")).expect("it is there");
    let script = blocks("sh").concat();
    assert!(["new pack", "new scenario", "play", "schema"].iter().all(|verb| script.contains(verb)), "{script}");
    let walked = run(folder.path(), &script);
    let said = format!("{}{}", text(&walked.stdout), text(&walked.stderr));
    assert_eq!(walked.status.code(), Some(0), "{said}");
    assert!(inside.join("more-scenarios/scenarios/kiosk.toml").exists());
    assert!(said.contains("left: 0 of 5 layers answered, saved"), "{said}");
}
