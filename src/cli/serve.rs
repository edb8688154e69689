//! `respline serve`: the box's settings from flags, environment and the `[serve]` table of the configuration file.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, ValueEnum};
use serde::Deserialize;
use tracing_subscriber::{EnvFilter, fmt};

use crate::{
    ssh::{self, Content, Limits, Policy, ServeError, TrainingBox},
    store::Location,
};

use super::{Failure, args::Global, config::Setup, tutor::library};

/// How to serve.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Serve {
    /// Address and port to listen on [default: [::]:2222]
    #[arg(long, value_name = "ADDRESS", env = "RESPLINE_LISTEN")]
    listen: Option<SocketAddr>,
    /// The file of the host key, made where there is none [default: beside the database]
    #[arg(long, value_name = "FILE", env = "RESPLINE_HOST_KEY")]
    host_key: Option<PathBuf>,
    /// Serve /metrics and /healthz on this address of the loopback
    #[arg(long, value_name = "ADDRESS", env = "RESPLINE_STATUS")]
    status: Option<SocketAddr>,
    /// What somebody new must know to make an account
    #[arg(long, value_name = "WORD", env = "RESPLINE_JOIN_CODE", hide_env_values = true)]
    join_code: Option<String>,
    /// Nobody new comes in: accounts are made with `respline learner add`
    #[arg(long, conflicts_with = "join_code")]
    closed: bool,
    /// A name and a PIN let somebody in who has no key at hand
    #[arg(long)]
    pins: bool,
    /// A demonstration: everybody is a guest, and no work is kept
    #[arg(long, conflicts_with_all = ["join_code", "closed", "pins"])]
    open: bool,
    /// Connections open at once
    #[arg(long, value_name = "N", env = "RESPLINE_CONNECTIONS")]
    connections: Option<usize>,
    /// Sessions of one learner at once
    #[arg(long, value_name = "N", env = "RESPLINE_SESSIONS")]
    sessions: Option<usize>,
    /// Minutes without a key after which a session ends
    #[arg(long, value_name = "MINUTES", env = "RESPLINE_IDLE")]
    idle: Option<u64>,
    /// How the log on standard error is written
    #[arg(long, value_name = "FORMAT", env = "RESPLINE_LOG_FORMAT", default_value = "text")]
    log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// One line for each event
    #[default]
    Text,
    /// One JSON object for each event
    Json,
}

/// The `[serve]` table of the configuration file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ServeFile {
    listen: Option<SocketAddr>,
    host_key: Option<PathBuf>,
    status: Option<SocketAddr>,
    join_code: Option<String>,
    closed: bool,
    pins: bool,
    open: bool,
    connections: Option<usize>,
    /// Connections that are not logged in.
    pending: Option<usize>,
    /// Connections from one address in a burst.
    burst: Option<u32>,
    /// Connections from one address in each second after that.
    rate: Option<u32>,
    sessions: Option<usize>,
    /// Minutes.
    idle: Option<u64>,
    /// Seconds.
    login: Option<u64>,
    /// Seconds.
    stall: Option<u64>,
}

/// Serves until it is told to end.
pub(super) fn run(global: &Global, args: &Serve) -> Result<ExitCode, Failure> {
    let setup = Setup::of_box(global)?;
    log_to_standard_error(args.log_format);
    let settings = TrainingBox {
        listen: args.listen.or(setup.serve.listen).unwrap_or(SocketAddr::from(([0; 16], 2222))),
        status: args.status.or(setup.serve.status),
        host_key: args.host_key.clone().or(setup.serve.host_key.clone()).map_or_else(|| beside(&setup), Ok)?,
        database: setup.database,
    };
    let (global, args) = (global.clone(), args.clone());
    let served = ssh::serve(&settings, move || load(&global, &args));
    served.map(|()| ExitCode::SUCCESS).map_err(|error| match error {
        ServeError::Content { message, hint } => Failure::content(message, hint),
        ServeError::Exposed(_) => Failure::usage(error.to_string(), error.hint()),
        _ => Failure::environment(error.to_string(), error.hint()),
    })
}

/// Where the host key is kept that nobody has given a place for.
fn beside(setup: &Setup) -> Result<PathBuf, Failure> {
    match &setup.database {
        Location::File(path) => Ok(path.with_file_name("ssh_host_ed25519_key")),
        Location::Postgres(_) => Err(Failure::usage(
            "there is no place for the host key",
            "give a file with --host-key: the same key on every host of one name",
        )),
    }
}

/// What can be replaced while the box runs, read anew.
fn load(global: &Global, args: &Serve) -> Result<Content, ServeError> {
    let failed = |failure: Failure| ServeError::Content { message: failure.message, hint: failure.hint };
    let setup = Setup::of_box(global).map_err(failed)?;
    let library = library(&setup).map_err(failed)?;
    Ok(Content { policy: policy(args, setup.serve), library })
}

fn policy(args: &Serve, file: ServeFile) -> Policy {
    let usual = Limits::default();
    let seconds = |given: Option<u64>, usual| given.map_or(usual, Duration::from_secs);
    let minutes = |given: u64| Duration::from_secs(given.saturating_mul(60));
    Policy {
        enrol: !(args.closed || file.closed),
        join_code: args.join_code.clone().or(file.join_code).filter(|code| !code.is_empty()),
        pins: args.pins || file.pins,
        open: args.open || file.open,
        limits: Limits {
            connections: args.connections.or(file.connections).unwrap_or(usual.connections),
            pending: file.pending.unwrap_or(usual.pending),
            burst: file.burst.unwrap_or(usual.burst),
            rate: file.rate.unwrap_or(usual.rate),
            sessions: args.sessions.or(file.sessions).unwrap_or(usual.sessions),
            login: seconds(file.login, usual.login),
            idle: args.idle.or(file.idle).map_or(usual.idle, minutes),
            stall: seconds(file.stall, usual.stall),
        },
    }
}

/// `RESPLINE_LOG` says how much: `warn`, `debug`, or a filter of tracing's own.
fn log_to_standard_error(format: LogFormat) {
    let filter = EnvFilter::builder().with_env_var("RESPLINE_LOG").with_default_directive(tracing::Level::INFO.into());
    let builder = fmt().with_env_filter(filter.from_env_lossy()).with_writer(std::io::stderr).with_target(false);
    // Where a log is set up already, as in a test, that one stays.
    let _ = match format {
        LogFormat::Text => builder.with_ansi(false).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
