//! What instructors said to the learner.

use std::fmt::Write as _;

use crate::app::{Context, attendance::plain, date};

/// The messages, the latest first, each with its time and its class.
pub fn messages(cx: &Context) -> String {
    let mut text = String::from("# Messages\n\n");
    let messages = cx.messages();
    if messages.is_empty() {
        text.push_str("Nobody has written to you.\n");
    }
    for message in messages {
        let zone = cx.rooms.iter().find(|room| room.class.title == message.room).map(|room| cx.zone(&room.class));
        let at = date(message.at, &zone.unwrap_or(jiff::tz::TimeZone::UTC));
        let new = if message.unread { " (new)" } else { "" };
        let _ = write!(text, "## {at}{new}\n\n*{}*\n\n{}\n\n", plain(message.room), lines(message.text));
    }
    text
}

/// A text with its own lines, none of it read as Markdown.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(plain).collect();
    lines.join("  \n")
}
