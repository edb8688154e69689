//! The secret behind a class's pseudonyms: made the first time it is asked for, then kept among the class's records.

use crate::{
    classroom::{Pseudonyms, pseudonym_account},
    course::RecordKey,
    store::{Cursor, Kept, Store, StoreError},
    terminal::local::now,
};

use super::super::Failure;

/// The only record of its account. Whoever makes it second is refused by the store and reads what the first one made.
const KEY: RecordKey = RecordKey { origin: 0, seq: 0 };

/// The pseudonyms of class `id`, the same ones whoever asks.
pub(in crate::cli) fn pseudonyms(store: &mut dyn Store, id: &str) -> Result<Pseudonyms, Failure> {
    if let Some(there) = kept(store, id)? {
        return Ok(there);
    }
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| Failure::environment(format!("no randomness: {error}"), ""))?;
    let made = Pseudonyms::new(secret);
    let record = Kept::new(KEY, now(), &made.entry())?;
    match store.keep(&pseudonym_account(id), &[record]) {
        Ok(_) => Ok(made),
        Err(StoreError::Conflict(_)) => {
            let there = kept(store, id)?;
            there.ok_or_else(|| {
                Failure::environment("the secret of the pseudonyms cannot be read", "respline store check")
            })
        }
        Err(error) => Err(error.into()),
    }
}

fn kept(store: &mut dyn Store, id: &str) -> Result<Option<Pseudonyms>, StoreError> {
    let mut found = None;
    store.read(&pseudonym_account(id), Cursor::START, &mut |kept| {
        found = Pseudonyms::read(&kept.entry);
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Memory;

    #[test]
    fn the_secret_is_made_once() {
        let mut store = Memory::default();
        let first = pseudonyms(&mut store, "autumn").expect("it is made");
        assert_eq!(pseudonyms(&mut store, "autumn"), Ok(first.clone()));
        assert_ne!(pseudonyms(&mut store, "spring"), Ok(first.clone()));
        store.forget(&pseudonym_account("autumn")).expect("it is forgotten");
        assert_ne!(pseudonyms(&mut store, "autumn"), Ok(first));
    }
}
