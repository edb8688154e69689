//! How sessions end, and what is left then: terminals as they were, answers where they belong.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use rustix::process::Signal;

use super::{
    client::{Client, Link, Shown, Terminal},
    serving::{Host, Serving},
    support::packs,
};

const FAREWELL: &str = "The box is going down. Everything you confirmed is saved";

/// Goes from the first screen to the first question of an exercise, through any client.
fn go(client: &mut dyn Client) {
    for (keys, then) in [("\r", "Continue"), ("jjj\r", "practice · story"), ("\r", "layer 1 of 5")] {
        client.press(keys.as_bytes());
        wait(client, then);
    }
}

fn wait(client: &dyn Client, text: &str) {
    let begun = std::time::Instant::now();
    while !client.rows().join("\n").contains(text) {
        assert!(begun.elapsed() < super::serving::PATIENCE, "'{text}' never came:\n{}", client.rows().join("\n"));
        thread::sleep(Duration::from_millis(5));
    }
}

/// What the terminal is given back by: its own screen and a cursor.
fn is_given_back(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let last = |code: &str| text.rfind(code);
    last("\x1b[?1049l") > last("\x1b[?1049h") && last("\x1b[?25h") > last("\x1b[?25l")
}

/// Every kind of client, each as somebody.
fn clients(host: &Host, serving: &Serving) -> Vec<Box<dyn Client>> {
    vec![
        Box::new(Link::open(serving.port(), "ann", &Terminal::default())),
        Box::new(host.terminal(&["bob"], serving.port(), &[], &Terminal::default())),
        Box::new(host.asyncssh("cleo", serving.port(), &Terminal::default())),
    ]
}

fn class() -> Host {
    let host = Host::new();
    host.admit("ann").admit("bob").admit("cleo");
    host
}

#[test]
#[ignore = "needs openssh-client and asyncssh"]
fn whoever_is_cut_off_goes_on_at_the_same_layer() {
    let host = class();
    let serving = host.serve(&[]);
    for (client, ended) in clients(&host, &serving).iter_mut().zip(1..) {
        wait(&**client, "Welcome");
        go(&mut **client);
        client.press(b"c1\r");
        wait(&**client, "enter next");
        client.cut();
        serving.wait_log("session ended", ended);
    }
    for client in &mut clients(&host, &serving) {
        wait(&**client, "Continue: Blog on a bare machine");
        client.press(b"\r");
        wait(&**client, "layer 2 of 5");
    }
}

#[test]
#[ignore = "needs openssh-client and asyncssh"]
fn everybody_gets_their_terminal_back_when_the_box_goes_down() {
    let host = class();
    let mut serving = host.serve(&[]);
    let mut clients = clients(&host, &serving);
    for client in &clients {
        wait(&**client, "Welcome");
    }
    go(&mut *clients[0]);
    serving.signal(Signal::TERM);
    for client in &mut clients {
        assert_eq!(client.wait_end(), Some(0));
        let bytes = client.bytes();
        assert!(is_given_back(&bytes) && String::from_utf8_lossy(&bytes).contains(FAREWELL));
    }
    assert!(serving.wait_exit().success());
    serving.wait_log("going down sessions=3", 1);
}

#[test]
#[ignore = "needs openssh-client"]
fn a_conversation_in_lines_is_told_too() {
    let host = class();
    let serving = host.serve(&[]);
    let terminal = Terminal { name: "dumb", ..Terminal::default() };
    let mut lines = host.terminal(&["ann"], serving.port(), &[], &terminal);
    lines.wait_for("The small course");
    serving.signal(Signal::TERM);
    lines.wait_for("The box is going down.");
    assert_eq!(lines.wait_exit(), 0);
    assert!(lines.look(|shown| !shown.bytes().contains(&0x1b)), "nothing a terminal would obey");
}

#[test]
fn ctrl_c_and_ctrl_d_leave_and_ctrl_z_does_nothing() {
    let host = class();
    let serving = host.serve(&[]);
    for keys in ["\x03", "\x04"] {
        let link = Link::open(serving.port(), "ann", &Terminal::default());
        link.wait_until("a frame", |shown| !shown.text().trim().is_empty());
        let frame = link.look(Shown::text);
        link.send("\x1a");
        assert!(!link.within(Duration::from_millis(300), |shown| shown.text() != frame || shown.closed));
        link.send(keys);
        assert_eq!(link.wait_closed(), Some(0));
        assert!(link.look(|shown| is_given_back(&shown.bytes)));
    }
    let lines = Terminal { name: "dumb", ..Terminal::default() };
    for keys in ["\x03", "\x04", "q\r"] {
        let link = Link::open(serving.port(), "bob", &lines);
        link.wait_for("The small course").send("\x1a").send(keys);
        assert_eq!(link.wait_closed(), Some(0), "{keys:?}");
    }
}

#[test]
fn whoever_types_nothing_is_sent_home_and_whoever_types_stays() {
    let host = class();
    let serving = host.serve(&["--idle", "5s"]);
    let (idle, busy) = (
        Link::open(serving.port(), "ann", &Terminal::default()),
        Link::open(serving.port(), "bob", &Terminal::default()),
    );
    while !idle.look(|shown| shown.closed) {
        busy.send("?");
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(idle.wait_closed(), Some(0));
    idle.look(|shown| {
        assert!(is_given_back(&shown.bytes) && shown.text().contains("nothing was typed for a long time"));
    });
    assert!(!busy.look(|shown| shown.closed));
    serving.wait_log("end=\"idle\"", 1);
}

/// A copy of the small pack, to be broken.
fn pack(host: &Host) -> PathBuf {
    let folder = host.path("pack");
    copy(&packs::small(), &folder);
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("it can be made");
    for entry in fs::read_dir(from).expect("it is there") {
        let entry = entry.expect("it can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

#[test]
fn a_broken_pack_is_refused_with_its_reason_and_a_good_one_is_there_for_whoever_comes_next() {
    let host = class();
    let pack = pack(&host);
    let serving = host.serve_pack(pack.to_str().expect("it is text"), &[]);
    let ann = Link::open(serving.port(), "ann", &Terminal::default());
    ann.wait_for("The small course");
    let scenario = pack.join("scenarios/mail.toml");
    let good = fs::read_to_string(&scenario).expect("it is there");
    fs::write(&scenario, good.replace("owner", "onwer")).expect("it can be written");
    let log = serving.signal(Signal::HUP).wait_log("not reloaded, the old stays", 1);
    assert!(log.lines().any(|line| line.contains("not reloaded") && line.contains("mail.toml")), "{log}");
    Link::open(serving.port(), "bob", &Terminal::default()).wait_for("The small course");
    fs::write(&scenario, good).expect("it can be written");
    let course = pack.join("lessons/course.toml");
    let text = fs::read_to_string(&course).expect("it is there").replace("The small course", "The other course");
    fs::write(&course, text).expect("it can be written");
    serving.signal(Signal::HUP).wait_log("reloaded;", 1);
    Link::open(serving.port(), "cleo", &Terminal::default()).wait_for("The other course");
    ann.send("\r").wait_for("The small course").send("jjj\r").wait_for("Blog on a bare machine");
}

#[test]
fn new_rules_hold_for_whoever_comes_next() {
    let host = class();
    let config = host.configure("[serve]\nclosed = true\n");
    let serving = host.serve(&["--config", &config]);
    let ann = Link::open(serving.port(), "ann", &Terminal::default());
    ann.wait_for("Welcome");
    host.configure("[serve]\nidle = \"a while\"\n");
    let log = serving.signal(Signal::HUP).wait_log("not reloaded, the old stays", 1);
    let reason = log.lines().find(|line| line.contains("not reloaded")).expect("it is logged");
    assert!(reason.contains("a length of time is a number") && reason.contains("config.toml"), "{reason}");
    host.configure("[serve]\nclosed = true\nidle = \"1s\"\n");
    serving.signal(Signal::HUP).wait_log("reloaded;", 1);
    assert_eq!(Link::open(serving.port(), "bob", &Terminal::default()).wait_closed(), Some(0));
    assert!(!ann.look(|shown| shown.closed), "what has begun goes on under the rules it began with");
}
