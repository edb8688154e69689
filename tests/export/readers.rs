//! Every shipped scenario exported, and counted back by parsers that are not ours against the scenarios' own files.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::command::respline;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Python that `tests/run.sh` has put the readers into.
fn python() -> PathBuf {
    root().join("target/tools/bin/python")
}

/// The ids of all shipped scenarios, in their order.
fn scenarios() -> Vec<String> {
    let entries = fs::read_dir(root().join("scenarios")).expect("it is a folder");
    let stem = |path: PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut ids: Vec<String> = entries.filter_map(|entry| stem(entry.expect("it is there").path())).collect();
    ids.sort();
    ids
}

#[test]
#[ignore = "needs Python readers of GIFT and QTI, which tests/run.sh installs"]
fn what_others_read_is_what_the_scenarios_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let ids = scenarios();
    assert!(ids.len() > 90, "the whole pack is shipped");
    for (format, file) in [("gift", "all.gift"), ("qti3", "qti3.zip"), ("qti21", "qti21.zip")] {
        let arguments: Vec<&str> =
            ["export", format].into_iter().chain(ids.iter().map(String::as_str)).chain(["--out", file]).collect();
        let output = respline(folder.path(), &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let script: OsString = root().join("tests/export/read_back.py").into();
    let read = Command::new(python())
        .arg(script)
        .arg(root().join("scenarios"))
        .current_dir(folder.path())
        .output()
        .expect("Python is installed: tests/run.sh does it");
    let said = String::from_utf8_lossy(&read.stdout);
    assert!(read.status.success(), "{said}{}", String::from_utf8_lossy(&read.stderr));
    for reader in ["GIFT: ", "QTI 3.0: ", "QTI 3.0 as 2.1: ", "QTI 2.1: ", "QTI 2.1 as 3.0: "] {
        assert!(said.contains(reader), "{said}");
    }
}
