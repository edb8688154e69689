//! `respline class xapi`: what was done, for a learning record store.

use std::process::ExitCode;

use crate::{
    classroom::{
        Learner,
        export::xapi::{About, lines, statements},
    },
    terminal::local::now,
};

use super::{
    super::{
        Failure,
        config::Setup,
        print,
        progress::{Target, save},
        store::existing,
    },
    args::Xapi,
    load::{assignment, recorded, shown, sound},
    pseudonyms::pseudonyms,
};

/// Writes the statements, one a line.
pub(super) fn xapi(setup: &Setup, args: &Xapi) -> Result<ExitCode, Failure> {
    let (class, library) = sound(setup, &args.class)?;
    let only = args.assignment.as_deref().map(|id| assignment(&class, id)).transpose()?;
    let mut store = existing(&setup.database)?;
    let (ledger, key) = recorded(&class, &library, &mut *store)?;
    let hidden = args.pseudonyms.then(|| pseudonyms(&mut *store, &class.id)).transpose()?;
    let account =
        |learner: &Learner| hidden.as_ref().map_or_else(|| learner.login.clone(), |all| all.of(&learner.login));
    let about = About { home: &args.home, account: &account, assignment: only.as_deref() };
    let made = statements(&class, &library.course(), &ledger, (&key, now()), &about);
    let text = lines(&made).map_err(|error| Failure::bug(format!("a statement cannot be written: {error}")))?;
    let Some(out) = &args.out else { return print(&text) };
    let target = if args.force { Target::Over(out.clone()) } else { Target::New(out.clone()) };
    save(out, &target, text.as_bytes()).map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    print(&format!("{}: {} statements\n", shown(out), made.len()))
}
