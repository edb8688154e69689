//! One session: from the channel that was opened to its exit status. The task here is the only one that touches the learner's
//! program; whatever it waits for, it goes on reading what the client sends.
//!
//! At most one frame is on its way. What happens meanwhile is in the next one, so that a slow link gets fewer frames and not
//! older ones, and a client that reads nothing costs one frame until it is dropped.

use std::{
    future::pending,
    sync::{Arc, Weak},
    time::Duration,
};

use russh::{ChannelWriteHalf, server::Msg};
use tokio::{
    sync::mpsc::{Receiver, UnboundedReceiver},
    time::{Instant, Sleep, sleep, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::{
    app::{Input, Size},
    course::Timestamp,
    terminal::{give_back, local::now},
};

use super::{
    gate::Place,
    hub::Hub,
    login::Identity,
    opening::{self, Opened},
    rooms::{Backlog, Word},
    screen::Screen,
    terminal::Terminal,
};

/// What the client sends.
#[derive(Debug)]
pub(super) enum Incoming {
    /// Keys.
    Bytes(Vec<u8>),
    /// Another size of its terminal.
    Resize(Size),
    /// It will send nothing more.
    End,
}

/// A learner and the way to them.
pub(super) struct Visit {
    pub(super) hub: Arc<Hub>,
    pub(super) identity: Identity,
    pub(super) terminal: Terminal,
    pub(super) channel: Arc<ChannelWriteHalf<Msg>>,
    /// Cuts the connection.
    pub(super) switch: CancellationToken,
    /// The connection's place, which is given up as soon as the client is gone.
    pub(super) place: Weak<Place>,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The learner left.
    Left,
    /// The connection is gone.
    Gone,
    /// Nothing was typed for too long.
    Idle,
    /// The box asked it to.
    Told(&'static str),
    /// The client does not read.
    Stalled,
}

impl End {
    const fn label(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Gone => "gone",
            Self::Idle => "idle",
            Self::Told(_) => "told",
            Self::Stalled => "stalled",
        }
    }

    const fn farewell(self) -> &'static str {
        match self {
            Self::Idle => "Closed: nothing was typed for a long time. Everything you confirmed is saved.",
            Self::Told(words) => words,
            Self::Left | Self::Gone | Self::Stalled => "",
        }
    }
}

/// How long the last bytes may take.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Time without a key after which the session of an instructor ends at the earliest.
const WATCHING: Duration = Duration::from_hours(12);

/// How long work of a class that is watched waits for more: a room that answers is one frame, not hundreds.
const GATHER: Duration = Duration::from_millis(50);

/// Holds a session to its end. A bug in it ends it, and nothing else.
pub(super) async fn hold(visit: Visit, incoming: Receiver<Incoming>) {
    let (channel, terminal) = (Arc::clone(&visit.channel), visit.terminal.has_pty());
    let (place, switch, patience) = (visit.place.clone(), visit.switch.clone(), visit.hub.policy().limits.login);
    let status = match tokio::spawn(attend(visit, incoming)).await {
        Ok(status) => status,
        Err(bug) => {
            error!(%bug, "a session ended by a bug");
            let painted = if terminal { give_back() } else { String::new() };
            let words = format!("{painted}respline: a bug ended this session; every confirmed answer is stored\r\n");
            let _ = timeout(LAST_WORDS, channel.data_bytes(words)).await;
            4
        }
    };
    let end = async {
        // A client that is gone needs no end.
        let _ = channel.exit_status(status).await;
        let _ = channel.eof().await;
        let _ = channel.close().await;
    };
    let _ = timeout(LAST_WORDS, end).await;
    drop(channel);
    let_go(&place, &switch, patience).await;
}

/// A client that keeps its connection and begins nothing new on it is cut after a while, or it would hold a place for ever.
async fn let_go(place: &Weak<Place>, switch: &CancellationToken, patience: Duration) {
    if let Some(place) = place.upgrade() {
        place.leave();
    }
    sleep(patience).await;
    if place.upgrade().is_some_and(|place| place.is_empty()) {
        switch.cancel();
    }
}

/// The whole session; its exit status.
async fn attend(visit: Visit, incoming: Receiver<Incoming>) -> u32 {
    let Opened { screen, words, seat } = match opening::open(&visit).await {
        Ok(opened) => opened,
        Err(refused) => {
            let _ = timeout(LAST_WORDS, visit.channel.extended_data_bytes(1, format!("respline: {refused}\r\n"))).await;
            return 3;
        }
    };
    visit.hub.metrics.session_began();
    let begun = Instant::now();
    let mut pump = Pump::new(&visit, screen, incoming, words);
    let end = pump.run().await;
    pump.finish(end).await;
    visit.hub.metrics.session_ended(end.label());
    info!(learner = ?visit.identity, seconds = begun.elapsed().as_secs(), end = end.label(), "session ended");
    drop(seat);
    0
}

/// A frame on its way.
type Writing = std::pin::Pin<Box<dyn Future<Output = Result<(), russh::Error>> + Send>>;

struct Pump<'a> {
    visit: &'a Visit,
    screen: Screen,
    incoming: Receiver<Incoming>,
    words: UnboundedReceiver<Word>,
    writing: Option<Writing>,
    /// When the frame on its way was begun.
    written: Instant,
    /// When something was typed last.
    typed: Instant,
    /// The first key that no frame has answered yet.
    unanswered: Option<Instant>,
    idle: Duration,
    stall: Duration,
    /// Where work of classes that are watched waits.
    work: Vec<Arc<Backlog>>,
    /// When it is taken.
    gathered: Option<Instant>,
}

impl<'a> Pump<'a> {
    fn new(visit: &'a Visit, mut screen: Screen, incoming: Receiver<Incoming>, words: UnboundedReceiver<Word>) -> Self {
        let limits = visit.hub.policy().limits;
        screen.begin(visit.terminal.size(), now());
        Self {
            visit,
            screen,
            incoming,
            words,
            writing: None,
            written: Instant::now(),
            typed: Instant::now(),
            unanswered: None,
            idle: match visit.identity {
                // Who watches a class need not type.
                Identity::Instructor { .. } => limits.idle.max(WATCHING),
                _ => limits.idle,
            },
            stall: limits.stall,
            work: Vec::new(),
            gathered: None,
        }
    }

    async fn run(&mut self) -> End {
        let timer = sleep_until(Instant::now());
        tokio::pin!(timer);
        loop {
            self.write();
            if self.writing.is_none() && self.screen.ended() {
                return End::Left;
            }
            timer.as_mut().reset(self.due());
            if let Some(end) = self.turn(timer.as_mut()).await {
                return end;
            }
        }
    }

    /// Waits until something happens and takes it; an end where it is one.
    async fn turn(&mut self, timer: std::pin::Pin<&mut Sleep>) -> Option<End> {
        let writing = async {
            match &mut self.writing {
                Some(writing) => writing.await,
                None => pending().await,
            }
        };
        tokio::select! {
            sent = writing => {
                self.writing = None;
                sent.err().map(|_| self.lost())
            }
            word = self.words.recv() => self.hear(word?),
            came = self.incoming.recv() => match came {
                Some(came) => {
                    self.take(came);
                    None
                }
                None => Some(self.lost()),
            },
            () = timer => self.tick(),
        }
    }

    /// Why the connection is lost: where the switch was thrown, by the line, for what its client left unread.
    fn lost(&self) -> End {
        if self.visit.switch.is_cancelled() { End::Stalled } else { End::Gone }
    }

    /// Sends what is new, unless something is on its way.
    fn write(&mut self) {
        while let Ok(more) = self.incoming.try_recv() {
            self.take(more);
        }
        if self.writing.is_some() {
            return;
        }
        let bytes = self.screen.output();
        if bytes.is_empty() {
            return;
        }
        self.visit.hub.metrics.sent(bytes.len());
        if let Some(since) = self.unanswered.take() {
            self.visit.hub.metrics.framed(since.elapsed());
        }
        let channel = Arc::clone(&self.visit.channel);
        self.written = Instant::now();
        self.writing = Some(Box::pin(async move { channel.data_bytes(bytes).await }));
    }

    fn take(&mut self, came: Incoming) {
        match came {
            Incoming::Bytes(bytes) => {
                self.typed = Instant::now();
                self.unanswered.get_or_insert(self.typed);
                self.screen.feed(&bytes, now());
            }
            Incoming::Resize(size) => self.screen.resize(size, now()),
            Incoming::End => self.screen.end_of_input(now()),
        }
    }

    fn hear(&mut self, word: Word) -> Option<End> {
        match word {
            Word::Input(input) => {
                self.screen.tell(input, now());
                None
            }
            Word::Work(backlog) => {
                self.work.push(backlog);
                self.gathered.get_or_insert_with(|| Instant::now() + GATHER);
                None
            }
            Word::End(words) => Some(End::Told(words)),
        }
    }

    fn tick(&mut self) -> Option<End> {
        let at = Instant::now();
        if self.writing.is_some() && at >= self.written + self.stall {
            return Some(End::Stalled);
        }
        if at >= self.typed + self.idle {
            return Some(End::Idle);
        }
        if self.gathered.take_if(|due| *due <= at).is_some() {
            for backlog in std::mem::take(&mut self.work) {
                self.screen.tell(Input::Work(backlog.take()), now());
            }
        }
        self.screen.tick(now());
        None
    }

    /// When [`Self::tick`] has something to do.
    fn due(&self) -> Instant {
        let stalls = self.writing.as_ref().map(|_| self.written + self.stall);
        let wants = self.screen.deadline().map(moment);
        [stalls, wants, self.gathered].into_iter().flatten().fold(self.typed + self.idle, Instant::min)
    }

    /// Waits until what was posted is stored: whoever comes back at once finds it.
    async fn settle(&mut self) {
        while self.screen.awaiting()
            && let Some(word) = self.words.recv().await
        {
            self.hear(word);
        }
    }

    /// Stores what only leaving stores, and gives the terminal back.
    async fn finish(&mut self, end: End) {
        self.screen.leave_off(now());
        // A store that does not answer keeps nobody here; what was posted is stored as soon as it does.
        let _ = timeout(LAST_WORDS, self.settle()).await;
        match end {
            End::Gone => {}
            End::Stalled => self.visit.switch.cancel(),
            End::Left | End::Idle | End::Told(_) => {
                let last = async {
                    if let Some(writing) = self.writing.take() {
                        writing.await?;
                    }
                    self.visit.channel.data_bytes(self.screen.leave(end.farewell())).await
                };
                if timeout(LAST_WORDS, last).await.is_err() {
                    self.visit.switch.cancel();
                }
            }
        }
    }
}

/// The moment on tokio's clock that is `at` on the wall.
fn moment(at: Timestamp) -> Instant {
    Instant::now() + Duration::from_millis(at.since(now()).unsigned_abs())
}
