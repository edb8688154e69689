//! cli
pub mod progress;
