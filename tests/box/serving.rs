//! A box for one test: its folder, which outlives its restarts, and the running server.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use respline::{
    course::{Record, Timestamp},
    store::{Database, Enrolled, Location, open},
};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{
    client::public_text,
    support::{packs, program::still},
};

/// How long a test waits for what must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// What a box leaves behind: its database, its host key, its configuration.
pub(crate) struct Host {
    folder: TempDir,
    database: String,
}

impl Host {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let database = folder.path().join("records.sqlite3").display().to_string();
        Self { folder, database }
    }

    /// One of several hosts over the database of this URL.
    pub(crate) fn over(database: &str) -> Self {
        Self { database: database.to_owned(), ..Self::new() }
    }

    /// A place in its folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Its database, opened beside the server.
    pub(crate) fn open(&self) -> Box<dyn Database> {
        open(&Location::parse(&self.database).expect("it is a place")).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Everything stored for `learner`.
    pub(crate) fn records(&self, learner: &str) -> Vec<Record> {
        self.open().records(learner).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Enrols a learner who wants nothing to move by itself, and whose key is the one made from the name.
    pub(crate) fn admit(&self, learner: &str) -> &Self {
        let mut database = self.open();
        let enrolled = database.enrol(learner, Timestamp(1), Some(&public_text(learner)), None);
        assert_eq!(enrolled.unwrap_or_else(|error| panic!("{error}")), Enrolled::Done);
        database.append(learner, &[still()]).unwrap_or_else(|error| panic!("{error}"));
        self
    }

    /// Starts the server on the small pack.
    pub(crate) fn serve(&self, flags: &[&str]) -> Serving {
        let pack = packs::small().display().to_string();
        self.serve_pack(&pack, flags)
    }

    /// Starts the server on another pack.
    pub(crate) fn serve_pack(&self, pack: &str, flags: &[&str]) -> Serving {
        Serving::start(self.command(pack, flags))
    }

    /// Starts the server with a log that says everything it can say.
    pub(crate) fn serve_talkative(&self, flags: &[&str]) -> Serving {
        let mut command = self.command(&packs::small().display().to_string(), flags);
        command.env("RESPLINE_LOG", "trace");
        Serving::start(command)
    }

    fn command(&self, pack: &str, flags: &[&str]) -> Command {
        let key = self.path("host_key").display().to_string();
        let always =
            ["serve", "--listen", "127.0.0.1:0", "--database", &self.database, "--host-key", &key, "--pack", pack];
        let mut command = Command::new(env!("CARGO_BIN_EXE_respline"));
        command.args(always).args(flags);
        command.env_clear().env("HOME", self.folder.path()).env("LANG", "C.UTF-8");
        command
    }

    /// Writes a configuration file; its path.
    pub(crate) fn configure(&self, text: &str) -> String {
        let path = self.path("config.toml");
        fs::write(&path, text).expect("it can be written");
        path.display().to_string()
    }
}

/// A running server, killed when it is dropped.
pub(crate) struct Serving {
    child: Child,
    port: u16,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    text: Mutex<String>,
    more: Condvar,
}

impl Serving {
    /// Starts whatever serves, and waits until it listens.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it");
        let errors = BufReader::new(child.stderr.take().expect("it is piped"));
        let log = Arc::new(Log::default());
        thread::spawn({
            let log = Arc::clone(&log);
            move || {
                for line in errors.lines().map_while(Result::ok) {
                    *log.text.lock().expect("no panic") += &format!("{line}\n");
                    log.more.notify_all();
                }
            }
        });
        let mut serving = Self { child, port: 0, log };
        serving.wait_log("serving address=", 1);
        let log = serving.log();
        let address = log.split("address=127.0.0.1:").nth(1).expect("it listens on loopback");
        serving.port = address.split_whitespace().next().and_then(|port| port.parse().ok()).expect("a port");
        serving
    }

    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn pid(&self) -> i32 {
        self.child.id().cast_signed()
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.text.lock().expect("no panic").clone()
    }

    /// Waits until it has logged `text` so many times; what it has logged by then. A client may see what happened before
    /// the log does.
    pub(crate) fn wait_log(&self, text: &str, times: usize) -> String {
        let log = self.log.text.lock().expect("no panic");
        let wait = self.log.more.wait_timeout_while(log, PATIENCE, |log| log.matches(text).count() < times);
        let (log, limit) = wait.expect("no panic");
        assert!(!limit.timed_out(), "'{text}' is not logged {times} times:\n{log}");
        log.clone()
    }

    pub(crate) fn signal(&self, signal: Signal) -> &Self {
        kill_process(Pid::from_raw(self.pid()).expect("a process"), signal).expect("it runs");
        self
    }

    /// Kills it as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().and_then(|()| self.child.wait()).expect("it runs");
    }

    /// Waits for its end.
    pub(crate) fn wait_exit(&mut self) -> ExitStatus {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("it is ours") {
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not end:\n{}", self.log());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
