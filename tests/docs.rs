//! The documents beside the code say what is so: keys, links, commands, and nothing of the machine they were written on.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use pulldown_cmark::{Event, Options, Parser, Tag};
use respline::app::help;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it is text")
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it is a folder");
    entries.map(|entry| entry.expect("it is there").path()).collect()
}

/// README, changelog and every page of `docs`.
fn pages() -> Vec<PathBuf> {
    let all = inside(root()).into_iter().chain(inside(&root().join("docs")));
    all.filter(|path| path.extension().is_some_and(|end| end == "md")).collect()
}

fn events(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::all())
}

/// What the README prints as code, inline or fenced.
fn code() -> Vec<String> {
    let text = read(&root().join("README.md"));
    let mut fenced = false;
    let piece = |event| match event {
        Event::Start(Tag::CodeBlock(_)) => {
            fenced = true;
            None
        }
        Event::End(_) => {
            fenced = false;
            None
        }
        Event::Code(code) => Some(code.into_string()),
        Event::Text(code) if fenced => Some(code.into_string()),
        _ => None,
    };
    events(&text).filter_map(piece).flat_map(|code| code.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn respline(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_respline")).args(arguments).output().expect("it starts")
}

#[test]
fn the_page_of_keys_is_what_the_program_prints() {
    assert_eq!(read(&root().join("docs/keys.md")), help::markdown(), "run: respline keys --markdown > docs/keys.md");
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut followed = 0;
    for page in pages() {
        for event in events(&read(&page)) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else { continue };
            let (file, _) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            if !file.is_empty() && !file.contains("://") {
                assert!(page.with_file_name(file).exists(), "{}: no {file}", page.display());
                followed += 1;
            }
        }
    }
    assert!(followed > 0, "the pages link to each other");
}

#[test]
fn the_readme_names_commands_and_flags_that_exist() {
    let mut help = String::from_utf8(respline(&["--help"]).stdout).expect("it is text");
    let code = code();
    let verbs: Vec<&str> = code.iter().filter_map(|line| line.strip_prefix("respline ")?.split(' ').next()).collect();
    assert!(verbs.contains(&"play") && verbs.contains(&"check"), "{verbs:?}");
    for verb in verbs.into_iter().filter(|word| !word.starts_with('-')) {
        let said = respline(&["help", verb]);
        assert!(said.status.success(), "there is no 'respline {verb}'");
        help.push_str(&String::from_utf8(said.stdout).expect("it is text"));
    }
    let ours = code.iter().filter(|line| !line.starts_with("cargo "));
    for flag in ours.flat_map(|line| line.split(' ')).filter(|word| word.starts_with("--")) {
        assert!(help.contains(flag), "there is no '{flag}'");
    }
}

#[test]
fn no_file_names_a_registry_or_the_machine_it_was_written_on() {
    let words = [concat!("/wo", "rk/"), concat!("/tmp/", "wt"), concat!("/ro", "ot/"), concat!("crates", ".io")];
    let mut folders = vec![root().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in inside(&folder) {
            // Cargo writes its lock; the rest is built or git's own.
            if ["target", ".git", "Cargo.lock"].iter().any(|name| path.ends_with(name)) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).expect("it is readable");
            let text = String::from_utf8_lossy(&bytes);
            let named = words.iter().find(|word| text.contains(**word));
            assert_eq!(named, None, "{}", path.display());
        }
    }
}
