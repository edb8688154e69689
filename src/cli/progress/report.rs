//! What `respline progress` says, before it is a table, JSON or CSV.

use std::cmp::Reverse;

use jiff::Timestamp as Moment;
use serde::Serialize;

use crate::{
    course::{AttemptLog, Course, Lock, Model, Progress, Tally, TallyBy, Timestamp},
    document::printable,
};

/// How many attempts count as recent work.
const RECENT: usize = 10;

/// How a learner stands. Every text in it is safe to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Everything together.
    pub total: Line,
    /// By lesson, in teaching order.
    pub lessons: Vec<Line>,
    /// By threat, in the course's order.
    pub threats: Vec<Line>,
    /// By service model, the one that leaves most to the customer first.
    pub models: Vec<Line>,
    /// By pitfall, in the course's order: only answers that showed it.
    pub pitfalls: Vec<Line>,
    /// Attempts touched last, the latest first.
    pub recent: Vec<Line>,
}

/// The sums of some answers, under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Id of the lesson, threat, model, pitfall or scenario.
    pub id: String,
    /// Its name; the id where the course no longer has it.
    pub name: String,
    /// Of a lesson: `passed`, `open`, `locked` or `coming`; of an attempt: `finished`, `open` or `dropped`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub state: &'static str,
    /// When an attempt was touched last, in UTC.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// Answers.
    pub rows: usize,
    /// Answers right in both owner and control.
    pub right: usize,
    /// Points reached.
    pub points: u32,
    /// Points there were.
    pub out_of: u32,
    /// Share of the points.
    pub percent: u32,
    /// Customer duties left to the provider.
    pub over_trust: usize,
    /// Provider duties claimed.
    pub over_claim: usize,
}

impl Line {
    fn of(tally: &Tally, name: &str) -> Self {
        Self {
            id: printable(&tally.key).replace('\n', " "),
            name: printable(name).replace('\n', " "),
            state: "",
            at: String::new(),
            rows: tally.rows,
            right: tally.right,
            points: tally.points,
            out_of: tally.out_of,
            percent: tally.percent(),
            over_trust: tally.over_trust,
            over_claim: tally.over_claim,
        }
    }
}

impl Report {
    /// How the learner of `progress` stands in `course`. What the course no longer has comes last, under its id.
    pub fn of(course: &Course, progress: &Progress) -> Self {
        let by = |by, known: Vec<(&str, &str)>| lines(&Tally::by(by, &progress.outcomes), &known);
        let lessons = course.lessons.iter().map(|lesson| (lesson.id.as_str(), lesson.title.as_str()));
        let threats = course.threats.iter().map(|threat| (threat.id.as_str(), threat.name.as_str()));
        let pitfalls = course.pitfalls.iter().map(|pitfall| (pitfall.id.as_str(), pitfall.name.as_str()));
        let mut lessons = by(TallyBy::Lesson, lessons.collect());
        for (line, lesson) in lessons.iter_mut().zip(&course.lessons) {
            line.state = state_of_lesson(course, progress, &lesson.id);
        }
        Self {
            total: Line::of(&Tally::of(&progress.outcomes), "everything"),
            lessons,
            threats: by(TallyBy::Threat, threats.collect()),
            models: by(TallyBy::Model, Model::ALL.iter().map(|model| (model.word(), model.name())).collect()),
            pitfalls: by(TallyBy::Pitfall, pitfalls.collect()),
            recent: recent(course, progress),
        }
    }
}

/// A line for each known id and name, in that order, then one for each tally that is not known.
fn lines(tallies: &[Tally], known: &[(&str, &str)]) -> Vec<Line> {
    let find = |id: &str| tallies.iter().find(|tally| tally.key == id).cloned();
    let none = |id: &str| Tally { key: id.to_owned(), ..Tally::default() };
    let listed = known.iter().map(|(id, name)| Line::of(&find(id).unwrap_or_else(|| none(id)), name));
    let strange = tallies.iter().filter(|tally| known.iter().all(|(id, _)| *id != tally.key));
    listed.chain(strange.map(|tally| Line::of(tally, &tally.key))).collect()
}

fn state_of_lesson(course: &Course, progress: &Progress, lesson: &str) -> &'static str {
    match progress.lock(course, lesson) {
        _ if progress.passed(lesson) => "passed",
        None => "open",
        Some(Lock::Coming) => "coming",
        Some(Lock::Needs(_)) => "locked",
    }
}

fn recent(course: &Course, progress: &Progress) -> Vec<Line> {
    let mut attempts: Vec<&AttemptLog> = progress.attempts.iter().collect();
    attempts.sort_by_key(|log| Reverse(log.touched));
    attempts.into_iter().take(RECENT).map(|log| attempt(course, progress, log)).collect()
}

fn attempt(course: &Course, progress: &Progress, log: &AttemptLog) -> Line {
    let given = progress.outcomes.iter().filter(|outcome| outcome.attempt == log.id);
    let tally = Tally { key: log.scenario.clone(), ..Tally::of(given) };
    let name = course.catalog.find(&log.scenario).map_or(log.scenario.as_str(), |listing| listing.title);
    let state = match log {
        log if log.dropped => "dropped",
        log if log.finished() => "finished",
        _ => "open",
    };
    Line { state, at: moment(log.touched), ..Line::of(&tally, name) }
}

/// In UTC, to the second; nothing for a time that no calendar has.
fn moment(at: Timestamp) -> String {
    let seconds = Moment::from_second(at.0.div_euclid(1000));
    seconds.map(|moment| moment.to_string()).unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use crate::course::{
        Digest, Entry, LessonEntry, Mark, Miss, Mode, Order, Owner, Pitfall, Record, RecordKey, Said, Threat,
    };

    use super::*;

    pub(in crate::cli) fn report() -> Report {
        Report::of(&course(), &Progress::fold(&records()))
    }

    fn course() -> Course {
        let lesson = |id: &str| LessonEntry { id: id.into(), title: "The line".into(), file: None, checkpoint: None };
        let threat = |id: &str, name: &str| Threat {
            id: id.into(),
            name: name.into(),
            wrong: String::new(),
            found: String::new(),
            control: String::new(),
        };
        let pitfall = Pitfall { id: "managed".into(), name: "=managed, so secured".into(), correction: String::new() };
        Course {
            title: "Course".into(),
            threats: vec![threat("leaks", "Leaked\n\u{1b}[31mkeys"), threat("storage", "Exposed storage")],
            pitfalls: vec![pitfall],
            lessons: vec![lesson("8.1"), lesson("8.2")],
            ..Course::default()
        }
    }

    fn records() -> Vec<Record> {
        let attempt = RecordKey { origin: 1, seq: 0 };
        let began = Entry::Began {
            scenario: "shop".into(),
            lesson: "8.1".into(),
            model: Model::Caas,
            mode: Mode::Practice,
            seed: 1,
            order: Order::Authored,
            rows: vec!["data".into(), "image".into()],
        };
        let said = Said { owner: Owner::Provider, control: 0, unsure: false, hints: 0, struck: false };
        let right = Mark { owner: true, control: true, points: 2, out_of: 2, miss: None, trap: None, threat: None };
        let wrong = Mark {
            owner: false,
            control: false,
            points: 0,
            out_of: 2,
            miss: Some(Miss::OverTrust),
            trap: Some("managed".into()),
            threat: Some("gone-threat".into()),
        };
        let answered = |layer: &str, mark| Entry::Answered {
            attempt,
            layer: layer.into(),
            digest: Digest(1),
            said,
            mark: Some(mark),
        };
        let entries = [began, answered("data", right), answered("image", wrong)];
        let record = |(seq, entry)| {
            let at = Timestamp(1_790_000_000_000 + i64::from(seq) * 1000);
            Record { key: RecordKey { origin: 1, seq }, at, entry }
        };
        (0..).zip(entries).map(record).collect()
    }

    #[test]
    fn every_lesson_and_threat_of_the_course_is_listed_and_then_what_it_no_longer_has() {
        let report = report();
        let ids = |lines: &[Line]| lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&report.lessons), ["8.1", "8.2"]);
        assert_eq!(ids(&report.threats), ["leaks", "storage", "gone-threat"]);
        assert_eq!((report.threats[0].rows, report.threats[2].rows, report.threats[2].over_trust), (0, 1, 1));
        assert_eq!((report.lessons[0].rows, report.lessons[0].percent), (2, 50));
    }

    #[test]
    fn recent_work_says_when_and_how_far() {
        let recent = &report().recent;
        assert_eq!((recent[0].id.as_str(), recent[0].state, recent[0].rows), ("shop", "finished", 2));
        assert_eq!(recent[0].at, "2026-09-21T14:13:22Z");
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert!(!report().threats[0].name.contains(['\u{1b}', '\n']), "{:?}", report().threats[0].name);
    }
}
