//! What can go wrong with a store, and what to do about it.

use std::{io, path::Path};

use crate::{course::RecordKey, document::printable};

/// Why a store did not do what it was asked. Nothing was stored then, and no file was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Several hosts would share the file, and SQLite cannot.
    #[error("{path} is on a network file system ({kind}), where a database can lose records")]
    Network {
        /// Path.
        path: String,
        /// Kind of file system.
        kind: String,
    },
    /// A newer version of the program changed the database.
    #[error("{path} was written by a newer version of respline (schema {found}, this one knows {known})")]
    Newer {
        /// Path.
        path: String,
        /// Schema of the file.
        found: i64,
        /// Newest schema known.
        known: i64,
    },
    /// The file holds something else.
    #[error("{path} is no respline database: {detail}")]
    Foreign {
        /// Path.
        path: String,
        /// How that is known.
        detail: String,
    },
    /// The file is damaged.
    #[error("{path} is damaged: {detail}")]
    Corrupt {
        /// Path.
        path: String,
        /// What the database said.
        detail: String,
    },
    /// The file or its folder must not be written.
    #[error("{path} cannot be written: {detail}")]
    ReadOnly {
        /// Path.
        path: String,
        /// What refused.
        detail: String,
    },
    /// There is no room.
    #[error("there is no room to store records in {path}: {detail}")]
    Full {
        /// Path.
        path: String,
        /// What the database said.
        detail: String,
    },
    /// Another program holds the database.
    #[error("{path} is in use by another program that does not let go")]
    Busy {
        /// Path.
        path: String,
    },
    /// The file was moved or deleted while it was open.
    #[error("{path} has been moved or deleted since it was opened")]
    Gone {
        /// Path.
        path: String,
    },
    /// The file or its folder cannot be created or reached.
    #[error("{path} cannot be opened: {source}")]
    Unreachable {
        /// Path.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// There is no server, or the way to it is cut, or it has stopped.
    #[error("{path} cannot be reached: {detail}")]
    Lost {
        /// The database's URL without its password.
        path: String,
        /// What the system or the server said.
        detail: String,
    },
    /// The server is there and refuses.
    #[error("{path} does not let respline in: {detail}")]
    Denied {
        /// The database's URL without its password.
        path: String,
        /// What the server said.
        detail: String,
    },
    /// The server cannot be spoken to safely.
    #[error("there is no safe connection to {path}: {detail}")]
    Insecure {
        /// The database's URL without its password.
        path: String,
        /// Why.
        detail: String,
    },
    /// A text that the database has no room for.
    #[error("{path} cannot hold {detail}")]
    Unstorable {
        /// Path.
        path: String,
        /// What it cannot hold.
        detail: String,
    },
    /// Anything else a database can say.
    #[error("{path} cannot be used: {detail}")]
    Unusable {
        /// Path.
        path: String,
        /// What the database said.
        detail: String,
    },
    /// A key is there already with other content: a forged or damaged record, here or in what was to be stored.
    #[error("record {0} is stored already with other content")]
    Conflict(RecordKey),
    /// An entry has no JSON form.
    #[error("a record cannot be written: {0}")]
    Unwritable(serde_json::Error),
}

impl StoreError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Network { .. } => "give a path on a local disk with --database, or host with postgres://…",
            Self::Newer { .. } => "update respline, or give another database with --database",
            Self::Foreign { .. } => "give another database with --database, or move this one aside; it was not touched",
            Self::Corrupt { .. } => {
                "it was not touched: restore it from a backup, or move it aside (a file with its -wal and -shm) to begin \
                 anew and bring records back with `respline progress import`"
            }
            Self::ReadOnly { .. } => {
                "make it writable (a file with its folder; of a server, the primary), or give another with --database"
            }
            Self::Full { .. } => "free some space or raise the quota, then try again; what was stored before is safe",
            Self::Busy { .. } => "close the other program and try again",
            Self::Gone { .. } => "put the file back, or start respline again to begin a new one",
            Self::Lost { .. } => {
                "what was stored before is safe; try again when the database server is up and can be reached"
            }
            Self::Denied { .. } => {
                "check the user, the password, the database's name and that the user may make tables in it; create it \
                 first, for instance with `createdb --owner=USER NAME`"
            }
            Self::Insecure { .. } => {
                "name the authority of its certificate with ?sslrootcert=FILE; only on a network that is yours alone, \
                 give ?sslmode=disable"
            }
            Self::Unstorable { .. } => "nothing was stored",
            Self::Unreachable { .. } | Self::Unusable { .. } => "give another database with --database",
            Self::Conflict(_) => "nothing was stored; one of the two copies is not genuine",
            Self::Unwritable(_) => "this is a mistake in respline; please report it",
        }
    }

    pub(super) fn unreachable(path: &Path, source: io::Error) -> Self {
        let path = shown(path);
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path, detail: source.to_string() }
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full { path, detail: source.to_string() }
            }
            _ => Self::Unreachable { path, source },
        }
    }
}

/// A path as it may be shown, on one line.
pub(crate) fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy()).replace('\n', " ")
}
