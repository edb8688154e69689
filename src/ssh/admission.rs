//! Who somebody is, and whether somebody new may come in: by the accounts of the box and by the rosters of its classes.

use std::fmt;

use tracing::warn;

use crate::{
    classroom::{Class, instructor_account},
    store::{Database, StoreError},
    terminal::Part,
};

use super::{guard::same_secret, login::Desk, roll::Roll};

/// Whose session it is.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Identity {
    /// A learner, by the name that records are kept under.
    Learner(String),
    /// Somebody who instructs a class.
    Instructor {
        /// As the class file has it.
        name: String,
        /// The name that their own records are kept under.
        account: String,
        /// Their key, by type and body.
        key: String,
    },
    /// Somebody whose work is not kept.
    Guest,
}

impl Identity {
    /// Whoever shows this key, by type and body: an instructor, a learner of a roster, or one with an account.
    pub(super) fn of_key(key: &str, roll: &Roll, database: &mut dyn Database) -> Result<Option<Self>, StoreError> {
        if let Some(name) = roll.instructor_with(key) {
            let account = instructor_account(&name);
            return Ok(Some(Self::Instructor { name, account, key: key.to_owned() }));
        }
        let Some(login) = roll.learner_with(key) else { return Ok(database.learner_of(key)?.map(Self::Learner)) };
        // Who had an account before has records under its name, however the roster writes it.
        let account = database.account(&login)?;
        Ok(Some(Self::Learner(account.map_or(login, |account| account.learner))))
    }

    /// What they are in a class; nothing for those whose work is not kept.
    pub(super) fn part(&self) -> Option<Part> {
        match self {
            Self::Learner(name) => Some(Part::Learner(name.clone())),
            Self::Instructor { key, .. } => Some(Part::Instructor(key.clone())),
            Self::Guest => None,
        }
    }

    /// The name that records are kept under.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Learner(name) | Self::Instructor { account: name, .. } => name,
            Self::Guest => "guest",
        }
    }

    /// The name as people say it.
    pub(super) fn title(&self) -> &str {
        match self {
            Self::Instructor { name, .. } => name,
            other => other.name(),
        }
    }
}

/// Without the key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Learner(name) => f.debug_tuple("Learner").field(name).finish(),
            Self::Instructor { name, .. } => f.debug_tuple("Instructor").field(name).finish(),
            Self::Guest => f.write_str("Guest"),
        }
    }
}

/// Why somebody new may not come in as `name`; nothing where they may.
///
/// A name of a roster is its learner's: whose key is in the roster comes in with that, and the others with the join code of
/// their class or with the box's. Any other name needs the box's, where there is one.
pub(super) fn refused(at: &Desk<'_>, name: &str, code: &str) -> Option<String> {
    let classes = at.hub.roll.classes();
    let listing = || classes.iter().filter_map(|class| Some((class, class.learner(name)?)));
    if listing().any(|(_, learner)| !learner.keys.is_empty()) {
        return Some(format!("{name} comes in with the key that the roster of the class has."));
    }
    let (policy, typed) = (at.hub.policy(), code.trim());
    let wanted = listing().filter_map(|(class, _)| class.join_code.as_ref()).chain(&policy.join_code);
    let wanted: Vec<&String> = wanted.collect();
    let others = classes.iter().filter(|class| is_code_of(class, typed));
    let unlisted = others.filter(|class| class.learner(name).is_none()).map(|class| unlisted(class, name)).next();
    if wanted.is_empty() {
        return unlisted;
    }
    if let Some(wait) = at.hub.guard.wait("", at.from) {
        return Some(wait_words(wait));
    }
    if wanted.into_iter().any(|wanted| same_secret(wanted, typed)) {
        return None;
    }
    unlisted.or_else(|| {
        at.hub.guard.wrong(&format!("join {}", at.from), at.from);
        warn!(from = %at.from, name, "wrong join code");
        Some("That is not the join code.".to_owned())
    })
}

fn is_code_of(class: &Class, typed: &str) -> bool {
    class.join_code.as_ref().is_some_and(|code| same_secret(code, typed))
}

fn unlisted(class: &Class, name: &str) -> String {
    let title = crate::document::printable(&class.title);
    format!("{name} is not on the roster of {title}. Give your login as it stands there, or ask your instructor.")
}

/// The question for the code, where any would be of use.
pub(super) fn code_question(at: &Desk<'_>) -> Option<(String, bool)> {
    if at.hub.policy().join_code.is_some() {
        return Some(("Join code: ".to_owned(), true));
    }
    let of_class = at.hub.roll.classes().iter().any(|class| class.join_code.is_some());
    of_class.then(|| ("Join code, if your class has one: ".to_owned(), true))
}

pub(super) fn wait_words(wait: std::time::Duration) -> String {
    format!("Too many wrong answers: try again in {} seconds.", wait.as_secs() + 1)
}
