//! `respline check`: every problem of a pack, with its place and what to do.

use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

use serde::Serialize;

use crate::{
    content::{Balance, Problem, Report, Severity},
    terminal::library,
};

use super::{
    super::{
        args::{Check, CheckFormat},
        config::Setup,
        print,
    },
    Failure, folders, json,
    report::balance,
    watch::watch,
};

/// Checks a pack.
pub(in crate::cli) fn check(setup: &Setup, args: &Check) -> Result<ExitCode, Failure> {
    let roots = args.folder.as_ref().map_or_else(|| folders(setup), |folder| vec![folder.clone()]);
    if args.watch {
        return watch(&roots, args.format, || told(&roots, args).map(|(text, _)| text));
    }
    let (text, code) = told(&roots, args)?;
    print(&text)?;
    Ok(code)
}

/// What a check has to say, and the exit code that goes with it.
fn told(roots: &[PathBuf], args: &Check) -> Result<(String, ExitCode), Failure> {
    let report = if roots.is_empty() { library::check_embedded() } else { library::check(roots)? };
    let fails = |problem: &Problem| problem.is_error() || args.strict;
    let text = match (args.format, args.report) {
        (CheckFormat::Human, false) => human(&report),
        (CheckFormat::Human, true) => human(&report) + &balance(report.balance.as_ref()),
        (CheckFormat::Json, wanted) => json(&Answer::of(&report, report.balance.as_ref().filter(|_| wanted)))?,
    };
    let code = if report.problems.iter().any(fails) { ExitCode::from(1) } else { ExitCode::SUCCESS };
    Ok((text, code))
}

/// A report as `--format json` gives it.
#[derive(Serialize)]
struct Answer<'r> {
    problems: &'r [Problem],
    scenarios: usize,
    lessons: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<&'r Balance>,
}

impl<'r> Answer<'r> {
    fn of(report: &'r Report, balance: Option<&'r Balance>) -> Self {
        Self { problems: &report.problems, scenarios: report.scenarios.len(), lessons: report.lessons, balance }
    }
}

/// The problems file by file, and how many there are.
fn human(report: &Report) -> String {
    problems(&report.problems, report.files)
}

/// Problems file by file, and how many there are.
pub(in crate::cli) fn problems(problems: &[Problem], files: usize) -> String {
    let mut text = String::new();
    for file in problems.chunk_by(|one, next| one.place.file == next.place.file) {
        for problem in file {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{problem}");
        }
        text.push('\n');
    }
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let errors = counted(count(Severity::Error), "error");
    let warnings = counted(count(Severity::Warning), "warning");
    let _ = writeln!(text, "{errors}, {warnings} in {}", counted(files, "file"));
    text
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken() -> Report {
        let problem = |path: &str| Problem::of_file("no-course", path, "the pack has no course", "write it");
        let problems = vec![problem("a.toml"), problem("a.toml"), problem("b\u{1b}.toml")];
        Report { problems, files: 9, ..Report::default() }
    }

    #[test]
    fn problems_are_grouped_by_file_and_counted() {
        let one = "a.toml:1:1: error: the pack has no course [no-course]\n  hint: write it\n";
        let other = one.replace("a.toml", "b<U+001B>.toml");
        assert_eq!(human(&broken()), format!("{one}{one}\n{other}\n3 errors, 0 warnings in 9 files\n"));
        assert_eq!(human(&Report { files: 1, ..Report::default() }), "0 errors, 0 warnings in 1 file\n");
    }

    #[test]
    fn json_has_every_field_of_a_problem() {
        let text = json(&Answer::of(&broken(), None)).expect("it can be written");
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let first = serde_json::json!({
            "severity": "error", "code": "no-course", "file": "a.toml", "line": 1, "column": 1, "excerpt": "",
            "message": "the pack has no course", "hint": "write it",
        });
        assert_eq!(value["problems"][0], first);
        assert_eq!((&value["scenarios"], &value["lessons"]), (&0.into(), &0.into()));
    }
}
