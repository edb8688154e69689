//! A class from its files, and everything that was recorded of it.

use std::{collections::BTreeSet, fs::File, io::Read, path::Path};

use jiff::tz::TimeZone;

use crate::{
    classroom::{self, AnswerKey, Class, ClassRecord, Ledger, Task, class_account},
    content::{Problem, SourceFile, longest, nearest},
    course::Course,
    document::printable,
    store::{Cursor, Store},
    terminal::Library,
};

use super::super::{Failure, config::Setup, tutor::library};

/// A class file and its roster, read.
pub(super) struct Loaded {
    pub(super) class: Option<Class>,
    pub(super) problems: Vec<Problem>,
    /// How many files were looked at.
    pub(super) files: usize,
    pub(super) library: Library,
}

/// Reads a class and holds it against the course.
pub(super) fn read(setup: &Setup, path: &Path) -> Result<Loaded, Failure> {
    let library = library(setup)?;
    let file = file(path)?;
    let roster = classroom::roster(&file).map(|name| path.parent().unwrap_or(Path::new("")).join(name));
    // A roster that is not there is a problem of the class, told with the others.
    let roster = roster.and_then(|path| self::file(&path).ok());
    let (class, problems) = classroom::class(&file, roster.as_ref(), Some(&library.course()), &zone);
    Ok(Loaded { class, problems, files: 1 + usize::from(roster.is_some()), library })
}

/// A class that has no errors.
pub(super) fn sound(setup: &Setup, path: &Path) -> Result<(Class, Library), Failure> {
    let read = read(setup, path)?;
    let first = read.problems.iter().find(|problem| problem.is_error()).map(ToString::to_string);
    match read.class {
        Some(class) => Ok((class, read.library)),
        None => Err(Failure::content(
            format!("the class has errors, the first of them:\n{}", first.unwrap_or_default()),
            format!("respline class check {}", path.display()),
        )),
    }
}

/// A file's bytes, as far as a class or a roster may be long.
pub(super) fn file(path: &Path) -> Result<SourceFile<'static>, Failure> {
    let shown = printable(&path.display().to_string()).into_owned();
    let most = u64::try_from(longest(&shown)).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes)).map_err(|error| {
        Failure::environment(format!("{shown}: {error}"), "give the path of a file that can be read")
    })?;
    Ok(SourceFile::new(shown, bytes))
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// The login of a learner of the class, as its file has it.
pub(super) fn learner(class: &Class, name: &str) -> Result<String, Failure> {
    let known = class.learners.iter().map(|learner| learner.login.as_str());
    let found = class.learner(name).map(|learner| learner.login.clone());
    found.ok_or_else(|| missing("learner", name, nearest(name, known)))
}

/// The id of an assignment of the class.
pub(super) fn assignment(class: &Class, id: &str) -> Result<String, Failure> {
    let known = class.assignments.iter().map(|assignment| assignment.id.as_str());
    let found = class.assignment(id).map(|assignment| assignment.id.clone());
    found.ok_or_else(|| missing("assignment", id, nearest(id, known)))
}

fn missing(what: &str, name: &str, near: Option<&str>) -> Failure {
    let hint =
        near.map_or_else(|| format!("name a {what} of the class file"), |near| format!("did you mean '{near}'?"));
    Failure::usage(format!("the class has no {what} '{name}'"), hint)
}

/// Everything that was recorded of a class, and the scenarios it was about.
pub(super) fn recorded(
    class: &Class,
    library: &Library,
    store: &mut dyn Store,
) -> Result<(Ledger, AnswerKey), Failure> {
    let mut ledger = Ledger::new(&class.id);
    let mut acts = Vec::new();
    store.read(&class_account(&class.id), Cursor::START, &mut |kept| {
        acts.extend(ClassRecord::read(kept.key, kept.at, &kept.entry));
    })?;
    for record in acts {
        ledger.act(record);
    }
    let mut wanted = set(class, &library.course());
    for name in store.learners()? {
        let Some(learner) = class.learner(&name) else { continue };
        for record in store.records(&name)? {
            ledger.record(&learner.login, &record);
        }
    }
    let sittings =
        class.learners.iter().filter_map(|learner| ledger.work(&learner.login)).flat_map(|work| &work.sittings);
    wanted.extend(sittings.flat_map(|sat| sat.scenarios.iter().cloned()));
    Ok((ledger, opened(wanted, library)))
}

/// The scenarios that a class is set, with what is right in them.
pub(super) fn answer_key(class: &Class, library: &Library) -> AnswerKey {
    opened(set(class, &library.course()), library)
}

/// The scenarios with these ids. What has left the course since cannot be graded again, and is counted as such.
fn opened(ids: BTreeSet<String>, library: &Library) -> AnswerKey {
    ids.into_iter().filter_map(|id| library.scenario(&id).ok().map(|scenario| (id, scenario))).collect()
}

/// The scenarios that a class is set.
fn set(class: &Class, course: &Course) -> BTreeSet<String> {
    let of = |task: &Task| match task {
        Task::Scenarios(ids) | Task::Draw { from: ids, .. } => ids.clone(),
        Task::Checkpoint(lesson) => {
            let checkpoint = course.lesson(lesson).and_then(|lesson| lesson.checkpoint.as_ref());
            checkpoint.map(|checkpoint| checkpoint.from.clone()).unwrap_or_default()
        }
    };
    class.assignments.iter().flat_map(|assignment| of(&assignment.task)).collect()
}

/// A path as it is shown.
pub(super) fn shown(path: &Path) -> String {
    printable(&path.display().to_string()).replace('\n', " ")
}
