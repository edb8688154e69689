//! Where a page leads: from a debrief to the next scenario, from a lesson to its checkpoint.

use crate::course::{AssignmentRef, AttemptId, Progress, Purpose, RecordKey};

use super::{Action, Context, Goal, PageKind, page::attempt};

/// Where `action` leads from a page of this kind; none, with a word to the learner, where it leads nowhere.
pub(super) fn onward(kind: &PageKind, cx: &mut Context, action: Action) -> Option<Goal> {
    match (kind, action) {
        (PageKind::Welcome | PageKind::Ballot(_) | PageKind::Revealed(_), Action::Next) => Some(Goal::Back),
        (PageKind::Lesson(lesson), Action::Checkpoint) => Some(Goal::Sit(lesson.clone())),
        (PageKind::Debrief(id), Action::Next) => next_scenario(cx, *id),
        (PageKind::Debrief(id), Action::Redo) => redo(cx, *id),
        (PageKind::Debrief(id), Action::Twin) => twin(cx, *id),
        (PageKind::Debrief(id), Action::Breach) => breach(cx, *id),
        (PageKind::Debrief(id), Action::Moving) => {
            cx.progress.attempt(*id).map(|log| Goal::Moving(log.scenario.clone()))
        }
        (PageKind::Debrief(id), Action::Passage) => passage(cx, *id),
        (PageKind::Ballot(id), Action::Change) => vote_again(cx, *id),
        (PageKind::Result(_) | PageKind::Round(_), Action::Next) => Some(Goal::Home),
        (PageKind::Round(id), Action::Redo) => more(&cx.progress, *id),
        (PageKind::Result(id), Action::Redo) => sit_again(&cx.progress, *id),
        (PageKind::Assigned(set), Action::Next) => Some(Goal::Begin(set.clone())),
        (PageKind::Assigned(set), Action::LookBack) => look_back(cx, set),
        (PageKind::Result(id), Action::Passage) => {
            let lesson = lesson_of(&cx.progress, *id).filter(|lesson| !lesson.is_empty())?;
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
    let next = order
        .map(|line| line.id)
        .find(|id| *id != here.scenario && !cx.progress.full_score(id) && cx.sealed(id).is_none());
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

/// The attempt that counts, or the last one that is done.
fn look_back(cx: &mut Context, set: &AssignmentRef) -> Option<Goal> {
    let duty = cx.duty(set)?;
    let standing = duty.standing(cx);
    let done = standing.counted().or_else(|| standing.tries.iter().rev().find(|one| one.done.is_some()));
    let goal = done.map(|one| Goal::Result(one.sitting));
    if goal.is_none() {
        cx.say("Nothing is handed in yet to look back on.");
    }
    goal
}

fn lesson_of(progress: &Progress, sitting: RecordKey) -> Option<String> {
    progress.sitting(sitting).map(|sat| sat.lesson.clone())
}

/// The question of a poll again, as long as it takes answers.
fn vote_again(cx: &mut Context, id: RecordKey) -> Option<Goal> {
    if cx.poll(id).is_none_or(|poll| !poll.takes_answers()) {
        cx.say("The answer is out: no more are taken.");
        return None;
    }
    cx.ballot(id).map(|log| Goal::Revise { attempt: log.id, row: 0 })
}

fn sit_again(progress: &Progress, sitting: RecordKey) -> Option<Goal> {
    let sat = progress.sitting(sitting)?;
    if let Some(set) = &sat.assignment {
        return Some(Goal::Assigned(set.clone()));
    }
    let again = if sat.test_out && !progress.passed(&sat.lesson) { Goal::TestOut } else { Goal::Sit };
    Some(again(sat.lesson.clone()))
}

/// Another round of the same kind.
fn more(progress: &Progress, round: RecordKey) -> Option<Goal> {
    progress.round(round).map(|round| match &round.purpose {
        Purpose::Review => Goal::Review,
        Purpose::Drill(drill) => Goal::Drill(drill.clone()),
    })
}
