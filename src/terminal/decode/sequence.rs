//! Control sequences (CSI) and single shifts (SS3): keys as xterm, the Linux console and rxvt send them, and the mouse.

use crate::app::{Input, KeyCode};

use super::{ESC, Mods, Paste, Phase, ground};

/// The most of a sequence that is looked at; a longer one is swallowed.
const LONGEST_SEQUENCE: usize = 32;

/// A sequence under way.
#[derive(Debug)]
pub(super) struct Sequence {
    opener: u8,
    mods: Mods,
    body: Vec<u8>,
}

impl Sequence {
    pub(super) const fn new(opener: u8, mods: Mods) -> Self {
        Self { opener, mods, body: Vec::new() }
    }

    /// Nothing but its opener has come.
    pub(super) const fn is_bare(&self) -> bool {
        self.body.is_empty()
    }

    pub(super) const fn opener(&self) -> u8 {
        self.opener
    }

    pub(super) const fn alt(&self) -> bool {
        self.mods.alt
    }

    pub(super) fn step(self, byte: u8, out: &mut Vec<Input>) -> Phase {
        match (self.opener, self.body.as_slice(), byte) {
            (_, _, ESC) => Phase::Escape,
            (b'[', b"", b'M') => Phase::OldMouse(3),
            (b'[', b"200", b'~') => Phase::Paste(Paste::default()),
            // Where others go on, rxvt's shifted keys end.
            (b'[', body, b'$') if is_number(body) => self.end(byte, out),
            // The Linux console's function keys have a second bracket.
            (b'[', b"", b'[') | (b'[', _, b' '..=b'?') | (_, _, b'0'..=b'9' | b';') => self.more(byte),
            (_, _, b' '..=b'~') => self.end(byte, out),
            _ => ground(byte, Mods::default(), out),
        }
    }

    fn more(mut self, byte: u8) -> Phase {
        if self.body.len() <= LONGEST_SEQUENCE {
            self.body.push(byte);
        }
        Phase::Sequence(self)
    }

    fn end(&self, last: u8, out: &mut Vec<Input>) -> Phase {
        if self.body.len() <= LONGEST_SEQUENCE {
            out.extend(self.read(last));
        }
        Phase::Ground
    }

    fn read(&self, last: u8) -> Option<Input> {
        if let Some(report) = self.body.strip_prefix(b"<") {
            return mouse(report, last);
        }
        if self.body == b"[" {
            return Some(self.mods.key(KeyCode::F(last.checked_sub(b'@').filter(|number| (1..=5).contains(number))?)));
        }
        let (number, mods) = match numbers(&self.body)?.as_slice() {
            [] => (1, self.mods),
            [number] => (*number, self.mods),
            [number, mods] => (*number, modified(self.mods, *mods)),
            _ => return None,
        };
        match last {
            b'~' | b'$' => Some(mods.key(numbered(number)?)),
            b'^' | b'@' => Some(Mods { ctrl: true, ..mods }.key(numbered(number)?)),
            b'a'..=b'd' if self.opener == b'O' => Some(Mods { ctrl: true, ..mods }.key(lettered(last)?)),
            _ if number == 1 => Some(mods.key(lettered(last)?)),
            _ => None,
        }
    }
}

fn is_number(body: &[u8]) -> bool {
    !body.is_empty() && body.iter().all(u8::is_ascii_digit)
}

/// Numbers between semicolons; a number left out is 1.
fn numbers(body: &[u8]) -> Option<Vec<u16>> {
    if body.is_empty() {
        return Some(Vec::new());
    }
    let read = |part: &[u8]| if part.is_empty() { Some(1) } else { str::from_utf8(part).ok()?.parse().ok() };
    body.split(|byte| *byte == b';').map(read).collect()
}

/// Modifiers as xterm counts them: one, and shift 1, alt 2, control 4, meta 8.
const fn modified(mods: Mods, number: u16) -> Mods {
    let bits = number.saturating_sub(1);
    Mods { ctrl: mods.ctrl || bits & 4 != 0, alt: mods.alt || bits & (2 | 8) != 0 }
}

fn lettered(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' | b'a' => KeyCode::Up,
        b'B' | b'b' => KeyCode::Down,
        b'C' | b'c' => KeyCode::Right,
        b'D' | b'd' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'Z' => KeyCode::BackTab,
        b'P'..=b'S' => KeyCode::F(last - b'O'),
        _ => return None,
    })
}

fn numbered(number: u16) -> Option<KeyCode> {
    // The DEC keyboard left gaps between its groups of function keys.
    let function = |gap| u8::try_from(number - gap).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(10),
        17..=21 => function(11),
        23..=26 => function(12),
        28..=29 => function(13),
        31..=34 => function(14),
        _ => None,
    }
}

/// A report in the SGR form: button, column, row; `M` is a press.
fn mouse(report: &[u8], last: u8) -> Option<Input> {
    let [button, column, row] = numbers(report)?.try_into().ok()?;
    // Shift, alt and control held with the button change nothing.
    match (button & !(4 | 8 | 16), last) {
        (0, b'M') => Some(Input::Click { column: column.checked_sub(1)?, row: row.checked_sub(1)? }),
        (64, b'M') => Some(Input::Wheel(-1)),
        (65, b'M') => Some(Input::Wheel(1)),
        _ => None,
    }
}

#[cfg(test)]
impl Sequence {
    pub(super) fn held(&self) -> usize {
        self.body.len()
    }
}
