//! `respline new scenario`: a commented template in its place.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
    process::ExitCode,
};

use crate::{
    content::{is_kebab_case, template},
    course::Course,
    terminal::{Library, LibraryError},
};

use super::{
    super::{args::New, config::Setup, print},
    Failure, folders,
};

/// Begins something new.
pub(in crate::cli) fn new(setup: &Setup, what: &New) -> Result<ExitCode, Failure> {
    let New::Scenario { id, print: prints } = what;
    if !is_kebab_case(id) {
        let hint = "use lower-case letters and digits, joined by single hyphens, as in web-app-2";
        return Err(Failure::usage(format!("'{id}' is no id for a scenario"), hint));
    }
    let roots = folders(setup);
    let course = course(&roots)?;
    if course.catalog.find(id).is_some() && (*prints || !roots.is_empty()) {
        return Err(taken(id));
    }
    let text = template(id, &course);
    if *prints {
        return print(&text);
    }
    let root = roots.last().ok_or_else(|| {
        let hint = "go to a folder with lessons/ and scenarios/, name one with --pack, or use --print";
        Failure::usage("this folder is no pack", hint)
    })?;
    let path = root.join("scenarios").join(format!("{id}.toml"));
    write(&path, &text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => taken(id),
        _ => Failure::environment(format!("{} cannot be written: {error}", path.display()), "check its permissions"),
    })?;
    print(&format!("{}\n", crate::document::printable(&path.display().to_string())))
}

fn taken(id: &str) -> Failure {
    Failure::usage(format!("there is a scenario '{id}' already"), "choose another id")
}

/// The course whose first lesson, threat and pitfall stand in the template: a broken pack gives none and needs none.
fn course(roots: &[std::path::PathBuf]) -> Result<Course, Failure> {
    let library = if roots.is_empty() { Library::embedded() } else { Library::open(roots) };
    match library {
        Ok(library) => Ok(library.course().as_ref().clone()),
        Err(LibraryError::Broken(_)) => Ok(Course::default()),
        Err(error) => Err(error.into()),
    }
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
