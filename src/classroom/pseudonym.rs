//! Names that say nothing: what stands for a learner in a file that leaves the class.
//!
//! A pseudonym is the login under HMAC-SHA256 (RFC 2104) with a secret of the class, cut to fifty bits. Whoever has the
//! secret can tell which login has which pseudonym; whoever has only the file and the roster cannot, because the logins of
//! a class can be guessed but the secret cannot. The same secret gives the same pseudonyms in every export.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::{Class, Gradebook, Learner};

/// The name that the secret of class `id` is kept under, apart from the acts, which every learner's session reads. It has a
/// `/`, which `course::learner_name` refuses.
pub fn pseudonym_account(id: &str) -> String {
    format!("class/{id}/pseudonyms")
}

/// Letters of a pseudonym: RFC 4648's base32 in lower case, none of which is mistaken for another one.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// How many of them.
const LENGTH: usize = 10;

/// The pseudonyms of a class.
#[derive(Clone, PartialEq, Eq)]
pub struct Pseudonyms([u8; 32]);

impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pseudonyms(…)")
    }
}

/// The secret as a store keeps it.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename = "pseudonyms", rename_all = "kebab-case")]
struct Entry {
    secret: Vec<u8>,
}

impl Pseudonyms {
    /// Those that this secret gives: 32 random bytes.
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The secret as a store keeps it.
    pub fn entry(&self) -> impl Serialize + use<> {
        Entry { secret: self.0.to_vec() }
    }

    /// Reads what a store kept; none where it is no secret.
    pub fn read(entry: &str) -> Option<Self> {
        let entry: Entry = serde_json::from_str(entry).ok()?;
        entry.secret.try_into().ok().map(Self)
    }

    /// What stands for `login`, whatever the case of its letters: `p-` and ten letters.
    pub fn of(&self, login: &str) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return "p-".to_owned() };
        mac.update(login.to_lowercase().as_bytes());
        let code = mac.finalize().into_bytes();
        let bits = code.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let letter = |place: usize| LETTERS.get(usize::try_from(bits >> (5 * place) & 31).unwrap_or_default());
        std::iter::once("p-")
            .map(String::from)
            .chain((0..LENGTH).filter_map(letter).map(|one| char::from(*one).to_string()))
            .collect()
    }

    /// The learner with nothing left that names them; section and groups stay.
    pub fn learner(&self, learner: &Learner) -> Learner {
        let name = self.of(&learner.login);
        Learner {
            id: name.clone(),
            login: name.clone(),
            name,
            section: learner.section.clone(),
            groups: learner.groups.clone(),
            ..Learner::default()
        }
    }

    /// The learners of `class` in the order of their pseudonyms: that of the roster would tell.
    pub fn class(&self, class: &Class) -> Class {
        let mut learners: Vec<Learner> = class.learners.iter().map(|learner| self.learner(learner)).collect();
        learners.sort_by(|one, other| one.login.cmp(&other.login));
        Class { learners, ..class.clone() }
    }

    /// The gradebook of pseudonyms, in their order.
    pub fn gradebook(&self, book: Gradebook) -> Gradebook {
        let mut book = book;
        for row in &mut book.rows {
            row.learner = self.learner(&row.learner);
        }
        book.rows.sort_by(|one, other| one.learner.login.cmp(&other.learner.login));
        book
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_stable_and_hangs_on_the_secret() {
        let (one, other) = (Pseudonyms::new([1; 32]), Pseudonyms::new([2; 32]));
        assert_eq!(one.of("ana"), one.of("Ana"));
        assert_ne!(one.of("ana"), one.of("bo"));
        assert_ne!(one.of("ana"), other.of("ana"));
        assert_eq!(one.of("ana").len(), 2 + LENGTH);
        assert!(!format!("{one:?}").contains('1'), "a secret is never shown");
    }

    #[test]
    fn it_is_the_published_code_cut_short() {
        // Reckoned with Python's hmac and hashlib.
        assert_eq!(Pseudonyms::new([0; 32]).of("ana"), "p-a5uzlvnrie");
    }

    #[test]
    fn a_secret_reads_back_and_nothing_else_does() {
        let one = Pseudonyms::new([7; 32]);
        let text = serde_json::to_string(&one.entry()).expect("it serialises");
        assert_eq!(Pseudonyms::read(&text), Some(one));
        assert_eq!(Pseudonyms::read(r#"{"kind":"pseudonyms","secret":[1]}"#), None);
    }

    #[test]
    fn nothing_that_names_a_learner_is_left() {
        let learner = Learner {
            id: "1001".into(),
            login: "ana".into(),
            name: "Ana Ng".into(),
            email: Some("ana@school.example".into()),
            sis_id: Some("S1".into()),
            section: Some("Monday".into()),
            keys: vec!["ssh-ed25519 AAAA".into()],
            ..Learner::default()
        };
        let hidden = format!("{:?}", Pseudonyms::new([1; 32]).learner(&learner));
        assert!(["ana", "Ana", "1001", "S1", "AAAA"].iter().all(|name| !hidden.contains(name)), "{hidden}");
        assert!(hidden.contains("Monday"));
    }
}
