//! Our schemas in the hands of somebody else's validator, set up as docs/authoring.md says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use super::{
    command::{respline, text},
    walk::blocks,
};

/// Where `tests/run.sh` puts it, or else on the path.
fn taplo() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/taplo");
    if own.exists() { own } else { "taplo".into() }
}

/// The shipped content with the schemas and the settings that the page puts beside it.
fn shipped() -> TempDir {
    let root = tempfile::tempdir().expect("there is room");
    let from = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copied =
        Command::new("cp").arg("-r").arg(from.join("lessons")).arg(from.join("scenarios")).arg(root.path()).status();
    assert!(copied.expect("cp runs").success());
    for of in ["scenario", "course", "glossary"] {
        let schema = respline(root.path(), &["schema", of]).stdout;
        fs::write(root.path().join(format!("{of}.schema.json")), schema).expect("it can be written");
    }
    let settings = blocks("toml").into_iter().find(|block| block.starts_with("# .taplo.toml")).expect("it is there");
    fs::write(root.path().join(".taplo.toml"), settings).expect("it can be written");
    root
}

fn lint(root: &TempDir) -> Output {
    let mut command = Command::new(taplo());
    command.arg("lint").current_dir(root.path()).env("HOME", root.path()).env("NO_COLOR", "1");
    command.output().expect("taplo is installed: tests/run.sh does it")
}

#[test]
#[ignore = "needs taplo, which tests/run.sh installs"]
fn taplo_passes_all_shipped_files_and_refuses_a_broken_one() {
    let root = shipped();
    let passed = lint(&root);
    assert_eq!(passed.status.code(), Some(0), "{}", text(&passed.stderr));
    for (file, from, to) in [
        ("scenarios/vm-blog.toml", "level = ", "level = 7#"),
        ("scenarios/vm-blog.toml", "title = ", "tittle = "),
        ("lessons/course.toml", "title = ", "tittle = "),
        ("lessons/glossary.toml", "name = ", "nam = "),
    ] {
        let path = root.path().join(file);
        let whole = fs::read_to_string(&path).expect("it is shipped");
        assert!(whole.contains(from), "{file} has no {from:?}");
        fs::write(&path, whole.replacen(from, to, 1)).expect("it can be written");
        let refused = lint(&root);
        let said = text(&refused.stderr);
        assert!(refused.status.code() == Some(1) && said.contains(file), "{to:?} in {file} passes: {said}");
        fs::write(&path, whole).expect("it can be written");
    }
}
