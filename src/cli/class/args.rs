//! The arguments of `respline class`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::classroom::export::xapi::Home;

use super::super::args::CheckFormat;

/// What can be done with a class. CLASS is its file.
#[derive(Clone, Debug, Subcommand)]
pub(in crate::cli) enum ClassVerb {
    /// Begin a class from a commented template
    New {
        /// The file to write; its name without .toml is the class's id
        file: PathBuf,
        /// Print it in place of writing the file
        #[arg(long)]
        print: bool,
    },
    /// Check a class file and its roster against the course
    Check {
        /// The class file
        class: PathBuf,
        /// How
        #[arg(long, default_value = "human")]
        format: CheckFormat,
    },
    /// Write the grades as a learning platform imports them
    Grades(Grades),
    /// Write what was done as xAPI statements, for a learning record store
    Xapi(Xapi),
    /// Let an assignment be begun from now on, whatever its dates say
    Open(Set),
    /// Take nothing more from now on
    Close(Set),
    /// Let time stand still for everyone
    Pause(Set),
    /// Let time go on
    Resume(Set),
    /// Move every end of an assignment: due date, closing date, and the time of whoever is at work
    Extend {
        #[command(flatten)]
        set: Set,
        /// By how long, such as 15m, 2h or 1d; -15m takes it back
        #[arg(long, allow_hyphen_values = true)]
        by: String,
        /// For one learner, by login
        #[arg(long = "for", value_name = "LEARNER")]
        whom: Option<String>,
    },
    /// Give one more attempt, closed or not
    Reopen {
        #[command(flatten)]
        set: Set,
        /// For one learner, by login
        #[arg(long = "for", value_name = "LEARNER")]
        whom: Option<String>,
    },
    /// Say something to everyone, or to one learner
    Message {
        /// The class file
        class: PathBuf,
        /// What, on one line
        text: String,
        /// To one learner, by login
        #[arg(long = "for", value_name = "LEARNER")]
        whom: Option<String>,
    },
    /// Remove a learner's records, account and keys from the database, for good
    Forget {
        /// The class file
        class: PathBuf,
        /// Their login
        #[arg(value_name = "LEARNER")]
        whom: String,
        /// Do it; without, only say what would be removed
        #[arg(long)]
        yes: bool,
    },
}

/// An assignment of a class.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Set {
    /// The class file
    pub(super) class: PathBuf,
    /// Assignment id
    pub(super) assignment: String,
}

/// Which grades, and for whom.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Grades {
    /// The class file
    pub(super) class: PathBuf,
    /// For what
    #[arg(long, value_name = "PLATFORM")]
    pub(super) lms: Lms,
    /// The platform's own export of its gradebook: names students and columns as it does, keeps its maxima
    #[arg(long, value_name = "FILE")]
    pub(super) roster: Option<PathBuf>,
    /// Of one assignment
    #[arg(long, value_name = "ID")]
    pub(super) assignment: Option<String>,
    /// Pseudonyms in place of ids, logins and names, in another order; for csv and nbgrader
    #[arg(long, conflicts_with = "roster")]
    pub(super) pseudonyms: bool,
    /// Only say what the platform would refuse or change; needs --roster
    #[arg(long, requires = "roster")]
    pub(super) dry_run: bool,
    /// The file to write; standard output without
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file where it exists
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

/// Which statements.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Xapi {
    /// The class file
    pub(super) class: PathBuf,
    /// On one assignment
    #[arg(long, value_name = "ID")]
    pub(super) assignment: Option<String>,
    /// Pseudonyms in place of logins
    #[arg(long)]
    pub(super) pseudonyms: bool,
    /// The address that accounts and activities are named under: your school's own
    #[arg(long, value_name = "URL", default_value_t)]
    pub(super) home: Home,
    /// The file to write, a statement a line; standard output without
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file where it exists
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

/// Where grades go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Lms {
    /// Canvas's gradebook import
    Canvas,
    /// Moodle's grade import from CSV
    Moodle,
    /// A spreadsheet, with everything
    Csv,
    /// A line for each learner and assignment, as nbgrader writes them
    Nbgrader,
}
