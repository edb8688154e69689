//! The rows of the course map, as the learner's progress makes them.

use std::collections::BTreeSet;

use crate::{
    classroom::{Poll, State},
    course::{AttemptLog, Listing, Lock, Purpose, percent},
};

use super::{
    super::{Context, Goal, breach::breached, draw, moving, pages::title},
    HomeRow, Item, Mark, row,
};

/// What an instructor asks everyone now.
fn poll_row(poll: &Poll) -> HomeRow {
    let standing = if poll.revealed.is_some() { "the answer is out" } else { "open" };
    row(Item::Go(Goal::Poll(poll.id)), "The room is asked", standing, Mark::Begun)
}

pub(super) fn rows(cx: &Context, open: &BTreeSet<String>) -> Vec<HomeRow> {
    let mut rows: Vec<HomeRow> = cx.open_poll().map(poll_row).into_iter().chain(assigned_rows(cx)).collect();
    rows.extend(watched_rows(cx));
    let onward = continue_row(cx);
    rows.push(if rows.is_empty() { onward } else { onward.apart() });
    rows.extend(review_row(cx));
    for (place, lesson) in cx.course.lessons.iter().enumerate() {
        let header = lesson_row(cx, &lesson.id, &lesson.title);
        rows.push(if place == 0 { header.apart() } else { header });
        if open.contains(&lesson.id) {
            rows.extend(checkpoint_row(cx, &lesson.id));
            rows.extend(scenario_rows(cx, &lesson.id));
        }
    }
    let (threats, words) = (cx.course.threats.len(), cx.course.glossary.len());
    rows.push(row(Item::Go(Goal::Drills), "Drills", "five minutes each", Mark::None).apart());
    rows.push(row(Item::Go(Goal::Threats(None)), "Threat list", threats.to_string(), Mark::None));
    rows.extend(breaches_row(cx));
    rows.extend(moving::first_system(cx).map(|goal| row(Item::Go(goal), "The moving line", "", Mark::None)));
    rows.extend((words > 0).then(|| row(Item::Go(Goal::Glossary(None)), "Glossary", words.to_string(), Mark::None)));
    rows.extend(messages_row(cx));
    rows.extend([
        row(Item::Go(Goal::Progress), "Progress", "", Mark::None),
        row(Item::Go(Goal::Search), "Search", "", Mark::None),
        row(Item::Go(Goal::Settings), "Settings", "", Mark::None),
        row(Item::Go(Goal::Help), "Help", "", Mark::None),
    ]);
    rows
}

/// The classes that somebody is in without learning in them: those of an instructor.
fn watched_rows(cx: &Context) -> impl Iterator<Item = HomeRow> {
    let watched = cx.rooms.iter().filter(|room| room.class.learner(&cx.learner).is_none());
    watched.map(|room| row(Item::Go(Goal::Watch(room.class.id.clone())), room.class.title.clone(), "watch", Mark::None))
}

/// What is set, unless it lies long behind.
fn assigned_rows(cx: &Context) -> Vec<HomeRow> {
    let told = cx.duties().filter(|duty| !duty.is_past(cx));
    let mark = |state: State| match state {
        State::NotBegun => Mark::None,
        State::Working => Mark::Begun,
        State::HandedIn | State::Late => Mark::Done,
        State::NotOpen | State::Missed => Mark::Locked,
    };
    told.map(|duty| {
        let title = duty.assignment.title.as_str();
        row(Item::Assigned(duty.reference()), title, duty.words(cx), mark(duty.outline(cx).state))
    })
    .collect()
}

fn messages_row(cx: &Context) -> Option<HomeRow> {
    let (all, unread) = (cx.messages().len(), cx.unread());
    let standing = if unread > 0 { format!("{unread} new") } else { all.to_string() };
    (all > 0).then(|| row(Item::Go(Goal::Messages), "Messages", standing, Mark::None))
}

/// The way to the breaches, where the course tells any.
fn breaches_row(cx: &Context) -> Option<HomeRow> {
    let (mut all, mut solved) = (0, 0);
    for line in breached(&cx.course.catalog) {
        all += line.breaches;
        solved += cx.progress.investigations.solved(line.id).min(line.breaches);
    }
    let standing = if solved > 0 { format!("{solved} of {all} solved") } else { all.to_string() };
    (all > 0).then(|| row(Item::Go(Goal::Breaches), "Breaches", standing, Mark::None))
}

/// What was touched last goes on top: an open checkpoint, an open exercise, the lesson being read, or what comes next.
fn continue_row(cx: &Context) -> HomeRow {
    let (course, progress) = (&cx.course, &cx.progress);
    let title_of = |id: &str| course.catalog.find(id).map_or_else(|| id.to_owned(), |line| line.title.to_owned());
    let sitting = progress.open_sitting(None).filter(|sat| course.lesson(&sat.lesson).is_some()).map(|sat| {
        let title = format!("{} {}", if sat.test_out { "Test-out of" } else { "Checkpoint" }, sat.lesson);
        (sat.at, row(Item::Continue(Goal::Sit(sat.lesson.clone())), title, "continue", Mark::Begun))
    });
    let known = |log: &&AttemptLog| course.catalog.find(&log.scenario).is_some() && cx.sealed(&log.scenario).is_none();
    let round = progress.open_round().map(|round| {
        let standing = format!("row {} of {}", progress.answered_in(round).count() + 1, round.rows.len());
        let last = round.attempts.last().and_then(|id| progress.attempt(*id));
        let touched = last.map_or(round.at, |log| log.touched);
        (touched, row(Item::Continue(Goal::Continue(round.id)), title(course, &round.purpose), standing, Mark::Begun))
    });
    let attempt = progress.open_attempt(None).filter(known).map(|log| {
        let standing = format!("layer {} of {}", log.answers.len() + 1, log.rows.len());
        (
            log.touched,
            row(Item::Continue(Goal::Practice(log.scenario.clone())), title_of(&log.scenario), standing, Mark::Begun),
        )
    });
    let open = [sitting, attempt, round].into_iter().flatten().max_by_key(|(at, _)| *at);
    open.map_or_else(|| next_row(cx), |(_, row)| row)
}

/// What is due, while something is and no review is being continued.
fn review_row(cx: &Context) -> Option<HomeRow> {
    let under_way = cx.progress.open_round().is_some_and(|round| round.purpose == Purpose::Review);
    let due = draw::forecast(cx).now;
    (due > 0 && !under_way).then(|| row(Item::Go(Goal::Review), "Review", format!("{due} due"), Mark::None))
}

/// What comes next for a learner who has left nothing open.
fn next_row(cx: &Context) -> HomeRow {
    let (course, progress) = (&cx.course, &cx.progress);
    let lesson = course.lessons.iter().find(|lesson| !progress.passed(&lesson.id) && lesson.file.is_some());
    let Some(lesson) = lesson else {
        return row(Item::Continue(Goal::Progress), "Every checkpoint is passed", "see your progress", Mark::Done);
    };
    let read = progress.reading.get(&lesson.id);
    let title = format!("{} {}", lesson.id, lesson.title);
    if read.is_none_or(|(_, finished)| !finished) {
        let standing = if read.is_some() { "go on reading" } else { "start reading" };
        return row(Item::Continue(Goal::Read { lesson: lesson.id.clone(), at: None }), title, standing, Mark::Begun);
    }
    let sealed = cx.all_sealed();
    let is_fresh = |line: &Listing<'_>| progress.best(line.id).is_none() && !sealed.contains(line.id);
    let fresh = course.catalog.in_lesson(&lesson.id).into_iter().find(is_fresh);
    match fresh {
        Some(line) => row(Item::Continue(Goal::Practice(line.id.to_owned())), line.title, "start", Mark::None),
        None => {
            row(Item::Continue(Goal::Sit(lesson.id.clone())), format!("Checkpoint {}", lesson.id), "start", Mark::None)
        }
    }
}

fn lesson_row(cx: &Context, id: &str, title: &str) -> HomeRow {
    let title = format!("{id} {title}");
    let (standing, mark) = match cx.progress.lock(&cx.course, id) {
        Some(Lock::Coming) => ("coming".to_owned(), Mark::Locked),
        Some(Lock::Needs(needed)) => (format!("locked until {needed} is passed"), Mark::Locked),
        None if cx.progress.passed(id) => ("passed".to_owned(), Mark::Done),
        None => match cx.progress.reading.get(id) {
            Some((_, true)) => ("read".to_owned(), Mark::Begun),
            Some((_, false)) => ("reading".to_owned(), Mark::Begun),
            None => ("new".to_owned(), Mark::None),
        },
    };
    row(Item::Lesson(id.to_owned()), title, standing, mark)
}

fn checkpoint_row(cx: &Context, lesson: &str) -> Option<HomeRow> {
    cx.course.lesson(lesson)?.checkpoint.as_ref()?;
    let best = cx.progress.best_sitting(lesson).and_then(|sat| sat.result);
    let (standing, mark) = match (cx.progress.open_sitting(Some(lesson)), best) {
        (Some(_), _) => ("begun".to_owned(), Mark::Begun),
        (None, Some((points, out_of, true))) => (format!("passed {} %", percent(points, out_of)), Mark::Done),
        (None, Some((points, out_of, false))) => {
            (format!("not passed, best {} %", percent(points, out_of)), Mark::Begun)
        }
        (None, None) => ("required".to_owned(), Mark::None),
    };
    Some(row(Item::Checkpoint(lesson.to_owned()), format!("Checkpoint {lesson}"), standing, mark))
}

fn scenario_rows(cx: &Context, lesson: &str) -> Vec<HomeRow> {
    let sealed = cx.all_sealed();
    let standing = |id: &str| match (cx.progress.open_attempt(Some(id)), cx.progress.best(id)) {
        _ if sealed.contains(id) => ("locked".to_owned(), Mark::Locked),
        (Some(log), _) => (format!("layer {} of {}", log.answers.len() + 1, log.rows.len()), Mark::Begun),
        (None, Some((points, out_of))) if points == out_of => ("100 %".to_owned(), Mark::Done),
        (None, Some((points, out_of))) => (format!("{} %", percent(points, out_of)), Mark::Begun),
        (None, None) => (String::new(), Mark::None),
    };
    let lines = cx.course.catalog.in_lesson(lesson).into_iter();
    lines
        .map(|line| {
            let (words, mark) = standing(line.id);
            let about = format!("{} · level {}", line.model.name(), line.level);
            let standing = if words.is_empty() { about } else { format!("{about} · {words}") };
            row(Item::Scenario { id: line.id.to_owned(), lesson: lesson.to_owned() }, line.title, standing, mark)
        })
        .collect()
}
