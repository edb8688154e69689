//! Whatever the bytes, the loader answers: a course, or problems with a place in the file.

use proptest::prelude::*;

use super::pack::{COURSE, LESSON, MANAGED, Pack, SHOP, good};

/// Either the pack is sound, or something is told, and what is told stands in its file.
fn answers(pack: &Pack) -> Result<(), TestCaseError> {
    let report = pack.check();
    prop_assert_eq!(report.course.is_none(), report.problems.iter().any(respline::content::Problem::is_error));
    for problem in &report.problems {
        prop_assert!(problem.place.line >= 1 && problem.place.column >= 1);
        prop_assert!(!problem.message.is_empty() && !problem.hint.is_empty());
        if [COURSE, LESSON, MANAGED, SHOP].contains(&problem.place.file.as_str()) {
            let lines = pack.text(&problem.place.file).split('\n').count();
            prop_assert!(problem.place.line <= lines, "line {} of {lines}", problem.place.line);
        }
    }
    Ok(())
}

/// Words, strings, punctuation: what a slip of the hand takes away or doubles.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let end = if word(first) { rest.find(|c| !word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

fn mutated(text: &str, place: prop::sample::Index, other: prop::sample::Index, way: u8) -> String {
    let mut tokens = tokens(text);
    let (at, from) = (place.index(tokens.len()), other.index(tokens.len()));
    match way {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, tokens[at]),
        2 => tokens[at] = tokens[from],
        _ => tokens.truncate(at),
    }
    tokens.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_bytes_never_panic_the_loader(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0..3_usize) {
        let file = [COURSE, LESSON, SHOP][which];
        answers(&good().put(file, bytes))?;
    }

    #[test]
    fn bytes_that_look_like_toml_never_panic_the_loader(text in "([\\[\\]{}=\"'\\\\\n.,# a-z0-9é\u{202e}\r\t]|\"\"\"|\\[\\[layer\\]\\]\n|id = |story = |control = ){0,80}", which in 0..2_usize) {
        answers(&good().put([COURSE, SHOP][which], text))?;
    }

    #[test]
    fn a_mutated_file_gives_a_course_or_problems_in_the_file(
        which in 0..4_usize, place: prop::sample::Index, other: prop::sample::Index, way in 0..4_u8,
    ) {
        let file = [COURSE, LESSON, SHOP, MANAGED][which];
        let text = mutated(&good().text(file), place, other, way);
        answers(&good().put(file, text))?;
    }
}
