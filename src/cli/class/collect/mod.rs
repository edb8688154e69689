//! `respline class collect`: a folder of hand-in files looked over, and what is sound put into the database.

mod files;
mod report;

use std::{
    collections::{BTreeMap, HashMap},
    process::ExitCode,
};

use crate::{
    classroom::{Assessed, Collection, Names, Refusal, Submission},
    course::{Entry, Record, RecordKey},
    store::{self, Cursor, Database, HandInError, Kept, Location, Memory, Store},
    terminal::local::now,
};

use super::{
    super::{Failure, config::Setup},
    args::Collect,
    key,
    load::{recorded, sound},
};
use files::Handed;
use report::{Line, Verdict};

/// Looks over every file of a folder.
pub(super) fn run(setup: &Setup, args: &Collect) -> Result<ExitCode, Failure> {
    let (class, library) = sound(setup, &args.class)?;
    let private = key::read(&args.class, args.key.as_deref())?;
    let files = files::all(&args.dir, (&class, private.as_ref()))?;
    let mut store = database(setup, args.dry_run)?;
    let (ledger, answers) = recorded(&class, &library, &mut *store)?;
    let course = library.course();
    let with = Collection { class: &class, course: &course, key: &answers, ledger: &ledger, now: now() };
    let mut names = known(&mut *store)?;
    note(&mut names, &with, &files);
    let mut seen = Seen::default();
    let mut lines = Vec::new();
    for handed in &files {
        lines.push(seen.line(handed, (&with, &names), (&mut *store, args.dry_run))?);
    }
    report::print(&lines, args.format, args.dry_run)
}

/// The database. A dry run makes none.
fn database(setup: &Setup, dry_run: bool) -> Result<Box<dyn Database>, Failure> {
    match &setup.database {
        Location::File(path) if dry_run && !path.exists() => Ok(Box::new(Memory::default())),
        location => Ok(store::open(location)?),
    }
}

/// Whose the sessions in the database are.
fn known(store: &mut dyn Store) -> Result<Names, Failure> {
    let mut names = Names::default();
    store.read_everyone(Cursor::START, &mut |learner, kept| names.note(learner, [&kept.key]))?;
    Ok(names)
}

/// Those of the files come to it, before any is judged: neither of two who share their work is first.
fn note(names: &mut Names, with: &Collection<'_>, files: &[Handed]) {
    for handed in files.iter().filter_map(|handed| handed.submission.as_ref().ok()) {
        if with.assess(handed).is_ok() {
            names.note(&handed.login, handed.records.iter().map(|record| &record.key));
        }
    }
}

/// What came before a file in the same run.
#[derive(Default)]
struct Seen {
    /// Texts, by their digest.
    texts: HashMap<[u8; 32], String>,
    /// The file that holds a learner's work on an assignment.
    work: BTreeMap<(String, String), String>,
}

impl Seen {
    fn line(
        &mut self,
        handed: &Handed,
        (with, names): (&Collection<'_>, &Names),
        (store, dry_run): (&mut dyn Database, bool),
    ) -> Result<Line, Failure> {
        let submission = match &handed.submission {
            Ok(submission) => submission,
            Err(error) => return Ok(Line::unreadable(&handed.name, error)),
        };
        let keys = || submission.records.iter().map(|record| &record.key);
        let judged = with.assess(submission).and_then(|found| match names.shared(&found.login, keys()) {
            Some(refusal) => Err(refusal),
            None => Ok(found),
        });
        let found = match judged {
            Ok(found) => found,
            Err(refusal) => return Ok(Line::refused(&handed.name, submission, &refusal)),
        };
        if let Some(first) = self.texts.get(&handed.digest) {
            return Ok(
                Line::found(&handed.name, submission, &found, Verdict::Duplicate).with(format!("the same as {first}"))
            );
        }
        self.texts.insert(handed.digest, handed.name.clone());
        let line = Line::found(&handed.name, submission, &found, Verdict::Sound);
        let line = merge(line, (submission, &found), (store, dry_run))?;
        let work = (found.login.to_lowercase(), submission.assignment.clone());
        let before = self.work.insert(work, handed.name.clone());
        Ok(before.into_iter().fold(line, |line, before| line.with(format!("more of the work in {before}"))))
    }
}

/// Puts what is new into the database; what is there already stays as it is.
fn merge(
    line: Line,
    (submission, found): (&Submission, &Assessed),
    (store, dry_run): (&mut dyn Database, bool),
) -> Result<Line, Failure> {
    let name = stored_name(store, &found.login)?;
    let there: HashMap<RecordKey, Record> =
        store.records(&name)?.into_iter().map(|record| (record.key, record)).collect();
    let (old, new): (Vec<&Record>, Vec<&Record>) =
        submission.records.iter().partition(|record| there.contains_key(&record.key));
    let differ = old.iter().filter(|record| there.get(&record.key).is_none_or(|kept| !same(kept, record))).count();
    let kept = new.iter().map(|record| Kept::of(record)).collect::<Result<Vec<_>, _>>()?;
    if !dry_run {
        store.keep(&name, &kept)?;
    }
    let line = Line { new: kept.len(), ..line };
    Ok(if differ == 0 {
        line
    } else {
        line.with(format!("{differ} records differ from those that are stored, which stay"))
    })
}

/// Grades given at hand-in do not travel.
fn same(kept: &Record, handed: &Record) -> bool {
    let grades = matches!((&kept.entry, &handed.entry), (Entry::HandedIn { .. }, Entry::HandedIn { .. }));
    kept.at == handed.at && (grades || kept.entry == handed.entry)
}

/// The name that a learner's records are kept under, whatever its case.
fn stored_name(store: &mut dyn Database, login: &str) -> Result<String, Failure> {
    let wanted = login.to_lowercase();
    let known = store.learners()?.into_iter().find(|name| name.to_lowercase() == wanted);
    Ok(known.unwrap_or_else(|| login.to_owned()))
}

impl Line {
    fn unreadable(file: &str, error: &HandInError) -> Self {
        Self { file: file.to_owned(), remarks: vec![format!("{error}; {}", error.hint())], ..Self::default() }
    }

    fn refused(file: &str, submission: &Submission, refusal: &Refusal) -> Self {
        let (login, assignment) = (submission.login.clone(), submission.assignment.clone());
        Self { file: file.to_owned(), login, assignment, remarks: vec![refusal.to_string()], ..Self::default() }
    }

    fn found(file: &str, submission: &Submission, found: &Assessed, verdict: Verdict) -> Self {
        let one = found.standing.counted().or_else(|| found.standing.under_way());
        Self {
            file: file.to_owned(),
            login: found.login.clone(),
            assignment: submission.assignment.clone(),
            verdict,
            points: one.map(|one| (one.points, one.out_of)),
            score: one.map(|one| one.score),
            new: 0,
            remarks: found.remarks.iter().map(ToString::to_string).collect(),
        }
    }

    fn with(mut self, remark: String) -> Self {
        self.remarks.push(remark);
        self
    }
}
