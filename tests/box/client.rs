//! Clients: what a test needs of any of them, and russh's, which runs in the test itself.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock},
    time::Duration,
};

use russh::{
    ChannelMsg, ChannelWriteHalf, Disconnect,
    client::{self, AuthResult, Handle, Msg},
    keys::{PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate, ssh_key::private::Ed25519Keypair},
};
use tokio::runtime::{Builder, Runtime};

use super::serving::PATIENCE;

/// What a test does with any client.
pub(crate) trait Client {
    fn press(&mut self, bytes: &[u8]);
    fn resize(&mut self, size: (u16, u16));
    /// The rows of its screen, blanks at their ends left out.
    fn rows(&self) -> Vec<String>;
    /// Ends it without a word to the box.
    fn cut(&mut self);
    /// Waits for its end: the exit status.
    fn wait_end(&mut self) -> Option<u32>;
    /// Everything that it was sent.
    fn bytes(&self) -> Vec<u8>;
}

/// The key of somebody, made from their name.
pub(crate) fn key(name: &str) -> PrivateKey {
    let mut seed = [7; 32];
    seed.iter_mut().zip(name.bytes()).for_each(|(seed, byte)| *seed ^= byte);
    PrivateKey::from(Ed25519Keypair::from_seed(&seed))
}

/// Their public key as accounts hold it.
pub(crate) fn public_text(name: &str) -> String {
    let line = key(name).public_key().to_openssh().expect("it is text");
    line.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads"))
}

/// The terminal that a client says it has.
#[derive(Clone, Debug)]
pub(crate) struct Terminal {
    pub(crate) name: &'static str,
    pub(crate) size: (u16, u16),
    pub(crate) variables: Vec<(&'static str, &'static str)>,
}

impl Default for Terminal {
    fn default() -> Self {
        Self { name: "xterm-256color", size: (80, 24), variables: Vec::new() }
    }
}

/// Takes every host key, and remembers it.
#[derive(Clone, Default)]
pub(crate) struct Trusting(pub(crate) Arc<Mutex<Option<String>>>);

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        *self.0.lock().expect("no panic") = Some(format!("{key:?}"));
        Ok(true)
    }
}

/// A connection that has not logged in.
pub(crate) async fn connect(port: u16) -> Result<(Handle<Trusting>, String), russh::Error> {
    let trusting = Trusting::default();
    let handle = client::connect(Arc::default(), ("127.0.0.1", port), trusting.clone()).await?;
    let key = trusting.0.lock().expect("no panic").clone();
    Ok((handle, key.unwrap_or_default()))
}

/// A connection logged in by the key of `name`.
pub(crate) async fn log_in(port: u16, name: &str) -> Result<Handle<Trusting>, russh::Error> {
    let (mut handle, _) = connect(port).await?;
    let key = PrivateKeyWithHashAlg::new(Arc::new(key(name)), None);
    match handle.authenticate_publickey("anybody", key).await? {
        AuthResult::Success => Ok(handle),
        AuthResult::Failure { .. } => Err(russh::Error::NotAuthenticated),
    }
}

/// russh's client with a session.
pub(crate) struct Link {
    handle: Handle<Trusting>,
    write: ChannelWriteHalf<Msg>,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    shown: Mutex<Shown>,
    changed: Condvar,
}

/// What a client was sent.
pub(crate) struct Shown {
    pub(crate) emulator: vt100::Parser,
    pub(crate) bytes: Vec<u8>,
    pub(crate) errors: Vec<u8>,
    pub(crate) status: Option<u32>,
    /// The box said whether it does what was asked.
    pub(crate) answers: Vec<bool>,
    pub(crate) closed: bool,
}

impl Default for Shown {
    fn default() -> Self {
        let emulator = parser((80, 24));
        Self { emulator, bytes: vec![], errors: vec![], status: None, answers: vec![], closed: false }
    }
}

impl Shown {
    /// The text on the screen.
    pub(crate) fn text(&self) -> String {
        self.emulator.screen().contents()
    }

    fn take(&mut self, message: ChannelMsg) {
        match message {
            ChannelMsg::Data { data } => {
                self.emulator.process(&data);
                self.bytes.extend_from_slice(&data);
            }
            ChannelMsg::ExtendedData { data, .. } => self.errors.extend_from_slice(&data),
            ChannelMsg::ExitStatus { exit_status } => self.status = Some(exit_status),
            ChannelMsg::Success => self.answers.push(true),
            ChannelMsg::Failure => self.answers.push(false),
            _ => {}
        }
    }
}

fn side(cells: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(cells).unwrap_or(std::num::NonZeroU16::MIN)
}

fn parser((columns, rows): (u16, u16)) -> vt100::Parser {
    vt100::Parser::new(side(rows), side(columns), 0)
}

impl Link {
    /// Logs in by the key of `name` and opens a session on `terminal`.
    pub(crate) fn open(port: u16, name: &str, terminal: &Terminal) -> Self {
        Self::try_open(port, name, terminal).unwrap_or_else(|error| panic!("{name} does not come in: {error}"))
    }

    pub(crate) fn try_open(port: u16, name: &str, terminal: &Terminal) -> Result<Self, russh::Error> {
        runtime().block_on(async {
            let handle = log_in(port, name).await?;
            let link = Self::on(handle).await?;
            link.begin(terminal).await?;
            Ok(link)
        })
    }

    /// A channel on a connection that has logged in; nothing is asked for on it yet.
    pub(crate) async fn on(handle: Handle<Trusting>) -> Result<Self, russh::Error> {
        let (mut read, write) = handle.channel_open_session().await?.split();
        let seen = Arc::new(Seen::default());
        tokio::spawn({
            let seen = Arc::clone(&seen);
            async move {
                while let Some(message) = read.wait().await {
                    seen.shown.lock().expect("no panic").take(message);
                    seen.changed.notify_all();
                }
                seen.shown.lock().expect("no panic").closed = true;
                seen.changed.notify_all();
            }
        });
        Ok(Self { handle, write, seen })
    }

    /// Asks for a terminal and a session on it.
    pub(crate) async fn begin(&self, terminal: &Terminal) -> Result<(), russh::Error> {
        let (columns, rows) = terminal.size;
        self.lock().emulator = parser(terminal.size);
        self.write.request_pty(false, terminal.name, columns.into(), rows.into(), 0, 0, &[]).await?;
        for (name, value) in &terminal.variables {
            self.write.set_env(false, *name, *value).await?;
        }
        self.write.request_shell(false).await
    }

    /// The channel's own end, for what no terminal does.
    pub(crate) const fn channel(&self) -> &ChannelWriteHalf<Msg> {
        &self.write
    }

    pub(crate) const fn handle(&self) -> &Handle<Trusting> {
        &self.handle
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.seen.shown.lock().expect("no panic")
    }

    pub(crate) fn send(&self, keys: &str) -> &Self {
        // The box may be gone: then nothing comes back, which is what is waited for.
        let _ = runtime().block_on(self.write.data_bytes(keys.as_bytes().to_vec()));
        self
    }

    /// Looks at what was sent so far.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Shown) -> T) -> T {
        look(&self.lock())
    }

    /// Waits until what is shown fulfils `condition`; whether it did within `limit`.
    pub(crate) fn within(&self, limit: Duration, condition: impl Fn(&Shown) -> bool) -> bool {
        let wait = self.seen.changed.wait_timeout_while(self.lock(), limit, |shown| !condition(shown));
        !wait.expect("no panic").1.timed_out()
    }

    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn(&Shown) -> bool) -> &Self {
        let came = self.within(PATIENCE, condition);
        assert!(came, "'{what}' never came:\n{}", self.look(Shown::text));
        self
    }

    /// Waits until `text` is on the screen.
    pub(crate) fn wait_for(&self, text: &str) -> &Self {
        self.wait_until(text, |shown| shown.text().contains(text))
    }

    /// Waits until the channel is closed: its exit status.
    pub(crate) fn wait_closed(&self) -> Option<u32> {
        self.wait_until("the end", |shown| shown.closed);
        self.look(|shown| shown.status)
    }

    /// Changes the size of its window, to one that no emulator has.
    pub(crate) fn claim(&self, columns: u32, rows: u32) -> &Self {
        runtime().block_on(self.write.window_change(columns, rows, 0, 0)).expect("the box is there");
        self
    }
}

impl Client for Link {
    fn press(&mut self, bytes: &[u8]) {
        let _ = runtime().block_on(self.write.data_bytes(bytes.to_vec()));
    }

    fn resize(&mut self, size: (u16, u16)) {
        self.lock().emulator.screen_mut().set_size(side(size.1), side(size.0));
        self.claim(size.0.into(), size.1.into());
    }

    fn rows(&self) -> Vec<String> {
        self.look(|shown| screen_rows(shown.emulator.screen()))
    }

    fn cut(&mut self) {
        let _ = runtime().block_on(self.handle.disconnect(Disconnect::ByApplication, "", ""));
    }

    fn wait_end(&mut self) -> Option<u32> {
        self.wait_closed()
    }

    fn bytes(&self) -> Vec<u8> {
        self.look(|shown| shown.bytes.clone())
    }
}

/// The rows of an emulator's screen, blanks at their ends left out.
pub(crate) fn screen_rows(screen: &vt100::Screen) -> Vec<String> {
    let (_, columns) = screen.size();
    screen.rows(0, columns.into()).map(|row| row.trim_end().to_owned()).collect()
}
