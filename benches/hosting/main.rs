//! A training box under load: `respline serve` as a process of its own, its clients in this one, both on the same machine
//! at the same time. Logins in a burst, keys at a fixed rate, memory of open sessions beside two other ways to host a
//! terminal program, what idle sessions cost,
//! clients that stop reading, and how far an instructor who watches is behind.
//!
//! `cargo bench --bench hosting` runs a short version; `-- full` the whole; `-- burst pace` only these; `-- server=PATH`
//! measures another build of `respline`.

mod burst;
mod class;
mod client;
mod example;
mod idle;
mod line;
mod memory;
mod openssh;
mod pace;
mod process;
mod room;
mod stalled;

use std::{
    env,
    error::Error,
    io::{Write, stdout},
    path::PathBuf,
    time::Duration,
};

/// Whatever went wrong.
type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// What is measured, and how much of it.
struct Plan {
    server: PathBuf,
    scenes: Vec<String>,
    full: bool,
}

impl Plan {
    fn of_arguments() -> Self {
        let mut plan = Self { server: env!("CARGO_BIN_EXE_respline").into(), scenes: Vec::new(), full: false };
        for argument in env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
            match argument.strip_prefix("server=") {
                Some(path) => plan.server = path.into(),
                None if argument == "full" => plan.full = true,
                None => plan.scenes.push(argument),
            }
        }
        plan
    }

    fn wants(&self, scene: &str) -> bool {
        self.scenes.is_empty() || self.scenes.iter().any(|wanted| wanted == scene)
    }

    /// How long something is measured, by seconds in the short version and in the full one.
    const fn duration(&self, short: u64, full: u64) -> Duration {
        Duration::from_secs(if self.full { full } else { short })
    }
}

fn main() -> Outcome {
    if let Some(port) = env::args().skip_while(|argument| argument != example::ARGUMENT).nth(1) {
        return runtime()?.block_on(example::serve(port.parse()?));
    }
    let plan = Plan::of_arguments();
    let runtime = runtime()?;
    if plan.wants("burst") {
        runtime.block_on(burst::measure(&plan))?;
    }
    if plan.wants("pace") {
        runtime.block_on(pace::measure(&plan))?;
    }
    if plan.wants("memory") {
        runtime.block_on(memory::measure(&plan))?;
    }
    if plan.wants("idle") {
        runtime.block_on(idle::measure(&plan))?;
    }
    if plan.wants("class") {
        runtime.block_on(room::measure(&plan))?;
    }
    if plan.wants("stalled") {
        runtime.block_on(stalled::measure(&plan))?;
    }
    Ok(())
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}

/// Prints a line of the report at once: a run takes minutes.
fn say(line: &str) -> Outcome {
    let mut out = stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
