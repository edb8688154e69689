//! A selection in a list, kept in sight.

use super::Action;

/// Which row of a list is selected, and which is the first shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The selected row.
    pub row: usize,
    /// The first row shown.
    pub top: usize,
}

impl Selection {
    /// Moves within `len` rows, of which `height` are shown.
    pub fn act(&mut self, action: Action, len: usize, height: usize) {
        let page = height.saturating_sub(1).max(1);
        self.row = match action {
            Action::Up => self.row.saturating_sub(1),
            Action::Down => self.row + 1,
            Action::PageUp => self.row.saturating_sub(page),
            Action::PageDown => self.row + page,
            Action::Top => 0,
            Action::Bottom => len,
            _ => self.row,
        };
        self.keep(len, height);
    }

    /// Brings the selection back into a list of `len` rows, and the window around it.
    pub fn keep(&mut self, len: usize, height: usize) {
        self.row = self.row.min(len.saturating_sub(1));
        let height = height.max(1);
        // The first rows of a list are its headline: shown again as soon as the selection is near the top.
        let latest = if self.row < height { 0 } else { self.row + 1 - height };
        self.top = self.top.clamp(latest.min(self.row), self.row).min(len.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_in_the_list_and_in_sight() {
        let mut at = Selection::default();
        at.act(Action::Up, 20, 5);
        assert_eq!(at, Selection { row: 0, top: 0 });
        at.act(Action::Bottom, 20, 5);
        assert_eq!(at, Selection { row: 19, top: 15 });
        at.act(Action::PageUp, 20, 5);
        assert_eq!(at, Selection { row: 15, top: 15 });
        at.keep(3, 5);
        assert_eq!(at, Selection { row: 2, top: 0 });
        at.keep(0, 5);
        assert_eq!(at, Selection { row: 0, top: 0 });
    }
}
