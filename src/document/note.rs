//! Notes: a frame whose first words say what kind it is, so that no reader depends on its colour.

use super::layout::{GAP, Page, padded};
use super::row::Line;
use super::wrap::wrap;
use super::{Block, NoteKind, Role, Span, width};

/// Below so many columns a bar takes the place of the frame.
const NARROWEST_FRAME: usize = 24;

impl Page<'_> {
    pub(super) fn note(&self, kind: NoteKind, title: &str, blocks: &[Block]) -> Vec<Line> {
        let word = kind.word().to_uppercase();
        let heading = if title.is_empty() { word.clone() } else { format!("{word}: {title}") };
        let frame = Role::NoteFrame(kind);
        if self.columns < NARROWEST_FRAME {
            let bar = Span::new(self.glyphs.pick("│ ", "| "), frame);
            return self.beside(&bar, &bar, |page| page.titled(kind, &heading, blocks));
        }
        let page = Page { columns: self.columns - 4, depth: 0, ..*self };
        // A title too long for the frame's edge is wrapped inside it.
        let (edge, body) = if width(&heading) <= page.columns - 2 {
            (heading, page.blocks(blocks, GAP))
        } else {
            (word, page.titled(kind, title, blocks))
        };
        let sides = body.into_iter().map(|line| page.framed(line, frame));
        std::iter::once(self.top(kind, &edge)).chain(sides).chain([self.bottom(frame)]).collect()
    }

    fn titled(&self, kind: NoteKind, heading: &str, blocks: &[Block]) -> Vec<Line> {
        let title = wrap(&[vec![Span::new(heading, Role::NoteTitle(kind))]], self.columns);
        let body = self.blocks(blocks, GAP);
        if body.is_empty() { title } else { [title, body].join(GAP) }
    }

    fn top(&self, kind: NoteKind, edge: &str) -> Line {
        let frame = Role::NoteFrame(kind);
        let rest = self.glyphs.pick("─", "-").repeat(self.columns.saturating_sub(width(edge) + 5));
        vec![
            Span::new(self.glyphs.pick("╭─ ", "+- "), frame),
            Span::new(edge, Role::NoteTitle(kind)),
            Span::new(format!(" {rest}{}", self.glyphs.pick("╮", "+")), frame),
        ]
    }

    fn framed(&self, line: Line, frame: Role) -> Line {
        let mut framed = vec![Span::new(self.glyphs.pick("│ ", "| "), frame)];
        framed.extend(padded(line, self.columns));
        framed.push(Span::new(self.glyphs.pick(" │", " |"), frame));
        framed
    }

    fn bottom(&self, frame: Role) -> Line {
        let side = self.glyphs.pick("─", "-").repeat(self.columns - 2);
        vec![Span::new(format!("{}{side}{}", self.glyphs.pick("╰", "+"), self.glyphs.pick("╯", "+")), frame)]
    }
}
