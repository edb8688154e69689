//! Lengths of time as they are written for a flag or in the configuration: `90s`, `15m`, `2h`, or a bare number.

use std::{str::FromStr, time::Duration};

use serde::Deserialize;

/// The longest that is told from for ever.
const LONGEST: Duration = Duration::from_hours(24 * 366);

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct Span {
    number: u64,
    /// Seconds in the unit that was named; none where the place decides.
    unit: Option<u64>,
}

/// As it stands in the configuration.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a length of time is a number with s, m or h, such as \"90s\"")]
enum Written {
    Number(u64),
    Text(String),
}

/// What is written is no length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a length of time is a number with s, m or h, such as 90s")]
pub(super) struct SpanError;

impl Span {
    /// The duration; a bare number counts in `usual`. Never none, and never more than a year.
    pub(super) fn duration(self, usual: Duration) -> Duration {
        let unit = self.unit.unwrap_or(usual.as_secs());
        Duration::from_secs(self.number.saturating_mul(unit)).clamp(Duration::from_secs(1), LONGEST)
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let (number, unit) = match text.trim().split_at_checked(text.trim().len().saturating_sub(1)) {
            Some((number, "s")) => (number, Some(1)),
            Some((number, "m")) => (number, Some(60)),
            Some((number, "h")) => (number, Some(3600)),
            _ => (text.trim(), None),
        };
        number.parse().map(|number| Self { number, unit }).map_err(|_| SpanError)
    }
}

impl TryFrom<Written> for Span {
    type Error = SpanError;

    fn try_from(written: Written) -> Result<Self, SpanError> {
        match written {
            Written::Number(number) => Ok(Self { number, unit: None }),
            Written::Text(text) => text.parse(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_taken_and_the_place_decides_where_none_is_named() {
        let minutes = |text: &str| text.parse::<Span>().map(|span| span.duration(Duration::from_mins(1)).as_secs());
        let known = [("90s", 90), ("15m", 900), ("2h", 7200), ("3", 180), ("0", 1), (" 5 ", 300)];
        for (text, seconds) in known {
            assert_eq!(minutes(text), Ok(seconds), "{text}");
        }
        assert_eq!(minutes("18446744073709551615h"), Ok(LONGEST.as_secs()));
        for text in ["", "s", "-1s", "1.5h", "1d", "1 m", "1µ", "é"] {
            assert_eq!(minutes(text), Err(SpanError), "{text}");
        }
    }
}
