//! Everything but the tutor is refused: what the client sees of it, and with what status it ends.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::net::UnixListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use super::{
    client::{Link, Terminal, log_in, runtime},
    openssh::said,
    serving::{Host, PATIENCE, Serving},
    support::{lines::Said, process::eventually},
};

const WORDS: &str = "respline: only the tutor runs here";

fn class() -> (Host, Serving) {
    let host = Host::new();
    host.admit("ann");
    let serving = host.serve(&["--sessions", "2"]);
    (host, serving)
}

/// A channel of ann's on which nothing has been asked for.
fn channel(serving: &Serving) -> Link {
    runtime().block_on(async { Link::on(log_in(serving.port(), "ann").await?).await }).expect("ann comes in")
}

/// What the box answers to the requests that have been made on `link`.
fn answers(link: &Link, count: usize) -> Vec<bool> {
    link.wait_until("an answer", |shown| shown.answers.len() >= count);
    link.look(|shown| shown.answers.clone())
}

#[test]
fn a_command_or_a_subsystem_ends_with_words_and_a_status() {
    let (_host, serving) = class();
    for subsystem in [false, true] {
        let link = channel(&serving);
        runtime().block_on(async {
            let asked = if subsystem {
                link.channel().request_subsystem(true, "sftp").await
            } else {
                link.channel().exec(true, "id").await
            };
            asked.expect("the box is there");
        });
        assert_eq!(link.wait_closed(), Some(2));
        link.look(|shown| {
            let words = String::from_utf8_lossy(&shown.errors).into_owned();
            assert!(words.starts_with(WORDS) && shown.bytes.is_empty(), "{words}");
        });
    }
    assert!(!serving.log().contains("session began"), "{}", serving.log());
}

#[test]
#[ignore = "needs openssh-client"]
fn ssh_with_a_command_is_told_so() {
    let (host, serving) = class();
    for (flags, asked) in [(&[][..], "id"), (&["-tt"], "id"), (&[], "$(id)"), (&[], "sh"), (&["-s"], "sftp")] {
        let said = host.talk("ann", serving.port(), flags, &[asked], "");
        let told = format!("{}{}", said.out, said.err);
        assert!(told.contains(WORDS) && !told.contains("uid="), "{said:?}");
        assert_eq!(said.code, Some(2), "{said:?}");
    }
}

/// A client of sftp's kind.
fn transfer(host: &Host, serving: &Serving, program: &str, more: &[&str]) -> Said {
    let mut command = Command::new(program);
    command.args(host.options(&["ann"], "-P", serving.port())).args(["-o", "BatchMode=yes"]).args(more);
    said(command.stdin(Stdio::null()).output().expect("openssh-client is installed"))
}

#[test]
#[ignore = "needs openssh-client"]
fn files_are_transferred_neither_way() {
    let (host, serving) = class();
    let mine = host.configure("a file");
    let there = "anybody@127.0.0.1:stolen";
    let away = "anybody@127.0.0.1:/etc/hostname";
    let tries: [(&str, &[&str]); 4] = [
        ("sftp", &["anybody@127.0.0.1"]),
        ("scp", &[&mine, there]),
        ("scp", &["-O", &mine, there]),
        ("scp", &["-O", away, &mine]),
    ];
    for (program, arguments) in tries {
        let said = transfer(&host, &serving, program, arguments);
        assert!(said.err.contains(WORDS) && said.out.is_empty(), "{program} {arguments:?}: {said:?}");
        assert!(matches!(said.code, Some(1 | 2 | 255)), "{program} {arguments:?}: {said:?}");
    }
    assert_eq!(std::fs::read_to_string(mine).expect("it is there"), "a file");
}

/// A client that forwards and asks for nothing else.
struct Forwarding {
    client: Child,
    port: u16,
}

impl Forwarding {
    /// Forwards a local port; `{}` in `flag` stands for it.
    fn start(host: &Host, serving: &Serving, flag: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").expect("loopback").local_addr().expect("it is bound").port();
        let flag = flag.replace("{}", &port.to_string());
        let flags = ["-N", "-o", "ExitOnForwardFailure=yes", "-o", "LogLevel=INFO", &flag];
        let mut command = host.ssh("ann", serving.port(), &flags, &[]);
        let client = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("ssh");
        Self { client, port }
    }

    /// What comes back through the port for `bytes`.
    fn through(&self, bytes: &[u8]) -> Vec<u8> {
        let connect = || TcpStream::connect(("127.0.0.1", self.port));
        assert!(eventually(PATIENCE, || connect().is_ok()), "the client does not listen");
        let mut stream = connect().expect("it listens");
        let mut back = Vec::new();
        // A link that is reset brings nothing either.
        let _ = stream.write_all(bytes).and_then(|()| stream.read_to_end(&mut back));
        back
    }

    fn end(mut self) -> String {
        let _ = self.client.kill();
        let mut words = String::new();
        if let Some(mut errors) = self.client.stderr.take() {
            errors.read_to_string(&mut words).expect("it is text");
        }
        words
    }
}

impl Drop for Forwarding {
    fn drop(&mut self) {
        let _ = self.client.kill();
        let _ = self.client.wait();
    }
}

#[test]
#[ignore = "needs openssh-client"]
fn no_port_is_forwarded() {
    let (host, serving) = class();
    // Something that would answer: the box itself.
    let target = format!("127.0.0.1:{}", serving.port());
    let local = Forwarding::start(&host, &serving, &format!("-L127.0.0.1:{{}}:{target}"));
    assert_eq!(local.through(b""), b"");
    let words = local.end();
    assert!(words.contains("open failed"), "{words}");
    let dynamic = Forwarding::start(&host, &serving, "-D127.0.0.1:{}");
    let [high, low] = serving.port().to_be_bytes();
    // SOCKS 5: no password, then a connection to that port.
    let back = dynamic.through(&[5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, high, low]);
    assert!(!String::from_utf8_lossy(&back).contains("SSH-2.0"), "{back:?}");
    let words = dynamic.end();
    assert!(words.contains("open failed"), "{words}");
    let flags = ["-N", "-o", "ExitOnForwardFailure=yes", "-R0:127.0.0.1:9"];
    let remote = host.talk("ann", serving.port(), &flags, &[], "");
    assert!(remote.err.contains("remote port forwarding failed") && remote.code == Some(255), "{remote:?}");
    let standard = host.talk("ann", serving.port(), &["-W", &target], &[], "");
    assert!(standard.err.contains("stdio forwarding failed") && standard.code == Some(255), "{standard:?}");
}

#[test]
fn neither_agent_nor_screen_is_forwarded_and_no_channel_of_another_kind_opens() {
    let (_host, serving) = class();
    let link = channel(&serving);
    runtime().block_on(async {
        let channel = link.channel();
        channel.agent_forward(true).await.expect("the box is there");
        channel.request_x11(true, false, "MIT-MAGIC-COOKIE-1", "00", 0).await.expect("the box is there");
        let handle = link.handle();
        assert!(handle.channel_open_direct_tcpip("127.0.0.1", 22, "127.0.0.1", 1).await.is_err());
        assert!(handle.channel_open_direct_streamlocal("/run/docker.sock").await.is_err());
        assert!(handle.channel_open_x11("127.0.0.1", 1).await.is_err());
    });
    assert_eq!(answers(&link, 2), [false, false]);
}

#[test]
#[ignore = "needs openssh-client"]
fn a_client_that_wants_them_forwarded_gets_the_tutor_and_its_agent_is_not_asked() {
    let (host, serving) = class();
    let socket = host.path("agent");
    let agent = UnixListener::bind(&socket).expect("it can be made");
    agent.set_nonblocking(true).expect("it can be");
    let flags = ["-o", &format!("ForwardAgent={}", socket.display()), "-X"];
    let mut pty = host.terminal(&["ann"], serving.port(), &flags, &Terminal::default());
    pty.wait_drawn().wait_for("Welcome");
    pty.send("qq");
    assert_eq!(pty.wait_exit(), 0);
    assert!(agent.accept().is_err(), "somebody asked the agent");
}

#[test]
fn a_second_session_on_one_channel_and_a_fifth_channel_are_refused() {
    let (_host, serving) = class();
    let link = channel(&serving);
    runtime().block_on(async {
        link.begin(&Terminal::default()).await.expect("the box is there");
        link.channel().request_shell(true).await.expect("the box is there");
        link.channel().request_pty(true, "xterm", 80, 24, 0, 0, &[]).await.expect("the box is there");
    });
    assert_eq!(answers(&link, 2), [false, false]);
    link.wait_for("Welcome").send("q").wait_for("Continue");
    runtime().block_on(async {
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(link.handle().channel_open_session().await.expect("there is room"));
        }
        assert!(link.handle().channel_open_session().await.is_err());
    });
}

#[test]
fn of_the_environment_only_five_variables_are_taken() {
    let (_host, serving) = class();
    let link = channel(&serving);
    let names = [
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "COLORTERM",
        "NO_COLOR",
        "TERM",
        "PATH",
        "RESPLINE_DATABASE",
        "RESPLINE_PACK",
        "LD_PRELOAD",
        "HOME",
    ];
    runtime().block_on(async {
        for name in names {
            link.channel().set_env(true, name, "C.UTF-8").await.expect("the box is there");
        }
    });
    let taken = answers(&link, names.len());
    assert_eq!(taken, (0..names.len()).map(|index| index < 5).collect::<Vec<_>>());
}

#[test]
fn who_logs_in_and_opens_no_session_is_cut_after_the_time_for_logging_in() {
    let host = Host::new();
    host.admit("ann");
    let config = host.configure("[serve]\nlogin = 1\n");
    let serving = host.serve(&["--config", &config]);
    let link = Link::open(serving.port(), "ann", &Terminal::default());
    let idle = runtime().block_on(log_in(serving.port(), "ann")).expect("ann comes in");
    assert!(eventually(PATIENCE, || idle.is_closed()), "it holds its place for ever");
    link.send("q").wait_for("Continue");
}

#[test]
fn who_leaves_and_keeps_the_connection_is_cut_after_a_while_unless_another_session_is_on_it() {
    let host = Host::new();
    host.admit("ann");
    let config = host.configure("[serve]\nlogin = \"1s\"\n");
    let serving = host.serve(&["--config", &config]);
    let one = Link::open(serving.port(), "ann", &Terminal::default());
    let two = runtime().block_on(async {
        let mut channel = one.handle().channel_open_session().await.expect("there is room");
        channel.request_pty(false, "xterm", 80, 24, 0, 0, &[]).await.expect("there is room");
        channel.request_shell(true).await.expect("there is room");
        channel.wait().await.expect("it answers");
        channel
    });
    one.wait_for("Welcome").send("qq");
    assert_eq!(one.wait_closed(), Some(0));
    let cut = || one.handle().is_closed();
    assert!(!eventually(Duration::from_secs(2), cut), "another session was on it");
    runtime().block_on(two.data_bytes(b"qq".to_vec())).expect("it is there");
    serving.wait_log("session ended", 2);
    assert!(eventually(PATIENCE, cut), "it holds its place for ever");
}

#[test]
#[ignore = "needs openssh-client"]
fn ssh_that_opens_nothing_gets_nothing() {
    let (host, serving) = class();
    let mut client = host.ssh("ann", serving.port(), &["-N"], &[]).stdout(Stdio::piped()).spawn().expect("ssh");
    serving.wait_log("logged in", 1);
    std::thread::sleep(Duration::from_millis(100));
    assert!(client.try_wait().expect("it is ours").is_none(), "it was not let in");
    client.kill().expect("it runs");
    assert!(said(client.wait_with_output().expect("it ended")).out.is_empty());
    assert!(!serving.log().contains("session began"), "{}", serving.log());
}
