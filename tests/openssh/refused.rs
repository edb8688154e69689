//! What is refused, and what the client sees of it.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

use super::{
    support::{lines::Said, process::eventually},
    training_box::{TrainingBox, said},
};

/// How long a client may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

fn class() -> TrainingBox {
    let host = TrainingBox::start();
    host.admit("ann", &host.restricted("ann"));
    host
}

/// A client of sftp's kind.
fn transfer(host: &TrainingBox, program: &str, more: &[&str]) -> Said {
    let mut command = Command::new(program);
    command.args(host.options("ann", "-P")).args(more).stdin(Stdio::null());
    said(command.output().expect("openssh-client is installed"))
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn a_command_is_refused_with_words_and_a_status() {
    let host = class();
    let learner = "respline --learner bob --restricted";
    for command in ["id", "sh", "cat /etc/passwd", "progress; id", "$(id)", learner, "progress export x"] {
        for flags in [&[][..], &["-tt"]] {
            let said = host.talk("ann", flags, &[command], &[]);
            let told = format!("{}{}", said.out, said.err);
            assert!(told.contains(&format!("refused: {command}")) && !told.contains("uid="), "{said:?}");
            assert_eq!(said.code, Some(2), "{said:?}");
        }
    }
    assert!(!host.database().exists(), "a refusal made a database");
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn files_are_transferred_neither_way() {
    let host = class();
    let (there, mine) = (format!("{}:stolen", host.host("ann")), host.path("known_hosts").display().to_string());
    // sshd drops what a subsystem says on standard error: the client is told no more than that it is over.
    let sftp = transfer(&host, "sftp", &[&host.host("ann")]);
    assert_eq!((sftp.out.as_str(), sftp.code), ("", Some(255)), "{sftp:?}");
    let new = transfer(&host, "scp", &[&mine, &there]);
    assert!(new.err.contains("Connection closed") && new.code == Some(255), "{new:?}");
    let old = transfer(&host, "scp", &["-O", &mine, &there]);
    assert!(old.err.contains("refused: scp -t stolen") && old.code == Some(1), "{old:?}");
    let fetched = transfer(&host, "scp", &["-O", &format!("{}:/etc/hostname", host.host("ann")), &mine]);
    assert!(fetched.err.contains("refused: scp -f /etc/hostname") && fetched.code == Some(1), "{fetched:?}");
}

/// A client that forwards and asks for nothing else.
struct Forwarding {
    client: Child,
    port: u16,
}

impl Forwarding {
    /// Forwards a local port; `{}` in `flag` stands for it.
    fn start(host: &TrainingBox, flag: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").expect("loopback").local_addr().expect("it is bound").port();
        let flag = flag.replace("{}", &port.to_string());
        let mut command = host.ssh("ann", &["-N", "-o", "ExitOnForwardFailure=yes", "-o", "LogLevel=INFO", &flag], &[]);
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
        self.client.kill().expect("it runs");
        said(self.client.wait_with_output().expect("it ended")).err
    }
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn no_port_is_forwarded() {
    let host = class();
    // Something that would answer: sshd itself.
    let target = format!("127.0.0.1:{}", host.port());
    let refused = "administratively prohibited";
    let local = Forwarding::start(&host, &format!("-L127.0.0.1:{{}}:{target}"));
    assert_eq!(local.through(b""), b"");
    assert!(local.end().contains(refused));
    let dynamic = Forwarding::start(&host, "-D127.0.0.1:{}");
    let [high, low] = host.port().to_be_bytes();
    // SOCKS 5: no password, then a connection to that port.
    let back = dynamic.through(&[5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, high, low]);
    assert!(!String::from_utf8_lossy(&back).contains("SSH-2.0"), "{back:?}");
    assert!(dynamic.end().contains(refused));
    let remote = host.talk("ann", &["-N", "-o", "ExitOnForwardFailure=yes", "-R0:127.0.0.1:9"], &[], &[]);
    assert!(remote.err.contains("remote port forwarding failed") && remote.code == Some(255), "{remote:?}");
    let standard = host.talk("ann", &["-W", &target], &[], &[]);
    assert!(standard.err.contains("stdio forwarding failed") && standard.code == Some(255), "{standard:?}");
}

/// An agent without keys of its own.
struct Agent(Child);

impl Agent {
    fn start(socket: &std::path::Path) -> Self {
        let mut command = Command::new("ssh-agent");
        command.arg("-D").arg("-a").arg(socket).stdout(Stdio::null());
        let agent = Self(command.spawn().expect("openssh-client is installed"));
        assert!(eventually(PATIENCE, || socket.exists()), "the agent does not listen");
        agent
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a session has of the client's agent and screen, with these options in front of its key.
fn forwarded(host: &TrainingBox, options: &str) -> String {
    let show = "command=\"echo agent=$SSH_AUTH_SOCK screen=$DISPLAY\"";
    host.admit_line("ann", &format!("{options}{show} {}", host.key("ann")));
    let socket = host.path("agent");
    let agent = Agent::start(&socket);
    let mut command = host.ssh("ann", &["-A", "-X", "-o", "LogLevel=QUIET"], &[]);
    command.env("SSH_AUTH_SOCK", &socket).env("DISPLAY", "127.0.0.1:99");
    let output = command.output().expect("ssh");
    drop(agent);
    std::fs::remove_file(&socket).unwrap_or_default();
    said(output).out
}

#[test]
#[ignore = "needs openssh-server and openssh-client"]
fn neither_agent_nor_screen_is_forwarded() {
    let host = TrainingBox::start();
    assert!(forwarded(&host, "").contains("agent=/"), "without a restriction this box forwards an agent");
    assert_eq!(forwarded(&host, "restrict,pty,"), "agent= screen=\n");
}
