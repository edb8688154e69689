//! The mirror's sections of the progress page: which way the learner leans, what they believe, know and will know.

use std::fmt::Write as _;

use crate::{
    app::plot::{Bar, Plot},
    course::{
        Course, Model,
        mirror::{Belief, DAYS, Mastery, Mirror, RECENT, RIGHT, SCENARIOS, Share, Standing, Strength, WINDOW},
    },
};

use super::{cell, count, pitfall_name, threat_name};

/// A text and the plots in it, by the names of their directives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    /// Markdown.
    pub text: String,
    /// Plots in the order they stand.
    pub plots: Vec<Plot>,
}

impl Sections {
    /// Adds a plot after what was written so far.
    pub fn plot(&mut self, plot: Plot) {
        let _ = write!(self.text, ":::line plot-{}\n\n", self.plots.len());
        self.plots.push(plot);
    }

    /// The plot that a directive names.
    pub fn named(&self, id: &str) -> Option<&Plot> {
        let place: usize = id.strip_prefix("plot-")?.parse().ok()?;
        self.plots.get(place)
    }

    fn say(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }
}

/// Shares below each other; one of nothing is left out.
fn bars(shares: [(&str, Share); 2]) -> Plot {
    let bar = |(label, share): (&str, Share)| Bar {
        label: label.to_owned(),
        percent: share.percent(),
        note: format!("{} of {}", share.of, share.all),
    };
    Plot::Bars(shares.into_iter().filter(|(_, share)| share.all > 0).map(bar).collect())
}

/// Over-trust against over-claim.
pub(super) fn leaning(page: &mut Sections, mirror: &Mirror) {
    page.say("## Which way you lean");
    page.plot(bars([("over-trust", mirror.over_trust), ("over-claim", mirror.over_claim)]));
    page.say(
        "Over-trust: rows of yours that you left to the provider. Over-claim: rows of the provider's that you took on.",
    );
    if mirror.answers > RECENT {
        let (trust, claim) = mirror.lately;
        page.say(&format!(
            "In your latest {RECENT} answers: over-trust {} of {}, over-claim {} of {}.",
            trust.of, trust.all, claim.of, claim.all
        ));
    }
}

/// The pitfalls, each with its course over time and the evidence.
pub(super) fn beliefs(
    page: &mut Sections,
    course: &Course,
    mirror: &Mirror,
    ago: &dyn Fn(crate::course::Timestamp) -> String,
) {
    page.say("## What you believe");
    if mirror.beliefs.is_empty() {
        page.say("No wrong control of yours has shown a pitfall.");
        return;
    }
    for belief in &mirror.beliefs {
        page.say(&format!("### {}: {}", pitfall_name(course, &belief.pitfall), strength(belief.strength)));
        page.say(&standing(belief));
        if mirror.answers >= belief.over_time.len() {
            page.plot(course_of(belief));
        }
        let correction = course.pitfall(&belief.pitfall).map_or("", |pitfall| &pitfall.correction);
        page.say(correction);
        page.text.push_str(&evidence(course, belief, ago));
    }
}

fn course_of(belief: &Belief) -> Plot {
    let counts = belief.over_time.to_vec();
    let top = counts.iter().copied().max().unwrap_or_default();
    Plot::Course { counts, top, what: "Shown in each tenth of your answers".into() }
}

const fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Gone => "gone",
        Strength::Weak => "weak",
        Strength::Held => "held",
        Strength::Strong => "strong",
    }
}

fn standing(belief: &Belief) -> String {
    let shown = count(belief.shown, "time");
    match (belief.strength, belief.since) {
        (Strength::Gone, since) => format!("Shown {shown}, and not in your last {since} answers."),
        (_, 0) => {
            format!("Shown {shown}, {} in your latest {WINDOW} answers, the last of them among these.", belief.lately)
        }
        (_, since) => {
            format!(
                "Shown {shown}, {} in your latest {WINDOW} answers, last {} ago.",
                belief.lately,
                count(since, "answer")
            )
        }
    }
}

/// Where a belief was shown last.
fn evidence(course: &Course, belief: &Belief, ago: &dyn Fn(crate::course::Timestamp) -> String) -> String {
    let mut text = String::new();
    for one in &belief.evidence {
        let title = course.catalog.find(&one.scenario).map_or(one.scenario.as_str(), |line| line.title);
        let sure = if one.sure { "sure" } else { "unsure" };
        let _ = writeln!(text, "- {title}, row \"{}\", {sure}, {}", one.layer.replace('-', " "), ago(one.at));
    }
    text + "\n"
}

/// How often they were right when they were sure.
pub(super) fn calibration(page: &mut Sections, mirror: &Mirror) {
    page.say("## How well you know what you know");
    page.plot(bars([("right when sure", mirror.sure), ("right when unsure", mirror.unsure)]));
    page.say(match (mirror.sure.percent(), mirror.unsure.all) {
        (90.., _) => "When you are sure, you are right.",
        (_, 0) => "You have marked nothing as unsure, and not all of it was right: `u` marks what you are not sure of.",
        (sure, _) if sure < mirror.unsure.percent() => {
            "You are right more often where you doubt: look twice where you are sure."
        }
        (..70, _) => "You are often sure and wrong: such rows come first in the review.",
        _ => "Mostly right when sure. What is sure and wrong comes first in the review.",
    });
}

/// What will still be known.
pub(super) fn retention(page: &mut Sections, known: &[(&str, u32)]) {
    if known.is_empty() {
        return;
    }
    page.say("## What you will still know");
    let bars = known.iter().map(|(when, percent)| Bar {
        label: (*when).to_owned(),
        percent: *percent,
        note: "of what was explained to you".to_owned(),
    });
    page.plot(Plot::Bars(bars.collect()));
    page.say("A forecast without any review in between, by the model that schedules the review (FSRS).");
}

/// On which days they worked.
pub(super) fn calendar(page: &mut Sections, mirror: &Mirror) {
    let calendar = &mirror.calendar;
    if calendar.weeks.is_empty() {
        return;
    }
    page.say("## When you worked");
    page.plot(Plot::Calendar(calendar.clone()));
    let streak = if calendar.streak > 1 { format!(", the last {} in a row", calendar.streak) } else { String::new() };
    page.say(&format!(
        "A column is a week. {} in half a year{streak}; at most {} on one.",
        count(calendar.active, "day"),
        count(calendar.most, "answer")
    ));
}

/// What is mastered.
pub(super) fn mastery(page: &mut Sections, course: &Course, mirror: &Mirror) {
    page.say("## What you have mastered");
    page.say(&format!(
        "Mastered is a topic when at least {RIGHT} % of its rows were right the last time you answered them, in {SCENARIOS} scenarios or more, on {DAYS} days or more: not by one lucky try."
    ));
    table(page, "threat", &mirror.threats, |id| threat_name(course, id).to_owned());
    let model =
        |word: &str| Model::ALL.iter().find(|model| model.word() == word).map_or(word, |model| model.name()).to_owned();
    table(page, "service model", &mirror.models, model);
}

fn table(page: &mut Sections, what: &str, rows: &[Mastery], name: impl Fn(&str) -> String) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(page.text, "| {what} | standing | right | scenarios | days |\n|---|---|---:|---:|---:|");
    for row in rows {
        let (name, standing) = (cell(&name(&row.key)), verdict(row.standing));
        let _ = writeln!(
            page.text,
            "| {name} | {standing} | {}/{} | {} | {} |",
            row.right, row.rows, row.scenarios, row.days
        );
    }
    page.text.push('\n');
}

const fn verdict(standing: Standing) -> &'static str {
    match standing {
        Standing::Begun => "too little yet",
        Standing::Shaky => "shaky",
        Standing::Promising => "promising",
        Standing::Mastered => "mastered",
    }
}
