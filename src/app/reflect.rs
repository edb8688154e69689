//! The progress page as of a moment: the mirror, held up to what was learnt.

use crate::course::{Timestamp, mirror::Mirror};

use super::{Context, pages};

/// What the progress page shows now.
pub(super) fn reflect(cx: &Context) -> pages::Sections {
    const DAY: i64 = 86_400_000;
    let day = |at: Timestamp| cx.day(at);
    let mirror = Mirror::of(&cx.progress, cx.now, &day);
    let within = |days: i64| cx.schedule.retention(Timestamp(cx.now.0.saturating_add(days * DAY)));
    let moments = [("now", 0), ("in a week", 7), ("in a month", 30)];
    let known: Vec<(&str, u32)> =
        moments.into_iter().filter_map(|(when, days)| Some((when, in_percent(within(days)?)))).collect();
    let ago = |at: Timestamp| match day(cx.now) - day(at) {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    };
    pages::progress(pages::Reflection {
        course: &cx.course,
        progress: &cx.progress,
        mirror: &mirror,
        known: &known,
        ago: &ago,
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chance is between 0 and 1")]
const fn in_percent(chance: f32) -> u32 {
    (chance * 100.0).round() as u32
}
