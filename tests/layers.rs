//! The dependency rule and the bounds of DESIGN section 2, held by reading the sources.
//!
//! It reads paths (`crate::ui::frame`, `super::super::store`, `std::{env, fs}`), not types: whoever wants to go round it
//! can, and whoever does not want to is told.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where something is wrong"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The modules, each with those it may name.
const RULE: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("course", &["document"]),
    ("content", &["document", "course"]),
    ("classroom", &["document", "course", "content"]),
    ("app", &["document", "course", "content", "classroom"]),
    ("ui", &["document", "course", "content", "classroom", "app"]),
    ("store", &["document", "course", "content", "classroom"]),
    ("terminal", &["document", "course", "content", "classroom", "app", "ui", "store"]),
    ("ssh", &["document", "course", "content", "classroom", "app", "ui", "store", "terminal"]),
    ("cli", &["document", "course", "content", "classroom", "app", "ui", "store", "terminal", "ssh"]),
];

/// What is pure: everything left of `terminal`, `store` aside.
const PURE: &[&str] = &["document", "course", "content", "classroom", "app", "ui"];

/// What pure modules do not touch: files, environment, clock, threads, network, randomness, databases, the terminal.
const WORLD: &[&str] = &[
    "std::fs",
    "std::env",
    "std::time::SystemTime",
    "std::time::Instant",
    "std::thread",
    "std::net",
    "std::process",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "getrandom",
    "rusqlite",
    "crossterm",
    "rustix",
    "tokio",
];

const LONGEST_FILE: usize = 400;

/// A source file: its place as the compiler sees it, `["app", "pages", "exercise"]`, and its code.
struct Source {
    module: Vec<String>,
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        let stem = path.strip_suffix(".rs").expect("a Rust file");
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        Self { module: stem.split('/').map(String::from).collect(), code: code(text) }
    }

    /// The top-level modules it names without leave.
    fn trespasses(&self) -> Vec<String> {
        let top = self.module[0].as_str();
        let Some((_, allowed)) = RULE.iter().find(|(name, _)| *name == top) else {
            return vec![format!("{top} is no known module")];
        };
        // As many `super`s, or in a module within the file one more, lead from here to the crate's root.
        let climb = "super::".repeat(self.module.len());
        let named = paths(&self.code, "crate::").into_iter().chain(paths(&self.code, &climb));
        let head = |path: String| path.split("::").find(|part| !["crate", "super"].contains(part)).map(String::from);
        let heads = named.filter_map(head);
        let known = |head: &String| RULE.iter().any(|(name, _)| name == head);
        heads.filter(|head| head != top && known(head) && !allowed.contains(&head.as_str())).collect()
    }

    /// What it touches of the world.
    fn touches(&self) -> Vec<String> {
        let roots = ["std::", "getrandom::", "rusqlite::", "crossterm::", "rustix::", "tokio::"];
        let named = roots.iter().flat_map(|root| paths(&self.code, root));
        let is_world = |path: &String| {
            let within = |part: &&str| path == *part || path.starts_with(&format!("{part}::"));
            WORLD.iter().any(within)
        };
        named.filter(is_world).collect()
    }
}

/// The text without comments and literals: what they say is nobody's dependency.
fn code(text: &str) -> String {
    let (mut code, mut rest) = (String::new(), text);
    while let Some(char) = rest.chars().next() {
        let skip = skipped(rest);
        if skip == 0 {
            code.push(char);
        }
        rest = &rest[skip.max(char.len_utf8())..];
    }
    code
}

/// Bytes of the comment or literal that `rest` begins with; none where it is code.
fn skipped(rest: &str) -> usize {
    let until = |from: usize, end: &str| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return until(2, "*/");
    }
    for hashes in ["##", "#", ""] {
        let open = format!("r{hashes}\"");
        if rest.starts_with(&open) {
            return until(open.len(), &format!("\"{hashes}"));
        }
    }
    if rest.starts_with('"') {
        return string(rest);
    }
    ["'\"'", "'\\''", "'\\\"'", "'/'"]
        .iter()
        .find(|literal| rest.starts_with(**literal))
        .map_or(0, |literal| literal.len())
}

/// Bytes of the string that `rest` begins with.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (place, char) in rest.char_indices().skip(1) {
        match char {
            '"' if !escaped => return place + 1,
            _ => escaped = char == '\\' && !escaped,
        }
    }
    rest.len()
}

/// Every path that begins with `root`, groups in braces taken apart.
fn paths(code: &str, root: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, _) in code.match_indices(root) {
        let before = code[..place].chars().next_back();
        let begins = before.is_none_or(|char| !char.is_alphanumeric() && char != '_');
        // `a::std::b` and one `super::` too many are other paths.
        if begins && (!code[..place].ends_with("::") || code[..place].ends_with(" ::")) {
            tree(&code[place + root.len()..], root, &mut found);
        }
    }
    found
}

/// Reads what follows `prefix`, adds its paths, and gives what is left.
fn tree<'code>(code: &'code str, prefix: &str, found: &mut Vec<String>) -> &'code str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        loop {
            rest = rest.trim_start().trim_start_matches(',').trim_start();
            if rest.is_empty() || rest.starts_with('}') {
                return rest.strip_prefix('}').unwrap_or(rest);
            }
            let after = tree(rest, prefix, found);
            // What is no use tree is not read on.
            rest = if after.len() < rest.len() { after } else { "" };
        }
    }
    let end = code.find(|char: char| !char.is_alphanumeric() && char != '_' && char != '*').unwrap_or(code.len());
    let path = format!("{prefix}{}", &code[..end]);
    match code[end..].strip_prefix("::") {
        Some(rest) if end > 0 => tree(rest, &format!("{path}::"), found),
        _ => {
            found.push(path);
            let rest = code[end..].trim_start();
            match rest.strip_prefix("as ") {
                Some(name) => name.trim_start().trim_start_matches(|char: char| char.is_alphanumeric() || char == '_'),
                None => rest,
            }
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let found = paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every module's source with its path.
fn sources() -> Vec<(String, Source)> {
    let folder = root().join("src");
    let relative = |path: PathBuf| path.strip_prefix(&folder).expect("it is in there").to_string_lossy().into_owned();
    let names = files(&folder).into_iter().map(relative).filter(|name| name != "lib.rs" && name != "main.rs");
    let read = |name: &String| fs::read_to_string(folder.join(name)).expect("it is text");
    names.map(|name| (name.clone(), Source::new(&name, &read(&name)))).collect()
}

/// `path: what` for everything that `check` finds.
fn found(check: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    let all = sources();
    assert!(all.len() > 100, "only {} files were read", all.len());
    all.iter().flat_map(|(name, source)| check(source).into_iter().map(move |what| format!("{name}: {what}"))).collect()
}

#[test]
fn a_module_names_only_modules_to_its_left() {
    assert_eq!(found(Source::trespasses), Vec::<String>::new());
}

#[test]
fn nothing_left_of_the_terminal_touches_the_world() {
    let pure = |source: &Source| PURE.contains(&source.module[0].as_str());
    assert_eq!(found(|source| if pure(source) { source.touches() } else { Vec::new() }), Vec::<String>::new());
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let folders = ["src", "tests", "benches"].map(|name| root().join(name));
    let all = folders.iter().flat_map(|folder| files(folder));
    let lines = |path: &PathBuf| fs::read_to_string(path).expect("it is text").lines().count();
    let long: Vec<(PathBuf, usize)> =
        all.map(|path| (path.clone(), lines(&path))).filter(|(_, lines)| *lines > LONGEST_FILE).collect();
    assert_eq!(long, []);
}

#[test]
fn a_module_that_looks_to_its_right_is_caught_however_it_writes_it() {
    let caught = |path: &str, text: &str| Source::new(path, text).trespasses();
    assert_eq!(caught("course/answer.rs", "use crate::app::State;"), ["app"]);
    assert_eq!(caught("app/home.rs", "use crate::{\n    course::{Course, Lock},\n    ui::frame,\n};"), ["ui"]);
    assert_eq!(
        caught("app/pages/exercise.rs", "use super::super::super::{store::Store as Kept, course::Lock};"),
        ["store"]
    );
    assert_eq!(caught("ui/page.rs", "mod tests { use super::super::super::cli; }"), ["cli"]);
    assert_eq!(caught("ui/mod.rs", "fn f() { super::terminal::run() }"), ["terminal"]);
    assert_eq!(caught("document/mod.rs", "let a = crate::course::Owner::Customer;"), ["course"]);
    assert_eq!(caught("store/mod.rs", "use crate::app::State;"), ["app"]);
    assert_eq!(caught("network/mod.rs", ""), ["network is no known module"]);
}

#[test]
fn a_module_that_looks_to_its_left_is_not_caught() {
    let caught = |path: &str, text: &str| Source::new(path, text).trespasses();
    assert!(caught("terminal/world.rs", "use crate::{app::Effect, store::{Store, Memory}};").is_empty());
    assert!(
        caught("app/home.rs", "// crate::ui draws it\nlet a = \"crate::ui\"; let b = r#\"crate::ui\"#;").is_empty()
    );
    assert!(caught("app/pages/mod.rs", "use super::content;").is_empty(), "that is app::content");
}

#[test]
fn a_touch_of_the_world_is_caught_however_it_is_written() {
    let caught = |text: &str| Source::new("app/home.rs", text).touches();
    assert_eq!(
        caught("use std::{env, collections::HashMap, time::{Duration, Instant}};"),
        ["std::env", "std::time::Instant"]
    );
    assert_eq!(caught("fn f() { let a = std::fs::read(\"x\"); }"), ["std::fs::read"]);
    assert_eq!(caught("use rusqlite::Connection;"), ["rusqlite::Connection"].map(String::from).to_vec());
    assert!(caught("use std::{fmt, env_of::x}; // std::fs\nlet a = '\"'; let b = \"std::fs\";").is_empty());
}
