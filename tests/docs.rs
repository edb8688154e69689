//! The documents beside the code say what is so: keys, links, commands, and nothing of the machine they were written on.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use respline::{
    app::help,
    document::{Content, Document, Inline},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README, the changelog and every page of `docs`.
fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).expect("there are pages");
    let docs = docs.map(|entry| entry.expect("it is there").path());
    let mut pages: Vec<PathBuf> = docs.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.extend([root().join("README.md"), root().join("CHANGELOG.md")]);
    pages
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it is text")
}

#[test]
fn the_page_of_keys_is_what_the_program_prints() {
    assert_eq!(read(&root().join("docs/keys.md")), help::markdown(), "run: respline keys --markdown > docs/keys.md");
}
