//! Who is it? A key that is known, a name and its PIN, or somebody new who makes an account.
//!
//! The questions are put through SSH's own keyboard-interactive method (RFC 4256), so that every client asks them in its own
//! way, a screen reader's included, and nothing of the tutor runs before somebody is known. Names claimed in the protocol
//! (`ssh ann@box`) are only a suggestion.

use std::net::IpAddr;

use tracing::{info, warn};

use crate::{
    course::learner_name,
    store::{Account, Enrolled},
    terminal::local::now,
};

use super::{
    Policy,
    admission::{code_question, refused, wait_words},
    guard::same_secret,
    hub::Hub,
    pin::{SHORTEST, is_pin},
};

pub(super) use super::admission::Identity;

/// Wrong answers before the connection is given up.
const PATIENCE: u8 = 6;

/// The conversation that ends in an identity.
#[derive(Debug, Default)]
pub(super) struct Dialogue {
    /// A key that the client has proved to hold, and that nobody is known by.
    pub(super) new_key: Option<String>,
    asked: Asked,
    wrong: u8,
}

/// What was asked last.
#[derive(Clone, Default)]
enum Asked {
    #[default]
    Nothing,
    /// A name for the new key, and the join code.
    Name,
    /// The PIN of a name that is there already: the new key may be its owner's.
    Owner(String),
    /// A name and its PIN.
    Pin,
    /// The PIN of a new name again, and the join code.
    Again { name: String, pin: String },
    /// Nothing any more: there is no way in.
    Farewell,
}

impl std::fmt::Debug for Asked {
    /// Without the PIN.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Name => "Name",
            Self::Owner(_) => "Owner",
            Self::Pin => "Pin",
            Self::Again { .. } => "Again",
            Self::Farewell => "Farewell",
        })
    }
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Ask: what is said first, and the questions, each with whether the answer is shown while it is typed.
    Ask { words: String, questions: Vec<(String, bool)> },
    /// This is who it is.
    In(Identity),
    /// Nobody who may come in.
    Out,
}

/// Who asks: what every step of the dialogue needs.
pub(super) struct Desk<'a> {
    pub(super) hub: &'a Hub,
    pub(super) from: IpAddr,
    /// The name claimed in the protocol.
    pub(super) claimed: &'a str,
}

impl Dialogue {
    /// The first question, or the next one after `answers`.
    pub(super) async fn step(&mut self, at: &Desk<'_>, answers: Option<Vec<String>>) -> Next {
        let policy = at.hub.policy();
        let asked = std::mem::take(&mut self.asked);
        let mut answers = answers.unwrap_or_default().into_iter();
        let mut answer = || answers.next().unwrap_or_default();
        match asked {
            Asked::Nothing if self.new_key.is_some() && policy.enrol => self.ask_name(at, "Your key is new here."),
            Asked::Nothing if policy.pins => self.ask_pin(at, ""),
            Asked::Nothing => self.turn_away(&policy),
            Asked::Farewell => Next::Out,
            Asked::Name => self.name(at, &answer(), &answer()).await,
            Asked::Owner(name) => self.owner(at, name, answer()).await,
            Asked::Pin => self.pin(at, &answer(), answer()).await,
            Asked::Again { name, pin } => self.again(at, name, pin, &answer(), &answer()).await,
        }
    }

    fn ask_name(&mut self, at: &Desk<'_>, words: &str) -> Next {
        self.asked = Asked::Name;
        let mut questions = vec![("Your name, as your instructor will see it: ".to_owned(), true)];
        questions.extend(code_question(at));
        Next::Ask { words: words.to_owned(), questions }
    }

    fn ask_pin(&mut self, at: &Desk<'_>, words: &str) -> Next {
        self.asked = Asked::Pin;
        let suggested = learner_name(at.claimed).map(|name| format!(" [{name}]")).unwrap_or_default();
        let questions = vec![(format!("Your name{suggested}: "), true), ("PIN: ".to_owned(), false)];
        Next::Ask { words: words.to_owned(), questions }
    }

    /// Says why there is no way in: without that, a client says no more than that permission was denied.
    fn turn_away(&mut self, policy: &Policy) -> Next {
        self.asked = Asked::Farewell;
        let words = if policy.enrol { NO_KEY } else { CLOSED };
        Next::Ask { words: words.to_owned(), questions: Vec::new() }
    }

    /// Somebody with a new key gives a name.
    async fn name(&mut self, at: &Desk<'_>, name: &str, code: &str) -> Next {
        let Ok(name) = learner_name(name) else {
            return self.once_more(at, |this| this.ask_name(at, BAD_NAME));
        };
        if let Some(words) = refused(at, &name, code) {
            return self.once_more(at, |this| this.ask_name(at, &words));
        }
        let name = at.hub.roll.login(&name).unwrap_or(name);
        match self.enrol(at, &name, None).await {
            Enrolment::In => Next::In(Identity::Learner(name)),
            Enrolment::Taken(account) if account.as_ref().is_some_and(|account| account.has_pin) => {
                let name = account.map_or(name, |account| account.learner);
                let words = format!("{name} has an account. If it is yours, its PIN adds this key to it.");
                self.asked = Asked::Owner(name);
                Next::Ask { words, questions: vec![("PIN (Enter for another name): ".to_owned(), false)] }
            }
            Enrolment::Taken(_) => self.once_more(at, |this| this.ask_name(at, TAKEN)),
            Enrolment::Broken(words) => self.once_more(at, |this| this.ask_name(at, &words)),
        }
    }

    /// Somebody with a new key says that an account is theirs.
    async fn owner(&mut self, at: &Desk<'_>, name: String, pin: String) -> Next {
        if pin.is_empty() {
            return self.ask_name(at, "");
        }
        match self.check(at, &name, pin).await {
            Ok(Some(name)) => {
                let (key, learner) = (self.new_key.clone().unwrap_or_default(), name.clone());
                // Where it cannot be added, the PIN has let its owner in all the same.
                let added = at.hub.desk.ask(move |database| database.add_key(&learner, &key)).await;
                info!(learner = name, added = matches!(added, Ok(Ok(true))), "a key more");
                Next::In(Identity::Learner(name))
            }
            Ok(None) => self.once_more(at, |this| this.ask_name(at, "That is not its PIN.")),
            Err(words) => self.once_more(at, |this| this.ask_name(at, &words)),
        }
    }

    /// Somebody gives a name and a PIN.
    async fn pin(&mut self, at: &Desk<'_>, name: &str, pin: String) -> Next {
        let name = if name.trim().is_empty() { at.claimed } else { name };
        let Ok(name) = learner_name(name) else {
            return self.once_more(at, |this| this.ask_pin(at, BAD_NAME));
        };
        let account = match account(at, &name).await {
            Ok(account) => account,
            Err(words) => return self.once_more(at, |this| this.ask_pin(at, &words)),
        };
        if account.is_none() && at.hub.policy().enrol && is_pin(&pin) {
            let words = format!("Nobody is called {name} here yet. To begin as {name}, type your PIN again.");
            self.asked = Asked::Again { name, pin };
            let questions = std::iter::once(("PIN again: ".to_owned(), false)).chain(code_question(at)).collect();
            return Next::Ask { words, questions };
        }
        match self.check(at, &name, pin).await {
            Ok(Some(name)) => Next::In(Identity::Learner(name)),
            Ok(None) => self.once_more(at, |this| this.ask_pin(at, &wrong_pin())),
            Err(words) => self.once_more(at, |this| this.ask_pin(at, &words)),
        }
    }

    /// Somebody new gives their PIN again.
    async fn again(&mut self, at: &Desk<'_>, name: String, pin: String, again: &str, code: &str) -> Next {
        if !same_secret(&pin, again) {
            return self.once_more(at, |this| this.ask_pin(at, "The two PINs differ."));
        }
        if let Some(words) = refused(at, &name, code) {
            return self.once_more(at, |this| this.ask_pin(at, &words));
        }
        let name = at.hub.roll.login(&name).unwrap_or(name);
        let hash = at.hub.guard.hash(pin).await;
        match self.enrol(at, &name, hash).await {
            Enrolment::In => Next::In(Identity::Learner(name)),
            Enrolment::Taken(_) => self.once_more(at, |this| this.ask_pin(at, TAKEN)),
            Enrolment::Broken(words) => self.once_more(at, |this| this.ask_pin(at, &words)),
        }
    }

    /// Whose PIN this is, if it is that name's; in words, why nobody may try now.
    async fn check(&self, at: &Desk<'_>, name: &str, pin: String) -> Result<Option<String>, String> {
        if let Some(wait) = at.hub.guard.wait(name, at.from) {
            return Err(wait_words(wait));
        }
        let account = account(at, name).await?;
        let learner = account.as_ref().map(|account| account.learner.clone());
        let asked = learner.clone().unwrap_or_default();
        let hash = at.hub.desk.ask(move |database| database.pin(&asked)).await.map_err(|error| error.to_string())?;
        let hash = hash.map_err(|error| error.to_string())?;
        if at.hub.guard.verify(pin, hash).await {
            return Ok(learner);
        }
        at.hub.guard.wrong(name, at.from);
        warn!(from = %at.from, name, "wrong PIN");
        Ok(None)
    }

    async fn enrol(&self, at: &Desk<'_>, name: &str, pin: Option<String>) -> Enrolment {
        let (learner, key) = (name.to_owned(), self.new_key.clone());
        let done =
            at.hub.desk.ask(move |database| database.enrol(&learner, now(), key.as_deref(), pin.as_deref())).await;
        match done {
            Ok(Ok(Enrolled::Done)) => {
                info!(learner = name, from = %at.from, "enrolled");
                Enrolment::In
            }
            Ok(Ok(Enrolled::NameTaken)) => match account(at, name).await {
                Ok(account) => Enrolment::Taken(account),
                Err(words) => Enrolment::Broken(words),
            },
            Ok(Ok(Enrolled::KeyTaken)) => Enrolment::Broken("This key has an account: log in again.".to_owned()),
            Ok(Err(error)) => {
                warn!(%error, "nobody can be enrolled");
                Enrolment::Broken("The box cannot store anything now; try again in a minute.".to_owned())
            }
            Err(error) => Enrolment::Broken(error.to_string()),
        }
    }

    /// Asks again after something was wrong, so many times.
    fn once_more(&mut self, at: &Desk<'_>, ask: impl FnOnce(&mut Self) -> Next) -> Next {
        self.wrong += 1;
        if self.wrong >= PATIENCE {
            info!(from = %at.from, "gave up a login");
            return Next::Out;
        }
        ask(self)
    }
}

/// What became of an enrolment.
enum Enrolment {
    In,
    /// The account that has the name; none where only records have it.
    Taken(Option<Account>),
    Broken(String),
}

const BAD_NAME: &str = "A name has 1 to 32 letters, digits, spaces and . - _ ' @ +, and begins with a letter or digit.";
const NO_KEY: &str = "You showed no key that this box takes. Make one (ssh-keygen -t ed25519) and log in again.";
const CLOSED: &str = "Nobody here has a key that you showed. Give yours to who runs the box.";
const TAKEN: &str = "That name is taken. Choose another, or come in with the key you used before.";

fn wrong_pin() -> String {
    format!("That name and PIN do not belong together. A new PIN has {SHORTEST} characters or more.")
}

async fn account(at: &Desk<'_>, name: &str) -> Result<Option<Account>, String> {
    let name = name.to_owned();
    let found = at.hub.desk.ask(move |database| database.account(&name)).await.map_err(|error| error.to_string())?;
    found.map_err(|error| {
        warn!(%error, "accounts cannot be read");
        "The box cannot look anything up now; try again in a minute.".to_owned()
    })
}
