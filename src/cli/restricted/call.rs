//! How the program was called, decided before the arguments are parsed.

use std::{
    ffi::{OsStr, OsString},
    os::unix::ffi::OsStrExt,
};

use super::super::Failure;

/// How the program was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Call<'a> {
    /// By whoever may do what their account may.
    Open,
    /// As sshd's forced command.
    Forced,
    /// As an account's login shell, with what the client asked for.
    Shell(Option<&'a OsStr>),
}

impl<'a> Call<'a> {
    /// What `arguments`, the program's name first, say. A login shell is called by a name that begins with a hyphen
    /// (login, and sshd for a session) or with `-c` (sshd for a command).
    ///
    /// # Errors
    /// When it is called as a shell with anything else.
    pub(in crate::cli) fn of(arguments: &'a [OsString]) -> Result<Self, Failure> {
        let (name, rest) = arguments.split_first().map_or((OsStr::new(""), [].as_slice()), |(name, rest)| (name, rest));
        let is_login = name.as_bytes().starts_with(b"-");
        match rest {
            [] if is_login => Ok(Self::Shell(None)),
            [flag, command] if flag == "-c" => Ok(Self::Shell(Some(command))),
            [flag, ..] if is_login || flag == "-c" => Err(Failure::usage(
                "a login shell takes no arguments but -c and one command",
                "connect without a command for the tutor",
            )),
            _ if rest.iter().any(|argument| argument == "--restricted") => Ok(Self::Forced),
            _ => Ok(Self::Open),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(words: &[&str]) -> String {
        let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
        Call::of(&arguments).map_or_else(|_| "refused".into(), |call| format!("{call:?}"))
    }

    #[test]
    fn a_shell_is_told_by_its_name_or_its_first_flag() {
        assert_eq!(call(&["-respline"]), "Shell(None)");
        assert_eq!(call(&["-respline", "-c", "progress"]), "Shell(Some(\"progress\"))");
        assert_eq!(call(&["respline", "-c", "progress"]), "Shell(Some(\"progress\"))");
        for words in
            [&["-respline", "--help"][..], &["-respline", "-c"], &["respline", "-c"], &["respline", "-c", "a", "b"]]
        {
            assert_eq!(call(words), "refused", "{words:?}");
        }
    }

    #[test]
    fn what_a_client_sends_to_a_shell_is_never_a_forced_command() {
        assert_eq!(
            call(&["respline", "-c", "respline --learner bob --restricted"]),
            "Shell(Some(\"respline --learner bob --restricted\"))"
        );
        assert_eq!(call(&["-respline", "--learner", "bob", "--restricted"]), "refused");
    }

    #[test]
    fn the_flag_counts_wherever_it_stands() {
        assert_eq!(call(&["respline", "--learner", "ann", "--restricted"]), "Forced");
        assert_eq!(call(&["respline", "--restricted", "play"]), "Forced");
        assert_eq!(call(&["respline", "play", "--exam"]), "Open");
        assert_eq!(call(&[]), "Open");
    }
}
