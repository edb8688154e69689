//! The loop between a session and the process's own terminal.
//!
//! It sleeps until a key, a signal or a moment the session asked for, so an idle session costs nothing. Whatever ends it
//! (the learner, a signal, a terminal that is gone, a bug), the terminal is given back first, and it never waits for a
//! terminal that does not read.

mod guard;
mod signals;
mod tty;

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use rustix::{
    io::Errno,
    process::{Signal, getpgrp, getsid, kill_current_process_group},
};

use crate::course::Timestamp;

use super::{Session, TerminalError};

pub use guard::{Bug, guarded};
pub use tty::Tty;

pub(super) use signals::Signals;

/// At most one frame in this time while a terminal is being resized.
const RESIZE_PAUSE: Duration = Duration::from_millis(16);

/// What happens where the learner or a signal asks to suspend the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnSuspend {
    /// The shell gets the terminal, if there is one that would continue the session.
    AskShell,
    /// Nothing: there is nobody that could continue it, or nobody that may get the terminal.
    GoOn,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The learner left.
    Quit,
    /// The terminal is gone.
    HungUp,
    /// A signal ended it.
    Signal(u8),
    /// The program has a bug, which was reported on standard error.
    Bug,
}

impl Ended {
    /// The exit code, for signals the one that shells use.
    pub const fn code(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::HungUp => 129,
            Self::Signal(number) => number.saturating_add(128),
            Self::Bug => 4,
        }
    }
}

/// Runs `session` on the process's terminal until it ends. Its store is closed when this returns.
///
/// # Errors
/// When standard output is no terminal that can be used.
pub fn run(session: Session, on_suspend: OnSuspend) -> Result<Ended, TerminalError> {
    let tty = Arc::new(Tty::open().map_err(TerminalError::Unusable)?);
    let signals = Signals::watch().map_err(TerminalError::Signals)?;
    tty.take_over().map_err(TerminalError::Unusable)?;
    let begun = || Loop { session, tty: &tty, signals, resized: None, on_suspend };
    Ok(guarded(&tty, || begun().run()).unwrap_or(Ended::Bug))
}

struct Loop<'a> {
    session: Session,
    tty: &'a Tty,
    signals: Signals,
    /// When the last frame of another size was drawn.
    resized: Option<Instant>,
    on_suspend: OnSuspend,
}

impl Loop<'_> {
    fn run(mut self) -> Ended {
        self.session.resize(self.tty.size(), now());
        let ended = loop {
            if let Err(ended) = self.turn() {
                break ended;
            }
        };
        self.session.end(now());
        self.tty.give_back(&self.session.leave());
        ended
    }

    fn turn(&mut self) -> Result<(), Ended> {
        let output = self.session.output();
        self.write(&output)?;
        let readable = self.wait()?;
        self.heed_signals()?;
        if readable {
            self.read()?;
        }
        self.session.tick(now());
        if self.session.take_suspend() {
            self.suspend()?;
        }
        if self.session.ended() { Err(Ended::Quit) } else { Ok(()) }
    }

    /// Sleeps until something happens; says whether the terminal has something to read, if only that it is gone.
    fn wait(&mut self) -> Result<bool, Ended> {
        let resize = self.signals.resized.then(|| self.pause_left());
        let due = |deadline: Timestamp| Duration::from_millis(deadline.since(now()).unsigned_abs());
        let timeout = [resize, self.session.deadline().map(due)].into_iter().flatten().min();
        self.signals.wait(self.tty.readable(), timeout).map_err(|_| Ended::HungUp)
    }

    /// How long the next frame of another size has to wait.
    fn pause_left(&self) -> Duration {
        self.resized.map_or(Duration::ZERO, |at| RESIZE_PAUSE.saturating_sub(at.elapsed()))
    }

    fn heed_signals(&mut self) -> Result<(), Ended> {
        if let Some(number) = self.signals.fatal {
            return Err(Ended::Signal(number));
        }
        if self.signals.take_stop() {
            self.suspend()?;
        }
        if self.signals.take_resumed() {
            self.resume()?;
        }
        if self.signals.resized && self.pause_left().is_zero() {
            self.signals.resized = false;
            self.resized = Some(Instant::now());
            self.session.resize(self.tty.size(), now());
        }
        Ok(())
    }

    fn read(&mut self) -> Result<(), Ended> {
        let mut bytes = [0; 4096];
        match self.tty.read(&mut bytes) {
            Ok(0) => Err(Ended::HungUp),
            Ok(length) => {
                self.session.feed(bytes.get(..length).unwrap_or_default(), now());
                Ok(())
            }
            Err(Errno::AGAIN | Errno::INTR) => Ok(()),
            Err(_) => Err(Ended::HungUp),
        }
    }

    fn write(&mut self, mut bytes: &[u8]) -> Result<(), Ended> {
        while !bytes.is_empty() {
            match self.tty.write(bytes) {
                Ok(length) => bytes = bytes.get(length..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    self.signals.wait(self.tty.writable(), None).map_err(|_| Ended::HungUp)?;
                    if let Some(number) = self.signals.fatal {
                        return Err(Ended::Signal(number));
                    }
                }
                Err(_) => return Err(Ended::HungUp),
            }
        }
        Ok(())
    }

    /// Stops the whole job, and goes on once the shell continues it.
    fn suspend(&mut self) -> Result<(), Ended> {
        if self.on_suspend == OnSuspend::GoOn || !has_shell() {
            return Ok(());
        }
        self.tty.give_back(&self.session.leave());
        // Where nothing can be stopped, it goes on at once.
        let _ = kill_current_process_group(Signal::STOP);
        self.signals.collect();
        self.signals.take_resumed();
        self.resume()
    }

    fn resume(&mut self) -> Result<(), Ended> {
        self.tty.take_over().map_err(|_| Ended::HungUp)?;
        self.session.forget_screen();
        self.session.resize(self.tty.size(), now());
        Ok(())
    }
}

/// Only a shell with job control gives a program a process group of its own; nobody else would continue it.
fn has_shell() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// This moment, by the clock of the machine.
pub fn now() -> Timestamp {
    let since_epoch = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    Timestamp(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}
