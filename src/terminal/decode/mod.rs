//! Bytes from a terminal -> inputs, however the bytes are cut into chunks.
//!
//! One decoder serves the local terminal and SSH alike; crossterm's reads only the process's own terminal. What a
//! terminal says of itself (replies, focus, unknown sequences) is swallowed and never taken for keys. Pure: the one thing
//! that needs a clock, a lone escape, is left to the caller through [`Decoder::pending`] and [`Decoder::flush`].

mod paste;
mod sequence;
#[cfg(test)]
mod tests;

use std::mem;

use crate::app::{Input, Key, KeyCode};

use paste::Paste;
use sequence::Sequence;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;

/// The longest reply (OSC, DCS, APC, PM, SOS) that is swallowed; one whose end was lost must not eat the session.
const LONGEST_REPLY: usize = 64 * 1024;

/// What is held between two chunks.
#[derive(Debug, Default)]
enum Phase {
    #[default]
    Ground,
    /// Part of a character of several bytes.
    Char(Vec<u8>, Mods),
    /// An escape, which may be the key or the start of something.
    Escape,
    /// Two of them: two keys, or a sequence with alt as rxvt sends it.
    EscapeTwice,
    /// A control sequence (CSI) or a single shift (SS3).
    Sequence(Sequence),
    /// A mouse report in the oldest form, with so many bytes to come.
    OldMouse(u8),
    /// A reply that ends with BEL or ST.
    Reply { opener: u8, length: usize },
    /// An escape inside a reply, the first half of ST.
    ReplyEscape,
    /// Pasted text.
    Paste(Paste),
}

/// Modifiers known so far.
#[derive(Clone, Copy, Debug, Default)]
struct Mods {
    ctrl: bool,
    alt: bool,
}

impl Mods {
    const ALT: Self = Self { ctrl: false, alt: true };

    fn key(self, code: KeyCode) -> Input {
        Input::Key(Key { code, ctrl: self.ctrl, alt: self.alt })
    }
}

/// An incremental decoder of what a terminal sends.
#[derive(Debug, Default)]
pub struct Decoder {
    phase: Phase,
}

impl Decoder {
    /// The inputs that `bytes` complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        for byte in bytes {
            self.phase = step(mem::take(&mut self.phase), *byte, &mut inputs);
        }
        inputs
    }

    /// Whether what is held may be keys after all, once nothing follows it shortly.
    pub fn pending(&self) -> bool {
        match &self.phase {
            Phase::Escape | Phase::EscapeTwice | Phase::Reply { length: 0, .. } => true,
            Phase::Sequence(sequence) => sequence.is_bare(),
            _ => false,
        }
    }

    /// Takes what is [pending](Self::pending) as keys: nothing followed it.
    pub fn flush(&mut self) -> Vec<Input> {
        if !self.pending() {
            return Vec::new();
        }
        let escape = Mods::default().key(KeyCode::Esc);
        let alt = |opener: u8| Mods::ALT.key(KeyCode::Char(char::from(opener)));
        match mem::take(&mut self.phase) {
            Phase::Escape => vec![escape],
            Phase::EscapeTwice => vec![escape.clone(), escape],
            Phase::Reply { opener, .. } => vec![alt(opener)],
            Phase::Sequence(sequence) if sequence.alt() => vec![escape, alt(sequence.opener())],
            Phase::Sequence(sequence) => vec![alt(sequence.opener())],
            _ => Vec::new(),
        }
    }
}

fn step(phase: Phase, byte: u8, out: &mut Vec<Input>) -> Phase {
    match phase {
        Phase::Ground => ground(byte, Mods::default(), out),
        Phase::Char(bytes, mods) => character(bytes, byte, mods, out),
        Phase::EscapeTwice => escape_twice(byte, out),
        Phase::Sequence(sequence) => sequence.step(byte, out),
        Phase::OldMouse(_) if byte < b' ' => ground(byte, Mods::default(), out),
        Phase::OldMouse(left) if left > 1 => Phase::OldMouse(left - 1),
        Phase::OldMouse(_) => Phase::Ground,
        Phase::Reply { opener, length } => reply(opener, length, byte, out),
        Phase::ReplyEscape if byte == b'\\' => Phase::Ground,
        Phase::Escape | Phase::ReplyEscape => escape(byte, out),
        Phase::Paste(paste) => match paste.take(byte) {
            Ok(text) => {
                out.push(Input::Paste(text));
                Phase::Ground
            }
            Err(paste) => Phase::Paste(paste),
        },
    }
}

/// A byte that begins something.
fn ground(byte: u8, mods: Mods, out: &mut Vec<Input>) -> Phase {
    let ctrl = Mods { ctrl: true, ..mods };
    let input = match byte {
        ESC => return Phase::Escape,
        0x80.. => return character(Vec::new(), byte, mods, out),
        b'\r' | b'\n' => mods.key(KeyCode::Enter),
        b'\t' => mods.key(KeyCode::Tab),
        0x08 | 0x7f => mods.key(KeyCode::Backspace),
        0 => ctrl.key(KeyCode::Char(' ')),
        1..=26 => ctrl.key(KeyCode::Char(char::from(byte | 0x60))),
        0x1c..=0x1f => ctrl.key(KeyCode::Char(char::from(byte | 0x40))),
        b' '..=b'~' => mods.key(KeyCode::Char(char::from(byte))),
    };
    out.push(input);
    Phase::Ground
}

/// A byte of a character of several bytes; what is no UTF-8 is dropped.
fn character(mut bytes: Vec<u8>, byte: u8, mods: Mods, out: &mut Vec<Input>) -> Phase {
    let first = bytes.is_empty();
    bytes.push(byte);
    match str::from_utf8(&bytes) {
        Ok(text) => {
            let printable = text.chars().filter(|char| !char.is_control());
            out.extend(printable.map(|char| mods.key(KeyCode::Char(char))));
            Phase::Ground
        }
        Err(error) if error.error_len().is_none() => Phase::Char(bytes, mods),
        Err(_) if first => Phase::Ground,
        // The byte did not continue the character, so it begins something of its own.
        Err(_) => ground(byte, Mods::default(), out),
    }
}

/// The byte after an escape.
fn escape(byte: u8, out: &mut Vec<Input>) -> Phase {
    match byte {
        ESC => Phase::EscapeTwice,
        b'[' | b'O' => Phase::Sequence(Sequence::new(byte, Mods::default())),
        b']' | b'P' | b'_' | b'^' | b'X' => Phase::Reply { opener: byte, length: 0 },
        // The Linux console's shift-tab; nobody's alt-tab reaches a program.
        b'\t' => {
            out.push(Mods::default().key(KeyCode::BackTab));
            Phase::Ground
        }
        _ => ground(byte, Mods::ALT, out),
    }
}

/// The byte after two escapes.
fn escape_twice(byte: u8, out: &mut Vec<Input>) -> Phase {
    match byte {
        b'[' | b'O' => Phase::Sequence(Sequence::new(byte, Mods::ALT)),
        _ => {
            out.push(Mods::default().key(KeyCode::Esc));
            escape(byte, out)
        }
    }
}

/// A byte of a reply. No reply holds other control characters, so they give the keyboard back when its end was lost.
fn reply(opener: u8, length: usize, byte: u8, out: &mut Vec<Input>) -> Phase {
    match byte {
        ESC => Phase::ReplyEscape,
        BEL => Phase::Ground,
        0..b' ' => ground(byte, Mods::default(), out),
        _ if length >= LONGEST_REPLY => Phase::Ground,
        _ => Phase::Reply { opener, length: length + 1 },
    }
}
