//! What is held on a learner: shown, removed on their wish, and removed when its time is over.

use std::{path::Path, process::ExitCode};

use serde_json::{Value, json};

use crate::{
    classroom::{Class, ClassRecord, Learner, class_account, last_date, pseudonym_account, work_for},
    course::{RecordKey, Timestamp},
    store::{Cursor, Database, Kept, Store},
    terminal::local::now,
};

use super::{
    super::{
        Failure,
        config::Setup,
        content, print,
        progress::{Target, save},
        store::existing,
    },
    args::{Forget, Held},
    load::{learner, sound},
};

/// Removes all that is held on a learner, or the class's pseudonyms; without --yes, says what that is.
pub(super) fn forget(setup: &Setup, args: &Forget) -> Result<ExitCode, Failure> {
    let (class, _) = sound(setup, &args.class)?;
    let mut store = existing(&setup.database)?;
    match &args.whom {
        Some(whom) => forget_learner(&mut *store, &class, (whom, args.yes)),
        None => forget_pseudonyms(&mut *store, &class, args.yes),
    }
}

fn forget_learner(store: &mut dyn Database, class: &Class, (whom, yes): (&str, bool)) -> Result<ExitCode, Failure> {
    let login = learner(class, whom)?;
    let names = names(store, &login)?;
    let acts: Vec<RecordKey> = about(store, class, &login)?.into_iter().map(|act| act.key).collect();
    let mut count = 0;
    for name in &names {
        count += if yes { store.forget(name)? } else { held(store, name)? };
    }
    if yes {
        store.remove(&class_account(&class.id), &acts)?;
        return print(&format!(
            "{count} records of {login} are removed, with their account and keys, and {} acts and messages for them\n\
             what is left is in files: the class file and the roster, hand-in files, exports and backups\n",
            acts.len()
        ));
    }
    Err(Failure::usage(
        format!(
            "{count} records of {login} would be removed for good, with their account and keys, and {} acts for them",
            acts.len()
        ),
        "repeat it with --yes; take them out of the class file and the roster as well",
    ))
}

/// The names that a login's records and account are kept under, whatever their case.
fn names(store: &mut dyn Database, login: &str) -> Result<Vec<String>, Failure> {
    let wanted = login.to_lowercase();
    Ok(store.learners()?.into_iter().filter(|name| name.to_lowercase() == wanted).collect())
}

fn held(store: &mut dyn Store, name: &str) -> Result<usize, Failure> {
    let mut count = 0;
    store.read(name, Cursor::START, &mut |_| count += 1)?;
    Ok(count)
}

/// What was done or said for one learner alone.
fn about(store: &mut dyn Store, class: &Class, login: &str) -> Result<Vec<ClassRecord>, Failure> {
    let mut acts = acts(store, class)?;
    acts.retain(|act| act.entry.act.learner().is_some() && act.entry.act.is_for(login));
    Ok(acts)
}

/// Without its secret nobody can say any more who has which pseudonym; later exports have others.
fn forget_pseudonyms(store: &mut dyn Store, class: &Class, yes: bool) -> Result<ExitCode, Failure> {
    let account = pseudonym_account(&class.id);
    let there = held(store, &account)? > 0;
    match (there, yes) {
        (false, _) => print("the class has no pseudonyms\n"),
        (true, true) => {
            store.forget(&account)?;
            print("the secret of the pseudonyms is removed; the next export makes others\n")
        }
        (true, false) => Err(Failure::usage(
            "the secret of the pseudonyms would be removed for good: no later export could be matched with an earlier one",
            "repeat it with --yes",
        )),
    }
}

/// In UTC, to the second; nothing for a time that no calendar has.
fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_second(at.0.div_euclid(1_000)).map(|moment| moment.to_string()).unwrap_or_default()
}

/// Everything that is held on a learner, as JSON that a person can read.
pub(super) fn show(setup: &Setup, args: &Held) -> Result<ExitCode, Failure> {
    let (class, _) = sound(setup, &args.class)?;
    let login = learner(&class, &args.whom)?;
    let mut store = existing(&setup.database)?;
    let mut records = Vec::new();
    for name in names(&mut *store, &login)? {
        store.read(&name, Cursor::START, &mut |kept| records.push(shown_record(&kept)))?;
    }
    let acts = about(&mut *store, &class, &login)?;
    let text = content::json(&json!({
        "class": class.id,
        "learner": class.learner(&login).map(shown_learner),
        "account": account(&mut *store, &login)?,
        "acts": acts.iter().map(|act| json!({ "at": moment(act.at), "entry": act.entry })).collect::<Vec<_>>(),
        "records": records,
    }))?;
    let Some(out) = &args.out else { return print(&text) };
    save(out, &Target::New(out.clone()), text.as_bytes())
        .map_err(|error| Failure::environment(error.to_string(), error.hint()))?;
    print(&format!("{}: {} records, {} acts\n", super::load::shown(out), records.len(), acts.len()))
}

fn shown_record(kept: &Kept<'_>) -> Value {
    let entry = serde_json::from_str(&kept.entry).unwrap_or(Value::Null);
    json!({ "key": kept.key, "at": moment(kept.at), "entry": entry })
}

fn shown_learner(learner: &Learner) -> Value {
    json!({
        "id": learner.id,
        "login": learner.login,
        "name": learner.name,
        "section": learner.section,
        "groups": learner.groups,
        "email": learner.email,
        "sis-id": learner.sis_id,
        "extra-time": learner.extra_time.map(|more| format!("{more:?}")),
        "keys": learner.keys,
    })
}

/// Their account. Of a PIN only that there is one: its hash is nobody's to hand round.
fn account(store: &mut dyn Database, login: &str) -> Result<Value, Failure> {
    let Some(account) = store.account(login)? else { return Ok(Value::Null) };
    let keys: Vec<String> = store.keys(Some(&account.learner))?.into_iter().map(|(_, key)| key).collect();
    Ok(json!({ "name": account.learner, "made": moment(account.made), "pin": account.has_pin, "keys": keys }))
}

/// Removes what is held for a class whose time is over, or says what that is.
pub(super) fn expire(setup: &Setup, path: &Path, yes: bool) -> Result<ExitCode, Failure> {
    let (class, _) = sound(setup, path)?;
    let mut store = existing(&setup.database)?;
    let until = until(&mut *store, &class)?;
    if until > now() {
        return print(&format!("{}: kept until {}; nothing is removed\n", class.title, moment(until)));
    }
    let acts = acts(&mut *store, &class)?;
    let (mut people, mut count) = (0, 0);
    // Whoever has left the class since has left their work.
    for name in store.learners()? {
        let keys = work_for(&class.id, &store.records(&name)?, &acts);
        people += usize::from(!keys.is_empty());
        count += if yes { store.remove(&name, &keys)? } else { keys.len() };
    }
    let account = class_account(&class.id);
    let done = if yes { store.forget(&account)? } else { held(&mut *store, &account)? };
    if yes {
        store.forget(&pseudonym_account(&class.id))?;
        return print(&format!(
            "{}: {count} records of {people} learners are removed, with {done} acts and the secret of the pseudonyms\n\
             accounts and what learners did of their own stay; `respline class forget` removes them\n",
            class.title
        ));
    }
    Err(Failure::usage(
        format!(
            "{count} records of {people} learners and {done} acts were kept until {} and would be removed for good",
            moment(until)
        ),
        "repeat it with --yes",
    ))
}

/// Until when the class's records are kept.
fn until(store: &mut dyn Store, class: &Class) -> Result<Timestamp, Failure> {
    let Some(kept) = class.retention else {
        return Err(Failure::usage(
            "the class says nothing of `retention`",
            "write retention = \"365d\", say, into its file",
        ));
    };
    let acts = acts(store, class)?;
    let last = last_date(class, &acts).ok_or_else(|| {
        Failure::usage(
            "an assignment of the class never ends, so nothing of it expires",
            "give it a `closes` date, or close it: respline class close",
        )
    })?;
    let kept = i64::try_from(kept.as_millis()).unwrap_or(i64::MAX);
    Ok(Timestamp(last.0.saturating_add(kept)))
}

fn acts(store: &mut dyn Store, class: &Class) -> Result<Vec<ClassRecord>, Failure> {
    let mut acts = Vec::new();
    store.read(&class_account(&class.id), Cursor::START, &mut |kept| {
        acts.extend(ClassRecord::read(kept.key, kept.at, &kept.entry));
    })?;
    Ok(acts)
}
