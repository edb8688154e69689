//! A row, its three items and the answers that were offered, as the class took them.

use serde::Serialize;

use crate::course::{Control, Layer, Owner};

use super::{
    FEWEST, Flag, FlagKind, Wording, count, deviation, flags, mean, median,
    sample::{Asked, Observed, Total},
    statistics::{correlation, indices},
};

/// A part of a row that is an item of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Whose is it?
    Owner,
    /// What is left to do about it?
    Control,
    /// Both.
    Row,
}

/// The figures of an item, all in per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Item {
    /// Points reached of those there were.
    pub facility: f64,
    /// Standard deviation of the points, of those there were; none of a single attempt.
    pub deviation: Option<f64>,
    /// Discrimination index, -100 to 100; none under ten attempts, and where nothing varies.
    pub discrimination: Option<f64>,
    /// Discriminative efficiency, at most 100; none where the index is none.
    pub efficiency: Option<f64>,
}

/// How often an answer was chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Uptake {
    /// The answer.
    pub text: String,
    /// It is the right one, as the file says now.
    pub right: bool,
    /// The pitfall that choosing it shows.
    pub trap: Option<String>,
    /// How often.
    pub count: usize,
    /// How often by those whose rest of the attempt is better than that of half the class.
    pub strong: usize,
    /// How often by those whose rest is worse.
    pub weak: usize,
    /// The discrimination index of choosing it against the rest of the attempt: above nothing where it draws the strong.
    pub discrimination: Option<f64>,
}

/// A row of an assignment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RowAnalysis {
    /// Scenario id.
    pub scenario: String,
    /// Layer id.
    pub layer: String,
    /// Its short name.
    pub label: String,
    /// Where it stands, as `scenarios/x.toml:12`; empty until a report says it.
    pub place: String,
    /// Which text of it.
    pub wording: Wording,
    /// Attempts in which it was asked.
    pub n: usize,
    /// Attempts in which it was not answered.
    pub skipped: usize,
    /// Middle time to an answer, in seconds.
    pub median_seconds: Option<f64>,
    /// The question for the owner.
    pub owner: Item,
    /// The question for the control.
    pub control: Item,
    /// Both together.
    pub row: Item,
    /// Attempts whose rest is better than that of half the class; those in the middle are neither.
    pub strong: usize,
    /// Attempts whose rest is worse.
    pub weak: usize,
    /// How the two owners were chosen.
    pub owners: Vec<Uptake>,
    /// How the controls were chosen, in file order.
    pub controls: Vec<Uptake>,
    /// What is wrong with it, the worst first.
    pub flags: Vec<Flag>,
}

impl RowAnalysis {
    pub(super) fn of(asked: &Asked<'_>, attempts: &[Total]) -> Self {
        let layer = asked.layer.filter(|_| asked.wording == Wording::Current);
        let rests = rests(asked, attempts, (Part::Row, 2));
        let sides = sides(&rests);
        let took = asked.observed.iter().filter_map(|one| one.said).map(|(_, _, millis)| seconds(millis)).collect();
        let mut row = Self {
            scenario: asked.scenario.to_owned(),
            layer: asked.row.to_owned(),
            label: asked.layer.map_or(asked.row, |layer| &layer.label).to_owned(),
            place: String::new(),
            wording: asked.wording,
            n: asked.observed.len(),
            skipped: asked.observed.iter().filter(|one| one.said.is_none()).count(),
            median_seconds: median(took),
            owner: item(asked, attempts, (Part::Owner, 1)),
            control: item(asked, attempts, (Part::Control, 1)),
            row: item(asked, attempts, (Part::Row, 2)),
            strong: sides.iter().filter(|side| **side == Side::Strong).count(),
            weak: sides.iter().filter(|side| **side == Side::Weak).count(),
            owners: taken(owners(layer), &chosen(asked, owner_place), (&sides, &rests)),
            controls: taken(controls(layer), &chosen(asked, |(_, control, _)| control), (&sides, &rests)),
            flags: Vec::new(),
        };
        row.flags = flags::of(&row);
        row
    }

    /// The item of a part.
    pub const fn item(&self, part: Part) -> &Item {
        match part {
            Part::Owner => &self.owner,
            Part::Control => &self.control,
            Part::Row => &self.row,
        }
    }

    /// How badly it misbehaves; only good for an order.
    pub fn trouble(&self) -> f64 {
        self.flags.iter().map(|flag| flag.weight).sum()
    }

    /// Its key may be wrong: what it says of learners says more about the row.
    pub fn is_doubtful(&self) -> bool {
        let kinds = [FlagKind::Negative, FlagKind::StrongWrong, FlagKind::Rival];
        self.flags.iter().any(|flag| kinds.contains(&flag.kind))
    }

    /// There are too few attempts for indices.
    pub const fn is_too_few(&self) -> bool {
        self.n < FEWEST
    }
}

fn seconds(millis: i64) -> f64 {
    i32::try_from(millis).map_or(f64::from(i32::MAX), f64::from) / 1_000.0
}

impl Part {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Control => "control",
            Self::Row => "row",
        }
    }

    fn points(self, [owner, control]: [u32; 2]) -> u32 {
        match self {
            Self::Owner => owner,
            Self::Control => control,
            Self::Row => owner + control,
        }
    }
}

/// What the rest of an attempt came to without `points` of `out_of`, as a share; nothing where there is no rest.
fn rest(total: Total, points: u32, out_of: u32) -> f64 {
    match total.out_of.saturating_sub(out_of) {
        0 => 0.0,
        rest => f64::from(total.points.saturating_sub(points)) / f64::from(rest),
    }
}

/// What the rest of each attempt came to without a part.
fn rests(asked: &Asked<'_>, attempts: &[Total], (part, most): (Part, u32)) -> Vec<f64> {
    let total = |one: &Observed| attempts.get(one.attempt).copied().unwrap_or_default();
    asked.observed.iter().map(|one| rest(total(one), part.points(one.points), most)).collect()
}

fn item(asked: &Asked<'_>, attempts: &[Total], (part, most): (Part, u32)) -> Item {
    let x: Vec<f64> = asked.observed.iter().map(|one| f64::from(part.points(one.points))).collect();
    let indices = enough(asked).then(|| indices(&x, &rests(asked, attempts, (part, most)))).flatten();
    let share = |points: f64| 100.0 * points / f64::from(most);
    Item {
        facility: mean(&x).map_or(0.0, share),
        deviation: deviation(&x).map(share),
        discrimination: indices.map(|(discrimination, _)| discrimination),
        efficiency: indices.map(|(_, efficiency)| efficiency),
    }
}

const fn enough(asked: &Asked<'_>) -> bool {
    asked.observed.len() >= FEWEST
}

/// On which side of the middle of the class the rest of an attempt lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Strong,
    Middle,
    Weak,
}

fn sides(rests: &[f64]) -> Vec<Side> {
    let middle = median(rests.to_vec()).unwrap_or_default();
    let side = |rest: &f64| match rest.total_cmp(&middle) {
        std::cmp::Ordering::Greater => Side::Strong,
        std::cmp::Ordering::Equal => Side::Middle,
        std::cmp::Ordering::Less => Side::Weak,
    };
    rests.iter().map(side).collect()
}

impl Uptake {
    fn new(text: String, right: bool, trap: Option<String>) -> Self {
        Self { text, right, trap, count: 0, strong: 0, weak: 0, discrimination: None }
    }

    /// Its share of the answers, in per cent.
    pub fn percent(&self, of: usize) -> f64 {
        if of == 0 { 0.0 } else { 100.0 * count(self.count) / count(of) }
    }
}

const OWNERS: [Owner; 2] = [Owner::Provider, Owner::Customer];

fn owner_place((owner, ..): (Owner, usize, i64)) -> usize {
    OWNERS.iter().position(|one| *one == owner).unwrap_or_default()
}

/// The two owners, nothing taken yet.
fn owners(layer: Option<&Layer>) -> Vec<Uptake> {
    let right = |owner: Owner| layer.is_some_and(|layer| layer.owner == owner);
    OWNERS.iter().map(|owner| Uptake::new(owner.word().to_owned(), right(*owner), None)).collect()
}

/// The controls; of a text that is gone they are not known.
fn controls(layer: Option<&Layer>) -> Vec<Uptake> {
    let known = |control: &Control| Uptake::new(control.text.clone(), control.correct, control.trap.clone());
    layer.iter().flat_map(|layer| &layer.controls).map(known).collect()
}

/// What was chosen in each attempt; none where it was skipped.
fn chosen(asked: &Asked<'_>, place: impl Fn((Owner, usize, i64)) -> usize) -> Vec<Option<usize>> {
    asked.observed.iter().map(|one| one.said.map(&place).filter(|place| *place < MOST)).collect()
}

/// The most answers of a row; a record may say anything.
const MOST: usize = 16;

/// Counts how `offered` was taken. What is not known of it is called by its number.
fn taken(mut offered: Vec<Uptake>, chosen: &[Option<usize>], (sides, rests): (&[Side], &[f64])) -> Vec<Uptake> {
    let most = chosen.iter().flatten().max().map_or(0, |place| place + 1);
    while offered.len() < most {
        offered.push(Uptake::new(format!("control {}", offered.len() + 1), false, None));
    }
    for (place, uptake) in offered.iter_mut().enumerate() {
        let is_it: Vec<bool> = chosen.iter().map(|one| *one == Some(place)).collect();
        let on = |side: Side| is_it.iter().zip(sides).filter(|(taken, one)| **taken && **one == side).count();
        uptake.count = is_it.iter().filter(|taken| **taken).count();
        (uptake.strong, uptake.weak) = (on(Side::Strong), on(Side::Weak));
        let x: Vec<f64> = is_it.iter().map(|taken| f64::from(u8::from(*taken))).collect();
        uptake.discrimination = (x.len() >= FEWEST).then(|| correlation(&x, rests)).flatten();
    }
    offered
}
