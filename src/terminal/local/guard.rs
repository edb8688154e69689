//! A bug must not leave the learner with a broken terminal: it is given back before anything is said.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::Write,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::Arc,
};

use super::{super::paint, Tty};

/// The guarded code panicked, and that was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bug;

/// Runs `body`. Where it panics, `tty` is given back and a short report goes to standard error; the trace only for those
/// who ask for it (`RUST_BACKTRACE`).
///
/// # Errors
/// When `body` panicked.
pub fn guarded<T>(tty: &Arc<Tty>, body: impl FnOnce() -> T) -> Result<T, Bug> {
    let before = panic::take_hook();
    let tty = Arc::clone(tty);
    panic::set_hook(Box::new(move |info| {
        tty.give_back(paint::give_back().as_bytes());
        // Where standard error is closed there is nobody to tell.
        let _ = std::io::stderr().write_all(report(info).as_bytes());
    }));
    // Nothing of what the body held is looked at again.
    let result = panic::catch_unwind(AssertUnwindSafe(body));
    panic::set_hook(before);
    result.map_err(|_| Bug)
}

fn report(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    let message = harmless(info.payload_as_str().unwrap_or("no reason given"));
    let trace = Backtrace::capture();
    let trace = if trace.status() == BacktraceStatus::Captured { format!("{trace}\n") } else { String::new() };
    format!("respline: a bug: {message}{place}\nhint: every confirmed answer is stored; please report this\n{trace}")
}

/// A panic's message may quote content, and content may hold anything.
fn harmless(message: &str) -> String {
    message.chars().map(|char| if char.is_control() { '?' } else { char }).collect()
}
