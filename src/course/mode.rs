//! Why an attempt is made, and what follows from it.

use serde::{Deserialize, Serialize};

use super::RecordKey;

/// Why a scenario is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Every layer is explained once it is answered.
    Practice,
    /// Practice of the rows that were wrong.
    Redo,
    /// A scenario on its own under exam rules: no hints, explained at the end.
    Exam,
    /// Part of a checkpoint, or of an assignment under exam rules: explained when the sitting is handed in.
    Checkpoint(RecordKey),
    /// Part of an assignment under practice rules: every layer is explained once it is answered.
    Assigned(RecordKey),
    /// A single row that was due, asked in a round of them; explained once it is answered.
    Review(RecordKey),
    /// A single row of a drill, asked in a round of them; explained once it is answered.
    Drill(RecordKey),
}

impl Mode {
    /// Exam rules hold: no hints and no explanation before the end.
    pub const fn is_exam(self) -> bool {
        matches!(self, Self::Exam | Self::Checkpoint(_))
    }

    /// The sitting, or the round of single rows, that it is a part of.
    pub const fn sitting(self) -> Option<RecordKey> {
        match self {
            Self::Checkpoint(whole) | Self::Assigned(whole) | Self::Review(whole) | Self::Drill(whole) => Some(whole),
            Self::Practice | Self::Redo | Self::Exam => None,
        }
    }

    /// The round of single rows that it is a part of.
    pub const fn round(self) -> Option<RecordKey> {
        match self {
            Self::Review(round) | Self::Drill(round) => Some(round),
            Self::Practice | Self::Redo | Self::Exam | Self::Checkpoint(_) | Self::Assigned(_) => None,
        }
    }

    /// It asks a scenario as a whole, not some of its rows.
    pub const fn is_whole(self) -> bool {
        !matches!(self, Self::Redo | Self::Review(_) | Self::Drill(_))
    }
    /// Its name, for the learner.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Redo => "redo",
            Self::Exam => "exam",
            Self::Checkpoint(_) => "checkpoint",
            Self::Assigned(_) => "assignment",
            Self::Review(_) => "review",
            Self::Drill(_) => "drill",
        }
    }
}
