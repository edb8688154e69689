//! A link that drops: nothing is left running, and nothing that was explained is lost.

use rustix::process::Signal;

use super::{guests::answer_one, training_box::TrainingBox};

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn a_dropped_link_leaves_no_process_behind_and_the_answer_is_there() {
    let host = TrainingBox::start();
    host.admit("ann", &host.restricted("ann"));
    answer_one(&host, "ann");
    let mut pty = host.terminal("ann", &[], (80, 24));
    pty.wait_drawn().wait_for("Continue: Blog on a bare machine");
    pty.send("\r").wait_for("layer 2 of 5");
    // Whatever the order of the controls is, this one is explained.
    pty.send("c1\r").wait_for("enter next");
    assert_eq!(host.sessions(&host.database()).len(), 1);
    pty.signal(Signal::KILL);
    pty.wait_exit();
    host.wait_left(&host.database());
    let said = host.talk("ann", &[], &[], &["q"]);
    assert!(said.out.contains("Layer 3 of 5: "), "{said:?}");
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn a_conversation_whose_link_drops_ends_too() {
    let host = TrainingBox::start();
    host.admit("ann", &host.restricted("ann"));
    let mut ssh = host.ssh("ann", &[], &[]);
    let mut client = ssh.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().expect("ssh");
    let begun = || !host.sessions(&host.database()).is_empty();
    assert!(super::support::process::eventually(std::time::Duration::from_secs(20), begun));
    client.kill().and_then(|()| client.wait()).expect("it runs");
    host.wait_left(&host.database());
}
