//! The way of a breach, drawn beside the stack: a column for each step, so that it reads as time from left to right and as place
//! from row to row.

use crate::{
    app::{
        Size,
        stack::{self, Ink, Stand, Verdict},
    },
    course::Scenario,
    document::{Glyphs, Role, Row, Span},
};

/// A way, and how much of it is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// Place in the stack of each step.
    pub steps: Vec<usize>,
    /// How many of them are shown.
    pub shown: usize,
    /// How far the way to the last of these has grown, 0 to 100.
    pub grown: u16,
    /// A control breaks the way where it begins.
    pub cut: bool,
}

/// The stack with the way beside it, for a window of this size. Only rows that are `known` stand on their side of the line.
pub(super) fn picture(
    scenario: &Scenario,
    trail: &Trail,
    known: &[usize],
    (window, glyphs): (Size, Glyphs),
) -> Vec<Row> {
    let height = usize::from(window.height);
    let (places, heading) = kept(scenario.layers.len(), trail, height);
    let columns = trail.columns();
    let beside = window.width.saturating_sub(u16::try_from(columns).unwrap_or(u16::MAX));
    let stands: Vec<Stand> = places.iter().filter_map(|place| stand(scenario, trail, known, *place)).collect();
    let draw = if beside < stack::WHOLE { stack::names } else { stack::picture };
    let rows = draw(&stands, beside, glyphs).into_iter().skip(usize::from(!heading));
    let signs = heading.then_some(None).into_iter().chain(places.iter().map(|place| Some(*place)));
    let row = |(row, place): (Row, Option<usize>)| {
        let seen = place.is_none_or(|place| trail.seen(place));
        let way = place.map_or_else(|| vec![blank(columns)], |place| trail.signs(place, glyphs));
        let beside = row.spans.into_iter().map(|span| if seen { span } else { faint(span) });
        Row { spans: way.into_iter().chain(beside).collect(), block: 0 }
    };
    rows.zip(signs).map(row).collect()
}

/// The layers that are drawn, and whether the sides are named above them: all where there is room, else those on the way, around
/// the one at hand.
fn kept(layers: usize, trail: &Trail, height: usize) -> (Vec<usize>, bool) {
    if layers <= height {
        return ((0..layers).collect(), layers < height);
    }
    let mut on_way = trail.steps.clone();
    on_way.sort_unstable();
    on_way.dedup();
    let here = on_way.iter().position(|place| Some(*place) == trail.here()).unwrap_or_default();
    let first = here.saturating_sub(height / 2).min(on_way.len().saturating_sub(height));
    let heading = on_way.len() < height;
    (on_way.into_iter().skip(first).take(height).collect(), heading)
}

fn stand(scenario: &Scenario, trail: &Trail, known: &[usize], place: usize) -> Option<Stand> {
    let layer = scenario.layers.get(place)?;
    Some(Stand {
        number: place + 1,
        label: layer.label.clone(),
        current: trail.here() == Some(place),
        side: known.contains(&place).then_some(layer.owner),
        slid: 100,
        verdict: if layer.contested { Verdict::Contested } else { Verdict::None },
    })
}

fn faint(span: Span) -> Span {
    let role = if span.role == Ink::Layer.role() { Ink::Faint.role() } else { span.role };
    Span { role, ..span }
}

fn blank(columns: usize) -> Span {
    Span::new(" ".repeat(columns), Role::Text)
}

impl Trail {
    /// The step at hand: where the way begins once it is cut there.
    fn here(&self) -> Option<usize> {
        let last = if self.cut { 0 } else { self.shown.saturating_sub(1) };
        self.steps.get(last).copied()
    }

    /// Columns the way takes: the numbers of the steps, what joins them, and a blank.
    const fn columns(&self) -> usize {
        self.steps.len() * 2
    }

    /// The way has come to this layer.
    fn seen(&self, place: usize) -> bool {
        self.steps.iter().take(self.shown).any(|step| *step == place)
    }

    /// The signs of the way on a layer's row.
    fn signs(&self, place: usize, glyphs: Glyphs) -> Vec<Span> {
        let sign = |column: usize| {
            let found = if column.is_multiple_of(2) {
                self.number(column / 2, place)
            } else {
                self.joint(column / 2, place, glyphs)
            };
            found.map_or_else(|| blank(1), |(text, ink)| Span::new(text, ink.role()))
        };
        (0..self.columns()).map(sign).collect()
    }

    /// The number of a step, where it stands on this row and the way has reached it.
    fn number(&self, step: usize, place: usize) -> Option<(String, Ink)> {
        let reached = step + 1 < self.shown || (step + 1 == self.shown && (self.grown >= 100 || step == 0));
        let here = self.steps.get(step).is_some_and(|at| *at == place) && reached;
        let ink = match (self.cut, step) {
            (true, 0) => Ink::Current,
            (true, _) => Ink::Faint,
            (false, _) => Ink::Wrong,
        };
        here.then(|| ((step + 1).to_string(), ink))
    }

    /// The piece on this row of what joins a step to the next one.
    fn joint(&self, step: usize, place: usize, glyphs: Glyphs) -> Option<(String, Ink)> {
        let (from, to) = (*self.steps.get(step)?, *self.steps.get(step + 1)?);
        let (top, bottom) = (from.min(to), from.max(to));
        if step + 1 >= self.shown || !(top..=bottom).contains(&place) {
            return None;
        }
        let grown = if step + 2 == self.shown { usize::from(self.grown) } else { 100 };
        if from.abs_diff(place) * 100 >= (bottom - top + 1) * grown {
            return None;
        }
        if self.cut && step == 0 && place == from {
            return Some((glyphs.pick("✗", "x").to_owned(), Ink::Right));
        }
        let sign = match (place == from, place == to) {
            (true, true) => glyphs.pick("─", "-"),
            (true, false) if to > from => glyphs.pick("╮", "+"),
            (true, false) => glyphs.pick("╯", "+"),
            (false, true) if to > from => glyphs.pick("╰", "+"),
            (false, true) => glyphs.pick("╭", "+"),
            (false, false) => glyphs.pick("│", "|"),
        };
        Some((sign.to_owned(), if self.cut { Ink::Faint } else { Ink::Wrong }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trail(steps: &[usize], shown: usize) -> Trail {
        Trail { steps: steps.to_vec(), shown, grown: 100, cut: false }
    }

    fn drawn(trail: &Trail, glyphs: Glyphs) -> Vec<String> {
        let row = |place| trail.signs(place, glyphs).iter().map(|span| span.text.as_str()).collect::<String>();
        (0..5).map(|place| row(place).trim_end().to_owned()).collect()
    }

    #[test]
    fn a_way_goes_down_along_and_up_again() {
        let way = trail(&[1, 3, 3, 0], 4);
        assert_eq!(drawn(&way, Glyphs::Unicode), ["     ╭4", "1╮   │", " │   │", " ╰2─3╯", ""]);
        assert_eq!(drawn(&way, Glyphs::Ascii), ["     +4", "1+   |", " |   |", " +2-3+", ""]);
    }

    #[test]
    fn it_grows_from_step_to_step() {
        assert_eq!(drawn(&trail(&[0, 3], 1), Glyphs::Unicode), ["1", "", "", "", ""]);
        let half = Trail { grown: 50, ..trail(&[0, 3], 2) };
        assert_eq!(drawn(&half, Glyphs::Unicode), ["1╮", " │", "", "", ""]);
        let whole = trail(&[0, 3], 2);
        assert_eq!(drawn(&whole, Glyphs::Unicode), ["1╮", " │", " │", " ╰2", ""]);
    }

    #[test]
    fn a_control_breaks_it_where_it_begins() {
        let cut = Trail { cut: true, ..trail(&[2, 0], 2) };
        assert_eq!(drawn(&cut, Glyphs::Unicode), [" ╭2", " │", "1✗", "", ""]);
        assert_eq!(drawn(&cut, Glyphs::Ascii)[2], "1x");
    }

    #[test]
    fn a_low_window_keeps_the_rows_on_the_way_and_the_one_at_hand() {
        assert_eq!(kept(8, &trail(&[7, 2, 5], 1), 9), ((0..8).collect(), true));
        assert_eq!(kept(8, &trail(&[7, 2, 5], 1), 8), ((0..8).collect(), false));
        assert_eq!(kept(8, &trail(&[7, 2, 5], 1), 4), (vec![2, 5, 7], true));
        assert_eq!(kept(8, &trail(&[7, 2, 5], 2), 2), (vec![2, 5], false));
        assert_eq!(kept(8, &trail(&[7, 2, 5, 0, 1], 1), 1), (vec![7], false));
    }
}
