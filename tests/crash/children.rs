//! What runs in a process of its own. Each says on standard output what it has got done; run without a parent, as
//! `--include-ignored` does, it has nothing to do.

use std::{
    env,
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

use respline::{
    cli::progress::{Target, export},
    course::Timestamp,
    store::{Sqlite, Store},
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use signal_hook::{consts::SIGXFSZ, flag};

use super::{open, setting};

/// The path the parent gives; none where there is no parent.
fn path() -> Option<PathBuf> {
    env::var_os("RESPLINE_TEST_PATH").map(PathBuf::from)
}

fn number(name: &str) -> u64 {
    env::var(name).expect("the parent gives it").parse().expect("it is a number")
}

/// On a line of its own: the test harness leaves one open.
fn say(text: &str) {
    writeln!(io::stdout().lock(), "\n{text}").expect("the parent reads it");
}

#[test]
#[ignore = "a child of `kill`"]
fn appends() {
    let Some(path) = path() else { return };
    let (mut store, origin) = (open(&path), number("RESPLINE_TEST_ORIGIN"));
    let count = u32::try_from(number("RESPLINE_TEST_COUNT")).expect("it is small");
    for seq in 0..count {
        store.append("ann", &[setting(origin, seq)]).expect("it is stored");
        say(&format!("stored {seq}"));
    }
}

#[test]
#[ignore = "a child of `kill`"]
fn exports() {
    let Some(path) = path() else { return };
    let mut store = open(&path.with_extension("db"));
    loop {
        export(&mut store, "ann", Timestamp(1), &Target::Over(path.clone())).expect("it is written");
        say("written 1");
    }
}

#[test]
#[ignore = "a child of `room`"]
fn fills() {
    let Some(path) = path() else { return };
    flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).expect("it can be caught");
    let limit = Rlimit { current: Some(number("RESPLINE_TEST_LIMIT")), ..getrlimit(Resource::Fsize) };
    setrlimit(Resource::Fsize, limit).expect("it can be lowered");
    let mut store = match Sqlite::open(&path) {
        Ok(store) => store,
        Err(error) => return say(&format!("refused {error:?}")),
    };
    for seq in 0.. {
        match store.append("ann", &[setting(1, seq)]) {
            Ok(()) => say(&format!("stored {seq}")),
            Err(error) => return say(&format!("refused {error:?}")),
        }
    }
}

#[test]
#[ignore = "a child of `room`"]
fn opens() {
    let Some(path) = path() else { return };
    match Sqlite::open(&path) {
        Ok(_) => say("opened it"),
        Err(error) => say(&format!("refused {error:?}")),
    }
}
