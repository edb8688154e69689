//! Grades in a spreadsheet program: every cell as it was written, and none a formula.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use respline::classroom::{
    Gradebook, Learner,
    lms::{self, Platform},
};

use super::room::{Room, class, exam, key, learner, minute};

const NAMES: [&str; 7] = ["Ng, Ana", "say \"hi\"", "=1+1", "@SUM(1)", "Zoë; Lund", "-5+3", "李小龍"];

fn book() -> Gradebook {
    let named = |(place, name): (usize, &&str)| Learner { name: (*name).into(), ..learner(&format!("l{place}")) };
    let learners: Vec<Learner> = NAMES.iter().enumerate().map(named).collect();
    let set = exam();
    let mut room = Room::new();
    for one in learners.iter().take(3) {
        let sitting = room.begin(&one.login, &set, 0);
        room.answer(&one.login, (sitting, "one"), minute(1), &[("a", true, true), ("b", true, false)]);
        room.hand_in(&one.login, sitting, 2);
    }
    Gradebook::of(&class(learners, vec![set]), &room.ledger, (&key(), minute(9)), None)
}

/// Opens `file` in the spreadsheet program and saves it as `format`; none where it is not there.
fn converted(folder: &Path, file: &str, format: &str) -> Option<String> {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let out = folder.join("out");
    // Commas, double quotes, UTF-8.
    let arguments = ["--headless", "--infilter=CSV:44,34,76", "--convert-to", format, "--outdir"];
    let mut command = Command::new("soffice");
    command.arg(profile).args(arguments).arg(&out).arg(folder.join(file)).env("HOME", folder);
    let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    assert!(ended.success(), "it is converted");
    let end = format.split(':').next().expect("it has a name");
    Some(fs::read_to_string(out.join(file).with_extension(end)).expect("it is written"))
}

#[test]
#[ignore = "needs LibreOffice Calc; says so and passes where it is not there"]
fn libre_office_reads_every_cell_and_no_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    for platform in [Platform::Canvas, Platform::Csv] {
        let text = lms::grades(&book(), platform, None);
        fs::write(folder.path().join("grades.csv"), &text).expect("it is written");
        let Some(sheet) = converted(folder.path(), "grades.csv", "fods") else {
            eprintln!("skipped: there is no soffice (Debian: libreoffice-calc-nogui)");
            return;
        };
        assert!(sheet.contains("<table:table-cell") && !sheet.contains("table:formula"), "no cell is a formula");
        let again =
            converted(folder.path(), "grades.csv", "csv:Text - txt - csv (StarCalc):44,34,76").expect("it is there");
        assert_eq!(rows(&again), rows(text.trim_start_matches('\u{feff}')));
    }
}

/// Its cells.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let row = |record: csv::Result<csv::StringRecord>| {
        let cells = record.expect("it is a row");
        cells.iter().map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect()
    };
    reader.records().map(row).collect()
}
