//! What frames every screen: title and rule above, one line of notice and the key bar below.

use crate::{
    app::{
        Context, Investigate, Overlay, PageKind, Replay, Screen, Shown, Size, State, area,
        area::Area,
        key_bar::{self, Cell},
        ladder, pages, span,
    },
    course::{Lead, Mode, Step},
    document::{Document, layout, width},
};

use super::{paint::Canvas, theme::Tone};

/// Before the word to find.
pub(super) const FIND: &str = "find: ";

/// Title, rule, notice and key bar.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State) {
    let size = state.cx.size;
    let body = area::body(size);
    let head = Area { y: 0, height: 1, ..body };
    let (title, status) = heading(state);
    canvas.line(head, 0, &title, Tone::Title);
    canvas.rule(head.x, 1, head.width);
    if width(&title) + 2 + width(&status) <= head.width.into() {
        canvas.write_right(head, 0, &status, Tone::Faint);
    } else {
        // Too long to stand beside the title: it interrupts the rule below.
        canvas.write_right(Area { y: 1, width: head.width - 2, ..head }, 0, &format!(" {status} "), Tone::Faint);
    }
    keys(canvas, state);
}

/// What the screen is, and where in it the learner stands.
fn heading(state: &State) -> (String, String) {
    let course = &state.cx.course;
    match (&state.overlay, state.screen()) {
        (Some(Overlay::Help { .. }), _) => ("Help: the keys of this screen".into(), String::new()),
        (Some(Overlay::Search(search)), _) => ("Search".into(), format!("{} found", search.hits.len())),
        (Some(Overlay::Outline { .. }), _) => ("Outline".into(), String::new()),
        (_, Some(Screen::Home(_))) => (course.title.clone(), String::new()),
        (_, Some(Screen::Page(page))) => (page_title(&state.cx, &page.kind), scrolled(page)),
        (_, Some(Screen::Exercise(exercise))) => {
            let attempt = &exercise.attempt;
            let sitting = attempt.mode.sitting().and_then(|id| state.cx.progress.sitting(id));
            let mode = match attempt.mode {
                _ if sitting.is_some_and(|sat| sat.test_out) => "test-out",
                Mode::Checkpoint(_) if state.cx.polled(attempt.mode).is_some() => "the room is asked",
                Mode::Checkpoint(_) if state.at_work().is_some() => "exam",
                mode => mode.name(),
            };
            let at = (attempt.cursor + 1).min(attempt.rows.len());
            let place = match (exercise.story, attempt.step(), exercise.place_in_round(&state.cx)) {
                (true, ..) => "story".to_owned(),
                (_, _, Some((row, of))) => format!("row {row} of {of}"),
                (_, Step::Done, None) => "done".to_owned(),
                _ => format!("layer {at} of {}", attempt.rows.len()),
            };
            (attempt.scenario.title.clone(), format!("{mode} · {place}{}", left(state)))
        }
        (_, Some(Screen::HandIn(hand_in))) => {
            ("Before you hand in".into(), format!("{} answers{}", hand_in.rows.len(), left(state)))
        }
        (_, Some(Screen::Breaches(list))) => ("Breaches".into(), format!("{} scenarios", list.rows.len())),
        (_, Some(Screen::Replay(replay))) => (replay.scenario.title.clone(), replay_place(replay)),
        (_, Some(Screen::Investigate(screen))) => (screen.run.scenario.title.clone(), investigate_place(screen)),
        (_, Some(Screen::Compare(compare))) => {
            let place = match compare.step {
                Shown::Story => "stories".to_owned(),
                _ => format!("row {} of {}", (compare.cursor + 1).min(compare.run.rows.len()), compare.run.rows.len()),
            };
            let (from, to) = compare.modes;
            let name = |mode| ladder::mode_name(&compare.moving, mode);
            ("What changes hands?".into(), format!("{} to {} · {place}", name(from), name(to)))
        }
        (_, Some(Screen::Drills(_))) => ("Drills".into(), "about five minutes each".into()),
        (_, Some(Screen::Settings(_))) => ("Settings".into(), String::new()),
        (_, Some(Screen::Watch(watch))) => watch.heading(&state.cx),
        (_, None) => (String::new(), String::new()),
    }
}

/// The time left for the work at hand, as far as it is worth a look.
fn left(state: &State) -> String {
    const SOON: i64 = 24 * 60 * 60 * 1_000;
    let left = state.time_left().filter(|left| *left <= SOON);
    left.map_or_else(String::new, |left| format!(" · {} left", span(left)))
}

fn replay_place(replay: &Replay) -> String {
    let steps = replay.incident().map_or(0, |(_, breach)| breach.steps.len());
    let step = if replay.is_whole() { "the control".to_owned() } else { format!("step {} of {steps}", replay.shown) };
    match replay.incidents.len() {
        0 | 1 => format!("breach · {step}"),
        all => format!("breach {} of {all} · {step}", replay.at + 1),
    }
}

fn investigate_place(screen: &Investigate) -> String {
    let run = &screen.run;
    let lead = match run.lead() {
        _ if screen.story => "story",
        Lead::Row => "which row",
        Lead::Control => "which control",
        Lead::Side => "whose side",
        Lead::Explained | Lead::Done => "explained",
    };
    format!("incident {} of {} · {lead}", (run.cursor + 1).min(run.incidents.len()), run.incidents.len())
}

fn page_title(cx: &Context, kind: &PageKind) -> String {
    match kind {
        PageKind::Welcome => cx.course.title.clone(),
        PageKind::Lesson(id) => {
            cx.course.lesson(id).map_or_else(|| id.clone(), |lesson| format!("{id} {}", lesson.title))
        }
        PageKind::Glossary(_) => "Glossary".into(),
        PageKind::Threats => "Threats and pitfalls".into(),
        PageKind::Assigned(set) => cx.duty(set).map_or_else(String::new, |duty| duty.assignment.title.clone()),
        PageKind::Messages => "Messages".into(),
        PageKind::Progress(_) => "Your progress".into(),
        PageKind::Moving { .. } => "The moving line".into(),
        PageKind::Compared(_) => "What changed hands".into(),
        PageKind::Debrief(_) => "Debrief".into(),
        PageKind::Ballot(_) | PageKind::Revealed(_) => "A question to the room".into(),
        PageKind::Result(sitting) => match cx.progress.sitting(*sitting).and_then(|sat| sat.assignment.as_ref()) {
            Some(set) => cx.duty(set).map_or_else(|| "Handed in".into(), |duty| duty.assignment.title.clone()),
            None => "Checkpoint".into(),
        },
        PageKind::Round(id) => {
            cx.progress.round(*id).map(|round| pages::title(&cx.course, &round.purpose)).unwrap_or_default()
        }
    }
}

fn scrolled(page: &crate::app::Page) -> String {
    let (above, below) = page.pane.hidden();
    (above * 100).checked_div(above + below).map(|share| format!("{share} %")).unwrap_or_default()
}

/// The line above the key bar: what is being typed, a word to the learner, or that the text goes on. A long word takes
/// more lines, from the body's last ones.
pub(super) fn notice(canvas: &mut Canvas<'_>, state: &State) {
    let size = state.cx.size;
    let line = Area { y: size.height - 2, height: 1, ..area::body(size) };
    if let Some(Overlay::Find { needle }) = &state.overlay {
        let x = canvas.write(line.x, line.y, FIND, line.width, Tone::Key);
        canvas.write(x, line.y, needle, (line.x + line.width).saturating_sub(x), Tone::Text);
        return;
    }
    if let Some(Overlay::Ask(ask)) = &state.overlay {
        return super::watch::ask(canvas, line, ask);
    }
    if let Some(words) = &state.cx.notice {
        let rows = layout(&Document::of_words(words), line.width, canvas.glyphs(), &|_, _| Vec::new()).rows;
        let more = u16::try_from(rows.len()).unwrap_or(1).saturating_sub(1).min(line.y);
        let area = Area { y: line.y - more, height: more + 1, ..line };
        canvas.blank(area);
        for (row, y) in rows.iter().zip(0..area.height) {
            canvas.line(area, y, &row.text(), Tone::Caution);
        }
        return;
    }
    let below = match (&state.overlay, state.screen()) {
        (None, _) if state.cover().is_some() => state.cover().map_or(0, |cover| cover.pane.hidden().1),
        (None, Some(Screen::Page(page))) => page.pane.hidden().1,
        (None, Some(Screen::Exercise(exercise))) => exercise.pane.hidden().1,
        (None, Some(Screen::Watch(watch))) => watch.menu.pane.hidden().1,
        (None, Some(Screen::Replay(replay))) => replay.pane.hidden().1,
        (None, Some(Screen::Investigate(screen))) => screen.pane.hidden().1,
        (None, Some(Screen::Compare(compare))) => compare.pane.hidden().1,
        _ => 0,
    };
    if below > 0 {
        let arrow = canvas.pick("▼", "v");
        canvas.write_right(line, 0, &format!("{arrow} more below: pgdn"), Tone::Faint);
    }
}

fn keys(canvas: &mut Canvas<'_>, state: &State) {
    let y = key_bar::line(state.cx.size).y;
    for Cell { binding, x, width } in key_bar::cells(state) {
        let end = x.saturating_add(width);
        let x = canvas.write(x, y, &binding.key(), width, Tone::Key) + 1;
        canvas.write(x, y, binding.label, end.saturating_sub(x), Tone::Text);
    }
}

/// What is said where the screen is too small to work on.
pub(super) fn too_small(canvas: &mut Canvas<'_>, size: Size) {
    let least = area::SMALLEST;
    let lines = [
        format!("respline needs {}x{}", least.width, least.height),
        format!("this is {}x{}", size.width, size.height),
        "nothing is lost".to_owned(),
    ];
    for (line, y) in lines.iter().zip(0..size.height) {
        canvas.write(0, y, line, size.width, Tone::Text);
    }
}
