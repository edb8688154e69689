//! A document's shape at a width: which words stand on which row.
//!
//! A pure function of document, width and glyphs, so whoever scrolls and whoever draws agree without talking to each
//! other, and a row that once was right is right after any resize.

use super::measure::pad;
use super::row::{Line, line_width, prefixed, push};
use super::wrap::{broken, flow, wrap};
use super::{Block, Content, Document, Footnote, Glyphs, Inline, Role, Row, Span, width};

/// Draws a scenario's line for the `:::line` directive, given its id and the columns there are.
pub type Drawing<'a> = &'a dyn Fn(&str, u16) -> Vec<Row>;

/// Below so many columns, text is more use than what would stand beside it.
const LEAST_ROOM: usize = 4;

/// A document's rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// From top to bottom; an empty one between blocks, none at the end.
    pub rows: Vec<Row>,
    /// The first row of each block.
    pub block_starts: Vec<usize>,
}

/// Lays a document out; no row is wider than the width, apart from what the drawing makes wider.
pub fn layout(document: &Document, width: u16, glyphs: Glyphs, drawing: Drawing<'_>) -> Layout {
    let page = Page { glyphs, drawing };
    let mut layout = Layout::default();
    for (place, block) in document.blocks.iter().enumerate() {
        if width > 0 && place > 0 {
            layout.rows.push(Row { spans: Line::new(), block: place - 1 });
        }
        layout.block_starts.push(layout.rows.len());
        let lines = if width > 0 { page.block(block, usize::from(width), 0) } else { Vec::new() };
        layout.rows.extend(lines.into_iter().map(|spans| Row { spans, block: place }));
    }
    layout
}

/// What every block needs to know to draw itself.
pub(super) struct Page<'a> {
    pub(super) glyphs: Glyphs,
    drawing: Drawing<'a>,
}

impl Page<'_> {
    /// The blocks below each other, with an empty line between them unless they are the parts of a tight item.
    pub(super) fn blocks(&self, blocks: &[Block], columns: usize, depth: usize, gap: &[Line]) -> Vec<Line> {
        let drawn: Vec<_> = blocks.iter().map(|block| self.block(block, columns, depth)).collect();
        drawn.join(gap)
    }

    fn block(&self, block: &Block, columns: usize, depth: usize) -> Vec<Line> {
        match &block.content {
            Content::Heading { level, text, .. } => self.heading(*level, text, columns),
            Content::Paragraph(text) => wrap(&flow(text, Role::Text), columns),
            Content::List { start, tight, items } => self.list(*start, items, columns, (depth, *tight)),
            Content::Table { alignments, header, rows } => self.table(alignments, header, rows, columns),
            Content::Code { lines, .. } => self.code(lines, columns),
            Content::Quote(blocks) => self.quote(blocks, columns, depth),
            Content::Note { kind, title, blocks } => self.note(*kind, title, blocks, columns),
            Content::Line { scenario } => self.drawn(scenario, columns),
            Content::Rule => vec![self.rule(columns)],
            Content::Footnotes(footnotes) => self.footnotes(footnotes, columns),
        }
    }

    fn heading(&self, level: u8, text: &[Inline], columns: usize) -> Vec<Line> {
        let mut lines = wrap(&flow(text, Role::Heading(level)), columns);
        let widest = lines.iter().map(|line| line_width(line)).max().unwrap_or(0);
        let under = match level {
            1 => self.glyphs.pick("═", "="),
            2 => self.glyphs.pick("─", "-"),
            _ => "",
        };
        if !lines.is_empty() && !under.is_empty() {
            lines.push(vec![Span::new(under.repeat(widest), Role::Rule)]);
        }
        lines
    }

    /// Indented by two; a line too long for the width goes on after a mark.
    fn code(&self, lines: &[String], columns: usize) -> Vec<Line> {
        let indent = Span::new(if columns >= LEAST_ROOM + 2 { "  " } else { "" }, Role::Marker);
        let mark = Span::new(if columns > LEAST_ROOM + 2 { self.glyphs.pick("↪ ", "\\ ") } else { "" }, Role::Marker);
        let room = columns - width(&indent.text);
        let row = |line: &String| {
            let line = [Span::new(line.as_str(), Role::Code)];
            if line_width(&line) <= room {
                return vec![line.to_vec()];
            }
            let pieces = broken(&line, room - width(&mark.text));
            prefixed(pieces, &Span::new(pad(width(&mark.text), 0), Role::Marker), &mark)
        };
        let drawn = lines.iter().flat_map(row).collect();
        prefixed(drawn, &indent, &indent)
    }

    fn quote(&self, blocks: &[Block], columns: usize, depth: usize) -> Vec<Line> {
        let bar = Span::new(self.glyphs.pick("│ ", "| "), Role::QuoteBar);
        beside(&bar, &bar, columns, |room| self.blocks(blocks, room, depth, &[Line::new()]))
    }

    fn drawn(&self, scenario: &str, columns: usize) -> Vec<Line> {
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        (self.drawing)(scenario, columns).into_iter().map(|row| row.spans).collect()
    }

    fn rule(&self, columns: usize) -> Line {
        vec![Span::new(self.glyphs.pick("─", "-").repeat(columns), Role::Rule)]
    }

    fn footnotes(&self, footnotes: &[Footnote], columns: usize) -> Vec<Line> {
        let widest = footnotes.iter().map(|footnote| format!("[{}] ", footnote.number).len()).max().unwrap_or(0);
        let drawn = footnotes.iter().flat_map(|footnote| {
            let number = Span::new(format!("{:widest$}", format!("[{}]", footnote.number)), Role::Footnote);
            let indent = Span::new(pad(widest, 0), Role::Marker);
            beside(&number, &indent, columns, |room| self.blocks(&footnote.blocks, room, 0, &[Line::new()]))
        });
        std::iter::once(self.rule(columns)).chain(drawn).collect()
    }
}

/// What is drawn with a prefix on its first row and another, of the same width, on the others; without where there
/// is no room for both.
pub(super) fn beside(first: &Span, rest: &Span, columns: usize, draw: impl FnOnce(usize) -> Vec<Line>) -> Vec<Line> {
    match columns.checked_sub(width(&first.text)) {
        Some(room) if room >= LEAST_ROOM => prefixed(draw(room), first, rest),
        _ => draw(columns),
    }
}

/// Fills a line up with spaces.
pub(super) fn padded(mut line: Line, columns: usize) -> Line {
    let used = line_width(&line);
    push(&mut line, &pad(columns, used), Role::Text);
    line
}
