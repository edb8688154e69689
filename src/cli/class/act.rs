//! What an instructor does from the command line while a class runs, and forgetting a learner.

use std::{path::Path, process::ExitCode};

use crate::{
    classroom::{Act, Class, ClassEntry, class_account, span},
    course::RecordKey,
    document::printable,
    store::{self, Cursor, Kept},
    terminal::local::now,
};

use super::{
    super::{Failure, config::Setup, print, store::existing},
    args::{ClassVerb, Set},
    load::{assignment, learner, sound},
};

/// The longest message, in characters: it has to fit on every screen.
const LONGEST_MESSAGE: usize = 400;

/// Records what an instructor does.
pub(super) fn act(setup: &Setup, verb: &ClassVerb) -> Result<ExitCode, Failure> {
    let Some(path) = class_of(verb) else { return Err(Failure::bug("this verb is about no class")) };
    let (class, _) = sound(setup, path)?;
    let act = meant(&class, verb)?;
    let said = said(&class, &act);
    let origin = getrandom::u64().map_err(|error| Failure::environment(format!("no randomness: {error}"), ""))?;
    let entry = ClassEntry { by: setup.learner.clone(), act };
    let kept = Kept::new(RecordKey { origin, seq: 0 }, now(), &entry)?;
    store::open(&setup.database)?.keep(&class_account(&class.id), &[kept])?;
    print(&said)
}

const fn class_of(verb: &ClassVerb) -> Option<&std::path::PathBuf> {
    match verb {
        ClassVerb::Open(set) | ClassVerb::Close(set) | ClassVerb::Pause(set) | ClassVerb::Resume(set) => {
            Some(&set.class)
        }
        ClassVerb::Extend { set, .. } | ClassVerb::Reopen { set, .. } => Some(&set.class),
        ClassVerb::Message { class, .. } => Some(class),
        ClassVerb::New { .. }
        | ClassVerb::Check { .. }
        | ClassVerb::Grades(_)
        | ClassVerb::Xapi(_)
        | ClassVerb::Forget { .. } => None,
    }
}

fn meant(class: &Class, verb: &ClassVerb) -> Result<Act, Failure> {
    let set = |set: &Set| assignment(class, &set.assignment);
    let one = |name: &Option<String>| name.as_deref().map(|name| learner(class, name)).transpose();
    Ok(match verb {
        ClassVerb::Open(of) => Act::Opened { assignment: set(of)? },
        ClassVerb::Close(of) => Act::Closed { assignment: set(of)? },
        ClassVerb::Pause(of) => Act::Paused { assignment: set(of)? },
        ClassVerb::Resume(of) => Act::Resumed { assignment: set(of)? },
        ClassVerb::Extend { set: of, by, whom } => {
            Act::Extended { assignment: set(of)?, learner: one(whom)?, by_ms: duration(by)? }
        }
        ClassVerb::Reopen { set: of, whom } => Act::Reopened { assignment: set(of)?, learner: one(whom)?, until: None },
        ClassVerb::Message { text, whom, .. } => Act::Messaged { text: message(text)?, learner: one(whom)? },
        ClassVerb::New { .. }
        | ClassVerb::Check { .. }
        | ClassVerb::Grades(_)
        | ClassVerb::Xapi(_)
        | ClassVerb::Forget { .. } => {
            return Err(Failure::bug("this verb is no act"));
        }
    })
}

/// `15m` or `-15m`, in milliseconds.
fn duration(text: &str) -> Result<i64, Failure> {
    let (sign, length) = text.strip_prefix('-').map_or((1, text), |length| (-1, length));
    let span = span(length).and_then(|span| i64::try_from(span.as_millis()).ok());
    span.map(|span| sign * span)
        .ok_or_else(|| Failure::usage(format!("'{text}' is no time"), "write it as 15m, 1h30m or 2d"))
}

fn message(text: &str) -> Result<String, Failure> {
    let text = printable(text.trim()).replace('\n', " ");
    match text.chars().count() {
        0 => Err(Failure::usage("the message is empty", "say something")),
        count if count > LONGEST_MESSAGE => {
            Err(Failure::usage(format!("the message has {count} characters"), format!("say it in {LONGEST_MESSAGE}")))
        }
        _ => Ok(text),
    }
}

/// What was done, for who did it.
fn said(class: &Class, act: &Act) -> String {
    let whom = act.learner().unwrap_or("everyone");
    let title = act.assignment().and_then(|id| class.assignment(id)).map_or("", |set| set.title.as_str());
    let done = match act {
        Act::Opened { .. } => "is open from now on, until it is closed or its dates close it".to_owned(),
        Act::Closed { .. } => "is closed: nothing more is taken".to_owned(),
        Act::Paused { .. } => "is paused: time stands still".to_owned(),
        Act::Resumed { .. } => "goes on".to_owned(),
        Act::Extended { by_ms, .. } => format!("ends {} later for {whom}", minutes(*by_ms)),
        Act::Reopened { .. } => format!("is open for one more attempt of {whom}, until it is closed"),
        _ => return format!("{}: said to {whom}\n", printable(&class.title)),
    };
    format!("{}: {} {}\n", printable(&class.title), printable(title), printable(&done))
}

fn minutes(by_ms: i64) -> String {
    format!("{} min", by_ms / 60_000)
}

/// Removes all that is held on a learner, or says what that is.
pub(super) fn forget(setup: &Setup, path: &Path, name: &str, yes: bool) -> Result<ExitCode, Failure> {
    let (class, _) = sound(setup, path)?;
    let login = learner(&class, name)?;
    let mut store = existing(&setup.database)?;
    let kept: Vec<String> =
        store.learners()?.into_iter().filter(|name| name.to_lowercase() == login.to_lowercase()).collect();
    let mut count = 0;
    for name in &kept {
        if yes {
            count += store.forget(name)?;
        } else {
            store.read(name, Cursor::START, &mut |_| count += 1)?;
        }
    }
    if yes {
        return print(&format!("{count} records of {login} are removed, with their account and keys\n"));
    }
    Err(Failure::usage(
        format!("{count} records of {login} would be removed for good, with their account and keys"),
        "repeat it with --yes; take them out of the class file and the roster as well",
    ))
}
