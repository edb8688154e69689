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
    let page = Page { glyphs, drawing, columns: usize::from(width), depth: 0 };
    let mut layout = Layout::default();
    for (place, block) in document.blocks.iter().enumerate() {
        if width > 0 && place > 0 {
            layout.rows.push(Row { spans: Line::new(), block: place - 1 });
        }
        layout.block_starts.push(layout.rows.len());
        let lines = if width > 0 { page.block(block) } else { Vec::new() };
        layout.rows.extend(lines.into_iter().map(|spans| Row { spans: fitted(spans), block: place }));
    }
    layout.rows.shrink_to_fit();
    layout
}

/// A line without the room it was made with: a page keeps its rows as long as it is open.
fn fitted(mut line: Line) -> Line {
    for span in &mut line {
        span.text.shrink_to_fit();
    }
    line.shrink_to_fit();
    line
}

/// An empty line between two blocks.
pub(super) const GAP: &[Line] = &[Line::new()];

/// Where a block is drawn.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) glyphs: Glyphs,
    pub(super) drawing: Drawing<'a>,
    /// How wide it is here.
    pub(super) columns: usize,
    /// How many lists it is inside of.
    pub(super) depth: usize,
}

impl Page<'_> {
    /// The blocks below each other, with a gap between them.
    pub(super) fn blocks(&self, blocks: &[Block], gap: &[Line]) -> Vec<Line> {
        blocks.iter().map(|block| self.block(block)).collect::<Vec<_>>().join(gap)
    }

    fn block(&self, block: &Block) -> Vec<Line> {
        match &block.content {
            Content::Heading { level, text, .. } => self.heading(*level, text),
            Content::Paragraph(text) => wrap(&flow(text, Role::Text), self.columns),
            Content::List { start, tight, items } => self.list(*start, items, if *tight { &[] } else { GAP }),
            Content::Table { alignments, header, rows } => self.table(alignments, header, rows),
            Content::Code { lines, .. } => self.code(lines),
            Content::Quote(blocks) => self.quote(blocks),
            Content::Note { kind, title, blocks } => self.note(*kind, title, blocks),
            Content::Line { scenario } => self.drawn(scenario),
            Content::Rule => vec![self.rule()],
            Content::Footnotes(footnotes) => self.footnotes(footnotes),
        }
    }

    /// What is drawn with a prefix on its first row and another, at least as wide, on the others; without where there is
    /// no room for both.
    pub(super) fn beside(&self, first: &Span, rest: &Span, draw: impl FnOnce(&Self) -> Vec<Line>) -> Vec<Line> {
        match self.columns.checked_sub(width(&rest.text)) {
            Some(columns) if columns >= LEAST_ROOM => prefixed(draw(&Self { columns, ..*self }), first, rest),
            _ => draw(self),
        }
    }

    fn heading(&self, level: u8, text: &[Inline]) -> Vec<Line> {
        let mut lines = wrap(&flow(text, Role::Heading(level)), self.columns);
        let widest = lines.iter().map(|line| line_width(line)).max().unwrap_or(0);
        let stroke = match level {
            1 => self.glyphs.pick("═", "="),
            2 => self.glyphs.pick("─", "-"),
            _ => "",
        };
        let under = Span::new(stroke.repeat(widest), Role::Rule);
        lines.extend((!under.text.is_empty()).then(|| vec![under]));
        lines
    }

    /// Indented by two; a line too long for the width goes on after a mark.
    fn code(&self, lines: &[String]) -> Vec<Line> {
        // On the narrowest screen a line has all the columns that content may use.
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or_default();
        let tight = widest <= self.columns && widest + 2 > self.columns;
        let indent = Span::new(if tight { "" } else { "  " }, Role::Marker);
        self.beside(&indent, &indent, |page| lines.iter().flat_map(|line| page.code_line(line)).collect())
    }

    fn code_line(&self, line: &str) -> Vec<Line> {
        let code = [Span::new(line, Role::Code)];
        if line_width(&code) <= self.columns {
            return vec![code.to_vec()];
        }
        let mark = Span::new(self.glyphs.pick("↪ ", "\\ "), Role::Marker);
        self.beside(&Span::default(), &mark, |page| broken(&code, page.columns))
    }

    fn quote(&self, blocks: &[Block]) -> Vec<Line> {
        let bar = Span::new(self.glyphs.pick("│ ", "| "), Role::QuoteBar);
        self.beside(&bar, &bar, |page| page.blocks(blocks, GAP))
    }

    fn drawn(&self, scenario: &str) -> Vec<Line> {
        let columns = u16::try_from(self.columns).unwrap_or(u16::MAX);
        (self.drawing)(scenario, columns).into_iter().map(|row| row.spans).collect()
    }

    fn rule(&self) -> Line {
        vec![Span::new(self.glyphs.pick("─", "-").repeat(self.columns), Role::Rule)]
    }

    fn footnotes(&self, footnotes: &[Footnote]) -> Vec<Line> {
        let numbers: Vec<String> = footnotes.iter().map(|footnote| format!("[{}] ", footnote.number)).collect();
        let widest = numbers.iter().map(|number| width(number)).max().unwrap_or(0);
        let indent = Span::new(pad(widest, 0), Role::Marker);
        let drawn = numbers.iter().zip(footnotes).flat_map(|(number, footnote)| {
            let number = Span::new(format!("{number:widest$}"), Role::Footnote);
            self.beside(&number, &indent, |page| page.blocks(&footnote.blocks, GAP))
        });
        std::iter::once(self.rule()).chain(drawn).collect()
    }
}

/// Fills a line up with spaces.
pub(super) fn padded(mut line: Line, columns: usize) -> Line {
    let used = line_width(&line);
    push(&mut line, &pad(columns, used), Role::Text);
    line
}
