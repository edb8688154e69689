//! `respline authorized-keys`: lines of `authorized_keys` from the accounts of the box and the rosters of its
//! classes, for sshd's `AuthorizedKeysCommand`.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf, absolute},
    process::ExitCode,
};

use crate::{
    classroom::Class,
    document::printable,
    store::{Database, Location, StoreError, shown},
    terminal::classes::people,
};

use super::{
    super::{Failure, args::Global, config::Setup, print},
    AuthorizedKeys,
    key::Key,
    open, quote,
};

/// Prints the line of the key that is asked about, and nothing where it is nobody's; every line where none is.
pub(in crate::cli) fn run(flags: &Global, args: &AuthorizedKeys) -> Result<ExitCode, Failure> {
    let setup = Setup::of_box(flags)?;
    let command = command(flags, &setup)?;
    let classes = classes(&setup);
    let keys = known(&mut *open(&setup)?, &classes, &args.key)?;
    let lines = keys.iter().map(|(who, key)| line(&command, who, key));
    print(&lines.collect::<Result<String, _>>()?)
}

/// Whom a key lets in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Learner(String),
    /// By name.
    Instructor(String),
}

/// The classes whose keys count. One that is broken must not keep everybody else out.
fn classes(setup: &Setup) -> Vec<Class> {
    let read = |path: &PathBuf| match people(path) {
        Ok(class) => Some(class),
        Err(error) => {
            // Where standard error is closed there is nobody to tell.
            let _ = Failure::from(error).report();
            None
        }
    };
    setup.classes.iter().filter_map(read).collect()
}

/// The keys that are asked about, with whom they let in.
fn known(store: &mut dyn Database, classes: &[Class], asked: &[String]) -> Result<Vec<(Who, String)>, StoreError> {
    if let [kind, body] = asked {
        // What cannot be a key of ours is nobody's: sshd offers whatever a client has.
        let key = Key::all(&format!("{kind} {body}")).ok().and_then(|keys| Some(keys.first()?.text().to_owned()));
        let Some(key) = key else { return Ok(Vec::new()) };
        let owner = owner(store, classes, &key)?;
        return Ok(owner.map(|owner| (owner, key)).into_iter().collect());
    }
    let all = store.keys(None)?.into_iter().map(|(_, key)| key).chain(classes.iter().flat_map(listed));
    let keys: BTreeSet<String> = all.collect();
    let owned = keys.into_iter().map(|key| Ok(owner(store, classes, &key)?.map(|owner| (owner, key))));
    let mut owned = owned.filter_map(Result::transpose).collect::<Result<Vec<_>, StoreError>>()?;
    owned.sort();
    Ok(owned)
}

/// The keys that a class lists.
fn listed(class: &Class) -> impl Iterator<Item = String> {
    let instructors = class.instructors.iter().flat_map(|instructor| &instructor.keys);
    let lines = instructors.chain(class.learners.iter().flat_map(|learner| &learner.keys));
    lines.filter_map(|line| Key::all(line).ok()?.first().map(|key| key.text().to_owned()))
}

/// Whom `key` lets in: an instructor, a learner of a roster, or one with an account, in this order as `respline serve` has it.
fn owner(store: &mut dyn Database, classes: &[Class], key: &str) -> Result<Option<Who>, StoreError> {
    if let Some(instructor) = classes.iter().find_map(|class| class.instructor_with(key)) {
        return Ok(Some(Who::Instructor(instructor.name.clone())));
    }
    let Some(learner) = classes.iter().find_map(|class| class.learner_with(key)) else {
        return Ok(store.learner_of(key)?.map(Who::Learner));
    };
    // Who had an account before has records under its name, however the roster writes it.
    let account = store.account(&learner.login)?;
    Ok(Some(Who::Learner(account.map_or_else(|| learner.login.clone(), |account| account.learner))))
}

/// One line: whoever has `key` is `who`, and gets `command` on a terminal and nothing else.
fn line(command: &[String], who: &Who, key: &str) -> Result<String, Failure> {
    let mut words: Vec<&str> = command.iter().map(String::as_str).collect();
    let name = match who {
        Who::Learner(name) => {
            words.extend(["--learner", name]);
            name
        }
        Who::Instructor(name) => {
            words.extend(["--instructor", key]);
            name
        }
    };
    // The shell that sshd starts has nothing to do but wait; it makes room.
    let command = format!("exec {}", quote::command(&words)?);
    Ok(format!("restrict,pty,command={} {key} {}\n", quote::option(&command), printable(name).replace('\n', " ")))
}

/// This program, restricted, with the places that were named to it.
fn command(flags: &Global, setup: &Setup) -> Result<Vec<String>, Failure> {
    let program = std::env::current_exe();
    let program = program.map_err(|error| Failure::environment(format!("where is the program? {error}"), ""))?;
    let mut words = vec![text(&program)?, "--restricted".to_owned()];
    let mut add = |flag: &str, path: &Path| -> Result<(), Failure> {
        let path = absolute(path).map_err(|error| Failure::environment(format!("{}: {error}", shown(path)), ""))?;
        words.extend([flag.to_owned(), text(&path)?]);
        Ok(())
    };
    if let Some(config) = &flags.config {
        add("--config", config)?;
    }
    match (&flags.database, &setup.database) {
        (None, _) => {}
        (Some(_), Location::File(path)) => add("--database", path)?,
        (Some(_), Location::Postgres(_)) => {
            return Err(Failure::usage(
                "everybody on the host can read the arguments of a process, and this URL may hold a password",
                "put the database into the configuration file and name that with --config",
            ));
        }
    }
    for pack in &flags.pack {
        add("--pack", pack)?;
    }
    for class in &flags.classes {
        add("--class", class)?;
    }
    Ok(words)
}

fn text(path: &Path) -> Result<String, Failure> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| Failure::usage(format!("{} is no text", shown(path)), "give a path in UTF-8"))
}
