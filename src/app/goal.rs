//! Where the learner wants to go, and what must be read before the way is open.

use crate::course::{AssignmentRef, AttemptId, Course, Drill, Lock, RecordKey, Sitting};

use super::{Context, Effect, draw, round};

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
    /// The stricter exam of a lesson that is not open yet: continued or begun.
    TestOut(String),
    /// A sitting or a round, at its first open question.
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
    /// What is set, before it is begun and after it was handed in; its attempt where one is under way.
    Assigned(AssignmentRef),
    /// A new attempt at what is set.
    Begin(AssignmentRef),
    /// What instructors said.
    Messages,
    /// The learner's progress.
    Progress,
    /// The rows that are due: a round that was left, or a new one.
    Review,
    /// The drills to choose from.
    Drills,
    /// A new round of rows about something.
    Drill(Drill),
    /// The end of a round: how it went, and what comes back when.
    Round(RecordKey),
    /// The settings.
    Settings,
    /// The search.
    Search,
    /// The help.
    Help,
    /// The room of the class with this id, for its instructors.
    Watch(String),
    /// A question to the room: asked, waited for, or revealed.
    Poll(RecordKey),
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
            Self::Debrief(attempt) | Self::Revise { attempt, .. } => {
                cx.progress.attempt(*attempt).map(|log| log.scenario.clone()).into_iter().collect()
            }
            Self::Poll(poll) => cx.poll(*poll).map(|poll| poll.scenario.clone()).into_iter().collect(),
            Self::Continue(round) if cx.progress.round(*round).is_some() => {
                round::next_row(cx, *round).map(|row| row.scenario).into_iter().collect()
            }
            Self::Round(round) => round::scenarios(cx, *round),
            Self::Grade(exam) | Self::Continue(exam) | Self::Result(exam) => match cx.progress.sitting(*exam) {
                Some(sat) => sat.scenarios.clone(),
                None => cx.progress.attempt(*exam).map(|log| log.scenario.clone()).into_iter().collect(),
            },
            Self::Assigned(set) => explained(cx, set),
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
        let drawn = match self {
            Self::Review => draw::review(cx),
            Self::Drill(drill) => draw::drill(cx, drill),
            _ => Ok(Vec::new()),
        };
        if let Err(draw::Unread(scenario)) = drawn {
            return Some(Effect::OpenScenario(scenario));
        }
        let unread = self.scenarios(cx).into_iter().find(|id| !cx.scenarios.contains_key(id));
        unread.map(Effect::OpenScenario)
    }
}

/// The scenarios of what was done and may be explained: what it is worth is told from them.
fn explained(cx: &Context, set: &AssignmentRef) -> Vec<String> {
    let Some(duty) = cx.duty(set) else { return Vec::new() };
    let mut ids: Vec<String> =
        duty.sats().filter(|sat| duty.explains(cx, sat.id)).flat_map(|sat| sat.scenarios.clone()).collect();
    ids.retain(|id| cx.course.catalog.find(id).is_some());
    ids
}

/// The scenarios on the ladder of this one.
pub(super) fn rungs(cx: &Context, scenario: &str) -> Vec<String> {
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
    if let Some(words) = cx.seal_on(goal) {
        return Some(words);
    }
    let lesson = match goal {
        Goal::Read { lesson, .. } | Goal::Sit(lesson) => lesson.as_str(),
        Goal::Practice(id) | Goal::Exam(id) if cx.course.catalog.find(id).is_none() => {
            return Some(format!("There is no scenario '{id}' in this course."));
        }
        Goal::Poll(poll) if cx.poll(*poll).is_none_or(|poll| cx.course.catalog.find(&poll.scenario).is_none()) => {
            return Some("The room is asked about a scenario that is not in this course.".to_owned());
        }
        Goal::Watch(class) if cx.room(class).is_none() => {
            return Some(format!("There is no class '{class}' here."));
        }
        Goal::TestOut(lesson) => return untestable(cx, lesson),
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
    // What was begun may be ended: a test-out, say.
    if matches!(goal, Goal::Sit(_)) && cx.progress.open_sitting(Some(lesson)).is_some() {
        return None;
    }
    cx.progress.lock(&cx.course, lesson).map(|lock| lock_words(&cx.course, lesson, &lock))
}

/// Why nobody can test out of a lesson.
fn untestable(cx: &Context, lesson: &str) -> Option<String> {
    let Some(entry) = cx.course.lesson(lesson) else {
        return Some(format!("There is no lesson '{lesson}' in this course."));
    };
    match cx.progress.lock(&cx.course, lesson) {
        None => Some(format!("Lesson {lesson} is open: its checkpoint is all you need.")),
        Some(_) if entry.file.is_none() => Some(lock_words(&cx.course, lesson, &Lock::Coming)),
        Some(_) if entry.checkpoint.is_none() => Some("This lesson has no checkpoint.".to_owned()),
        Some(_) => None,
    }
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
            let testable =
                course.lesson(lesson).is_some_and(|entry| entry.file.is_some() && entry.checkpoint.is_some());
            let or = if testable { ", or test out of it with x on the course map" } else { "" };
            format!("Locked: pass the checkpoint of {needed} ({title}) first{or}.")
        }
    }
}
