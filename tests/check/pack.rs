//! A small good pack, and ways to spoil it.

use respline::content::{Problem, Report, SourceFile, pack};

/// A pack's files in memory.
#[derive(Clone)]
pub(crate) struct Pack(Vec<(String, Vec<u8>)>);

pub(crate) const COURSE: &str = "lessons/course.toml";
pub(crate) const LESSON: &str = "lessons/1-the-line.md";
pub(crate) const SHOP: &str = "scenarios/shop.toml";
pub(crate) const MANAGED: &str = "scenarios/shop-managed.toml";

/// The pack under `tests/packs/good`.
pub(crate) fn good() -> Pack {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/good/");
    let read =
        |path: &str| (path.to_owned(), std::fs::read(format!("{root}{path}")).expect("the test's pack is there"));
    Pack([COURSE, LESSON, SHOP, MANAGED].map(read).to_vec())
}

impl Pack {
    pub(crate) fn text(&self, path: &str) -> String {
        let (_, bytes) = self.0.iter().find(|(name, _)| name == path).expect("the pack has the file");
        String::from_utf8_lossy(bytes).into_owned()
    }

    /// With `from`, which must be there, replaced by `to` where it stands first.
    pub(crate) fn with(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.put(path, text.replacen(from, to, 1))
    }

    pub(crate) fn put(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.retain(|(name, _)| name != path);
        self.0.push((path.to_owned(), bytes.into()));
        self
    }

    pub(crate) fn without(mut self, path: &str) -> Self {
        self.0.retain(|(name, _)| name != path);
        self
    }

    pub(crate) fn check(&self) -> Report {
        pack(&self.0.iter().map(|(path, bytes)| SourceFile::new(path.clone(), bytes.as_slice())).collect::<Vec<_>>())
    }

    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.check().problems
    }

    /// Line and column of the first `mark` in a file.
    pub(crate) fn place(&self, path: &str, mark: &str) -> (usize, usize) {
        let text = self.text(path);
        let at = text.find(mark).unwrap_or_else(|| panic!("{path} has no {mark:?}"));
        let before = &text[..at];
        let line = before.split('\n').count();
        (line, before.split('\n').next_back().unwrap_or_default().chars().count() + 1)
    }
}

/// The codes of `problems`.
pub(crate) fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn the_good_pack_is_good() {
    let report = good().check();
    assert_eq!(codes(&report.problems), Vec::<&str>::new());
    let course = report.course.expect("it has no error");
    assert_eq!((course.lessons.len(), course.catalog.len(), report.lessons, report.files), (2, 2, 1, 4));
}

#[test]
fn a_layer_without_a_label_is_called_by_its_subject() {
    let pack = good().with(SHOP, "label = \"Engine updates\"\n", "");
    let report = pack.check();
    let shop = report.scenarios.iter().find(|scenario| scenario.id == "shop").expect("it is read");
    assert_eq!(shop.layers[1].label, "Engine patches");
}
