//! Signals as facts that the loop reads when it is ready to, brought to it through a pipe it can sleep on.

use std::{io, mem, os::unix::net::UnixStream, time::Duration};

use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::Timespec,
    io::Errno,
};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::{backend::SignalDelivery, exfiltrator::SignalOnly},
};

/// What signals have said and nobody has heeded yet.
pub(in crate::terminal) struct Signals {
    delivery: SignalDelivery<UnixStream, SignalOnly>,
    /// The terminal has another size.
    pub(super) resized: bool,
    /// The program was asked to stop.
    stop: bool,
    /// The program was stopped and continues.
    resumed: bool,
    /// The program was asked to end, by this signal.
    pub(in crate::terminal) fatal: Option<u8>,
}

impl Signals {
    pub(super) fn watch() -> io::Result<Self> {
        Self::of(&[SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH])
    }

    /// Only those that end a program.
    pub(in crate::terminal) fn watch_ends() -> io::Result<Self> {
        Self::of(&[SIGHUP, SIGINT, SIGQUIT, SIGTERM])
    }

    fn of(watched: &[i32]) -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, watched)?;
        Ok(Self { delivery, resized: false, stop: false, resumed: false, fatal: None })
    }

    /// Sleeps until `descriptor` is ready, a signal comes, or `timeout` has passed; says whether it is ready.
    pub(in crate::terminal) fn wait(&mut self, descriptor: PollFd<'_>, timeout: Option<Duration>) -> io::Result<bool> {
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        let mut awaited = [descriptor, PollFd::new(self.delivery.get_read(), PollFlags::IN)];
        match poll(&mut awaited, timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let [descriptor, _] = awaited;
        let ready = !descriptor.revents().is_empty();
        self.collect();
        Ok(ready)
    }

    /// Notes the signals that have come.
    pub(super) fn collect(&mut self) {
        for signal in self.delivery.pending() {
            match signal {
                SIGWINCH => self.resized = true,
                SIGTSTP => self.stop = true,
                SIGCONT => self.resumed = true,
                fatal => self.fatal = u8::try_from(fatal).ok(),
            }
        }
    }

    pub(super) const fn take_stop(&mut self) -> bool {
        mem::replace(&mut self.stop, false)
    }

    pub(super) const fn take_resumed(&mut self) -> bool {
        mem::replace(&mut self.resumed, false)
    }
}
