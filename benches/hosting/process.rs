//! A server as a process of its own, watched through `/proc`, and stopped when it is dropped.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};

use super::{
    Outcome,
    class::{self, Learner},
};

/// How long a server may take to answer for the first time.
const START: Duration = Duration::from_secs(20);

/// How long one may take to end when it is asked to.
const END: Duration = Duration::from_secs(15);

/// A running server.
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Server {
    /// Starts `command`, which listens on `address`, and waits until it does.
    pub(super) async fn start(command: &mut Command, address: SocketAddr) -> Outcome<Self> {
        let server = Self { child: command.spawn()?, address };
        let listening = async {
            while TcpStream::connect(address).await.is_err() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(START, listening).await?;
        // What the server did with that connection is over before anything is measured.
        sleep(Duration::from_millis(300)).await;
        Ok(server)
    }

    /// Bytes of memory in its share (PSS), its children's included.
    pub(super) fn memory(&self) -> Outcome<u64> {
        family(self.child.id())?.into_iter().map(share).sum()
    }

    /// Processor time that its threads have used since their start.
    pub(super) fn processor(&self) -> Outcome<Duration> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.child.id()))?.filter_map(Result::ok) {
            // It may have ended since it was listed.
            let Ok(times) = fs::read_to_string(thread.path().join("schedstat")) else { continue };
            nanoseconds += times.split_whitespace().next().unwrap_or_default().parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::TERM);
        }
        for _ in 0..END.as_millis() / 20 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A box with a class that has accounts there. Its files go with it.
pub(super) struct Hosted {
    pub(super) server: Server,
    pub(super) class: Vec<Learner>,
    /// Its database, for what another process stores.
    pub(super) database: PathBuf,
    _folder: TempDir,
}

impl Hosted {
    /// Starts the `respline` at `program` for a class of `size`.
    pub(super) async fn start(program: &Path, size: u32) -> Outcome<Self> {
        Self::start_with(program, size, |_| Ok(None)).await
    }

    /// The same, with a class whose file is this text.
    pub(super) async fn start_class(
        program: &Path,
        size: u32,
        file: impl FnOnce(&[Learner]) -> Outcome<String>,
    ) -> Outcome<Self> {
        Self::start_with(program, size, |learners| file(learners).map(Some)).await
    }

    async fn start_with(
        program: &Path,
        size: u32,
        file: impl FnOnce(&[Learner]) -> Outcome<Option<String>>,
    ) -> Outcome<Self> {
        let folder = TempDir::new()?;
        let database: PathBuf = folder.path().join("respline.sqlite3");
        let class = class::enrol(&database, size)?;
        let address = free()?;
        let mut command = Command::new(program);
        command.arg("serve").arg("--listen").arg(address.to_string()).arg("--database").arg(&database);
        command.env_clear().env("HOME", folder.path()).env("RESPLINE_LOG", "error");
        if let Some(text) = file(&class)? {
            let path = folder.path().join("class.toml");
            fs::write(&path, text)?;
            command.arg("--class").arg(path);
        }
        let server = Server::start(&mut command, address).await?;
        Ok(Self { server, class, database, _folder: folder })
    }
}

/// An address of this machine that nobody listens on.
pub(super) fn free() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// The fields of a `/proc/PID/stat` after the program's name, the state first.
fn fields(stat: &str) -> impl Iterator<Item = &str> {
    stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split_whitespace()
}

/// A process and all that descend from it.
fn family(root: u32) -> Outcome<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc")?.filter_map(Result::ok) {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // It may have ended since it was listed.
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        let parent = fields(&stat).nth(1).and_then(|parent| parent.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (pid, parent)));
    }
    let mut family = vec![root];
    let mut seen = 0;
    while let Some(elder) = family.get(seen).copied() {
        family.extend(parents.iter().filter(|(_, parent)| *parent == elder).map(|(pid, _)| *pid));
        seen += 1;
    }
    Ok(family)
}

fn share(pid: u32) -> Outcome<u64> {
    let Ok(rollup) = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")) else { return Ok(0) };
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).ok_or("no share")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
