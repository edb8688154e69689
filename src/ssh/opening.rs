//! How a session over SSH begins: a seat for it, the learner's records, the program on them.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;
use tracing::{info, warn};

use crate::{
    app::{Room, Start},
    classroom::Class,
    course::{Order, Progress, Record},
    store::{Cursor, Database, Memory, StoreError},
    terminal::{Conversation, Direct, Engine, Ledger, Part, Session, classes::rooms, local::now, opening, zones},
    ui::plain::Run,
};

use super::{
    desk::Desk,
    discipline::Discipline,
    hosted::Hosted,
    pump::Visit,
    rooms::{Seat, Word},
    screen::{Echo, Screen},
};

/// A session that can begin.
pub(super) struct Opened {
    pub(super) screen: Screen,
    pub(super) words: UnboundedReceiver<Word>,
    pub(super) seat: Seat,
}

/// Why a session cannot begin, in words for the learner.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("you have {0} sessions open already; close one of them first")]
    Seats(usize),
    #[error("the box cannot read your records now; try again in a minute")]
    Store,
    #[error("the box has no randomness")]
    Randomness,
}

/// Opens a session for the learner of `visit`.
pub(super) async fn open(visit: &Visit) -> Result<Opened, Refused> {
    let origin = getrandom::u64().map_err(|_| Refused::Randomness)?;
    match visit.identity.part() {
        Some(part) => as_somebody(visit, part, origin).await,
        None => as_guest(visit, origin),
    }
}

/// A guest's records are kept as long as the session.
fn as_guest(visit: &Visit, origin: u64) -> Result<Opened, Refused> {
    let ledger = Direct::new(Box::new(Memory::default()), "guest".to_owned(), Cursor::START);
    let (seat, words) =
        visit.hub.rooms.enter((&format!("guest {origin:x}"), None), origin, 1).ok_or(Refused::Seats(1))?;
    let screen = screen(visit, Known::default(), origin, Box::new(ledger));
    info!(learner = "guest", "session began");
    Ok(Opened { screen, words, seat })
}

/// A learner, or an instructor: what they store is kept, and they hear of their classes.
async fn as_somebody(visit: &Visit, part: Part, origin: u64) -> Result<Opened, Refused> {
    let (hub, learner) = (&visit.hub, visit.identity.name());
    let most = hub.policy().limits.sessions;
    let seat = hub.rooms.enter((learner, Some(part.clone())), origin, most);
    let (seat, mut words) = seat.ok_or(Refused::Seats(most))?;
    let classes = hub.roll.of(&part);
    seat.attends(&classes);
    let (mut records, mut rooms) = recorded(&hub.desk, learner, classes).await?;
    let news = seat.begin_with(&records, &mut words);
    for room in &mut rooms {
        news.iter().for_each(|record| room.ledger.record(learner, record));
    }
    records.extend(news);
    let known = Known { progress: Progress::fold(&records), rooms };
    let screen =
        screen(visit, known, origin, Box::new(Hosted::new(Arc::clone(hub), visit.identity.clone(), part, origin)));
    info!(learner, records = records.len(), plain = matches!(screen, Screen::Lines(..)), "session began");
    Ok(Opened { screen, words, seat })
}

/// What a session knows of its learner as it begins.
#[derive(Default)]
struct Known {
    progress: Progress,
    rooms: Vec<Room>,
}

/// The records of `learner`, and the rooms of `classes` with them in it.
async fn recorded(desk: &Desk, learner: &str, classes: Vec<Arc<Class>>) -> Result<(Vec<Record>, Vec<Room>), Refused> {
    let name = learner.to_owned();
    let read = move |database: &mut dyn Database| -> Result<_, StoreError> {
        let records = database.records(&name)?;
        let rooms = rooms(database, classes.iter(), (&name, &records))?;
        Ok((records, rooms.into_iter().map(|(room, _)| room).collect()))
    };
    desk.ask(read).await.map_err(|_| Refused::Store)?.map_err(|error| {
        warn!(learner, %error, "records cannot be read");
        Refused::Store
    })
}

fn screen(visit: &Visit, known: Known, origin: u64, ledger: Box<dyn Ledger>) -> Screen {
    let capability = visit.terminal.capability();
    let (size, look) = opening::shape(capability.look, capability.plain);
    let shelf = visit.hub.shelf();
    let course = shelf.course();
    let Known { progress, rooms } = known;
    let room = visit.identity.part().and_then(|part| opening::room_of(&part, &rooms));
    let goal = room.unwrap_or_else(|| opening::first_goal(&course, &progress, capability.plain));
    let learner = visit.identity.name().to_owned();
    let start = Start {
        size,
        look,
        now: now(),
        course,
        learner,
        progress,
        rooms,
        zones: zones::ELSEWHERE,
        origin,
        order: Order::Shuffled,
        seed: None,
        goal,
    };
    let engine = Engine::start(start, ledger, shelf);
    if capability.plain {
        let discipline = visit.terminal.has_pty().then(Discipline::default);
        Screen::Lines(Box::new(Conversation::new(engine, Run::Tutor)), discipline, Echo::default())
    } else {
        Screen::Drawn(Box::new(Session::new(engine)))
    }
}
