//! OpenSSH's clients, and asyncssh's, on terminals of their own.

use std::{
    fs::{self, Permissions},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use portable_pty::CommandBuilder;
use russh::keys::ssh_key::LineEnding;
use rustix::process::Signal;

use super::{
    client::{Client, Terminal, key, screen_rows},
    serving::Host,
    support::{lines::Said, pty::Pty},
};

/// Where `tests/run.sh` installs clients written in Python.
pub(crate) fn python(program: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin").join(program)
}

impl Host {
    /// The file of the key of `name`, as OpenSSH wants it.
    pub(crate) fn key_file(&self, name: &str) -> String {
        let path = self.path(&format!("{name}.key"));
        let text = key(name).to_openssh(LineEnding::LF).expect("it is text");
        fs::write(&path, text.as_bytes()).expect("it can be written");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("it is ours");
        path.display().to_string()
    }

    /// The options of OpenSSH's clients with these keys, `port` being given by the flag `flag`.
    pub(crate) fn options(&self, names: &[&str], flag: &str, port: u16) -> Vec<String> {
        let mut options: Vec<String> = ["-F", "none", flag].map(String::from).into();
        options.push(port.to_string());
        for name in names {
            options.extend(["-i".into(), self.key_file(name)]);
        }
        let known = format!("UserKnownHostsFile={}", self.path("known_hosts").display());
        let settings = ["IdentitiesOnly=yes", "StrictHostKeyChecking=accept-new", "LogLevel=ERROR", &known];
        for setting in settings {
            options.extend(["-o".into(), setting.to_owned()]);
        }
        options
    }

    /// `ssh` without a terminal, which may ask nothing: `flags` before the host, `asked` after it.
    pub(crate) fn ssh(&self, name: &str, port: u16, flags: &[&str], asked: &[&str]) -> Command {
        let mut command = Command::new("ssh");
        command.args(flags).args(self.options(&[name], "-p", port));
        command.args(["-o", "BatchMode=yes", "anybody@127.0.0.1"]).args(asked).stdin(Stdio::null());
        command
    }

    /// What `ssh` says with `input` to read.
    pub(crate) fn talk(&self, name: &str, port: u16, flags: &[&str], asked: &[&str], input: &str) -> Said {
        let mut command = self.ssh(name, port, flags, asked);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("ssh");
        // It may have ended before it read all of it.
        let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
        said(child.wait_with_output().expect("it ends"))
    }

    /// `ssh -tt` on a terminal of its own, with the keys of `names`.
    pub(crate) fn terminal(&self, names: &[&str], port: u16, flags: &[&str], terminal: &Terminal) -> Pty {
        let mut command = CommandBuilder::new("env");
        command.args([&format!("TERM={}", terminal.name), "ssh", "-tt"]);
        // Of an option that is given twice the first counts.
        command.args(flags);
        command.args(self.options(names, "-p", port));
        let variables: Vec<String> = terminal.variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !variables.is_empty() {
            command.args(["-o".to_owned(), format!("SetEnv={}", variables.join(" "))]);
        }
        command.arg("anybody@127.0.0.1");
        Pty::spawn(command, terminal.size)
    }

    /// asyncssh's client on a terminal of its own.
    pub(crate) fn asyncssh(&self, name: &str, port: u16, terminal: &Terminal) -> Pty {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/box/asyncssh_client.py");
        let mut command = CommandBuilder::new(python("python"));
        command.args([script, &port.to_string(), &self.key_file(name), terminal.name]);
        command.args(terminal.variables.iter().map(|(name, value)| format!("{name}={value}")));
        Pty::spawn(command, terminal.size)
    }
}

/// What a finished client said.
pub(crate) fn said(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace('\r', "");
    Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

impl Client for Pty {
    fn press(&mut self, bytes: &[u8]) {
        self.send(std::str::from_utf8(bytes).expect("keys are text"));
    }

    fn resize(&mut self, size: (u16, u16)) {
        Self::resize(self, size);
    }

    fn rows(&self) -> Vec<String> {
        self.look(|shown| screen_rows(shown.screen()))
    }

    fn cut(&mut self) {
        self.signal(Signal::KILL);
        self.wait_exit();
    }

    fn wait_end(&mut self) -> Option<u32> {
        Some(self.wait_exit())
    }

    fn bytes(&self) -> Vec<u8> {
        self.look(|shown| shown.bytes().to_vec())
    }
}
