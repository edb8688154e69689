//! What may reach a terminal, by reading the bytes and by asking a terminal emulator.

use std::num::NonZeroU16;

use vt100::{Callbacks, Screen};

/// What an emulator was asked for that the program never asks for.
#[derive(Default)]
pub(crate) struct Asked(pub(crate) Vec<String>);

impl Callbacks for Asked {
    fn audible_bell(&mut self, _: &mut Screen) {
        self.0.push("a bell".into());
    }

    fn visual_bell(&mut self, _: &mut Screen) {
        self.0.push("a flash".into());
    }

    fn resize(&mut self, _: &mut Screen, _: (u16, u16)) {
        self.0.push("a size".into());
    }

    fn set_window_icon_name(&mut self, _: &mut Screen, name: &[u8]) {
        self.0.push(format!("the icon's name {name:?}"));
    }

    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.0.push(format!("the title {title:?}"));
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], data: &[u8]) {
        self.0.push(format!("the clipboard {data:?}"));
    }

    fn paste_from_clipboard(&mut self, _: &mut Screen, _: &[u8]) {
        self.0.push("to read the clipboard".into());
    }

    fn unhandled_control(&mut self, _: &mut Screen, byte: u8) {
        self.0.push(format!("control {byte:#x}"));
    }

    fn unhandled_osc(&mut self, _: &mut Screen, parameters: &[&[u8]]) {
        self.0.push(format!("OSC {parameters:?}"));
    }
}

/// A terminal of this size that remembers what it was asked for.
pub(crate) fn terminal(columns: u16, rows: u16) -> vt100::Parser<Asked> {
    let side = |cells| NonZeroU16::new(cells).expect("at least one");
    vt100::Parser::new_with_callbacks(side(rows), side(columns), 0, Asked::default())
}

/// The harm in a text that is to be printed as it is; line feeds are welcome.
pub(crate) fn harm(text: &str) -> Vec<String> {
    let harmful = |char: &char| (char.is_control() && *char != '\n') || is_unseen(*char);
    let mut harm: Vec<String> = text.chars().filter(harmful).map(|char| format!("{:04x}", u32::from(char))).collect();
    if text.contains(&"\u{301}".repeat(5)) {
        harm.push("a tower of marks".into());
    }
    harm.dedup();
    harm
}

const fn is_unseen(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// The harm in bytes for a terminal: everything but text and the program's own control sequences.
pub(crate) fn harm_in_bytes(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
    let (mut plain, mut harm_found) = (String::new(), Vec::new());
    let mut rest = text.as_str();
    while let Some((before, sequence)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        let length = own_sequence(sequence);
        if length == 0 {
            harm_found.push(format!("ESC {}", sequence.chars().take(12).collect::<String>().escape_debug()));
        }
        rest = sequence.get(length..).expect("a sequence is ASCII");
    }
    plain.push_str(rest);
    harm_found.extend(harm(&plain.replace('\r', "")));
    harm_found
}

/// Length of the control sequence (CSI) of the program's own kinds that stands here; none where it is another.
fn own_sequence(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('[') else { return 0 };
    let end = rest.find(|char: char| !(char.is_ascii_digit() || matches!(char, ';' | '?'))).unwrap_or(rest.len());
    let known = rest.get(end..).is_some_and(|rest| rest.starts_with(['H', 'C', 'm', 'J', 'K', 'h', 'l']));
    if known { end + 2 } else { 0 }
}

#[test]
fn harm_is_found() {
    use super::evil::{CONTROLS, UNSEEN};
    assert_eq!(harm("plain\ntext · ▸ é"), Vec::<String>::new());
    assert!(harm(CONTROLS).len() >= 7 && harm(UNSEEN).len() >= 7);
    assert!(harm_in_bytes(b"\x1b[1;5Htext\x1b[0;38;5;80m\x1b[?2004h").is_empty());
    for bytes in [&b"\x1b]0;a\x07"[..], b"\x1bc", b"\x1bP", b"\x1b[6n", b"\x1b[1q", b"\x08", "\u{9b}2J".as_bytes()] {
        assert!(!harm_in_bytes(bytes).is_empty(), "{bytes:?}");
    }
    let mut emulator = terminal(20, 4);
    emulator.process(CONTROLS.as_bytes());
    assert!(emulator.callbacks().0.len() >= 3, "{:?}", emulator.callbacks().0);
}
