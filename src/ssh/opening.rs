//! How a session over SSH begins: a seat for it, the learner's records, the program on them.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;
use tracing::{info, warn};

use crate::{
    app::{Input, Room, Start},
    classroom::{Class, ClassRecord},
    course::{Order, Progress, Record},
    store::{Cursor, Database, Memory, StoreError},
    terminal::{Conversation, Direct, Engine, Ledger, Session, classes::rooms, local::now, opening, zones},
    ui::plain::Run,
};

use super::{
    desk::Desk,
    discipline::Discipline,
    login::Identity,
    pump::Visit,
    rooms::{Rooms, Seat, Word},
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
    match &visit.identity {
        Identity::Guest => as_guest(visit, origin),
        Identity::Learner(learner) => as_learner(visit, learner, origin).await,
    }
}

/// A guest's records are kept as long as the session.
fn as_guest(visit: &Visit, origin: u64) -> Result<Opened, Refused> {
    let ledger = Direct::new(Box::new(Memory::default()), "guest".to_owned(), Cursor::START);
    let (seat, words) = visit.hub.rooms.enter(&format!("guest {origin:x}"), origin, 1).ok_or(Refused::Seats(1))?;
    let screen = screen(visit, Known::default(), origin, Box::new(ledger));
    info!(learner = "guest", "session began");
    Ok(Opened { screen, words, seat })
}

async fn as_learner(visit: &Visit, learner: &str, origin: u64) -> Result<Opened, Refused> {
    let most = visit.hub.policy().limits.sessions;
    let (seat, mut words) = visit.hub.rooms.enter(learner, origin, most).ok_or(Refused::Seats(most))?;
    let classes = visit.identity.part().map(|part| visit.hub.roll.of(&part)).unwrap_or_default();
    let (mut records, mut rooms) = recorded(&visit.hub.desk, learner, classes).await?;
    let news = seat.begin_with(&records, &mut words);
    for room in &mut rooms {
        news.iter().for_each(|record| room.ledger.record(learner, record));
    }
    records.extend(news);
    let ledger =
        Hosted { desk: visit.hub.desk.clone(), rooms: visit.hub.rooms.clone(), learner: learner.to_owned(), origin };
    let known = Known { progress: Progress::fold(&records), rooms };
    let screen = screen(visit, known, origin, Box::new(ledger));
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
    let goal = opening::first_goal(&course, &progress, capability.plain);
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

/// What a learner is told of a store that fails: where it is and who runs it is for the log.
const AWAY: &str = "the box cannot store it now; what was stored before is safe, try again in a moment";

/// Has records stored by the box's one writer.
struct Hosted {
    desk: Desk,
    rooms: Rooms,
    learner: String,
    origin: u64,
}

impl Ledger for Hosted {
    fn append(&mut self, records: Vec<Record>) -> Vec<Input> {
        let Some(last) = records.last().map(|record| record.key) else { return Vec::new() };
        let (rooms, learner, origin) = (self.rooms.clone(), self.learner.clone(), self.origin);
        let told = records.clone();
        let posted = self.desk.post(&self.learner, records, move |outcome| match outcome {
            Ok(()) => {
                rooms.tell(&learner, origin, Input::Stored(last));
                rooms.stored(&learner, &told);
            }
            Err(error) => {
                warn!(learner, %error, "not stored");
                rooms.tell(&learner, origin, Input::NotStored(AWAY.to_owned()));
            }
        });
        match posted {
            Ok(()) => Vec::new(),
            Err(_) => vec![Input::NotStored("the box is too busy to store it; try again in a moment".to_owned())],
        }
    }

    fn act(&mut self, _class: &str, _act: ClassRecord) -> Vec<Input> {
        vec![Input::NotActed("only an instructor of the class can do that".to_owned())]
    }

    fn watch(&mut self, _class: &Arc<Class>) -> Vec<Input> {
        vec![Input::NotActed("only an instructor of the class can do that".to_owned())]
    }
}
