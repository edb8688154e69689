//! What a verb reports when it fails: what happened, what to do, and the exit code that says which kind it was.

use std::{io::Write, process::ExitCode};

use crate::{document::printable, store::StoreError, terminal::ClassError};

/// The kinds of failure, each with its exit code (DESIGN section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The content has problems.
    Content,
    /// The command line asks for something that is not there.
    Usage,
    /// A file, the database or the terminal.
    Environment,
    /// A mistake in the program.
    Bug,
}

/// A failure, for standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its kind.
    pub kind: Kind,
    /// What happened.
    pub message: String,
    /// What to do; empty where that is plain.
    pub hint: String,
}

impl Failure {
    fn new(kind: Kind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into() }
    }

    /// The content has problems.
    pub fn content(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Kind::Content, message, hint)
    }

    /// The command line asks for something that is not there.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message, hint)
    }

    /// A file, the database or the terminal.
    pub fn environment(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Kind::Environment, message, hint)
    }

    /// A mistake in the program.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(Kind::Bug, message, "this is a mistake in respline; please report it")
    }

    /// Says it on standard error; the exit code.
    pub fn report(&self) -> ExitCode {
        let mut text = format!("respline: {}\n", printable(&self.message));
        if !self.hint.is_empty() {
            text.push_str(&format!("hint: {}\n", printable(&self.hint)));
        }
        // Where standard error is closed there is nobody to tell.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
        ExitCode::from(match self.kind {
            Kind::Content => 1,
            Kind::Usage => 2,
            Kind::Environment => 3,
            Kind::Bug => 4,
        })
    }
}

impl From<ClassError> for Failure {
    fn from(error: ClassError) -> Self {
        match error {
            ClassError::Unreadable { .. } => Self::environment(error.to_string(), error.hint()),
            _ => Self::content(error.to_string(), error.hint()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::environment(error.to_string(), error.hint())
    }
}
