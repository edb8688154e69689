//! Lists: a mark in the margin, the item beside it.

use super::layout::Page;
use super::measure::pad;
use super::row::Line;
use super::{Item, Role, Span, width};

impl Page<'_> {
    /// The gap stands between the items and between the blocks of an item. Numbers are aligned at their full stops.
    pub(super) fn list(&self, start: Option<u64>, items: &[Item], gap: &[Line]) -> Vec<Line> {
        let marks: Vec<String> = (0..).zip(items).map(|(place, item)| self.mark(start, place, item.task)).collect();
        let widest = marks.iter().map(|mark| width(mark)).max().unwrap_or(0);
        let indent = Span::new(pad(widest, 0), Role::Marker);
        let drawn = marks.iter().zip(items).map(|(mark, item)| {
            let mark = if start.is_some() { format!("{mark:>widest$}") } else { format!("{mark:widest$}") };
            self.beside(&Span::new(mark, Role::Marker), &indent, |page| {
                let lines = Page { depth: page.depth + 1, ..*page }.blocks(&item.blocks, gap);
                // An empty item is still an item.
                if lines.is_empty() { vec![Line::new()] } else { lines }
            })
        });
        drawn.collect::<Vec<_>>().join(gap)
    }

    fn mark(&self, start: Option<u64>, place: u64, task: Option<bool>) -> String {
        let number = start.map(|start| format!("{}. ", start.saturating_add(place)));
        let task = task.map(|done| if done { "[x] " } else { "[ ] " });
        let bullet = match self.depth % 3 {
            0 => self.glyphs.pick("• ", "- "),
            1 => self.glyphs.pick("◦ ", "* "),
            _ => self.glyphs.pick("▪ ", "+ "),
        };
        match (number, task) {
            (Some(number), task) => number + task.unwrap_or_default(),
            (None, Some(task)) => task.to_owned(),
            (None, None) => bullet.to_owned(),
        }
    }
}
