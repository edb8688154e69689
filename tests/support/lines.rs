//! The binary as a conversation in lines: what it is told on standard input and what it says.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// A learner with a home of their own.
pub(crate) struct Learner {
    home: TempDir,
}

/// What one run said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: Option<i32>,
}

impl Said {
    /// The last line of standard output.
    pub(crate) fn last(&self) -> &str {
        self.out.lines().last().unwrap_or_default()
    }

    /// The number in front of the line that says `text`.
    pub(crate) fn number(&self, text: &str) -> String {
        let line =
            self.out.lines().rev().find_map(|line| line.split_once(") ").filter(|(_, rest)| rest.starts_with(text)));
        line.unwrap_or_else(|| panic!("'{text}' is not offered:\n{}", self.out)).0.to_owned()
    }
}

impl Learner {
    pub(crate) fn new() -> Self {
        Self { home: TempDir::new().expect("a home") }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.home.path().join("records.sqlite3")
    }

    /// The binary, ready to be run for this learner.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
        command.args(arguments).arg("--database").arg(self.database());
        command.env_clear().env("HOME", self.home.path()).env("LANG", "C.UTF-8").env("TERM", "xterm-256color");
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command
    }

    /// Runs it with `lines` to read, and no terminal anywhere.
    pub(crate) fn run(&self, arguments: &[&str], lines: &[&str]) -> Said {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
        // It may have ended before it read all of it.
        let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
        let said = Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() };
        assert!(is_plain(&said.out) && is_plain(&said.err), "this is no plain text: {said:?}");
        said
    }

    /// Runs it on a pack of one's own.
    pub(crate) fn run_on(&self, pack: &Path, arguments: &[&str], lines: &[&str]) -> Said {
        let pack = pack.to_str().expect("a path in UTF-8");
        self.run(&[arguments, &["--pack", pack]].concat(), lines)
    }
}

/// Nothing a terminal would obey, and nothing drawn.
fn is_plain(text: &str) -> bool {
    let drawn = |char: char| matches!(char, '\u{2500}'..='\u{259f}' | '▸' | '▼' | '✓' | '✗');
    !text.chars().any(|char| (char.is_control() && char != '\n') || drawn(char))
}
