//! The arguments: their one declaration feeds parsing, `--help`, the manual page and the completions.

mod learning;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::accounts::{AuthorizedKeys, Learner};
use super::class::args::ClassVerb;
use super::serve::Serve;

pub(super) use learning::{About, Breach, Choices, DrillArgs, Play};

/// A tutor for reading the cloud's shared-responsibility line.
///
/// Without a verb it opens the course map and resumes where you left off. Everything is stored as you answer; leave at any
/// moment.
#[derive(Debug, Parser)]
#[command(name = "respline", version, max_term_width = 100)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

/// The command line where no verb is named.
#[derive(Debug, Parser)]
#[command(name = "respline", disable_help_flag = true)]
pub(super) struct Bare {
    #[command(flatten)]
    global: Global,
}

impl From<Bare> for Cli {
    fn from(bare: Bare) -> Self {
        Self { global: bare.global, verb: None }
    }
}

/// What holds for every verb.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Global {
    /// A folder with `lessons/` and `scenarios/`, in place of the built-in course; repeat it to add more
    #[arg(long, value_name = "DIR", global = true, env = "RESPLINE_PACK", value_delimiter = ':')]
    pub(super) pack: Vec<PathBuf>,
    // Not `class`: an argument of that name, as the verbs of `class` have, would hide it.
    /// A class file whose learners find their assignments here; repeat it to add more
    #[arg(long = "class", value_name = "FILE", global = true, env = "RESPLINE_CLASS", value_delimiter = ':')]
    pub(super) classes: Vec<PathBuf>,
    /// Where records are kept: a path, `sqlite:PATH` or `postgres://USER@HOST/NAME`
    #[arg(long, value_name = "URL", global = true, env = "RESPLINE_DATABASE", hide_env_values = true)]
    pub(super) database: Option<String>,
    /// Whose records
    #[arg(long, value_name = "NAME", global = true, env = "RESPLINE_LEARNER")]
    pub(super) learner: Option<String>,
    /// As a forced command of sshd: the rooms of the classes whose instructor has this public key
    #[arg(long, value_name = "KEY", global = true, hide = true, conflicts_with = "learner", requires = "restricted")]
    pub(super) instructor: Option<String>,
    /// A conversation in lines, for screen readers, braille lines and scripts
    #[arg(long, global = true)]
    pub(super) plain: bool,
    /// dark, light or contrast
    #[arg(long, value_name = "NAME", global = true, env = "RESPLINE_THEME")]
    pub(super) theme: Option<String>,
    /// Leave the mouse to the terminal
    #[arg(long, global = true)]
    pub(super) no_mouse: bool,
    /// A configuration file, in place of the one in the configuration folder
    #[arg(long, value_name = "FILE", global = true, env = "RESPLINE_CONFIG")]
    pub(super) config: Option<PathBuf>,
    /// As a forced command of sshd: the tutor for --learner and nothing else, whatever the client asks for
    #[arg(long, global = true)]
    pub(super) restricted: bool,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Go straight into a scenario
    Play(Play),
    /// Go straight into a lesson
    Read {
        /// Its id, such as 8.1; the lesson at hand without
        lesson: Option<String>,
    },
    /// Answer the rows that are due
    Review(Choices),
    /// Answer ten rows about something: about five minutes
    Drill(DrillArgs),
    /// What follows where a row is left open: the attack path step by step, or the way back from the news to the row
    Breach(Breach),
    /// See a system in one mode after another, and what changes hands
    Moving {
        /// A scenario of the system; the system with most modes without
        scenario: Option<String>,
    },
    /// List lessons, scenarios, threats or the words of the glossary
    List {
        /// What to list
        what: Listed,
        /// How
        #[arg(long, default_value = "table")]
        format: ListFormat,
    },
    /// Print a scenario's responsibility line, with its answers
    Line(Line),
    /// How you stand; export and import of your records
    Progress(Standing),
    /// Print a line of `authorized_keys` for each key of this box's learners, for sshd to ask
    AuthorizedKeys(AuthorizedKeys),
    /// Who may log in to this box: names, keys and PINs
    Learner {
        #[command(subcommand)]
        verb: Learner,
    },
    /// Check a pack: every problem with its place and what to do
    Check(Check),
    /// Put a pack's files in order: keys, indentation, blank lines; comments stay
    Fmt(Fmt),
    /// Begin a new pack or a new scenario from a commented template
    New {
        #[command(subcommand)]
        what: New,
    },
    /// Print the JSON Schema of a content file
    Schema {
        /// Which
        of: SchemaOf,
    },
    /// Serve the tutor over SSH
    Serve(Serve),
    /// A class: its file, its assignments, its grades
    Class {
        #[command(subcommand)]
        what: ClassVerb,
    },
    /// Write questions for a learning platform: two for each scored row, answers and explanations included
    Export(Export),
    /// Write your work on an assignment to a file for your instructor
    HandIn(HandIn),
    /// The database itself: bring it up to this version, look it over, copy it
    ///
    /// A database is a path, `sqlite:PATH` or `postgres://USER@HOST/NAME`. Every user of a host can read a command line: give a
    /// password as PGPASSWORD, not in the URL.
    Store {
        #[command(subcommand)]
        what: StoreVerb,
    },
    /// Print every key
    Keys {
        /// As Markdown, as in docs/keys.md
        #[arg(long)]
        markdown: bool,
    },
    /// Print completions for a shell
    Completions {
        /// Which
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// What to hand in, and where to.
#[derive(Clone, Debug, Args)]
pub(super) struct HandIn {
    /// The class file, with its roster or without
    pub(super) class: PathBuf,
    /// Assignment id
    pub(super) assignment: String,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// Replace the file where it exists
    #[arg(long)]
    pub(super) force: bool,
}

/// Whose line, and as what.
#[derive(Clone, Debug, Args)]
pub(super) struct Line {
    /// Scenario id
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub(super) scenario: Option<String>,
    /// Every scenario's, on one page of HTML
    #[arg(long)]
    pub(super) all: bool,
    /// How; svg is a figure to keep, html a page with the figure and a table
    #[arg(long, default_value = "table", default_value_if("all", "true", "html"))]
    pub(super) format: LineFormat,
    /// Write it to a file, in place of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file where it exists
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

/// Which questions, and as what.
#[derive(Clone, Debug, Args)]
pub(super) struct Export {
    /// How
    pub(super) format: QuestionFormat,
    /// Scenario ids
    #[arg(required_unless_present_any = ["all", "lesson"], conflicts_with_all = ["all", "lesson"])]
    pub(super) scenario: Vec<String>,
    /// Every scenario
    #[arg(long, conflicts_with = "lesson")]
    pub(super) all: bool,
    /// Every scenario of a lesson, by id, such as 8.1
    #[arg(long, value_name = "LESSON")]
    pub(super) lesson: Option<String>,
    /// The file to write; `-` for standard output, where it is text
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// Replace the file where it exists
    #[arg(long)]
    pub(super) force: bool,
}

/// What to check, and how strictly.
#[derive(Clone, Debug, Args)]
pub(super) struct Check {
    // Not `pack`: an argument of that name hides the global `--pack`.
    /// The pack's folder; this folder where it is one, else the built-in course
    #[arg(value_name = "PACK")]
    pub(super) folder: Option<PathBuf>,
    /// How
    #[arg(long, default_value = "human")]
    pub(super) format: CheckFormat,
    /// Warnings count as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Say how guessable the pack is and what it covers
    #[arg(long)]
    pub(super) report: bool,
    /// Check again whenever a file of the pack is saved; ctrl-c ends
    #[arg(long)]
    pub(super) watch: bool,
}

/// What to put in order.
#[derive(Clone, Debug, Args)]
pub(super) struct Fmt {
    /// The pack's folder; this folder without
    #[arg(value_name = "PACK")]
    pub(super) folder: Option<PathBuf>,
    /// Name the files that are not in order, and leave them
    #[arg(long)]
    pub(super) check: bool,
}

/// How the learner stands.
#[derive(Clone, Debug, Args)]
pub(super) struct Standing {
    #[command(subcommand)]
    pub(super) verb: Option<Transfer>,
    /// How
    #[arg(long, default_value = "table")]
    pub(super) format: StandingFormat,
}

/// Moving records between machines.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum Transfer {
    /// Write all your records to a file
    Export {
        /// The file; `-` for standard output
        file: PathBuf,
        /// Replace the file where it exists
        #[arg(long)]
        force: bool,
    },
    /// Add the records of a file; what is there already is not counted twice
    Import {
        /// The file; `-` for standard input
        file: PathBuf,
    },
}

/// What can be done with a database.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum StoreVerb {
    /// Bring the schema up to this version; begin it where there is none
    Migrate {
        /// The database; the one of --database without
        url: Option<String>,
    },
    /// Read everything: whether it is whole, how much there is, and its digest
    Check {
        /// The database; the one of --database without
        url: Option<String>,
    },
    /// Copy all records, accounts, keys and PINs, and prove that they are there
    Copy {
        /// From
        source: String,
        /// To: empty, or with nothing that differs
        target: String,
    },
}

/// What can be begun.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum New {
    /// A pack: DIR/lessons/course.toml with comments, and a first lesson
    Pack {
        /// Its folder, which need not exist yet
        dir: PathBuf,
    },
    /// A scenario: scenarios/ID.toml in this pack
    Scenario {
        /// Its id: lower-case words joined by hyphens
        id: String,
        /// Print it in place of writing the file
        #[arg(long)]
        print: bool,
    },
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listed {
    Lessons,
    Scenarios,
    Threats,
    Glossary,
}

/// What questions can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum QuestionFormat {
    /// Text that Moodle imports
    Gift,
    /// A QTI 3.0 package
    Qti3,
    /// A QTI 2.1 package, for what does not read 3.0 yet
    Qti21,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Table,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LineFormat {
    Table,
    Markdown,
    Json,
    Svg,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum StandingFormat {
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    Scenario,
    Course,
    Glossary,
    Class,
}
