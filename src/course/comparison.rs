//! What the records say of the exercise on the moving line: which rows change hands between two modes of one system?

use super::{Digest, Entry, Progress, Record, RecordKey, Timestamp};

/// One run of the exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Its name.
    pub id: RecordKey,
    /// When it was begun.
    pub at: Timestamp,
    /// The scenario whose owners are shown.
    pub from: String,
    /// The scenario asked about.
    pub to: String,
    /// Layer ids in `to`, top of the stack first.
    pub rows: Vec<String>,
    /// What was said, in the order it was.
    pub judgements: Vec<Judgement>,
}

/// What was said of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// When.
    pub at: Timestamp,
    /// Layer id.
    pub layer: String,
    /// Digest of the question.
    pub digest: Digest,
    /// It changes hands, the learner said.
    pub moves: bool,
    /// They were right.
    pub right: bool,
}

impl Comparison {
    /// What was said of a layer.
    pub fn judgement(&self, layer: &str) -> Option<&Judgement> {
        self.judgements.iter().find(|one| one.layer == layer)
    }

    /// The place of the first row nobody has judged yet.
    pub fn open_row(&self) -> Option<usize> {
        self.rows.iter().position(|row| self.judgement(row).is_none())
    }

    /// How many rows were judged rightly.
    pub fn right(&self) -> usize {
        self.judgements.iter().filter(|one| one.right).count()
    }
}

impl Progress {
    /// A run of the exercise on the moving line.
    pub fn comparison(&self, id: RecordKey) -> Option<&Comparison> {
        self.comparisons.iter().find(|run| run.id == id)
    }

    /// The last run between two scenarios that still has an open row.
    pub fn open_comparison(&self, from: &str, to: &str) -> Option<&Comparison> {
        let fits = |run: &&Comparison| run.from == from && run.to == to && run.open_row().is_some();
        self.comparisons.iter().rev().find(fits)
    }
}

/// Folds a record in; others change nothing. The first word on a row counts: after it the row was explained.
pub(super) fn apply(comparisons: &mut Vec<Comparison>, record: &Record) {
    match &record.entry {
        Entry::Compared { from, to, rows } => comparisons.push(Comparison {
            id: record.key,
            at: record.at,
            from: from.clone(),
            to: to.clone(),
            rows: rows.clone(),
            judgements: Vec::new(),
        }),
        Entry::Judged { comparison, layer, digest, moves, right } => {
            let Some(run) = comparisons.iter_mut().rfind(|run| run.id == *comparison) else { return };
            if run.rows.contains(layer) && run.judgement(layer).is_none() {
                let (layer, digest) = (layer.clone(), *digest);
                run.judgements.push(Judgement { at: record.at, layer, digest, moves: *moves, right: *right });
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(seq: u32, entry: Entry) -> Record {
        Record { key: RecordKey { origin: 1, seq }, at: Timestamp(seq.into()), entry }
    }

    fn judged(seq: u32, layer: &str, right: bool) -> Record {
        let comparison = RecordKey { origin: 1, seq: 0 };
        record(seq, Entry::Judged { comparison, layer: layer.into(), digest: Digest(0), moves: true, right })
    }

    #[test]
    fn the_first_word_on_a_row_counts_and_what_was_not_asked_does_not() {
        let rows = vec!["os".to_owned(), "data".to_owned()];
        let mut runs = Vec::new();
        apply(&mut runs, &record(0, Entry::Compared { from: "vm".into(), to: "app".into(), rows }));
        assert_eq!(runs[0].open_row(), Some(0));
        for answer in [judged(1, "os", false), judged(2, "os", true), judged(3, "door", true)] {
            apply(&mut runs, &answer);
        }
        assert_eq!((runs[0].open_row(), runs[0].right(), runs[0].judgements.len()), (Some(1), 0, 1));
        apply(&mut runs, &judged(4, "data", true));
        assert_eq!((runs[0].open_row(), runs[0].right()), (None, 1));
    }

    #[test]
    fn an_entry_reads_back_what_it_writes() {
        let entry = judged(1, "os", true).entry;
        let text = serde_json::to_string(&entry).expect("it serialises");
        assert!(text.starts_with(r#"{"kind":"judged","comparison":"0000000000000001-0","layer":"os""#), "{text}");
        assert_eq!(serde_json::from_str::<Entry>(&text).expect("it reads back"), entry);
    }
}
