//! Figures over the rows of a pack, and what each is held to.

use serde::Serialize;

use crate::course::{Control, Layer};

/// What a figure is held to, and what to do where it is not met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// The code of the warning; empty where each row that breaks the rule is told itself.
    pub code: &'static str,
    pub name: &'static str,
    /// In per cent, as `most`.
    pub least: f64,
    pub most: f64,
    pub hint: &'static str,
}

impl Rule {
    /// The rule with another upper bound.
    pub(super) const fn capped(self, most: f64) -> Self {
        Self { most, ..self }
    }
}

/// Points won on some rows, at most one on each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Share {
    points: f64,
    rows: usize,
}

impl FromIterator<f64> for Share {
    fn from_iter<I: IntoIterator<Item = f64>>(points: I) -> Self {
        points.into_iter().fold(Self::default(), |sum, points| Self { points: sum.points + points, rows: sum.rows + 1 })
    }
}

impl FromIterator<bool> for Share {
    fn from_iter<I: IntoIterator<Item = bool>>(holds: I) -> Self {
        holds.into_iter().map(|holds| f64::from(u8::from(holds))).collect()
    }
}

impl Share {
    #[expect(clippy::cast_precision_loss, reason = "a pack has fewer rows than 2^52")]
    pub(super) fn percent(self) -> f64 {
        if self.rows == 0 { 0.0 } else { self.points * 100.0 / self.rows as f64 }
    }
}

/// Points for choosing at random among the picked controls of a row; none where nothing is picked.
#[expect(clippy::cast_precision_loss, reason = "a row has a handful of controls")]
pub(super) fn drawn(layer: &Layer, picked: impl Fn(usize, &Control) -> bool) -> f64 {
    let picked = layer.controls.iter().enumerate().filter(|(place, control)| picked(*place, control));
    let (right, all) = picked.fold((false, 0_usize), |(right, all), (_, control)| (right || control.correct, all + 1));
    if right { 1.0 / all as f64 } else { 0.0 }
}

/// Whether a figure is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Within its limits.
    Good,
    /// Beyond one of them.
    Bad,
    /// The pack is too small for the figure to say anything.
    TooFew,
}

/// A figure over the rows of a pack.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What is measured.
    pub name: &'static str,
    /// The figure, in per cent of `rows`.
    pub percent: f64,
    /// On how many rows it was measured.
    pub rows: usize,
    /// The least it should be, in per cent.
    pub at_least: f64,
    /// The most it should be, in per cent.
    pub at_most: f64,
    /// What to make of it.
    pub verdict: Verdict,
    #[serde(skip)]
    pub(super) code: &'static str,
    #[serde(skip)]
    pub(super) hint: &'static str,
}

/// What rounding may add to a sum of thirds, quarters and fifths.
const ROUNDING: f64 = 1e-6;

impl Figure {
    /// The figure under `rule`, in a pack that is large enough for it or is not.
    pub(super) fn of(rule: Rule, share: Share, enough: Enough) -> Self {
        let Rule { code, name, least, most, hint } = rule;
        let percent = share.percent();
        let verdict = match enough {
            Enough::No => Verdict::TooFew,
            Enough::Yes if share.rows == 0 => Verdict::TooFew,
            Enough::Yes if percent > most + ROUNDING || percent < least - ROUNDING => Verdict::Bad,
            Enough::Yes => Verdict::Good,
        };
        Self { name, percent, rows: share.rows, at_least: least, at_most: most, verdict, code, hint }
    }

    /// What it should be, in words.
    pub fn limit(&self) -> String {
        match (self.at_least > 0.0, self.at_most < 100.0) {
            (true, true) => format!("{} to {} %", tenths(self.at_least), tenths(self.at_most)),
            (true, false) => format!("at least {} %", tenths(self.at_least)),
            (false, _) => format!("at most {} %", tenths(self.at_most)),
        }
    }

    /// The figure as a message says it.
    pub(super) fn message(&self) -> String {
        format!("{}: {:.1} % of {} rows ({})", self.name, self.percent, self.rows, self.limit())
    }
}

/// A bound with one decimal, or none where there is none.
fn tenths(percent: f64) -> String {
    let text = format!("{percent:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// Whether a pack is large enough for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Enough {
    Yes,
    No,
}

impl Enough {
    pub(super) const fn from(count: usize, least: usize) -> Self {
        if count >= least { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule { code: "c", name: "a figure", least: 15.0, most: 40.0, hint: "mend it" };

    fn verdict(holds: usize, enough: Enough) -> Verdict {
        let share: Share = (0..20).map(|row| row < holds).collect();
        Figure::of(RULE, share, enough).verdict
    }

    #[test]
    fn a_figure_on_its_limit_is_good_and_one_beyond_is_bad() {
        assert_eq!(
            [2, 3, 8, 9].map(|holds| verdict(holds, Enough::Yes)),
            [Verdict::Bad, Verdict::Good, Verdict::Good, Verdict::Bad]
        );
        assert_eq!(verdict(9, Enough::No), Verdict::TooFew);
        assert_eq!(Figure::of(RULE, Share::default(), Enough::Yes).verdict, Verdict::TooFew, "no rows say nothing");
    }

    #[test]
    fn parts_of_a_point_do_not_add_up_to_a_verdict() {
        let thirds: Share = std::iter::repeat_n(1.0 / 3.0, 3_000).collect();
        assert_eq!(Figure::of(RULE.capped(100.0 / 3.0), thirds, Enough::Yes).verdict, Verdict::Good);
    }

    #[test]
    fn a_figure_says_its_limits_in_words() {
        let words = |least, most| Figure::of(Rule { least, most, ..RULE }, Share::default(), Enough::Yes).limit();
        assert_eq!(words(15.0, 40.0), "15 to 40 %");
        assert_eq!(words(100.0, 100.0), "at least 100 %");
        assert_eq!(words(0.0, 43.26), "at most 43.3 %");
        let share: Share = [true, false, false].into_iter().collect();
        assert_eq!(Figure::of(RULE, share, Enough::Yes).message(), "a figure: 33.3 % of 3 rows (15 to 40 %)");
    }
}
