//! The loop between a [`Conversation`] and the process's standard streams.

use std::io::{self, BufRead, Read, Write};

use crate::course::Timestamp;

use super::Conversation;

/// Longest line that is read, in bytes: an answer is a word.
pub const LONGEST: u64 = 4096;

/// Holds `conversation` until the learner leaves, the input ends or the run is over.
///
/// # Errors
/// When the output cannot be written or the input cannot be read.
pub fn run(
    mut conversation: Conversation,
    input: &mut impl BufRead,
    output: &mut impl Write,
    clock: &impl Fn() -> Timestamp,
) -> io::Result<()> {
    conversation.begin(clock());
    loop {
        output.write_all(conversation.output().as_bytes())?;
        output.flush()?;
        if conversation.ended() {
            return Ok(());
        }
        match read(input)? {
            Some(line) => conversation.line(line, clock()),
            None => conversation.end(clock()),
        }
    }
}

/// The next line; none at the end of the input. What is longer than an answer can be is cut, invalid bytes are replaced.
fn read(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
    if line.len() as u64 == LONGEST {
        input.skip_until(b'\n')?;
    }
    Ok((!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned()))
}
