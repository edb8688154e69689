//! Accounts in the database: how they are managed, and how sshd learns of them.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use nix::unistd::{User, getuid};
use respline::store::{Accounts, Cursor, Kept, Sqlite, Store};
use tempfile::TempDir;

use super::{
    support::{lines::Said, packs, pty::Pty},
    training_box::{TrainingBox, said},
};

/// Runs the program for the admin of the database in `folder`.
fn admin(folder: &Path, arguments: &[&str], input: &str) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command
        .args(arguments)
        .arg("--database")
        .arg(folder.join("records.sqlite3"))
        .args(["--config", "/dev/null"])
        .env_clear();
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // It may have ended before it read all of it.
    let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
    said(child.wait_with_output().expect("it ends"))
}

fn store(folder: &Path) -> Sqlite {
    Sqlite::open(&folder.join("records.sqlite3")).unwrap_or_else(|error| panic!("{error}"))
}

const ANN: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMUjKovJAY/5nAa2ym7NrCDA+kmy+gnpSqzb4EqDTjlL";
const PRINT: &str = "SHA256:";

#[test]
fn a_learner_is_added_listed_and_forgotten() {
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path();
    assert_eq!(admin(folder, &["learner", "add", " Zoe\u{308}  Lund "], "").out, "Zoë Lund\n");
    let added = admin(folder, &["learner", "add", "ann", "--key", "-"], &format!("# hers\n{ANN} ann's laptop\n"));
    assert_eq!((added.out.as_str(), added.code), ("ann\n", Some(0)), "{added:?}");
    let listed = admin(folder, &["learner", "list"], "");
    assert!(listed.out.starts_with("Zoë Lund (since 2") && listed.out.contains(&format!("\n  {PRINT}")), "{listed:?}");
    let json = admin(folder, &["learner", "list", "--format", "json"], "");
    let list: serde_json::Value = serde_json::from_str(&json.out).expect("it is JSON");
    let print = list[1]["keys"][0].as_str().expect("a fingerprint").to_owned();
    assert_eq!((&list[1]["learner"], &list[1]["pin"]), (&"ann".into(), &false.into()));
    assert_eq!(admin(folder, &["learner", "remove-key", &print], "").code, Some(0));
    assert_eq!(admin(folder, &["learner", "remove-key", &print], "").code, Some(2));
    assert_eq!(admin(folder, &["learner", "forget", "ANN"], "").code, Some(2));
    assert!(store(folder).account("ann").expect("it can be read").is_some(), "it was not said to be sure");
    assert_eq!(admin(folder, &["learner", "forget", "ANN", "--yes"], "").out, "ann is forgotten, with 0 records\n");
    assert_eq!(admin(folder, &["learner", "forget", "ann", "--yes"], "").code, Some(2));
}

#[test]
fn a_name_or_key_that_is_somebody_elses_is_refused_and_nothing_changes() {
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path();
    let key = format!("{ANN}\n");
    admin(folder, &["learner", "add", "ann", "--key", "-"], &key);
    for (arguments, input) in [
        (&["learner", "add", "Ann"][..], ""),
        (&["learner", "add", "bob", "--key", "-"], key.as_str()),
        (&["learner", "add", "-x"], ""),
        (&["learner", "add", "bo\u{1b}b"], ""),
        (&["learner", "pin", "bob"], "123456\n"),
    ] {
        let said = admin(folder, arguments, input);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{arguments:?}: {said:?}");
    }
    for bad in [
        "",
        "restrict ssh-ed25519 AAAA\n",
        &format!("{ANN}\ncommand=\"id\" {ANN}\n"),
        "-----BEGIN OPENSSH PRIVATE KEY-----\n",
    ] {
        let said = admin(folder, &["learner", "add", "bob", "--key", "-"], bad);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{bad}: {said:?}");
    }
    assert_eq!(store(folder).accounts().expect("they can be read").len(), 1);
    // Adding again what is there is no mistake.
    assert_eq!(admin(folder, &["learner", "add", "ann", "--key", "-"], &key).code, Some(0));
}

#[test]
#[ignore = "needs openssh-client"]
fn keys_of_every_safe_kind_are_taken_and_weak_ones_are_not() {
    let folder = TempDir::new().expect("a folder");
    let make = |kind: &str, bits: &str| {
        let file = folder.path().join(format!("{kind}{bits}"));
        let made = Command::new("ssh-keygen").args(["-q", "-t", kind, "-b", bits, "-N", "", "-f"]).arg(&file).status();
        assert!(made.expect("openssh-client is installed").success());
        file.with_extension("pub").display().to_string()
    };
    let good =
        [("ed25519", "256"), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521"), ("rsa", "2048"), ("rsa", "3072")];
    for (kind, bits) in good {
        let said = admin(folder.path(), &["learner", "add", "ann", "--key", &make(kind, bits)], "");
        assert_eq!(said.code, Some(0), "{kind} {bits}: {said:?}");
    }
    assert_eq!(store(folder.path()).keys(Some("ann")).expect("they can be read").len(), good.len());
    let weak = admin(folder.path(), &["learner", "add", "ann", "--key", &make("rsa", "1024")], "");
    assert!(weak.code == Some(1) && weak.err.contains("1024 bits"), "{weak:?}");
}

#[test]
fn a_pin_is_kept_as_a_hash() {
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path();
    admin(folder, &["learner", "add", "ann"], "");
    for bad in ["", "12345\n", "123\u{7}456\n"] {
        assert_eq!(admin(folder, &["learner", "pin", "ann"], bad).code, Some(2), "{bad:?}");
    }
    assert_eq!(admin(folder, &["learner", "pin", "ann"], "123456\n").out, "ann has a new PIN\n");
    let hash = store(folder).pin("ann").expect("it can be read").expect("it was set");
    assert!(hash.starts_with("$argon2id$") && !hash.contains("123456"), "{hash}");
    assert_eq!(admin(folder, &["learner", "pin", "ann", "--remove"], "").code, Some(0));
    assert_eq!(store(folder).pin("ann").expect("it can be read"), None);
}

#[test]
fn a_pin_is_typed_unseen_and_the_terminal_shows_keys_again_after_it() {
    let folder = TempDir::new().expect("a folder");
    let database = folder.path().join("records.sqlite3");
    admin(folder.path(), &["learner", "add", "ann"], "");
    let script =
        format!("for time in 1 2; do $respline learner pin ann --database {}; done; stty -a", database.display());
    let mut pty = Pty::script(&script, (80, 40));
    let asked = |text: &'static str, times: usize| {
        move |shown: &super::support::pty::Shown| shown.screen().contents().matches(text).count() == times
    };
    for (question, time, typed) in [
        ("PIN for ann: ", 1, "hunter22\r"),
        ("the same again: ", 1, "hunter22\r"),
        ("PIN for ann: ", 2, "hunter22\x03"),
    ] {
        pty.wait_until(question, asked(question, time));
        pty.send(typed);
    }
    pty.wait_exit();
    let screen = pty.screen();
    assert!(!screen.contains("hunter22") && screen.contains("nothing was changed"), "{screen}");
    for mode in ["echo", "isig", "icanon"] {
        assert!(screen.split_whitespace().any(|word| word == mode), "{mode} is off:\n{screen}");
    }
}

#[test]
fn accounts_want_one_database_for_all() {
    let said = admin(Path::new("/nowhere/{learner}"), &["learner", "list"], "");
    assert!(said.code == Some(2) && said.err.contains("{learner}"), "{said:?}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    let url = "postgres://ann:s3cret@127.0.0.1:1/box";
    let said = self::said(command.args(["authorized-keys", "--database", url]).output().expect("it starts"));
    assert!(said.code == Some(2) && !said.err.contains("s3cret"), "{said:?}");
}

#[test]
#[ignore = "needs root"]
fn root_does_not_begin_what_its_owner_could_not_open() {
    let folder = TempDir::new().expect("a folder");
    std::os::unix::fs::chown(folder.path(), Some(47_110), None).expect("root may");
    let said = admin(folder.path(), &["learner", "add", "ann"], "");
    assert!(said.code == Some(2) && said.err.contains("runuser"), "{said:?}");
    assert!(!folder.path().join("records.sqlite3").exists());
}

/// A box that asks the program whose a key is.
fn asking() -> TrainingBox {
    let user = User::from_uid(getuid()).expect("it can be asked").expect("whoever tests has a name").name;
    // sshd wants a program that only root can change, which a program that was just built need not be.
    let ask = format!(
        "/usr/bin/env {} authorized-keys --config {{folder}}/config.toml %t %k",
        env!("CARGO_BIN_EXE_respline")
    );
    let host = TrainingBox::start_with(&format!("AuthorizedKeysCommand {ask}\nAuthorizedKeysCommandUser {user}"));
    let config = format!("database = \"{}\"\npack = [\"{}\"]\n", host.database().display(), packs::small().display());
    fs::write(host.path("config.toml"), config).expect("it can be written");
    host
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn sshd_learns_from_the_program_who_is_who() {
    let host = asking();
    let folder = host.database();
    let folder = folder.parent().expect("a folder");
    for (client, name) in [("first", "o'neil + sons @home"), ("second", "李小龍")] {
        let key = host.key(client);
        assert_eq!(admin(folder, &["learner", "add", name, "--key", "-"], &format!("{key}\n")).code, Some(0));
    }
    super::guests::answer_one(&host, "first");
    let rows = |client: &str| {
        let said = host.talk(client, &[], &["progress", "--format", "json"], &[]);
        let report: serde_json::Value =
            serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
        report["total"]["rows"].as_u64().expect("a number")
    };
    assert_eq!((rows("first"), rows("second")), (1, 0));
    assert_eq!(host.talk("first", &[], &["id"], &[]).code, Some(2));
    let stranger = host.talk("stranger", &[], &[], &[]);
    assert!(stranger.code == Some(255) && stranger.err.contains("Permission denied"), "{stranger:?}");
    assert_eq!(admin(folder, &["learner", "forget", "o'neil + sons @home", "--yes"], "").code, Some(0));
    assert_eq!(host.talk("first", &[], &[], &[]).code, Some(255));
}

#[test]
fn every_key_has_its_line_and_an_unknown_one_has_none() {
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path();
    let (kind, body) = ANN.split_once(' ').expect("two words");
    let nobody = admin(folder, &["authorized-keys", kind, body], "");
    assert_eq!((nobody.out.as_str(), nobody.code), ("", Some(0)), "{nobody:?}");
    admin(folder, &["learner", "add", "o'neil", "--key", "-"], &format!("{ANN}\n"));
    let line = admin(folder, &["authorized-keys", kind, body], "").out;
    assert!(
        line.starts_with("restrict,pty,command=\"exec /") && line.ends_with(&format!("\" {ANN} o'neil\n")),
        "{line}"
    );
    assert!(line.contains(" --restricted ") && line.contains(" --learner 'o'\\''neil'"), "{line}");
    assert_eq!(admin(folder, &["authorized-keys"], "").out, line);
    for strange in [["ssh-ed25519-cert-v01@openssh.com", body], [kind, "AAAA"], ["", ""], [kind, "x\ny"]] {
        let said = admin(folder, &["authorized-keys", strange[0], strange[1]], "");
        assert_eq!((said.out.as_str(), said.code), ("", Some(0)), "{strange:?}: {said:?}");
    }
    assert_eq!(admin(folder, &["authorized-keys", kind], "").code, Some(2));
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn sshd_lets_in_whom_a_class_file_lists() {
    let host = asking();
    let folder = host.database().parent().expect("a folder").to_owned();
    let [kim, ana, bob] = ["kim", "ana", "bob"].map(|client| host.key(client));
    let class = format!(
        "format = 1\nid = \"autumn\"\ntitle = \"Autumn\"\ntime-zone = \"UTC\"\n[[instructor]]\nname = \"Kim O'Neil\"\n\
         keys = [\"{kim}\"]\n[[learner]]\nid = \"ana\"\nkeys = [\"{ana} laptop\"]\n"
    );
    fs::write(host.path("autumn.toml"), class).expect("it can be written");
    let config = fs::read_to_string(host.path("config.toml")).expect("it is there");
    fs::write(host.path("config.toml"), format!("class = [\"autumn.toml\"]\n{config}")).expect("it can be written");
    let room = host.talk("kim", &[], &[], &["message Hello there", "q"]);
    assert!(room.out.contains("Autumn\n") && room.out.contains("Hello there") && room.code == Some(0), "{room:?}");
    assert_eq!(host.talk("kim", &[], &["progress"], &[]).code, Some(2));
    assert_eq!(host.talk("ana", &[], &["progress", "--format", "json"], &[]).code, Some(0));
    let learnt = host.talk("ana", &[], &[], &["q"]);
    assert!(learnt.out.contains("The small course"), "{learnt:?}");
    let mut acts = Vec::new();
    let each = &mut |kept: Kept<'_>| acts.push(kept.entry.into_owned());
    store(&folder).read("class/autumn", Cursor::START, each).expect("it can be read");
    assert!(acts.len() == 1 && acts[0].contains("\"Kim O'Neil\""), "the name that the class file has: {acts:?}");
    // A class that is broken keeps nobody else out.
    fs::write(host.path("autumn.toml"), "format = 1\n").expect("it can be written");
    assert_eq!(admin(&folder, &["learner", "add", "bob", "--key", "-"], &format!("{bob}\n")).code, Some(0));
    assert_eq!(host.talk("bob", &[], &[], &["q"]).code, Some(0));
    assert_eq!(host.talk("kim", &[], &[], &[]).code, Some(255));
}
