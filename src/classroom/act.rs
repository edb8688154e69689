//! What instructors do while a class runs: records of the class itself, kept under a name that no learner can have.
//!
//! The class file says what was planned, these records say what was done about it. They are stored like a learner's records
//! (a key, a time, an entry as JSON with a `kind`), under [`class_account`], and mean nothing to `course::Progress`. Nothing
//! is ever changed: a pause is taken back by a `resumed`, a wrong extension by another one of the opposite sign.

use serde::{Deserialize, Serialize};

use crate::course::{RecordKey, Timestamp};

use super::Votes;

/// The name that the records of class `id` are kept under. It has a `/`, which `course::learner_name` refuses.
pub fn class_account(id: &str) -> String {
    format!("class/{id}")
}

/// The id of the class whose records are kept under `account`, if they are a class's.
pub fn class_of(account: &str) -> Option<&str> {
    account.strip_prefix("class/")
}

/// The name that the records of an instructor themselves are kept under, settings say; no learner can have it either.
pub fn instructor_account(name: &str) -> String {
    format!("instructor/{name}")
}

/// The longest message, in characters: it has to fit on every screen.
pub const LONGEST_MESSAGE: usize = 400;

/// One thing an instructor did, when, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRecord {
    /// Unique in the class. That of a `PollOpened` names the poll.
    pub key: RecordKey,
    /// When, by the clock of the host.
    pub at: Timestamp,
    /// Who and what.
    pub entry: ClassEntry,
}

/// Who did what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassEntry {
    /// The instructor.
    pub by: String,
    /// What they did.
    #[serde(flatten)]
    pub act: Act,
}

/// What an instructor can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Act {
    /// An assignment can be begun from now on, whatever its dates say.
    Opened {
        /// Assignment id.
        assignment: String,
    },
    /// Nothing more is taken from now on.
    Closed {
        /// Assignment id.
        assignment: String,
    },
    /// Time stands still, and no answer is taken.
    Paused {
        /// Assignment id.
        assignment: String,
    },
    /// Time goes on.
    Resumed {
        /// Assignment id.
        assignment: String,
    },
    /// Every end moves: the due date, the closing date and the time limit.
    Extended {
        /// Assignment id.
        assignment: String,
        /// For whom, by login; for all without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        learner: Option<String>,
        /// By how many milliseconds; a negative number takes an extension back.
        by_ms: i64,
    },
    /// One more attempt, and it is taken although the assignment is closed.
    Reopened {
        /// Assignment id.
        assignment: String,
        /// For whom, by login; for all without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        learner: Option<String>,
        /// Until when; until it is closed again without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// Something is said to everyone, or to one.
    Messaged {
        /// What.
        text: String,
        /// To whom, by login; to all without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        learner: Option<String>,
    },
    /// A row is put to the room. A learner's answer to it is an attempt of that row whose mode is
    /// `Mode::Checkpoint(key of this record)`, so that nothing is explained before it is revealed.
    PollOpened {
        /// Scenario id.
        scenario: String,
        /// Layer id.
        layer: String,
    },
    /// Its answer is explained on every screen; no more answers are taken.
    PollRevealed {
        /// The poll.
        poll: RecordKey,
        /// How the room answered, as far as whoever revealed it knew.
        #[serde(default, skip_serializing_if = "Votes::is_empty")]
        votes: Votes,
    },
    /// It leaves the screens.
    PollClosed {
        /// The poll.
        poll: RecordKey,
    },
}

impl Act {
    /// The assignment it is about.
    pub fn assignment(&self) -> Option<&str> {
        match self {
            Self::Opened { assignment }
            | Self::Closed { assignment }
            | Self::Paused { assignment }
            | Self::Resumed { assignment }
            | Self::Extended { assignment, .. }
            | Self::Reopened { assignment, .. } => Some(assignment),
            Self::Messaged { .. } | Self::PollOpened { .. } | Self::PollRevealed { .. } | Self::PollClosed { .. } => {
                None
            }
        }
    }

    /// The one learner it is for, by login.
    pub fn learner(&self) -> Option<&str> {
        match self {
            Self::Extended { learner, .. } | Self::Reopened { learner, .. } | Self::Messaged { learner, .. } => {
                learner.as_deref()
            }
            _ => None,
        }
    }

    /// Whether it concerns the learner who logs in with `login`.
    pub fn is_for(&self, login: &str) -> bool {
        self.learner().is_none_or(|one| one.to_lowercase() == login.to_lowercase())
    }
}

impl ClassRecord {
    /// The record with this entry, as a store keeps it; none where another version wrote it.
    pub fn read(key: RecordKey, at: Timestamp, entry: &str) -> Option<Self> {
        serde_json::from_str(entry).ok().map(|entry| Self { key, at, entry })
    }
}

#[cfg(test)]
mod tests {
    use crate::course::{BadName, Record, learner_name};

    use super::*;

    #[test]
    fn no_learner_can_have_the_name_of_a_class() {
        assert_eq!(learner_name(&class_account("sec-101")), Err(BadName));
    }

    #[test]
    fn an_act_reads_back_what_it_writes_and_is_no_learners_record() {
        let key = RecordKey { origin: 1, seq: 2 };
        let act = Act::Extended { assignment: "lab".into(), learner: None, by_ms: 900_000 };
        let record = ClassRecord { key, at: Timestamp(5), entry: ClassEntry { by: "kim".into(), act } };
        let text = serde_json::to_string(&record.entry).expect("it serialises");
        assert_eq!(text, r#"{"by":"kim","kind":"extended","assignment":"lab","by-ms":900000}"#);
        assert_eq!(ClassRecord::read(key, Timestamp(5), &text), Some(record));
        assert!(serde_json::from_str::<Record>(&text).is_err());
    }

    #[test]
    fn a_reveal_carries_the_votes_and_one_without_still_reads() {
        let poll = RecordKey { origin: 1, seq: 2 };
        let votes = Votes { customer: 3, provider: 1, controls: vec![4] };
        let act = Act::PollRevealed { poll, votes };
        let text = serde_json::to_string(&act).expect("it serialises");
        let expected = r#"{"kind":"poll-revealed","poll":"0000000000000001-2","votes":{"customer":3,"provider":1,"controls":[4]}}"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Act>(&text).expect("it reads back"), act);
        let bare = r#"{"kind":"poll-revealed","poll":"0000000000000001-2"}"#;
        let read: Act = serde_json::from_str(bare).expect("it reads");
        assert_eq!(serde_json::to_string(&read).expect("it serialises"), bare);
    }
}
