//! Opening the tutor: the course map, a scenario or a lesson, on a screen or as a conversation in lines.

use std::{
    io::{IsTerminal, Write, stdin, stdout},
    process::ExitCode,
    sync::{Arc, atomic::AtomicBool},
};

use crate::{
    app::{Goal, Start},
    course::{Course, Lock, Order, Progress},
    terminal::{
        Conversation, Direct, Engine, Library, Session, Surroundings, Watch, lines,
        local::{self, OnSuspend},
        opening, survey,
    },
    ui::plain::Run,
};

use super::{Failure, args::Play, config::Setup, content::unknown, standing};

/// The pack asked for, or the built-in course.
pub(super) fn library(setup: &Setup) -> Result<Library, Failure> {
    Ok(match setup.packs.as_slice() {
        [] => Library::embedded(),
        packs if setup.restricted => Library::open_afresh(packs),
        packs => Library::open(packs),
    }?)
}

/// What a tutor is opened for.
pub(super) struct Opening {
    pub(super) goal: Goal,
    pub(super) run: Run,
    pub(super) order: Order,
    pub(super) seed: Option<u64>,
}

/// The course map; the welcome at the first start.
pub(super) fn open(setup: &Setup) -> Result<ExitCode, Failure> {
    start(setup, |course, progress, plain| {
        Ok(Opening {
            goal: opening::first_goal(course, progress, plain),
            run: Run::Tutor,
            order: Order::Shuffled,
            seed: None,
        })
    })
}

/// Straight into a scenario.
pub(super) fn play(setup: &Setup, args: &Play) -> Result<ExitCode, Failure> {
    start(setup, |course, progress, _| {
        let scenario = match &args.scenario {
            Some(id) if course.catalog.find(id).is_some() => id.clone(),
            Some(id) => return Err(unknown("scenario", id, course.catalog.iter().map(|line| line.id))),
            None => next(course, progress)?,
        };
        let goal = if args.exam { Goal::Exam(scenario) } else { Goal::Practice(scenario) };
        Ok(Opening { goal, run: Run::Scenario, order: args.order.into(), seed: args.seed })
    })
}

/// What is open, or the first scenario without a full score.
fn next(course: &Course, progress: &Progress) -> Result<String, Failure> {
    if let Some(log) = progress.open_attempt(None).filter(|log| course.catalog.find(&log.scenario).is_some()) {
        return Ok(log.scenario.clone());
    }
    let lessons = course.lessons.iter().flat_map(|lesson| course.catalog.in_lesson(&lesson.id));
    let mut open = lessons.filter(|line| !progress.full_score(line.id)).map(|line| line.id.to_owned());
    open.next().ok_or_else(|| {
        Failure::usage("every scenario has its full score", "name one to play it again: respline list scenarios")
    })
}

/// Straight into a lesson.
pub(super) fn read(setup: &Setup, lesson: Option<&str>) -> Result<ExitCode, Failure> {
    start(setup, |course, progress, _| {
        let lesson = match lesson {
            Some(id) if course.lesson(id).is_some() => id.to_owned(),
            Some(id) => return Err(unknown("lesson", id, course.lessons.iter().map(|lesson| lesson.id.as_str()))),
            None => at_hand(course, progress),
        };
        if let Some(lock) = progress.lock(course, &lesson) {
            return Err(locked(course, &lesson, &lock));
        }
        let goal = Goal::Read { lesson, at: None };
        Ok(Opening { goal, run: Run::Lesson, order: Order::Shuffled, seed: None })
    })
}

/// Straight to the moving line of a system.
pub(super) fn moving(setup: &Setup, scenario: Option<&str>) -> Result<ExitCode, Failure> {
    start(setup, |course, _, _| {
        let catalog = &course.catalog;
        let scenario = match scenario {
            Some(id) if catalog.twins(id).next().is_some() => id.to_owned(),
            Some(id) if catalog.find(id).is_some() => {
                return Err(Failure::usage(
                    format!("the system of '{id}' stands in the course in one mode only"),
                    "respline moving shows one that has several",
                ));
            }
            Some(id) => return Err(unknown("scenario", id, catalog.iter().map(|line| line.id))),
            None => catalog
                .ladders()
                .first()
                .and_then(|ladder| catalog.rungs(ladder).first().map(|line| line.id.to_owned()))
                .ok_or_else(|| {
                    Failure::content(
                        "no system of this course has several modes",
                        "scenarios with the same `ladder` are one system",
                    )
                })?,
        };
        Ok(Opening { goal: Goal::Moving(scenario), run: Run::Tutor, order: Order::Shuffled, seed: None })
    })
}

fn locked(course: &Course, lesson: &str, lock: &Lock) -> Failure {
    Failure::content(
        crate::app::lock_words(course, lesson, lock),
        "respline opens the course map, where the checkpoint is",
    )
}

/// The lesson read last, or the first one whose checkpoint is not passed.
fn at_hand(course: &Course, progress: &Progress) -> String {
    let last = progress.last_read.as_ref().map(|(_, lesson)| lesson.clone());
    let open = || course.lessons.iter().find(|lesson| !progress.passed(&lesson.id)).map(|lesson| lesson.id.clone());
    last.filter(|id| course.lesson(id).is_some()).or_else(open).unwrap_or_default()
}

/// A file that may not grow is an error to report, not a reason to be killed.
fn survive_file_limit() {
    let noted = Arc::new(AtomicBool::new(false));
    // Where the handler cannot be set, the system's own way of dealing with it stays.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noted);
}

pub(super) fn start(
    setup: &Setup,
    opening: impl FnOnce(&Course, &Progress, bool) -> Result<Opening, Failure>,
) -> Result<ExitCode, Failure> {
    survive_file_limit();
    let library = Arc::new(library(setup)?);
    let env = |name: &str| std::env::var(name).ok();
    let terminal = survey(&Surroundings { env: &env, keyboard: stdin().is_terminal(), screen: stdout().is_terminal() });
    let plain = setup.plain || terminal.plain;
    let mut store = standing::open(setup)?;
    let (mut progress, seen) = standing::progress(setup, &mut *store)?;
    overrule(setup, &mut progress);
    let course = library.course();
    let Opening { goal, run, order, seed } = opening(&course, &progress, plain)?;
    let origin = getrandom::u64().map_err(|error| Failure::environment(format!("no randomness: {error}"), ""))?;
    let (size, look) = opening::shape(terminal.look, plain);
    let (learner, rooms) = (setup.learner.clone(), Vec::new());
    let begun = Start { size, look, now: local::now(), course, learner, progress, rooms, origin, order, seed, goal };
    let watch = Watch::of(&library).filter(|_| !setup.restricted);
    let ledger = Direct::new(store, setup.learner.clone(), seen);
    let engine = Engine::start(begun, Box::new(ledger), library).watching(watch, local::now());
    let on_suspend = if setup.restricted { OnSuspend::GoOn } else { OnSuspend::AskShell };
    if plain { converse(engine, run) } else { show(engine, on_suspend) }
}

/// What the command line and the environment ask for counts as if it had been set last.
fn overrule(setup: &Setup, progress: &mut Progress) {
    let mut set = |name: &str, value: &str| progress.settings.insert(name.to_owned(), value.to_owned());
    if let Some(theme) = &setup.theme {
        set("theme", theme);
    }
    if setup.no_mouse {
        set("mouse", "off");
    }
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        set("colours", "none");
    }
}

fn show(engine: Engine, on_suspend: OnSuspend) -> Result<ExitCode, Failure> {
    let ended = local::run(Session::new(engine), on_suspend);
    let ended = ended.map_err(|error| Failure::environment(error.to_string(), "--plain works without a terminal"))?;
    Ok(ExitCode::from(ended.code()))
}

fn converse(engine: Engine, run: Run) -> Result<ExitCode, Failure> {
    let (mut input, mut output) = (stdin().lock(), stdout().lock());
    match lines::run(Conversation::new(engine, run), &mut input, &mut output, &local::now) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::environment(format!("the conversation broke off: {error}"), "every answer given is stored"))
        }
        _ => {
            let _ = output.flush();
            Ok(ExitCode::SUCCESS)
        }
    }
}
