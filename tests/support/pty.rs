//! The real binary on a real pseudo-terminal, read by a terminal emulator. Everything waits for what it wants to see, with
//! a limit, and for nothing else.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tempfile::TempDir;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a screen must stay as it is to count as finished.
const QUIET: Duration = Duration::from_millis(100);

/// A program on a terminal of its own, with a home of its own.
pub(crate) struct Pty {
    /// None once it was hung up.
    line: Option<Line>,
    exit: Receiver<u32>,
    pid: Pid,
    terminal: Arc<Terminal>,
    reader: Option<JoinHandle<()>>,
    _home: TempDir,
}

/// The near side of the terminal: a keyboard, and a window that can be resized.
struct Line {
    keyboard: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
}

/// The far side of the terminal: what a person would see.
struct Terminal {
    shown: Mutex<Shown>,
    changed: Condvar,
    hung_up: AtomicBool,
}

/// What the terminal shows and what it was sent.
pub(crate) struct Shown {
    emulator: vt100::Parser,
    bytes: Vec<u8>,
    /// When the last of them came.
    pub(crate) last: Instant,
}

impl Shown {
    /// The screen as the emulator has it.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// Everything that was sent so far.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Pty {
    /// Starts `respline` with `args` on a terminal of so many columns and rows.
    pub(crate) fn start(args: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_respline"));
        command.args(args);
        Self::spawn(command, size)
    }

    /// Starts a shell script; `$respline` is the binary.
    pub(crate) fn script(script: &str, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", script]);
        Self::spawn(command, size)
    }

    /// Starts any program.
    pub(crate) fn spawn(mut command: CommandBuilder, size: (u16, u16)) -> Self {
        let home = TempDir::new().expect("a home");
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("respline", env!("CARGO_BIN_EXE_respline"));
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        let pair = native_pty_system().openpty(pty_size(size)).expect("a terminal");
        let mut child = pair.slave.spawn_command(command).expect("it starts");
        let pid = child.process_id().and_then(|pid| Pid::from_raw(pid.cast_signed())).expect("it runs");
        let (ended, exit) = mpsc::channel();
        thread::spawn(move || ended.send(child.wait().expect("it ends").exit_code()));
        let terminal = Arc::new(Terminal::new(size));
        let source = pair.master.try_clone_reader().expect("a reader");
        let reader = thread::spawn({
            let terminal = Arc::clone(&terminal);
            move || terminal.show(source)
        });
        let keyboard = pair.master.take_writer().expect("a writer");
        let line = Some(Line { keyboard, master: pair.master });
        Self { line, exit, pid, terminal, reader: Some(reader), _home: home }
    }

    /// Types `keys`.
    pub(crate) fn send(&mut self, keys: &str) -> &mut Self {
        let line = self.line.as_mut().expect("not hung up");
        line.keyboard.write_all(keys.as_bytes()).expect("it reads");
        self
    }

    /// Waits until `text` is on the screen.
    pub(crate) fn wait_for(&self, text: &str) -> &Self {
        self.wait_until(text, |shown| shown.screen().contents().contains(text))
    }

    /// Waits until what is shown fulfils `condition`, called `what` should it never.
    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn(&Shown) -> bool) -> &Self {
        let shown = self.terminal.lock();
        let wait = self.terminal.changed.wait_timeout_while(shown, PATIENCE, |shown| !condition(shown));
        let (shown, limit) = wait.expect("no panic");
        assert!(!limit.timed_out(), "'{what}' never came:\n{}", shown.screen().contents());
        self
    }

    /// Waits until the program has drawn something and, for a while from now, nothing more comes.
    pub(crate) fn wait_drawn(&self) -> &Self {
        let drawn = |shown: &Shown| shown.screen().alternate_screen() && !shown.screen().contents().trim().is_empty();
        self.wait_until("a frame", drawn);
        let start = Instant::now();
        let mut shown = self.terminal.lock();
        loop {
            let left = QUIET.saturating_sub(shown.last.max(start).elapsed());
            if left.is_zero() {
                return self;
            }
            shown = self.terminal.changed.wait_timeout(shown, left).expect("no panic").0;
        }
    }

    /// The text on the screen.
    pub(crate) fn screen(&self) -> String {
        self.look(|shown| shown.screen().contents())
    }

    /// Looks at what is shown now.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Shown) -> T) -> T {
        look(&self.terminal.lock())
    }

    /// Makes the terminal stop reading, as long as what is returned is kept.
    pub(crate) fn stall(&self) -> impl Sized + '_ {
        self.terminal.lock()
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&self, size: (u16, u16)) -> &Self {
        // Nothing of the new size may be taken for one of the old.
        let mut shown = self.terminal.lock();
        self.resize_unseen(size);
        shown.emulator.screen_mut().set_size(side(size.1), side(size.0));
        drop(shown);
        self
    }

    /// Changes the size of the terminal, which may be stalled.
    pub(crate) fn resize_unseen(&self, size: (u16, u16)) {
        let line = self.line.as_ref().expect("not hung up");
        line.master.resize(pty_size(size)).expect("it has a size");
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) -> &Self {
        kill_process(self.pid, signal).expect("it runs");
        self
    }

    /// Waits for the program's end: its exit code.
    pub(crate) fn wait_exit(&mut self) -> u32 {
        self.wait_exit_within(PATIENCE)
    }

    /// Waits for the program's end, but no longer than `limit`: its exit code.
    pub(crate) fn wait_exit_within(&mut self, limit: Duration) -> u32 {
        let code = self.exit.recv_timeout(limit).expect("it should have ended");
        if let Some(reader) = self.reader.take() {
            reader.join().expect("no panic");
        }
        code
    }

    /// Closes the terminal under the program.
    pub(crate) fn hang_up(&mut self) -> &mut Self {
        self.terminal.hung_up.store(true, Ordering::SeqCst);
        // The reader, which holds the terminal open too, sleeps until the next byte; a frame of another size brings one.
        self.resize_unseen((53, 17));
        self.reader.take().expect("it reads").join().expect("no panic");
        self.line = None;
        self
    }

    /// The process that was started.
    pub(crate) fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }
}

impl Terminal {
    fn new((columns, rows): (u16, u16)) -> Self {
        let emulator = vt100::Parser::new(side(rows), side(columns), 0);
        let shown = Mutex::new(Shown { emulator, bytes: Vec::new(), last: Instant::now() });
        Self { shown, changed: Condvar::new(), hung_up: AtomicBool::new(false) }
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().expect("no panic")
    }

    fn show(&self, mut source: Box<dyn Read + Send>) {
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = source.read(&mut bytes) {
            let mut shown = self.lock();
            shown.emulator.process(&bytes[..length]);
            shown.bytes.extend(&bytes[..length]);
            shown.last = Instant::now();
            self.changed.notify_all();
            if self.hung_up.load(Ordering::SeqCst) {
                return;
            }
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // All of it may have ended already.
        let _ = kill_process_group(self.pid, Signal::KILL);
    }
}

fn side(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("at least one cell")
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, ..PtySize::default() }
}
