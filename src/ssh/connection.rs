//! One connection as the protocol's library reports it: logins, channels, and everything that is refused.
//!
//! Whatever may take long is done elsewhere; the one thing awaited here is room in a session's queue, which is how a client
//! that sends faster than it is served is slowed down.

use std::{borrow::Cow, collections::HashMap, net::SocketAddr, sync::Arc};

use russh::{
    Channel, ChannelId, ChannelWriteHalf, MethodKind, MethodSet, Pty,
    keys::PublicKey,
    server::{Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Response, Session, VerifiedPublicKey},
};
use tokio::sync::mpsc::Sender;
use tracing::{debug, info};

use crate::app::Size;

use super::{
    gate::Place,
    hub::Hub,
    login::{Desk, Dialogue, Identity, Next},
    pump::{self, Incoming, Visit},
    terminal::Terminal,
};

/// Channels that one connection may open.
const CHANNELS: usize = 4;

/// Messages of a client that wait for its session.
const QUEUE: usize = 16;

/// Keys that one client may show: more is guessing.
const KEYS: usize = 16;

/// The longest answer to a question, in bytes.
const LONGEST_ANSWER: usize = 256;

/// One connection.
pub(super) struct Connection {
    hub: Arc<Hub>,
    from: SocketAddr,
    place: Arc<Place>,
    dialogue: Dialogue,
    /// Keys that nobody is known by: a client shows its keys again after each step.
    strange: Vec<String>,
    identity: Option<Identity>,
    channels: HashMap<ChannelId, Slot>,
}

/// A channel.
enum Slot {
    /// Its client is still saying what it wants.
    Opening(ChannelWriteHalf<Msg>, Terminal),
    /// A session runs on it.
    Running(Sender<Incoming>),
}

/// What a client sees that wants anything but the tutor.
const ONLY_THE_TUTOR: &str = "respline: only the tutor runs here; log in without a command: ssh HOST\r\n";

impl Connection {
    pub(super) fn new(hub: Arc<Hub>, from: SocketAddr, place: Arc<Place>) -> Self {
        Self {
            hub,
            from,
            place,
            dialogue: Dialogue::default(),
            strange: Vec::new(),
            identity: None,
            channels: HashMap::new(),
        }
    }

    /// It is known whose connection this is.
    fn come_in(&mut self, identity: Identity, by: &'static str) -> Auth {
        info!(learner = ?identity, from = %self.from.ip(), by, "logged in");
        self.hub.metrics.login(by);
        self.identity = Some(identity);
        Auth::Accept
    }

    /// Whose key this is.
    async fn owner(&self, key: &str) -> Option<Identity> {
        let (key, roll) = (key.to_owned(), self.hub.roll.clone());
        match self.hub.desk.ask(move |database| Identity::of_key(&key, &roll, database)).await {
            Ok(Ok(owner)) => owner,
            Ok(Err(error)) => {
                tracing::warn!(%error, "keys cannot be looked up");
                None
            }
            Err(_) => None,
        }
    }

    /// Refuses what a channel asks for, with words and an exit status.
    fn refuse(channel: ChannelId, session: &mut Session) -> Result<(), russh::Error> {
        session.channel_success(channel)?;
        session.extended_data(channel, 1, ONLY_THE_TUTOR)?;
        session.exit_status_request(channel, 2)?;
        session.eof(channel)?;
        session.close(channel)
    }

    async fn send(&mut self, channel: ChannelId, incoming: Incoming) {
        if let Some(Slot::Running(queue)) = self.channels.get(&channel)
            && queue.send(incoming).await.is_err()
        {
            self.channels.remove(&channel);
        }
    }
}

/// A key as accounts hold it: its type and body.
fn text(key: &PublicKey) -> Option<String> {
    let line = key.to_openssh().ok()?;
    Some(line.split(' ').take(2).collect::<Vec<_>>().join(" "))
}

/// What was typed, as far as an answer can be long.
fn answer(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..LONGEST_ANSWER).unwrap_or(bytes)).into_owned()
}

fn reject(methods: &[MethodKind], partial_success: bool) -> Auth {
    Auth::Reject { proceed_with_methods: Some(MethodSet::from(methods)), partial_success }
}

const METHODS: [MethodKind; 2] = [MethodKind::PublicKey, MethodKind::KeyboardInteractive];

fn size(columns: u32, rows: u32) -> Size {
    let side = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
    Size { width: side(columns), height: side(rows) }
}

impl Handler for Connection {
    type Error = russh::Error;

    async fn auth_none(&mut self, _: &str) -> Result<Auth, Self::Error> {
        if self.hub.policy().open {
            return Ok(self.come_in(Identity::Guest, "open"));
        }
        Ok(reject(&METHODS, false))
    }

    async fn auth_publickey_offered(&mut self, _: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Self::Error> {
        let Some(key) = text(offer.public_key) else { return Ok(reject(&METHODS, false)) };
        let strange = self.strange.contains(&key) || self.strange.len() >= KEYS;
        let may = !strange && (self.hub.policy().enrol || self.owner(&key).await.is_some());
        Ok(if may { Auth::Accept } else { reject(&METHODS, false) })
    }

    async fn auth_publickey(&mut self, _: &str, verified: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        let Some(key) = text(verified.public_key) else { return Ok(reject(&METHODS, false)) };
        if let Some(owner) = self.owner(&key).await {
            return Ok(self.come_in(owner, "key"));
        }
        // It may hold another key that is known, so all of them are looked at before a name is asked for.
        self.dialogue.new_key.get_or_insert_with(|| key.clone());
        self.strange.push(key);
        Ok(reject(&METHODS, true))
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Self::Error> {
        let answers = response.map(|response| response.map(|bytes| answer(&bytes)).collect());
        let hub = Arc::clone(&self.hub);
        let desk = Desk { hub: &hub, from: self.from.ip(), claimed: user };
        Ok(match self.dialogue.step(&desk, answers).await {
            Next::In(identity) => self.come_in(identity, "name"),
            Next::Out => {
                self.hub.metrics.login("refused");
                // A client that is offered nothing at all asks for a password.
                reject(&[MethodKind::PublicKey], false)
            }
            Next::Ask { words, questions } => Auth::Partial {
                name: Cow::Borrowed("respline"),
                instructions: words.into(),
                prompts: questions.into_iter().map(|(question, shown)| (question.into(), shown)).collect(),
            },
        })
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Self::Error> {
        if self.identity.is_none() || self.channels.len() >= CHANNELS {
            return Ok(());
        }
        let (_, write) = channel.split();
        self.channels.insert(write.id(), Slot::Opening(write, Terminal::default()));
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        match self.channels.get_mut(&channel) {
            Some(Slot::Opening(_, terminal)) => {
                terminal.pty(term, size(columns, rows));
                session.channel_success(channel)
            }
            _ => session.channel_failure(channel),
        }
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        name: &str,
        value: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        let heeded = match self.channels.get_mut(&channel) {
            Some(Slot::Opening(_, terminal)) => terminal.set(name, value),
            _ => false,
        };
        if heeded { session.channel_success(channel) } else { session.channel_failure(channel) }
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Self::Error> {
        let Some(identity) = self.identity.clone() else { return session.channel_failure(channel) };
        match self.channels.remove(&channel) {
            Some(Slot::Opening(write, terminal)) => {
                let (queue, incoming) = tokio::sync::mpsc::channel(QUEUE);
                let visit = Visit {
                    hub: Arc::clone(&self.hub),
                    identity,
                    terminal,
                    channel: Arc::new(write),
                    switch: self.place.switch.clone(),
                    place: Arc::downgrade(&self.place),
                };
                self.channels.insert(channel, Slot::Running(queue));
                // Whoever logs in and opens nothing is not here for the tutor, and holds no place for long.
                self.place.enter();
                session.channel_success(channel)?;
                tokio::spawn(pump::hold(visit, incoming));
                Ok(())
            }
            Some(running @ Slot::Running(_)) => {
                self.channels.insert(channel, running);
                session.channel_failure(channel)
            }
            None => session.channel_failure(channel),
        }
    }

    async fn exec_request(&mut self, channel: ChannelId, _: &[u8], session: &mut Session) -> Result<(), Self::Error> {
        debug!(from = %self.from.ip(), "a command was refused");
        self.channels.remove(&channel);
        Self::refuse(channel, session)
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        debug!(from = %self.from.ip(), "a subsystem was refused");
        self.channels.remove(&channel);
        Self::refuse(channel, session)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _: bool,
        _: &str,
        _: &str,
        _: u32,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }

    async fn window_change_request(
        &mut self,
        channel: ChannelId,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &mut Session,
    ) -> Result<(), Self::Error> {
        self.send(channel, Incoming::Resize(size(columns, rows))).await;
        Ok(())
    }

    async fn data(&mut self, channel: ChannelId, data: &[u8], _: &mut Session) -> Result<(), Self::Error> {
        self.send(channel, Incoming::Bytes(data.to_vec())).await;
        Ok(())
    }

    async fn channel_eof(&mut self, channel: ChannelId, _: &mut Session) -> Result<(), Self::Error> {
        self.send(channel, Incoming::End).await;
        Ok(())
    }

    async fn channel_close(&mut self, channel: ChannelId, _: &mut Session) -> Result<(), Self::Error> {
        self.channels.remove(&channel);
        Ok(())
    }
}
