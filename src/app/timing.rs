//! Times and spans in words, in the learner's own zone.

use jiff::tz::TimeZone;

use crate::{classroom::Class, course::Timestamp};

use super::{Context, settings};

/// A second, a minute, an hour, a day, in milliseconds.
pub(super) const SECOND: i64 = 1_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// Up to so much time left is counted in seconds.
const CLOSE: i64 = 2 * MINUTE;

/// Up to two hours in minutes, up to two days in hours.
const SHORT: i64 = 2 * HOUR;
const LONG: i64 = 2 * DAY;

/// The unit that a span is counted in, and the longest span that is counted in a smaller one.
const fn unit(left: i64) -> (i64, i64) {
    if left <= CLOSE {
        (SECOND, i64::MIN)
    } else if left <= SHORT {
        (MINUTE, CLOSE)
    } else if left <= LONG {
        (HOUR, SHORT)
    } else {
        (DAY, LONG)
    }
}

/// So many milliseconds in words: `3 days`, `26 h`, `95 min`, `1:43`. What is begun counts, so that nobody is told of
/// less than they have; days and hours are full ones.
pub fn span(left: i64) -> String {
    let left = left.max(0);
    let whole = |unit: i64| (left + unit - 1) / unit;
    match unit(left).0 {
        SECOND => format!("{}:{:02}", whole(SECOND) / 60, whole(SECOND) % 60),
        MINUTE => format!("{} min", whole(MINUTE)),
        HOUR => format!("{} h", left / HOUR),
        _ => format!("{} days", left / DAY),
    }
}

/// After how many milliseconds the words of [`span`] change.
pub(super) const fn next_change(left: i64) -> i64 {
    let (unit, smaller) = unit(left);
    let change = match (unit, left % unit) {
        (SECOND | MINUTE, 0) => unit,
        (SECOND | MINUTE, rest) => rest,
        (_, rest) => rest + 1,
    };
    let finer = left.saturating_sub(smaller);
    if finer < change { finer } else { change }
}

/// A time limit in words: `40 minutes`, `1 hour 30 minutes`.
pub(super) fn limit(ms: i64) -> String {
    let count = |number: i64, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let parts = [(ms / HOUR, "hour"), (ms % HOUR / MINUTE, "minute"), (ms % MINUTE / SECOND, "second")];
    let told: Vec<String> =
        parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun)).collect();
    told.join(" ")
}

impl Context {
    /// The moment as the class counts it: records never go back in time, so neither does its clock.
    pub fn moment(&self) -> Timestamp {
        self.now.max(self.progress.latest)
    }

    /// The zone that dates of `class` are shown in: the learner's choice, else that of their machine, else the class's.
    pub fn zone(&self, class: &Class) -> TimeZone {
        self.own_zone().unwrap_or_else(|| class.zone.clone())
    }

    /// The day that a moment falls on where the learner lives, counted from 1 January 1970: in the zone of their choice or of
    /// their machine, else in that of their class, else in UTC.
    pub(super) fn day(&self, at: Timestamp) -> i64 {
        const DAY: i64 = 86_400_000;
        let class = || self.rooms.first().map(|room| room.class.zone.clone());
        let zone = self.own_zone().or_else(class).unwrap_or(TimeZone::UTC);
        let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        at.0.saturating_add(i64::from(zone.to_offset(moment).seconds()) * 1_000).div_euclid(DAY)
    }

    fn own_zone(&self) -> Option<TimeZone> {
        let chosen = self.progress.settings.get(settings::ZONE).map_or("auto", String::as_str);
        match chosen {
            "auto" => (self.zones.here)(),
            "class" => None,
            name => (self.zones.find)(name),
        }
    }
}

/// A moment with its zone: `Sun 25 Oct 02:30 CEST (Europe/Berlin)`. The short name tells the two hours apart that a clock
/// change makes of one.
pub fn date(at: Timestamp, zone: &TimeZone) -> String {
    let Ok(moment) = jiff::Timestamp::from_millisecond(at.0) else { return "never".to_owned() };
    let local = moment.to_zoned_datetime(zone.clone());
    let name = zone.iana_name().filter(|name| *name != "UTC").map(|name| format!(" ({name})")).unwrap_or_default();
    format!("{}{name}", local.strftime("%a %-d %b %Y %H:%M %Z"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_span_is_told_as_finely_as_it_matters() {
        let told = [-5, 0, 999, 103_000, CLOSE, CLOSE + 1, 35 * MINUTE, 2 * HOUR + 1, 47 * HOUR, 3 * DAY].map(span);
        assert_eq!(told, ["0:00", "0:00", "0:01", "1:43", "2:00", "3 min", "35 min", "2 h", "47 h", "3 days"]);
        assert_eq!(limit(90 * MINUTE), "1 hour 30 minutes");
        assert_eq!(limit(MINUTE), "1 minute");
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_apart() {
        let berlin = TimeZone::get("Europe/Berlin").expect("it is known");
        // 2026-10-25, 02:30, before and after the clocks go back.
        let told = [1_792_888_200_000, 1_792_891_800_000].map(|at| date(Timestamp(at), &berlin));
        assert_eq!(told, ["Sun 25 Oct 2026 02:30 CEST (Europe/Berlin)", "Sun 25 Oct 2026 02:30 CET (Europe/Berlin)"]);
        assert_eq!(date(Timestamp(0), &TimeZone::UTC), "Thu 1 Jan 1970 00:00 UTC");
    }

    proptest! {
        #[test]
        fn words_stand_until_their_next_change_and_no_longer(left in 1_i64..10 * DAY) {
            let change = next_change(left);
            prop_assert!(change > 0);
            prop_assert_eq!(span(left - (change - 1)), span(left), "they stand until then");
            prop_assert!(left - change < 0 || span(left - change) != span(left) , "and change then");
        }
    }
}
