//! Checks the shipped pack and puts it into the program: an error in the content is an error of the build.
//!
//! The check is the program's own, so the modules it consists of are compiled here as well.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use content::{Problem, SourceFile};

#[expect(dead_code, unreachable_pub, unused_imports, reason = "the build uses a part of the program's module")]
#[path = "src/content/mod.rs"]
mod content;
#[expect(dead_code, unreachable_pub, unused_imports, reason = "the build uses a part of the program's module")]
#[path = "src/course/mod.rs"]
mod course;
#[expect(dead_code, unreachable_pub, unused_imports, reason = "the build uses a part of the program's module")]
#[path = "src/document/mod.rs"]
mod document;

/// What the pack and its check are made of.
const INPUTS: [&str; 5] = ["lessons", "scenarios", "src/document", "src/course", "src/content"];

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(io::stderr(), "the shipped pack cannot be built in: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn std::error::Error>> {
    for input in INPUTS {
        writeln!(io::stdout(), "cargo::rerun-if-changed={input}")?;
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo names no folder")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no output folder")?);
    let mut files = files(&root, "lessons")?;
    files.extend(self::files(&root, "scenarios")?);
    let report = content::pack(&files);
    let Some(course) = report.course else {
        for problem in report.problems.iter().filter(|problem| Problem::is_error(problem)) {
            writeln!(io::stderr(), "{problem}")?;
        }
        return Ok(ExitCode::FAILURE);
    };
    fs::write(out.join("index"), content::index(&course)?)?;
    fs::write(out.join("pack.rs"), table(&root, &files))?;
    Ok(ExitCode::SUCCESS)
}

/// The files of a folder, by name.
fn files(root: &Path, folder: &str) -> io::Result<Vec<SourceFile<'static>>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join(folder))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    let read = |name| {
        let path = format!("{folder}/{name}");
        fs::read(root.join(&path)).map(|bytes| SourceFile::new(path, bytes))
    };
    names.into_iter().map(read).collect()
}

/// The files as Rust: a table of paths and contents, sorted by path.
fn table(root: &Path, files: &[SourceFile<'_>]) -> String {
    let row = |file: &SourceFile<'_>| {
        format!("    ({:?}, include_bytes!({:?})),\n", file.path, root.join(&file.path).to_string_lossy())
    };
    let rows: String = files.iter().map(row).collect();
    format!("static INDEX: &[u8] = include_bytes!(\"index\");\nstatic FILES: &[(&str, &[u8])] = &[\n{rows}];\n")
}
