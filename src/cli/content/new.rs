//! `respline new`: commented templates in their place, a pack's course or a scenario.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
    process::ExitCode,
};

use crate::{
    content::{is_kebab_case, new_course, template},
    terminal::{Library, library::outline},
};

use super::{
    super::{args::New, config::Setup, print},
    Failure, folders, no_pack,
    table::one_line,
};

/// Begins something new.
pub(in crate::cli) fn new(setup: &Setup, what: &New) -> Result<ExitCode, Failure> {
    match what {
        New::Pack { dir } => pack(dir),
        New::Scenario { id, print: prints } => scenario(setup, id, *prints),
    }
}

/// Makes `dir` a pack. One that holds scenarios already gets its course.
fn pack(dir: &Path) -> Result<ExitCode, Failure> {
    let files = new_course(&title(dir)).map(|(name, text)| (dir.join(name), text));
    if files.iter().any(|(path, _)| path.exists()) {
        let hint = "choose another folder, or edit its lessons/course.toml";
        return Err(Failure::usage(format!("{} has a course already", dir.display()), hint));
    }
    for (path, text) in &files {
        write(path, text).map_err(|error| unwritten(path, &error))?;
    }
    let scenarios = dir.join("scenarios");
    fs::create_dir_all(&scenarios).map_err(|error| unwritten(&scenarios, &error))?;
    print(&files.iter().map(|(path, _)| shown(path)).collect::<String>())
}

/// A title from the name of a folder: `shop-course` is called "Shop course".
fn title(dir: &Path) -> String {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words: Vec<&str> = name.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut chars = words.join(" ").chars().collect::<Vec<_>>().into_iter();
    let title: String = chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect());
    if title.is_empty() { "Our own services".to_owned() } else { title }
}

fn scenario(setup: &Setup, id: &str, prints: bool) -> Result<ExitCode, Failure> {
    if !is_kebab_case(id) {
        let hint = "use lower-case letters and digits, joined by single hyphens, as in web-app-2";
        return Err(Failure::usage(format!("'{id}' is no id for a scenario"), hint));
    }
    let roots = folders(setup);
    let name = Path::new("scenarios").join(format!("{id}.toml"));
    if roots.iter().any(|root| root.join(&name).exists()) {
        return Err(taken(id));
    }
    let course = if roots.is_empty() { Library::embedded()?.course().as_ref().clone() } else { outline(&roots)? };
    let text = template(id, &course);
    if prints {
        return print(&text);
    }
    let root = roots
        .last()
        .ok_or_else(|| no_pack("name one with --pack, use --print, or begin one: respline new pack DIR"))?;
    let path = root.join(name);
    write(&path, &text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => taken(id),
        _ => unwritten(&path, &error),
    })?;
    print(&shown(&path))
}

/// The line that says what was written.
fn shown(path: &Path) -> String {
    one_line(&path.strip_prefix(".").unwrap_or(path).display().to_string()) + "\n"
}

fn taken(id: &str) -> Failure {
    Failure::usage(format!("there is a scenario '{id}' already"), "choose another id")
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::environment(format!("{} cannot be written: {error}", path.display()), "check its permissions")
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_the_course_its_title() {
        assert_eq!(title(Path::new("some/shop-course")), "Shop course");
        assert_eq!(title(Path::new("élan_2")), "Élan 2");
        assert_eq!(title(Path::new("/")), "Our own services");
        assert_eq!(title(Path::new("a\u{1b}[2J")), "A 2J");
    }
}
