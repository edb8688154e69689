//! A pack's glossary: read strictly, each spelling once, merged with those of other packs.

use respline::content::{SourceFile, pack};

use super::pack::{Pack, codes, good};

pub(crate) const GLOSSARY: &str = "lessons/glossary.toml";

const TERMS: &str = "format = 1\n\n[[term]]\nname = \"role\"\ntext = \"A set of rights.\"\n\n\
                     [[term]]\nname = \"virtual machine\"\nalso = [\"VM\"]\ntext = \"A computer made by software.\"\n";

/// The good pack with two words explained.
pub(crate) fn explained() -> Pack {
    good().put(GLOSSARY, TERMS)
}

fn names(files: &[(&str, String)]) -> Result<Vec<String>, Vec<&'static str>> {
    let files: Vec<SourceFile<'_>> =
        files.iter().map(|(path, text)| SourceFile::new(*path, text.clone().into_bytes())).collect();
    let report = pack(&files);
    let course = report.course.ok_or_else(|| codes(&report.problems))?;
    Ok(course.glossary.into_iter().map(|term| term.name).collect())
}

#[test]
fn a_pack_need_not_have_one_and_has_its_terms_when_it_does() {
    assert!(good().check().course.expect("it has no error").glossary.is_empty());
    let report = explained().check();
    assert_eq!((codes(&report.problems), report.files), (Vec::new(), 5));
    let course = report.course.expect("it has no error");
    assert_eq!(course.term("vm").map(|term| term.name.as_str()), Some("virtual machine"));
    assert_eq!(course.term("Role").map(|term| term.text.as_str()), Some("A set of rights."));
    assert_eq!(course.term("roles"), None);
}

#[test]
fn every_problem_has_its_place_and_a_hint() {
    let long = format!("text = \"{}\"", "x".repeat(321));
    for (code, from, to, at, hint) in [
        ("syntax", "[[term]]", "[[term]", "\nname = \"role\"", "not TOML"),
        ("newer-format", "format = 1", "format = 2", "2", "update respline"),
        ("unknown-key", "also =", "als =", "als", "did you mean `also`?"),
        ("missing-key", "name = \"role\"\n", "", "[[term]]", "add it: The word"),
        ("empty-text", "\"A set of rights.\"", "\" \"", "\" \"", "leave the key out"),
        ("out-of-range", "text = \"A set of rights.\"", &long, "\"xxx", "shorten it by 1"),
        ("not-one-line", "\"A set of rights.\"", "\"A set\\nof rights.\"", "\"A set\\n", "on one line"),
        ("control-character", "A set", "A \\u001b set", "\\u001b", "delete it"),
        ("duplicate-id", "[\"VM\"]", "[\"VM\", \"vm\"]", "\"vm\"", "whatever the case"),
        ("duplicate-id", "[\"VM\"]", "[\"Role\"]", "\"Role\"", "take one of the two away"),
    ] {
        let pack = explained().with(GLOSSARY, from, to);
        let report = pack.check();
        let found = report.problems.iter().find(|problem| problem.code == code);
        let problem = found.unwrap_or_else(|| panic!("{code} is not among {:?}", codes(&report.problems)));
        assert_eq!((problem.place.line, problem.place.column), pack.place(GLOSSARY, at), "{problem}");
        assert!(problem.is_error() && problem.hint.contains(hint), "{problem}");
        assert!(report.course.is_none());
    }
}

#[test]
fn terms_out_of_order_are_a_warning_and_are_sorted_all_the_same() {
    let pack = explained().with(GLOSSARY, "\"role\"", "\"Zone\"");
    let report = pack.check();
    let [problem] = report.problems.as_slice() else { panic!("{:?}", report.problems) };
    assert_eq!((problem.code, problem.is_error()), ("not-sorted", false));
    assert_eq!((problem.place.line, problem.place.column), pack.place(GLOSSARY, "\"virtual machine\""));
    let course = report.course.expect("a warning closes no pack");
    let names: Vec<&str> = course.glossary.iter().map(|term| term.name.as_str()).collect();
    assert_eq!(names, ["virtual machine", "Zone"]);
}

#[test]
fn packs_that_add_to_each_other_explain_a_word_once() {
    let good = explained();
    let mut files: Vec<(&str, String)> =
        [super::pack::COURSE, super::pack::LESSON, super::pack::SHOP, super::pack::MANAGED, GLOSSARY]
            .map(|path| (path, good.text(path)))
            .to_vec();
    files.push(("two/lessons/course.toml", "format = 1\ntitle = \"More\"\n".into()));
    files.push(("two/lessons/glossary.toml", TERMS.replace("\"role\"", "\"Bucket\"").replace("\"V", "\"K")));
    assert_eq!(names(&files), Err(vec!["duplicate-id"]), "the virtual machine is in both");
    if let Some((_, text)) = files.last_mut() {
        *text = text.replace("virtual machine", "node");
    }
    assert_eq!(names(&files), Ok(vec!["Bucket".into(), "node".into(), "role".into(), "virtual machine".into()]));
}
