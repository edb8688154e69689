//! Work without a server: handed in as files, collected, and what is wrong with a file found.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use respline::{
    course::{AssignmentRef, Entry, Record, RecordKey, Timestamp},
    store::{Cover, HandIn, Kept, write_hand_in},
};
use serde_json::Value;
use tempfile::TempDir;

/// A class that has been simulated, and its learners' files.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(learners: usize) -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a folder") };
        desk.done(&["class", "new", "autumn.toml"]);
        let count = learners.to_string();
        desk.done(&[
            "class",
            "simulate",
            "autumn.toml",
            "--learners",
            &count,
            "--seed",
            "3",
            "--out",
            "class.toml",
            "--database",
            "there.sqlite3",
        ]);
        fs::create_dir(desk.path("files")).expect("it can be made");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What it said and its exit code.
    fn run(&self, arguments: &[&str]) -> (String, i32) {
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
        let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
        command.current_dir(&self.folder).env_clear().env("HOME", self.folder.path()).env("RESPLINE_PACK", pack);
        let output = command.args(arguments).output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (text, output.status.code().expect("it ended by itself"))
    }

    fn done(&self, arguments: &[&str]) -> String {
        let (text, code) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {text}");
        text
    }

    /// Hands in what the learner of this number did; the file's name.
    fn hand_in(&self, number: usize) -> String {
        let login = format!("learner-{number:04}");
        let out = format!("files/{login}.hand-in");
        self.done(&[
            "hand-in",
            "class.toml",
            "lab-1",
            "--learner",
            &login,
            "--database",
            "there.sqlite3",
            "--out",
            &out,
        ]);
        out
    }

    fn text(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("it is there")
    }

    /// What `class collect` says of each file, by its name.
    fn collected(&self, more: &[&str]) -> (Vec<Value>, i32) {
        let mut arguments =
            vec!["class", "collect", "class.toml", "files", "--format", "json", "--database", "here.sqlite3"];
        arguments.extend(more);
        let (text, code) = self.run(&arguments);
        let json: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}"));
        (json["files"].as_array().expect("a list").clone(), code)
    }

    fn grades(&self, database: &str) -> String {
        self.done(&["class", "grades", "class.toml", "--lms", "csv", "--database", database])
    }

    /// Puts a made file beside the others.
    fn make(&self, name: &str, cover: &Cover, records: &[Record]) {
        fs::write(self.path("files").join(name), write_hand_in(cover, records).expect("it is written")).expect("it is");
    }
}

fn verdict(line: &Value) -> &str {
    line["verdict"].as_str().expect("a word")
}

fn remarks(line: &Value) -> String {
    line["remarks"].as_array().expect("a list").iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")
}

#[test]
fn grades_of_collected_files_are_those_of_the_box() {
    let desk = Desk::new(15);
    desk.done(&["class", "key", "class.toml"]);
    let private = desk.path("class.hand-in-key");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&private).expect("it is there").permissions());
    assert_eq!(mode & 0o777, 0o600, "nobody else reads the private half");
    let digits = String::from_utf8(desk.text("class.hand-in-key")).expect("a text");
    assert!(
        !String::from_utf8(desk.text("class.toml")).expect("a text").contains(digits.lines().last().expect("a line"))
    );
    assert_eq!(desk.run(&["class", "key", "class.toml"]).1, 2, "a key is not lost by a slip");
    for number in 1..=15 {
        desk.hand_in(number);
        let file = String::from_utf8(desk.text(&format!("files/learner-{number:04}.hand-in"))).expect("a text");
        assert!(!file.contains("learner-") && !file.contains("answered"), "nobody but the class reads it: {file}");
    }
    let (lines, code) = desk.collected(&["--dry-run"]);
    assert!(code == 0 && lines.iter().all(|line| line["new"].as_u64() > Some(0)), "{lines:?}");
    assert!(!desk.path("here.sqlite3").exists(), "a dry run stores nothing");
    let (lines, code) = desk.collected(&[]);
    assert_eq!((lines.len(), code), (15, 0), "{lines:?}");
    assert!(lines.iter().all(|line| verdict(line) == "sound" && line["points"].is_array()), "{lines:?}");
    assert_eq!(desk.grades("here.sqlite3"), desk.grades("there.sqlite3"));
    let (again, code) = desk.collected(&[]);
    assert!(code == 0 && again.iter().all(|line| line["new"] == 0), "{again:?}");
    fs::remove_file(private).expect("it is there");
    let (lines, code) = desk.collected(&[]);
    assert!(code == 1 && remarks(&lines[0]).contains("private half"), "{lines:?}");
}

#[test]
fn a_file_that_was_edited_or_cut_is_found() {
    let desk = Desk::new(4);
    let file = desk.hand_in(1);
    let text = String::from_utf8(desk.text(&file)).expect("without a key it can be read");
    let edit = |name: &str, text: &str| fs::write(desk.path("files").join(name), text).expect("it is written");
    edit("a-edited", &text.replacen("\"points\":", "\"points\":1", 1));
    edit("b-cut", &text[..text.len() / 2]);
    edit("c-foreign", "PK\u{3}\u{4}");
    edit("d-empty", "");
    edit("e-copy", &text);
    edit(".hidden", "x");
    let (lines, code) = desk.collected(&[]);
    assert_eq!(code, 1);
    let told: Vec<(&str, String)> = lines.iter().map(|line| (verdict(line), remarks(line))).collect();
    assert!(told[0].0 == "refused" && told[0].1.contains("changed after it was written: line "), "{told:?}");
    assert!(told[1].1.contains("cut off"), "{told:?}");
    assert!(told[2].1.contains("no hand-in file") && told[3].1.contains("no hand-in file"), "{told:?}");
    assert_eq!((told[4].0, told[5].0, told.len()), ("sound", "duplicate", 6), "{told:?}");
}

/// The cover and the records of a file.
fn parts(text: &[u8]) -> (Cover, Vec<Record>) {
    let read = HandIn::read(text).expect("it is whole");
    (read.cover, read.records.iter().filter_map(Kept::record).collect())
}

/// The records with every entry changed.
fn changed(records: &[Record], change: fn(&mut Entry)) -> Vec<Record> {
    let mut records = records.to_vec();
    for record in &mut records {
        change(&mut record.entry);
    }
    records
}

/// Files whose chain was mended, each with the verdict it gets and words of the remark.
type Made<'a> = [(&'a str, (Cover, Vec<Record>), &'a str, &'a str)];

fn judged(desk: &Desk, files: &Made<'_>) {
    for (name, (cover, records), ..) in files {
        desk.make(name, cover, records);
    }
    let (lines, _) = desk.collected(&["--dry-run"]);
    assert_eq!(lines.len(), files.len());
    for (line, (name, _, word, words)) in lines.iter().zip(files) {
        assert!(line["file"] == *name && verdict(line) == *word && remarks(line).contains(words), "{name}: {line}");
        assert!(!line.to_string().contains('\u{1b}'));
    }
}

/// A class and the work of one who did all of it.
fn one() -> (Desk, Cover, Vec<Record>) {
    let desk = Desk::new(7);
    let (cover, records) = parts(&desk.text(&desk.hand_in(7)));
    fs::remove_file(desk.path("files/learner-0007.hand-in")).expect("it is there");
    (desk, cover, records)
}

#[test]
fn what_the_program_would_not_have_written_is_refused_whole_chain_or_not() {
    let (desk, cover, records) = one();
    let as_is = |cover: Cover| (cover, records.clone());
    let points = changed(&records, |entry| {
        if let Entry::Answered { mark: Some(mark), .. } = entry {
            mark.points = u32::MAX;
        }
    });
    let spring = changed(&records, |entry| {
        if let Entry::SatDown { assignment, .. } = entry {
            *assignment = Some(AssignmentRef { class: "spring".into(), assignment: "lab-1".into() });
        }
    });
    let mut other = records.clone();
    other.push(Record { key: RecordKey { origin: 9, seq: 9 }, at: Timestamp(1), entry: Entry::Welcomed });
    let no = "refused";
    let eve = "eve\u{1b}[2J";
    judged(
        &desk,
        &[
            ("a", as_is(Cover { class: "spring".into(), ..cover.clone() }), no, "for the class 'spring'"),
            ("b", as_is(Cover { assignment: "lab-9".into(), ..cover.clone() }), no, "no assignment 'lab-9'"),
            ("c", as_is(Cover { login: eve.into(), ..cover.clone() }), no, "nobody in the class has the login"),
            ("d", (cover.clone(), points), no, "more points than there are"),
            ("e", (cover.clone(), other), no, "records of something else"),
            ("f", (cover.clone(), spring), no, "records of something else"),
            ("g", (cover, Vec::new()), no, "no work in it"),
        ],
    );
}

#[test]
fn what_an_instructor_should_judge_is_remarked() {
    let (desk, cover, records) = one();
    let as_is = |cover: Cover| (cover, records.clone());
    let better = changed(&records, |entry| {
        if let Entry::Answered { mark: Some(mark), .. } = entry {
            (mark.points, mark.owner, mark.control) = (mark.out_of, true, true);
        }
    });
    let seed = changed(&records, |entry| {
        if let Entry::SatDown { seed, .. } = entry {
            *seed ^= 1;
        }
    });
    let mut back = records.clone();
    back[5].at = Timestamp(back[5].at.0 - 3_600_000);
    let yes = "sound";
    judged(
        &desk,
        &[
            ("h", (cover.clone(), better), yes, "marks are not what the key here gives"),
            ("i", (cover.clone(), seed), yes, "its draw is not this class's"),
            ("j", (cover.clone(), back), yes, "clock went back"),
            ("k", as_is(Cover { pack: "0".into(), ..cover.clone() }), yes, "other questions"),
            ("l", as_is(Cover { written: Timestamp(i64::MAX), ..cover.clone() }), yes, "from the future"),
        ],
    );
}

#[test]
fn work_under_two_names_is_nobody_s() {
    let desk = Desk::new(7);
    let (cover, records) = parts(&desk.text(&desk.hand_in(7)));
    desk.make("copied", &Cover { login: "learner-0003".into(), ..cover.clone() }, &records);
    let (lines, code) = desk.collected(&[]);
    assert!(
        code == 1 && lines.iter().all(|line| verdict(line) == "refused" && remarks(line).contains("handed in as")),
        "{lines:?}"
    );
    fs::remove_file(desk.path("files/copied")).expect("it is there");
    assert_eq!(desk.collected(&[]).1, 0, "without the copy it is taken");
    fs::remove_file(desk.path("files/learner-0007.hand-in")).expect("it is there");
    desk.make("later", &Cover { login: "learner-0003".into(), ..cover }, &records);
    let (lines, code) = desk.collected(&[]);
    assert!(code == 1 && remarks(&lines[0]).contains("learner-0007"), "what is stored counts too: {lines:?}");
}

#[test]
fn a_learner_hands_in_without_the_roster_and_is_told_what_is_missing() {
    let desk = Desk::new(7);
    let class = String::from_utf8(desk.text("class.toml")).expect("a text");
    let bare = class
        .split("[[learner]]")
        .next()
        .expect("it begins")
        .replace("time-zone", "roster = \"roster.csv\"\ntime-zone");
    fs::write(desk.path("mine.toml"), bare).expect("it is written");
    let hand_in = |learner: &str, out: &str| {
        desk.run(&["hand-in", "mine.toml", "lab-1", "--learner", learner, "--database", "there.sqlite3", "--out", out])
    };
    let (text, code) = hand_in("learner-0007", "files/mine");
    assert!(code == 0 && text.contains("not sealed"), "{text}");
    assert_eq!(hand_in("learner-0007", "files/mine").1, 3, "what is there stays");
    let (text, code) = hand_in("eve", "files/eve");
    assert!(code == 2 && text.contains("eve has no work"), "{text}");
    assert_eq!(desk.collected(&[]).1, 0);
    let (text, code) =
        desk.run(&["hand-in", "class.toml", "lab-1", "--learner", "eve", "--database", "there.sqlite3", "--out", "x"]);
    assert!(code == 2 && text.contains("nobody in the class has the login 'eve'"), "{text}");
}
