//! Which server, and how safely it is spoken to: a database's URL, read strictly.
//!
//! Its form is libpq's, with one difference: TLS is verified or not used. libpq's `require` encrypts to whoever answers;
//! here `require` and `verify-full` both check the certificate and its name. Without `sslmode` a socket of this host and
//! the loopback address are spoken to in the clear, and every other host as with `verify-full`.

use std::{env, ffi::OsString, os::unix::ffi::OsStringExt, path::PathBuf, time::Duration};

use tokio_postgres::{
    Config,
    config::{Host, SslMode},
};

use crate::document::printable;

/// For one address to take a connection.
const CONNECT: Duration = Duration::from_secs(3);

/// For bytes that were sent to be acknowledged.
const UNACKNOWLEDGED: Duration = Duration::from_secs(8);

/// How often a connection at rest is tried.
const KEEPALIVE: Duration = Duration::from_secs(10);

/// A server as its URL describes it.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) config: Config,
    pub(super) roots: Roots,
    /// As it may be shown: without password.
    pub(super) name: String,
}

/// Whose word is taken for a server's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roots {
    /// Nobody's: there is no TLS.
    None,
    /// The authorities that the system trusts.
    System,
    /// Those of a PEM file.
    File(PathBuf),
}

impl Server {
    /// Reads a URL.
    ///
    /// # Errors
    /// In words that quote neither its password nor any value.
    pub(super) fn parse(url: &str) -> Result<Self, String> {
        let (before, query) = split(url);
        let mut rest: Vec<String> = Vec::new();
        let (mut mode, mut file) = (None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value.to_owned()),
                Some(("sslrootcert", value)) => file = Some(decoded(value)),
                _ => rest.push(pair.replace('@', "%40")),
            }
        }
        let mut config: Config = format!("{before}?{}", rest.join("&")).parse().map_err(|error| told(&error))?;
        refuse_odd_hosts(&config)?;
        let (ssl, roots) = safety(&config, mode.as_deref(), file)?;
        prepare(&mut config, ssl);
        let name = name(&config);
        Ok(Self { config, roots, name })
    }
}

/// What stands before the question mark, and after it.
fn split(url: &str) -> (&str, &str) {
    url.split_once('?').unwrap_or((url, ""))
}

/// A value with its `%2F`s replaced; a file's name need not be text.
fn decoded(value: &str) -> PathBuf {
    let bytes = value.as_bytes();
    let (mut found, mut place) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(place) {
        let hex = bytes.get(place + 1..place + 3).filter(|_| *byte == b'%');
        let code = hex.and_then(|hex| str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        found.push(code.unwrap_or(*byte));
        place += if code.is_some() { 3 } else { 1 };
    }
    PathBuf::from(OsString::from_vec(found))
}

fn told(error: &tokio_postgres::Error) -> String {
    let cause = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    printable(&cause).into_owned()
}

/// A stray `@` would make a part of the password a part of the host's name, which is shown.
fn refuse_odd_hosts(config: &Config) -> Result<(), String> {
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err("it names no host".into());
    }
    let odd = |host: &Host| matches!(host, Host::Tcp(name) if name.is_empty() || name.contains(['@', ' ']));
    if config.get_hosts().iter().any(odd) {
        return Err("its host is no name; a '@' in a password is written %40".into());
    }
    Ok(())
}

fn safety(config: &Config, mode: Option<&str>, file: Option<PathBuf>) -> Result<(SslMode, Roots), String> {
    let roots = match file {
        Some(file) if file.as_os_str() != "system" => Roots::File(file),
        _ => Roots::System,
    };
    match mode {
        Some("disable") => Ok((SslMode::Disable, Roots::None)),
        Some("prefer") => Ok((SslMode::Prefer, roots)),
        Some("require" | "verify-full") => Ok((SslMode::Require, roots)),
        Some("allow" | "verify-ca") => Err("of sslmode, disable, prefer, require and verify-full are known".into()),
        Some(_) => Err("its sslmode is none".into()),
        None if is_here(config) => Ok((SslMode::Disable, Roots::None)),
        None => Ok((SslMode::Require, roots)),
    }
}

/// Nothing leaves this host.
fn is_here(config: &Config) -> bool {
    let loopback = |name: &str| name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    let here = |host: &Host| match host {
        Host::Tcp(name) => loopback(name),
        Host::Unix(_) => true,
    };
    // An address, where one is given, is what is connected to.
    match config.get_hostaddrs() {
        [] => config.get_hosts().iter().all(here),
        addresses => addresses.iter().all(std::net::IpAddr::is_loopback),
    }
}

fn prepare(config: &mut Config, ssl: SslMode) {
    config.ssl_mode(ssl).keepalives_idle(KEEPALIVE).keepalives_interval(KEEPALIVE / 2).keepalives_retries(2);
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(UNACKNOWLEDGED);
    }
    if config.get_application_name().is_none() {
        config.application_name("respline");
    }
    // As libpq does: a password on a command line can be read by every user of the host.
    if config.get_password().is_none()
        && let Some(password) = env::var_os("PGPASSWORD")
    {
        config.password(password.into_vec());
    }
}

fn name(config: &Config) -> String {
    let host = |(number, host): (usize, &Host)| {
        let ports = config.get_ports();
        let port = ports.get(number).or(ports.first()).copied().unwrap_or(5432);
        match host {
            Host::Tcp(name) if name.contains(':') => format!("[{name}]:{port}"),
            Host::Tcp(name) => format!("{name}:{port}"),
            Host::Unix(folder) => format!("{}:{port}", folder.display()),
        }
    };
    let mut hosts: Vec<String> = config.get_hosts().iter().enumerate().map(host).collect();
    if hosts.is_empty() {
        hosts = config.get_hostaddrs().iter().map(ToString::to_string).collect();
    }
    let user = config.get_user().map(|user| format!("{user}@")).unwrap_or_default();
    let database = config.get_dbname().or(config.get_user()).unwrap_or_default();
    printable(&format!("postgres://{user}{}/{database}", hosts.join(","))).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(url: &str) -> Server {
        Server::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"))
    }

    fn refused(url: &str) -> String {
        Server::parse(url).map(|server| server.name).expect_err("it is refused")
    }

    #[test]
    fn tls_is_verified_or_not_used() {
        let safety = |url: &str| {
            let server = parsed(url);
            (server.config.get_ssl_mode(), server.roots)
        };
        for here in ["localhost", "127.0.0.1:5433", "[::1]", "%2Frun%2Fpostgresql", "far?hostaddr=127.0.0.1"] {
            assert_eq!(safety(&format!("postgres://ann@{here}")), (SslMode::Disable, Roots::None), "{here}");
        }
        for far in
            ["db.example", "10.0.0.1", "localhost,db.example", "localhost?hostaddr=10.0.0.1", "far?sslmode=require"]
        {
            assert_eq!(safety(&format!("postgres://ann@{far}")), (SslMode::Require, Roots::System), "{far}");
        }
        let with = |query: &str| safety(&format!("postgres://ann@far/box?{query}"));
        assert_eq!(with("sslmode=disable&sslrootcert=x"), (SslMode::Disable, Roots::None));
        assert_eq!(with("sslmode=prefer"), (SslMode::Prefer, Roots::System));
        let file = Roots::File("/etc/my ca.pem".into());
        assert_eq!(with("sslrootcert=%2Fetc%2Fmy%20ca.pem&sslmode=verify-full"), (SslMode::Require, file));
        assert_eq!(with("sslrootcert=system"), (SslMode::Require, Roots::System));
        for unknown in ["verify-ca", "allow", "off", ""] {
            assert!(refused(&format!("postgres://far/box?sslmode={unknown}")).contains("sslmode"), "{unknown}");
        }
    }

    #[test]
    fn what_it_is_called_holds_no_password() {
        assert_eq!(parsed("postgres://ann:pw@db:6000/box").name, "postgres://ann@db:6000/box");
        assert_eq!(parsed("postgresql://ann:p%40w@[::1]").name, "postgres://ann@[::1]:5432/ann");
        assert_eq!(parsed("postgres://db/box?user=ann&password=a@pw").name, "postgres://ann@db:5432/box");
        assert!(!parsed("postgres://a%1B[2J@%2Frun/box").name.contains('\u{1b}'));
    }

    #[test]
    fn a_url_that_cannot_be_followed_is_refused_without_quoting_it() {
        let bad = [
            "postgres://ann:pw@pw@db/box",
            "postgres://",
            "postgres:///box",
            "postgres://ann:pw@db:pw/box",
            "postgres://ann:pw@db/box?sslcert=pw",
            "postgres://ann:pw@db/box?pw",
            "postgres://ann:p?w@db/box",
            "postgres://ann:pw@d b/box",
        ];
        for url in bad {
            let told = refused(url);
            assert!(!told.contains("pw") && !told.is_empty(), "{url}: {told}");
        }
        assert!(refused("postgres://ann@db/box?sslkey=x").contains("sslkey"));
    }
}
