//! Notes: a frame whose first words say what kind it is, so that no reader depends on its colour.

use super::layout::{Page, beside, padded};
use super::row::Line;
use super::wrap::wrap;
use super::{Block, NoteKind, Role, Span, width};

/// Below so many columns a bar takes the place of the frame.
const NARROWEST_FRAME: usize = 24;

impl Page<'_> {
    pub(super) fn note(&self, kind: NoteKind, title: &str, blocks: &[Block], columns: usize) -> Vec<Line> {
        let word = kind.word().to_uppercase();
        let heading = if title.is_empty() { word.clone() } else { format!("{word}: {title}") };
        let frame = Role::NoteFrame(kind);
        if columns < NARROWEST_FRAME {
            let bar = Span::new(self.glyphs.pick("│ ", "| "), frame);
            return beside(&bar, &bar, columns, |room| self.titled(kind, &heading, blocks, room));
        }
        let room = columns - 4;
        let body = self.blocks(blocks, room, 0, &[Line::new()]);
        // A title too long for the frame's edge is wrapped inside it.
        let (edge, body) =
            if width(&heading) <= room - 2 { (heading, body) } else { (word, self.titled(kind, title, blocks, room)) };
        let sides = body.into_iter().map(|line| self.framed(line, frame, room));
        let top = self.top(kind, &edge, columns);
        std::iter::once(top).chain(sides).chain([self.bottom(frame, columns)]).collect()
    }

    fn titled(&self, kind: NoteKind, heading: &str, blocks: &[Block], room: usize) -> Vec<Line> {
        let title = wrap(&[vec![Span::new(heading, Role::NoteTitle(kind))]], room);
        title.into_iter().chain(self.blocks(blocks, room, 0, &[Line::new()])).collect()
    }

    fn top(&self, kind: NoteKind, edge: &str, columns: usize) -> Line {
        let frame = Role::NoteFrame(kind);
        let rest = self.glyphs.pick("─", "-").repeat(columns.saturating_sub(width(edge) + 5));
        vec![
            Span::new(self.glyphs.pick("╭─ ", "+- "), frame),
            Span::new(edge, Role::NoteTitle(kind)),
            Span::new(format!(" {rest}{}", self.glyphs.pick("╮", "+")), frame),
        ]
    }

    fn framed(&self, line: Line, frame: Role, room: usize) -> Line {
        let mut framed = vec![Span::new(self.glyphs.pick("│ ", "| "), frame)];
        framed.extend(padded(line, room));
        framed.push(Span::new(self.glyphs.pick(" │", " |"), frame));
        framed
    }

    fn bottom(&self, frame: Role, columns: usize) -> Line {
        let side = self.glyphs.pick("─", "-").repeat(columns - 2);
        vec![Span::new(format!("{}{side}{}", self.glyphs.pick("╰", "+"), self.glyphs.pick("╯", "+")), frame)]
    }
}
