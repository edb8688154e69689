//! The box from its start to its end: accepting, reloading, and going down without losing anything.

use std::{borrow::Cow, io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use russh::{MethodKind, MethodSet, Preferred, cipher, compression, kex, keys::PrivateKey, mac, server};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpSocket, TcpStream},
    runtime::{Builder, Runtime},
    signal::unix::{Signal, SignalKind, signal},
    task::JoinSet,
    time::{sleep, timeout},
};
use tracing::{error, info, warn};

use crate::{
    store::{Location, StoreError},
    terminal::{Classes, Library},
};

use super::{
    HostKeyError, Policy,
    connection::Connection,
    desk::Desk,
    gate::Place,
    host_key,
    hub::Hub,
    line::Line,
    metrics::Metrics,
    roll::Roll,
    rooms::{Rooms, Word},
    shelf::Shared,
    status,
};

/// A training box.
#[derive(Clone, Debug)]
pub struct TrainingBox {
    /// Where it listens. Port 0 takes any that is free.
    pub listen: SocketAddr,
    /// Where `/metrics` and `/healthz` are, if anywhere: an address of the loopback.
    pub status: Option<SocketAddr>,
    /// The file of the host key; made where there is none.
    pub host_key: PathBuf,
    /// Where records are kept.
    pub database: Location,
}

/// What can be replaced while a box runs.
pub struct Content {
    /// Who may come in, and how much anybody may take.
    pub policy: Policy,
    /// What is taught.
    pub library: Library,
    /// The classes that run here.
    pub classes: Classes,
}

/// Why a box cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// Metrics are for the machine itself.
    #[error("metrics are served on this machine only, and {0} can be reached from others")]
    Exposed(SocketAddr),
    /// There is no host key.
    #[error(transparent)]
    HostKey(#[from] HostKeyError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The content or the configuration cannot be used.
    #[error("{message}")]
    Content {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// The system refuses something that is needed.
    #[error("cannot start: {0}")]
    System(#[from] io::Error),
}

impl ServeError {
    /// What to do about it.
    pub fn hint(&self) -> &str {
        match self {
            Self::Listen { .. } => "give another address with --listen; ports below 1024 need a privilege",
            Self::Exposed(_) => "give 127.0.0.1:PORT or [::1]:PORT",
            Self::HostKey(error) => error.hint(),
            Self::Store(error) => error.hint(),
            Self::Content { hint, .. } => hint,
            Self::System(_) => "look at the limits of the service: processes, open files, memory",
        }
    }
}

/// How long sessions may take to end when the box goes down.
const DRAIN: Duration = Duration::from_secs(10);

/// What learners are told when it does.
const GOING_DOWN: &str = "The box is going down. Everything you confirmed is saved; come back in a few minutes.";

/// A connection to a machine that is gone is noticed after about three of these.
const KEEPALIVE: Duration = Duration::from_secs(40);

/// Runs a box until it is asked to end (SIGTERM, SIGINT). `load` gives what can be replaced, at the start and again at every
/// SIGHUP; what cannot be loaded then is refused, and the old stays.
///
/// # Errors
/// When it cannot start.
pub fn serve(
    settings: &TrainingBox,
    load: impl Fn() -> Result<Content, ServeError> + Send + Sync + 'static,
) -> Result<(), ServeError> {
    if let Some(address) = settings.status.filter(|address| !address.ip().is_loopback()) {
        return Err(ServeError::Exposed(address));
    }
    raise_file_limit();
    let content = load()?;
    let key = host_key::load_or_make(&settings.host_key)?;
    let metrics = Arc::new(Metrics::default());
    let (rooms, roll) = (Rooms::default(), Roll::new(content.classes));
    let (desk, staff) = Desk::open(&settings.database, &metrics, (&rooms, &roll))?;
    let hub = Arc::new(Hub::new(desk, (rooms, roll), metrics, content.policy, Shared::new(content.library)));
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let ran = runtime.block_on(run(settings, &hub, key, load));
    // Connections that are still open let go of the desk, and what was posted is stored.
    end(runtime, hub);
    staff.finish();
    info!("ended");
    ran
}

/// Every connection is an open file, and the limit that a shell sets by default holds fewer than a box takes.
fn raise_file_limit() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // Where it cannot be raised, the box takes as many as it may: accepting waits until somebody leaves.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
}

fn end(runtime: Runtime, hub: Arc<Hub>) {
    runtime.shutdown_timeout(Duration::from_secs(2));
    drop(hub);
}

async fn run(
    settings: &TrainingBox,
    hub: &Arc<Hub>,
    key: PrivateKey,
    load: impl Fn() -> Result<Content, ServeError> + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let listener = listen(settings.listen)?;
    if let Some(address) = settings.status {
        tokio::spawn(status::serve(listen(address)?, Arc::clone(hub)));
    }
    let fingerprint = host_key::fingerprint(&key);
    let config = Arc::new(protocol(key, hub));
    let mut signals = Signals::watch()?;
    info!(address = %listener.local_addr()?, fingerprint, database = %settings.database, "serving");
    let load = Arc::new(load);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => accept(accepted, hub, &config, &mut connections).await,
            Some(_) = connections.join_next() => {}
            asked = signals.next() => match asked {
                Asked::Reload => reload(hub, Arc::clone(&load)),
                Asked::End => break,
            },
        }
    }
    drop(listener);
    drain(hub, connections).await;
    Ok(())
}

/// What the system may hold for one client, in bytes. Left to itself it takes in megabytes for a client that has stopped
/// reading, and minutes of frames for one behind a slow link; connections inherit it from their listener.
const SEND_BUFFER: u32 = 64 * 1024;

/// Clients that may wait to be accepted.
const BACKLOG: u32 = 1024;

fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listening = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        socket.set_reuseaddr(true)?;
        socket.set_send_buffer_size(SEND_BUFFER)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    listening().map_err(|source| ServeError::Listen { address, source })
}

/// What the box is asked from outside.
enum Asked {
    Reload,
    End,
}

struct Signals {
    hangup: Signal,
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn watch() -> io::Result<Self> {
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) -> Asked {
        tokio::select! {
            _ = self.hangup.recv() => Asked::Reload,
            _ = self.terminate.recv() => Asked::End,
            _ = self.interrupt.recv() => Asked::End,
        }
    }
}

/// Takes new content and rules in, away from the sessions: a pack is checked whole.
fn reload(hub: &Arc<Hub>, load: Arc<impl Fn() -> Result<Content, ServeError> + Send + Sync + 'static>) {
    let hub = Arc::clone(hub);
    tokio::task::spawn_blocking(move || match load() {
        Ok(content) => {
            hub.replace(content.policy, Shared::new(content.library));
            hub.roll.replace(content.classes);
            info!("reloaded; sessions that are open go on with what they began with");
        }
        Err(refused) => {
            let error = one_line(&refused.to_string());
            error!(error, hint = one_line(refused.hint()), "not reloaded, the old stays");
        }
    });
}

/// A text of several lines for a log that has one for each event.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells everybody, and waits until they are gone.
async fn drain(hub: &Hub, mut connections: JoinSet<()>) {
    info!(sessions = hub.rooms.len(), "going down");
    hub.rooms.announce(&Word::End(GOING_DOWN));
    let gone = async {
        while hub.rooms.len() > 0 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    if timeout(DRAIN, gone).await.is_err() {
        warn!(sessions = hub.rooms.len(), "some sessions did not end");
    }
    // Their last bytes are with the system; the connections themselves hold nothing.
    let _ = timeout(Duration::from_millis(500), async { while connections.join_next().await.is_some() {} }).await;
    connections.shutdown().await;
}

async fn accept(
    accepted: io::Result<(TcpStream, SocketAddr)>,
    hub: &Arc<Hub>,
    config: &Arc<server::Config>,
    connections: &mut JoinSet<()>,
) {
    let (tcp, from) = match accepted {
        Ok(accepted) => accepted,
        Err(error) => {
            // Too many open files, mostly: the listener stays, and closing connections mends it.
            warn!(%error, "cannot accept");
            return sleep(Duration::from_millis(100)).await;
        }
    };
    match hub.gate().admit(from.ip()) {
        Ok(place) => {
            hub.metrics.connection("accepted");
            connections.spawn(attend(tcp, from, place, Arc::clone(hub), Arc::clone(config)));
        }
        Err(refusal) => {
            hub.metrics.connection(refusal.label());
            connections.spawn(turn_away(tcp, refusal.words()));
        }
    }
}

async fn turn_away(mut tcp: TcpStream, words: &'static str) {
    // Whoever does not read that is turned away all the same.
    let _ = timeout(Duration::from_secs(1), tcp.write_all(words.as_bytes())).await;
}

/// One connection, from its first byte to its last.
async fn attend(tcp: TcpStream, from: SocketAddr, place: Place, hub: Arc<Hub>, config: Arc<server::Config>) {
    // A frame is one write: there is nothing to wait for.
    let _ = tcp.set_nodelay(true);
    let (switch, place) = (place.switch.clone(), Arc::new(place));
    let limits = hub.policy().limits;
    let connection = Connection::new(hub, from, Arc::clone(&place));
    let line = Line::new(tcp, switch.clone(), limits.stall);
    let Ok(Ok(running)) = timeout(limits.login, server::run_stream(config, line, connection)).await else { return };
    tokio::pin!(running);
    tokio::select! {
        _ = &mut running => return,
        () = sleep(limits.login) => {}
    }
    if place.is_waiting() {
        switch.cancel();
    }
    let _ = running.await;
}

/// The protocol's settings: what is proposed is what nothing weak is known of, and the buffers are those of a terminal.
fn protocol(key: PrivateKey, hub: &Hub) -> server::Config {
    let preferred = Preferred {
        kex: Cow::Borrowed(&[
            kex::MLKEM768X25519_SHA256,
            kex::CURVE25519,
            kex::CURVE25519_PRE_RFC_8731,
            kex::EXTENSION_SUPPORT_AS_SERVER,
            kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
        ]),
        cipher: Cow::Borrowed(&[cipher::CHACHA20_POLY1305, cipher::AES_256_GCM, cipher::AES_128_GCM]),
        mac: Cow::Borrowed(&[mac::HMAC_SHA256_ETM, mac::HMAC_SHA512_ETM]),
        compression: Cow::Borrowed(&[compression::NONE]),
        ..Preferred::DEFAULT
    };
    let methods: &[MethodKind] =
        if hub.policy().open { &[MethodKind::None] } else { &[MethodKind::PublicKey, MethodKind::KeyboardInteractive] };
    server::Config {
        server_id: russh::SshId::Standard(Cow::Borrowed(concat!("SSH-2.0-respline_", env!("CARGO_PKG_VERSION")))),
        methods: MethodSet::from(methods),
        auth_rejection_time: Duration::from_millis(100),
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![key],
        preferred,
        window_size: 64 * 1024,
        maximum_packet_size: 16 * 1024,
        channel_buffer_size: 1,
        event_buffer_size: 2,
        max_auth_attempts: 20,
        // Who types nothing is the session's matter; who is gone is noticed by this.
        inactivity_timeout: None,
        keepalive_interval: Some(KEEPALIVE),
        keepalive_max: 3,
        nodelay: true,
        ..server::Config::default()
    }
}
