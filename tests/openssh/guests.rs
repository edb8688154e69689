//! What a guest gets: a screen, a conversation in lines, their own progress; and what they cannot change about it.

use super::{
    support::{
        packs,
        postgres::Server,
        pty::{Pty, Shown},
    },
    training_box::TrainingBox,
};

const SIZE: (u16, u16) = (80, 24);

/// A box that ann and bob may use.
fn class() -> TrainingBox {
    let host = TrainingBox::start();
    for learner in ["ann", "bob"] {
        host.admit(learner, &host.restricted(learner));
    }
    host
}

/// The number in front of `choice` in what `client` was told.
fn offered(host: &TrainingBox, client: &str, choice: &str) -> String {
    host.talk(client, &[], &[], &["q"]).number(choice)
}

/// Answers the first layer of a scenario, over a link without a terminal.
pub(super) fn answer_one(host: &TrainingBox, client: &str) {
    // The first time, the welcome comes before the map.
    host.talk(client, &[], &[], &["", "q"]);
    let scenario = offered(host, client, "Blog on a bare machine");
    let said = host.talk(client, &[], &[], &[&scenario, "", "c", "1", "q"]);
    assert!(said.out.contains("left: 1 of 5 layers answered, saved"), "{said:?}");
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn a_guest_without_a_terminal_gets_the_conversation_and_comes_back_to_it() {
    let host = class();
    answer_one(&host, "ann");
    let again = host.talk("ann", &[], &[], &["q"]);
    assert!(again.out.contains("Layer 2 of 5: ") && again.code == Some(0), "{again:?}");
    assert!(!again.out.contains('\u{1b}'), "{again:?}");
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn two_learners_do_not_see_each_other() {
    let host = class();
    answer_one(&host, "ann");
    let rows = |client: &str| {
        let said = host.talk(client, &[], &["progress", "--format", "json"], &[]);
        let report: serde_json::Value =
            serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
        report["total"]["rows"].as_u64().expect("a number")
    };
    assert_eq!((rows("ann"), rows("bob")), (1, 0));
    let said = host.talk("bob", &["-o", "SetEnv=RESPLINE_LEARNER=ann"], &["progress"], &[]);
    assert!(said.out.contains(" 0/0 ") && said.code == Some(0), "{said:?}");
    let said = host.talk("bob", &[], &["progress", "--learner", "ann"], &[]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
}

#[test]
#[ignore = "needs openssh-server, openssh-client and postgresql"]
fn a_guest_of_two_boxes_goes_on_where_they_were() {
    let url = Server::shared().database();
    let boxes = [(); 2].map(|()| TrainingBox::start());
    for host in &boxes {
        let config = format!("database = \"{url}\"\npack = [\"{}\"]\n", packs::small().display());
        std::fs::write(host.path("config.toml"), config).expect("it can be written");
        let [program, config] = [env!("CARGO_BIN_EXE_respline").into(), host.path("config.toml")];
        host.admit("ann", &format!("{} --restricted --learner ann --config {}", program.display(), config.display()));
    }
    answer_one(&boxes[0], "ann");
    let elsewhere = boxes[1].talk("ann", &["-o", "SetEnv=PGHOST=192.0.2.1 PGPASSWORD=x"], &[], &["q"]);
    assert!(elsewhere.out.contains("Layer 2 of 5: "), "{elsewhere:?}");
}

fn is_screen(pty: &Pty) -> bool {
    pty.look(|shown: &Shown| shown.screen().alternate_screen())
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn what_a_client_sends_along_moves_nothing() {
    let host = class();
    let elsewhere = host.path("elsewhere");
    let place = elsewhere.display();
    let variables = format!(
        "SetEnv=RESPLINE_DATABASE={place} RESPLINE_CONFIG={place} RESPLINE_PACK={place} HOME={place} XDG_DATA_HOME={place} \
         TERMINFO={place} TMPDIR={place} LC_ALL='../../C.UTF-8' LC_CTYPE='() {{ :; }}; touch {place}' LANG=C.UTF-8"
    );
    let pty = host.terminal("ann", &["-o", &variables], SIZE);
    pty.wait_drawn();
    assert!(pty.screen().contains("The small course"), "{}", pty.screen());
    assert!(pty.screen().contains('─'), "LANG alone could be believed:\n{}", pty.screen());
    assert!(!elsewhere.exists());
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn a_terminal_with_a_strange_name_gets_lines() {
    let host = class();
    for name in ["../../etc/passwd", "a b", "dumb", ""] {
        let pty = host.terminal_of("ann", name, &[], SIZE);
        pty.wait_for("Which one?");
        assert!(!is_screen(&pty) && !pty.look(|shown| shown.bytes().contains(&0x1b)), "{name}");
    }
    let pty = host.terminal_of("ann", "xterm", &[], SIZE);
    pty.wait_drawn();
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn ctrl_z_gives_nobody_a_shell() {
    let host = class();
    let mut pty = host.terminal("ann", &[], SIZE);
    pty.wait_drawn();
    let before = pty.screen();
    // The program draws for the second size only if it is still there to do so.
    pty.send("\x1a").resize((70, 20)).wait_until("a frame", |shown| shown.screen().contents() != before);
    pty.wait_drawn();
    assert!(is_screen(&pty) && pty.screen().contains("The small course"), "{}", pty.screen());
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn a_new_size_is_drawn_and_leaving_ends_the_link() {
    let host = class();
    let fresh = host.terminal("ann", &[], (50, 15));
    fresh.wait_drawn();
    let expected = fresh.screen();
    let mut pty = host.terminal("ann", &[], SIZE);
    pty.wait_drawn().resize((50, 15)).wait_until("the other size", |shown| shown.screen().contents() == expected);
    drop(fresh);
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    host.wait_left(&host.database());
}
