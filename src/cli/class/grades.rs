//! `respline class grades`: the file that a learning platform imports, and its dry run.

use std::process::ExitCode;

use crate::{
    classroom::{
        Gradebook, Pseudonyms, State,
        lms::{self, Finding, LmsExport, Platform, Weight},
    },
    content::Problem,
    store::Store,
    terminal::local::now,
};

use super::{
    super::{
        Failure,
        config::Setup,
        content::{problems, table},
        print,
        progress::{Target, save},
        store::existing,
    },
    args::{Grades, Lms},
    load::{assignment, file, recorded, shown, sound},
    pseudonyms::pseudonyms,
};

/// Writes the grades, or says what the platform would make of them.
pub(super) fn grades(setup: &Setup, args: &Grades) -> Result<ExitCode, Failure> {
    let (class, library) = sound(setup, &args.class)?;
    let only = args.assignment.as_deref().map(|id| assignment(&class, id)).transpose()?;
    let export = args.roster.as_ref().map(|path| file(path)).transpose()?.map(|file| LmsExport::read(&file));
    let export = export.transpose().map_err(|problems| broken(&problems))?;
    let mut store = existing(&setup.database)?;
    let (ledger, key) = recorded(&class, &library, &mut *store)?;
    let book = Gradebook::of(&class, &ledger, (&key, now()), only.as_deref());
    let book = if args.pseudonyms { hidden(&mut *store, &class.id, args.lms)?.gradebook(book) } else { book };
    let platform = platform(args.lms);
    if let Some(export) = export.as_ref().filter(|_| args.dry_run) {
        return told(&lms::dry_run(&book, platform, export));
    }
    let text = lms::grades(&book, platform, export.as_ref());
    let Some(out) = &args.out else { return print(&text) };
    let target = if args.force { Target::Over(out.clone()) } else { Target::New(out.clone()) };
    save(out, &target, text.as_bytes()).map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    print(&format!("{}: {}\n", shown(out), counts(&book)))
}

/// The pseudonyms of a class, for a file that no platform has to know its students in.
fn hidden(store: &mut dyn Store, class: &str, lms: Lms) -> Result<Pseudonyms, Failure> {
    match lms {
        Lms::Csv | Lms::Nbgrader => pseudonyms(store, class),
        Lms::Canvas | Lms::Moodle => {
            Err(Failure::usage("no platform knows its students by pseudonyms", "use --lms csv or nbgrader"))
        }
    }
}

const fn platform(lms: Lms) -> Platform {
    match lms {
        Lms::Canvas => Platform::Canvas,
        Lms::Moodle => Platform::Moodle,
        Lms::Csv => Platform::Csv,
        Lms::Nbgrader => Platform::Nbgrader,
    }
}

fn broken(found: &[Problem]) -> Failure {
    Failure::content(format!("the roster cannot be read\n{}", problems(found, 1).trim_end()), "export it again, as CSV")
}

/// How many grades of which kind were written.
fn counts(book: &Gradebook) -> String {
    let states = [State::HandedIn, State::Late, State::Missed, State::Working, State::NotBegun, State::NotOpen];
    let grades = || book.rows.iter().flat_map(|row| row.grades.iter().flatten());
    let count = |state: State| (state, grades().filter(|grade| grade.state == state).count());
    let counts = states.into_iter().map(count).filter(|(_, count)| *count > 0);
    let words: Vec<String> = counts.map(|(state, count)| format!("{count} {}", state.words())).collect();
    format!("{} learners; {}", book.rows.len(), words.join(", "))
}

/// The findings of a dry run; what would be refused is a failure.
fn told(findings: &[Finding]) -> Result<ExitCode, Failure> {
    if findings.is_empty() {
        return print("nothing would be refused, and no grade that is there would change\n");
    }
    let word = |weight| match weight {
        Weight::Refused => "REFUSED",
        Weight::Changes => "changes",
        Weight::Note => "note",
    };
    let row = |finding: &Finding| {
        [word(finding.weight).to_owned(), finding.about.clone(), finding.message.clone(), finding.hint.clone()]
    };
    let rows: Vec<[String; 4]> = findings.iter().map(row).collect();
    print(&table(["what", "about", "would happen", "what to do"], &rows))?;
    let refused = findings.iter().any(|finding| finding.weight == Weight::Refused);
    Ok(if refused { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
