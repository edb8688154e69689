//! What goes wrong with a server: which troubles pass, and what each means to the one who has to mend it.

use std::{error::Error as _, io};

use tokio_postgres::{Error, error::SqlState};

use crate::{document::printable, store::StoreError};

/// Why a try failed.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The server, or the way to it.
    Database(Error),
    /// No answer came in time.
    Late,
    /// There can be no TLS: why.
    Tls(String),
    /// A row is not what was stored.
    Damaged(String),
    /// The schema is of another version, or another program's.
    Store(StoreError),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Trouble {
    /// The connection is as good as before: the trouble is with what was asked.
    pub(super) const fn leaves_connection(&self) -> bool {
        matches!(self, Self::Store(_) | Self::Damaged(_))
    }

    /// Another try may do: the connection is gone, two writers met, or the server is starting or stopping.
    pub(super) fn passes(&self) -> bool {
        match self {
            Self::Database(error) => error.code().map_or_else(|| is_lost(error), passes),
            _ => false,
        }
    }

    /// There was no server to speak to at all.
    pub(super) fn is_unreachable(&self) -> bool {
        matches!(self, Self::Database(error) if error.code().is_none() && is_lost(error))
    }

    /// What it means, for the database called `name`.
    pub(super) fn explain(self, name: &str) -> StoreError {
        let path = name.to_owned();
        match self {
            Self::Store(error) => error,
            Self::Late => StoreError::Lost { path, detail: "it does not answer".into() },
            Self::Tls(detail) => StoreError::Insecure { path, detail },
            Self::Damaged(detail) => StoreError::Corrupt { path, detail },
            Self::Database(error) => match error.code() {
                Some(code) => explain(code, path, told(&error)),
                None if is_lost(&error) => StoreError::Lost { path, detail: told(&error) },
                None if is_tls(&error) => StoreError::Insecure { path, detail: told(&error) },
                None if is_denied(&error) => StoreError::Denied { path, detail: told(&error) },
                None => StoreError::Unusable { path, detail: told(&error) },
            },
        }
    }
}

fn is_lost(error: &Error) -> bool {
    let io = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    // What rustls refuses comes as an error of reading, too.
    error.is_closed() || (io.is_some() && !is_tls(error))
}

/// The crate does not tell its kinds but in words; a test with a server that has no TLS holds this.
fn is_tls(error: &Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>()?.get_ref());
    cause.is_some_and(|cause| cause.downcast_ref::<rustls::Error>().is_some())
        || error.to_string().starts_with("error performing TLS handshake")
}

/// A password that is missing, or a way to prove it that is not known here.
fn is_denied(error: &Error) -> bool {
    let told = error.to_string();
    ["authentication error", "invalid configuration"].iter().any(|kind| told.starts_with(kind))
}

fn passes(code: &SqlState) -> bool {
    let connection = code.code().starts_with("08");
    let passing = [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::TOO_MANY_CONNECTIONS,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    ];
    connection || passing.contains(code)
}

fn explain(code: &SqlState, path: String, detail: String) -> StoreError {
    let (class, _) = code.code().split_at_checked(2).unwrap_or_default();
    match code.code() {
        "53100" | "53200" => StoreError::Full { path, detail },
        "25006" => StoreError::ReadOnly { path, detail },
        "55P03" | "57014" => StoreError::Busy { path },
        "42501" | "3D000" => StoreError::Denied { path, detail },
        "42P07" => StoreError::Foreign { path, detail },
        "XX001" | "XX002" => StoreError::Corrupt { path, detail },
        _ if class == "28" => StoreError::Denied { path, detail },
        _ if passes(code) => StoreError::Lost { path, detail },
        _ => StoreError::Unusable { path, detail },
    }
}

/// The server's own words, or the system's.
fn told(error: &Error) -> String {
    let words = match (error.as_db_error(), error.source()) {
        (Some(error), _) => error.message().to_owned(),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    };
    printable(&words).replace('\n', " ")
}
