//! A text in a window: its rows laid out for a width, and the first one shown.

use crate::document::{Layout, Row};

use super::Action;

/// A text in a window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pane {
    /// The rows, for the width at hand.
    pub layout: Layout,
    /// The first row shown.
    pub top: usize,
    /// Rows the window shows.
    pub height: usize,
    /// First and last row of each choice, where the text offers any.
    pub choices: Vec<(usize, usize)>,
}

impl Pane {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.layout.rows.len()
    }

    /// Scrolls.
    pub(super) fn scroll(&mut self, action: Action) {
        let wanted = scrolled(self.top, action, self.rows(), self.height);
        let turned = action == Action::PageDown && wanted < last_top(self.rows(), self.height);
        self.top = if turned { self.page_start(wanted) } else { wanted };
    }

    /// Where a page begins that could begin at `row`: not at an empty row, and not below a heading that would be left alone.
    fn page_start(&self, row: usize) -> usize {
        let Some(here) = self.layout.rows.get(row) else { return row };
        let first = self.layout.block_starts.get(here.block).copied().unwrap_or(row);
        match self.layout.rows.get(first) {
            Some(title) if first > self.top && title.is_heading() => first,
            _ if here.spans.is_empty() => row + 1,
            _ => row,
        }
    }

    /// Brings a window of `height` rows back into the text.
    pub(super) fn fit(&mut self, height: u16) {
        self.height = height.into();
        self.top = self.top.min(last_top(self.rows(), self.height));
    }

    /// Shows the first row again.
    pub(super) const fn rewind(&mut self) {
        self.top = 0;
    }

    /// Scrolls just enough to show the rows of a choice.
    pub(super) fn reveal(&mut self, choice: usize) {
        let Some((first, last)) = self.choices.get(choice).copied() else { return };
        if last >= self.top + self.height {
            self.top = (last + 1).saturating_sub(self.height);
        }
        self.top = self.top.min(first);
    }

    /// The choice a row of the window belongs to.
    pub(super) fn choice_at(&self, row: usize) -> Option<usize> {
        let row = self.top + row;
        self.choices.iter().position(|(first, last)| (*first..=*last).contains(&row))
    }

    /// The rows in sight.
    pub fn shown(&self) -> &[Row] {
        let end = (self.top + self.height).min(self.rows());
        self.layout.rows.get(self.top..end).unwrap_or_default()
    }

    /// Rows above and below the window.
    pub fn hidden(&self) -> (usize, usize) {
        (self.top, self.rows().saturating_sub(self.top + self.height))
    }

    /// The end of the text is in sight.
    pub fn at_end(&self) -> bool {
        self.hidden().1 == 0
    }
}

/// The latest first row that still fills the window.
pub(super) const fn last_top(rows: usize, height: usize) -> usize {
    rows.saturating_sub(height)
}

/// Where a window of `height` rows whose first is `top` stands after `action`.
/// A page leaves one row in sight, so that the eye finds its place.
pub(super) fn scrolled(top: usize, action: Action, rows: usize, height: usize) -> usize {
    let page = height.saturating_sub(1).max(1);
    let wanted = match action {
        Action::Up => top.saturating_sub(1),
        Action::Down => top + 1,
        Action::PageUp => top.saturating_sub(page),
        Action::PageDown => top + page,
        Action::Top => 0,
        Action::Bottom => rows,
        _ => top,
    };
    wanted.min(last_top(rows, height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Glyphs, layout};

    #[test]
    fn scrolling_stays_within_the_text() {
        assert_eq!(scrolled(0, Action::Up, 10, 4), 0);
        assert_eq!(scrolled(0, Action::PageDown, 10, 4), 3);
        assert_eq!(scrolled(5, Action::PageDown, 10, 4), 6);
        assert_eq!(scrolled(0, Action::Bottom, 10, 4), 6);
        assert_eq!(scrolled(0, Action::Down, 3, 4), 0, "a short text does not move");
    }

    #[test]
    fn a_page_begins_at_the_heading_that_stood_at_the_foot_of_the_one_before_and_never_with_nothing() {
        let text = "one\n\ntwo\n\n# Three\n\nfour\n\nfive\n\nsix\n\nseven\n";
        let layout = layout(&Document::parse(text).0, 20, Glyphs::Unicode, &|_, _| Vec::new());
        let mut tops = Vec::new();
        for height in 3..8 {
            let mut pane = Pane { layout: layout.clone(), height, ..Pane::default() };
            while !pane.at_end() {
                pane.scroll(Action::PageDown);
                tops.push((height, pane.shown().first().map(Row::text).unwrap_or_default(), pane.at_end()));
            }
        }
        let alone = tops.iter().filter(|(_, first, end)| !end && (first.is_empty() || first.starts_with('═')));
        assert_eq!(alone.count(), 0, "{tops:?}");
        assert!(tops.iter().any(|(_, first, _)| first == "Three"), "{tops:?}");
    }

    #[test]
    fn a_choice_is_scrolled_into_sight_and_found_under_a_click() {
        let mut pane = Pane { choices: vec![(1, 2), (8, 10)], ..Pane::default() };
        pane.layout.rows = vec![Row::default(); 12];
        pane.fit(5);
        pane.reveal(1);
        assert_eq!(pane.top, 6);
        assert_eq!(pane.choice_at(3), Some(1));
        pane.reveal(0);
        assert_eq!(pane.top, 1);
        assert_eq!(pane.choice_at(4), None);
    }
}
