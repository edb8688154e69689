//! Giving up what a guest's session does not need.

use std::{
    env::{current_exe, vars_os},
    ffi::OsString,
    os::unix::process::CommandExt,
    process::Command,
};

use rustix::{
    fs::Mode,
    process::{Resource, Rlimit, setrlimit, umask},
};

use super::{super::Failure, environment::kept};

/// Makes what this process creates private, its memory undumped, and its environment the little that a terminal is known
/// by. Where the environment holds more, the program starts itself anew with the same `arguments` and less around it:
/// libraries cannot read then what was never there.
///
/// # Errors
/// When the program cannot be started anew.
pub(in crate::cli) fn confine(arguments: &[OsString]) -> Result<(), Failure> {
    umask(Mode::RWXG | Mode::RWXO);
    // Where the limit cannot be set, the system's own stays.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let all: Vec<(OsString, OsString)> = vars_os().collect();
    let kept = kept(&all);
    let is_shed = all.len() == kept.len() && all.iter().all(|(name, value)| kept.get(name) == Some(value));
    if is_shed {
        return Ok(());
    }
    let failed =
        |error| Failure::environment(format!("the program cannot be started anew: {error}"), "is /proc there?");
    let mut anew = Command::new(current_exe().map_err(failed)?);
    if let [name, rest @ ..] = arguments {
        anew.arg0(name).args(rest);
    }
    Err(failed(anew.env_clear().envs(kept).exec()))
}
