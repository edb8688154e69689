//! What is set: what a learner must know before they begin, and what is said when it is handed in.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use crate::{
    app::{Context, Duty, attendance::plain, date, timing},
    classroom::{Away, Counts, Feedback, SeedRule, Standing, State, Task, Try},
    course::{Course, Debrief, Entry, RecordKey, Scenario, Timestamp},
};

use super::{
    count,
    debrief::{explanations, table},
};

/// Before an attempt and after it: what is set, under which rules, and how the learner stands.
pub fn assigned(cx: &Context, duty: &Duty<'_>) -> String {
    let (standing, zone) = (duty.standing(cx), cx.zone(&duty.room.class));
    let mut text = format!("# {}\n\n*{}*\n\n", plain(&duty.assignment.title), plain(&duty.room.class.title));
    let enter = if standing.may_begin { " Press `Enter` to begin." } else { "" };
    let _ = write!(text, "**{}**{enter}\n\n", now(cx, duty, &standing, &zone));
    text.push_str(&tries(cx, duty, &standing, &zone));
    for (name, words) in rules(cx, duty, &standing, &zone) {
        let _ = writeln!(text, "- **{name}:** {words}");
    }
    text
}

/// What can be done now.
fn now(cx: &Context, duty: &Duty<'_>, standing: &Standing, zone: &TimeZone) -> String {
    let at = |at: Option<Timestamp>| at.map_or_else(String::new, |at| date(at, zone));
    match standing.state {
        _ if standing.window.paused => "Your instructor has paused it. Wait until it goes on.".to_owned(),
        State::NotOpen => format!("It opens {}.", at(standing.window.opens)),
        State::NotBegun => "You can begin.".to_owned(),
        State::Working => "You are at work on it.".to_owned(),
        State::HandedIn | State::Late => {
            let words = duty.words(cx);
            let mut chars = words.chars();
            let first = chars.next().map(|char| char.to_uppercase().collect::<String>()).unwrap_or_default();
            format!("{first}{}.", chars.as_str())
        }
        State::Missed => format!("Missed: it closed {}.", at(standing.window.closes)),
    }
}

fn tries(cx: &Context, duty: &Duty<'_>, standing: &Standing, zone: &TimeZone) -> String {
    let told = |(place, one): (usize, &Try)| {
        let done = date(one.done?, zone);
        let by = if one.by_clock { ", handed in by the clock" } else { "" };
        let score = duty.score(cx, one).map_or_else(String::new, |score| format!(", {score} %"));
        Some(format!("- Attempt {}: {done}{by}, {} of {} rows answered{score}\n", place + 1, one.answered, one.rows))
    };
    let told: String = standing.tries.iter().enumerate().filter_map(told).collect();
    if told.is_empty() { told } else { format!("{told}\n") }
}

fn rules(cx: &Context, duty: &Duty<'_>, standing: &Standing, zone: &TimeZone) -> Vec<(&'static str, String)> {
    let what = Some(("What", what(cx, duty)));
    let time = ("Time", duty.assignment.limit_for(duty.learner).map_or_else(|| "no limit.".to_owned(), |_| time(duty)));
    let rules = [
        what,
        standing.window.due.map(|due| ("Due", format!("{}.", date(due, zone)))),
        late(duty, standing, zone).map(|words| ("Late", words)),
        standing.window.closes.map(|closes| ("Closes", format!("{}. Nothing is taken after it.", date(closes, zone)))),
        Some(time),
        Some(("Attempts", attempts(duty, standing))),
        Some(("Explained", explained(duty.assignment.feedback).to_owned())),
        Some(("If your link drops", dropped(duty).to_owned())),
    ];
    rules.into_iter().flatten().collect()
}

/// What there is to do. A draw that all share, or that is the learner's own, is known before it is made.
fn what(cx: &Context, duty: &Duty<'_>) -> String {
    let scenarios = next_draw(cx, duty);
    let rows: usize = scenarios.iter().filter_map(|id| cx.course.catalog.find(id)).map(|line| line.layers).sum();
    let drawn = match (&duty.assignment.task, duty.assignment.seed) {
        (Task::Scenarios(_), _) => "",
        (_, SeedRule::Same) => ", drawn for all alike",
        (_, SeedRule::Each) => ", drawn for you",
    };
    let rules = if duty.is_exam() {
        "Exam rules: no hints, nothing is explained, answers can be changed until you hand in."
    } else {
        "Practice rules: hints, and each row is explained as soon as it is answered."
    };
    format!("{}, {}{drawn}. {rules}", count(scenarios.len(), "scenario"), count(rows, "row"))
}

fn next_draw(cx: &Context, duty: &Duty<'_>) -> Vec<String> {
    let number = u32::try_from(duty.sats().count()).unwrap_or(u32::MAX);
    let used = |id: &str| cx.progress.times_drawn(id);
    let who = (duty.learner.login.as_str(), number);
    match duty.room.class.sit_down(duty.assignment, &cx.course, who, used) {
        Some(Entry::SatDown { scenarios, .. }) => scenarios,
        _ => Vec::new(),
    }
}

fn ms(span: std::time::Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

fn time(duty: &Duty<'_>) -> String {
    let limit = duty.assignment.limit_for(duty.learner).map_or(0, ms);
    let usual = duty.assignment.time_limit.map_or(0, ms);
    let extra = if limit > usual { format!(" ({} and your extra time)", timing::limit(usual)) } else { String::new() };
    format!("{}{extra}, from when you begin. It is handed in as it stands when the time is up.", timing::limit(limit))
}

fn late(duty: &Duty<'_>, standing: &Standing, zone: &TimeZone) -> Option<String> {
    let due = standing.window.due?;
    let late = duty.assignment.late;
    let cost = match (late.per_day, late.floor) {
        (0, _) => "it costs nothing".to_owned(),
        (cost, 0) => format!("each day or part of one costs {cost} %"),
        (cost, floor) => format!("each day or part of one costs {cost} %, down to {floor} %"),
    };
    match standing.window.closes {
        Some(closes) if closes <= due => None,
        Some(closes) => Some(format!("taken until {}; {cost}.", date(closes, zone))),
        None => Some(format!("taken; {cost}.")),
    }
}

fn attempts(duty: &Duty<'_>, standing: &Standing) -> String {
    let used = standing.tries.len();
    let counts = match duty.assignment.counts {
        Counts::Best => "the best one counts",
        Counts::Last => "the last one counts",
        Counts::First => "the first one counts",
    };
    match standing.window.attempts.map(|all| all as usize) {
        None => format!("as many as you like; {counts}."),
        Some(1) if used == 0 => "one.".to_owned(),
        Some(1) => "none left.".to_owned(),
        Some(all) => format!("{} of {all} left; {counts}.", all.saturating_sub(used)),
    }
}

const fn explained(feedback: Feedback) -> &'static str {
    match feedback {
        Feedback::AtOnce => "each row at once.",
        Feedback::AfterHandIn => "when you hand in.",
        Feedback::AfterDue => "when nobody may hand it in any more.",
        Feedback::Never => "not in this program; ask your instructor.",
    }
}

const fn dropped(duty: &Duty<'_>) -> &'static str {
    let limited = duty.assignment.time_limit.is_some();
    match duty.assignment.away {
        Away::Stops if limited => "your time stops until you come back. You go on where you were.",
        _ if limited => "time runs on. Come back, and you go on where you were.",
        _ => "come back, and you go on where you were.",
    }
}

/// What is said of an attempt that is done and may not be explained yet.
pub fn handed_in(cx: &Context, duty: Option<&Duty<'_>>, sitting: RecordKey) -> String {
    let Some(duty) = duty else {
        return "# Handed in\n\nIts class is not open here, so nothing more can be said of it.\n".to_owned();
    };
    let standing = duty.standing(cx);
    let mut text = format!("# {}: handed in\n\n", plain(&duty.assignment.title));
    if let Some(one) = standing.tries.iter().find(|one| one.sitting == sitting) {
        text.push_str(&when(cx, duty, one));
    }
    let until = match duty.assignment.feedback {
        Feedback::AfterDue => "Points and explanations can be seen here when nobody may hand it in any more.",
        Feedback::Never => "Points and explanations are not shown in this program; ask your instructor.",
        Feedback::AtOnce | Feedback::AfterHandIn => "",
    };
    let _ = writeln!(text, "{until} What is handed in cannot change.");
    text
}

fn when(cx: &Context, duty: &Duty<'_>, one: &Try) -> String {
    let zone = cx.zone(&duty.room.class);
    let by = if one.by_clock { " by the clock: your time was up" } else { "" };
    let done = one.done.map_or_else(String::new, |done| format!(" {}", date(done, &zone)));
    let late = match one.days_late {
        0 => String::new(),
        days => format!(" It is {} late.", count(days as usize, "day")),
    };
    let rows = format!("{} of {} answered", one.answered, count(one.rows, "row"));
    format!("Handed in{done}{by}, {rows}.{late}\n\n")
}

/// What an attempt was worth, and each scenario's rows with what was wrong.
pub fn outcome(course: &Course, cx: &Context, duty: &Duty<'_>, one: &Try, runs: &[(&Scenario, Debrief)]) -> String {
    let mut text = format!(
        "# {}: {} %\n\n**{} of {} points.** {}",
        plain(&duty.assignment.title),
        one.score,
        one.points,
        one.out_of,
        when(cx, duty, one)
    );
    if one.days_late > 0 && one.penalty > crate::classroom::Percent::default() {
        let _ = write!(text, "Lateness costs {} %.\n\n", one.penalty);
    }
    for (scenario, back) in runs {
        let _ = write!(text, "## {}: {} of {}\n\n", scenario.title, back.points, back.out_of);
        text.push_str(&table(scenario, back));
        text.push_str(&explanations(course, scenario, back));
    }
    text
}
