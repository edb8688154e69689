//! Opening the tutor: the course map, a scenario or a lesson, on a screen or as a conversation in lines.

use std::{
    io::{IsTerminal, stdin, stdout},
    path::Path,
    process::ExitCode,
    sync::{Arc, atomic::AtomicBool},
};

use crate::{
    app::{Goal, Room, Start},
    classroom::instructor_account,
    course::{Course, Drill, Lock, Model, Order, Progress},
    store::Cursor,
    terminal::{
        Attendance, Classes, Conversation, Direct, Engine, Library, Part, Session, Surroundings, Watch,
        classes::rooms,
        lines,
        local::{self, OnSuspend},
        opening, survey, zones,
    },
    ui::plain::Run,
};

use super::{
    Failure,
    args::{About, Choices, DrillArgs, Play},
    config::Setup,
    content::unknown,
    standing,
};

/// The pack asked for, or the built-in course.
pub(super) fn library(setup: &Setup) -> Result<Library, Failure> {
    Ok(match setup.packs.as_slice() {
        [] => Library::embedded(),
        packs if setup.restricted => Library::open_afresh(packs),
        packs => Library::open(packs),
    }?)
}

/// The classes that run here. A guest can mend no file: they go without a class that is broken until somebody has.
fn classes(setup: &Setup, course: &Arc<Course>) -> Result<Classes, Failure> {
    if setup.restricted {
        return Ok(Classes::open_sound(&setup.classes, course).0);
    }
    Ok(Classes::open(&setup.classes, course)?)
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
    start(setup, |course, progress, plain| Ok(home(course, progress, plain)))
}

fn home(course: &Course, progress: &Progress, plain: bool) -> Opening {
    let goal = opening::first_goal(course, progress, plain);
    Opening { goal, run: Run::Tutor, order: Order::Shuffled, seed: None }
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
        Ok(chosen(goal, &args.choices))
    })
}

/// The rows that are due.
pub(super) fn review(setup: &Setup, choices: &Choices) -> Result<ExitCode, Failure> {
    start(setup, |_, _, _| Ok(chosen(Goal::Review, choices)))
}

/// Rows about something.
pub(super) fn drill(setup: &Setup, args: &DrillArgs) -> Result<ExitCode, Failure> {
    start(setup, |course, _, _| Ok(chosen(Goal::Drill(asked(course, &args.about)?), &args.choices)))
}

/// Where a scenario or a round begins, and what chance decides in it.
fn chosen(goal: Goal, choices: &Choices) -> Opening {
    Opening { goal, run: Run::Scenario, order: choices.order.into(), seed: choices.seed }
}

/// The drill that the arguments name.
fn asked(course: &Course, args: &About) -> Result<Drill, Failure> {
    if let Some(id) = &args.threat {
        let known =
            course.threat(id).ok_or_else(|| unknown("threat", id, course.threats.iter().map(|one| one.id.as_str())));
        return known.map(|threat| Drill::Threat(threat.id.clone()));
    }
    if let Some(id) = &args.pitfall {
        let ids: Vec<&str> = course.pitfalls.iter().map(|one| one.id.as_str()).collect();
        let known = course.pitfall(id).map(|pitfall| Drill::Pitfall(pitfall.id.clone()));
        let hint = || format!("the course knows {}", ids.join(", "));
        return known.ok_or_else(|| Failure::usage(format!("there is no pitfall '{id}'"), hint()));
    }
    if let Some(word) = &args.model {
        let model = Model::ALL.into_iter().find(|model| model.word() == word);
        return model.map(Drill::Model).ok_or_else(|| Failure::usage(format!("there is no model '{word}'"), ""));
    }
    Ok(if args.weak { Drill::Weak } else { Drill::Mixed })
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

/// The room of a class, for whoever can open the database.
pub(super) fn watch(setup: &Setup, class: &Path) -> Result<ExitCode, Failure> {
    let setup = Setup { classes: vec![class.to_owned()], ..setup.clone() };
    start_as(
        &setup,
        |_| Ok((Part::Owner, setup.learner.clone())),
        |course, progress, plain| Ok(home(course, progress, plain)),
    )
}

/// Who an instructor's key makes somebody, and the name that their own records are kept under.
fn instructor(key: &str, classes: &Classes) -> Result<(Part, String), Failure> {
    let known = classes.iter().find_map(|class| class.instructor_with(key));
    let known = known.ok_or_else(|| Failure::usage("this key is no instructor's here", "look at the class files"))?;
    Ok((Part::Instructor(key.to_owned()), instructor_account(&known.name)))
}

pub(super) fn start(
    setup: &Setup,
    opening: impl FnOnce(&Course, &Progress, bool) -> Result<Opening, Failure>,
) -> Result<ExitCode, Failure> {
    let learner = || Ok((Part::Learner(setup.learner.clone()), setup.learner.clone()));
    let who = |classes: &Classes| setup.instructor.as_ref().map_or_else(learner, |key| instructor(key, classes));
    start_as(setup, who, opening)
}

fn start_as(
    setup: &Setup,
    who: impl FnOnce(&Classes) -> Result<(Part, String), Failure>,
    opening: impl FnOnce(&Course, &Progress, bool) -> Result<Opening, Failure>,
) -> Result<ExitCode, Failure> {
    survive_file_limit();
    let library = Arc::new(library(setup)?);
    let env = |name: &str| std::env::var(name).ok();
    let terminal = survey(&Surroundings { env: &env, keyboard: stdin().is_terminal(), screen: stdout().is_terminal() });
    let plain = setup.plain || terminal.plain;
    let mut store = standing::open(setup)?;
    let course = library.course();
    let classes = classes(setup, &course)?;
    let (part, learner) = who(&classes)?;
    let batch = store.records_since(&learner, Cursor::START)?;
    let rooms = rooms(&mut *store, classes.iter().filter(|class| part.is_in(class)), (&learner, &batch.records))?;
    let heard = rooms.iter().map(|(room, seen)| (room.class.id.clone(), *seen)).collect();
    let rooms: Vec<Room> = rooms.into_iter().map(|(room, _)| room).collect();
    let mut progress = Progress::fold(&batch.records);
    overrule(setup, &mut progress);
    let Opening { goal, run, order, seed } = opening(&course, &progress, plain)?;
    let goal = opening::room_of(&part, &rooms).unwrap_or(goal);
    let origin = getrandom::u64().map_err(|error| Failure::environment(format!("no randomness: {error}"), ""))?;
    let ledger = Direct::new(store, learner.clone(), batch.cursor);
    let ledger = ledger.attending(Attendance { origin, part, classes, heard, watched: None });
    let (size, look) = opening::shape(terminal.look, plain);
    let zones = if setup.restricted { zones::ELSEWHERE } else { zones::HERE };
    let begun =
        Start { size, look, now: local::now(), course, learner, progress, rooms, zones, origin, order, seed, goal };
    let watch = Watch::of(&library).filter(|_| !setup.restricted);
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
    let mut output = stdout().lock();
    match lines::run_here(Conversation::new(engine, run), &mut output, &local::now) {
        Ok(ended) => Ok(ExitCode::from(ended.code())),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => {
            Err(Failure::environment(format!("the conversation broke off: {error}"), "every answer given is stored"))
        }
    }
}
