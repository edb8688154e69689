//! Hostile strings reach nobody as they are.

use super::pack::{COURSE, LESSON, SHOP, good};

/// An escape sequence, a clipboard write, an override of direction, hidden characters, a tower of marks, one eight-bit control.
const HOSTILE: [&str; 6] = [
    "\u{1b}[2J",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{202e}txt",
    "a\u{200b}\u{feff}b",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{9b}31m",
];

fn assert_harmless(text: &str) {
    assert_eq!(respline::document::problem_chars(text).next(), None, "{text:?}");
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

#[test]
fn every_text_of_every_file_is_guarded() {
    let fields = [
        (SHOP, "A shop"),
        (SHOP, "You are"),
        (SHOP, "Keep the"),
        (SHOP, "The plan says so"),
        (SHOP, "Read the plan"),
        (SHOP, "Take the public"),
        (SHOP, "Reason 1"),
        (SHOP, "Database reach"),
        (SHOP, "customer"),
        (SHOP, "db-exposure"),
        (COURSE, "Reading"),
        (COURSE, "Public database"),
        (COURSE, "A database"),
        (COURSE, "It is managed"),
        (COURSE, "The line"),
        (LESSON, "Own the"),
        (LESSON, "To keep"),
        (LESSON, "shop\n"),
    ];
    for (file, field) in fields {
        for hostile in HOSTILE {
            let escaped: String = hostile
                .chars()
                .map(|c| if c.is_ascii_graphic() { c.to_string() } else { format!("\\U{:08x}", u32::from(c)) })
                .collect();
            let ways = if file == LESSON { vec![hostile.to_owned()] } else { vec![hostile.to_owned(), escaped] };
            for way in ways {
                let report = good().with(file, field, &format!("{way}{field}")).check();
                assert!(report.course.is_none(), "{file} {field:?} {way:?} is let in");
                let told = report.problems.iter().any(|problem| problem.code == "control-character");
                assert!(told, "{file} {field:?} {way:?}");
                for problem in &report.problems {
                    assert_harmless(&problem.to_string());
                    assert_harmless(&serde_json::to_string(problem).expect("it can be written"));
                }
            }
        }
    }
}

#[test]
fn hostile_names_of_keys_and_files_are_shown_as_marks() {
    let mut pack = good().with(SHOP, "title =", "\"\\u001b[2J\\u202e\" = 1\ntitle =");
    pack = pack.put("scenarios/\u{1b}[2J\u{202e}.toml", good().text(SHOP)).put("lessons/\u{1b}c.md", "# x\n");
    let problems = pack.problems();
    assert!(problems.len() >= 3);
    for problem in &problems {
        assert_harmless(&problem.to_string());
    }
    assert!(problems.iter().any(|problem| problem.place.file.contains("<U+001B>")));
}
