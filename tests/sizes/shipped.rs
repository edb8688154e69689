//! The shipped texts, whole on every screen that is large enough.

use respline::{
    app::{Goal, Home, Input, Overlay, Screen, Size, area, pages, stack},
    course::{Attempt, Entry, Lead, Record, RecordKey, Step, Term, Timestamp},
    store::{Memory, Store},
};

use super::{
    drawn,
    support::{
        packs,
        program::{LEARNER, Opening, Program},
        tour::{Stand, everywhere},
    },
    words::{self, Words},
};

const SIZES: [(u16, u16); 9] =
    [(40, 12), (41, 13), (47, 12), (59, 20), (60, 12), (64, 24), (80, 24), (120, 30), (200, 60)];

/// For the many explanations: where the least room is, and where text and picture first stand side by side.
const NARROW: [(u16, u16); 2] = [(40, 12), (120, 30)];

/// Faults of a screen at every size, with what `check` finds besides.
fn at_every_size(stand: &mut Stand, check: impl Fn(&Program) -> Vec<String>) -> Vec<String> {
    at(&SIZES, stand, check)
}

fn at(sizes: &[(u16, u16)], stand: &mut Stand, check: impl Fn(&Program) -> Vec<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (width, height) in sizes.iter().copied() {
        stand.program.take(Input::Resize(Size { width, height }));
        let found = drawn::faults(stand).into_iter().chain(check(&stand.program));
        faults.extend(found.map(|fault| format!("{} {width}x{height}: {fault}", stand.name)));
    }
    faults
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The words that the panes on the screen should show and do not.
fn lost(program: &Program, wanted: &Words) -> Vec<String> {
    let rows: Vec<_> = drawn::panes(program).into_iter().flat_map(|pane| pane.layout.rows.clone()).collect();
    words::missing(wanted, &words::of_rows(&rows))
}

#[test]
fn nothing_around_and_in_the_screens_is_clipped() {
    let opening = packs::opening(packs::shipped());
    let faults: Vec<String> = everywhere(&opening, "8.1", "web-app-on-containers")
        .iter_mut()
        .flat_map(|stand| at_every_size(stand, |program| lost(program, &on_lists(program))))
        .collect();
    assert_none(&faults);
}

/// The words of the lists and of the program's own pages.
fn on_lists(program: &Program) -> Words {
    let state = program.state();
    let (course, progress) = (&state.cx.course, &state.cx.progress);
    if let Some(Overlay::Search(search)) = &state.overlay {
        return words::of(&search.hits.iter().map(|hit| format!("{} {}\n", hit.title, hit.kind)).collect::<String>());
    }
    match (&state.overlay, state.screen()) {
        (None, Some(Screen::Home(Home { rows, .. }))) => {
            words::of(&rows.iter().map(|row| format!("{} {}\n", row.words(), row.standing)).collect::<String>())
        }
        (None, Some(Screen::Drills(list))) => {
            words::of(&list.rows.iter().map(|(_, name, note)| format!("{name} {note}\n")).collect::<String>())
        }
        (None, Some(Screen::HandIn(list))) => {
            words::of(&list.rows.iter().map(|row| format!("{} {}\n", row.label, row.control)).collect::<String>())
        }
        (None, Some(Screen::Page(page))) => match page.kind {
            respline::app::PageKind::Welcome => words::of_markdown(&pages::welcome(course)),
            respline::app::PageKind::Glossary(_) => {
                let term =
                    |term: &Term| format!("{}\n{}\n", term.spellings().collect::<Vec<_>>().join("\n"), term.text);
                words::of(&course.glossary.iter().map(term).collect::<String>())
            }
            respline::app::PageKind::Threats => words::of_markdown(&pages::threats(course, progress)),
            _ => Words::new(),
        },
        _ => Words::new(),
    }
}

/// The records of a learner to whom every lesson is open.
fn every_checkpoint_passed(opening: &Opening) -> Memory {
    let mut store = Memory::default();
    for (place, lesson) in (0_u32..).zip(&opening.course.lessons) {
        let key = |seq| RecordKey { origin: 99, seq: 2 * place + seq };
        let sat = Entry::SatDown {
            lesson: lesson.id.clone(),
            seed: 0,
            scenarios: Vec::new(),
            assignment: None,
            test_out: false,
        };
        let passed = Entry::HandedIn { sitting: key(0), marks: Vec::new(), points: 1, out_of: 1, passed: true };
        let records = [(key(0), sat), (key(1), passed)].map(|(key, entry)| Record { key, at: Timestamp(1), entry });
        store.append(LEARNER, &records).expect("memory stores it");
    }
    store
}

#[test]
fn no_word_of_a_shipped_lesson_is_lost() {
    let opening = packs::opening(packs::shipped());
    let mut read = 0;
    for lesson in opening.course.lessons.iter().filter(|lesson| lesson.file.is_some()) {
        let file = lesson.file.as_ref().expect("it has one");
        let text = std::fs::read_to_string(packs::shipped().join("lessons").join(file)).expect("it is text");
        let text = text
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
            .map_or(text.as_str(), |(_, text)| text);
        let wanted = words::of_markdown(text);
        let goal = Some(Goal::Read { lesson: lesson.id.clone(), at: None });
        let program = Program::start(&Opening { goal, ..opening.clone() }, &every_checkpoint_passed(&opening), 1);
        let mut stand = Stand { name: lesson.id.clone(), program };
        assert_none(&at_every_size(&mut stand, |program| lost(program, &wanted)));
        assert_none(&scrolled(&mut stand));
        read += 1;
    }
    assert!(read > 0, "no lesson is shipped");
}

/// Faults on the way through a text, page by page, on the smallest screen.
fn scrolled(stand: &mut Stand) -> Vec<String> {
    stand.program.take(Input::Resize(area::SMALLEST));
    stand.program.press("g");
    let mut faults = Vec::new();
    while drawn::panes(&stand.program).iter().any(|pane| !pane.at_end()) {
        faults.extend(drawn::faults(stand));
        stand.program.press("pgdn");
    }
    faults.extend(drawn::faults(stand));
    faults
}

#[test]
fn no_word_of_a_shipped_scenario_is_lost() {
    let opening = packs::opening(packs::shipped());
    let ids: Vec<String> = opening.course.catalog.iter().map(|line| line.id.to_owned()).collect();
    assert!(ids.len() >= 8, "only {} scenarios are shipped", ids.len());
    for id in ids {
        // Every control of every row is chosen once.
        for control in 1..=5 {
            let goal = Some(Goal::Practice(id.clone()));
            let program = Program::start(&Opening { goal, ..opening.clone() }, &Memory::default(), 1);
            assert_none(&played(Stand { name: id.clone(), program }, control));
        }
    }
}

/// Faults on the way through a scenario whose rows are all answered with one control.
fn played(mut stand: Stand, control: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let owner = if control.is_multiple_of(2) { "p" } else { "c" };
    faults.extend(at_every_size(&mut stand, |program| {
        lost(program, &words::of_markdown(&pages::story(&run(program).scenario)))
    }));
    stand.program.press("enter");
    while let Some(Screen::Exercise(exercise)) = stand.program.state().screen() {
        let controls = exercise.attempt.layer().expect("a row").controls.len();
        if control == 1 {
            stand.program.press("h h");
            faults.extend(at_every_size(&mut stand, owner_words));
        }
        stand.program.press(owner);
        if control == 1 {
            faults.extend(at_every_size(&mut stand, control_words));
        }
        stand.program.press(&format!("{} enter", control.min(controls)));
        faults.extend(at(&NARROW, &mut stand, explained_words));
        stand.program.press("n");
    }
    faults.extend(at(&NARROW, &mut stand, debrief_words));
    faults
}

#[test]
fn no_word_of_a_shipped_breach_is_lost() {
    let opening = packs::opening(packs::shipped());
    let told: Vec<&str> = opening.course.catalog.iter().filter(|line| line.breaches > 0).map(|line| line.id).collect();
    assert!(!told.is_empty(), "no breach is shipped");
    for id in told {
        let opened = |goal| Program::start(&Opening { goal: Some(goal), ..opening.clone() }, &Memory::default(), 1);
        let mut stand =
            Stand { name: id.to_owned(), program: opened(Goal::Replay { scenario: id.to_owned(), rows: Vec::new() }) };
        assert_none(&replayed(&mut stand));
        stand.program = opened(Goal::Investigate(id.to_owned()));
        assert_none(&investigated(&mut stand));
    }
}

/// Faults on the way through the breaches of a scenario.
fn replayed(stand: &mut Stand) -> Vec<String> {
    let mut faults = Vec::new();
    while let Some(Screen::Replay(_)) = stand.program.state().screen() {
        faults.extend(at(&NARROW, stand, step_words));
        stand.program.press("enter");
    }
    faults
}

fn step_words(program: &Program) -> Vec<String> {
    let Some(Screen::Replay(replay)) = program.state().screen() else { panic!("this is no replay") };
    let (layer, breach) = replay.incident().expect("one is shown");
    let steps = breach.steps.iter().take(replay.shown).map(|step| pages::step(&replay.scenario, step));
    let mut wanted = pages::headline(breach) + &steps.collect::<Vec<_>>().join("\n\n");
    if replay.is_whole() {
        wanted += &format!("\n\n{}", pages::broken(&replay.scenario, layer, breach));
    }
    lost(program, &words::of_markdown(&wanted))
}

/// Faults on the way through an investigation whose answers are all the same.
fn investigated(stand: &mut Stand) -> Vec<String> {
    let mut faults = Vec::new();
    while let Some(Screen::Investigate(screen)) = stand.program.state().screen() {
        let keys = match screen.run.lead() {
            Lead::Row | Lead::Control => "1 enter",
            Lead::Side => "p enter",
            Lead::Explained | Lead::Done => "n",
        };
        faults.extend(at(&NARROW, stand, |program| {
            let state = program.state();
            let Some(Screen::Investigate(screen)) = state.screen() else { panic!("this is no investigation") };
            let choices = screen.choices().join("\n\n");
            lost(program, &words::of_markdown(&format!("{}\n\n{choices}", screen.asked(&state.cx))))
        }));
        stand.program.press(keys);
    }
    faults
}

fn run(program: &Program) -> &Attempt {
    match program.state().screen() {
        Some(Screen::Exercise(exercise)) => &exercise.attempt,
        other => panic!("this is no exercise: {other:?}"),
    }
}

fn owner_words(program: &Program) -> Vec<String> {
    let attempt = run(program);
    assert_eq!(attempt.step(), Step::Owner);
    let layer = attempt.layer().expect("a row");
    let wanted = format!("{}\n\n{}", pages::question(layer), layer.hints.join("\n\n"));
    lost(program, &words::of_markdown(&wanted)).into_iter().chain(picture(program)).collect()
}

fn control_words(program: &Program) -> Vec<String> {
    let layer = run(program).layer().expect("a row");
    let texts: Vec<&str> = layer.controls.iter().map(|control| control.text.as_str()).collect();
    lost(program, &words::of_markdown(&format!("{}\n\n{}", layer.task, texts.join("\n\n"))))
}

fn explained_words(program: &Program) -> Vec<String> {
    let attempt = run(program);
    assert_eq!(attempt.step(), Step::Explained);
    let (layer, mark) = (attempt.layer().expect("a row"), attempt.mark().expect("it is graded"));
    let said = attempt.answers[attempt.cursor].expect("it is answered");
    let text = pages::explanation(&program.state().cx.course, &attempt.scenario, layer, &said, &mark);
    let own = words::of_markdown(&format!("{}\n\n{}", layer.why, layer.controls[said.control].why));
    let missed = lost(program, &words::of_markdown(&text)).into_iter().chain(lost(program, &own));
    missed.chain(picture(program)).collect()
}

/// Labels that the picture of the stack does not show whole.
fn picture(program: &Program) -> Vec<String> {
    let state = program.state();
    let attempt = run(program);
    let areas = area::exercise(state.cx.size, attempt.rows.len(), area::Room::Shared);
    let rows = stack::picture(&stack::stands(attempt, 100), areas.stack.width, respline::document::Glyphs::Unicode);
    let labels = attempt.scenario.layers.iter().map(|layer| &layer.label);
    let whole = |label: &&String| rows.iter().any(|row| row.text().contains(label.as_str()));
    labels.filter(|label| !whole(label)).map(|label| format!("label '{label}'")).collect()
}

fn debrief_words(program: &Program) -> Vec<String> {
    let Some(Screen::Page(page)) = program.state().screen() else { panic!("this is no debrief") };
    let respline::app::PageKind::Debrief(id) = page.kind else { panic!("this is no debrief") };
    let cx = &program.state().cx;
    let log = cx.progress.attempt(id).expect("it is known");
    let attempt = Attempt::resume(log, std::sync::Arc::clone(&cx.scenarios[&log.scenario]));
    let (text, addresses) = without_addresses(&pages::debrief(&cx.course, &attempt));
    let rows: String = page.pane.layout.rows.iter().flat_map(|row| row.text().chars().collect::<Vec<_>>()).collect();
    let shown: String = rows.split_whitespace().collect();
    // No row has room for most of them; broken, they are still there.
    let broken = addresses.into_iter().filter(|address| !shown.contains(address.as_str()));
    lost(program, &words::of_markdown(&text)).into_iter().chain(broken).collect()
}

/// A text and the addresses that stood in it.
fn without_addresses(text: &str) -> (String, Vec<String>) {
    let (addresses, words): (Vec<&str>, Vec<&str>) = text.split(' ').partition(|word| word.starts_with("https://"));
    let address = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let rest = |text: &str| text.split_once('\n').map_or("", |(_, rest)| rest).to_owned();
    let after: Vec<String> = addresses.iter().map(|text| rest(text)).collect();
    (format!("{}\n{}", words.join(" "), after.join("\n")), addresses.into_iter().map(address).collect())
}
