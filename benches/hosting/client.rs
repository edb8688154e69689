//! A learner's client: logs in with a key, has a terminal of 80 by 24, and knows what is on it.

use std::{
    future::Future,
    net::SocketAddr,
    num::NonZero,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use russh::{
    Channel, ChannelMsg,
    client::{self, Handle, Msg},
    keys::{PrivateKeyWithHashAlg, PublicKeyOrCertificate},
};
use tokio::{
    net::TcpStream,
    sync::Semaphore,
    task::JoinSet,
    time::{Instant, sleep_until, timeout},
};

use super::{Outcome, class::Learner, line::Line};

const COLUMNS: NonZero<u16> = NonZero::new(80).unwrap();
const ROWS: NonZero<u16> = NonZero::new(24).unwrap();

/// What OpenSSH's client grants a session with a terminal, in bytes.
const WINDOW: u32 = 1024 * 1024;

/// How long anything that must come is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The end of a frame that is shown at once, as all large ones are.
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

/// What stands before the selected row.
const POINTER: &str = "▸";

/// All at the same time, for [`each`].
pub(super) const ALL: usize = Semaphore::MAX_PERMITS;

/// A client with a session.
pub(super) struct Client {
    channel: Channel<Msg>,
    emulator: vt100::Parser,
    asleep: Arc<AtomicBool>,
    /// Bytes that came for the terminal.
    pub(super) bytes: usize,
    _connection: Handle<Trusting>,
}

/// Takes any host key: the box was started a moment ago by this very process.
struct Trusting;

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

impl Client {
    /// Logs in and asks for a terminal and a shell.
    pub(super) async fn open(box_: SocketAddr, user: &str, learner: &Learner) -> Outcome<Self> {
        let config = client::Config { window_size: WINDOW, nodelay: true, ..client::Config::default() };
        let tcp = TcpStream::connect(box_).await?;
        tcp.set_nodelay(true)?;
        let asleep = Arc::new(AtomicBool::new(false));
        let line = Line { tcp, asleep: Arc::clone(&asleep) };
        let mut connection = client::connect_stream(Arc::new(config), line, Trusting).await?;
        let key = PrivateKeyWithHashAlg::new(Arc::clone(&learner.key), None);
        if !connection.authenticate_publickey(user, key).await?.success() {
            return Err(format!("{} was refused", learner.name).into());
        }
        let channel = connection.channel_open_session().await?;
        channel.request_pty(false, "xterm-256color", COLUMNS.get().into(), ROWS.get().into(), 0, 0, &[]).await?;
        channel.request_shell(false).await?;
        let emulator = vt100::Parser::new(ROWS, COLUMNS, 0);
        Ok(Self { channel, emulator, asleep, bytes: 0, _connection: connection })
    }

    /// The same, and waits for the first frame.
    pub(super) async fn begin(box_: SocketAddr, learner: &Learner) -> Outcome<Self> {
        let mut client = Self::open(box_, &learner.name, learner).await?;
        client.frame().await?;
        Ok(client)
    }

    /// Sends keys.
    pub(super) async fn press(&self, keys: &'static str) -> Outcome {
        Ok(self.channel.data_bytes(keys.as_bytes()).await?)
    }

    /// Waits for the bytes that the box sends next.
    pub(super) async fn wait(&mut self) -> Outcome<Vec<u8>> {
        loop {
            match self.channel.wait().await {
                Some(ChannelMsg::Data { data }) => {
                    self.bytes += data.len();
                    self.emulator.process(&data);
                    return Ok(data.to_vec());
                }
                Some(ChannelMsg::ExtendedData { data, .. }) => {
                    return Err(String::from_utf8_lossy(&data).into_owned().into());
                }
                Some(_) => {}
                None => return Err("the box closed the session".into()),
            }
        }
    }

    /// Waits for the end of a large frame: another screen.
    pub(super) async fn frame(&mut self) -> Outcome {
        let mut tail = Vec::new();
        let whole = async {
            while !tail.ends_with(END_OF_FRAME) {
                tail.extend(self.wait().await?);
            }
            Ok(())
        };
        timeout(PATIENCE, whole).await?
    }

    /// Waits for whatever comes first.
    pub(super) async fn sign_of_life(&mut self) -> Outcome {
        timeout(PATIENCE, self.wait()).await?.map(drop)
    }

    /// Reads for so long; the bytes that came.
    pub(super) async fn read_for(&mut self, time: Duration) -> Outcome<usize> {
        let (before, end) = (self.bytes, Instant::now() + time);
        loop {
            tokio::select! {
                came = self.wait() => drop(came?),
                () = sleep_until(end) => return Ok(self.bytes - before),
            }
        }
    }

    /// The row of the screen that is selected.
    pub(super) fn selected(&self) -> Option<u16> {
        let screen = self.emulator.screen();
        (0..ROWS.get())
            .find(|row| (0..4).any(|column| screen.cell(*row, column).is_some_and(|cell| cell.contents() == POINTER)))
    }

    /// The text on the screen.
    pub(super) fn text(&self) -> String {
        self.emulator.screen().contents()
    }

    /// Reads nothing any more, for good.
    pub(super) fn fall_asleep(&self) {
        self.asleep.store(true, Ordering::Relaxed);
    }
}

/// Does `what` for each of `all` at the same time, at most `at_once` of them, and gives what it gave in any order.
pub(super) async fn each<T, U, F>(
    all: impl IntoIterator<Item = T>,
    at_once: usize,
    what: impl Fn(T) -> F + Clone + Send + 'static,
) -> Outcome<Vec<U>>
where
    T: Send + 'static,
    U: Send + 'static,
    F: Future<Output = Outcome<U>> + Send,
{
    let turns = Arc::new(Semaphore::new(at_once));
    let mut tasks = JoinSet::new();
    for one in all {
        let (turns, what) = (Arc::clone(&turns), what.clone());
        tasks.spawn(async move {
            let _turn = turns.acquire().await?;
            what(one).await
        });
    }
    tasks.join_all().await.into_iter().collect()
}

/// Sessions of all learners of `class`, each with its first frame.
pub(super) async fn come_in(box_: SocketAddr, class: Vec<Learner>) -> Outcome<Vec<Client>> {
    each(class, 64, move |learner| async move { Client::begin(box_, &learner).await }).await
}
