//! A class from its files, and everything that was recorded of it.

use std::{collections::BTreeSet, path::Path};

use crate::{
    classroom::{AnswerKey, Class, Ledger, Task},
    content::{SourceFile, nearest},
    course::Course,
    document::printable,
    store::{Cursor, Store},
    terminal::{
        Library,
        classes::{self, Reading},
    },
};

use super::super::{Failure, config::Setup, tutor::library};

/// Reads a class and holds it against the course.
pub(super) fn read(setup: &Setup, path: &Path) -> Result<Reading, Failure> {
    Ok(classes::read(path, &library(setup)?.course())?)
}

/// A class without errors, as a learner has it: nobody gives them the roster. Whether it is there all the same.
pub(super) fn without_roster(setup: &Setup, path: &Path) -> Result<(Class, Library, bool), Failure> {
    let library = library(setup)?;
    let (class, complete) = classes::without_roster(path, &library.course())?;
    Ok((class, library, complete))
}

/// A class that has no errors.
pub(super) fn sound(setup: &Setup, path: &Path) -> Result<(Class, Library), Failure> {
    let library = library(setup)?;
    Ok((classes::sound(path, &library.course())?, library))
}

/// A file's bytes, as far as a class or a roster may be long.
pub(super) fn file(path: &Path) -> Result<SourceFile<'static>, Failure> {
    Ok(classes::source(path)?)
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
    let (acts, _) = classes::acts(store, &class.id, Cursor::START)?;
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
