//! What can go wrong between the program and its terminal.

use std::io;

/// Why no session could be run.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard output is no terminal, or one that cannot be read.
    #[error("the terminal cannot be used: {0}")]
    Unusable(#[source] io::Error),
    /// The system lets the program watch no signals.
    #[error("signals cannot be watched: {0}")]
    Signals(#[source] io::Error),
}

impl TerminalError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Unusable(_) => "run it in a terminal, or with --plain",
            Self::Signals(_) => "run it with --plain",
        }
    }
}
