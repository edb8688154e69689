//! Where the learner wants to go, and what must be read before the way is open.

use crate::course::{AttemptId, Course, Lock, RecordKey, Sitting};

use super::{Context, Effect};

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The course map.
    Home,
    /// The screen before this one.
    Back,
    /// The end of the session.
    Quit,
    /// The welcome.
    Welcome,
    /// A scenario: continued where it was left, begun where it was not.
    Practice(String),
    /// A scenario under exam rules.
    Exam(String),
    /// Some rows of a scenario again.
    Redo {
        /// Scenario id.
        scenario: String,
        /// Layer ids.
        rows: Vec<String>,
    },
    /// A lesson's checkpoint: continued or begun.
    Sit(String),
    /// A sitting, at its first open question.
    Continue(RecordKey),
    /// An answered row of an exam again, before hand-in.
    Revise {
        /// The attempt.
        attempt: AttemptId,
        /// The row in it.
        row: usize,
    },
    /// The grades of an exam: a sitting, or a single attempt under exam rules.
    Grade(RecordKey),
    /// The look back on an attempt.
    Debrief(AttemptId),
    /// The result of a sitting.
    Result(RecordKey),
    /// The breaches to look at.
    Breaches,
    /// What follows from a scenario's rows, or from one; the investigation where the learner has not answered them yet.
    Breach {
        /// Scenario id.
        scenario: String,
        /// Layer id.
        row: Option<String>,
    },
    /// What follows from these rows.
    Replay {
        /// Scenario id.
        scenario: String,
        /// Layer ids; all that have a breach where there are none.
        rows: Vec<String>,
    },
    /// The investigation of a scenario's incidents: continued or begun.
    Investigate(String),
    /// The moving line of a scenario's system, at that scenario.
    Moving(String),
    /// The exercise on it, from one scenario to another: continued or begun.
    Compare {
        /// The scenario whose owners are shown.
        from: String,
        /// The scenario asked about.
        to: String,
    },
    /// The look back on it.
    Compared(RecordKey),
    /// A lesson.
    Read {
        /// Lesson id.
        lesson: String,
        /// Slug of a heading to begin at; where it was left otherwise.
        at: Option<String>,
    },
    /// The threat list, at a threat.
    Threats(Option<String>),
    /// The glossary, at a term.
    Glossary(Option<String>),
    /// The learner's progress.
    Progress,
    /// The settings.
    Settings,
    /// The search.
    Search,
    /// The help.
    Help,
}

impl Goal {
    /// The scenarios that must have been read before.
    fn scenarios(&self, cx: &Context) -> Vec<String> {
        match self {
            Self::Practice(id)
            | Self::Exam(id)
            | Self::Investigate(id)
            | Self::Redo { scenario: id, .. }
            | Self::Breach { scenario: id, .. }
            | Self::Replay { scenario: id, .. } => vec![id.clone()],
            Self::Debrief(attempt) | Self::Grade(attempt) | Self::Revise { attempt, .. } => {
                cx.progress.attempt(*attempt).map(|log| log.scenario.clone()).into_iter().collect()
            }
            Self::Continue(sitting) | Self::Result(sitting) => {
                cx.progress.sitting(*sitting).map_or_else(Vec::new, |sat| sat.scenarios.clone())
            }
            Self::Moving(id) | Self::Compare { to: id, .. } => rungs(cx, id),
            Self::Compared(run) => cx.progress.comparison(*run).map_or_else(Vec::new, |run| rungs(cx, &run.to)),
            Self::Read { lesson, .. } => {
                let lines = cx.lessons.get(lesson).map(|lesson| lesson.document.line_directives());
                lines.into_iter().flatten().map(|(_, id)| id.to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The next thing that must be read before the goal can be reached.
    pub(super) fn missing(&self, cx: &Context) -> Option<Effect> {
        if let Self::Read { lesson, .. } = self
            && !cx.lessons.contains_key(lesson)
        {
            return Some(Effect::OpenLesson(lesson.clone()));
        }
        let unread = self.scenarios(cx).into_iter().find(|id| !cx.scenarios.contains_key(id));
        unread.map(Effect::OpenScenario)
    }
}

/// The scenarios on the ladder of this one.
fn rungs(cx: &Context, scenario: &str) -> Vec<String> {
    let ladder = cx.course.catalog.find(scenario).and_then(|line| line.ladder);
    let rungs = ladder.map(|ladder| cx.course.catalog.rungs(ladder)).unwrap_or_default();
    rungs.iter().map(|line| line.id.to_owned()).collect()
}

/// Why the moving line of a scenario's system cannot be shown: it has one mode only, or shows what is being examined.
fn still(cx: &Context, scenario: &str) -> Option<String> {
    let rungs = rungs(cx, scenario);
    if rungs.len() < 2 {
        return Some("This system stands in the course in one mode only.".to_owned());
    }
    let open = |sat: &&Sitting| sat.result.is_none() && !sat.dropped;
    let examined =
        cx.progress.sittings.iter().filter(open).any(|sat| sat.scenarios.iter().any(|id| rungs.contains(id)));
    examined.then(|| "It would show what your open checkpoint asks: hand that in first.".to_owned())
}

/// Why a goal cannot be reached, in words for the learner.
pub(super) fn closed(cx: &Context, goal: &Goal) -> Option<String> {
    let lesson = match goal {
        Goal::Read { lesson, .. } | Goal::Sit(lesson) => lesson.as_str(),
        Goal::Practice(id) | Goal::Exam(id) if cx.course.catalog.find(id).is_none() => {
            return Some(format!("There is no scenario '{id}' in this course."));
        }
        Goal::Investigate(id) | Goal::Breach { scenario: id, .. } | Goal::Replay { scenario: id, .. } => {
            return closed_breach(cx, id);
        }
        Goal::Moving(id) | Goal::Compare { to: id, .. } => return still(cx, id),
        Goal::Glossary(_) if cx.course.glossary.is_empty() => {
            return Some("This course explains no words.".to_owned());
        }
        _ => return None,
    };
    if cx.course.lesson(lesson).is_none() {
        return Some(format!("There is no lesson '{lesson}' in this course."));
    }
    cx.progress.lock(&cx.course, lesson).map(|lock| lock_words(&cx.course, lesson, &lock))
}

/// Why the breaches of a scenario cannot be looked at.
fn closed_breach(cx: &Context, id: &str) -> Option<String> {
    match cx.course.catalog.find(id) {
        None => Some(format!("There is no scenario '{id}' in this course.")),
        Some(line) if line.breaches == 0 => Some(format!("No breach is told of '{}'.", line.title)),
        Some(_) => cx.breach_lock(id),
    }
}

/// What a lock says to the learner.
pub fn lock_words(course: &Course, lesson: &str, lock: &Lock) -> String {
    match lock {
        Lock::Coming => format!("Lesson {lesson} is not written yet."),
        Lock::Needs(needed) => {
            let title = course.lesson(needed).map_or("", |entry| &entry.title);
            format!("Locked: pass the checkpoint of {needed} ({title}) first.")
        }
    }
}
