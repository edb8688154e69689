//! `respline serve`: the box's settings from flags, environment and the `[serve]` table of the configuration file.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, ValueEnum};
use serde::Deserialize;
use tracing_subscriber::{EnvFilter, fmt};

use crate::{
    ssh::{self, Content, Limits, Policy, ServeError, TrainingBox},
    store::Location,
    terminal::Classes,
};

use super::{Failure, args::Global, config::Setup, span::Span, tutor::library};

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
    /// Time without a key after which a session ends: minutes, or 90s, 15m, 2h
    #[arg(long, value_name = "TIME", env = "RESPLINE_IDLE")]
    idle: Option<Span>,
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
    /// A bare number counts minutes.
    idle: Option<Span>,
    /// A bare number counts seconds.
    login: Option<Span>,
    /// A bare number counts seconds.
    stall: Option<Span>,
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
    let classes = Classes::open(&setup.classes, &library.course());
    let classes = classes.map_err(|error| failed(error.into()))?;
    Ok(Content { policy: policy(args, setup.serve), library, classes })
}

/// More connections than one machine has files and ports for.
const MOST: usize = 1_000_000;

fn policy(args: &Serve, file: ServeFile) -> Policy {
    let usual = Limits::default();
    let (second, minute) = (Duration::from_secs(1), Duration::from_mins(1));
    let span = |given: Option<Span>, unit, usual| given.map_or(usual, |given| given.duration(unit));
    Policy {
        enrol: !(args.closed || file.closed),
        join_code: args.join_code.clone().or(file.join_code).filter(|code| !code.is_empty()),
        pins: args.pins || file.pins,
        open: args.open || file.open,
        limits: Limits {
            connections: args.connections.or(file.connections).map_or(usual.connections, |given| given.min(MOST)),
            pending: file.pending.unwrap_or(usual.pending),
            burst: file.burst.unwrap_or(usual.burst),
            rate: file.rate.unwrap_or(usual.rate),
            sessions: args.sessions.or(file.sessions).unwrap_or(usual.sessions),
            login: span(file.login, second, usual.login),
            idle: span(args.idle.or(file.idle), minute, usual.idle),
            stall: span(file.stall, second, usual.stall),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 15] = [
        "listen",
        "host-key",
        "status",
        "join-code",
        "closed",
        "pins",
        "open",
        "connections",
        "pending",
        "burst",
        "rate",
        "sessions",
        "idle",
        "login",
        "stall",
    ];

    fn value() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<i64>().prop_map(|number| number.to_string()),
            Just("18446744073709551615".to_owned()),
            any::<bool>().prop_map(|on| on.to_string()),
            "\"[0-9]{1,20}[smhd]?\"",
            "\"\\PC{0,12}\"",
            Just("\"127.0.0.1:0\"".to_owned()),
            "[-0-9a-z.\\[\\]{}\"']{0,8}",
        ]
    }

    proptest! {
        #[test]
        fn a_table_gives_limits_that_can_be_kept_or_a_reason(
            pairs in prop::collection::vec((prop::sample::select(&NAMES[..]), value()), 0..5),
        ) {
            let text: String = pairs.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
            match toml::from_str::<ServeFile>(&text) {
                Ok(file) => {
                    let limits = policy(&Serve::default(), file).limits;
                    prop_assert!(limits.connections <= MOST);
                    for span in [limits.idle, limits.login, limits.stall] {
                        prop_assert!(!span.is_zero() && std::time::Instant::now().checked_add(span).is_some());
                    }
                }
                Err(error) => prop_assert!(!error.message().is_empty()),
            }
        }
    }
}
