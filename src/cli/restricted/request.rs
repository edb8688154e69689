//! What a client may ask for. Anything that is not on this short list is refused, and said to be: opening the tutor in
//! place of a file transfer would only hang it.

use std::ffi::OsStr;

use clap::ValueEnum;

use super::{
    super::{Failure, args::StandingFormat},
    quoted,
};

/// What a client asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// Nothing: the tutor.
    Tutor,
    /// How they stand.
    Progress(StandingFormat),
}

impl Request {
    /// The request that `command` is; none at all is one for the tutor.
    ///
    /// # Errors
    /// When it is anything else than `progress`, with or without `--format FORMAT`.
    pub(super) fn of(command: Option<&OsStr>) -> Result<Self, Failure> {
        let Some(command) = command else { return Ok(Self::Tutor) };
        let words: Vec<&str> = command.to_str().unwrap_or_default().split_ascii_whitespace().collect();
        let format = match words.as_slice() {
            ["progress"] => Some(StandingFormat::Table),
            ["progress", "--format", format] => StandingFormat::from_str(format, false).ok(),
            _ => None,
        };
        format.map(Self::Progress).ok_or_else(|| refused(command))
    }
}

fn refused(command: &OsStr) -> Failure {
    Failure::usage(
        format!("this box runs the tutor and nothing else; refused: {}", quoted(command)),
        "connect without a command for the tutor, or with: progress [--format table|json|csv]",
    )
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn progress_is_told_in_every_format() {
        let of = |command: &str| Request::of(Some(OsStr::new(command)));
        assert_eq!(Request::of(None), Ok(Request::Tutor));
        assert_eq!(of("progress"), Ok(Request::Progress(StandingFormat::Table)));
        assert_eq!(of("progress --format  csv "), Ok(Request::Progress(StandingFormat::Csv)));
    }

    #[test]
    fn anything_else_is_refused_and_said_back_in_harmless_words() {
        let commands: &[&[u8]] = &[
            b"",
            b"id",
            b"sh -i",
            b"progress; id",
            b"progress export /etc/passwd",
            b"progress --format table --database /tmp/x",
            b"progress --format xml",
            b"respline --learner bob --restricted",
            b"scp -t /tmp",
            b"/usr/lib/openssh/sftp-server",
            b"internal-sftp",
            b"progress\xff",
            b"\x1b]0;x\x07progress",
        ];
        for command in commands {
            let command = OsStr::from_bytes(command);
            let failure = Request::of(Some(command)).expect_err("it is refused");
            assert!(!failure.message.contains('\u{1b}'), "{failure:?}");
        }
        let long = "x".repeat(100_000);
        assert!(Request::of(Some(OsStr::new(&long))).expect_err("it is refused").message.len() < 200);
    }
}
