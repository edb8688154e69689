//! The loop between a [`Conversation`] and a stream of lines: the process's standard streams, or any other.

use std::{
    fs::File,
    io::{self, BufRead, Read, Write, stdin},
    os::fd::AsFd,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags},
    io::Errno,
};

use crate::course::Timestamp;

use super::{
    Conversation,
    local::{Ended, Signals},
};

/// Longest line that is read, in bytes: an answer is a word.
pub const LONGEST: u64 = 4096;

/// Holds `conversation` until the learner leaves, the input ends or the run is over. Nothing happens between the lines.
///
/// # Errors
/// When the output cannot be written or the input cannot be read.
pub fn run(
    conversation: Conversation,
    input: &mut impl BufRead,
    output: &mut impl Write,
    clock: &impl Fn() -> Timestamp,
) -> io::Result<()> {
    let next = |_| {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if line.len() as u64 == LONGEST {
            input.skip_until(b'\n')?;
        }
        Ok(if line.is_empty() { Came::End } else { Came::Line(text(&line)) })
    };
    hold(conversation, next, output, clock).map(drop)
}

/// Holds `conversation` on the process's standard streams. What others do and what time brings is told between the lines.
///
/// # Errors
/// When the output cannot be written, or the input or the system's signals cannot be read.
pub fn run_here(
    conversation: Conversation,
    output: &mut impl Write,
    clock: &impl Fn() -> Timestamp,
) -> io::Result<Ended> {
    let mut standard = Standard::open()?;
    hold(conversation, |until| standard.next(until), output, clock)
}

/// What comes next.
enum Came {
    Line(String),
    /// Nothing in the time there was.
    Nothing,
    End,
    Signal(u8),
}

fn hold(
    mut conversation: Conversation,
    mut next: impl FnMut(Option<Duration>) -> io::Result<Came>,
    output: &mut impl Write,
    clock: &impl Fn() -> Timestamp,
) -> io::Result<Ended> {
    conversation.begin(clock());
    let mut ended = Ended::Quit;
    loop {
        let told = output.write_all(conversation.output().as_bytes()).and_then(|()| output.flush());
        if conversation.ended() {
            return told.map(|()| ended);
        }
        if let Err(error) = told {
            // Who hears nothing any more is gone, and what their going stores is stored.
            conversation.end(clock());
            return Err(error);
        }
        let due = |at: Timestamp| Duration::from_millis(u64::try_from(at.since(clock())).unwrap_or(0));
        match next(conversation.deadline().map(due))? {
            Came::Line(line) => conversation.line(line, clock()),
            Came::Nothing => {}
            Came::End => conversation.end(clock()),
            Came::Signal(number) => {
                ended = Ended::Signal(number);
                conversation.end(clock());
            }
        }
        conversation.tick(clock());
    }
}

/// Standard input, in lines, beside signals.
struct Standard {
    input: File,
    signals: Signals,
    read: Vec<u8>,
    /// The line that is being read is longer than an answer can be.
    skipping: bool,
    over: bool,
}

impl Standard {
    fn open() -> io::Result<Self> {
        let input = File::from(stdin().as_fd().try_clone_to_owned()?);
        Ok(Self { input, signals: Signals::watch_ends()?, read: Vec::new(), skipping: false, over: false })
    }

    fn next(&mut self, until: Option<Duration>) -> io::Result<Came> {
        loop {
            if let Some(line) = self.line() {
                return Ok(Came::Line(line));
            }
            if self.over {
                return Ok(Came::End);
            }
            let ready = self.signals.wait(PollFd::new(&self.input, PollFlags::IN), until)?;
            if let Some(number) = self.signals.fatal.take() {
                return Ok(Came::Signal(number));
            }
            if !ready {
                return Ok(Came::Nothing);
            }
            self.take()?;
        }
    }

    fn take(&mut self) -> io::Result<()> {
        let mut bytes = [0; LONGEST as usize];
        match rustix::io::read(&self.input, &mut bytes) {
            Ok(0) => self.over = true,
            Ok(length) => self.read.extend_from_slice(bytes.get(..length).unwrap_or_default()),
            Err(Errno::AGAIN | Errno::INTR) => {}
            // As a terminal ends whose other side is closed.
            Err(Errno::IO) => self.over = true,
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// The first whole line of what was read, or what stands at the end without an end of its own. What is longer than an
    /// answer can be is cut.
    fn line(&mut self) -> Option<String> {
        let longest = usize::try_from(LONGEST).unwrap_or(usize::MAX);
        loop {
            let end = self.read.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
            let cut = self.read.len() >= longest || self.over && !self.read.is_empty();
            let length = end.or(cut.then_some(self.read.len()))?;
            let line: Vec<u8> = self.read.drain(..length).take(longest).collect();
            let goes_on = std::mem::replace(&mut self.skipping, end.is_none());
            if !goes_on {
                return Some(text(&line));
            }
        }
    }
}

/// Invalid bytes are replaced.
fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line).into_owned()
}
