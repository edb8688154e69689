//! Classes on the box: their learners and instructors by key, and what reaches whom while they work.

use std::{
    fs,
    process::{Command, Output},
};

use respline::{
    classroom::{Act, AssignmentRef, ClassEntry, ClassRecord, class_account},
    course::{Entry, Record, RecordKey, Timestamp},
    store::{Cursor, Kept},
};
use rustix::process::Signal;

use super::{
    client::{Link, Terminal, public_text},
    serving::Host,
    support::postgres::Server,
};

/// A class of ana, who has a key, and bo, who has none; kim and lee instruct it.
fn class(title: &str) -> String {
    let [kim, lee, ana] = ["kim", "lee", "ana"].map(public_text);
    format!(
        "format = 1\nid = \"autumn\"\ntitle = \"{title}\"\ntime-zone = \"UTC\"\njoin-code = \"river-anvil\"\n\
         [[instructor]]\nname = \"Kim\"\nkeys = [\"{kim}\"]\n[[instructor]]\nname = \"Lee\"\nkeys = [\"{lee}\"]\n\
         [[learner]]\nid = \"1\"\nlogin = \"ana\"\nkeys = [\"{ana}\"]\n[[learner]]\nid = \"2\"\nlogin = \"bo\"\n\
         [[assignment]]\nid = \"lab-1\"\ntitle = \"Lab 1\"\nscenarios = [\"blog-vm\"]\n"
    )
}

/// Writes the class of a host; the flags that have it served.
fn write(host: &Host, text: &str) -> [String; 2] {
    let path = host.path("autumn.toml");
    fs::write(&path, text).expect("it can be written");
    ["--class".into(), path.display().to_string()]
}

fn open(port: u16, name: &str) -> Link {
    Link::open(port, name, &Terminal::default())
}

/// `respline class …` in a process of its own.
fn verb(host: &Host, arguments: &[&str]) -> Output {
    let pack = super::support::packs::small();
    let database = host.path("records.sqlite3");
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.args(["--config", "/dev/null", "--learner", "desk", "--pack"]).arg(pack).arg("--database").arg(database);
    let output = command.arg("class").args(arguments).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn acts(host: &Host) -> Vec<ClassRecord> {
    let mut acts = Vec::new();
    let each = &mut |kept: Kept<'_>| acts.extend(ClassRecord::read(kept.key, kept.at, &kept.entry));
    host.open().read(&class_account("autumn"), Cursor::START, each).expect("it can be read");
    acts
}

/// Ana begins the lab, as another process stores it.
fn begin(host: &Host, learner: &str, origin: u64) {
    let set = AssignmentRef { class: "autumn".into(), assignment: "lab-1".into() };
    let entry = Entry::SatDown {
        lesson: String::new(),
        seed: 1,
        scenarios: vec!["blog-vm".into()],
        assignment: Some(set),
        test_out: false,
    };
    let record = Record { key: RecordKey { origin, seq: 0 }, at: Timestamp(1_800_000_000_000), entry };
    host.open().append(learner, &[record]).expect("there is room");
}

#[test]
fn instructors_see_the_room_and_what_others_do_in_it() {
    let host = Host::new();
    begin(&host, "bo", 7);
    let serving = host.serve(&write(&host, &class("Autumn")).each_ref().map(String::as_str));
    let (kim, lee) = (open(serving.port(), "kim"), open(serving.port(), "lee"));
    for link in [&kim, &lee] {
        link.wait_for("Autumn").wait_for("1 of 2 begun");
    }
    kim.send("m").send("Ten minutes left\r").wait_for("Said to everyone: Ten minutes left");
    lee.wait_for("Said to everyone: Ten minutes left");
    // What instructors are called is the class file's business, not the client's.
    assert_eq!(acts(&host).iter().map(|act| act.entry.by.as_str()).collect::<Vec<_>>(), ["Kim"]);
    let path = host.path("autumn.toml").display().to_string();
    verb(&host, &["message", &path, "From the desk"]);
    for link in [&kim, &lee] {
        link.wait_for("Said to everyone: From the desk");
    }
    begin(&host, "ana", 8);
    for link in [&kim, &lee] {
        link.wait_for("2 of 2 begun");
    }
    let log = serving.wait_log("Instructor(\"Kim\")", 1);
    assert!(!log.contains(&public_text("kim")), "{log}");
}

#[test]
fn a_learner_comes_in_by_the_key_of_the_roster_and_is_asked_what_the_room_is_asked() {
    let host = Host::new();
    let serving = host.serve(&write(&host, &class("Autumn")).each_ref().map(String::as_str));
    let ana = open(serving.port(), "ana");
    ana.wait_for("Welcome").send("\r").wait_for("The small course");
    let act = Act::PollOpened { scenario: "blog-vm".into(), layer: "access".into() };
    let kept = Kept::new(RecordKey { origin: 9, seq: 0 }, Timestamp(1), &ClassEntry { by: "Kim".into(), act });
    host.open().keep(&class_account("autumn"), &[kept.expect("it has a form")]).expect("there is room");
    ana.wait_for("the room is asked").send("\r").wait_for("Decide who may read the rows");
    let kim = open(serving.port(), "kim");
    kim.wait_for("Autumn").send("5").wait_for("0 of 2");
    ana.send("c1\r");
    kim.wait_for("1 of 2");
    assert!(host.records("ana").iter().any(|record| matches!(record.entry, Entry::Answered { .. })));
}

#[test]
fn an_edited_class_reaches_who_is_here_and_a_broken_one_nobody() {
    let host = Host::new();
    let serving = host.serve(&write(&host, &class("Autumn")).each_ref().map(String::as_str));
    let kim = open(serving.port(), "kim");
    kim.wait_for("Autumn");
    write(&host, &class("Late autumn"));
    kim.wait_for("Late autumn");
    write(&host, &class("Winter").replace("title", "tittle"));
    serving.wait_log("autumn.toml:3:1: unknown key `tittle`", 1);
    assert!(kim.look(|shown| shown.text().contains("Late autumn")), "it stays as it was");
    // A learner more has a key at once, and an instructor less is none from then on.
    let eve = public_text("eve");
    let more = format!("[[learner]]\nid = \"3\"\nlogin = \"eve\"\nkeys = [\"{eve}\"]\n[[assignment]]");
    let fewer = class("Winter").replace("[[assignment]]", &more).replace(&public_text("kim"), &public_text("zoe"));
    write(&host, &fewer);
    serving.wait_log("a class was read", 2);
    open(serving.port(), "eve").wait_for("Welcome");
    kim.send("m").send("Still here\r").wait_for("only an instructor of the class can do that");
    assert_eq!(acts(&host), []);
}

#[test]
fn a_reload_brings_a_class_and_a_broken_one_is_no_start() {
    let host = Host::new();
    write(&host, &class("Autumn"));
    let config = host.configure("");
    let serving = host.serve(&["--config", &config]);
    // Beside the configuration, wherever the server was started.
    host.configure("class = [\"autumn.toml\"]\n");
    serving.signal(Signal::HUP).wait_log("reloaded", 1);
    open(serving.port(), "kim").wait_for("Autumn");
    write(&host, "format = 1\n");
    serving.signal(Signal::HUP).wait_log("not reloaded", 1);
    let mut refused = Command::new(env!("CARGO_BIN_EXE_respline"));
    refused.args(["serve", "--listen", "127.0.0.1:0", "--config", &config, "--database"]).arg(host.path("x.sqlite3"));
    let refused = refused.output().expect("it runs");
    let words = String::from_utf8_lossy(&refused.stderr);
    assert!(refused.status.code() == Some(1) && words.contains("autumn.toml:1:1: "), "{words}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn two_instructors_on_two_hosts_see_each_other_and_the_class() {
    let database = Server::shared().database();
    let hosts = [Host::over(&database), Host::over(&database)];
    let servings =
        hosts.each_ref().map(|host| host.serve(&write(host, &class("Autumn")).each_ref().map(String::as_str)));
    let [kim, lee] = [(0, "kim"), (1, "lee")].map(|(at, name)| open(servings[at].port(), name));
    kim.wait_for("0 of 2 begun");
    lee.wait_for("0 of 2 begun").send("m").send("Hello\r");
    kim.wait_for("Said to everyone: Hello");
    begin(&hosts[0], "ana", 8);
    for link in [&kim, &lee] {
        link.wait_for("1 of 2 begun");
    }
}
