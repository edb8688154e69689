//! `respline fmt`: the files of a pack put in order, or named where they are not.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

use tempfile::NamedTempFile;

use crate::{content::tidy, terminal::library};

use super::{
    super::{args::Fmt, config::Setup, print},
    Failure, folders, no_pack,
    table::one_line,
};

/// Puts a pack in order.
pub(in crate::cli) fn fmt(setup: &Setup, args: &Fmt) -> Result<ExitCode, Failure> {
    let roots = args.folder.as_ref().map_or_else(|| folders(setup), |folder| vec![folder.clone()]);
    if roots.is_empty() {
        return Err(no_pack("or name one"));
    }
    let (mut text, mut broken, mut changed) = (String::new(), false, false);
    for (path, file) in library::files(&roots)? {
        match file.and_then(|file| tidy(&file).map(|ordered| (file, ordered))) {
            Ok((file, ordered)) if *file.bytes == *ordered.as_bytes() => {}
            Ok((file, ordered)) => {
                if !args.check {
                    write(&path, &ordered).map_err(|error| unwritten(&path, &error))?;
                }
                text.push_str(&format!("{}\n", one_line(&file.path)));
                changed = true;
            }
            Err(problems) => {
                text.extend(problems.iter().map(|problem| format!("{problem}\n")));
                broken = true;
            }
        }
    }
    print(&text)?;
    Ok(if broken || (changed && args.check) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::environment(format!("{} cannot be written: {error}", path.display()), "check its permissions")
}

/// Replaces a file whole: what stops half-way leaves the old one.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut new = NamedTempFile::new_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    new.as_file().sync_all()?;
    new.persist(path)?;
    Ok(())
}
