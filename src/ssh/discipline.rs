//! What a terminal's driver does for lines that are typed (echo, erasing, ending), for clients that have put theirs into raw
//! mode, as SSH clients do, and then want the conversation in lines: dumb terminals and screen readers.

/// What was typed so far.
#[derive(Debug, Default)]
pub(super) struct Discipline {
    line: Vec<u8>,
    /// The last byte was a carriage return: a line feed after it belongs to it.
    returned: bool,
    /// In an escape sequence, such as an arrow key sends: it means nothing here.
    escape: Escape,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Escape {
    #[default]
    None,
    Begun,
    Inside,
}

/// What came of a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// A line.
    Line(String),
    /// The end of input: ctrl-d on an empty line, or ctrl-c.
    End,
}

/// The longest line, in bytes: an answer is a word.
const LONGEST: usize = 1024;

impl Discipline {
    /// Takes what was typed: what came of it, and what is echoed.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> (Vec<Typed>, String) {
        let (mut typed, mut echo) = (Vec::new(), String::new());
        for byte in bytes {
            typed.extend(self.take(*byte, &mut echo));
        }
        (typed, echo)
    }

    fn take(&mut self, byte: u8, echo: &mut String) -> Option<Typed> {
        if self.skips(byte) {
            return None;
        }
        let returned = std::mem::replace(&mut self.returned, byte == b'\r');
        match byte {
            b'\n' if returned => {}
            b'\r' | b'\n' => {
                echo.push_str("\r\n");
                return Some(Typed::Line(self.finish()));
            }
            0x03 => {
                echo.push_str("^C\r\n");
                return Some(Typed::End);
            }
            0x04 if self.line.is_empty() => return Some(Typed::End),
            0x08 | 0x7f => self.erase(1, echo),
            0x15 => self.erase(usize::MAX, echo),
            b'\t' | b' '..=0x7e | 0x80.. => self.keep(byte, echo),
            _ => {}
        }
        None
    }

    /// Passes over escape sequences.
    fn skips(&mut self, byte: u8) -> bool {
        let (next, skips) = match (self.escape, byte) {
            (Escape::None, 0x1b) => (Escape::Begun, true),
            (Escape::Begun, b'[' | b'O') => (Escape::Inside, true),
            (Escape::Begun, _) => (Escape::None, byte != b'\r'),
            (Escape::Inside, 0x40..=0x7e) => (Escape::None, true),
            (Escape::Inside, b' '..) => (Escape::Inside, true),
            (Escape::None | Escape::Inside, _) => (Escape::None, false),
        };
        self.escape = next;
        skips
    }

    /// Keeps a byte, and shows the character that it completes: nothing typed is echoed that a terminal would obey.
    fn keep(&mut self, byte: u8, echo: &mut String) {
        if self.line.len() >= LONGEST {
            return;
        }
        self.line.push(if byte == b'\t' { b' ' } else { byte });
        let start = self.line.iter().rposition(|byte| !(0x80..0xc0).contains(byte)).unwrap_or_default();
        let last = self.line.get(start..).and_then(|bytes| str::from_utf8(bytes).ok());
        echo.push_str(&crate::document::printable(last.unwrap_or_default()));
    }

    /// Takes the last characters back.
    fn erase(&mut self, most: usize, echo: &mut String) {
        let text = String::from_utf8_lossy(&self.line).into_owned();
        let erased = text.chars().count().min(most);
        let left: String = text.chars().take(text.chars().count() - erased).collect();
        let width = |text: &str| crate::document::width(&crate::document::printable(text));
        let columns = width(&text).saturating_sub(width(&left));
        self.line = left.into_bytes();
        echo.push_str(&"\u{8} \u{8}".repeat(columns));
    }

    fn finish(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned()
    }
}

/// What a raw terminal needs to show a text: a carriage return before each line feed.
pub(super) fn raw(text: &str) -> String {
    text.replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Typed {
        Typed::Line(text.into())
    }

    #[test]
    fn a_line_is_echoed_erased_and_ended_as_a_driver_does() {
        let mut typist = Discipline::default();
        assert_eq!(typist.feed(b"cx\x7f\r"), (vec![line("c")], "cx\u{8} \u{8}\r\n".into()));
        assert_eq!(typist.feed(b"\n1\r\n"), (vec![line("1")], "1\r\n".into()), "a line feed belongs to its return");
        assert_eq!(typist.feed("ü李\x15q\n".as_bytes()).0, [line("q")]);
        assert_eq!(typist.feed(b"\x04"), (vec![Typed::End], String::new()));
        assert_eq!(typist.feed(b"a\x04\x03").0, [Typed::End], "ctrl-d ends an empty line only");
    }

    #[test]
    fn an_arrow_key_types_nothing_and_nothing_is_echoed_that_a_terminal_obeys() {
        let mut typist = Discipline::default();
        assert_eq!(typist.feed(b"\x1b[A\x1bOB\x1b[1;5Cp\r"), (vec![line("p")], "p\r\n".into()));
        let (_, echo) = typist.feed("\u{9b}2J\u{202e}\x07\x1b]0;x\x07".as_bytes());
        assert!(echo.chars().all(|char| !char.is_control() && char != '\u{202e}'), "{echo:?}");
        let (typed, echo) = typist.feed(&[&[b'x'; 5000][..], b"\r"].concat());
        assert!(matches!(typed.as_slice(), [Typed::Line(line)] if line.len() <= LONGEST) && echo.len() <= LONGEST + 2);
    }

    proptest::proptest! {
        /// Whatever comes, in whatever pieces: no line is longer than may be, the echo moves nothing but the cursor on its
        /// line, and what a plain typist types is what is taken.
        #[test]
        fn nothing_typed_harms(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), cut in 0..200_usize) {
            let mut typist = Discipline::default();
            let (first, rest) = bytes.split_at(cut.min(bytes.len()));
            let (mut typed, mut echo) = typist.feed(first);
            let (more, shown) = typist.feed(rest);
            typed.extend(more);
            echo.push_str(&shown);
            let mut whole = Discipline::default();
            proptest::prop_assert_eq!((typed.clone(), echo.clone()), whole.feed(&bytes), "pieces change nothing");
            proptest::prop_assert!(echo.chars().all(|char| !char.is_control() || "\r\n\u{8}".contains(char)), "{:?}", echo);
            for typed in typed {
                proptest::prop_assert!(!matches!(typed, Typed::Line(line) if line.chars().count() > LONGEST));
            }
        }

        #[test]
        fn plain_words_come_through(words in "[a-z0-9äöü李 ]{0,40}") {
            let mut typist = Discipline::default();
            let (typed, echo) = typist.feed(format!("{words}\r").as_bytes());
            proptest::prop_assert_eq!(typed, [line(&words)]);
            proptest::prop_assert_eq!(echo, format!("{words}\r\n"));
        }
    }
}
