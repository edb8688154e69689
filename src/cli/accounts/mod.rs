//! Accounts from the command line, for whoever runs the box: `respline learner`, and `respline authorized-keys`, which is
//! how sshd learns who is who. Both look where a box's files lie, not in the folders of the one who calls them.

mod admit;
mod args;
mod authorized_keys;
mod key;
mod list;
mod pin;
mod quote;

pub(super) use args::{AuthorizedKeys, Learner};
pub(super) use authorized_keys::run as authorized_keys;

use std::{fs, os::unix::fs::MetadataExt, process::ExitCode};

use nix::unistd::getuid;

use crate::{
    course::learner_name,
    store::{Database, Location, shown},
};

use super::{Failure, args::Global, config::Setup, print, standing};

/// Lists or changes accounts.
pub(super) fn learner(flags: &Global, verb: &Learner) -> Result<ExitCode, Failure> {
    let store = &mut *open(&Setup::of_box(flags)?)?;
    match verb {
        Learner::List { format } => list::list(store, *format),
        Learner::Add { name, key } => admit::add(store, name, key.as_deref()),
        Learner::RemoveKey { fingerprint } => admit::remove_key(store, fingerprint),
        Learner::Pin { name, remove } => pin::set(store, name, *remove),
        Learner::Forget { name, yes } => forget(store, name, *yes),
    }
}

/// Opens the box's database. What root begins, the account that owns the folder could not open.
fn open(setup: &Setup) -> Result<Box<dyn Database>, Failure> {
    if let Location::File(path) = &setup.database
        && getuid().is_root()
        && !path.exists()
        && let Some(owner) = path.parent().and_then(|folder| fs::metadata(folder).ok()).map(|folder| folder.uid())
        && owner != 0
    {
        return Err(Failure::usage(
            format!("{} is not there yet, and its folder is another account's", shown(path)),
            format!("run this as that account: runuser -u $(id -un {owner}) -- respline …"),
        ));
    }
    standing::open(setup)
}

fn forget(store: &mut dyn Database, name: &str, sure: bool) -> Result<ExitCode, Failure> {
    let learner = match store.account(name)? {
        Some(account) => account.learner,
        None => normal(name)?,
    };
    if !store.learners()?.contains(&learner) {
        return Err(nobody(name));
    }
    if !sure {
        return Err(Failure::usage(
            format!("this removes every record, key and PIN of {learner} for good"),
            "say so with --yes; `respline progress export` keeps a copy",
        ));
    }
    let records = store.forget(&learner)?;
    print(&format!("{learner} is forgotten, with {records} records\n"))
}

/// The normal form of a name.
fn normal(name: &str) -> Result<String, Failure> {
    learner_name(name).map_err(|error| Failure::usage(error.to_string(), "give another name"))
}

/// The account of `name`, in whatever case.
fn account(store: &mut dyn Database, name: &str) -> Result<String, Failure> {
    let account = store.account(name)?.ok_or_else(|| nobody(name))?;
    Ok(account.learner)
}

fn nobody(name: &str) -> Failure {
    Failure::usage(format!("nobody here is called '{name}'"), "`respline learner list` has everybody")
}
