//! What is set: each assignment read, and held against the course, the calendar and the class.

use crate::{
    classroom::{Assignment, Away, Class, Counts, Feedback, Late, Rules, SeedRule, Task},
    content::{Findings, Table, Words, quoted, unique},
    course::{Course, Timestamp},
};

use super::{
    forms::{share, span},
    learners::known,
    moment::{Side, moment},
};

/// A date and where it stands.
type Date = Option<(Timestamp, usize)>;

/// The assignments of `root`, for the learners of `class`.
pub(super) fn assignments(
    root: Table<'_>,
    class: &Class,
    course: Option<&Course>,
    findings: &mut Findings<'_>,
) -> Vec<Assignment> {
    for key in ["id", "title"] {
        unique(root.tables("assignment").filter_map(|table| table.words(key)), "assignment", findings);
    }
    let mut read = Vec::new();
    for table in root.tables("assignment") {
        read.extend(assignment(table, class, course, findings));
    }
    read
}

fn assignment(
    table: Table<'_>,
    class: &Class,
    course: Option<&Course>,
    findings: &mut Findings<'_>,
) -> Option<Assignment> {
    let task = task(table, course, findings);
    let dates = Dates::of(table, class, findings);
    audience(table, class, findings);
    let text = |key| table.words(key).map(|words: Words<'_>| words.text);
    let list = |key| table.list(key).map(|words| words.text.to_owned()).collect();
    let mode = mode(text("mode"), task.as_ref());
    let assignment = Assignment {
        id: text("id")?.to_owned(),
        title: text("title")?.to_owned(),
        task: task?,
        mode,
        opens: dates.opens.map(|(at, _)| at),
        due: dates.due.map(|(at, _)| at),
        closes: dates.end(),
        late: late(table),
        attempts: table.whole("attempts").and_then(|(count, _)| u32::try_from(count).ok()).or(once(mode)),
        counts: match text("counts") {
            Some("last") => Counts::Last,
            Some("first") => Counts::First,
            _ => Counts::Best,
        },
        time_limit: text("time-limit").and_then(span),
        away: if text("when-away") == Some("stops") { Away::Stops } else { Away::Runs },
        seed: if text("seed") == Some("each") { SeedRule::Each } else { SeedRule::Same },
        feedback: feedback(text("feedback"), mode),
        weight: table.whole("weight").and_then(|(weight, _)| u32::try_from(weight).ok()).unwrap_or(1),
        sections: list("sections"),
        groups: list("groups"),
    };
    rules(table, &assignment, findings);
    Some(assignment)
}

const fn once(mode: Rules) -> Option<u32> {
    match mode {
        Rules::Exam => Some(1),
        Rules::Practice => None,
    }
}

fn mode(said: Option<&str>, task: Option<&Task>) -> Rules {
    match (said, task) {
        (Some("exam"), _) | (None, Some(Task::Checkpoint(_))) => Rules::Exam,
        _ => Rules::Practice,
    }
}

fn feedback(said: Option<&str>, mode: Rules) -> Feedback {
    match (said, mode) {
        (Some("at-once"), _) | (None, Rules::Practice) => Feedback::AtOnce,
        (Some("after-due"), _) => Feedback::AfterDue,
        (Some("never"), _) => Feedback::Never,
        _ => Feedback::AfterHandIn,
    }
}

fn late(table: Table<'_>) -> Late {
    let share = |key| table.table("late").and_then(|late| late.words(key)).and_then(|words| share(words.text));
    Late { per_day: share("penalty-per-day").unwrap_or_default(), floor: share("floor").unwrap_or_default() }
}

/// What is to be done, told where it is said twice, not at all, or of what is not there.
fn task(table: Table<'_>, course: Option<&Course>, findings: &mut Findings<'_>) -> Option<Task> {
    let said = ["scenarios", "checkpoint", "draw"].map(|key| table.at(key));
    let mut places = said.iter().flatten();
    let hint = "give one of `scenarios`, `checkpoint` and `draw`";
    if places.next().is_none() {
        findings.error("no-task", table.at, "this assignment sets nothing", hint);
    }
    for at in places {
        findings.error("double-task", *at, "this assignment sets a second thing", hint);
    }
    let draw = table.table("draw");
    let ids: Vec<Words<'_>> =
        draw.into_iter().flat_map(|draw| draw.list("from")).chain(table.list("scenarios")).collect();
    unique(ids.iter().copied(), "scenario", findings);
    if let Some(course) = course {
        for id in ids.iter().filter(|id| course.catalog.find(id.text).is_none()) {
            known("scenario", *id, &mut course.catalog.iter().map(|line| line.id), findings);
        }
    }
    let scenarios = ids.iter().map(|id| id.text.to_owned()).collect();
    if let Some(lesson) = table.words("checkpoint") {
        checkpoint(lesson, course, findings);
        return Some(Task::Checkpoint(lesson.text.to_owned()));
    }
    match draw {
        Some(draw) => drawn(draw, scenarios, findings),
        None => said.iter().any(Option::is_some).then_some(Task::Scenarios(scenarios)),
    }
}

fn drawn(draw: Table<'_>, from: Vec<String>, findings: &mut Findings<'_>) -> Option<Task> {
    let (count, at) = draw.whole("count")?;
    let count = usize::try_from(count).ok()?;
    if count > from.len() {
        let message = format!("`count` is {count}, and the pool has {}", from.len());
        findings.error("out-of-range", at, message, "add scenarios to `from`, or draw fewer");
    }
    Some(Task::Draw { from, count })
}

fn checkpoint(lesson: Words<'_>, course: Option<&Course>, findings: &mut Findings<'_>) {
    let Some(course) = course else { return };
    known("lesson", lesson, &mut course.lessons.iter().map(|entry| entry.id.as_str()), findings);
    if course.lesson(lesson.text).is_some_and(|entry| entry.checkpoint.is_none()) {
        let message = format!("lesson {} has no checkpoint", quoted(lesson.text));
        findings.error("no-checkpoint", lesson.at, message, "name another lesson, or give `scenarios`");
    }
}

/// The dates of an assignment, with their places.
struct Dates {
    opens: Date,
    due: Date,
    closes: Date,
    until: Date,
}

impl Dates {
    fn of(table: Table<'_>, class: &Class, findings: &mut Findings<'_>) -> Self {
        let mut date = |table: Option<Table<'_>>, key, side| moment(table?, key, (&class.zone, side), findings);
        let late = table.table("late");
        let dates = Self {
            opens: date(Some(table), "opens", Side::Begins),
            due: date(Some(table), "due", Side::Ends),
            closes: date(Some(table), "closes", Side::Ends),
            until: date(late, "until", Side::Ends),
        };
        dates.tell(late, findings);
        dates
    }

    /// When nothing more is taken.
    fn end(&self) -> Option<Timestamp> {
        let ends = [self.closes, self.until].into_iter().flatten().map(|(at, _)| at).min();
        ends.or(self.due.map(|(at, _)| at))
    }

    fn tell(&self, late: Option<Table<'_>>, findings: &mut Findings<'_>) {
        let mut order = |first: Date, then: Date, message: &str| {
            if let Some(((first, _), (then, at))) = first.zip(then)
                && then <= first
            {
                findings.error("dates-in-wrong-order", at, message, "one of the two dates is wrong");
            }
        };
        order(self.opens, self.due, "it is due before it opens");
        order(self.opens, self.closes.filter(|_| self.due.is_none()), "it closes before it opens");
        order(self.due, self.until, "late work is taken until before it is late");
        let after = |date: Date| date.map(|(at, place)| (Timestamp(at.0.saturating_add(1)), place));
        order(self.due, after(self.closes), "it closes before it is due");
        order(self.until, after(self.closes), "it closes before late work ends");
        if let (Some(late), None) = (late, self.due) {
            let hint = "give a `due` date, or take `late` away";
            findings.error("late-without-due", late.at, "nothing is late without a due date", hint);
        }
        if let (None, Some((due, _)), Some((closes, at))) = (late, self.due, self.closes)
            && due < closes
        {
            let hint =
                "add `late = {}` to take late work at no cost, or give it a `penalty-per-day`; or close when it is due";
            findings.error(
                "no-late-rule",
                at,
                "it closes after it is due, and no rule says what late work costs",
                hint,
            );
        }
    }
}

/// Tells an audience that nobody is in.
fn audience(table: Table<'_>, class: &Class, findings: &mut Findings<'_>) {
    for section in table.list("sections") {
        let mut sections = class.learners.iter().filter_map(|learner| learner.section.as_deref());
        known("section", section, &mut sections, findings);
    }
    for group in table.list("groups") {
        known("group", group, &mut class.groups.iter().map(|group| group.id.as_str()), findings);
    }
}

/// Tells rules that contradict each other.
fn rules(table: Table<'_>, assignment: &Assignment, findings: &mut Findings<'_>) {
    let at = |key| table.at(key).unwrap_or(table.at);
    match (assignment.mode, assignment.feedback) {
        (Rules::Practice, Feedback::AtOnce) | (Rules::Exam, Feedback::AfterHandIn | Feedback::Never) => {}
        (Rules::Practice, _) => {
            let hint = "write `mode = \"exam\"`, or take `feedback` away";
            findings.error("feedback-and-mode", at("feedback"), "practice explains each row at once", hint);
        }
        (Rules::Exam, Feedback::AtOnce) => {
            let hint = "write `mode = \"practice\"`, or choose after-hand-in, after-due or never";
            findings.error("feedback-and-mode", at("feedback"), "an exam explains nothing at once", hint);
        }
        (Rules::Exam, Feedback::AfterDue) if assignment.closes.is_none() => {
            let hint = "give a `due` or a `closes` date, or explain after-hand-in";
            findings.error("feedback-and-mode", at("feedback"), "it never closes, so nothing is ever explained", hint);
        }
        (Rules::Exam, Feedback::AfterDue) => {}
    }
    if assignment.mode == Rules::Practice && matches!(assignment.task, Task::Checkpoint(_)) {
        findings.error("checkpoint-is-exam", at("mode"), "a checkpoint is an exam", "take `mode` away");
    }
    let open = assignment.opens.zip(assignment.closes).map(|(opens, closes)| closes.since(opens));
    let limit = assignment.time_limit.and_then(|limit| i64::try_from(limit.as_millis()).ok());
    if open.zip(limit).is_some_and(|(open, limit)| limit > open) {
        let message = "the time limit is longer than it is open";
        findings.warn("limit-and-dates", at("time-limit"), message, "shorten the limit, or close later");
    }
}
