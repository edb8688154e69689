//! Running text, collected from the parser's events.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parse::Reader;
use super::printable::one_line;
use super::{Content, Inline, Problem, Style};

/// Whether an event belongs to running text.
pub(super) const fn is_running(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        Event::End(tag) => {
            matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        }
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

impl Reader<'_> {
    /// Running text up to whatever is not.
    pub(super) fn inlines(&mut self) -> Vec<Inline> {
        let mut text = Collector::default();
        while let Some((event, range)) = self.events.next_if(|(event, _)| is_running(event)) {
            match event {
                Event::Code(code) => text.push(Inline::Code(code.into_string())),
                Event::FootnoteReference(label) => text.push(Inline::Footnote(self.footnotes.refer(&label))),
                Event::SoftBreak => text.push(Inline::SoftBreak),
                Event::HardBreak => text.push(Inline::HardBreak),
                Event::TaskListMarker(done) => self.task = Some(done),
                Event::InlineHtml(html) => text.text(self.inline_html(&html, range.start)),
                Event::Start(tag) => self.begin(&tag, range.start, &mut text),
                Event::End(tag) => text.end(tag),
                Event::Text(words) => {
                    self.check_bracket(&words, range.start);
                    text.text(&words);
                }
                _ => {}
            }
        }
        text.finish()
    }

    fn begin(&mut self, tag: &Tag<'_>, offset: usize, text: &mut Collector) {
        match tag {
            Tag::Link { dest_url, .. } => {
                if !is_welcome(dest_url) {
                    self.report(offset, Problem::Address(one_line(dest_url)));
                }
                text.begin_link(dest_url);
            }
            Tag::Image { .. } => self.report(offset, Problem::Image),
            tag => text.begin(tag.to_end()),
        }
    }

    /// HTML is shown as it was written. A directive gets here only by its indentation.
    fn inline_html<'h>(&mut self, html: &'h str, offset: usize) -> &'h str {
        if self.directive(html, self.source.line(offset)).is_none() {
            self.report(offset, Problem::Html);
            return html;
        }
        self.report(offset, Problem::IndentedDirective);
        ":::"
    }

    /// HTML on lines of its own, shown as it was written.
    pub(super) fn raw_html(&mut self, html: &str, offset: usize) -> Content {
        self.report(offset, Problem::Html);
        let mut text = Collector::default();
        text.text(html.trim_end());
        Content::Paragraph(text.finish())
    }

    /// CommonMark leaves a reference without a definition as text, its bracket by itself.
    fn check_bracket(&mut self, words: &str, offset: usize) {
        if words == "["
            && let Some(label) = self.source.footnote_label(offset)
        {
            self.report(offset, Problem::UndefinedFootnote(one_line(label)));
        }
    }
}

/// Whether a reader may be sent there: a secure page, or a place relative to the document.
fn is_welcome(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    !address.is_empty()
        && !address.starts_with("//")
        && scheme.is_none_or(|(name, _)| name.eq_ignore_ascii_case("https"))
}

/// Collects the pieces of one run of text. Styles nest to any depth, links to one, so nothing here recurses.
#[derive(Default)]
pub(super) struct Collector {
    pieces: Vec<Inline>,
    strong: usize,
    emphasis: usize,
    struck: usize,
    links: Vec<(usize, String)>,
}

impl Collector {
    /// Words as they come; the parser cuts them in places that mean nothing, so they are joined.
    pub(super) fn text(&mut self, words: &str) {
        let current = self.style();
        let joins = !self.starts_link();
        match self.pieces.last_mut() {
            Some(Inline::Text { text, style }) if *style == current && joins => text.push_str(words),
            _ => self.pieces.push(Inline::Text { text: words.to_owned(), style: current }),
        }
    }

    fn push(&mut self, piece: Inline) {
        self.pieces.push(piece);
    }

    fn begin(&mut self, tag: TagEnd) {
        if let Some(depth) = self.depth(tag) {
            *depth += 1;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if let Some(depth) = self.depth(tag) {
            *depth -= 1;
        } else if tag == TagEnd::Link {
            self.end_link();
        }
    }

    const fn depth(&mut self, tag: TagEnd) -> Option<&mut usize> {
        match tag {
            TagEnd::Strong => Some(&mut self.strong),
            TagEnd::Emphasis => Some(&mut self.emphasis),
            TagEnd::Strikethrough => Some(&mut self.struck),
            _ => None,
        }
    }

    fn begin_link(&mut self, address: &str) {
        self.links.push((self.pieces.len(), one_line(address)));
    }

    /// A link inside a link, which a picture's description can hold, gives its words to the outer one.
    fn end_link(&mut self) {
        if let Some((start, address)) = self.links.pop()
            && self.links.is_empty()
        {
            let text = self.pieces.split_off(start);
            self.pieces.push(Inline::Link { text, address });
        }
    }

    /// The pieces, printable.
    pub(super) fn finish(mut self) -> Vec<Inline> {
        make_printable(&mut self.pieces);
        self.pieces
    }

    fn starts_link(&self) -> bool {
        self.links.last().is_some_and(|(start, _)| *start == self.pieces.len())
    }

    const fn style(&self) -> Style {
        Style { strong: self.strong > 0, emphasis: self.emphasis > 0, struck: self.struck > 0 }
    }
}

fn make_printable(pieces: &mut [Inline]) {
    for piece in pieces {
        match piece {
            Inline::Text { text, .. } | Inline::Code(text) => *text = one_line(text),
            Inline::Link { text, .. } => make_printable(text),
            Inline::Footnote(_) | Inline::SoftBreak | Inline::HardBreak => {}
        }
    }
}
