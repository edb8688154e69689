//! `respline keys`, `completions` and `man`: what the program can say about itself.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::app::{Scope, help, keymap::KEYMAP};

use super::{Failure, args::Cli, print};

/// Every key, by screen.
pub(super) fn keys(markdown: bool) -> Result<ExitCode, Failure> {
    if markdown {
        return print(&help::markdown());
    }
    let mut text = String::new();
    for scope in Scope::ALL {
        let separator = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{separator}{}\n", scope.name()));
        for row in KEYMAP.iter().filter(|row| row.scope == scope) {
            text.push_str(&format!("  {:<22} {}\n", row.keys(), row.label));
        }
    }
    print(&text)
}

/// Completions for a shell.
pub(super) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "respline", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// The manual page.
pub(super) fn man() -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    let made = clap_mangen::Man::new(Cli::command()).render(&mut page);
    made.map_err(|error| Failure::bug(format!("the manual page cannot be made: {error}")))?;
    print(&String::from_utf8_lossy(&page))
}
