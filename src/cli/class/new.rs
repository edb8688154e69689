//! `respline class new`: a commented template.

use std::{path::Path, process::ExitCode};

use crate::{classroom, content::is_kebab_case};

use super::{
    super::{
        Failure,
        config::Setup,
        print,
        progress::{Target, save},
        tutor::library,
    },
    load::shown,
};

/// Writes a new class file, or prints it.
pub(super) fn new(setup: &Setup, file: &Path, prints: bool) -> Result<ExitCode, Failure> {
    let id = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if !is_kebab_case(&id) {
        let hint = "use lower-case letters and digits, joined by single hyphens, as in security-101.toml";
        return Err(Failure::usage(format!("'{id}' is no id for a class"), hint));
    }
    let text = classroom::template(&id, &library(setup)?.course());
    if prints {
        return print(&text);
    }
    let target = Target::New(file.to_path_buf());
    save(file, &target, text.as_bytes()).map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    print(&format!("{}\n", shown(file)))
}
