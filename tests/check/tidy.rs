//! `respline fmt`: what it may change and what it never does.

use std::{fs, path::Path};

use proptest::prelude::*;
use respline::content::{SourceFile, scenario, tidy};

use super::{
    command::{pack, respline, spoil, text},
    pack::{COURSE, MANAGED, SHOP, good},
};

fn tidied(path: &str, text: &str) -> Option<String> {
    tidy(&SourceFile::new(path, text.as_bytes())).ok()
}

/// What a file says, whatever its order.
fn meaning(text: &str) -> toml::Table {
    text.parse().expect("it is TOML")
}

/// The comments on lines of their own, in no order.
fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with('#')).collect();
    comments.sort_unstable();
    comments
}

#[test]
fn shipped_files_are_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let answer = respline(root, &["fmt", "--check"]);
    assert_eq!((answer.status.code(), text(&answer.stdout).as_str()), (Some(0), ""));
}

#[test]
fn a_new_scenario_is_in_order() {
    let root = pack();
    respline(root.path(), &["new", "scenario", "kiosk"]);
    assert_eq!(respline(root.path(), &["fmt", "--check"]).status.code(), Some(0));
}

#[test]
fn files_out_of_order_are_named_by_the_check_and_mended_without_it() {
    let root = pack();
    spoil(&root, "id = \"shop\"\n", "");
    spoil(&root, "level = 2\n", "level = 2 # spelled out\nid   = \"shop\"\n\n");
    let file = root.path().join("scenarios/shop.toml");
    let before = fs::read_to_string(&file).expect("it is there");
    let named = respline(root.path(), &["fmt", "--check"]);
    assert_eq!((named.status.code(), text(&named.stdout).as_str()), (Some(1), "scenarios/shop.toml\n"));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), before, "the check leaves it");
    let mended = respline(root.path(), &["fmt"]);
    assert_eq!((mended.status.code(), text(&mended.stdout).as_str()), (Some(0), "scenarios/shop.toml\n"));
    let after = fs::read_to_string(&file).expect("it is there");
    assert_eq!(after, good().text(SHOP).replace("level = 2\n", "level = 2 # spelled out\n"));
    let again = respline(root.path(), &["fmt"]);
    assert_eq!((again.status.code(), text(&again.stdout).as_str()), (Some(0), ""));
    assert_eq!(respline(root.path(), &["check", "--strict"]).status.code(), Some(0));
}

#[test]
fn a_file_that_is_no_toml_is_told_and_left_while_others_are_mended() {
    let root = pack();
    spoil(&root, "title = \"A shop", "title = A \"shop");
    let managed = root.path().join("scenarios/shop-managed.toml");
    let wild = fs::read_to_string(&managed).expect("it is there").replace("format = 1", "format=1");
    fs::write(&managed, wild).expect("it can be written");
    let before = fs::read(root.path().join("scenarios/shop.toml")).expect("it is there");
    let answer = respline(root.path(), &["fmt", "."]);
    assert_eq!(answer.status.code(), Some(1));
    let said = text(&answer.stdout);
    assert!(said.contains("scenarios/shop.toml:3:") && said.contains("[syntax]"), "{said}");
    assert!(said.contains("scenarios/shop-managed.toml\n"), "{said}");
    assert_eq!(fs::read(root.path().join("scenarios/shop.toml")).expect("it is there"), before);
    assert_eq!(fs::read_to_string(&managed).expect("it is there"), good().text(MANAGED));
}

#[test]
fn there_is_nothing_to_put_in_order_in_the_built_in_course() {
    let empty = tempfile::tempdir().expect("there is room");
    assert_eq!(respline(empty.path(), &["fmt"]).status.code(), Some(2));
}

#[test]
fn deep_files_are_told() {
    for deep in [format!("{}b = 1", "a.".repeat(100_000)), format!("a = {}", "[".repeat(100_000))] {
        assert_eq!(tidied(SHOP, &deep), None);
    }
}

/// Lines of a file shuffled within their tables, with comments and blanks thrown in: the meaning stays.
fn shuffled(text: &str, keys: &[u8], notes: &[u8]) -> String {
    let mut out = String::new();
    for (at, part) in text.split("\n\n").enumerate() {
        // A story holds blank lines, and what is in a string is nobody's to move.
        let whole = !part.contains("\"\"\"") && !part.contains("```") && part.contains("[[");
        let mut lines: Vec<&str> = part.lines().collect();
        let first = lines.iter().position(|line| line.contains("[[")).map_or(0, |head| head + 1);
        if whole && first <= lines.len() {
            let turn = usize::from(keys[at % keys.len()]) % (lines.len() - first).max(1);
            lines[first..].rotate_left(turn);
        }
        for (row, line) in lines.iter().enumerate() {
            let (pad, note) = match notes[(at + row) % notes.len()] % 6 {
                _ if !whole => ("", ""),
                0 => ("", "# one\n"),
                1 => ("\t", "\n  # two\n\n"),
                2 => (" ", "\n\n\n"),
                3 => ("", "#three\n    #  four \n"),
                4 => ("", "#:five\n"),
                _ => ("", ""),
            };
            out.push_str(&format!("{note}{pad}{line}\n"));
        }
        out.push('\n');
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn putting_in_order_keeps_meaning_and_comments_and_is_done_once(
        which in 0..3_usize, keys in prop::collection::vec(any::<u8>(), 1..9), notes in prop::collection::vec(any::<u8>(), 1..9),
    ) {
        let file = [COURSE, SHOP, MANAGED][which];
        let wild = shuffled(&good().text(file), &keys, &notes);
        let tame = tidied(file, &wild).expect("it is TOML");
        prop_assert_eq!(meaning(&wild), meaning(&tame));
        prop_assert_eq!(meaning(&wild), meaning(&good().text(file)));
        prop_assert_eq!(comments(&wild), comments(&tame));
        let again = tidied(file, &tame);
        prop_assert_eq!(again.as_ref(), Some(&tame));
        if notes.iter().all(|note| note % 6 == 2 || note % 6 > 4) {
            prop_assert_eq!(tame, good().text(file));
        }
        if file != COURSE {
            prop_assert!(scenario(&SourceFile::new(file, wild.into_bytes())).is_ok());
        }
    }

    #[test]
    fn bytes_that_look_like_toml_are_put_in_order_once_or_told(text in "([\\[\\]{}=\"'\\\\\n.,# a-z0-9é\r\t]|\"\"\"|\\[\\[layer\\]\\]\n|# note\n|\n\n|id = 'a'\n|story = \"\"|control = |a\\.b = 1\n|\\[layer\\.x\\]\n){0,40}") {
        if let Some(tame) = tidied(SHOP, &text) {
            prop_assert_eq!(meaning(&text), meaning(&tame));
            prop_assert_eq!(comments(&text).len(), comments(&tame).len());
            let again = tidied(SHOP, &tame);
            prop_assert_eq!(again.as_ref(), Some(&tame), "{}", text);
        }
    }
}
