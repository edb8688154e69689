//! The whole program in memory: the engine, the decoder of keys, and the frame as rows of text.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use respline::{
    app::{Goal, Input, Look, Room, Size, Start, State, Zones},
    classroom::{Class, ClassRecord, class_account},
    course::{Course, Entry, Order, Progress, Record, RecordKey, Timestamp},
    store::{Cursor, Kept, Memory, Store},
    terminal::{Decoder, Direct, Engine, Ledger, Session, Shelf},
    ui,
};
use unicode_width::UnicodeWidthStr;

use super::keys;

/// Whose records the tests keep.
pub(crate) const LEARNER: &str = "local";

/// What a program is opened on.
#[derive(Clone)]
pub(crate) struct Opening {
    pub(crate) course: Arc<Course>,
    pub(crate) shelf: Arc<dyn Shelf>,
    pub(crate) size: Size,
    pub(crate) look: Look,
    pub(crate) order: Order,
    pub(crate) seed: Option<u64>,
    /// None for the course map, or the welcome at the first start.
    pub(crate) goal: Option<Goal>,
    /// The classes, and what instructors did in them; the learner's own work is the store's.
    pub(crate) rooms: Vec<Room>,
    pub(crate) zones: Zones,
}

impl Opening {
    /// The classes with the learner's own work.
    fn rooms(&self, records: &[Record]) -> Vec<Room> {
        let mut rooms = self.rooms.clone();
        for room in &mut rooms {
            for record in records {
                room.ledger.record(LEARNER, record);
            }
        }
        rooms
    }
}

/// A running program.
pub(crate) struct Program {
    engine: Engine,
    decoder: Decoder,
    now: Timestamp,
}

impl Program {
    /// Starts it on the records of `store`, as the session of number `origin`.
    pub(crate) fn start(opening: &Opening, store: &(impl Store + Clone + 'static), origin: u64) -> Self {
        let now = Timestamp(i64::try_from(origin).expect("it is small") * 1_000_000);
        Self::start_at(opening, store, origin, now)
    }

    /// Starts it at this moment.
    pub(crate) fn start_at(
        opening: &Opening,
        store: &(impl Store + Clone + 'static),
        origin: u64,
        now: Timestamp,
    ) -> Self {
        let kept = store.clone().records_since(LEARNER, Cursor::START).expect("it can be read");
        let progress = Progress::fold(&kept.records);
        let direct = Direct::new(Box::new(store.clone()), LEARNER.into(), kept.cursor);
        let ledger: Box<dyn Ledger> = match opening.goal {
            Some(Goal::Watch(_)) => Box::new(Steering { direct, store: Box::new(store.clone()) }),
            _ => Box::new(direct),
        };
        let first = if progress.welcomed { Goal::Home } else { Goal::Welcome };
        let start = Start {
            size: opening.size,
            look: opening.look,
            now,
            course: Arc::clone(&opening.course),
            learner: LEARNER.into(),
            progress,
            rooms: opening.rooms(&kept.records),
            zones: opening.zones,
            origin,
            order: opening.order,
            seed: opening.seed,
            goal: opening.goal.clone().unwrap_or(first),
        };
        let engine = Engine::start(start, ledger, Arc::clone(&opening.shelf));
        Self { engine, decoder: Decoder::default(), now }
    }

    /// Takes one input, a millisecond later.
    pub(crate) fn take(&mut self, input: Input) {
        self.now.0 += 1;
        self.engine.take(input, self.now);
    }

    /// Lets so many milliseconds pass.
    pub(crate) fn wait(&mut self, ms: i64) {
        self.now.0 += ms;
        self.take(Input::Tick);
    }

    /// The moment of the last input.
    pub(crate) const fn now(&self) -> Timestamp {
        self.now
    }

    /// Lets time pass until `now`, and wakes it then.
    pub(crate) fn wake(&mut self, now: Timestamp) -> &mut Self {
        self.now = now;
        self.engine.take(Input::Tick, now);
        self
    }

    /// Sets the clock without a word to it.
    pub(crate) const fn set_clock(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Types a script.
    pub(crate) fn press(&mut self, script: &str) -> &mut Self {
        for word in keys::words(script) {
            let mut inputs = self.decoder.feed(&keys::bytes(&word));
            inputs.extend(self.decoder.flush());
            for input in inputs {
                self.take(input);
            }
        }
        self
    }

    /// What happens where its terminal is closed.
    pub(crate) fn close(mut self) {
        self.take(Input::Gone);
    }

    /// The same program behind a terminal.
    pub(crate) fn into_session(self) -> Session {
        Session::new(self.engine)
    }

    /// The program without a screen.
    pub(crate) fn into_engine(self) -> Engine {
        self.engine
    }

    /// The learner has left.
    pub(crate) fn ended(&self) -> bool {
        self.engine.ended()
    }

    /// The state at hand.
    pub(crate) fn state(&self) -> &State {
        self.engine.state().expect("it is not being updated")
    }

    /// The frame.
    pub(crate) fn frame(&self) -> Buffer {
        ui::frame(self.state())
    }

    /// The frame's rows.
    pub(crate) fn screen(&self) -> Vec<String> {
        rows(&self.frame())
    }
}

/// The ledger of somebody who may steer every class; what others do is told by the test.
struct Steering {
    direct: Direct,
    store: Box<dyn Store>,
}

impl Ledger for Steering {
    fn append(&mut self, records: Vec<Record>) -> Vec<Input> {
        self.direct.append(records)
    }

    fn act(&mut self, class: &str, act: ClassRecord) -> Vec<Input> {
        let kept = Kept::new(act.key, act.at, &act.entry);
        match kept.and_then(|kept| self.store.keep(&class_account(class), &[kept])) {
            Ok(_) => vec![Input::Acts { class: class.to_owned(), acts: vec![act] }],
            Err(error) => vec![Input::NotActed(error.to_string())],
        }
    }

    fn watch(&mut self, _: &Arc<Class>) -> Vec<Input> {
        Vec::new()
    }
}

/// The rows of a frame, blanks at their ends left out.
pub(crate) fn rows(frame: &Buffer) -> Vec<String> {
    let row = |y: u16| {
        let (mut text, mut x) = (String::new(), 0);
        while x < frame.area.width {
            let symbol = frame[(x, y)].symbol();
            text.push_str(symbol);
            // The cell after a wide character is its second half.
            x += u16::try_from(symbol.width()).expect("a cell's text is short").max(1);
        }
        text.trim_end().to_owned()
    };
    (0..frame.area.height).map(row).collect()
}

/// The records of somebody who has worked through a scenario of the small pack forty days before `now`, answering each row
/// with the customer and its second control.
pub(crate) fn learnt(opening: &Opening, scenario: &str, now: Timestamp) -> Vec<Record> {
    const LONG_AGO: i64 = 40 * 86_400_000;
    let mut store = Memory::default();
    let goal = Some(Goal::Practice(scenario.to_owned()));
    let practice = Opening { goal, order: Order::Authored, ..opening.clone() };
    let mut program = Program::start_at(&practice, &store, u64::MAX, Timestamp(0));
    program.press("enter");
    super::tour::answer_all(&mut program);
    program.close();
    let mut records = store.records(LEARNER).expect("memory can be read");
    // A session never makes a record before time begins.
    for record in &mut records {
        record.at.0 += now.0 - LONG_AGO;
    }
    records
}

/// A record from before the story: nothing moves by itself.
pub(crate) fn still() -> Record {
    let entry = Entry::Set { name: "motion".into(), value: "on".into() };
    Record { key: RecordKey { origin: 0, seq: 0 }, at: Timestamp(0), entry }
}
