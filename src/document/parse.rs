//! From Markdown to blocks.
//!
//! CommonMark gives every text a meaning, so parsing never fails: what an author should mend is reported beside a
//! document that still holds every word. One reader descends through the parser's events; its depth is bounded, so a
//! hostile text cannot exhaust the stack here or wherever the blocks are walked.

use std::collections::BTreeMap;
use std::iter::Peekable;

use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Options, Parser, Tag, TagEnd};

use super::directive::{Directive, mask};
use super::footnote::Footnotes;
use super::inline::{Collector, is_running};
use super::outline::{Slugs, words};
use super::printable::one_line;
use super::source::Source;
use super::{Alignment, Block, Content, Document, Inline, Issue, Item, Problem};

/// Lists, quotes, notes and footnotes inside each other.
pub(super) const MAX_DEPTH: usize = 12;

pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

impl Document {
    /// Reads Markdown. The document is whole whatever is wrong with it; the mistakes come in the order of the text.
    pub fn parse(markdown: &str) -> (Self, Vec<Issue>) {
        let (masked, directives) = mask(markdown);
        let mut reader = Reader {
            events: Parser::new_ext(&masked, OPTIONS).into_offset_iter().peekable(),
            source: Source::new(&masked),
            directives,
            footnotes: Footnotes::default(),
            slugs: Slugs::default(),
            task: None,
            depth: 0,
            issues: Vec::new(),
        };
        let blocks = reader.blocks(Scope::Markdown).0;
        reader.finish(blocks)
    }
}

pub(super) struct Reader<'a> {
    pub(super) events: Peekable<OffsetIter<'a>>,
    pub(super) source: Source<'a>,
    pub(super) directives: BTreeMap<usize, Directive>,
    pub(super) footnotes: Footnotes,
    slugs: Slugs,
    /// Set by a tick box until the item it belongs to is complete.
    pub(super) task: Option<bool>,
    pub(super) depth: usize,
    issues: Vec<Issue>,
}

/// Whose blocks are being read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Markdown,
    Note,
}

/// Why there are no more.
#[derive(PartialEq, Eq)]
pub(super) enum Stop {
    End,
    Closed,
}

impl<'a> Reader<'a> {
    fn finish(mut self, mut blocks: Vec<Block>) -> (Document, Vec<Issue>) {
        for (label, offset) in self.footnotes.unused() {
            self.report(offset, Problem::UnusedFootnote(one_line(&label)));
        }
        let source = self.source;
        blocks.extend(self.footnotes.gathered(|offset| source.line(offset)));
        self.issues.sort_by_key(|issue| (issue.line, issue.column));
        (Document { blocks }, self.issues)
    }

    pub(super) fn report(&mut self, offset: usize, problem: Problem) {
        let (line, column) = self.source.place(offset);
        self.issues.push(Issue { line, column, problem });
    }

    /// The blocks up to an end, which is left to the caller, or through the line that closes the note.
    pub(super) fn blocks(&mut self, scope: Scope) -> (Vec<Block>, Stop) {
        let mut blocks = Vec::new();
        while let Some(offset) = self.next_block() {
            let line = self.source.line(offset);
            let content = match self.events.next_if(|(event, _)| !is_running(event)) {
                None => Some(Content::Paragraph(self.inlines())),
                Some((Event::Html(html), _)) => match self.directive(&html, line) {
                    None => Some(self.raw_html(&html, offset)),
                    Some(Directive::Close) if scope == Scope::Note => return (blocks, Stop::Closed),
                    Some(directive) => self.obey(directive, offset),
                },
                Some((Event::Rule, _)) => Some(Content::Rule),
                Some((Event::Start(tag), _)) => self.container(tag, offset),
                Some(_) => None,
            };
            blocks.extend(content.map(|content| Block { line, content }));
        }
        (blocks, Stop::End)
    }

    /// Offset of the next event unless it ends the blocks being read. The end of HTML ends nothing: a directive's block
    /// is over before what it opens has begun.
    fn next_block(&mut self) -> Option<usize> {
        match self.events.peek()? {
            (Event::End(end), _) if *end != TagEnd::HtmlBlock => None,
            (_, range) => Some(range.start),
        }
    }

    /// The blocks of something that has begun, and its end.
    fn children(&mut self) -> Vec<Block> {
        let blocks = self.blocks(Scope::Markdown).0;
        self.events.next();
        blocks
    }

    fn container(&mut self, tag: Tag<'a>, offset: usize) -> Option<Content> {
        match tag {
            Tag::Heading { level, .. } => Some(self.heading(level as u8)),
            Tag::CodeBlock(kind) => Some(self.code(&kind)),
            Tag::Table(alignments) => Some(self.table(&alignments)),
            Tag::BlockQuote(_) => Some(self.deeper(offset, Self::children).map_or_else(|flat| flat, Content::Quote)),
            Tag::List(start) => Some(self.deeper(offset, |reader| reader.list(start)).unwrap_or_else(|flat| flat)),
            Tag::FootnoteDefinition(label) => {
                let line = self.source.line(offset);
                let blocks = self.deeper(offset, Self::children);
                let blocks = blocks.unwrap_or_else(|flat| vec![Block { line, content: flat }]);
                self.footnotes.define(&label, offset, blocks);
                None
            }
            Tag::HtmlBlock => None,
            _ => Some(Content::Paragraph(self.ended_inlines())),
        }
    }

    /// What is read one level deeper, or all its words as one paragraph where that is too deep.
    pub(super) fn deeper<T>(&mut self, offset: usize, read: impl FnOnce(&mut Self) -> T) -> Result<T, Content> {
        if self.depth >= MAX_DEPTH {
            self.report_depth(offset);
            return Err(Content::Paragraph(self.flattened()));
        }
        self.depth += 1;
        let content = read(self);
        self.depth -= 1;
        Ok(content)
    }

    /// Once is enough: what is nested deeper still has the same cure.
    pub(super) fn report_depth(&mut self, offset: usize) {
        if !self.issues.iter().any(|issue| issue.problem == Problem::TooDeep) {
            self.report(offset, Problem::TooDeep);
        }
    }

    fn flattened(&mut self) -> Vec<Inline> {
        let mut words = Collector::default();
        let mut open = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    words.text(&text);
                    words.text(" ");
                }
                _ => words.text(" "),
            }
            if open == 0 {
                break;
            }
        }
        words.finish()
    }

    /// Running text, and the end of what it stands in.
    fn ended_inlines(&mut self) -> Vec<Inline> {
        let text = self.inlines();
        self.events.next();
        text
    }

    fn heading(&mut self, level: u8) -> Content {
        let text = self.ended_inlines();
        let slug = self.slugs.name(&words(&text));
        Content::Heading { level, text, slug }
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Content {
        let mut code = String::new();
        while let Some((Event::Text(text), _)) = self.events.next() {
            code.push_str(&text);
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => one_line(info.split_whitespace().next().unwrap_or_default()),
            CodeBlockKind::Indented => String::new(),
        };
        Content::Code { language, lines: code.lines().map(one_line).collect() }
    }

    fn list(&mut self, start: Option<u64>) -> Content {
        let mut items = Vec::new();
        let mut tight = true;
        while let Some((Event::Start(Tag::Item), _)) = self.events.next() {
            let outer = self.task.take();
            tight &= !matches!(self.events.peek(), Some((Event::Start(Tag::Paragraph), _)));
            let blocks = self.children();
            items.push(Item { task: std::mem::replace(&mut self.task, outer), blocks });
        }
        Content::List { start, tight, items }
    }

    fn table(&mut self, alignments: &[pulldown_cmark::Alignment]) -> Content {
        let mut rows = Vec::new();
        while let Some((Event::Start(Tag::TableHead | Tag::TableRow), _)) = self.events.next() {
            let mut cells = Vec::new();
            while let Some((Event::Start(Tag::TableCell), _)) = self.events.next() {
                cells.push(self.ended_inlines());
            }
            rows.push(cells);
        }
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        let alignments = alignments.iter().copied().map(Alignment::from).collect();
        Content::Table { alignments, header, rows }
    }
}
