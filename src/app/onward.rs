//! Where a page leads: from a debrief to the next scenario, from a lesson to its checkpoint.

use crate::course::{AttemptId, Progress, RecordKey};

use super::{Action, Context, Goal, PageKind, page::attempt};

/// Where `action` leads from a page of this kind; none, with a word to the learner, where it leads nowhere.
pub(super) fn onward(kind: &PageKind, cx: &mut Context, action: Action) -> Option<Goal> {
    match (kind, action) {
        (PageKind::Welcome, Action::Next) => Some(Goal::Back),
        (PageKind::Lesson(lesson), Action::Checkpoint) => Some(Goal::Sit(lesson.clone())),
        (PageKind::Debrief(id), Action::Next) => next_scenario(cx, *id),
        (PageKind::Debrief(id), Action::Redo) => redo(cx, *id),
        (PageKind::Debrief(id), Action::Twin) => twin(cx, *id),
        (PageKind::Debrief(id), Action::Breach) => breach(cx, *id),
        (PageKind::Debrief(id), Action::Moving) => {
            cx.progress.attempt(*id).map(|log| Goal::Moving(log.scenario.clone()))
        }
        (PageKind::Debrief(id), Action::Passage) => passage(cx, *id),
        (PageKind::Result(_), Action::Next) => Some(Goal::Home),
        (PageKind::Result(id), Action::Redo) => sit_again(&cx.progress, *id),
        (PageKind::Result(id), Action::Passage) => {
            let lesson = lesson_of(&cx.progress, *id)?;
            Some(Goal::Read { lesson, at: None })
        }
        _ => None,
    }
}

/// The next scenario of the lesson that has no full score yet, after this one in the list, round to the first.
fn next_scenario(cx: &mut Context, id: AttemptId) -> Option<Goal> {
    let here = cx.progress.attempt(id)?;
    let lines = cx.course.catalog.in_lesson(&here.lesson);
    let place = lines.iter().position(|line| line.id == here.scenario).map_or(0, |place| place + 1);
    let order = lines.iter().cycle().skip(place).take(lines.len());
    let next = order.map(|line| line.id).find(|id| *id != here.scenario && !cx.progress.full_score(id));
    if let Some(id) = next {
        return Some(Goal::Practice(id.to_owned()));
    }
    let words = format!("Every scenario of lesson {} has its full score.", here.lesson);
    cx.say(words);
    Some(Goal::Home)
}

fn redo(cx: &mut Context, id: AttemptId) -> Option<Goal> {
    let attempt = attempt(cx, id)?;
    let rows = attempt.wrong_rows();
    if rows.is_empty() {
        cx.say("Nothing was wrong.");
        return None;
    }
    Some(Goal::Redo { scenario: attempt.scenario.id.clone(), rows })
}

fn twin(cx: &mut Context, id: AttemptId) -> Option<Goal> {
    let here = cx.progress.attempt(id)?;
    let twin = cx.course.catalog.twins(&here.scenario).next().map(|line| line.id.to_owned());
    if twin.is_none() {
        cx.say("This system stands in the course in one mode only.");
    }
    twin.map(Goal::Practice)
}

/// What follows from the rows left open; from every row where none was.
fn breach(cx: &mut Context, id: AttemptId) -> Option<Goal> {
    let attempt = attempt(cx, id)?;
    if attempt.scenario.incidents().next().is_none() {
        cx.say("No breach is told of this scenario.");
        return None;
    }
    Some(Goal::Replay { scenario: attempt.scenario.id.clone(), rows: attempt.left_open() })
}

/// The lesson at the passage on the belief shown most, else on the threat of the first wrong row.
fn passage(cx: &Context, id: AttemptId) -> Option<Goal> {
    let attempt = attempt(cx, id)?;
    let back = attempt.debrief();
    let pitfall = back.pitfalls.first().map(|(id, _)| id.clone());
    let wrong = back.rows.iter().find(|row| row.mark.out_of > 0 && !row.mark.right());
    let threat = wrong.and_then(|row| row.mark.threat.clone());
    Some(Goal::Read { lesson: attempt.scenario.lesson.clone(), at: pitfall.or(threat) })
}

fn lesson_of(progress: &Progress, sitting: RecordKey) -> Option<String> {
    progress.sitting(sitting).map(|sat| sat.lesson.clone())
}

fn sit_again(progress: &Progress, sitting: RecordKey) -> Option<Goal> {
    lesson_of(progress, sitting).map(Goal::Sit)
}
