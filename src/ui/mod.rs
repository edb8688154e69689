//! State -> buffer. A frame is a pure function of the state.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::app::State;

/// Draws the state.
pub fn frame(state: &State) -> Buffer {
    Buffer::empty(Rect::new(0, 0, state.size.width, state.size.height))
}

/// Where the cursor is seen: in a field of text.
pub fn cursor(_state: &State) -> Option<(u16, u16)> {
    None
}
