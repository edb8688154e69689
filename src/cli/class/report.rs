//! `respline class report`: what there is to know after class.

use std::process::ExitCode;

use crate::{
    classroom::{
        AnswerKey,
        report::{Places, Report as Made, Sheets, Sources, Wanted, csv},
    },
    terminal::{Library, local::now},
    ui::report::{html, markdown, text},
};

use super::{
    super::{
        Failure,
        config::Setup,
        content::json,
        print,
        progress::{Target, save},
        store::existing,
    },
    args::{Report, ReportFormat},
    load::{assignment, learner, recorded, shown, sound},
    pseudonyms::pseudonyms,
};

/// Prints the report, or writes it to a file.
pub(super) fn report(setup: &Setup, args: &Report) -> Result<ExitCode, Failure> {
    let (class, library) = sound(setup, &args.class)?;
    let only = args.assignment.as_deref().map(|id| assignment(&class, id)).transpose()?;
    let alone = args.sheet.as_deref().map(|login| learner(&class, login)).transpose()?;
    let mut store = existing(&setup.database)?;
    let (ledger, key) = recorded(&class, &library, &mut *store)?;
    let names = args.pseudonyms.then(|| pseudonyms(&mut *store, &class.id)).transpose()?;
    let (course, places) = (library.course(), places(&library, &key));
    let from = Sources { class: &class, ledger: &ledger, key: &key, course: &course, places: &places, now: now() };
    let everyone = if args.learner_sheets { Sheets::Everyone } else { Sheets::Nobody };
    let wanted = Wanted {
        assignment: only.as_deref(),
        sheets: alone.as_deref().map_or(everyone, Sheets::One),
        unreleased: args.unreleased,
        pseudonyms: names.as_ref(),
    };
    written(args, &Made::of(&from, &wanted))
}

/// Where the rows of the class's scenarios stand.
fn places(library: &Library, key: &AnswerKey) -> Places {
    let place = |id: &String| library.places(id).map(|(file, lines)| (id.clone(), (file, lines.into_iter().collect())));
    key.keys().filter_map(place).collect()
}

fn written(args: &Report, report: &Made) -> Result<ExitCode, Failure> {
    let text = match args.format {
        ReportFormat::Table => text(report),
        ReportFormat::Markdown => markdown(report),
        ReportFormat::Html => html(report),
        ReportFormat::Csv => csv(report),
        ReportFormat::Json => json(report)?,
    };
    let Some(out) = &args.out else { return print(&text) };
    let target = if args.force { Target::Over(out.clone()) } else { Target::New(out.clone()) };
    save(out, &target, text.as_bytes()).map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    print(&format!("{}\n", shown(out)))
}
