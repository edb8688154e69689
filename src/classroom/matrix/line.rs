//! A learner's line: what they answered, how it went, and whether they need somebody.

use crate::course::{Layer, Mark, Miss, Said, Timestamp, mark};

use super::{
    super::{
        AnswerKey, Assignment, Away, Learner, Percent, Standing, State, Window,
        graded::handed_in,
        window::SILENCE,
        work::{Run, Sat, Work},
    },
    LayerColumn,
};

/// One learner of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Their place in the roster, from 0.
    pub place: usize,
    /// Their login.
    pub login: String,
    /// Where they are with the assignment.
    pub state: State,
    /// Their answers, column by column: of the attempt under way, or else of the one that counts.
    pub cells: Vec<Cell>,
    /// Rows answered.
    pub answered: usize,
    /// Rows there are.
    pub rows: usize,
    /// Points reached in the rows answered.
    pub points: u32,
    /// Points there were in the rows answered.
    pub out_of: u32,
    /// Customer duties left to the provider.
    pub over_trust: usize,
    /// Provider duties taken on.
    pub over_claim: usize,
    /// When something of the attempt was last touched.
    pub touched: Option<Timestamp>,
    /// When the attempt ends, or when it can no longer be begun.
    pub ends: Option<Timestamp>,
    /// Their time stands still: paused, or away under a rule that lets it stop.
    pub still: bool,
    /// Their link is down, or they have left.
    pub away: bool,
    /// When the question at hand was put, as near as records say: the last answer, the beginning, or the end of a break.
    quiet_since: Option<Timestamp>,
    /// How many of the latest answers in a row were wrong or helped.
    astray: usize,
    /// The moment it was made.
    made: Timestamp,
    /// When the clock will change it.
    due: Option<Timestamp>,
}

/// What a learner answered to a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How it went.
    pub kind: CellKind,
    /// The answer.
    pub said: Option<Said>,
    /// When.
    pub at: Option<Timestamp>,
}

/// How an answer went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellKind {
    /// The learner was not given this row.
    #[default]
    NotSet,
    /// Not answered yet.
    Open,
    /// Owner and control are right.
    Right,
    /// The customer's, and the provider was said.
    OverTrust,
    /// The provider's, and the customer was said.
    OverClaim,
    /// The owner is right and the control is wrong.
    WrongControl,
    /// The row is disputed: discussed, never scored.
    Contested,
    /// Its question has left the course, and no grade was stored.
    Ungraded,
}

/// Why a learner seems to need somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// No answer for so many milliseconds, with a question open.
    Silent(i64),
    /// So many answers in a row were wrong or helped.
    Astray(usize),
}

/// How long a learner may think about a row before they count as stuck, in milliseconds.
pub(super) const SILENT: i64 = 3 * 60 * 1_000;

/// From so many wrong or helped answers in a row on a learner counts as stuck.
pub(super) const ASTRAY: usize = 3;

impl CellKind {
    const fn of(mark: &Mark) -> Self {
        match (mark.out_of, mark.miss, mark.control) {
            (0, ..) => Self::Contested,
            (_, Some(Miss::OverTrust), _) => Self::OverTrust,
            (_, Some(Miss::OverClaim), _) => Self::OverClaim,
            (_, None, true) => Self::Right,
            (_, None, false) => Self::WrongControl,
        }
    }

    /// It was answered.
    pub const fn is_answered(self) -> bool {
        !matches!(self, Self::NotSet | Self::Open)
    }

    /// It was answered, and not right.
    pub const fn is_wrong(self) -> bool {
        matches!(self, Self::OverTrust | Self::OverClaim | Self::WrongControl)
    }

    /// It in a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotSet => "not set",
            Self::Open => "not yet",
            Self::Right => "right",
            Self::OverTrust => "over-trust",
            Self::OverClaim => "over-claim",
            Self::WrongControl => "wrong control",
            Self::Contested => "contested",
            Self::Ungraded => "not graded",
        }
    }
}

/// The attempt that is shown: the one under way, or else the one that counts, or else the last.
pub(super) fn shown<'w>(work: Option<&'w Work>, standing: &Standing) -> Option<&'w Sat> {
    let one = standing.under_way().or_else(|| standing.counted()).or_else(|| standing.tries.last())?;
    work?.sittings.iter().find(|sat| sat.id == one.sitting)
}

impl Line {
    /// The line of a learner who stands so, with the attempt that is shown.
    pub(super) fn of(
        (learner, place): (&Learner, usize),
        (sat, standing): (Option<&Sat>, &Standing),
        (assignment, columns, key): (&Assignment, &[LayerColumn], &AnswerKey),
        now: Timestamp,
    ) -> Self {
        let away = sat.is_some_and(|sat| sat.is_open() && sat.is_away());
        let mut line = Self {
            place,
            login: learner.login.clone(),
            state: standing.state,
            cells: Vec::with_capacity(columns.len()),
            answered: 0,
            rows: 0,
            points: 0,
            out_of: 0,
            over_trust: 0,
            over_claim: 0,
            touched: sat.map(|sat| sat.touched),
            ends: standing.ends,
            still: standing.window.paused || (away && assignment.away == Away::Stops),
            away,
            quiet_since: None,
            astray: 0,
            made: now,
            due: due(standing, now),
        };
        let end = sat.and_then(|sat| standing.tries.iter().find(|one| one.sitting == sat.id)).and_then(|one| one.ends);
        for column in columns {
            line.take(sat, column, key, (&standing.window, end));
        }
        line.astray = astray(&line.cells);
        line.quiet_since = sat.map(|sat| quiet_since(sat, &line.cells, standing));
        line
    }

    fn take(
        &mut self,
        sat: Option<&Sat>,
        column: &LayerColumn,
        key: &AnswerKey,
        (window, end): (&Window, Option<Timestamp>),
    ) {
        let sat = sat.filter(|sat| sat.scenarios.contains(&column.scenario));
        let Some(sat) = sat else { return self.cells.push(Cell::default()) };
        self.rows += 1;
        let run = sat.run(&column.scenario);
        let layer =
            key.get(&column.scenario).and_then(|scenario| scenario.layer(&column.layer)).map(|(_, layer)| layer);
        let (cell, mark) = answer((sat, run), (column, layer), (window, end));
        if let Some(mark) = mark {
            self.points += mark.points;
            self.out_of += mark.out_of;
        }
        self.answered += usize::from(cell.kind.is_answered());
        self.over_trust += usize::from(cell.kind == CellKind::OverTrust);
        self.over_claim += usize::from(cell.kind == CellKind::OverClaim);
        self.cells.push(cell);
    }

    /// The clock has changed it.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.still || self.due.is_some_and(|due| due <= now)
    }

    /// The share of the points in what was answered.
    pub fn share(&self) -> Option<Percent> {
        (self.out_of > 0).then(|| Percent::of(self.points, self.out_of))
    }

    /// Milliseconds since something of an attempt under way was touched.
    pub fn idle(&self, now: Timestamp) -> Option<i64> {
        self.touched.filter(|_| self.state == State::Working).map(|touched| now.since(touched))
    }

    /// Milliseconds left; none where nothing ends, or nothing is left to end.
    pub fn time_left(&self, now: Timestamp) -> Option<i64> {
        let from = if self.still { self.made } else { now };
        let open = matches!(self.state, State::Working | State::NotBegun);
        self.ends.filter(|_| open).map(|ends| ends.since(from))
    }

    /// Whether the learner seems to need somebody: at work, with a question open, and either without an answer for three
    /// minutes, or with the last three answers all wrong or helped.
    pub fn stuck(&self, now: Timestamp) -> Option<Stuck> {
        let works = self.state == State::Working && !self.still && !self.away && self.answered < self.rows;
        let silent = self.quiet_since.filter(|_| works).map(|since| now.since(since))?;
        if silent >= SILENT {
            return Some(Stuck::Silent(silent));
        }
        (self.astray >= ASTRAY).then_some(Stuck::Astray(self.astray))
    }

    /// The place of the row that is open, as near as records say: the first one that was not answered.
    pub fn at(&self) -> Option<usize> {
        self.cells.iter().position(|cell| cell.kind == CellKind::Open)
    }

    /// How many of its cells are of a kind.
    pub fn count(&self, kind: CellKind) -> usize {
        self.cells.iter().filter(|cell| cell.kind == kind).count()
    }
}

fn answer(
    (sat, run): (&Sat, Option<&Run>),
    (column, layer): (&LayerColumn, Option<&Layer>),
    (window, end): (&Window, Option<Timestamp>),
) -> (Cell, Option<Mark>) {
    let found = run.and_then(|run| run.counted(&column.layer, window, end).map(|given| (run, given)));
    let Some((run, given)) = found else {
        return (Cell { kind: CellKind::Open, ..Cell::default() }, None);
    };
    let stored = given.mark.clone().or_else(|| handed_in(sat, run, (given, window)));
    let same = column.digest == Some(given.digest);
    let mark = stored.or_else(|| layer.filter(|_| same).map(|layer| mark(layer, &given.said)));
    let kind = mark.as_ref().map_or(CellKind::Ungraded, CellKind::of);
    (Cell { kind, said: Some(given.said), at: Some(given.at) }, mark)
}

/// How many of the latest answers were wrong or helped, without one between them that was neither.
fn astray(cells: &[Cell]) -> usize {
    let mut answers: Vec<(Timestamp, bool)> = cells
        .iter()
        .filter_map(|cell| {
            let said = cell.said?;
            Some((cell.at?, cell.kind.is_wrong() || said.hints > 0 || said.struck))
        })
        .collect();
    answers.sort_unstable();
    answers.iter().rev().take_while(|(_, bad)| *bad).count()
}

fn quiet_since(sat: &Sat, cells: &[Cell], standing: &Standing) -> Timestamp {
    let answered = cells.iter().filter_map(|cell| cell.at).max();
    let back = sat.breaks.iter().filter_map(|(_, to)| *to).max();
    [answered, back, standing.window.went_on()].into_iter().flatten().fold(sat.at, Ord::max)
}

/// The next moment at which the clock alone changes how a learner stands.
fn due(standing: &Standing, now: Timestamp) -> Option<Timestamp> {
    let window = &standing.window;
    let ended = standing.tries.last().and_then(|one| one.ends);
    let silent = ended.map(|end| Timestamp(end.0.saturating_add(SILENCE + 1)));
    [window.opens, window.closes, standing.ends, silent].into_iter().flatten().filter(|at| *at > now).min()
}
