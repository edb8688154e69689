//! What is wrong with a row, in plain words.

use serde::Serialize;

use super::{Part, RowAnalysis, Uptake, Wording, count};

/// Efficiency below which Moodle calls an item dubious.
const DUBIOUS: f64 = 15.0;

/// Standard errors from which a correlation is taken for one, and not for chance.
const CLEAR: f64 = 2.0;

/// A kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// Who does well elsewhere does badly here.
    Negative,
    /// A wrong answer is chosen more by the strong than by the weak.
    StrongWrong,
    /// A wrong answer draws the strong as much as the right one does.
    Rival,
    /// Nobody gets it right.
    NobodyRight,
    /// It hardly tells the strong from the weak.
    Inefficient,
    /// Everybody gets it right.
    EverybodyRight,
    /// A wrong answer that nobody chooses.
    Untaken,
}

/// Something that is wrong with a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Flag {
    /// What kind of trouble.
    pub kind: FlagKind,
    /// In which part of it.
    pub part: Part,
    /// What it is, in a sentence or two.
    pub words: String,
    /// How bad it is; only good for an order.
    #[serde(skip)]
    pub weight: f64,
}

/// Everything that is wrong with `row`, the worst first; nothing where too few have answered it, or its text is no more.
pub(super) fn of(row: &RowAnalysis) -> Vec<Flag> {
    if row.is_too_few() || row.wording == Wording::Earlier {
        return Vec::new();
    }
    let mut flags: Vec<Flag> =
        [Part::Owner, Part::Control].into_iter().flat_map(|part| part_flags(row, part)).collect();
    let told = |kind| flags.iter().any(|flag: &Flag| flag.kind == kind);
    if !told(FlagKind::Negative) && !told(FlagKind::Inefficient) {
        flags.extend(index(row, Part::Row));
    }
    flags.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    flags
}

fn part_flags(row: &RowAnalysis, part: Part) -> Vec<Flag> {
    let offered = if part == Part::Owner { &row.owners } else { &row.controls };
    let wrong = offered.iter().filter(|answer| !answer.right);
    let mut flags: Vec<Flag> = index(row, part).into_iter().collect();
    let right = offered.iter().filter(|answer| answer.right).map(|answer| answer.strong).sum();
    flags.extend(
        wrong.clone().filter_map(|answer| strong(row, part, answer).or_else(|| rival(row, part, answer, right))),
    );
    flags.extend(extreme(row, part));
    let is_easy = row.item(part).facility >= 100.0;
    flags.extend(wrong.filter(|answer| answer.count == 0 && part == Part::Control && !is_easy).map(untaken));
    flags
}

/// What the two indices say.
fn index(row: &RowAnalysis, part: Part) -> Option<Flag> {
    let item = row.item(part);
    let (discrimination, efficiency) = (item.discrimination?, item.efficiency?);
    if discrimination < 0.0 {
        let words = format!(
            "{}: who does well elsewhere does badly here (discrimination {discrimination:.0}). Look at the key first.",
            head(part)
        );
        return Some(Flag {
            kind: FlagKind::Negative,
            part,
            words,
            weight: 30.0 * errors(row, -discrimination).min(4.0) - discrimination,
        });
    }
    let words = format!(
        "{}: it hardly tells the strong from the weak (efficiency {efficiency:.0}, and {DUBIOUS} is dubious).",
        head(part)
    );
    (efficiency < DUBIOUS).then_some(Flag {
        kind: FlagKind::Inefficient,
        part,
        words,
        weight: 20.0 + DUBIOUS - efficiency,
    })
}

/// Whether a wrong answer draws the better part of the class more than the other.
fn strong(row: &RowAnalysis, part: Part, answer: &Uptake) -> Option<Flag> {
    let errors = errors(row, answer.discrimination?);
    let [strong, weak] = [(answer.strong, row.strong), (answer.weak, row.weak)].map(|(some, all)| share(some, all));
    let words = format!(
        "{}: \"{}\" counts as wrong, and {strong:.0} % of the stronger half chose it, {weak:.0} % of the weaker. \
         It may be right, or as good as the key.",
        head(part),
        answer.text
    );
    let weight = 60.0 + strong - weak + 5.0 * errors;
    (errors >= CLEAR && strong > weak).then_some(Flag { kind: FlagKind::StrongWrong, part, words, weight })
}

/// Whether a wrong answer draws the stronger half at least two thirds as often as the right one, and no less than the weaker.
fn rival(row: &RowAnalysis, part: Part, answer: &Uptake, right: usize) -> Option<Flag> {
    let [strong, weak] = [(answer.strong, row.strong), (answer.weak, row.weak)].map(|(some, all)| share(some, all));
    let words = format!(
        "{}: \"{}\" counts as wrong, and {strong:.0} % of the stronger half chose it, {:.0} % the right one. \
         The row may have two right answers.",
        head(part),
        answer.text,
        share(right, row.strong)
    );
    let draws = answer.strong >= FEW && 3 * answer.strong >= 2 * right && strong >= 25.0 && strong >= weak;
    draws.then_some(Flag { kind: FlagKind::Rival, part, words, weight: 40.0 + strong - weak })
}

/// Learners who make a choice more than chance.
const FEW: usize = 5;

/// How many standard errors a correlation, in per cent, lies above none at all.
fn errors(row: &RowAnalysis, correlation: f64) -> f64 {
    correlation / 100.0 * count(row.n.saturating_sub(1)).sqrt()
}

fn share(some: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { 100.0 * count(some) / count(all) }
}

/// Nobody or everybody is right.
fn extreme(row: &RowAnalysis, part: Part) -> Option<Flag> {
    let facility = row.item(part).facility;
    let flag = |kind, words: &str, weight| Flag { kind, part, words: format!("{}: {words}", head(part)), weight };
    if facility <= 0.0 {
        let words = "nobody has it right. The key may be wrong, or the lesson says nothing about it.";
        return Some(flag(FlagKind::NobodyRight, words, 50.0));
    }
    let words = "everybody has it right, so it tells nobody apart.";
    (facility >= 100.0).then(|| flag(FlagKind::EverybodyRight, words, 5.0))
}

fn untaken(answer: &Uptake) -> Flag {
    let words = format!("Control: nobody chose \"{}\".", answer.text);
    Flag { kind: FlagKind::Untaken, part: Part::Control, words, weight: 2.0 }
}

const fn head(part: Part) -> &'static str {
    match part {
        Part::Owner => "Owner",
        Part::Control => "Control",
        Part::Row => "Both together",
    }
}
