//! What became of the files: a table for people, JSON for scripts.

use std::process::ExitCode;

use serde::Serialize;

use crate::classroom::Percent;

use super::super::{
    super::{
        Failure,
        content::{json, table},
        print as out,
    },
    args::CollectFormat,
};

/// What was made of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Verdict {
    /// It was not taken.
    #[default]
    Refused,
    /// It was taken.
    Sound,
    /// It is another file once more.
    Duplicate,
}

/// A file and what was found.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Line {
    pub(super) file: String,
    pub(super) login: String,
    pub(super) assignment: String,
    pub(super) verdict: Verdict,
    /// Points of the attempt that counts, and points there were.
    pub(super) points: Option<(u32, u32)>,
    /// What they are worth, lateness taken off.
    pub(super) score: Option<Percent>,
    /// Records that were not in the database.
    pub(super) new: usize,
    pub(super) remarks: Vec<String>,
}

/// Prints what was found; a file that was refused is a failure.
pub(super) fn print(lines: &[Line], format: CollectFormat, dry_run: bool) -> Result<ExitCode, Failure> {
    let refused = lines.iter().filter(|line| line.verdict == Verdict::Refused).count();
    out(&match format {
        CollectFormat::Json => json(&serde_json::json!({ "files": lines, "stored": !dry_run }))?,
        CollectFormat::Table => format!("{}{}\n", shown(lines), sum(lines, refused, dry_run)),
    })?;
    Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn shown(lines: &[Line]) -> String {
    let cells = |line: &Line| {
        let verdict = match line.verdict {
            Verdict::Sound => "sound",
            Verdict::Duplicate => "duplicate",
            Verdict::Refused => "REFUSED",
        };
        let points = line.points.map_or_else(String::new, |(points, out_of)| format!("{points}/{out_of}"));
        let score = line.score.map_or_else(String::new, |score| score.to_string());
        let remarks = line.remarks.join("; ");
        [
            line.file.clone(),
            line.login.clone(),
            line.assignment.clone(),
            verdict.into(),
            points,
            score,
            line.new.to_string(),
            remarks,
        ]
    };
    let rows: Vec<[String; 8]> = lines.iter().map(cells).collect();
    table(["file", "learner", "assignment", "verdict", "points", "score", "new", "remarks"], &rows)
}

fn sum(lines: &[Line], refused: usize, dry_run: bool) -> String {
    let new: usize = lines.iter().map(|line| line.new).sum();
    let done = if dry_run { "would be stored" } else { "stored" };
    format!("{} files, {refused} refused; {new} new records {done}", lines.len())
}
