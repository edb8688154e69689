//! A host with a private sshd: its own port, keys and forced commands in a folder of its own, gone when the test is.

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Mutex,
    thread,
    time::Duration,
};

use nix::unistd::{User, getuid};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::support::{
    lines::Said,
    packs,
    process::{descendants, eventually, is_running, kill, with_argument},
    pty::Pty,
};

/// How long a test waits for a process to be gone.
const PATIENCE: Duration = Duration::from_secs(20);

/// Without what ssh says of itself; an earlier wish for more counts first.
const QUIETLY: [&str; 2] = ["-o", "LogLevel=ERROR"];

/// A port may be taken between its choice and its use.
const TRIES: usize = 5;

/// A host whose learners come by OpenSSH.
pub(crate) struct TrainingBox {
    folder: TempDir,
    sshd: Child,
    port: u16,
    /// Whom everybody logs in as; each as themselves where there is none.
    account: Option<String>,
    /// The lines of `authorized_keys`.
    admitted: Mutex<Vec<(String, String)>>,
}

impl TrainingBox {
    /// Starts it; nobody is admitted yet.
    pub(crate) fn start() -> Self {
        Self::start_with("")
    }

    /// Starts it with more lines of configuration; `{folder}` in them is the box's own.
    pub(crate) fn start_with(more: &str) -> Self {
        let user = User::from_uid(getuid()).expect("it can be asked").expect("whoever tests has a name");
        Self::begin(TempDir::new().expect("a folder"), Some(user.name), more, "")
    }

    /// Starts it in a mount namespace of its own, in which these accounts have the program for a shell. Needs root.
    pub(crate) fn start_for_shells(accounts: &[&str]) -> Self {
        let folder = TempDir::new().expect("a folder");
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("it is ours");
        let shell = folder.path().join("respline");
        fs::copy(env!("CARGO_BIN_EXE_respline"), &shell).expect("it can be copied");
        let etc = folder.path().join("etc");
        fs::create_dir_all(etc.join("respline")).expect("it can be made");
        let line = |(account, uid): (&&str, u32)| format!("{account}:*:{uid}:{uid}::/:{}\n", shell.display());
        let added: String = accounts.iter().zip(47_110..).map(line).collect();
        let passwd = fs::read_to_string("/etc/passwd").expect("it is there") + &added;
        let config =
            format!("database = \"/var/lib/respline/{{learner}}.db\"\npack = [\"{}\"]\n", packs::small().display());
        fs::write(etc.join("passwd"), passwd).expect("it can be written");
        fs::write(etc.join("respline/config.toml"), config).expect("it can be written");
        let prologue = format!(
            "cp /etc/group /etc/nsswitch.conf {0} && mount --bind {0} /etc && mount -t tmpfs none /var/lib && \
             mkdir -m 1777 /var/lib/respline",
            etc.display()
        );
        Self::begin(folder, None, "", &prologue)
    }

    fn begin(folder: TempDir, account: Option<String>, more: &str, prologue: &str) -> Self {
        make_key(&folder.path().join("host"));
        fs::write(folder.path().join("authorized_keys"), "").expect("it can be written");
        if getuid().is_root() {
            // Debian's service makes this folder as it starts.
            fs::create_dir_all("/run/sshd").expect("root may");
        }
        let more = more.replace("{folder}", folder.path().to_str().expect("a path in UTF-8"));
        let started = (0..TRIES).find_map(|_| sshd(folder.path(), &more, prologue));
        let (sshd, port) = started.expect("sshd starts");
        let public = fs::read_to_string(folder.path().join("host.pub")).expect("it was made");
        fs::write(folder.path().join("known_hosts"), format!("[127.0.0.1]:{port} {public}"))
            .expect("it can be written");
        Self { folder, sshd, port, account, admitted: Mutex::default() }
    }

    /// A place in the box's own folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The database of the box.
    pub(crate) fn database(&self) -> PathBuf {
        self.path("records.sqlite3")
    }

    /// The key of a client, as `authorized_keys` has it; made at the first call.
    pub(crate) fn key(&self, client: &str) -> String {
        let file = self.path(client);
        if !file.exists() {
            make_key(&file);
        }
        let line = fs::read_to_string(file.with_extension("pub")).expect("it was made");
        line.split(' ').take(2).collect::<Vec<_>>().join(" ")
    }

    /// Admits the key of `client` with this forced command, and with no other from now on.
    pub(crate) fn admit(&self, client: &str, command: &str) {
        let command = command.replace('"', "\\\"");
        self.admit_line(client, &format!("restrict,pty,command=\"{command}\" {}", self.key(client)));
    }

    /// Admits the key of `client` by this line of `authorized_keys`.
    pub(crate) fn admit_line(&self, client: &str, line: &str) {
        let mut admitted = self.admitted.lock().expect("no panic");
        admitted.retain(|(known, _)| known != client);
        admitted.push((client.to_owned(), line.to_owned()));
        let lines: String = admitted.iter().map(|(_, line)| format!("{line}\n")).collect();
        fs::write(self.path("authorized_keys"), lines).expect("it can be written");
    }

    /// The forced command of a learner on the box's database and the small pack.
    pub(crate) fn restricted(&self, learner: &str) -> String {
        format!("{} --config /dev/null --restricted --learner {learner}", program(&self.database()))
    }

    /// The arguments of `ssh` (or of its kin) for the key of `client`, `port` being the flag that takes a port.
    pub(crate) fn options(&self, client: &str, port: &str) -> Vec<String> {
        self.key(client);
        let files = [self.path("known_hosts"), self.path(client)].map(|path| path.display().to_string());
        let [known, key] = files;
        let mut options: Vec<String> =
            ["-F", "none", port, &self.port.to_string(), "-i", &key].map(String::from).into();
        let settings = ["BatchMode=yes", "IdentitiesOnly=yes", "StrictHostKeyChecking=yes"];
        let known = format!("UserKnownHostsFile={known}");
        for setting in settings.into_iter().chain([known.as_str()]) {
            options.extend(["-o".into(), setting.into()]);
        }
        options
    }

    /// Where `client` logs in.
    pub(crate) fn host(&self, client: &str) -> String {
        format!("{}@127.0.0.1", self.account.as_deref().unwrap_or(client))
    }

    /// The whole `ssh` command of `client`: `flags` before the host, `asked` after it.
    pub(crate) fn ssh(&self, client: &str, flags: &[&str], asked: &[&str]) -> Command {
        let mut command = Command::new("ssh");
        command.args(self.options(client, "-p")).args(flags).args(QUIETLY).arg(self.host(client)).args(asked);
        command.stdin(Stdio::null());
        command
    }

    /// What a client without a terminal is told, with `lines` to say.
    pub(crate) fn talk(&self, client: &str, flags: &[&str], asked: &[&str], lines: &[&str]) -> Said {
        use std::io::Write;
        let mut command = self.ssh(client, flags, asked);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("ssh");
        let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
        // It may have ended before it read all of it.
        let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
        said(child.wait_with_output().expect("it ends"))
    }

    /// `client` on a terminal of so many columns and rows.
    pub(crate) fn terminal(&self, client: &str, flags: &[&str], size: (u16, u16)) -> Pty {
        self.terminal_of(client, "xterm-256color", flags, size)
    }

    /// `client` on a terminal that calls itself `name`.
    pub(crate) fn terminal_of(&self, client: &str, name: &str, flags: &[&str], size: (u16, u16)) -> Pty {
        let mut command = CommandBuilder::new("env");
        command.args([format!("TERM={name}").as_str(), "ssh"]);
        command.args(self.options(client, "-p"));
        command.args(["-tt", "-o", "SendEnv=LANG"]);
        command.args(flags);
        command.args(QUIETLY);
        command.arg(self.host(client));
        Pty::spawn(command, size)
    }

    /// Processes of the box that were started on `database`.
    pub(crate) fn sessions(&self, database: &Path) -> Vec<i32> {
        let database = database.to_str().expect("a path in UTF-8");
        let inside = descendants(self.sshd_pid());
        with_argument(database).into_iter().filter(|pid| inside.contains(pid)).collect()
    }

    /// Waits until no process of the box uses `database`.
    pub(crate) fn wait_left(&self, database: &Path) {
        let gone = eventually(PATIENCE, || self.sessions(database).is_empty());
        assert!(gone, "they outlive their link: {:?}", self.sessions(database));
    }

    /// Where it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    fn sshd_pid(&self) -> i32 {
        self.sshd.id().cast_signed()
    }
}

impl Drop for TrainingBox {
    fn drop(&mut self) {
        let all = descendants(self.sshd_pid());
        let _ = self.sshd.kill();
        let _ = self.sshd.wait();
        for pid in all.into_iter().filter(|pid| is_running(*pid)) {
            kill(pid);
        }
    }
}

/// The program on a database and the small pack, as a command.
pub(crate) fn program(database: &Path) -> String {
    let [program, database, pack] =
        [Path::new(env!("CARGO_BIN_EXE_respline")), database, &packs::small()].map(|path| path.display().to_string());
    format!("{program} --database {database} --pack {pack}")
}

/// What a finished client said.
pub(crate) fn said(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace('\r', "");
    Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

fn make_key(file: &Path) {
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"]).arg(file).status();
    assert!(made.expect("openssh-client is installed").success());
}

/// Starts sshd on a free port; none where somebody else took the port.
fn sshd(folder: &Path, more: &str, prologue: &str) -> Option<(Child, u16)> {
    let port = TcpListener::bind("127.0.0.1:0").expect("loopback").local_addr().expect("it is bound").port();
    let config = folder.join("sshd_config");
    fs::write(&config, configuration(folder, port, more)).expect("it can be written");
    // Nothing of the tests' own environment, or the sessions would have it too.
    let server = ["/usr/sbin/sshd", "-D", "-e", "-f"];
    let mut command = if prologue.is_empty() {
        Command::new(server[0])
    } else {
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-c", &format!("{prologue} && exec \"$@\""), "sh", server[0]]);
        command
    };
    command.args(&server[1..]).arg(config).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    let mut sshd = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = sshd.as_mut().expect("openssh-server is installed").stderr.take().map(BufReader::new)?;
    let mut log = String::new();
    while child.read_line(&mut log).is_ok_and(|length| length > 0) {
        if log.contains("Server listening on 127.0.0.1") {
            // A log that nobody reads would stop the server.
            thread::spawn(move || std::io::copy(&mut child, &mut std::io::sink()));
            return sshd.ok().map(|sshd| (sshd, port));
        }
    }
    assert!(log.contains("Address already in use"), "{log}");
    None
}

fn configuration(folder: &Path, port: u16, more: &str) -> String {
    let folder = folder.display();
    // The worst that an admin may have left open: every variable is taken, and every forwarding is allowed.
    format!(
        "ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host\nPidFile none\nUsePAM no\nStrictModes no\n\
         AuthorizedKeysFile {folder}/authorized_keys\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
         PermitRootLogin prohibit-password\nAcceptEnv *\nAllowAgentForwarding yes\nAllowTcpForwarding yes\n\
         X11Forwarding yes\nPermitTunnel yes\nSubsystem sftp /usr/lib/openssh/sftp-server\nPrintMotd no\n\
         PrintLastLog no\nMaxStartups 100\n{more}\n"
    )
}
