//! `respline hand-in`: a learner's work on an assignment as a file, for an instructor who runs no server.

use std::{path::Path, process::ExitCode};

use crate::{
    classroom::{Assignment, AssignmentRef, Class, Rules, pack_digest, work_on},
    course::{Entry, Record},
    store::{Cover, seal, write_hand_in},
    terminal::local::now,
};

use super::{
    super::{
        Failure,
        args::HandIn,
        config::Setup,
        print,
        progress::{Target, save},
        store::existing,
    },
    load::{answer_key, assignment, shown, without_roster},
};

/// Writes the file, sealed where the class has a key.
pub(in crate::cli) fn run(setup: &Setup, args: &HandIn) -> Result<ExitCode, Failure> {
    let (class, library, has_roster) = without_roster(setup, &args.class)?;
    let id = assignment(&class, &args.assignment)?;
    let Some(set) = class.assignment(&id) else { return Err(Failure::bug("an assignment is gone")) };
    let login = login(setup, &class, has_roster)?;
    let reference = AssignmentRef { class: class.id.clone(), assignment: id };
    let records = work_on(&reference, &existing(&setup.database)?.records(&setup.learner)?);
    if records.is_empty() {
        let hint = "begin it first, or name yourself with --learner as you did then";
        return Err(Failure::usage(format!("{} has no work on {}", setup.learner, shown_title(set)), hint));
    }
    let pack = pack_digest(set, &library.course(), &answer_key(&class, &library));
    let text = write_hand_in(&cover(&reference, login, pack, &records), &records)?;
    let text = sealed(&class, text)?;
    let target = if args.force { Target::Over(args.out.clone()) } else { Target::New(args.out.clone()) };
    save(&args.out, &target, text.as_bytes()).map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    print(&told((&class, set), &records, &args.out))
}

/// The login as the class has it. A learner's copy of a class file may be without its roster: then it is theirs to say.
fn login(setup: &Setup, class: &Class, has_roster: bool) -> Result<String, Failure> {
    match class.learner(&setup.learner) {
        Some(learner) => Ok(learner.login.clone()),
        None if !has_roster => Ok(setup.learner.clone()),
        None => Err(Failure::usage(
            format!("nobody in the class has the login '{}'", setup.learner),
            "name yourself with --learner, as the class has you",
        )),
    }
}

fn cover(set: &AssignmentRef, login: String, pack: String, records: &[Record]) -> Cover {
    let seed = records.iter().find_map(|record| match record.entry {
        Entry::SatDown { seed, .. } => Some(seed),
        _ => None,
    });
    Cover {
        class: set.class.clone(),
        assignment: set.assignment.clone(),
        login,
        pack,
        version: env!("CARGO_PKG_VERSION").into(),
        seed: seed.unwrap_or_default(),
        written: now(),
    }
}

fn sealed(class: &Class, text: String) -> Result<String, Failure> {
    let Some(key) = &class.hand_in_key else { return Ok(text) };
    seal(&class.id, key, text.as_bytes())
        .ok_or_else(|| Failure::content("the class's hand-in key is no key", "ask for the class file again"))
}

fn shown_title(set: &Assignment) -> String {
    crate::document::printable(&set.title).into_owned()
}

fn told((class, set): (&Class, &Assignment), records: &[Record], out: &Path) -> String {
    let count = |wanted: fn(&Entry) -> bool| records.iter().filter(|record| wanted(&record.entry)).count();
    let answers = count(|entry| matches!(entry, Entry::Answered { .. }));
    let seal = if class.hand_in_key.is_some() { "sealed for the class" } else { "not sealed: the class has no key" };
    let begun = count(|entry| matches!(entry, Entry::SatDown { .. }));
    let ended = count(|entry| matches!(entry, Entry::HandedIn { .. }));
    let open = begun > ended && set.mode == Rules::Exam;
    let note = if open { "it is not handed in yet: open it and hand it in, then write this file again\n" } else { "" };
    format!("{}: {}, {answers} answers, {seal}\n{note}", shown(out), shown_title(set))
}
