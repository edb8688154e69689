//! What makes a whole pack guessable or leaves something untaught: figures over all its rows.
//!
//! Contested rows are left out of every figure but coverage: they are never scored, so guessing them wins nothing.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::course::{Layer, Owner};

use super::{
    coverage::{Topic, topics},
    figure::{Enough, Figure, Rule, Share, Verdict, drawn},
    frame::Named,
    lint::is_idle,
    problem::{Place, Problem},
    scenario::Placed,
    source::quoted,
    wording::{Guess, guesses},
};

/// Rows below which a share says nothing.
const FEW_ROWS: usize = 20;

/// Scenarios below which guessing by habit or by wording cannot be measured.
const FEW_SCENARIOS: usize = 30;

/// Scenarios on which figures are measured: more of them change no figure and take time.
const MANY_SCENARIOS: usize = 2_000;

/// A threat or a pitfall is to be met at least once in so many rows.
const ROWS_PER_TOPIC: usize = 40;

/// Rows told as leaking most, for each way to leak.
const WORST: usize = 20;

/// What is within a few points of chance cannot be told from it in a pack of a few hundred rows.
const NEAR_CHANCE: f64 = 2.0;

/// How guessable a pack is, and what it covers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Balance {
    /// Layers in all, contested ones included.
    pub layers: usize,
    /// Each figure with its limit and verdict.
    pub figures: Vec<Figure>,
    /// How often everything that should be met is met.
    pub coverage: Vec<Topic>,
    /// The tasks whose wording gives the owner away most, the worst first.
    pub tasks: Vec<Leak>,
    /// The right controls whose wording gives them away most, the worst first.
    pub controls: Vec<Leak>,
}

/// A row whose wording gives an answer away.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leak {
    /// The file of the row.
    pub file: String,
    /// The line of its task.
    pub line: usize,
    /// What gives the answer away: the task, or the right control.
    pub text: String,
    /// How likely the right answer seemed to a solver that knows wording alone, 0 to 1.
    pub score: f64,
}

/// A scored row and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'p> {
    /// The place of its scenario in the pack.
    pub scenario: usize,
    /// A number for its ladder, or for its scenario where that stands alone.
    pub ladder: usize,
    pub layer: &'p Layer,
    file: &'p str,
    /// The line of its task.
    line: usize,
}

impl Row<'_> {
    pub(super) fn is_provider(&self) -> bool {
        self.layer.owner == Owner::Provider
    }
}

/// Weighs a pack.
pub(super) fn balance(all: &[Placed], ids: &BTreeMap<(Named, String), Place>) -> Balance {
    let rows = rows(all);
    let guesses = guesses(&rows);
    let scenarios = Enough::from(all.len(), FEW_SCENARIOS);
    let mut figures = wording(&guesses, scenarios);
    figures.extend(positions(&rows));
    figures.extend(idleness(&rows, scenarios));
    figures.extend(habits(&rows, &guesses, scenarios));
    let layers = all.iter().map(|placed| placed.scenario.layers.len()).sum();
    let tasks = worst(&rows, &guesses, |guess| guess.owner, |layer| &layer.task);
    let controls = worst(&rows, &guesses, |guess| guess.control, Layer::decision);
    Balance { layers, figures, coverage: topics(all, ids), tasks, controls }
}

/// The scored rows, of every so many scenarios where there are very many.
fn rows(all: &[Placed]) -> Vec<Row<'_>> {
    let mut ladders: HashMap<&str, usize> = HashMap::new();
    let mut rows = Vec::new();
    let step = all.len().div_ceil(MANY_SCENARIOS).max(1);
    for (scenario, placed) in all.iter().enumerate().step_by(step) {
        let ladder =
            placed.scenario.ladder.as_deref().map_or(scenario, |ladder| *ladders.entry(ladder).or_insert(scenario));
        let file = placed.id.file.as_str();
        let layers = placed.scenario.layers.iter().zip(&placed.lines).filter(|(layer, _)| !layer.contested);
        rows.extend(layers.map(|(layer, line)| Row { scenario, ladder, layer, file, line: *line }));
    }
    rows
}

fn worst(rows: &[Row<'_>], guesses: &[Guess], score: fn(&Guess) -> f64, text: fn(&Layer) -> &str) -> Vec<Leak> {
    let mut leaks: Vec<(f64, &Row<'_>)> = guesses.iter().map(score).zip(rows).collect();
    leaks.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let leak = |(score, row): (f64, &Row<'_>)| Leak {
        file: row.file.to_owned(),
        line: row.line,
        text: text(row.layer).to_owned(),
        score,
    };
    leaks.into_iter().take(WORST).map(leak).collect()
}

fn wording(guesses: &[Guess], enough: Enough) -> Vec<Figure> {
    const HINT: &str = "use one wording for both owners and let the story decide: see docs/authoring.md";
    let owner = |name, most| Rule { code: "wording-leak", name, least: 0.0, most, hint: HINT };
    let control = Rule {
        code: "control-leak",
        name: "right control guessed from the controls' wording alone",
        least: 0.0,
        most: 52.0,
        hint: "give right and wrong controls the same verbs and nouns: `respline check --report` names the worst rows",
    };
    let two_sided = guesses.iter().filter(|guess| guess.two_sided).map(|guess| guess.scenario);
    vec![
        Figure::of(
            owner("owner guessed from the task alone, all rows", 65.0),
            guesses.iter().map(|guess| guess.scenario).collect(),
            enough,
        ),
        Figure::of(
            owner("owner guessed from the task alone, rows whose subject has both owners", 60.0),
            two_sided.collect(),
            enough,
        ),
        Figure::of(
            owner("owner guessed from the task alone, ladders held out", 68.0),
            guesses.iter().map(|guess| guess.ladder).collect(),
            enough,
        ),
        Figure::of(control, guesses.iter().map(|guess| guess.points).collect(), enough),
    ]
}

const LONGEST: Rule = Rule {
    code: "right-longest",
    name: "right control is the longest of its layer",
    least: 0.0,
    most: 35.0,
    hint: "write wrong controls as fully as right ones",
};

const SHORTEST: Rule = Rule {
    code: "right-shortest",
    name: "right control is the shortest of its layer",
    hint: "write right controls as fully as wrong ones",
    ..LONGEST
};

const FIRST: Rule = Rule {
    code: "right-first",
    name: "right control stands first",
    least: 15.0,
    most: 40.0,
    hint: "vary its place in the file",
};

fn positions(rows: &[Row<'_>]) -> [Figure; 3] {
    let right = |row: &Row<'_>, beats: fn(usize, usize) -> bool| {
        let right = row.layer.decision().chars().count();
        let mut wrong = row.layer.controls.iter().filter(|control| !control.correct);
        wrong.all(|wrong| beats(right, wrong.text.chars().count()))
    };
    let enough = Enough::from(rows.len(), FEW_ROWS);
    [
        Figure::of(LONGEST, rows.iter().map(|row| right(row, |right, wrong| right > wrong)).collect(), enough),
        Figure::of(SHORTEST, rows.iter().map(|row| right(row, |right, wrong| right < wrong)).collect(), enough),
        Figure::of(FIRST, rows.iter().map(|row| row.layer.right_control() == 0).collect(), enough),
    ]
}

const PROVIDER: Rule = Rule {
    code: "provider-share",
    name: "rows of the provider",
    least: 35.0,
    most: 50.0,
    hint: "between 35 and 50 %, so that guessing one side pays no better than the other",
};

const IDLE: Rule = Rule { code: "", name: "a do-nothing control is offered", least: 100.0, most: 100.0, hint: "" };

const IDLE_RIGHT: Rule = Rule {
    code: "idle-wrong",
    name: "doing nothing is right in rows of the provider",
    hint: "the right control of a provider's row does nothing: begin it with \"Nothing\", \"No …\" or \"Leave …\"",
    ..IDLE
};

const IDLE_ALWAYS: Rule = Rule {
    code: "idle-pays",
    name: "points for doing nothing everywhere",
    least: 0.0,
    hint: "in a customer's row doing nothing is wrong: the owner's control is some work",
    ..IDLE
};

fn idleness(rows: &[Row<'_>], enough: Enough) -> [Figure; 4] {
    let idle = |row: &&Row<'_>| drawn(row.layer, |_, control| is_idle(&control.text));
    let provider: Share = rows.iter().map(Row::is_provider).collect();
    let offered = rows.iter().map(|row| row.layer.controls.iter().any(|control| is_idle(&control.text)));
    let right = rows.iter().filter(|row| row.is_provider()).map(|row| is_idle(row.layer.decision()));
    [
        Figure::of(PROVIDER, provider, Enough::from(rows.len(), FEW_ROWS)),
        Figure::of(IDLE, offered.collect(), enough),
        Figure::of(IDLE_RIGHT, right.collect(), enough),
        Figure::of(IDLE_ALWAYS.capped(provider.percent()), rows.iter().map(|row| idle(&row)).collect(), enough),
    ]
}

const OVERLAP: Rule = Rule {
    code: "word-overlap",
    name: "points for the control that shares most words with the task",
    least: 0.0,
    most: 40.0,
    hint: "let wrong controls name what the task names as often as right ones do",
};

const ABSOLUTES: Rule = Rule {
    code: "absolute-words",
    name: "points for shunning \"always\", \"never\" and \"only\" (chance + 2)",
    hint: "use such words in right controls as often as in wrong ones, or in none",
    ..OVERLAP
};

fn habits(rows: &[Row<'_>], guesses: &[Guess], enough: Enough) -> [Figure; 2] {
    let chance: Share = rows.iter().map(|row| drawn(row.layer, |_, _| true)).collect();
    let absolutes = ABSOLUTES.capped(chance.percent() + NEAR_CHANCE);
    [
        Figure::of(OVERLAP, guesses.iter().map(|guess| guess.overlap).collect(), enough),
        Figure::of(absolutes, guesses.iter().map(|guess| guess.absolutes).collect(), enough),
    ]
}

/// Everything about a pack as a whole that could be better; `ids` says where threats and pitfalls are given.
pub(super) fn warnings(balance: &Balance, ids: &BTreeMap<(Named, String), Place>) -> Vec<Problem> {
    let head = ids.values().next().map_or_else(Place::default, |place| Place::head(&place.file));
    let bad = balance.figures.iter().filter(|figure| figure.verdict == Verdict::Bad && !figure.code.is_empty());
    let bad = bad.map(|figure| Problem::warning(figure.code, head.clone(), &figure.message(), figure.hint));
    let needed = (balance.layers / ROWS_PER_TOPIC).max(1);
    let topics = ids.iter().filter(|((named, _), _)| matches!(named, Named::Threat | Named::Pitfall));
    let thin = topics.filter_map(|((named, id), place)| {
        let topic = balance.coverage.iter().find(|topic| topic.kind == named.word() && topic.id == *id)?;
        let message = format!("{} {} is met in {} layers, fewer than {needed}", named.word(), quoted(id), topic.layers);
        let hint = "add layers that show it: one in forty at least";
        (topic.layers < needed).then(|| Problem::warning("thin-coverage", place.clone(), &message, hint))
    });
    bad.chain(thin).collect()
}
