//! The `respline` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    respline::cli::main()
}
