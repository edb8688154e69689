//! `respline learner list`: who may log in, and by what.

use std::process::ExitCode;

use jiff::Timestamp as Moment;
use serde::Serialize;

use crate::{course::Timestamp, store::Database};

use super::{
    super::{Failure, args::ListFormat, print},
    key,
};

/// An account as it is listed.
#[derive(Debug, Serialize)]
struct Listed {
    learner: String,
    /// In UTC.
    made: String,
    pin: bool,
    /// Fingerprints.
    keys: Vec<String>,
}

/// Prints every account.
pub(super) fn list(store: &mut dyn Database, format: ListFormat) -> Result<ExitCode, Failure> {
    let keys = store.keys(None)?;
    let of = |learner: &str| {
        let own = keys.iter().filter(|(owner, _)| owner == learner);
        own.map(|(_, key)| key::fingerprint(key).unwrap_or_else(|| "unreadable".into())).collect()
    };
    let accounts = store.accounts()?.into_iter().map(|account| Listed {
        keys: of(&account.learner),
        made: moment(account.made),
        pin: account.has_pin,
        learner: account.learner,
    });
    let accounts: Vec<Listed> = accounts.collect();
    match format {
        ListFormat::Table => print(&accounts.iter().map(table).collect::<String>()),
        ListFormat::Json => {
            let text = serde_json::to_string_pretty(&accounts);
            print(&(text.map_err(|error| Failure::bug(format!("the list has no JSON form: {error}")))? + "\n"))
        }
    }
}

fn table(account: &Listed) -> String {
    let Listed { learner, made, pin, keys } = account;
    let pin = if *pin { ", PIN" } else { "" };
    let keys: String = keys.iter().map(|key| format!("  {key}\n")).collect();
    format!("{learner} (since {made}{pin})\n{keys}")
}

/// To the second; nothing for a time that no calendar has.
fn moment(at: Timestamp) -> String {
    Moment::from_second(at.0.div_euclid(1000)).map(|moment| moment.to_string()).unwrap_or_default()
}
