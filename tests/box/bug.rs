//! A bug in one session. The program has none that can be called for, so a box is run here, in a child of the test, with a
//! limit that the command line would not let through: a second later no clock can hold it, and reckoning with it panics.

use std::{
    env, fs,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use respline::{
    ssh::{Content, Limits, Policy, TrainingBox, serve},
    store::Location,
    terminal::{Classes, Library},
};
use rustix::process::Signal;

use super::{
    client::{Link, Terminal},
    serving::{Host, Serving},
    support::packs,
};

/// Names the child's folder; where it is not set there is nothing to do.
const FOLDER: &str = "RESPLINE_TEST_FOLDER";

/// So long that adding it to the time works now, and not in two seconds.
fn almost_too_long() -> Duration {
    let (now, mut fits, mut exceeds) = (Instant::now(), 0, u64::MAX);
    while exceeds - fits > 1 {
        let middle = fits + (exceeds - fits) / 2;
        let works = now.checked_add(Duration::from_secs(middle)).is_some();
        *(if works { &mut fits } else { &mut exceeds }) = middle;
    }
    Duration::from_secs(fits - 1)
}

#[test]
#[ignore = "a child of the next one"]
fn a_box_that_can_be_given_a_bug() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
    let settings = TrainingBox {
        listen: ([127, 0, 0, 1], 0).into(),
        status: None,
        host_key: folder.join("host_key"),
        database: Location::File(folder.join("records.sqlite3")),
    };
    let served = serve(&settings, move || {
        let usual = Limits::default();
        let idle = if folder.join("bug").exists() { almost_too_long() } else { usual.idle };
        let Ok(library) = Library::open(&[packs::small()]) else { panic!("the pack is broken") };
        Ok(Content {
            policy: Policy { limits: Limits { idle, ..usual }, ..Policy::default() },
            library,
            classes: Classes::default(),
        })
    });
    served.expect("it ends in order");
}

#[test]
fn a_bug_in_one_session_ends_that_one_and_gives_its_terminal_back() {
    let host = Host::new();
    host.admit("ann").admit("bob").admit("cleo");
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args(["--ignored", "--exact", "bug::a_box_that_can_be_given_a_bug", "--nocapture"]);
    command.env(FOLDER, host.path(""));
    let serving = Serving::start(command);
    let open = |name| Link::open(serving.port(), name, &Terminal::default());
    let ann = open("ann");
    ann.wait_for("Welcome");
    let reload = |times| serving.signal(Signal::HUP).wait_log("reloaded;", times);
    fs::write(host.path("bug"), "").expect("it can be written");
    reload(1);
    let bob = open("bob");
    bob.wait_for("Welcome");
    assert!(bob.look(|shown| shown.emulator.screen().alternate_screen()));
    while !bob.within(Duration::from_millis(100), |shown| shown.closed) {
        bob.send("?");
    }
    assert_eq!(bob.wait_closed(), Some(4));
    bob.look(|shown| {
        assert!(shown.text().contains("a bug ended this session"), "{}", shown.text());
        assert!(!shown.emulator.screen().alternate_screen() && !shown.emulator.screen().hide_cursor());
    });
    serving.wait_log("a session ended by a bug", 1);
    // Whoever was here goes on, and so does the box, for the same learner as well.
    ann.send("\r").wait_for("Continue");
    fs::remove_file(host.path("bug")).expect("it is there");
    reload(2);
    open("bob").wait_for("Welcome");
    open("cleo").wait_for("Welcome");
}
