//! `respline class simulate`: a scratch database full of made-up work, and a class file to go with it.

use std::{path::Path, process::ExitCode};

use crate::{
    classroom::{AnswerKey, Class, Plant, Rehearsal, simulate},
    course::Record,
    store::{self, Kept, Store},
    terminal::local::now,
};

use super::{
    super::{
        Failure,
        config::Setup,
        print,
        progress::{Target, save},
    },
    args::Simulate,
    load::{answer_key, shown, sound},
    rehearsal,
};

/// Learners whose work is stored in one go.
const BATCH: usize = 50;

/// Fills a new database with the work of made-up learners.
pub(super) fn run(setup: &Setup, args: &Simulate) -> Result<ExitCode, Failure> {
    let (class, library) = sound(setup, &args.class)?;
    let key = answer_key(&class, &library);
    let plants = plants(args, &key)?;
    let class = args.out.as_deref().map_or(Ok(class.clone()), |out| copied(setup, (&class, out), args))?;
    if class.learners.len() < args.learners() {
        let hint = "give --out FILE: a copy of the class with made-up learners is written there";
        let message = format!("the class has {} learners, not {}", class.learners.len(), args.learners());
        return Err(Failure::usage(message, hint));
    }
    let mut store = scratch(setup)?;
    let course = library.course();
    let stage = Rehearsal { class: &class, course: &course, key: &key, plants: &plants, now: now() };
    let work = simulate(&stage, args.learners(), args.seed);
    let records = work.chunks(BATCH).try_fold(0, |sum, some| Ok::<_, Failure>(sum + keep(&mut *store, some)?))?;
    told(setup, args, (&class, records))
}

/// The class's copy for a rehearsal, written out and read back.
fn copied(setup: &Setup, (class, to): (&Class, &Path), args: &Simulate) -> Result<Class, Failure> {
    let text = rehearsal::copy(&args.class, (class, args.learners()), now())?;
    let target = if args.force { Target::Over(to.to_path_buf()) } else { Target::New(to.to_path_buf()) };
    save(to, &target, text.as_bytes()).map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    sound(setup, to).map(|(class, _)| class)
}

fn plants(args: &Simulate, key: &AnswerKey) -> Result<Vec<Plant>, Failure> {
    let row = |text: &String| Plant::row(text, key).map_err(|error| Failure::usage(error.to_string(), error.hint()));
    let wrong =
        args.plant_wrong_key.iter().map(|text| row(text).map(|(scenario, layer)| Plant::WrongKey { scenario, layer }));
    let unclear =
        args.plant_ambiguous.iter().map(|text| row(text).map(|(scenario, layer)| Plant::Ambiguous { scenario, layer }));
    wrong.chain(unclear).collect()
}

/// A database that holds nothing: made-up work never mixes with anybody's.
fn scratch(setup: &Setup) -> Result<Box<dyn store::Database>, Failure> {
    let mut store = store::open(&setup.database)?;
    match store.learners()?.len() {
        0 => Ok(store),
        held => Err(Failure::usage(
            format!("{} holds records of {held} names; a simulation wants a database of its own", setup.database),
            "name a new one: --database rehearsal.sqlite3",
        )),
    }
}

fn keep(store: &mut dyn Store, work: &[(String, Vec<Record>)]) -> Result<usize, Failure> {
    let kept = |records: &Vec<Record>| records.iter().map(Kept::of).collect::<Result<Vec<_>, _>>();
    let kept: Vec<Vec<Kept<'_>>> = work.iter().map(|(_, records)| kept(records)).collect::<Result<_, _>>()?;
    let batch: Vec<(&str, &[Kept<'_>])> =
        work.iter().zip(&kept).map(|((login, _), records)| (login.as_str(), records.as_slice())).collect();
    Ok(store.keep_all(&batch)?)
}

fn told(setup: &Setup, args: &Simulate, (class, records): (&Class, usize)) -> Result<ExitCode, Failure> {
    let file = shown(args.out.as_deref().unwrap_or(&args.class));
    print(&format!(
        "{}: {} learners, {records} records in {}\ntry: respline class grades {file} --lms csv --database {}\n",
        class.title,
        args.learners(),
        setup.database,
        setup.database
    ))
}
