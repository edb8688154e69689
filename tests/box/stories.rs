//! The key stories of the local tutor through three real clients.
//!
//! A box shuffles by a number that it draws for each session, so a story's own screens cannot be asked of it. Every record
//! names that number, though: the same keys are pressed in a program in memory that is given it, and after every step
//! the client must show what that program shows.

use std::{fs, thread, time::Instant};

use respline::{
    app::{Colours, Input, Size},
    course::{Order, Record},
    store::{Memory, Store},
    terminal::local::now,
};

use super::{
    client::{Client, Link, Terminal},
    script::{Event, Story},
    serving::{Host, PATIENCE, Serving},
    support::{
        keys, packs,
        program::{LEARNER, Opening, Program},
    },
};

/// Longer than a box takes a lone escape for the start of something.
const ESCAPE: std::time::Duration = std::time::Duration::from_millis(80);

/// What opens a client on a box.
type Open = fn(&Host, &Serving, &Terminal) -> Box<dyn Client>;

fn openssh(host: &Host, serving: &Serving, terminal: &Terminal) -> Box<dyn Client> {
    Box::new(host.terminal(&[LEARNER], serving.port(), &[], terminal))
}

fn asyncssh(host: &Host, serving: &Serving, terminal: &Terminal) -> Box<dyn Client> {
    Box::new(host.asyncssh(LEARNER, serving.port(), terminal))
}

fn russh(_: &Host, serving: &Serving, terminal: &Terminal) -> Box<dyn Client> {
    Box::new(Link::open(serving.port(), LEARNER, terminal))
}

/// Keys that go from the first screen to where a story starts.
fn way(start: &str) -> &'static str {
    match start.split_whitespace().nth(1) {
        None => "",
        Some("1.1") => "enter down enter",
        Some("blog-vm") => "enter down down down enter",
        Some("db-auto") => "enter down down down down enter",
        Some("db-hand") => "enter down down down down down enter",
        Some(other) => panic!("no way to {other}"),
    }
}

/// A client and the program in memory that it must look like.
struct Pair<'a> {
    host: &'a Host,
    client: Box<dyn Client>,
    opening: Opening,
    /// What was stored before this session.
    before: Vec<Record>,
    /// What happened in it.
    inputs: Vec<Event>,
}

impl<'a> Pair<'a> {
    fn open(host: &'a Host, client: Box<dyn Client>, opening: Opening) -> Self {
        Self { host, client, opening, before: host.records(LEARNER), inputs: Vec::new() }
    }

    /// The number of this session, as soon as it has stored something; until then it decides nothing.
    fn origin(&self) -> u64 {
        let new = self.host.records(LEARNER).into_iter().map(|record| record.key.origin);
        let known = |origin: &u64| self.before.iter().any(|record| record.key.origin == *origin);
        new.into_iter().find(|origin| !known(origin)).unwrap_or(1)
    }

    /// The screen that the same keys give in memory; none where the program has ended.
    fn expected(&self, origin: u64) -> Option<Vec<String>> {
        let mut store = Memory::default();
        store.append(LEARNER, &self.before).expect("memory takes it");
        let mut program = Program::start_at(&self.opening, &store, origin, now());
        for event in &self.inputs {
            match event {
                Event::Keys(script) => drop(program.press(script)),
                Event::Resize(size) => program.take(Input::Resize(*size)),
                Event::Restart(_) | Event::Then(_) => {}
            }
        }
        (!program.ended()).then(|| program.screen())
    }

    fn take(&mut self, event: Event) {
        match &event {
            Event::Keys(script) => press(&mut *self.client, script),
            Event::Resize(size) => self.client.resize((size.width, size.height)),
            Event::Restart(_) | Event::Then(_) => {}
        }
        self.inputs.push(event);
    }

    /// Waits until the client shows what it must, or has ended in order where it must; whether the program goes on.
    fn check(&mut self, what: &str) -> bool {
        let begun = Instant::now();
        let (mut origin, mut wanted) = (0, None);
        while begun.elapsed() < PATIENCE {
            let drawn = self.origin();
            if drawn != origin {
                (origin, wanted) = (drawn, self.expected(drawn));
            }
            match &wanted {
                None => {
                    assert_eq!(self.client.wait_end(), Some(0), "after '{what}'");
                    return false;
                }
                Some(rows) if *rows == self.client.rows() => return true,
                Some(_) => thread::sleep(std::time::Duration::from_millis(5)),
            }
        }
        let (wanted, shown) = (wanted.unwrap_or_default().join("\n"), self.client.rows().join("\n"));
        panic!("after '{what}' the screen should be\n{wanted}\nand is\n{shown}");
    }
}

fn press(client: &mut dyn Client, script: &str) {
    for word in keys::words(script) {
        client.press(&keys::bytes(&word));
        if word == "esc" {
            thread::sleep(ESCAPE);
        }
    }
}

fn terminal(story: &Story, size: Size) -> Terminal {
    let mut variables = vec![("LANG", if story.ascii { "C" } else { "C.UTF-8" })];
    if story.no_colour {
        variables.push(("NO_COLOR", "1"));
    }
    Terminal { size: (size.width, size.height), variables, ..Terminal::default() }
}

fn opening(story: &Story, size: Size) -> Opening {
    let mut opening = packs::opening(packs::small());
    opening.size = size;
    opening.look.ascii = story.ascii;
    opening.look.reduced_motion = false;
    opening.look.colours = if story.no_colour { Colours::None } else { Colours::Palette };
    (opening.order, opening.seed) = (Order::Shuffled, None);
    opening
}

fn tell(name: &str, open: Open) {
    let path = format!("{}/tests/story/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let story = Story::parse(&fs::read_to_string(path).expect("it is there"));
    let host = Host::new();
    host.admit(LEARNER);
    let serving = host.serve(&[]);
    let mut size = story.size;
    let begin = |size| Pair::open(&host, open(&host, &serving, &terminal(&story, size)), opening(&story, size));
    let (mut pair, mut sessions) = (begin(size), 1);
    assert!(pair.check("the start"));
    pair.take(Event::Keys(way(&story.start).into()));
    let mut goes_on = pair.check(way(&story.start));
    for step in story.steps() {
        match &step.event {
            Event::Restart(_) => {
                if goes_on {
                    pair.client.cut();
                }
                serving.wait_log("session ended", sessions);
                (pair, sessions) = (begin(size), sessions + 1);
            }
            Event::Keys(script) if goes_on => pair.take(Event::Keys(script.clone())),
            Event::Resize(to) if goes_on => {
                size = *to;
                pair.take(Event::Resize(size));
            }
            Event::Keys(_) | Event::Resize(_) | Event::Then(_) => continue,
        }
        goes_on = pair.check(&step.line);
    }
    assert!(!story.no_colour || !has_colour(&pair.client.bytes()), "a colour was sent");
}

/// Some `CSI … m` sets a colour.
fn has_colour(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let styles = text.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m')).map(|(style, _)| style);
    let numbers = styles.filter(|style| style.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'));
    let mut numbers = numbers.flat_map(|style| style.split(';')).filter_map(|number| number.parse::<u8>().ok());
    numbers.any(|number| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}

macro_rules! stories {
    ($($name:ident),* $(,)?) => {
        $(mod $name {
            #[test]
            fn by_russh() {
                super::tell(stringify!($name), super::russh);
            }

            #[test]
            #[ignore = "needs openssh-client"]
            fn by_openssh() {
                super::tell(stringify!($name), super::openssh);
            }

            #[test]
            #[ignore = "needs asyncssh"]
            fn by_asyncssh() {
                super::tell(stringify!($name), super::asyncssh);
            }
        })*
    };
}

stories! { ascii, checkpoint, exercise, exercise_narrow, first_start, glossary, lesson, mouse, no_colour, screens }

/// A window that changes its size in the middle of an exercise, and sizes that no window has.
fn resized(open: Open) {
    let host = Host::new();
    host.admit(LEARNER);
    let serving = host.serve(&[]);
    let story = Story::parse("");
    let mut pair = Pair::open(&host, open(&host, &serving, &terminal(&story, story.size)), opening(&story, story.size));
    assert!(pair.check("the start"));
    for event in ["enter down down down enter", "enter c 1", "120x30", "enter", "40x12", "n", "80x24", "200x60"] {
        let size =
            event.split_once('x').and_then(|(x, y)| Some(Size { width: x.parse().ok()?, height: y.parse().ok()? }));
        pair.take(size.map_or_else(|| Event::Keys(event.into()), Event::Resize));
        assert!(pair.check(event), "{event}");
    }
}

#[test]
fn a_window_of_another_size_by_russh() {
    resized(russh);
}

#[test]
#[ignore = "needs openssh-client"]
fn a_window_of_another_size_by_openssh() {
    resized(openssh);
}

#[test]
#[ignore = "needs asyncssh"]
fn a_window_of_another_size_by_asyncssh() {
    resized(asyncssh);
}

#[test]
fn sizes_that_no_window_has_do_no_harm() {
    let host = Host::new();
    host.admit("ann");
    let serving = host.serve(&[]);
    for size in [(0, 0), (1, 1), (65535, 65535), (0, 65535), (u32::MAX, u32::MAX)] {
        let link = Link::open(serving.port(), "ann", &Terminal::default());
        link.claim(size.0, size.1).send("?");
        let (drawn, before) = (link.look(|shown| shown.bytes.len()), size);
        link.claim(80, 24).wait_until(&format!("a screen after {before:?}"), |shown| shown.bytes.len() > drawn);
        link.claim(size.0, size.1).claim(80, 24).send("qqq");
        link.wait_until(&format!("the end after {size:?}"), |shown| shown.closed);
        assert_eq!(link.wait_closed(), Some(0), "{size:?}");
    }
    assert!(!serving.log().contains("bug"), "{}", serving.log());
}
