//! What is kept of an environment that a client may have filled: what the terminal is, and what was asked for.
//!
//! sshd passes on what `AcceptEnv` lets through, and PAM and the account's files may add to it. Libraries read variables
//! that nobody here thinks of (folders for temporary files, certificates, time zones), so a list of what is kept is the
//! only list that can be complete.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
};

/// Longest value that is believed, in bytes.
const LONGEST: usize = 64;

/// The variables of `all` that are kept. Keeping them again changes nothing.
pub(super) fn kept(all: &[(OsString, OsString)]) -> BTreeMap<OsString, OsString> {
    let keep = |(name, value): &(OsString, OsString)| Some((name.clone(), worth(name, value)?));
    all.iter().filter_map(keep).collect()
}

fn worth(name: &OsStr, value: &OsStr) -> Option<OsString> {
    if name == "SSH_ORIGINAL_COMMAND" {
        return Some(value.to_owned());
    }
    let value = value.to_str()?;
    let worth = match name.to_str()? {
        "TERM" => is_word(value, "._+-").then_some(value),
        "LANG" | "LC_ALL" | "LC_CTYPE" => is_word(value, "._@-").then_some(value),
        "COLORTERM" => ["truecolor", "24bit"].contains(&value).then_some(value),
        "NO_COLOR" => (!value.is_empty()).then_some("1"),
        _ => None,
    };
    worth.map(OsString::from)
}

/// Letters and digits of ASCII and `others`.
fn is_word(value: &str, others: &str) -> bool {
    let known = |char: char| char.is_ascii_alphanumeric() || others.contains(char);
    (1..=LONGEST).contains(&value.len()) && value.chars().all(known)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shed(variables: &[(&str, &str)]) -> Vec<(String, String)> {
        let all: Vec<_> = variables.iter().map(|(name, value)| (name.into(), value.into())).collect();
        let text = |text: OsString| text.into_string().expect("it was text");
        kept(&all).into_iter().map(|(name, value)| (text(name), text(value))).collect()
    }

    #[test]
    fn what_a_terminal_is_stays_and_what_leads_elsewhere_goes() {
        let all = [
            ("COLORTERM", "truecolor"),
            ("EDITOR", "vi"),
            ("HOME", "/home/ann"),
            ("LC_ALL", "en_GB.UTF-8"),
            ("NO_COLOR", "yes please"),
            ("PATH", "/bin"),
            ("RESPLINE_DATABASE", "/tmp/other"),
            ("SQLITE_TMPDIR", "/tmp"),
            ("SSL_CERT_FILE", "/tmp/mine.pem"),
            ("TERM", "xterm-256color"),
            ("TERMINFO", "/tmp"),
            ("XDG_DATA_HOME", "/tmp"),
        ];
        let names =
            [("COLORTERM", "truecolor"), ("LC_ALL", "en_GB.UTF-8"), ("NO_COLOR", "1"), ("TERM", "xterm-256color")];
        assert_eq!(shed(&all), names.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_terminal_or_language_that_could_be_a_path_or_a_command_is_not_believed() {
        let long = "x".repeat(65);
        for bad in ["", "../../etc/passwd", "a b", "() { :; }; id", "x\u{1b}[2J", "é", long.as_str()] {
            assert_eq!(shed(&[("TERM", bad), ("LANG", bad), ("LC_CTYPE", bad), ("COLORTERM", bad)]), [], "{bad:?}");
        }
        assert_eq!(shed(&[("TERM", &"x".repeat(64))]).len(), 1);
    }

    proptest! {
        /// Otherwise the program would start itself anew for ever.
        #[test]
        fn keeping_is_done_once(value in any::<String>(), name in "TERM|LANG|LC_ALL|NO_COLOR|COLORTERM|HOME|SSH_ORIGINAL_COMMAND") {
            let once = kept(&[(name.into(), value.into())]);
            let again: Vec<_> = once.clone().into_iter().collect();
            prop_assert_eq!(kept(&again), once);
        }
    }
}
