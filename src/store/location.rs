//! Which database: a file or a server, as it is written on the command line.

use std::{fmt, path::PathBuf};

use crate::document::printable;

use super::{Database, Postgres, Sqlite, StoreError, shown};

/// Where records are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// The URL of a PostgreSQL database.
    Postgres(Secret),
}

/// A text that may hold a password: neither `Debug` nor anything else shows it by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the one who connects.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why a text names no database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    /// Nothing is named.
    #[error("the database names no file")]
    Empty,
    /// Another kind of URL.
    #[error("{scheme}: names no kind of database that respline knows")]
    Scheme {
        /// What stands before the colon.
        scheme: String,
    },
    /// A URL of PostgreSQL that cannot be followed.
    #[error("the database's URL cannot be followed: {detail}")]
    Server {
        /// What is wrong with it.
        detail: String,
    },
}

impl LocationError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::Scheme { .. } => "give a path, sqlite:PATH or postgres://USER@HOST/NAME",
            Self::Server { .. } => "give postgres://USER:PASSWORD@HOST:PORT/NAME?sslmode=verify-full",
        }
    }
}

impl Location {
    /// Reads a path, `sqlite:PATH`, `sqlite://PATH`, `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// When it names nothing, or is a URL of another kind: that is no file to begin.
    pub fn parse(text: &str) -> Result<Self, LocationError> {
        match scheme(text) {
            Some("sqlite") => {
                let path = text.trim_start_matches("sqlite:");
                file(path.strip_prefix("//").unwrap_or(path))
            }
            Some("postgres" | "postgresql") => match Postgres::name(text) {
                Ok(_) => Ok(Self::Postgres(Secret(text.to_owned()))),
                Err(detail) => Err(LocationError::Server { detail }),
            },
            Some(other) => Err(LocationError::Scheme { scheme: printable(other).into_owned() }),
            None => file(text),
        }
    }
}

/// What `text` begins with where it is a URL. A colon alone makes none: it may stand in a path.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let known = ["sqlite", "postgres", "postgresql"].contains(&scheme);
    (known || rest.starts_with("//")).then_some(scheme)
}

fn file(path: &str) -> Result<Location, LocationError> {
    if path.is_empty() { Err(LocationError::Empty) } else { Ok(Location::File(PathBuf::from(path))) }
}

/// As it may be shown and logged: without password or options.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.write_str(&shown(path)),
            Self::Postgres(url) => f.write_str(&Postgres::name(url.reveal()).unwrap_or_default()),
        }
    }
}

/// Opens the database at `location`, or begins a new one, and brings it up to this version.
///
/// # Errors
/// When it cannot be reached, or holds something that this version cannot or must not write.
pub fn open(location: &Location) -> Result<Box<dyn Database>, StoreError> {
    match location {
        Location::File(path) => Ok(Box::new(Sqlite::open(path)?)),
        Location::Postgres(url) => Ok(Box::new(Postgres::open(url.reveal())?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_path_with_or_without_its_scheme() {
        let path = |text: &str| Location::parse(text);
        assert_eq!(path("sqlite:/a/b.db"), Ok(Location::File("/a/b.db".into())));
        assert_eq!(path("sqlite:///a/b.db"), Ok(Location::File("/a/b.db".into())));
        assert_eq!(path("sqlite://b.db"), Ok(Location::File("b.db".into())));
        assert_eq!(path("b.db"), Ok(Location::File("b.db".into())));
        assert_eq!(path("notes: 2.db"), Ok(Location::File("notes: 2.db".into())));
        assert_eq!(path("sqlite:"), Err(LocationError::Empty));
        assert_eq!(path(""), Err(LocationError::Empty));
    }

    #[test]
    fn a_url_of_another_kind_is_no_file() {
        for (url, scheme) in [("http://x", "http"), ("mysql://u:secret@h/d", "mysql"), ("://x", "")] {
            let refused = Location::parse(url).expect_err("it is no database");
            assert_eq!(refused, LocationError::Scheme { scheme: scheme.into() });
            assert!(!refused.to_string().contains("secret") && !refused.hint().is_empty());
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let server = Location::parse("postgres://ann:s3cret@db.example/box?password=t0psecret").expect("it is one");
        let told = format!("{server} {server:?}");
        assert!(!told.contains("s3cret") && !told.contains("t0psecret"), "{told}");
        assert!(told.starts_with("postgres://ann@db.example:5432/box "), "{told}");
        let refused = Location::parse("postgres://ann:s3cret@/box").expect_err("it names no host");
        assert!(!refused.to_string().contains("s3cret"), "{refused}");
    }
}
