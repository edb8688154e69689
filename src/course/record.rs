//! The append-only records that a learner's whole history is made of.
//!
//! A record is written once and never changed; everything shown is a fold of them (`Progress`). Each carries the key of
//! the session that made it, so that a repeated write, or an import from another machine, never counts twice.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Digest, Draft, IncidentMark, Mark, Mode, Model, Order, Owner, Purpose, RowRef, Said, scenario::hex64};

/// Milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Milliseconds from `earlier` to this moment; none below zero, clocks go back.
    pub const fn since(self, earlier: Self) -> i64 {
        let passed = self.0.saturating_sub(earlier.0);
        if passed < 0 { 0 } else { passed }
    }
}

/// Names a record: the random number of the session that made it, and its place in that session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// Drawn once for each session.
    pub origin: u64,
    /// Counts up from zero in the session.
    pub seq: u32,
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.origin, self.seq)
    }
}

impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no record key.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("'{0}' is no record key")]
pub struct BadKey(String);

impl FromStr for RecordKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let bad = || BadKey(text.chars().take(40).collect());
        let (origin, seq) = text.split_once('-').ok_or_else(bad)?;
        let origin = u64::from_str_radix(origin, 16).map_err(|_| bad())?;
        Ok(Self { origin, seq: seq.parse().map_err(|_| bad())? })
    }
}

impl Serialize for RecordKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordKey {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An attempt is named by the record that began it.
pub type AttemptId = RecordKey;

/// One thing that happened, when, and what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Unique for one learner.
    pub key: RecordKey,
    /// When.
    pub at: Timestamp,
    /// What.
    pub entry: Entry,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Entry {
    /// The welcome was read.
    Welcomed,
    /// A setting was changed; the last one wins.
    Set {
        /// Name of the setting.
        name: String,
        /// Its value.
        value: String,
    },
    /// A lesson was left at a block of its document.
    Read {
        /// Lesson id.
        lesson: String,
        /// Place of the block at the top of the screen.
        block: usize,
        /// The end was reached.
        #[serde(default)]
        finished: bool,
    },
    /// A checkpoint, or an attempt at an assignment, was begun. Its key names the sitting.
    SatDown {
        /// Lesson id; empty for an assignment that is no lesson's checkpoint.
        lesson: String,
        /// Seed of the draw.
        #[serde(with = "hex64")]
        seed: u64,
        /// What was drawn.
        scenarios: Vec<String>,
        /// The assignment it was begun for; none for a checkpoint of one's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignment: Option<AssignmentRef>,
        /// It is the stricter exam of a lesson that is not open yet.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        test_out: bool,
    },
    /// The link to a learner at work on an assignment was lost, or they left.
    Left {
        /// Key of the `SatDown`.
        sitting: RecordKey,
    },
    /// They are back at it.
    Returned {
        /// Key of the `SatDown`.
        sitting: RecordKey,
    },
    /// Rows were drawn from several scenarios, to be asked one by one. Its key names the round.
    Drew {
        /// Why.
        purpose: Purpose,
        /// Which, in the order they are asked.
        rows: Vec<RowRef>,
    },
    /// An attempt at a scenario was begun. Its key names the attempt.
    Began {
        /// Scenario id.
        scenario: String,
        /// Lesson id.
        lesson: String,
        /// Service model, so that history can be summed without the content it came from.
        model: Model,
        /// Practice, redo or exam.
        mode: Mode,
        /// Seed of the controls' order.
        #[serde(with = "hex64")]
        seed: u64,
        /// Whether controls are shuffled.
        order: Order,
        /// Ids of the layers asked, top of the stack first.
        rows: Vec<String>,
    },
    /// The answer under way changed: an owner chosen, a hint read, a control struck out.
    Drafted {
        /// Attempt.
        attempt: AttemptId,
        /// Layer id.
        layer: String,
        /// The answer so far.
        draft: Draft,
    },
    /// A layer was answered. In an exam without its mark: records of an exam hold no key.
    Answered {
        /// Attempt.
        attempt: AttemptId,
        /// Layer id.
        layer: String,
        /// Digest of the question.
        digest: Digest,
        /// The answer.
        said: Said,
        /// Its grade, in practice.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mark: Option<Mark>,
    },
    /// An exam was handed in and graded: a checkpoint's sitting, an assignment, or a single attempt under exam rules.
    HandedIn {
        /// Key of the `SatDown`, or of the single attempt's `Began`.
        sitting: RecordKey,
        /// Grades of all layers; none where the answers carry theirs, as in an assignment under practice rules.
        marks: Vec<LayerMark>,
        /// Points reached.
        points: u32,
        /// Points there were.
        out_of: u32,
        /// The pass mark was reached.
        passed: bool,
    },
    /// The incidents of a scenario were opened, to find their rows. Its key names the investigation.
    Investigating {
        /// Scenario id.
        scenario: String,
        /// Lesson id.
        lesson: String,
        /// Service model.
        model: Model,
        /// Seed of the order of the headlines and of the controls.
        #[serde(with = "hex64")]
        seed: u64,
        /// Whether controls are shuffled.
        order: Order,
        /// Ids of the layers that failed, in the order their headlines are shown.
        incidents: Vec<String>,
    },
    /// A row was named for a headline; from here on the right one is known.
    Traced {
        /// Key of the `Investigating`.
        investigation: RecordKey,
        /// Id of the layer that failed.
        incident: String,
        /// Id of the layer that was named.
        row: String,
        /// It was the right one.
        found: bool,
    },
    /// What would have broken an incident's way, and whose side it was.
    Resolved {
        /// Key of the `Investigating`.
        investigation: RecordKey,
        /// Id of the layer that failed.
        incident: String,
        /// Digest of its question.
        digest: Digest,
        /// The control chosen, by its place in file order.
        control: usize,
        /// The side chosen.
        owner: Owner,
        /// Its grade.
        mark: IncidentMark,
    },
    /// The exercise on the moving line was begun: which rows change hands between two scenarios of a ladder? Its key names
    /// the comparison.
    Compared {
        /// Id of the scenario whose owners are shown.
        from: String,
        /// Id of the scenario asked about.
        to: String,
        /// Ids of the layers asked, in `to`, top of the stack first.
        rows: Vec<String>,
    },
    /// One of its rows was judged.
    Judged {
        /// Key of the `Compared`.
        comparison: RecordKey,
        /// Layer id in `to`.
        layer: String,
        /// Digest of the question in `to`.
        digest: Digest,
        /// The learner says that the row changes hands.
        moves: bool,
        /// They are right.
        right: bool,
    },
    /// An unfinished attempt, sitting or investigation was given up, to begin afresh.
    Dropped {
        /// Attempt, sitting or investigation.
        attempt: RecordKey,
    },
}

/// The assignment that work is done for: its class's id and its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssignmentRef {
    /// Id of the class.
    pub class: String,
    /// Id of the assignment in it.
    pub assignment: String,
}

/// A layer's grade, given at hand-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LayerMark {
    /// Attempt.
    pub attempt: AttemptId,
    /// Layer id.
    pub layer: String,
    /// Its grade.
    pub mark: Mark,
}

#[cfg(test)]
mod tests {
    use super::super::Drill;
    use super::*;

    #[test]
    fn a_key_reads_back_what_it_prints() {
        let key = RecordKey { origin: 0x00ff_0000_0000_0001, seq: 42 };
        assert_eq!(key.to_string(), "00ff000000000001-42");
        assert_eq!(key.to_string().parse(), Ok(key));
        assert!("x-1".parse::<RecordKey>().is_err());
    }

    #[test]
    fn an_entry_reads_back_what_it_writes() {
        let key = RecordKey { origin: u64::MAX, seq: 1 };
        let entry = Entry::SatDown {
            lesson: "8.1".into(),
            seed: u64::MAX,
            scenarios: vec!["shop".into()],
            assignment: None,
            test_out: false,
        };
        let record = Record { key, at: Timestamp(5), entry };
        let text = serde_json::to_string(&record).expect("it serialises");
        assert!(text.contains(r#""kind":"sat-down""#), "{text}");
        assert!(!text.contains("assignment") && !text.contains("test"), "older programs know neither: {text}");
        assert_eq!(serde_json::from_str::<Record>(&text).expect("it reads back"), record);
    }

    #[test]
    fn assigned_work_names_its_assignment_and_older_records_still_read() {
        let assignment = Some(AssignmentRef { class: "c".into(), assignment: "a".into() });
        let entry = Entry::SatDown { lesson: String::new(), seed: 1, scenarios: vec![], assignment, test_out: false };
        let text = serde_json::to_string(&entry).expect("it serialises");
        assert!(text.contains(r#""assignment":{"class":"c","assignment":"a"}"#), "{text}");
        assert_eq!(serde_json::from_str::<Entry>(&text).expect("it reads back"), entry);
        let older = r#"{"kind":"sat-down","lesson":"8.1","seed":"0000000000000001","scenarios":[]}"#;
        let read: Entry = serde_json::from_str(older).expect("an older record reads");
        assert!(matches!(read, Entry::SatDown { assignment: None, seed: 1, test_out: false, .. }));
    }

    #[test]
    fn a_round_and_its_attempts_are_kinds_of_their_own() {
        let rows = vec![RowRef { scenario: "shop".into(), layer: "data".into() }];
        let drew = Entry::Drew { purpose: Purpose::Drill(Drill::Threat("iam".into())), rows };
        let text = serde_json::to_string(&drew).expect("it serialises");
        let want =
            r#"{"kind":"drew","purpose":{"drill":{"threat":"iam"}},"rows":[{"scenario":"shop","layer":"data"}]}"#;
        assert_eq!(text, want);
        assert_eq!(serde_json::from_str::<Entry>(&text).expect("it reads back"), drew);
        let mode = Mode::Review(RecordKey { origin: 1, seq: 2 });
        assert_eq!(serde_json::to_string(&mode).expect("it serialises"), r#"{"review":"0000000000000001-2"}"#);
    }
}
