//! What the scenarios of a pack stand in: its threats, pitfalls, lessons and glossary, and the lessons' text.
//!
//! Scenarios are checked against a frame one by one, in any order and on any thread; `pack` puts the parts together.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    course::{Course, Lesson},
    document::Document,
};

use super::{
    format::{COURSE, COURSE_FILE, GLOSSARY_FILE},
    glossary, marks,
    near::nearest,
    placeholder,
    problem::{Place, Problem},
    prose,
    reading::read,
    rules::unique,
    source::{Findings, SourceFile, ending, file_name, quoted, stem},
    tree::{Table, Words},
};

/// The kinds of thing that content refers to by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Named {
    Threat,
    Pitfall,
    Lesson,
    /// A lesson's file.
    File,
    /// A term's spelling, in lower case.
    Term,
}

impl Named {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Threat => "threat",
            Self::Pitfall => "pitfall",
            Self::Lesson => "lesson",
            Self::File => "lesson file",
            Self::Term => "term",
        }
    }
}

/// The threats, pitfalls and lessons of one pack or of several that add to each other.
#[derive(Debug, Default)]
pub struct Frame {
    /// Everything but the catalog.
    pub(super) course: Course,
    /// Where each id is given.
    pub(super) ids: BTreeMap<(Named, String), Place>,
    /// Ids of the scenarios, by their files' names.
    scenarios: BTreeSet<String>,
    /// Every `course.toml` could be looked into, so that an id that is not in `ids` is nowhere.
    known: bool,
    pub(super) lessons: usize,
    /// How many files were looked at.
    pub(super) files: usize,
    pub(super) problems: Vec<Problem>,
}

/// Ids given in a `course.toml`, and the lessons' files asked for.
type Given = Vec<(Named, String, Place)>;

impl Frame {
    /// Reads the files of `lessons/`, those of several packs one after the other; `scenarios` are the paths of all scenarios.
    pub fn read<'p>(lessons: &[SourceFile<'_>], scenarios: impl IntoIterator<Item = &'p str>) -> Self {
        let paths: Vec<&str> = scenarios.into_iter().collect();
        let scenarios = paths.iter().map(|path| stem(path).to_owned()).collect();
        let mut frame = Self { scenarios, known: true, files: lessons.len() + paths.len(), ..Self::default() };
        frame.whole(lessons, &paths);
        for file in lessons.iter().filter(|file| file_name(&file.path) == COURSE_FILE) {
            frame.course_file(file);
        }
        for file in lessons.iter().filter(|file| file_name(&file.path) == GLOSSARY_FILE) {
            frame.glossary_file(file);
        }
        for file in lessons.iter().filter(|file| ending(&file.path) == "md") {
            frame.lesson_file(file);
        }
        let files: BTreeSet<&str> = lessons.iter().map(|file| file_name(&file.path)).collect();
        frame.missing_files(&files);
        frame
    }

    /// What the courses say, as far as they can be read: everything but the catalog.
    pub const fn course(&self) -> &Course {
        &self.course
    }

    /// Tells packs none of which has a course, and a pack without a scenario. One course is enough: the others may only add to it.
    fn whole(&mut self, lessons: &[SourceFile<'_>], scenarios: &[&str]) {
        let files: BTreeSet<&str> = lessons.iter().map(|file| file.path.as_str()).collect();
        let mut roots: BTreeSet<&str> = files.iter().chain(scenarios).map(|path| root(path)).collect();
        if roots.is_empty() {
            roots.insert("");
        }
        let courses: Vec<String> = roots.into_iter().map(|root| format!("{root}lessons/course.toml")).collect();
        if !courses.iter().any(|path| files.contains(path.as_str())) {
            self.known = false;
            self.problems.extend(courses.iter().map(|path| no_course(path)));
        }
        if scenarios.is_empty() {
            let hint = "write one: `respline new scenario ID`";
            let place = Place::head("scenarios/");
            self.problems.push(Problem::error("empty-pack", place, "the pack has no scenario", hint));
        }
    }

    fn course_file(&mut self, file: &SourceFile<'_>) {
        let (course, given, problems) = read::<Course, Option<Given>>(file, &COURSE, |root, findings| {
            self.rules(root, findings);
            placeholder::in_file(root, findings);
            Some(given(root, findings))
        });
        self.problems.extend(problems);
        self.known &= given.is_some();
        for (named, id, place) in given.unwrap_or_default() {
            self.give(named, id, place);
        }
        let Some(course) = course else { return };
        if self.course.title.is_empty() {
            self.course.title = course.title;
        }
        self.course.threats.extend(course.threats);
        self.course.pitfalls.extend(course.pitfalls);
        self.course.lessons.extend(course.lessons);
    }

    fn glossary_file(&mut self, file: &SourceFile<'_>) {
        let (terms, given, problems) = glossary::read(file);
        self.problems.extend(problems);
        for (spelling, place) in given {
            self.give(Named::Term, spelling, place);
        }
        self.course.glossary.extend(terms);
        self.course.glossary.sort_by_cached_key(|term| term.name.to_lowercase());
    }

    fn give(&mut self, named: Named, id: String, place: Place) {
        if let Some(first) = self.ids.get(&(named, id.clone())).filter(|first| first.file != place.file) {
            let message = format!("{} {} is given in {} as well", named.word(), quoted(&id), first.file);
            let hint = match named {
                Named::Term => "packs that add to each other explain a word once: take one of the two away",
                _ => "packs that add to each other need ids of their own: rename one of the two",
            };
            self.problems.push(Problem::error("duplicate-id", place, &message, hint));
        } else {
            self.ids.entry((named, id)).or_insert(place);
        }
    }

    fn rules(&self, root: Table<'_>, findings: &mut Findings<'_>) {
        for key in ["threat", "pitfall", "lesson"] {
            unique(root.tables(key).filter_map(|table| table.words("id")), key, findings);
        }
        unique(root.tables("lesson").filter_map(|lesson| lesson.words("file")), "file", findings);
        for checkpoint in root.tables("lesson").filter_map(|lesson| lesson.table("checkpoint")) {
            unique(checkpoint.list("from"), "scenario", findings);
            for id in checkpoint.list("from") {
                self.refer_scenario(id.text, id.at, findings);
            }
            let pool = checkpoint.list("from").count();
            let draws =
                checkpoint.whole("draw").filter(|(draw, _)| usize::try_from(*draw).is_ok_and(|draw| draw > pool));
            if let Some((draw, at)) = draws {
                let message = format!("`draw` is {draw}, and the pool has {pool}");
                findings.error("out-of-range", at, message, "add scenarios to `from`, or draw fewer");
            }
        }
    }

    /// Tells when `id`, found at byte `at`, is no scenario.
    pub(super) fn refer_scenario(&self, id: &str, at: usize, findings: &mut Findings<'_>) {
        if !self.scenarios.contains(id) {
            let near = nearest(id, self.scenarios.iter().map(String::as_str));
            dangling("scenario", id, near, at, findings);
        }
    }

    /// Tells when `words` names nothing of its kind.
    pub(super) fn refer(&self, named: Named, words: Option<Words<'_>>, findings: &mut Findings<'_>) {
        let stranger = |words: &Words<'_>| self.known && !self.ids.contains_key(&(named, words.text.to_owned()));
        if let Some(words) = words.filter(stranger) {
            let ids = self.ids.keys().filter(|(other, _)| *other == named).map(|(_, id)| id.as_str());
            dangling(named.word(), words.text, nearest(words.text, ids), words.at, findings);
        }
    }

    fn lesson_file(&mut self, file: &SourceFile<'_>) {
        let (_, problems) = lesson_text(file, Some(self));
        self.lessons += 1;
        self.problems.extend(problems);
        if self.known && !self.ids.contains_key(&(Named::File, file_name(&file.path).to_owned())) {
            let hint = "name it under a [[lesson]] of course.toml, or move it out of lessons/";
            let place = Place::head(&file.path);
            self.problems.push(Problem::warning("stray-lesson", place, "no lesson names this file", hint));
        }
    }

    /// Reads the text of the lesson `id`, and what it refers to as well.
    ///
    /// # Errors
    /// With every error in it.
    pub fn lesson(&self, id: &str, file: &SourceFile<'_>) -> Result<Lesson, Vec<Problem>> {
        sound(id, lesson_text(file, Some(self)))
    }

    fn missing_files(&mut self, files: &BTreeSet<&str>) {
        for ((_, name), place) in self.ids.iter().filter(|((named, _), _)| *named == Named::File) {
            if !files.contains(name.as_str()) {
                let message = format!("there is no lessons/{name}");
                let hint = "write the file, or leave `file` out while the lesson is only announced";
                self.problems.push(Problem::error("missing-file", place.clone(), &message, hint));
            }
        }
    }
}

fn no_course(path: &str) -> Problem {
    let root = match root(path) {
        "" => ".",
        root => root.trim_end_matches('/'),
    };
    let hint = format!(
        "write one with `respline new pack {root}`, or name the pack that this one adds to as well: --pack THAT --pack {root}"
    );
    Problem::error("no-course", Place::head(path), "the pack has no lessons/course.toml", &hint)
}

/// The pack that a file belongs to: its path up to `lessons/` or `scenarios/`.
fn root(path: &str) -> &str {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.strip_suffix(file_name(folder)).unwrap_or_default()
}

fn dangling(what: &str, id: &str, near: Option<&str>, at: usize, findings: &mut Findings<'_>) {
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add the {what} to the pack, or name another"),
    };
    findings.error("dangling-reference", at, format!("there is no {what} {}", quoted(id)), hint);
}

fn given(root: Table<'_>, findings: &Findings<'_>) -> Given {
    let keys = [
        (Named::Threat, "threat", "id"),
        (Named::Pitfall, "pitfall", "id"),
        (Named::Lesson, "lesson", "id"),
        (Named::File, "lesson", "file"),
    ];
    let words =
        |(named, list, key)| root.tables(list).filter_map(move |table| table.words(key)).map(move |id| (named, id));
    keys.into_iter().flat_map(words).map(|(named, id)| (named, id.text.to_owned(), findings.place(id.at))).collect()
}

/// Reads the lesson `id` from its file.
///
/// # Errors
/// With every error in it.
pub fn lesson(id: &str, file: &SourceFile<'_>) -> Result<Lesson, Vec<Problem>> {
    sound(id, lesson_text(file, None))
}

fn sound(id: &str, read: (Option<Document>, Vec<Problem>)) -> Result<Lesson, Vec<Problem>> {
    match read {
        (Some(document), problems) if !problems.iter().any(Problem::is_error) => {
            Ok(Lesson { id: id.to_owned(), document: document.into() })
        }
        (_, problems) => Err(problems.into_iter().filter(Problem::is_error).collect()),
    }
}

fn lesson_text(file: &SourceFile<'_>, frame: Option<&Frame>) -> (Option<Document>, Vec<Problem>) {
    let text = match file.text() {
        Ok(text) => text,
        Err(problems) => return (None, problems),
    };
    let mut findings = Findings::new(&file.path, text);
    marks::in_file(text, &mut findings);
    let document = prose::check(text, |place| place, frame, &mut findings);
    placeholder::in_lesson(&document, |line| prose::byte(text, line, 1), &mut findings);
    (Some(document), findings.into_problems())
}
