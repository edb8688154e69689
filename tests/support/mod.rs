//! What tests of the real binary share.

pub(crate) mod process;
pub(crate) mod pty;
