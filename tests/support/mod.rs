//! What tests of the whole program share. Each test binary uses its own part of it.

#![expect(dead_code, reason = "no binary uses all of it")]

pub(crate) mod class;
pub(crate) mod keys;
pub(crate) mod lines;
pub(crate) mod moody;
pub(crate) mod packs;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod program;
pub(crate) mod pty;
pub(crate) mod tour;
