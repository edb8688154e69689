//! Who is in a class: the learners of its file and those of its roster, brought together.

use std::collections::{BTreeMap, HashSet};

use crate::{
    classroom::{Group, Instructor, Learner},
    content::{Findings, Table, Words, nearest, quoted},
    course::learner_name,
};

use super::{forms, roster::Row};

const LOGIN_HINT: &str =
    "give a `login` under [[learner]] with the same id: at most 32 letters, digits, spaces and . - _ ' @ +";

/// A learner and where their file says so.
struct Placed {
    learner: Learner,
    /// Which file: this one, or the roster.
    from: From,
    at: usize,
    login_at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Class,
    Roster,
}

/// Everyone of `root` and of `rows`, those of the file first.
pub(super) fn learners(
    root: Table<'_>,
    rows: Vec<Row>,
    findings: &mut Findings<'_>,
    roster: &mut Findings<'_>,
) -> Vec<Learner> {
    let inline: Vec<Placed> = root.tables("learner").map(learner).collect();
    let mut rostered: BTreeMap<String, Learner> = BTreeMap::new();
    for row in &rows {
        if rostered.insert(key(&row.learner.id), row.learner.clone()).is_some() {
            twice(&row.learner.id, row.at, roster);
        }
    }
    let named: HashSet<String> = inline.iter().map(|one| key(&one.learner.id)).collect();
    let of_file = inline.into_iter().map(|mut one| {
        let same = rostered.get(&key(&one.learner.id));
        one.learner = together(one.learner, same);
        one
    });
    let rest = rows.into_iter().filter(|row| !named.contains(&key(&row.learner.id)));
    let rest = rest.map(|row| Placed {
        learner: together(row.learner, None),
        from: From::Roster,
        at: row.at,
        login_at: row.login_at,
    });
    let mut seen = Seen::default();
    let mut learners = Vec::new();
    for one in of_file.chain(rest) {
        learners.extend(match one.from {
            From::Class => seen.take(one, findings),
            From::Roster => seen.take(one, roster),
        });
    }
    learners
}

fn twice(id: &str, at: usize, findings: &mut Findings<'_>) {
    let message = format!("learner {} is there already", quoted(id));
    findings.error("duplicate-id", at, message, "every learner stands once: take one of the two away");
}

/// How ids and logins are compared.
fn key(text: &str) -> String {
    text.to_lowercase()
}

fn learner(table: Table<'_>) -> Placed {
    let text = |key| table.words(key).map(|words| words.text.trim().to_owned());
    let list = |key| table.list(key).map(|words| words.text.trim().to_owned()).collect();
    let at = |words: Option<Words<'_>>| words.map_or(table.at, |words| words.at);
    let learner = Learner {
        id: text("id").unwrap_or_default(),
        login: text("login").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        section: text("section"),
        groups: list("groups"),
        email: text("email"),
        sis_id: None,
        extra_time: table.words("extra-time").and_then(|words| forms::extra_time(words.text)),
        keys: list("keys"),
    };
    let login = table.words("login").or_else(|| table.words("id"));
    Placed { learner, from: From::Class, at: at(table.words("id")), login_at: at(login) }
}

/// What the file says of a learner, and where it says nothing, what the roster says.
fn together(mut learner: Learner, rostered: Option<&Learner>) -> Learner {
    if let Some(other) = rostered {
        let fill = |text: &mut String, from: &String| {
            if text.is_empty() {
                text.clone_from(from);
            }
        };
        fill(&mut learner.login, &other.login);
        fill(&mut learner.name, &other.name);
        learner.section = learner.section.or_else(|| other.section.clone());
        learner.email = learner.email.or_else(|| other.email.clone());
        learner.sis_id = learner.sis_id.or_else(|| other.sis_id.clone());
        learner.extra_time = learner.extra_time.or(other.extra_time);
        learner.keys.extend(other.keys.iter().cloned());
        let more = other.groups.iter().filter(|group| !learner.groups.contains(group)).cloned().collect::<Vec<_>>();
        learner.groups.extend(more);
    }
    if learner.login.is_empty() {
        learner.login.clone_from(&learner.id);
    }
    if learner.name.is_empty() {
        learner.name.clone_from(&learner.login);
    }
    learner
}

/// Ids, logins and keys that were given.
#[derive(Default)]
struct Seen {
    ids: HashSet<String>,
    logins: HashSet<String>,
    keys: HashSet<String>,
}

impl Seen {
    /// The learner, under the one form of their login, unless something is wrong with them.
    fn take(&mut self, one: Placed, findings: &mut Findings<'_>) -> Option<Learner> {
        let Placed { mut learner, at, login_at, .. } = one;
        let Ok(login) = learner_name(&learner.login) else {
            let message = format!("nobody can log in as {}", quoted(&learner.login));
            findings.error("bad-login", login_at, message, LOGIN_HINT);
            return None;
        };
        learner.login = login;
        let new = self.ids.insert(key(&learner.id));
        if !new {
            twice(&learner.id, at, findings);
        } else if !self.logins.insert(key(&learner.login)) {
            let message = format!("another learner logs in as {}", quoted(&learner.login));
            findings.error("duplicate-login", login_at, message, "give one of the two another `login`");
        }
        for id in &learner.keys {
            let body = id.split(' ').nth(1).unwrap_or_default().to_owned();
            if !self.keys.insert(body) {
                let hint = "a key is who somebody is: take it from one of the two";
                findings.error("duplicate-key", at, "another learner has the same public key", hint);
            }
        }
        new.then_some(learner)
    }
}

/// The groups that are named, and those that only the roster knows.
pub(super) fn groups(root: Table<'_>, learners: &[Learner], findings: &mut Findings<'_>) -> Vec<Group> {
    let title = |table: Table<'_>, id: &str| table.words("title").map_or(id, |title| title.text).to_owned();
    let mut groups: Vec<Group> = root
        .tables("group")
        .filter_map(|table| table.words("id").map(|id| Group { id: id.text.to_owned(), title: title(table, id.text) }))
        .collect();
    let inline: HashSet<&str> =
        root.tables("learner").flat_map(|learner| learner.list("groups")).map(|group| group.text).collect();
    for id in learners.iter().flat_map(|learner| &learner.groups) {
        if !inline.contains(id.as_str()) && !groups.iter().any(|group| group.id == *id) {
            groups.push(Group { id: id.clone(), title: id.clone() });
        }
    }
    for word in root.tables("learner").flat_map(|learner| learner.list("groups")) {
        known("group", word, &mut groups.iter().map(|group| group.id.as_str()), findings);
    }
    groups
}

/// Tells when `word` is none of `known`.
pub(super) fn known(what: &str, word: Words<'_>, known: &mut dyn Iterator<Item = &str>, findings: &mut Findings<'_>) {
    let known: Vec<&str> = known.collect();
    if known.contains(&word.text) {
        return;
    }
    let hint = match nearest(word.text, known.into_iter()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("name a {what} that is there"),
    };
    findings.error("dangling-reference", word.at, format!("there is no {what} {}", quoted(word.text)), hint);
}

/// Who may watch and steer.
pub(super) fn instructors(root: Table<'_>) -> Vec<Instructor> {
    let keys = |table: Table<'_>| table.list("keys").map(|key| key.text.to_owned()).collect();
    let one =
        |table: Table<'_>| table.words("name").map(|name| Instructor { name: name.text.to_owned(), keys: keys(table) });
    root.tables("instructor").filter_map(one).collect()
}
