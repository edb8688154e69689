//! The yardstick of a session's memory: the shape of russh's own `ratatui_app` example. A terminal of ratatui for every
//! client in one map, drawn once a second under one lock, and a queue without an end for what is drawn.

use std::{collections::HashMap, io, net::Ipv4Addr, sync::Arc, time::Duration};

use ratatui::{
    Terminal, TerminalOptions, Viewport,
    backend::CrosstermBackend,
    layout::{Alignment, Rect},
    style::{Color, Style},
    widgets::{Block, Clear, Paragraph},
};
use russh::{
    Channel, ChannelId, Pty,
    keys::{PrivateKey, ssh_key::private::Ed25519Keypair},
    server::{Auth, ChannelOpenHandle, Config, Handle, Handler, Msg, Server as _, Session, VerifiedPublicKey},
};
use tokio::{
    sync::{
        Mutex,
        mpsc::{UnboundedSender, unbounded_channel},
    },
    time::sleep,
};

use super::Outcome;

/// Has this program be the example.
pub(super) const ARGUMENT: &str = "--be-the-example";

type Screens = Arc<Mutex<HashMap<usize, (Terminal<CrosstermBackend<Sink>>, u64)>>>;

/// Collects what is drawn and hands it over when a frame is whole.
struct Sink {
    to: UnboundedSender<Vec<u8>>,
    bytes: Vec<u8>,
}

impl Sink {
    fn to(handle: Handle, channel: ChannelId) -> Self {
        let (to, mut frames) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(frame) = frames.recv().await {
                if handle.data(channel, frame).await.is_err() {
                    break;
                }
            }
        });
        Self { to, bytes: Vec::new() }
    }
}

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.send(self.bytes.clone()).map_err(|_| io::ErrorKind::BrokenPipe)?;
        self.bytes.clear();
        Ok(())
    }
}

#[derive(Clone, Default)]
struct Counters {
    screens: Screens,
    id: usize,
}

/// Serves it on a port of this machine.
pub(super) async fn serve(port: u16) -> Outcome {
    let mut counters = Counters::default();
    tokio::spawn(count(Arc::clone(&counters.screens)));
    let config = Config {
        inactivity_timeout: Some(Duration::from_hours(1)),
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![PrivateKey::from(Ed25519Keypair::from_seed(&[7; 32]))],
        nodelay: true,
        ..Config::default()
    };
    Ok(counters.run_on_address(Arc::new(config), (Ipv4Addr::LOCALHOST, port)).await?)
}

async fn count(screens: Screens) {
    loop {
        sleep(Duration::from_secs(1)).await;
        for (terminal, counter) in screens.lock().await.values_mut() {
            *counter += 1;
            let _ = terminal.draw(|frame| draw(frame, *counter));
        }
    }
}

fn draw(frame: &mut ratatui::Frame<'_>, counter: u64) {
    let area = frame.area();
    frame.render_widget(Clear, area);
    let colour = match counter % 3 {
        0 => Color::Red,
        1 => Color::Green,
        _ => Color::Blue,
    };
    let words = Paragraph::new(format!("Counter: {counter}")).alignment(Alignment::Center);
    let block = Block::bordered().title("Press 'c' to reset the counter!");
    frame.render_widget(words.style(Style::default().fg(colour)).block(block), area);
}

impl russh::server::Server for Counters {
    type Handler = Self;

    fn new_client(&mut self, _: Option<std::net::SocketAddr>) -> Self {
        self.id += 1;
        self.clone()
    }
}

impl Handler for Counters {
    type Error = russh::Error;

    async fn auth_publickey(&mut self, _: &str, _: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        Ok(Auth::Accept)
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        let backend = CrosstermBackend::new(Sink::to(session.handle(), channel.id()));
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::default()) };
        let terminal = Terminal::with_options(backend, options)?;
        self.screens.lock().await.insert(self.id, (terminal, 0));
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        let side = |number| u16::try_from(number).unwrap_or(u16::MAX);
        if let Some((terminal, _)) = self.screens.lock().await.get_mut(&self.id) {
            terminal.resize(Rect::new(0, 0, side(columns), side(rows)))?;
        }
        session.channel_success(channel)
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Self::Error> {
        session.channel_success(channel)
    }
}
