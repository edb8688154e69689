//! The program as the login shell of accounts: a real sshd, accounts of its own, and what clients send.

use super::{guests::answer_one, training_box::TrainingBox};

/// A box with accounts whose shell is the program.
fn host() -> TrainingBox {
    let host = TrainingBox::start_for_shells(&["ann", "bob"]);
    for account in ["ann", "bob"] {
        host.admit_line(account, &host.key(account));
    }
    host
}

#[test]
#[ignore = "needs openssh-server, openssh-client, and root for a mount namespace"]
fn an_account_is_its_learner_whatever_its_client_says() {
    let host = host();
    answer_one(&host, "ann");
    let rows = |account: &str, flags: &[&str]| {
        let said = host.talk(account, flags, &["progress", "--format", "json"], &[]);
        let report: serde_json::Value =
            serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
        report["total"]["rows"].as_u64().expect("a number")
    };
    assert_eq!((rows("ann", &[]), rows("bob", &[])), (1, 0));
    let claims = "SetEnv=RESPLINE_LEARNER=ann USER=ann LOGNAME=ann HOME=/tmp SSH_ORIGINAL_COMMAND=id";
    assert_eq!(rows("bob", &["-o", claims]), 0);
    let pty = host.terminal("ann", &["-o", "SetEnv=LANG=C.UTF-8"], (80, 24));
    pty.wait_drawn().wait_for("Continue: Blog on a bare machine");
}

#[test]
#[ignore = "needs openssh-server, openssh-client, and root for a mount namespace"]
fn no_command_reaches_a_shell_or_another_learner() {
    let host = host();
    for command in ["respline --learner bob --restricted", "id", "/usr/lib/openssh/sftp-server", "scp -t ."] {
        for flags in [&[][..], &["-tt"], &["-s"]] {
            let said = host.talk("ann", flags, &[command], &[]);
            assert!(!said.out.contains("uid=") && said.code != Some(0), "{command}: {said:?}");
            // sshd itself refuses a subsystem that it does not know.
            assert!(flags == ["-s"] || format!("{}{}", said.out, said.err).contains("refused: "), "{said:?}");
        }
    }
}
