//! A story told on a real terminal, by the binary: its steps must give the screens of the file.

use std::{path::Path, thread, time::Duration};

use respline::{
    course::{Record, Timestamp},
    store::{Sqlite, Store},
    terminal::local::now,
};

use super::{
    script::{ENDED, Event, Story},
    support::{
        keys, packs,
        program::{LEARNER, learnt, still},
        pty::{Pty, Shown},
    },
};

/// Longer than the program takes a lone escape for the start of something.
const ESCAPE: Duration = Duration::from_millis(80);

/// The records from before a story that begins `now`.
pub(crate) fn before(story: &Story, now: Timestamp) -> Vec<Record> {
    let opening = packs::opening(packs::small());
    let learnt = story.learnt.iter().flat_map(|scenario| learnt(&opening, scenario, now));
    learnt.chain([still()]).collect()
}

/// Where a story's program runs.
pub(crate) trait Host {
    /// Starts the program of `story` with these arguments on a terminal of so many columns and rows.
    fn start(&self, story: &Story, arguments: &str, database: &Path, size: (u16, u16)) -> Pty;

    /// Waits until nothing uses `database` any more: its terminal was closed.
    fn wait_gone(&self, database: &Path);
}

pub(crate) fn tell(story: &Story, host: &impl Host) {
    let home = tempfile::tempdir().expect("a folder");
    let database = home.path().join("records.sqlite3");
    let mut store = Sqlite::open(&database).unwrap_or_else(|error| panic!("{error}"));
    store.append(LEARNER, &before(story, now())).expect("it is stored");
    drop(store);
    let mut size = (story.size.width, story.size.height);
    let mut pty = host.start(story, &story.start, &database, size);
    pty.wait_drawn();
    let mut ended = false;
    for step in story.steps() {
        match &step.event {
            Event::Keys(script) => press(&mut pty, script),
            Event::Resize(to) => {
                size = (to.width, to.height);
                pty.resize(size);
            }
            Event::Then(sentence) => panic!("'{sentence}' is told in memory only"),
            Event::Restart(arguments) => {
                if !ended {
                    pty.hang_up().wait_exit();
                    host.wait_gone(&database);
                }
                pty = host.start(story, arguments, &database, size);
                pty.wait_drawn();
            }
        }
        ended = step.screen == [ENDED];
        if ended {
            assert_eq!(pty.wait_exit(), 0);
            continue;
        }
        let what = format!("{}\n{}", step.line, step.screen.join("\n"));
        pty.wait_until(&what, |shown| rows(shown) == step.screen);
    }
    assert!(!story.no_colour || pty.look(|shown| !has_colour(shown.bytes())), "a colour was sent");
}

fn press(pty: &mut Pty, script: &str) {
    for word in keys::words(script) {
        let bytes = keys::bytes(&word);
        pty.send(std::str::from_utf8(&bytes).expect("keys are text"));
        if word == "esc" {
            thread::sleep(ESCAPE);
        }
    }
}

fn rows(shown: &Shown) -> Vec<String> {
    let (_, columns) = shown.screen().size();
    shown.screen().rows(0, columns.into()).map(|row| row.trim_end().to_owned()).collect()
}

/// A parameter of some `CSI … m` sets a colour.
fn has_colour(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let styles = text.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m')).map(|(style, _)| style);
    let numbers = styles.filter(|style| style.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'));
    numbers.flat_map(|style| style.split(';')).filter_map(|number| number.parse::<u8>().ok()).any(is_colour)
}

const fn is_colour(number: u8) -> bool {
    matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)
}

#[test]
fn a_colour_is_seen_in_the_bytes() {
    assert!(has_colour(b"a\x1b[1;36mb") && has_colour(b"\x1b[38;5;80m"));
    assert!(!has_colour(b"\x1b[31;5H\x1b[0;1;4;39;49m31"));
}
