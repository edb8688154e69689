//! Lists: a mark in the margin, the item beside it.

use super::layout::{Page, beside};
use super::measure::pad;
use super::row::Line;
use super::{Item, Role, Span, width};

impl Page<'_> {
    /// Numbers are aligned at their full stops. `(depth, tight)` say how deep lists are nested here and whether the
    /// items follow each other without empty lines.
    pub(super) fn list(
        &self,
        start: Option<u64>,
        items: &[Item],
        columns: usize,
        (depth, tight): (usize, bool),
    ) -> Vec<Line> {
        let marks: Vec<String> = (0..).zip(items).map(|(place, item)| self.mark(start, place, item, depth)).collect();
        let widest = marks.iter().map(|mark| width(mark)).max().unwrap_or(0);
        let gap: &[Line] = if tight { &[] } else { &[Line::new()] };
        let drawn = marks.iter().zip(items).map(|(mark, item)| {
            let mark = if start.is_some() { format!("{mark:>widest$}") } else { format!("{mark:widest$}") };
            let indent = Span::new(pad(widest, 0), Role::Marker);
            beside(&Span::new(mark, Role::Marker), &indent, columns, |room| {
                let lines = self.blocks(&item.blocks, room, depth + 1, gap);
                // An empty item is still an item.
                if lines.is_empty() { vec![Line::new()] } else { lines }
            })
        });
        drawn.collect::<Vec<_>>().join(gap)
    }

    fn mark(&self, start: Option<u64>, place: u64, item: &Item, depth: usize) -> String {
        let number = start.map(|start| format!("{}. ", start.saturating_add(place)));
        let task = item.task.map(|done| if done { "[x] " } else { "[ ] " });
        let bullet = match depth % 3 {
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
