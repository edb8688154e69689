//! The OpenSSH front: a real sshd on loopback, its forced commands, and real clients.
//!
//! What needs Debian's `openssh-server` and `openssh-client` is ignored unless asked for; `tests/run.sh` installs them and
//! asks. Not as root, they need terminals that belong to the group `tty` from the start (devpts mounted with `gid=`), since
//! nobody else may give them away; the login shell's need root in any case. What the program does by itself when it is called
//! as sshd calls it is always tested.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod accounts;
mod called;
mod guests;
mod links;
mod refused;
#[path = "../story/script.rs"]
mod script;
mod shells;
mod stories;
#[path = "../support/mod.rs"]
mod support;
#[path = "../story/terminal.rs"]
mod terminal;
mod training_box;
