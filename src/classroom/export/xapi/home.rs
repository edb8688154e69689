//! The address under which accounts and activities are named.

use std::{fmt, str::FromStr};

/// Where accounts and activities are at home: a school's own address, without a slash at its end.
///
/// Statements never lead there; it only has to be an address that nobody else names things by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home(String);

/// A text that is no home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address begins with https:// or http://, names a host, and has no spaces, quotes, ? or #")]
pub struct BadHome;

/// The longest address, in bytes: what is built on it stays well under what record stores take.
const LONGEST: usize = 200;

impl Default for Home {
    /// One that is nobody's (RFC 2606).
    fn default() -> Self {
        Self("https://respline.example".to_owned())
    }
}

impl FromStr for Home {
    type Err = BadHome;

    fn from_str(text: &str) -> Result<Self, BadHome> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(BadHome)?;
        let host = rest.split('/').next().unwrap_or_default();
        let welcome = |char: char| char.is_ascii_alphanumeric() || "-._~/:@!$&()*+,;=%[]".contains(char);
        let good = host.starts_with(|char: char| char.is_ascii_alphanumeric() || char == '[')
            && text.len() <= LONGEST
            && rest.chars().all(welcome);
        if good { Ok(Self(text.trim_end_matches('/').to_owned())) } else { Err(BadHome) }
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_and_nothing_else_is() {
        let home = |text: &str| text.parse::<Home>().map(|home| home.to_string());
        assert_eq!(home("https://school.example/lrs/"), Ok("https://school.example/lrs".to_owned()));
        assert_eq!(home("http://[::1]:8080"), Ok("http://[::1]:8080".to_owned()));
        let bad =
            ["", "school.example", "https://", "https:///x", "ftp://a", "https://a b", "https://a\"", "https://a#b"];
        assert_eq!(bad.map(home), [const { Err(BadHome) }; 8]);
        assert_eq!(home(&format!("https://{}", "a".repeat(LONGEST))), Err(BadHome));
        assert!(home(&Home::default().to_string()).is_ok());
    }
}
