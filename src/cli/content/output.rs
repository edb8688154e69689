//! A text in a file of its own, in place of standard output.

use std::{
    fs::OpenOptions,
    io::{self, ErrorKind, Write},
    path::Path,
    process::ExitCode,
};

use super::Failure;

/// Writes a file that must not be there yet, unless it may be replaced.
pub(super) fn write(path: &Path, text: &str, replace: bool) -> Result<ExitCode, Failure> {
    match written(path, text, replace) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Failure::environment(format!("{} is there already", path.display()), "give another name, or --force"))
        }
        Err(error) => {
            let hint = "give another file, or leave out --out";
            Err(Failure::environment(format!("{} cannot be written: {error}", path.display()), hint))
        }
    }
}

fn written(path: &Path, text: &str, replace: bool) -> io::Result<()> {
    let mut open = OpenOptions::new();
    open.write(true).create_new(!replace).create(replace).truncate(replace);
    open.open(path)?.write_all(text.as_bytes())
}
