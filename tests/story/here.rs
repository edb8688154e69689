//! Stories on the machine of the terminal itself.

use std::path::Path;

use portable_pty::CommandBuilder;

use super::{
    script::Story,
    support::{packs, pty::Pty},
    terminal::Host,
};

/// The terminal's own machine.
pub(crate) struct Here;

impl Host for Here {
    fn start(&self, story: &Story, arguments: &str, database: &Path, size: (u16, u16)) -> Pty {
        let mut command = CommandBuilder::new("env");
        if story.ascii {
            command.arg("LANG=C");
        }
        if story.no_colour {
            command.arg("NO_COLOR=1");
        }
        command.arg(env!("CARGO_BIN_EXE_respline"));
        command.args(arguments.split_whitespace());
        command.arg("--pack");
        command.arg(packs::small());
        command.arg("--database");
        command.arg(database);
        Pty::spawn(command, size)
    }

    /// The program is what was waited for already.
    fn wait_gone(&self, _: &Path) {}
}
