//! The program as sshd calls it, without sshd: the forced command and the login shell.

use std::{
    fs,
    io::Read,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::{Command, Output, Stdio},
};

use respline::store::{Sqlite, Store};
use tempfile::TempDir;

use super::{
    support::{lines::Said, packs},
    training_box::said,
};

/// The program under another name, with nothing to read and nothing around it.
fn called(name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
    command.arg0(name).args(arguments).env_clear().envs(variables.iter().copied()).stdin(Stdio::null());
    said(command.output().expect("it starts"))
}

/// The arguments of a forced command on a database of one's own, whatever this machine has for its guests.
fn forced(folder: &Path, learner: &str) -> Vec<String> {
    let [database, pack] = [folder.join("records.sqlite3"), packs::small()].map(|path| path.display().to_string());
    let places = ["--config", "/dev/null", "--database", &database, "--pack", &pack];
    ["--restricted", "--learner", learner].into_iter().chain(places).map(String::from).collect()
}

fn texts(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

#[test]
fn a_forced_command_needs_a_learner_and_takes_no_verb() {
    let folder = TempDir::new().expect("a folder");
    let database = folder.path().join("records.sqlite3");
    let database = database.to_str().expect("a path in UTF-8");
    for arguments in [
        &["--restricted"][..],
        &["--restricted", "--learner", "ann", "play"],
        &["--restricted", "--learner", "ann", "progress"],
        &["--restricted", "--learner", "ann", "progress", "export", "-"],
        &["--restricted", "--learner", "ann", "line", "blog-vm"],
        &["line", "blog-vm", "--restricted", "--learner", "ann"],
        &["--restricted", "--learner", "an\u{1b}[2Jn"],
        &["--restricted", "--learner", "ann", "-c", "id"],
    ] {
        let all = [arguments, &["--database", database]].concat();
        let said = called("respline", &all, &[("RESPLINE_LEARNER", "bob"), ("TERM", "xterm")]);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{arguments:?}: {said:?}");
        assert!(said.err.starts_with("respline: ") || said.err.starts_with("error: "), "{said:?}");
    }
    assert!(!folder.path().join("records.sqlite3").exists(), "a database was made for nobody");
}

#[test]
fn the_environment_leads_a_guest_nowhere() {
    let folder = TempDir::new().expect("a folder");
    let elsewhere = folder.path().join("elsewhere");
    let place = elsewhere.to_str().expect("a path in UTF-8");
    let config = folder.path().join("config.toml");
    fs::write(&config, "learner = \"bob\"").expect("it can be written");
    let variables = [
        ("RESPLINE_DATABASE", place),
        ("RESPLINE_CONFIG", config.to_str().expect("a path in UTF-8")),
        ("RESPLINE_LEARNER", "bob"),
        ("RESPLINE_THEME", "no such theme"),
        ("HOME", place),
        ("XDG_DATA_HOME", place),
        ("XDG_CACHE_HOME", place),
        ("TMPDIR", place),
        ("PATH", place),
        ("TERM", "../../../etc/passwd"),
        ("RUST_BACKTRACE", "1"),
    ];
    let said = called("respline", &texts(&forced(folder.path(), "ann")), &variables);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    assert!(said.out.contains("The small course"), "{said:?}");
    assert!(!elsewhere.exists(), "the environment was believed");
    let mut store = Sqlite::open(&folder.path().join("records.sqlite3")).unwrap_or_else(|error| panic!("{error}"));
    let of = |store: &mut Sqlite, learner| store.records(learner).expect("it can be read").len();
    assert!(of(&mut store, "ann") > 0 && of(&mut store, "bob") == 0);
}

#[test]
fn what_a_guest_makes_is_private_and_its_memory_is_not_dumped() {
    let folder = TempDir::new().expect("a folder");
    let mut arguments = forced(folder.path(), "ann");
    // A folder that is missing on the way is made, and shows the mask.
    arguments[6] = folder.path().join("made/on/the/way.sqlite3").display().to_string();
    let mut shell = Command::new("sh");
    shell.args(["-c", "umask 0; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_respline")]).args(&arguments);
    let mut child = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut first = [0];
    child.stdout.as_mut().expect("it is piped").read_exact(&mut first).expect("it says something");
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).expect("it runs");
    child.stdin = None;
    let Output { status, .. } = child.wait_with_output().expect("it ends");
    assert!(status.success());
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("there is such a limit");
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    let mode = |name| fs::metadata(folder.path().join(name)).expect("it was made").permissions().mode() & 0o777;
    assert_eq!((mode("made"), mode("made/on"), mode("made/on/the/way.sqlite3")), (0o700, 0o700, 0o600));
}

#[test]
fn a_client_asks_for_its_progress_and_for_nothing_else() {
    let folder = TempDir::new().expect("a folder");
    let ask = |command| {
        called(
            "respline",
            &texts(&forced(folder.path(), "ann")),
            &[("SSH_ORIGINAL_COMMAND", command), ("TERM", "xterm")],
        )
    };
    assert!(ask("progress").out.starts_with("total"));
    assert!(ask("progress --format json").out.starts_with('{'));
    assert!(ask("progress --format csv").out.starts_with("by,"));
    for command in ["id", "", "progress; id", "progress export -", "scp -t .", "/usr/lib/openssh/sftp-server", "sh"] {
        let said = ask(command);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{command}: {said:?}");
        assert!(said.err.contains(&format!("refused: {command}")), "{said:?}");
    }
}

/// As an account's shell; only what is refused before the box's own folders are touched.
fn as_shell(name: &str, arguments: &[&str]) -> Said {
    called(name, arguments, &[("HOME", "/nowhere"), ("USER", "bob"), ("LOGNAME", "bob"), ("TERM", "dumb")])
}

#[test]
fn a_login_shell_refuses_whatever_a_client_sends() {
    for command in
        ["respline --learner bob --restricted", "--learner bob", "id", "progress --learner bob", "", "-c progress"]
    {
        for name in ["respline", "-respline"] {
            let said = as_shell(name, &["-c", command]);
            assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{command}: {said:?}");
            assert!(said.err.contains("refused: "), "{said:?}");
        }
    }
    for arguments in [&["--learner", "bob"][..], &["--restricted", "--learner", "bob"], &["-i"], &["-l"], &["-c"]] {
        assert_eq!(as_shell("-respline", arguments).code, Some(2), "{arguments:?}");
    }
}
