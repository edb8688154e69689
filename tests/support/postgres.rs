//! A private PostgreSQL server, from the system's package, on the loopback address only. A guardian process stops it and
//! removes its files as soon as the test program is gone, whatever ended it.

use std::{
    fs,
    io::{Read, Seek},
    net::TcpListener,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use rustix::process::{Pid, Signal, getuid, kill_process};

/// The system's user whose server it is where the tests run as root, which PostgreSQL refuses.
const USER: &str = "postgres";

/// The server does not sync: its crashes here are its own, not the machine's. Nor does it wait for the log at a commit,
/// unless the session asks for it, as it has to.
const SETTINGS: &str = "
    listen_addresses = '127.0.0.1'
    fsync = off
    synchronous_commit = off
    max_connections = 120
    shared_buffers = 16MB
    ssl = on
    ssl_cert_file = '../server.pem'
    ssl_key_file = '../server.key'
";

/// Who has a password, and who needs none.
const WHO: &str = "
host  all locked 127.0.0.1/32 scram-sha-256
host  all all    127.0.0.1/32 trust
local all all    trust
";

/// A running server.
pub(crate) struct Server {
    folder: PathBuf,
    port: u16,
    /// Reads from a pipe that closes with this program.
    guardian: Child,
    databases: AtomicUsize,
}

impl Server {
    /// The one that the stories of a test program share, each with a database of its own.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// One for a story that stops it.
    pub(crate) fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("respline-postgres-").tempdir().expect("there is room").keep();
        if getuid().is_root() {
            let number = |flag: &str| text(Command::new("id").args([flag, USER])).trim().parse().expect("a number");
            chown(&folder, Some(number("-u")), Some(number("-g"))).expect("root may do this");
        }
        let guard = "cat > /dev/null; \"$0/pg_ctl\" -D data -m immediate -w stop; rm -rf \"$PWD\"";
        let mut guardian = own("sh", &folder);
        let guardian = guardian.args(["-c", guard]).arg(programs()).stdin(Stdio::piped()).spawn().expect("it starts");
        let mut server = Self { folder, port: 0, guardian, databases: AtomicUsize::new(0) };
        server.make();
        server
    }

    fn make(&mut self) {
        let data = self.data();
        let initial = ["-U", "respline", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D", &data];
        text(self.tool("initdb").args(initial));
        let certificate = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -days 2 \
            -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE \
            -keyout server.key -out server.pem";
        text(own("openssl", &self.folder).args(certificate.split_whitespace()));
        // Between finding a free port and taking it another program may have taken it.
        let started = (0..5).any(|_| {
            self.port = free_port();
            let settings = format!("{SETTINGS}\nport = {}\nunix_socket_directories = '{}'\n", self.port, self.place());
            self.write("data/conf", &settings);
            self.write("data/pg_hba.conf", WHO);
            let arguments = ["-D", "data", "-l", "log", "-w", "-o", "-c config_file=data/conf", "start"];
            self.tool("pg_ctl").args(arguments).status().expect("it can be run").success()
        });
        assert!(started, "{}", fs::read_to_string(self.folder.join("log")).unwrap_or_default());
        self.sql("postgres", "CREATE ROLE locked LOGIN PASSWORD 'open-sesame'");
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).expect("it is written");
    }

    fn place(&self) -> &str {
        self.folder.to_str().expect("a plain name")
    }

    fn data(&self) -> String {
        format!("{}/data", self.place())
    }

    fn tool(&self, name: &str) -> Command {
        own(programs().join(name).to_str().expect("a plain name"), &self.folder)
    }

    /// The URL of a database there, as `user`.
    pub(crate) fn url(&self, user: &str, database: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/{database}", self.port)
    }

    /// The URL of a new database.
    pub(crate) fn database(&self) -> String {
        let name = format!("story{}", self.databases.fetch_add(1, Ordering::SeqCst));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.url("respline", &name)
    }

    /// Its port on the loopback address.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The certificate it shows, which is its own authority's as well.
    pub(crate) fn certificate(&self) -> PathBuf {
        let copy = std::env::temp_dir().join(format!("respline-ca-{}.pem", std::process::id()));
        fs::copy(self.folder.join("server.pem"), &copy).expect("it can be read");
        copy
    }

    /// What statements print, in the database whose URL or name this is.
    pub(crate) fn sql(&self, database: &str, statements: &str) -> String {
        let name = database.rsplit('/').next().expect("a name");
        let port = self.port.to_string();
        let place = ["-h", self.place(), "-p", &port, "-U", "respline", "-d", name];
        text(self.tool("psql").args(["-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statements]).args(place))
    }

    /// Kills every process of it at once, as a crash would.
    pub(crate) fn crash(&self) {
        text(self.tool("pg_ctl").args(["-D", "data", "-m", "immediate", "-w", "stop"]));
    }

    /// Starts it after a crash.
    pub(crate) fn resume(&self) {
        text(self.tool("pg_ctl").args(["-D", "data", "-l", "log", "-w", "-o", "-c config_file=data/conf", "start"]));
    }

    /// Holds all its processes where they are, or lets them go on.
    pub(crate) fn signal(&self, signal: Signal) {
        let main = fs::read_to_string(self.folder.join("data/postmaster.pid")).expect("it runs");
        let main: i32 = main.lines().next().and_then(|line| line.parse().ok()).expect("a number");
        let children = fs::read_to_string(format!("/proc/{main}/task/{main}/children")).expect("it runs");
        let all = children.split_whitespace().map(|pid| pid.parse().expect("a number")).chain([main]);
        for pid in all {
            // A child may have ended by itself.
            let _ = kill_process(Pid::from_raw(pid).expect("a process"), signal);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.guardian.stdin.take());
        let _ = self.guardian.wait();
    }
}

/// A program run as the server's user.
fn own(program: &str, folder: &Path) -> Command {
    let mut command = if getuid().is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", USER, "--", program]);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Runs a program that must succeed. A server that it starts would keep a pipe open, so its words go into a file.
fn text(command: &mut Command) -> String {
    let told = tempfile::tempfile().expect("there is room");
    let copy = || told.try_clone().expect("one more handle");
    let status = command.stdout(copy()).stderr(copy()).status().expect("it can be run");
    let (mut told, mut words) = (told, String::new());
    told.rewind().and_then(|()| told.read_to_string(&mut words)).expect("text");
    assert!(status.success(), "{command:?}: {words}");
    words
}

/// The newest version's folder of programs.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let number = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.filter_map(|entry| Some(entry.ok()?.path())).max_by_key(number);
    newest.expect("PostgreSQL is installed").join("bin")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("it has one").port()
}
