//! What a client says of its terminal, and what can be shown there. Everything it says is a claim: only what is known to be
//! harmless is looked at.

use crate::{
    app::Size,
    terminal::{Capability, Surroundings, survey},
};

/// Variables that say what can be shown. All others are refused.
const HEEDED: [&str; 5] = ["LANG", "LC_ALL", "LC_CTYPE", "COLORTERM", "NO_COLOR"];

/// The longest value that is kept, in bytes.
const LONGEST: usize = 64;

/// The client's terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Terminal {
    /// Kind and size, where there is one.
    pty: Option<(String, Size)>,
    variables: Vec<(&'static str, String)>,
}

impl Terminal {
    /// The client has a terminal of kind `term`.
    pub(super) fn pty(&mut self, term: &str, size: Size) {
        let known =
            term.len() <= LONGEST && term.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte));
        self.pty = Some((if known { term } else { "dumb" }.to_owned(), size));
    }

    /// Takes a variable; whether it is heeded.
    pub(super) fn set(&mut self, name: &str, value: &str) -> bool {
        let Some(name) = HEEDED.iter().find(|heeded| **heeded == name) else { return false };
        let plain = value.len() <= LONGEST && value.bytes().all(|byte| byte.is_ascii_graphic());
        if plain {
            self.variables.retain(|(known, _)| known != name);
            self.variables.push((name, value.to_owned()));
        }
        plain
    }

    pub(super) const fn has_pty(&self) -> bool {
        self.pty.is_some()
    }

    /// Its size; unknown without one.
    pub(super) fn size(&self) -> Size {
        self.pty.as_ref().map_or_else(Size::default, |(_, size)| *size)
    }

    /// What can be shown there.
    pub(super) fn capability(&self) -> Capability {
        let env = |name: &str| match (name, &self.pty) {
            ("TERM", Some((term, _))) => Some(term.clone()),
            ("LANG", _) if !self.says_a_locale() => Some("C.UTF-8".to_owned()),
            _ => self.variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()),
        };
        survey(&Surroundings { env: &env, keyboard: self.pty.is_some(), screen: self.pty.is_some() })
    }

    /// Many clients say nothing of a locale; the terminals of today read UTF-8.
    fn says_a_locale(&self) -> bool {
        self.variables.iter().any(|(name, _)| ["LANG", "LC_ALL", "LC_CTYPE"].contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Colours;

    const USUAL: Size = Size { width: 80, height: 24 };

    #[test]
    fn what_is_shown_follows_the_clients_terminal() {
        let mut terminal = Terminal::default();
        assert!(terminal.capability().plain);
        terminal.pty("xterm-256color", USUAL);
        assert_eq!(terminal.capability().look.colours, Colours::Palette);
        assert!(!terminal.capability().plain && !terminal.capability().look.ascii);
        assert!(terminal.set("COLORTERM", "truecolor") && terminal.set("LC_ALL", "C"));
        assert_eq!(terminal.capability().look.colours, Colours::True);
        assert!(terminal.capability().look.ascii);
    }

    #[test]
    fn what_a_client_claims_beyond_that_is_not_heeded() {
        let mut terminal = Terminal::default();
        for (name, value) in
            [("RESPLINE_DATABASE", "x"), ("LD_PRELOAD", "x"), ("LANG", "a\u{1b}[2J"), ("LANG", &"x".repeat(65))]
        {
            assert!(!terminal.set(name, value), "{name}");
        }
        terminal.pty("../../etc/passwd", USUAL);
        assert!(terminal.capability().plain, "a kind of terminal that cannot be one is a dumb one");
    }
}
