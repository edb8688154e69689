//! What a terminal can show, so far as the environment says: a pure function of it.

use crate::app::{Colours, Look};

/// Where the program was started.
pub struct Surroundings<'a> {
    /// Looks up a variable of the environment.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// Standard input is a terminal.
    pub keyboard: bool,
    /// Standard output is a terminal.
    pub screen: bool,
}

/// What can be shown there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// The look to begin with.
    pub look: Look,
    /// Only lines of text can be read and written: plain mode.
    pub plain: bool,
}

/// Terminals that show 24 bits of colour without `COLORTERM`, which SSH does not pass on.
const TRUE_COLOUR: [&str; 6] = ["alacritty", "contour", "foot", "ghostty", "kitty", "wezterm"];

/// Finds out what can be shown.
pub fn survey(surroundings: &Surroundings<'_>) -> Capability {
    let env = |name: &str| (surroundings.env)(name).filter(|value| !value.is_empty());
    let terminal = env("TERM").unwrap_or_else(|| "dumb".to_owned());
    let ascii = !is_utf_8(env) || is_console(&terminal);
    let look = Look { colours: colours(&terminal, env), ascii, ..Look::default() };
    Capability { look, plain: terminal == "dumb" || !surroundings.keyboard || !surroundings.screen }
}

fn colours(terminal: &str, env: impl Fn(&str) -> Option<String>) -> Colours {
    if env("NO_COLOR").is_some() || terminal == "dumb" {
        return Colours::None;
    }
    let announced = env("COLORTERM").is_some_and(|value| matches!(value.as_str(), "truecolor" | "24bit"));
    if announced || terminal.ends_with("-direct") || TRUE_COLOUR.iter().any(|name| terminal.contains(name)) {
        return Colours::True;
    }
    if terminal.ends_with("-256color") {
        return Colours::Palette;
    }
    let monochrome = terminal.starts_with("vt1") || terminal.starts_with("vt2") || terminal.ends_with("-mono");
    if monochrome { Colours::None } else { Colours::Sixteen }
}

fn is_utf_8(env: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(env).unwrap_or_default().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// The console of Linux decodes UTF-8, but its font has 256 or 512 glyphs, and the kernel's own (code page 437) none of
/// the marks for right and wrong: both would be the same black square.
fn is_console(terminal: &str) -> bool {
    terminal == "linux" || terminal.starts_with("linux-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surveyed(variables: &[(&str, &str)]) -> Capability {
        let env = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        survey(&Surroundings { env: &env, keyboard: true, screen: true })
    }

    #[test]
    fn the_depth_of_colour_follows_the_environment() {
        let depth = |variables: &[(&str, &str)]| surveyed(variables).look.colours;
        assert_eq!(depth(&[("TERM", "xterm")]), Colours::Sixteen);
        assert_eq!(depth(&[("TERM", "linux")]), Colours::Sixteen);
        assert_eq!(depth(&[("TERM", "screen-256color")]), Colours::Palette);
        assert_eq!(depth(&[("TERM", "xterm-direct")]), Colours::True);
        assert_eq!(depth(&[("TERM", "xterm-kitty")]), Colours::True);
        assert_eq!(depth(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Colours::True);
        assert_eq!(depth(&[("TERM", "xterm"), ("COLORTERM", "24bit"), ("NO_COLOR", "1")]), Colours::None);
        assert_eq!(depth(&[("TERM", "xterm"), ("NO_COLOR", "")]), Colours::Sixteen);
        assert_eq!(depth(&[("TERM", "vt220")]), Colours::None);
    }

    #[test]
    fn only_a_utf_8_locale_gets_more_than_ascii() {
        let ascii = |variables: &[(&str, &str)]| surveyed(variables).look.ascii;
        assert!(!ascii(&[("LANG", "en_GB.UTF-8")]));
        assert!(!ascii(&[("LC_CTYPE", "C.utf8"), ("LANG", "C")]));
        assert!(ascii(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]));
        assert!(!ascii(&[("LC_ALL", ""), ("LANG", "en_GB.UTF-8")]));
        assert!(ascii(&[]));
    }

    #[test]
    fn the_console_of_linux_gets_ascii_though_its_locale_is_utf_8() {
        let ascii = |terminal| surveyed(&[("TERM", terminal), ("LANG", "en_GB.UTF-8")]).look.ascii;
        assert_eq!(["linux", "linux-16color", "xterm", "screen.linux"].map(ascii), [true, true, false, false]);
    }

    #[test]
    fn a_dumb_terminal_and_none_at_all_get_plain_mode() {
        let env = |_: &str| Some("xterm".to_owned());
        let plain = |keyboard, screen| survey(&Surroundings { env: &env, keyboard, screen }).plain;
        assert_eq!([plain(true, true), plain(false, true), plain(true, false)], [false, true, true]);
        assert!(surveyed(&[("TERM", "dumb")]).plain);
        assert!(surveyed(&[]).plain);
    }
}
