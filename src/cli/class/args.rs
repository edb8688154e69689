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
    /// Tell after class who stands how, which questions misbehave, and what the class believes
    Report(Report),
    /// Watch the class work, and steer it
    Watch {
        /// The class file
        class: PathBuf,
    },
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
    /// Write a page for the learners: how to get in, what to do, until when
    Handout(Handout),
    /// Write a class file for each learner, with nobody else in it, for work without a server
    Copies {
        /// The class file
        class: PathBuf,
        /// The folder to write them into
        dir: PathBuf,
    },
    /// Make the keys that hand-in files are sealed and opened with
    ///
    /// The public half goes into the class file, the private half into a file beside it.
    Key {
        /// The class file
        class: PathBuf,
    },
    /// Look over a folder of hand-in files, and put what is sound into the database
    Collect(Collect),
    /// Fill a new database with made-up work, to rehearse a lab and what comes after it
    Simulate(Simulate),
    /// Remove a learner's records, account and keys from the database, for good
    Forget(Forget),
    /// Show everything that is held on a learner, as JSON
    Held(Held),
    /// Remove what is held for the class where its `retention` is over
    Expire {
        /// The class file
        class: PathBuf,
        /// Do it; without, only say what would be removed
        #[arg(long)]
        yes: bool,
    },
}

/// Which page, and as what.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Handout {
    /// The class file
    pub(super) class: PathBuf,
    /// Of one assignment, by id
    pub(super) assignment: Option<String>,
    /// The training box; without, the page is for work on one's own machine
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(super) ssh: Option<String>,
    /// The instructor's page in place of the learners'
    #[arg(long)]
    pub(super) for_instructor: bool,
    /// How; html prints on one sheet
    #[arg(long, default_value = "markdown")]
    pub(super) format: HandoutFormat,
    /// The file to write; standard output without
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file where it exists
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum HandoutFormat {
    Markdown,
    Html,
}

/// What to collect.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Collect {
    /// The class file
    pub(super) class: PathBuf,
    /// The folder with the files; those in folders under it too
    pub(super) dir: PathBuf,
    /// How
    #[arg(long, default_value = "table")]
    pub(super) format: CollectFormat,
    /// Only say what would be stored
    #[arg(long)]
    pub(super) dry_run: bool,
    /// The private half of the class's key; the file beside the class file without
    #[arg(long, value_name = "FILE")]
    pub(super) key: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CollectFormat {
    Table,
    Json,
}

/// Who is to be forgotten.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Forget {
    /// The class file
    pub(super) class: PathBuf,
    /// Their login
    #[arg(value_name = "LEARNER", required_unless_present = "pseudonyms")]
    pub(super) whom: Option<String>,
    /// The secret behind the class's pseudonyms in place of a learner
    #[arg(long, conflicts_with = "whom")]
    pseudonyms: bool,
    /// Do it; without, only say what would be removed
    #[arg(long)]
    pub(super) yes: bool,
}

/// On whom something is held.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Held {
    /// The class file
    pub(super) class: PathBuf,
    /// Their login
    #[arg(value_name = "LEARNER")]
    pub(super) whom: String,
    /// The file to write; standard output without
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// How a class is made up.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Simulate {
    /// The class file
    pub(super) class: PathBuf,
    /// How many learners
    #[arg(long, value_name = "N", default_value = "40", value_parser = clap::value_parser!(u16).range(1..=5000))]
    learners: u16,
    /// The same number gives the same work
    #[arg(long, value_name = "S", default_value = "1")]
    pub(super) seed: u64,
    /// Write a copy of the class with made-up learners and dates that have passed
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the copy where it exists
    #[arg(long, requires = "out")]
    pub(super) force: bool,
    /// A row whose key is taken to be wrong: those who know the matter answer otherwise; repeat it for more
    #[arg(long, value_name = "SCENARIO/LAYER")]
    pub(super) plant_wrong_key: Vec<String>,
    /// A row that half of those who know answer otherwise; repeat it for more
    #[arg(long, value_name = "SCENARIO/LAYER")]
    pub(super) plant_ambiguous: Vec<String>,
}

impl Simulate {
    /// How many learners.
    pub(super) fn learners(&self) -> usize {
        self.learners.into()
    }
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

/// What of a class is reported, and how.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Report {
    /// The class file
    pub(super) class: PathBuf,
    /// Of one assignment
    #[arg(long, value_name = "ID")]
    pub(super) assignment: Option<String>,
    /// How
    #[arg(long, default_value = "table")]
    pub(super) format: ReportFormat,
    /// With a sheet for each learner: what was wrong, what is right and why
    #[arg(long, conflicts_with = "sheet")]
    pub(super) learner_sheets: bool,
    /// The sheet of one learner, by login, and nothing else
    #[arg(long, value_name = "LOGIN")]
    pub(super) sheet: Option<String>,
    /// Sheets tell what is not released to the learners yet
    #[arg(long)]
    pub(super) unreleased: bool,
    /// Pseudonyms in place of ids, logins and names, in another order
    #[arg(long)]
    pub(super) pseudonyms: bool,
    /// The file to write; standard output without
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file where it exists
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    /// Lines of 80 columns
    Table,
    /// Markdown with tables
    Markdown,
    /// One page with plots, which holds all it needs
    Html,
    /// A spreadsheet, one line for each item, answer, belief and grade
    Csv,
    /// Everything, for programs
    Json,
}
