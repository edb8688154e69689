//! One page for each side of a class: how to get in and what to do, and what to type when.
//!
//! Both are made from the class file, so that a date on paper is the date the program keeps, and from the key table.

mod instructor;
mod learner;
mod render;

use crate::{
    classroom::{Assignment, Class, Rules, Task},
    course::Timestamp,
};

pub use instructor::instructor;
pub use learner::learner;
pub use render::{html, markdown};

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// A part of a page. Code in words stands between backquotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Words(String),
    /// A list.
    List(Vec<String>),
    /// What to type.
    Code(String),
    /// Columns, their heads first.
    Table(Vec<Vec<String>>),
}

/// How learners get in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Over SSH to this host and port.
    Ssh {
        /// Name or address.
        host: String,
        /// Port, where it is not the usual one.
        port: Option<u16>,
    },
    /// On a machine of their own, with a class file of their own and a file to hand in.
    Offline {
        /// What their class file is called.
        file: String,
    },
}

impl Way {
    /// `host` or `host:port`; an address of IPv6 stands in brackets. None where the port is no number.
    pub fn ssh(text: &str) -> Option<Self> {
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port.parse().ok()?)),
            _ => (text, None),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let plain = host.chars().all(|char| char.is_ascii_alphanumeric() || ".:-_@%".contains(char));
        (plain && !host.is_empty() && !host.starts_with('-')).then(|| Self::Ssh { host: host.to_owned(), port })
    }

    /// The command that gets in; `more` stands before the host.
    fn command(host: &str, port: Option<u16>, more: &str) -> String {
        let port = port.map_or_else(String::new, |port| format!(" -p {port}"));
        format!("ssh{more}{port} {host}")
    }
}

/// What is to be done, in words.
fn task(assignment: &Assignment) -> String {
    let count = |count: usize| if count == 1 { "1 scenario".to_owned() } else { format!("{count} scenarios") };
    let what = match &assignment.task {
        Task::Scenarios(ids) => count(ids.len()),
        Task::Draw { count: drawn, .. } => format!("{}, drawn", count(*drawn)),
        Task::Checkpoint(lesson) => format!("checkpoint of lesson {lesson}"),
    };
    match assignment.mode {
        Rules::Practice => format!("{what}; practice: each answer is explained at once"),
        Rules::Exam => format!("{what}; exam: no hints, answers can be changed until you hand in"),
    }
}

/// A date in the zone of the class.
fn date(class: &Class, at: Option<Timestamp>) -> String {
    let shown = at.and_then(|at| jiff::Timestamp::from_millisecond(at.0).ok());
    shown.map_or_else(String::new, |at| {
        at.to_zoned_datetime(class.zone.clone()).strftime("%a %Y-%m-%d %H:%M %Z").to_string()
    })
}

/// When an assignment closes, where that is not when it is due.
fn closes(class: &Class, assignment: &Assignment) -> String {
    date(class, assignment.closes.filter(|closes| Some(*closes) != assignment.due))
}

/// Minutes, hours and days as a person says them.
fn span(of: std::time::Duration) -> String {
    let minutes = of.as_secs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_and_nothing_else() {
        let ssh = |host: &str, port| Some(Way::Ssh { host: host.into(), port });
        assert_eq!(Way::ssh("box.school.example"), ssh("box.school.example", None));
        assert_eq!(Way::ssh("learn@box:2222"), ssh("learn@box", Some(2222)));
        assert_eq!(Way::ssh("[2001:db8::1]:22"), ssh("2001:db8::1", Some(22)));
        assert_eq!(Way::ssh("2001:db8::1"), ssh("2001:db8::1", None));
        for bad in ["", "box:x", "box:99999", "-oProxyCommand=sh", "box; rm", "box\u{1b}"] {
            assert_eq!(Way::ssh(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_time_is_said_as_people_say_it() {
        let said = [45, 60, 90, 1_440].map(|minutes| span(std::time::Duration::from_mins(minutes)));
        assert_eq!(said, ["45 min", "1 h", "1 h 30 min", "24 h"]);
    }
}
