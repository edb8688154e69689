//! Moving a box from one database to another: everybody's records, accounts, keys and PINs.

use super::{Account, Cursor, Database, Kept, StoreError, Survey};

/// Records of one transaction.
const BATCH: usize = 1_000;

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Records that were not there yet.
    pub new: usize,
    /// The source.
    pub from: Survey,
    /// The target, as it is now.
    pub to: Survey,
}

impl Copied {
    /// The target holds the source and nothing else.
    pub fn is_same(&self) -> bool {
        self.from.digest == self.to.digest
    }
}

/// Why a copy is not whole. What was copied stays; copying again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The source cannot be read.
    #[error("the source cannot be read: {0}")]
    Source(StoreError),
    /// The target cannot be written.
    #[error("the target cannot be written: {0}")]
    Target(StoreError),
    /// An account is there that differs.
    #[error("the target has another account for {learner}: its {what} differs")]
    Account {
        /// Whose.
        learner: String,
        /// What is not the same.
        what: &'static str,
    },
    /// Somebody wrote to one of them.
    #[error("the copy is not the same as its source: somebody wrote to one of them meanwhile")]
    Moving,
}

impl CopyError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Source(error) | Self::Target(error) => error.hint(),
            Self::Account { .. } => "copy into an empty database, or mend one of the two accounts",
            Self::Moving => "stop every respline that uses them and copy again; what was copied is not copied twice",
        }
    }
}

/// Copies everything in `from` to `to` and proves that it is there. Records that are there already, word for word, are
/// passed over, so that it may be repeated.
///
/// # Errors
/// When either fails, or when `to` holds something under the same name or key that differs.
pub fn copy(from: &mut dyn Database, to: &mut dyn Database) -> Result<Copied, CopyError> {
    for account in from.accounts().map_err(CopyError::Source)? {
        copy_account(from, to, &account)?;
    }
    let new = copy_records(from, to)?;
    let surveys = (Survey::of(from).map_err(CopyError::Source)?, Survey::of(to).map_err(CopyError::Target)?);
    let copied = Copied { new, from: surveys.0, to: surveys.1 };
    // A target that held more before cannot have the same digest: there a second pass has to find nothing to add.
    let whole = copied.is_same()
        || (copied.to.records > copied.from.records || copied.to.accounts > copied.from.accounts)
            && copy_records(from, to)? == 0;
    if whole { Ok(copied) } else { Err(CopyError::Moving) }
}

fn copy_account(from: &mut dyn Database, to: &mut dyn Database, account: &Account) -> Result<(), CopyError> {
    let learner = account.learner.as_str();
    let differs = |what| CopyError::Account { learner: learner.to_owned(), what };
    let pin = from.pin(learner).map_err(CopyError::Source)?;
    if !to.admit(learner, account.made).map_err(CopyError::Target)? {
        return Err(differs("name's case"));
    }
    let there = to.account(learner).map_err(CopyError::Target)?;
    if there.is_none_or(|there| there.made != account.made) {
        return Err(differs("date"));
    }
    for (_, key) in from.keys(Some(learner)).map_err(CopyError::Source)? {
        if !to.add_key(learner, &key).map_err(CopyError::Target)? {
            return Err(differs("key"));
        }
    }
    match to.pin(learner).map_err(CopyError::Target)? {
        there if there == pin => Ok(()),
        None => to.set_pin(learner, pin.as_deref()).map(drop).map_err(CopyError::Target),
        Some(_) => Err(differs("PIN")),
    }
}

/// The records that were not there yet.
fn copy_records(from: &mut dyn Database, to: &mut dyn Database) -> Result<usize, CopyError> {
    let (mut batch, mut done) = (Batch::default(), Ok(0));
    let read = from.read_everyone(Cursor::START, &mut |learner, kept| {
        if let Ok(new) = &mut done {
            batch.add(learner, kept);
            match batch.store_if(to, BATCH) {
                Ok(stored) => *new += stored,
                Err(error) => done = Err(error),
            }
        }
    });
    let new = done.map_err(CopyError::Target)?;
    read.map_err(CopyError::Source)?;
    Ok(new + batch.store_if(to, 1).map_err(CopyError::Target)?)
}

/// Records on their way, beside whose they are.
#[derive(Default)]
struct Batch {
    learners: Vec<String>,
    records: Vec<Kept<'static>>,
}

impl Batch {
    fn add(&mut self, learner: &str, record: Kept<'_>) {
        self.learners.push(learner.to_owned());
        self.records.push(record.into_owned());
    }

    /// Stores them where there are `enough`; how many were new.
    fn store_if(&mut self, to: &mut dyn Database, enough: usize) -> Result<usize, StoreError> {
        if self.records.len() < enough {
            return Ok(0);
        }
        let mut rest = self.records.as_slice();
        let mut runs: Vec<(&str, &[Kept<'_>])> = Vec::new();
        for run in self.learners.chunk_by(PartialEq::eq) {
            let (records, others) = rest.split_at_checked(run.len()).unwrap_or((rest, &[]));
            runs.extend(run.first().map(|learner| (learner.as_str(), records)));
            rest = others;
        }
        let new = to.keep_all(&runs)?;
        self.learners.clear();
        self.records.clear();
        Ok(new)
    }
}
