//! `respline store`: a database as a whole.

use std::process::ExitCode;

use crate::{
    document::printable,
    store::{self, CopyError, Database, Health, Location, Survey},
};

use super::{
    Failure,
    args::StoreVerb,
    config::{Setup, database},
    print,
};

/// Carries a verb out.
pub(super) fn run(setup: impl Fn() -> Result<Setup, Failure>, what: &StoreVerb) -> Result<ExitCode, Failure> {
    let named = |url: &Option<String>| url.as_deref().map_or_else(|| Ok(setup()?.database), database);
    match what {
        StoreVerb::Migrate { url } => migrate(&named(url)?),
        StoreVerb::Check { url } => check(&named(url)?),
        StoreVerb::Copy { source, target } => copy(&database(source)?, &database(target)?),
    }
}

fn migrate(location: &Location) -> Result<ExitCode, Failure> {
    let health = store::open(location)?.examine()?;
    print(&heading(location, &health))
}

fn check(location: &Location) -> Result<ExitCode, Failure> {
    let mut store = existing(location)?;
    let health = store.examine()?;
    let survey = Survey::of(&mut *store)?;
    let code = print(&format!("{}{survey}", heading(location, &health)))?;
    match survey.damaged {
        0 => Ok(code),
        damaged => Err(Failure::environment(
            format!("{damaged} records are damaged"),
            "restore the database from a backup; what can be read is carried by `respline progress export`",
        )),
    }
}

fn copy(source: &Location, target: &Location) -> Result<ExitCode, Failure> {
    let mut from = existing(source)?;
    let mut to = store::open(target)?;
    let copied = store::copy(&mut *from, &mut *to).map_err(|error| broken_off(&error))?;
    let more = || format!("\nthe target holds all of it, and more:\n{}", copied.to);
    let rest = if copied.is_same() { String::new() } else { more() };
    print(&format!("copied    {} new records\n{}{rest}", copied.new, copied.from))
}

/// A copy can be repeated, whatever stopped it.
fn broken_off(error: &CopyError) -> Failure {
    Failure::environment(error.to_string(), error.hint())
}

/// A slip of the pen is no new database.
pub(super) fn existing(location: &Location) -> Result<Box<dyn Database>, Failure> {
    match location {
        Location::File(path) if !path.exists() => Err(Failure::environment(
            format!("there is no database at {location}"),
            "give the path of one; `respline store migrate PATH` begins a new one",
        )),
        _ => Ok(store::open(location)?),
    }
}

fn heading(location: &Location, health: &Health) -> String {
    let schema = health.schema.map(|schema| format!(", schema {schema}")).unwrap_or_default();
    let warnings = health.warnings.iter().map(|warning| format!("warning   {}\n", printable(warning)));
    format!("database  {location}\nengine    {}{schema}\n{}", printable(&health.engine), warnings.collect::<String>())
}
