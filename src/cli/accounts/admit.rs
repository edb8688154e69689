//! Letting somebody in, by name and key.

use std::{
    fs::File,
    io::{self, Read, stdin},
    path::Path,
    process::ExitCode,
};

use crate::{
    store::{Database, shown},
    terminal::local::now,
};

use super::{
    super::{Failure, print},
    account,
    key::{self, Key},
    normal,
};

/// The longest file of keys that is read, in bytes: hundreds of keys.
const LONGEST: u64 = 1024 * 1024;

/// Makes an account, or adds keys to one that is there; prints its name as it is kept.
pub(super) fn add(store: &mut dyn Database, name: &str, keys: Option<&Path>) -> Result<ExitCode, Failure> {
    let name = normal(name)?;
    let keys = keys.map(read).transpose()?.unwrap_or_default();
    for key in &keys {
        let owner = store.learner_of(key.text())?;
        if let Some(owner) = owner.filter(|owner| *owner != name) {
            return Err(taken(key, &owner));
        }
    }
    if !store.admit(&name, now())? {
        let known = account(store, &name)?;
        return Err(Failure::usage(format!("the name is {known}'s, in other letters"), "give another name"));
    }
    for key in &keys {
        if !store.add_key(&name, key.text())? {
            return Err(taken(key, "somebody else"));
        }
    }
    print(&format!("{name}\n"))
}

/// Takes a key away from whoever has it.
pub(super) fn remove_key(store: &mut dyn Database, fingerprint: &str) -> Result<ExitCode, Failure> {
    let all = store.keys(None)?;
    let known = all.iter().find(|(_, key)| key::fingerprint(key).as_deref() == Some(fingerprint));
    let (learner, key) = known.ok_or_else(|| {
        Failure::usage(
            format!("no key here has the fingerprint {fingerprint}"),
            "`respline learner list` has all of them",
        )
    })?;
    store.remove_key(key)?;
    print(&format!("{fingerprint} was {learner}'s and opens nothing any more\n"))
}

fn taken(key: &Key, owner: &str) -> Failure {
    Failure::usage(
        format!("the key {} is {owner}'s", key.fingerprint()),
        "a key is one learner's; `respline learner remove-key` takes it away first",
    )
}

fn read(file: &Path) -> Result<Vec<Key>, Failure> {
    let all = |source: &mut dyn Read| {
        let mut text = String::new();
        source.take(LONGEST).read_to_string(&mut text).map(|_| text)
    };
    let is_standard = file.as_os_str() == "-";
    let text =
        if is_standard { all(&mut stdin().lock()) } else { File::open(file).and_then(|mut file| all(&mut file)) };
    let place = if is_standard { "standard input".into() } else { shown(file) };
    let text =
        text.map_err(|error: io::Error| Failure::environment(format!("{place}: {error}"), "give a file with --key"))?;
    Key::all(&text).map_err(|error| {
        Failure::content(
            format!("{place}: {error}"),
            "one public key a line, as in the client's file that ends in .pub",
        )
    })
}
