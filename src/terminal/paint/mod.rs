//! Frames -> bytes: only what changed since the frame before, and nothing when nothing did.
//!
//! Modes are crossterm's commands, but cells are not written by ratatui's crossterm backend: it asks the process's environment for `NO_COLOR` (a hosted
//! session must not), writes the sixteen colours as entries of a palette that sixteen-colour terminals need not have, and
//! spends 32 bytes on a frame that did not change.

mod brush;
mod diff;
mod pen;
mod prepare;
mod shown;
#[cfg(test)]
mod tests;

use crossterm::{
    Command,
    cursor::{Hide, Show},
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen},
};
use ratatui::buffer::Buffer;

use crate::app::Look;

use brush::Brush;
use shown::Shown;

/// Takes a terminal over: its other screen, no cursor, pastes marked as such.
fn enter() -> String {
    ansi(EnterAlternateScreen) + &ansi(Hide) + PASTE_ON
}

/// Undoes everything a painter can have done to a terminal, whatever it was at.
pub fn give_back() -> String {
    let painted = ansi(EndSynchronizedUpdate) + "\x1b[m" + MOUSE_OFF + PASTE_OFF;
    painted + &ansi(Show) + &ansi(LeaveAlternateScreen)
}

/// Clicks and the wheel only. Crossterm's own command asks for every movement as well, which is traffic for nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Pastes marked as such. Crossterm has the command among its event readers, of which nothing else is used here.
const PASTE_ON: &str = "\x1b[?2004h";
const PASTE_OFF: &str = "\x1b[?2004l";

/// The bytes of a command.
fn ansi(command: impl Command) -> String {
    let mut bytes = String::new();
    // A string takes whatever is written to it.
    let _ = command.write_ansi(&mut bytes);
    bytes
}

/// An update longer than this is shown at once, by terminals that know how; for a shorter one it costs more than it gives.
const LARGE: usize = 256;

/// A place on the screen: column and row, from zero.
pub type Place = (u16, u16);

/// What a terminal shows, so far as the bytes written to it say.
#[derive(Debug, Default)]
pub struct Painter {
    entered: bool,
    mouse: bool,
    shown: Option<Shown>,
    cursor: Option<Place>,
}

impl Painter {
    /// Bytes that show `frame` with the cursor at `cursor`; the first ones take the terminal over.
    pub fn paint(&mut self, mut frame: Buffer, cursor: Option<Place>, look: Look) -> Vec<u8> {
        prepare::prepare(&mut frame, look.colours);
        let mut out = self.modes(look);
        let mut changes = Brush::default();
        let frame = Shown::of(&frame);
        let before = self.shown.take().filter(|shown| shown.area == frame.area).unwrap_or_else(|| {
            changes.clear();
            Shown::of(&Buffer::empty(frame.area))
        });
        paint_changes(&mut changes, &before, &frame);
        self.place_cursor(&mut changes, cursor);
        self.shown = Some(frame);
        append(&mut out, &changes.finish());
        out.into_bytes()
    }

    /// Bytes that give the terminal back as it was; none when it was not taken over.
    pub fn leave(&mut self) -> Vec<u8> {
        let out = if self.entered { give_back() } else { String::new() };
        self.forget();
        out.into_bytes()
    }

    /// Forgets what the terminal shows: another program may have written on it.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    fn modes(&mut self, look: Look) -> String {
        let mut out = String::new();
        if !self.entered {
            self.entered = true;
            out.push_str(&enter());
        }
        if self.mouse != look.mouse {
            self.mouse = look.mouse;
            out.push_str(if look.mouse { MOUSE_ON } else { MOUSE_OFF });
        }
        out
    }

    fn place_cursor(&mut self, changes: &mut Brush, cursor: Option<Place>) {
        let moved = self.cursor != cursor || !changes.is_clean();
        match cursor {
            Some(place) if moved => changes.rest_at(place),
            _ => {}
        }
        match (self.cursor, cursor) {
            (None, Some(_)) => changes.command(&ansi(Show)),
            (Some(_), None) => changes.command(&ansi(Hide)),
            _ => {}
        }
        self.cursor = cursor;
    }
}

fn paint_changes(brush: &mut Brush, before: &Shown, frame: &Shown) {
    for (row, changes) in diff::changes(before, frame) {
        let blank = row.blank_from();
        let (inked, blanks) = changes.split_at(changes.partition_point(|((x, _), ..)| usize::from(*x) < blank));
        for (place, symbol, pen) in inked {
            brush.draw(*place, symbol, *pen);
        }
        if let Some((place, ..)) = blanks.first() {
            brush.erase_line_from(*place);
        }
    }
}

fn append(out: &mut String, changes: &str) {
    if changes.len() <= LARGE {
        out.push_str(changes);
    } else {
        out.extend([&ansi(BeginSynchronizedUpdate), changes, &ansi(EndSynchronizedUpdate)]);
    }
}
