//! The picture of the stack: its layers top to bottom, its two sides, and the line between them.
//!
//! One picture serves the exercise, the lesson's `:::line` and the debrief. It is rows of spans, so the view only colours it.

use crate::{
    course::{Attempt, Mark, Owner, Scenario, Step},
    document::{Glyphs, Role, Row, Span, clip, width},
};

/// What a span of the picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Ink {
    /// A layer on its side.
    Layer,
    /// A layer nobody has assigned yet, and side remarks.
    Faint,
    /// The layer at hand.
    Current,
    /// What was right.
    Right,
    /// What was wrong.
    Wrong,
    /// The line.
    Line,
    /// The names of the sides.
    Side,
}

impl Ink {
    /// The role it has in a row.
    pub const fn role(self) -> Role {
        Role::Drawn(self as u8)
    }

    /// The ink of a role's number.
    pub const fn of(number: u8) -> Self {
        match number {
            1 => Self::Faint,
            2 => Self::Current,
            3 => Self::Right,
            4 => Self::Wrong,
            5 => Self::Line,
            6 => Self::Side,
            _ => Self::Layer,
        }
    }
}

/// How a layer stands in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Its number in the stack, counted from one.
    pub number: usize,
    /// Its name.
    pub label: String,
    /// It is the layer at hand.
    pub current: bool,
    /// The side it is drawn on; none while it is not assigned.
    pub side: Option<Owner>,
    /// How far it has slid from the middle to its side, 0 to 100.
    pub slid: u16,
    /// What is known about the answer.
    pub verdict: Verdict,
}

/// What the picture says about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing, or not yet.
    None,
    /// Answered, not explained: an exam.
    Answered,
    /// Both right.
    Right,
    /// The owner right, the control wrong.
    Half,
    /// The owner wrong: this side was said.
    Wrong(Owner),
    /// Contested: not scored.
    Contested,
}

/// From this width on the two sides stand beside each other; below it each row names its side.
const TWO_SIDES: u16 = 64;

/// The key of a scenario, for a lesson: every layer on its side.
pub fn key(scenario: &Scenario, columns: u16, glyphs: Glyphs) -> Vec<Row> {
    let stands: Vec<Stand> = scenario
        .layers
        .iter()
        .enumerate()
        .map(|(place, layer)| Stand {
            number: place + 1,
            label: layer.label.clone(),
            current: false,
            side: Some(layer.owner),
            slid: 100,
            verdict: if layer.contested { Verdict::Contested } else { Verdict::None },
        })
        .collect();
    picture(&stands, columns, glyphs)
}

/// A scenario whose line is kept closed: its layers on neither side, and why.
pub fn sealed(scenario: &Scenario, why: &str, columns: u16, glyphs: Glyphs) -> Vec<Row> {
    let stand = |(place, layer): (usize, &crate::course::Layer)| Stand {
        number: place + 1,
        label: layer.label.clone(),
        current: false,
        side: None,
        slid: 100,
        verdict: Verdict::None,
    };
    let stands: Vec<Stand> = scenario.layers.iter().enumerate().map(stand).collect();
    let why = crate::document::layout(&crate::document::Document::of_words(why), columns, glyphs, &|_, _| Vec::new());
    picture(&stands, columns, glyphs).into_iter().chain(why.rows).collect()
}

/// The stands of an attempt's rows as the learner has assigned them so far.
pub fn stands(attempt: &Attempt, slid: u16) -> Vec<Stand> {
    (0..attempt.rows.len()).filter_map(|row| stand(attempt, row, slid)).collect()
}

fn stand(attempt: &Attempt, row: usize, slid: u16) -> Option<Stand> {
    let layer = attempt.layer_of(row)?;
    let current = row == attempt.cursor && attempt.step() != Step::Done;
    let open = current && attempt.step() != Step::Explained;
    let said = attempt.answers.get(row).copied().flatten();
    let (side, verdict) = match said {
        Some(_) if open => (attempt.draft.owner, Verdict::None),
        Some(said) if attempt.mode.is_exam() => (Some(said.owner), Verdict::Answered),
        Some(said) => (Some(layer.owner), verdict(&crate::course::mark(layer, &said), said.owner)),
        None if current => (attempt.draft.owner, Verdict::None),
        None => (None, Verdict::None),
    };
    let number = attempt.rows.get(row).map_or(0, |place| place + 1);
    let slid = if current { slid } else { 100 };
    Some(Stand { number, label: layer.label.clone(), current, side, slid, verdict })
}

const fn verdict(mark: &Mark, said: Owner) -> Verdict {
    match (mark.out_of, mark.owner, mark.control) {
        (0, _, _) => Verdict::Contested,
        (_, true, true) => Verdict::Right,
        (_, true, false) => Verdict::Half,
        (_, false, _) => Verdict::Wrong(said),
    }
}

/// The numbers and names alone, where there is no room for more.
pub(super) fn names(stands: &[Stand], columns: u16, glyphs: Glyphs) -> Vec<Row> {
    let columns = usize::from(columns);
    let row = |stand: &Stand| vec![span(pad(&name(stand, glyphs), columns), ink(stand))];
    let heading = vec![span(pad("the stack, top to bottom", columns), Ink::Side)];
    std::iter::once(heading).chain(stands.iter().map(row)).map(|spans| Row { spans, block: 0 }).collect()
}

/// Columns below which a row of the narrow picture would be shortened.
pub(super) const WHOLE: u16 = 38;

/// The picture: the names of the sides, then a row for each layer.
pub fn picture(stands: &[Stand], columns: u16, glyphs: Glyphs) -> Vec<Row> {
    let columns = usize::from(columns);
    let two = columns >= usize::from(TWO_SIDES);
    let heading = if two { two_headings(columns, glyphs) } else { one_heading(columns, glyphs) };
    let row = |stand: &Stand| if two { two_sided(stand, columns, glyphs) } else { one_sided(stand, columns, glyphs) };
    std::iter::once(heading).chain(stands.iter().map(row)).map(|spans| Row { spans, block: 0 }).collect()
}

fn span(text: impl Into<String>, ink: Ink) -> Span {
    Span::new(text, ink.role())
}

/// Columns left and right of the line.
const fn halves(columns: usize) -> (usize, usize) {
    let left = (columns - 1) / 2;
    (left, columns - 1 - left)
}

fn two_headings(columns: usize, glyphs: Glyphs) -> Vec<Span> {
    let (left, right) = halves(columns);
    let dot = glyphs.pick("·", "-");
    let name = |text: String, room: usize| format!("{text:^room$}");
    vec![
        span(name(format!("IN the cloud {dot} yours"), left), Ink::Side),
        span(glyphs.pick("┃", "|"), Ink::Line),
        span(name(format!("OF the cloud {dot} the provider's"), right), Ink::Side),
    ]
}

fn one_heading(columns: usize, glyphs: Glyphs) -> Vec<Span> {
    let left = columns.saturating_sub(SIDE + 1);
    vec![
        span(pad("the stack, top to bottom", left), Ink::Side),
        span(glyphs.pick("┃", "|"), Ink::Line),
        span(pad("side", SIDE), Ink::Side),
    ]
}

/// Columns of the side's name in the narrow picture: "provider".
const SIDE: usize = 8;

fn pad(text: &str, columns: usize) -> String {
    let text = clip(text, columns, Glyphs::Unicode);
    let blank = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(blank))
}

fn name(stand: &Stand, glyphs: Glyphs) -> String {
    let pointer = if stand.current { glyphs.pick("▸", ">") } else { " " };
    format!("{pointer}{:>2} {}", stand.number, stand.label)
}

const fn ink(stand: &Stand) -> Ink {
    if stand.current {
        Ink::Current
    } else if stand.side.is_none() {
        Ink::Faint
    } else {
        Ink::Layer
    }
}

/// The mark of a verdict, a character and its ink.
const fn mark(verdict: Verdict, glyphs: Glyphs) -> (&'static str, Ink) {
    match verdict {
        Verdict::None => (" ", Ink::Faint),
        Verdict::Answered => (glyphs.pick("•", "*"), Ink::Faint),
        Verdict::Right => (glyphs.pick("✓", "+"), Ink::Right),
        Verdict::Half => (glyphs.pick("½", "/"), Ink::Wrong),
        Verdict::Wrong(_) => (glyphs.pick("✗", "x"), Ink::Wrong),
        Verdict::Contested => ("?", Ink::Faint),
    }
}

fn two_sided(stand: &Stand, columns: usize, glyphs: Glyphs) -> Vec<Span> {
    let (left, right) = halves(columns);
    match stand.side {
        None => floating(stand, columns, middle(columns), glyphs),
        Some(side) if stand.slid < 100 => floating(stand, columns, sliding(stand, side, columns), glyphs),
        Some(Owner::Customer) => {
            let (sign, sign_ink) = mark(stand.verdict, glyphs);
            vec![
                span(pad(&name(stand, glyphs), left - 3), ink(stand)),
                span(format!("{sign}  "), sign_ink),
                span(glyphs.pick("┃", "|"), Ink::Line),
                span(pad(remark(stand), right), Ink::Wrong),
            ]
        }
        Some(Owner::Provider) => {
            let (sign, sign_ink) = mark(stand.verdict, glyphs);
            vec![
                span(pad(remark(stand), left), Ink::Wrong),
                span(glyphs.pick("┃", "|"), Ink::Line),
                span(pad(&name(stand, glyphs), right - 3), ink(stand)),
                span(format!("{sign}  "), sign_ink),
            ]
        }
    }
}

/// What stands on the other side of a row that was put there.
const fn remark(stand: &Stand) -> &'static str {
    match stand.verdict {
        Verdict::Wrong(Owner::Customer) => "   you said yours",
        Verdict::Wrong(Owner::Provider) => "   you said the provider",
        Verdict::Half => "   owner right, control wrong",
        Verdict::Contested => "   contested",
        Verdict::None | Verdict::Answered | Verdict::Right => "",
    }
}

/// A row that stands on neither side: across the line, which is not drawn there yet.
fn floating(stand: &Stand, columns: usize, from: usize, glyphs: Glyphs) -> Vec<Span> {
    let text = name(stand, glyphs);
    let after = columns.saturating_sub(from + width(&text));
    vec![span(" ".repeat(from), Ink::Faint), span(text, ink(stand)), span(" ".repeat(after), Ink::Faint)]
}

/// Columns of the longest name: pointer, number, label.
const NAME: usize = 28;

/// The first column of the rows that stand on neither side, all of them under each other.
const fn middle(columns: usize) -> usize {
    columns.saturating_sub(NAME) / 2
}

/// The first column of a row on its way from the middle to its side.
fn sliding(stand: &Stand, side: Owner, columns: usize) -> usize {
    let middle = middle(columns);
    let slid = usize::from(stand.slid);
    match side {
        Owner::Customer => middle - middle * slid / 100,
        Owner::Provider => middle + (halves(columns).0 + 1).saturating_sub(middle) * slid / 100,
    }
}

/// The narrow picture: the line at the right, and beyond it the name of the side.
fn one_sided(stand: &Stand, columns: usize, glyphs: Glyphs) -> Vec<Span> {
    let left = columns.saturating_sub(SIDE + 2);
    let (sign, sign_ink) = mark(stand.verdict, glyphs);
    let (line, side) = match stand.side {
        None => (glyphs.pick("┆", ":"), ""),
        Some(Owner::Customer) => (glyphs.pick("┃", "|"), "yours"),
        Some(Owner::Provider) => (glyphs.pick("┃", "|"), "provider"),
    };
    vec![
        span(pad(&name(stand, glyphs), left), ink(stand)),
        span(sign, sign_ink),
        span(line, Ink::Line),
        span(pad(side, SIDE), ink(stand)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(side: Option<Owner>, verdict: Verdict) -> Stand {
        Stand { number: 3, label: "Container image".into(), current: false, side, slid: 100, verdict }
    }

    fn drawn(stand: Stand, columns: u16) -> String {
        picture(&[stand], columns, Glyphs::Unicode)[1].text()
    }

    #[test]
    fn a_row_stands_on_its_side_of_the_line() {
        let yours = drawn(stand(Some(Owner::Customer), Verdict::Right), 76);
        assert!(yours.find("Container image") < yours.find('┃'), "{yours}");
        assert!(yours.contains('✓'));
        let theirs = drawn(stand(Some(Owner::Provider), Verdict::Wrong(Owner::Customer)), 76);
        assert!(theirs.find('┃') < theirs.find("Container image"), "{theirs}");
        assert!(theirs.contains("you said yours"));
    }

    #[test]
    fn a_row_that_is_not_assigned_has_no_line() {
        assert!(!drawn(stand(None, Verdict::None), 76).contains('┃'));
        assert!(drawn(stand(None, Verdict::None), 38).contains('┆'));
    }

    #[test]
    fn every_row_fills_its_width_and_none_is_wider() {
        for columns in 12..=120 {
            for side in [None, Some(Owner::Customer), Some(Owner::Provider)] {
                for verdict in [Verdict::None, Verdict::Half, Verdict::Wrong(Owner::Provider)] {
                    for slid in [0, 50, 100] {
                        let rows = picture(&[Stand { slid, ..stand(side, verdict) }], columns, Glyphs::Unicode);
                        let widths: Vec<usize> = rows.iter().map(Row::width).collect();
                        assert!(
                            widths.iter().all(|wide| *wide <= usize::from(columns).max(30)),
                            "{columns} {widths:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_narrowest_screen_shows_the_longest_label_whole() {
        let long = Stand {
            label: "Abcdefghijklmnopqrstuvwx".into(),
            number: 12,
            ..stand(Some(Owner::Provider), Verdict::Right)
        };
        let text = drawn(long, 38);
        assert!(text.contains("Abcdefghijklmnopqrstuvwx✓┃provider"), "{text}");
    }
}
