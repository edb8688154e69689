//! The process's terminal as a descriptor.

use std::{
    io,
    os::fd::{AsFd, OwnedFd},
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::{Mode, OFlags, Timespec, open},
    io::{Errno, fcntl_dupfd_cloexec, read, write},
    termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr, ttyname},
};

use crate::app::Size;

/// How long a terminal may take to read the last bytes before it is left as it is.
const PATIENCE: Duration = Duration::from_millis(200);

/// The terminal that standard output is, and how it was when it was opened.
pub struct Tty {
    descriptor: OwnedFd,
    modes: Termios,
}

impl Tty {
    /// Opens the terminal of standard output.
    ///
    /// # Errors
    /// When it is none.
    pub fn open() -> io::Result<Self> {
        let stdout = io::stdout();
        let modes = tcgetattr(&stdout)?;
        // A descriptor of its own can be made non-blocking: a standard one is shared with the shell and its other jobs.
        let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let own = ttyname(&stdout, Vec::new()).and_then(|name| open(name, flags, Mode::empty()));
        // Without a name (a container may hide it) the shared one has to do.
        let descriptor = own.or_else(|_| fcntl_dupfd_cloexec(&stdout, 3))?;
        Ok(Self { descriptor, modes })
    }

    /// Bytes come as they are typed, and go as they are written.
    pub(super) fn take_over(&self) -> io::Result<()> {
        let mut raw = self.modes.clone();
        raw.make_raw();
        Ok(tcsetattr(&self.descriptor, OptionalActions::Now, &raw)?)
    }

    /// Writes `farewell` and puts the terminal back as it was found; as far as it lets itself.
    pub(super) fn give_back(&self, farewell: &[u8]) {
        self.write_patiently(farewell);
        // A terminal that is gone has nothing to be put back.
        let _ = tcsetattr(&self.descriptor, OptionalActions::Now, &self.modes);
    }

    fn write_patiently(&self, mut bytes: &[u8]) {
        let start = Instant::now();
        while !bytes.is_empty() {
            match self.write(bytes) {
                Ok(length) => bytes = bytes.get(length..).unwrap_or_default(),
                Err(Errno::AGAIN | Errno::INTR) => {
                    let left = PATIENCE.saturating_sub(start.elapsed());
                    if left.is_zero() || poll(&mut [self.writable()], Timespec::try_from(left).ok().as_ref()).is_err() {
                        return;
                    }
                }
                Err(_) => return,
            }
        }
    }

    pub(super) fn size(&self) -> Size {
        let size = tcgetwinsize(&self.descriptor);
        size.map_or_else(|_| Size::default(), |size| Size { width: size.ws_col, height: size.ws_row })
    }

    pub(super) fn readable(&self) -> PollFd<'_> {
        PollFd::from_borrowed_fd(self.descriptor.as_fd(), PollFlags::IN)
    }

    pub(super) fn writable(&self) -> PollFd<'_> {
        PollFd::from_borrowed_fd(self.descriptor.as_fd(), PollFlags::OUT)
    }

    pub(super) fn read(&self, bytes: &mut [u8]) -> Result<usize, Errno> {
        read(&self.descriptor, bytes)
    }

    pub(super) fn write(&self, bytes: &[u8]) -> Result<usize, Errno> {
        write(&self.descriptor, bytes)
    }
}
