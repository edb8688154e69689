//! `respline new scenario`: a commented template in its place.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
    process::ExitCode,
};

use crate::{
    content::{is_kebab_case, template},
    terminal::{Library, library::outline},
};

use super::{
    super::{args::New, config::Setup, print},
    Failure, folders, no_pack,
    table::one_line,
};

/// Begins something new.
pub(in crate::cli) fn new(setup: &Setup, what: &New) -> Result<ExitCode, Failure> {
    let New::Scenario { id, print: prints } = what;
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
    if *prints {
        return print(&text);
    }
    let root = roots.last().ok_or_else(|| no_pack("name one with --pack, or use --print"))?;
    let path = root.join(name);
    write(&path, &text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => taken(id),
        _ => Failure::environment(format!("{} cannot be written: {error}", path.display()), "check its permissions"),
    })?;
    let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
    print(&format!("{}\n", one_line(&shown)))
}

fn taken(id: &str) -> Failure {
    Failure::usage(format!("there is a scenario '{id}' already"), "choose another id")
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
