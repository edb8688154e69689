//! The arguments of the verbs for accounts.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::super::args::ListFormat;

/// Whose lines.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct AuthorizedKeys {
    /// The key that is offered, as sshd gives it with %t %k; every key without
    #[arg(num_args = 2, value_names = ["TYPE", "KEY"])]
    pub(in crate::cli) key: Vec<String>,
}

/// Accounts of a box. Its files are looked for in /etc/respline and /var/lib/respline unless others are named.
#[derive(Clone, Debug, Subcommand)]
pub(in crate::cli) enum Learner {
    /// List everybody with the fingerprints of their keys
    List {
        /// How
        #[arg(long, default_value = "table")]
        format: ListFormat,
    },
    /// Make an account, or add keys to one; prints the name as it is kept
    Add {
        /// The learner's name
        name: String,
        /// Public keys, one a line; `-` for standard input
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    /// Take a key away
    RemoveKey {
        /// As `list` shows it: SHA256:…
        fingerprint: String,
    },
    /// Set a PIN, read from standard input
    Pin {
        /// The learner's name
        name: String,
        /// Remove it in place of setting one
        #[arg(long)]
        remove: bool,
    },
    /// Remove a learner with every record, key and PIN, for good
    Forget {
        /// The learner's name
        name: String,
        /// Sure
        #[arg(long)]
        yes: bool,
    },
}
