//! The training box, `respline serve`, through real clients: OpenSSH, russh and asyncssh.
//!
//! Every test starts its own box on loopback. What needs a Debian package or asyncssh and ssh-audit is ignored unless asked
//! for; `tests/run.sh` installs them and asks.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod audit;
mod bug;
mod classes;
mod client;
mod crash;
mod ends;
mod floods;
mod hosts;
mod logins;
mod openssh;
mod person;
mod refused;
#[expect(dead_code, reason = "a box starts and ends in one way")]
#[path = "../story/script.rs"]
mod script;
mod serving;
mod stories;
#[path = "../support/mod.rs"]
mod support;
mod together;
