//! Who may log in: the port [`Accounts`], beside [`Store`](super::Store) in the same database.
//!
//! On the learner's own machine nobody has an account. Where a box is shared, an account holds a name for one person, who
//! shows a key or a PIN. The store understands neither: a key is a text, and a PIN is whatever hash its caller made of it.

use unicode_normalization::UnicodeNormalization;

use crate::course::Timestamp;

use super::StoreError;

/// One learner's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// As it is shown.
    pub learner: String,
    /// When it was made.
    pub made: Timestamp,
    /// Has a PIN. The hash itself is for [`Accounts::pin`] to give.
    pub has_pin: bool,
}

/// What became of an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolled {
    /// The account is there.
    Done,
    /// The name, whatever its case, is another account's, or has records: it may be somebody's.
    NameTaken,
    /// The key is another account's already. Said first where the name is taken too: its owner has come back.
    KeyTaken,
}

/// Keeps accounts: names that are one person's each, the keys that stand for them, and a PIN's hash.
///
/// A key is the type and the body of a public key, `ssh-ed25519 AAAA…`, without its comment, and at most one learner's.
/// A PIN's hash is a PHC string, `$argon2id$…`, opaque to the store. Two names that differ in case alone are one name.
pub trait Accounts: Send {
    /// Whose key this is.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn learner_of(&mut self, key: &str) -> Result<Option<String>, StoreError>;

    /// Makes an account for somebody who is not known yet, at once for all hosts: of two who want one name, one gets it.
    ///
    /// # Errors
    /// When nothing was stored.
    fn enrol(
        &mut self,
        learner: &str,
        at: Timestamp,
        key: Option<&str>,
        pin: Option<&str>,
    ) -> Result<Enrolled, StoreError>;

    /// Makes an account for `learner` although there may be records of that name: for the one who runs the box. Whether
    /// it is there now; not where another account has the name in another case. One that was there stays as it was.
    ///
    /// # Errors
    /// When nothing was stored.
    fn admit(&mut self, learner: &str, at: Timestamp) -> Result<bool, StoreError>;

    /// Adds a key to the account of `learner`. Whether it is theirs now; not where it is another one's, or where there is
    /// no such account.
    ///
    /// # Errors
    /// When nothing was stored.
    fn add_key(&mut self, learner: &str, key: &str) -> Result<bool, StoreError>;

    /// Takes a key away from whoever has it. Whether anybody had.
    ///
    /// # Errors
    /// When nothing was removed.
    fn remove_key(&mut self, key: &str) -> Result<bool, StoreError>;

    /// Learners with their keys, all or those of one, in order of name, then key.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn keys(&mut self, learner: Option<&str>) -> Result<Vec<(String, String)>, StoreError>;

    /// The hash of the PIN of `learner`; none where there is no account or no PIN.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn pin(&mut self, learner: &str) -> Result<Option<String>, StoreError>;

    /// Sets or clears the hash of the PIN of `learner`. Whether there is such an account.
    ///
    /// # Errors
    /// When nothing was stored.
    fn set_pin(&mut self, learner: &str, pin: Option<&str>) -> Result<bool, StoreError>;

    /// The account that has this name in whatever case: whoever types a name need not know how it was written first.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn account(&mut self, name: &str) -> Result<Option<Account>, StoreError>;

    /// Every account, in order of name.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn accounts(&mut self) -> Result<Vec<Account>, StoreError>;
}

/// The form in which names are compared: composed, and without case. Upper case first, because some letters meet only
/// there (`ß` and `SS`, the two small sigmas).
pub(super) fn folded(name: &str) -> String {
    name.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_case_alone_are_one() {
        for (one, other) in [("Ann", "aNN"), ("STRASSE", "Straße"), ("ΟΔΥΣΣΕΥΣ", "Οδυσσευς"), ("Zoë", "ZOE\u{308}")]
        {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        assert_ne!(folded("ann"), folded("anne"));
        assert_ne!(folded("ann"), folded("ann "));
    }
}
