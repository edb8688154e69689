//! Moments and spans as ISO 8601 writes them.

use serde::Serializer;

use crate::course::Timestamp;

/// `2026-11-24T02:45:36.123Z`; a moment that no calendar has is the epoch.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
pub(super) fn moment<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    to.collect_str(&at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ"))
}

/// Milliseconds as `PT75.12S`: xAPI asks for no more than hundredths.
pub(super) fn duration(milliseconds: i64) -> String {
    let hundredths = milliseconds.max(0) / 10;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 { format!("PT{whole}S") } else { format!("PT{whole}.{rest:02}S") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_hundredths_of_a_second_at_most() {
        assert_eq!(
            [-5, 0, 9, 12_000, 75_129, 3_600_050].map(duration),
            ["PT0S", "PT0S", "PT0S", "PT12S", "PT75.12S", "PT3600.05S"]
        );
    }

    #[test]
    fn moments_are_in_universal_time_with_milliseconds() {
        let text = moment(&Timestamp(1_795_488_336_007), serde_json::value::Serializer);
        assert_eq!(text.expect("it is written"), "2026-11-24T02:45:36.007Z");
        assert_eq!(
            moment(&Timestamp(i64::MAX), serde_json::value::Serializer).expect("it is written"),
            "1970-01-01T00:00:00.000Z"
        );
    }
}
