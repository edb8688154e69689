//! Who comes in and how, and what everybody else is told.

use std::{process::Command, sync::Arc};

use russh::{
    client::{AuthResult, KeyboardInteractiveAuthResponse, Prompt},
    keys::PrivateKeyWithHashAlg,
};

use super::{
    client::{Link, Terminal, connect, key, public_text, runtime},
    serving::{Host, Serving},
};

/// What a client was told and asked on its way in.
#[derive(Debug)]
struct Asked {
    /// Each step: what is said first, then the questions.
    steps: Vec<String>,
    came_in: bool,
}

impl Asked {
    fn last(&self) -> &str {
        self.steps.last().map_or("", String::as_str)
    }
}

/// What is asked, and whether the answer is shown while it is typed.
fn question(prompt: &Prompt) -> String {
    format!("{}{}", prompt.prompt, if prompt.echo { "" } else { "(hidden)" })
}

/// Shows the key of `name`, if there is one, and then answers questions.
fn answer(serving: &Serving, name: Option<&str>, user: &str, answers: &[&[&str]]) -> Asked {
    runtime().block_on(async {
        let (mut handle, _) = connect(serving.port()).await.expect("the box is there");
        if let Some(name) = name {
            let key = PrivateKeyWithHashAlg::new(Arc::new(key(name)), None);
            if handle.authenticate_publickey(user, key).await.expect("the box is there") == AuthResult::Success {
                return Asked { steps: Vec::new(), came_in: true };
            }
        }
        let mut steps = Vec::new();
        let mut answers = answers.iter();
        let mut step = handle.authenticate_keyboard_interactive_start(user, None).await.expect("the box is there");
        loop {
            match step {
                KeyboardInteractiveAuthResponse::Success => return Asked { steps, came_in: true },
                KeyboardInteractiveAuthResponse::Failure { .. } => return Asked { steps, came_in: false },
                KeyboardInteractiveAuthResponse::InfoRequest { instructions, prompts, .. } => {
                    let questions: Vec<String> = prompts.iter().map(question).collect();
                    steps.push(format!("{instructions} {}", questions.join(" ")));
                    let given = answers.next().map(|given| given.iter().map(|text| (*text).to_owned()).collect());
                    let given: Vec<String> = match given {
                        Some(given) => given,
                        None if prompts.is_empty() => Vec::new(),
                        None => return Asked { steps, came_in: false },
                    };
                    step = handle.authenticate_keyboard_interactive_respond(given).await.expect("the box is there");
                }
            }
        }
    })
}

#[test]
#[ignore = "needs openssh-client"]
fn somebody_new_gives_a_name_once_and_is_never_asked_again() {
    let host = Host::new();
    let serving = host.serve(&[]);
    let mut pty = host.terminal(&["ann"], serving.port(), &["-o", "LogLevel=INFO"], &Terminal::default());
    pty.wait_for("Your key is new here.").wait_for("Your name, as your instructor will see it:");
    pty.send("  Ann  Lee \r").wait_drawn().wait_for("Welcome");
    pty.send("qq");
    assert_eq!(pty.wait_exit(), 0);
    let learner = host.open().learner_of(&public_text("ann")).expect("it can be read");
    assert_eq!(learner.as_deref(), Some("Ann Lee"));
    // In batch mode a client answers no question.
    let said = host.talk("ann", serving.port(), &[], &[], "q\n");
    assert!(said.out.contains("The small course") && said.code == Some(0), "{said:?}");
}

#[test]
fn somebody_new_needs_the_join_code_where_there_is_one() {
    let host = Host::new();
    let serving = host.serve_talkative(&["--join-code", "tulip"]);
    let refused = answer(&serving, Some("bob"), "x", &[&["bob", "rose"]]);
    assert!(!refused.came_in && refused.last().contains("not the join code"), "{refused:?}");
    assert!(answer(&serving, Some("bob"), "x", &[&["bob", "rose"], &["bob", " tulip "]]).came_in);
    assert!(answer(&serving, Some("bob"), "x", &[]).came_in, "a key that is known is asked nothing");
    let log = serving.wait_log("wrong join code", 2);
    assert!(!log.contains("tulip") && !log.contains("rose"), "{log}");
}

#[test]
fn the_code_of_a_class_lets_in_who_is_on_its_roster() {
    let host = Host::new();
    let keys = public_text("ana");
    let class = format!(
        "format = 1\nid = \"autumn\"\ntitle = \"Autumn\"\ntime-zone = \"UTC\"\njoin-code = \"river-anvil\"\n\
         [[learner]]\nid = \"1\"\nlogin = \"bo\"\n[[learner]]\nid = \"2\"\nlogin = \"ana\"\nkeys = [\"{keys}\"]\n"
    );
    std::fs::write(host.path("autumn.toml"), class).expect("it can be written");
    let path = host.path("autumn.toml").display().to_string();
    for flags in [["--class", &path].as_slice(), &["--class", &path, "--join-code", "tulip"]] {
        let serving = host.serve(flags);
        let refused = |name: &str, code: &str| answer(&serving, Some("new"), "x", &[&[name, code]]);
        let words = |asked: Asked| asked.steps.get(1).cloned().unwrap_or_default();
        assert!(words(refused("carl", "river-anvil")).contains("carl is not on the roster of Autumn"));
        assert!(words(refused("bo", "river")).contains("not the join code"));
        // A name with a key is for that key.
        assert!(words(refused("ana", "river-anvil")).contains("comes in with the key"));
    }
    let serving = host.serve(&["--class", &path]);
    assert!(answer(&serving, Some("bob"), "x", &[&["BO", "river-anvil"]]).came_in);
    assert!(answer(&serving, Some("ana"), "x", &[]).came_in, "nobody had to enrol her");
    assert!(answer(&serving, Some("dan"), "x", &[&["dan", ""]]).came_in, "the box itself wants no code");
    assert_eq!(host.open().learners().expect("it can be read"), ["bo", "dan"]);
}

#[test]
fn a_name_is_one_persons_whatever_its_case() {
    let host = Host::new();
    host.admit("ann");
    let serving = host.serve(&[]);
    for name in ["ann", "ANN", " aNn", "ａnn"] {
        let refused = answer(&serving, Some("eve"), "ann", &[&[name]]);
        assert!(!refused.came_in && refused.last().contains("taken"), "{name}: {refused:?}");
    }
    assert!(answer(&serving, Some("eve"), "ann", &[&["ann"], &["eve"]]).came_in);
    assert_eq!(host.open().learners().expect("it can be read"), ["ann", "eve"]);
}

#[test]
fn the_protocols_user_name_says_nothing() {
    let host = Host::new();
    host.admit("ann").admit("bob");
    let serving = host.serve(&[]);
    assert!(answer(&serving, Some("ann"), "bob", &[]).came_in);
    let log = serving.wait_log("logged in", 1);
    assert!(log.contains("Learner(\"ann\")") && !log.contains("Learner(\"bob\")"), "{log}");
}

#[test]
#[ignore = "needs openssh-client"]
fn of_two_keys_the_second_may_be_the_known_one() {
    let host = Host::new();
    host.admit("ann");
    let serving = host.serve(&[]);
    let flags = ["-o", "BatchMode=yes"];
    let mut pty = host.terminal(&["stranger", "ann"], serving.port(), &flags, &Terminal::default());
    pty.wait_drawn().wait_for("Welcome");
    pty.send("qq");
    assert_eq!(pty.wait_exit(), 0);
    serving.wait_log("Learner(\"ann\")", 1);
}

#[test]
fn a_name_and_a_pin_let_somebody_in_and_wrong_ones_hold_up_that_name_alone() {
    let host = Host::new();
    let serving = host.serve_talkative(&["--pins"]);
    for name in ["cleo", "dora"] {
        let asked = answer(&serving, None, name, &[&["", "123-456"], &["123-456"]]);
        assert!(asked.came_in);
        let hidden = |step: &String| step.ends_with("PIN: (hidden)") || step.ends_with("PIN again: (hidden)");
        assert!(asked.steps.iter().all(hidden) && asked.steps[0].contains(&format!("[{name}]")), "{asked:?}");
    }
    assert!(!answer(&serving, None, "fay", &[&["", "123-456"], &["123-457"]]).came_in, "two PINs that differ");
    assert!(!answer(&serving, None, "fay", &[&["", "12345"]]).came_in, "a PIN that is too short");
    let wrong: [&[&str]; 6] = [&["cleo", "000000"]; 6];
    let guessed = answer(&serving, None, "x", &wrong);
    assert!(!guessed.came_in && guessed.steps.len() == 6, "{guessed:?}");
    assert!(guessed.last().contains("do not belong together"), "{guessed:?}");
    // From another connection, with the right PIN, in another case: still the same name.
    let held_up = answer(&serving, None, "x", &[&["Cleo", "123-456"]]);
    assert!(!held_up.came_in && held_up.last().contains("try again in"), "{held_up:?}");
    let waits = held_up.last().split_whitespace().find_map(|word| word.parse::<u64>().ok());
    assert!(waits.is_some_and(|seconds| (1..=61).contains(&seconds)), "{held_up:?}");
    assert!(answer(&serving, None, "x", &[&["dora", "123-456"]]).came_in);
    let log = serving.wait_log("wrong PIN", 1);
    assert!(!log.contains("123-456") && !log.contains("000000"), "{log}");
}

#[test]
fn a_pin_adds_a_new_key_to_its_owners_account() {
    let host = Host::new();
    let serving = host.serve(&["--pins"]);
    assert!(answer(&serving, None, "cleo", &[&["", "123-456"], &["123-456"]]).came_in);
    let refused = answer(&serving, Some("laptop"), "x", &[&["cleo"], &["000000"]]);
    assert!(!refused.came_in && refused.last().contains("not its PIN"), "{refused:?}");
    assert!(answer(&serving, Some("laptop"), "x", &[&["CLEO"], &["123-456"]]).came_in);
    assert!(answer(&serving, Some("laptop"), "x", &[]).came_in);
    let learner = host.open().learner_of(&public_text("laptop")).expect("it can be read");
    assert_eq!(learner.as_deref(), Some("cleo"));
}

#[test]
fn nobody_new_comes_into_a_closed_box() {
    let host = Host::new();
    host.admit("ann");
    let serving = host.serve(&["--closed", "--pins"]);
    assert!(answer(&serving, Some("ann"), "x", &[]).came_in);
    let refused = answer(&serving, Some("eve"), "eve", &[&["eve", "123-456"], &["123-456"]]);
    assert!(!refused.came_in, "{refused:?}");
    drop(serving);
    let serving = host.serve(&["--closed"]);
    let refused = answer(&serving, Some("eve"), "eve", &[]);
    assert!(!refused.came_in && refused.last().contains("who runs the box"), "{refused:?}");
    assert_eq!(host.open().learners().expect("it can be read"), ["ann"]);
}

#[test]
fn a_guest_of_an_open_box_leaves_nothing_behind() {
    let host = Host::new();
    let serving = host.serve(&["--open"]);
    let link = runtime().block_on(async {
        let (mut handle, _) = connect(serving.port()).await.expect("the box is there");
        assert_eq!(handle.authenticate_none("anybody").await.expect("the box is there"), AuthResult::Success);
        let link = Link::on(handle).await.expect("there is room");
        link.begin(&Terminal::default()).await.expect("there is room");
        link
    });
    link.wait_for("Welcome").send("\r").wait_for("Continue").send("jjj\r\rc1\r").wait_for("enter next").send("qqq");
    assert_eq!(link.wait_closed(), Some(0));
    assert_eq!(host.open().learners().expect("it can be read"), [""; 0]);
}

#[test]
#[ignore = "needs openssh-client"]
fn a_client_with_an_rsa_key_alone_is_told_which_kind_is_taken() {
    let host = Host::new();
    let serving = host.serve(&[]);
    let file = host.path("rsa").display().to_string();
    let made = Command::new("ssh-keygen").args(["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", &file]).status();
    assert!(made.expect("openssh-client is installed").success());
    let mut pty = host.terminal(&[], serving.port(), &["-i", &file, "-o", "LogLevel=INFO"], &Terminal::default());
    pty.wait_for("ssh-keygen -t ed25519");
    assert_eq!(pty.wait_exit(), 255);
    assert!(!pty.screen().contains("password"), "{}", pty.screen());
}

#[test]
fn a_name_that_a_terminal_would_obey_is_refused_and_nobody_is_shown_it() {
    let host = Host::new();
    let serving = host.serve(&["--pins", "--join-code", "tulip"]);
    for name in ["\x1b]0;evil\x07ann", "ann\u{202e}nna", "a\u{9b}2Jb", "ann\nWARN forged", "\u{2800}", "../ann"] {
        for shown in [None, Some("eve")] {
            let answers: [&[&str]; 2] = [&[name, "tulip"], &[name, "123-456"]];
            let refused = answer(&serving, shown, name, &answers);
            assert!(!refused.came_in, "{name:?}: {refused:?}");
            let told = refused.steps.concat();
            assert!(told.contains("A name has 1 to 32") && !told.contains("evil"), "{name:?}: {refused:?}");
            assert!(told.chars().all(|char| !char.is_control() && char != '\u{202e}'), "{name:?}: {told:?}");
        }
    }
    let log = serving.log();
    assert!(log.chars().all(|char| char == '\n' || !char.is_control()) && !log.contains('\u{202e}'), "{log:?}");
    assert!(!log.lines().any(|line| line.starts_with("WARN forged")), "{log}");
    assert_eq!(host.open().learners().expect("it can be read"), [""; 0]);
}
