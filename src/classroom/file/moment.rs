//! From a date on the wall to an instant: what a time zone does to it.
//!
//! Twice a year an hour is skipped and another one comes twice. A time that is skipped is read as the clock shows it after
//! the jump; of two alike a class opens at the first and ends at the second, so that nobody is short of time. Both are told.

use jiff::{
    civil,
    tz::{AmbiguousOffset, Offset, TimeZone},
};
use toml::value::{self, Datetime};

use crate::{
    content::{Findings, Table},
    course::Timestamp,
};

/// Which end of something a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Its beginning.
    Begins,
    /// Its end.
    Ends,
}

/// The instant under `key`, and where it stands.
pub(super) fn moment(
    table: Table<'_>,
    key: &str,
    (zone, side): (&TimeZone, Side),
    findings: &mut Findings<'_>,
) -> Option<(Timestamp, usize)> {
    let (moment, at) = table.moment(key)?;
    // A date without a time has been told by its form.
    let (date, time) = (moment.date?, moment.time?);
    let read = wall(date, time).and_then(|wall| instant(wall, moment, zone, side));
    let Some((instant, odd)) = read else {
        findings.error("no-such-time", at, format!("`{key}` is no time that can be"), "look at its day and its hour");
        return None;
    };
    if let Some(odd) = odd {
        let shown = instant.to_zoned_datetime(zone.clone());
        let message = format!("`{key}` {odd} in this zone: it is read as {}", shown.strftime("%Y-%m-%d %H:%M %:z"));
        findings.warn(
            "clock-change",
            at,
            message,
            "choose another hour, or give the offset: 2026-10-25T02:30:00+01:00",
        );
    }
    Some((Timestamp(instant.as_millisecond()), at))
}

fn wall(date: value::Date, time: value::Time) -> Option<civil::DateTime> {
    let year = i16::try_from(date.year).ok().filter(|year| (1970..=9998).contains(year))?;
    let day = civil::Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()?;
    let (hour, minute) = (i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?);
    let second = i8::try_from(time.second.unwrap_or_default()).ok()?;
    civil::Time::new(hour, minute, second, 0).ok().map(|time| day.to_datetime(time))
}

/// The instant, and what is odd about its time.
fn instant(
    wall: civil::DateTime,
    moment: &Datetime,
    zone: &TimeZone,
    side: Side,
) -> Option<(jiff::Timestamp, Option<&'static str>)> {
    if let Some(offset) = moment.offset {
        let minutes = match offset {
            value::Offset::Z => 0,
            value::Offset::Custom { minutes } => i32::from(minutes),
        };
        let offset = Offset::from_seconds(minutes * 60).ok()?;
        return offset.to_timestamp(wall).ok().map(|instant| (instant, None));
    }
    let read = zone.to_ambiguous_timestamp(wall);
    let (instant, odd) = match (read.offset(), side) {
        (AmbiguousOffset::Unambiguous { .. }, _) => (read.compatible(), None),
        (AmbiguousOffset::Gap { .. }, _) => (read.compatible(), Some("is skipped when the clocks go forward")),
        (AmbiguousOffset::Fold { .. }, Side::Begins) => (read.earlier(), Some("comes twice when the clocks go back")),
        (AmbiguousOffset::Fold { .. }, Side::Ends) => (read.later(), Some("comes twice when the clocks go back")),
    };
    instant.ok().map(|instant| (instant, odd))
}
