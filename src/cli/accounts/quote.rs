//! Words that pass through two readers: sshd, which takes a forced command out of its quotes, and the shell that runs it.

use super::super::Failure;

/// The value of an option of `authorized_keys` in its quotes. sshd knows one escape there, of the quote; a backslash
/// before anything else is itself, and none stands at the end of what [`command`] makes.
pub(super) fn option(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\\\""))
}

/// A command for a POSIX shell.
///
/// # Errors
/// When a word holds a control character, for which neither reader has a safe form.
pub(super) fn command(words: &[&str]) -> Result<String, Failure> {
    if let Some(word) = words.iter().find(|word| word.chars().any(char::is_control)) {
        return Err(Failure::usage(
            format!("'{word}' cannot stand in a command"),
            "give a path without control characters",
        ));
    }
    Ok(words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "))
}

fn quoted(word: &str) -> String {
    let bare = |char: char| char.is_ascii_alphanumeric() || "/._-".contains(char);
    if !word.is_empty() && word.chars().all(bare) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;

    /// What sshd makes of an option's value in its quotes (`opt_dequote`); none where the quotes do not close at the end.
    fn dequoted(option: &str) -> Option<String> {
        let mut chars = option.strip_prefix('"')?.chars().peekable();
        let mut value = String::new();
        while let Some(char) = chars.next() {
            match char {
                '"' => return chars.next().is_none().then_some(value),
                '\\' if chars.peek() == Some(&'"') => value.extend(chars.next()),
                other => value.push(other),
            }
        }
        None
    }

    /// What a shell makes of a command's words.
    fn split(command: &str) -> Vec<String> {
        let script = format!("set -- {command}; for word; do printf '%s\\n' \"$word\"; done");
        let output = Command::new("sh").args(["-c", &script]).output().expect("there is a shell");
        let text = String::from_utf8(output.stdout).expect("it was text");
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn plain_words_stay_as_they_are_and_others_are_quoted() {
        let made = command(&["/usr/bin/respline", "--learner", "o'neil $HOME", ""]).expect("no control characters");
        assert_eq!(made, "/usr/bin/respline --learner 'o'\\''neil $HOME' ''");
        assert_eq!(option("a \"b\""), "\"a \\\"b\\\"\"");
        assert!(command(&["a\nb"]).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_word_comes_out_as_it_went_in(words in proptest::collection::vec("[a-zé '\"\\\\$`!*~#;&|<>(){}%@+-]{0,12}", 1..5)) {
            let given: Vec<&str> = words.iter().map(String::as_str).collect();
            let made = command(&given).expect("no control characters");
            let value = dequoted(&option(&made));
            prop_assert_eq!(value.as_ref(), Some(&made));
            prop_assert_eq!(split(&made), words);
        }
    }
}
