//! Running text on lines: breaks between words where Unicode allows them, inside a word only where nothing else fits.

use std::collections::VecDeque;

use textwrap::WordSeparator::UnicodeBreakProperties;
use textwrap::WordSplitter;
use textwrap::core::Fragment;
use textwrap::word_splitters::split_words;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::measure::fitting;
use super::printable::one_line;
use super::row::{Line, line_width, push};
use super::{Inline, Role, Span, Style, width};

/// Running text as spans, one line for each stretch between the author's own line breaks.
pub(super) fn flow(inlines: &[Inline], base: Role) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    for inline in inlines {
        if *inline == Inline::HardBreak {
            lines.push(Line::new());
        } else if let Some(line) = lines.last_mut() {
            push_inline(line, inline, base);
        }
    }
    lines
}

/// Running text as one line, for places that hold no more.
pub(super) fn single(inlines: &[Inline], base: Role) -> Line {
    let mut line = Line::new();
    for inline in inlines {
        push_inline(&mut line, inline, base);
    }
    line
}

fn push_inline(line: &mut Line, inline: &Inline, base: Role) {
    match inline {
        Inline::Text { text, style } if style.struck => push(line, &format!("~~{text}~~"), Role::Struck),
        Inline::Text { text, style } => push(line, text, stressed(*style, base)),
        Inline::Code(code) => push(line, code, Role::Code),
        Inline::Link { text, address } => push_link(line, text, address),
        Inline::Footnote(number) => push(line, &format!("[{number}]"), Role::Footnote),
        Inline::SoftBreak | Inline::HardBreak => push(line, " ", base),
    }
}

fn push_link(line: &mut Line, text: &[Inline], address: &str) {
    let words = super::outline::words(text);
    if words.is_empty() || words == address {
        return push(line, address, Role::Address);
    }
    push(line, &words, Role::Link);
    push(line, " ", Role::Text);
    push(line, &format!("({address})"), Role::Address);
}

/// A heading's words are all stressed already.
const fn stressed(style: Style, base: Role) -> Role {
    match (base, style.strong, style.emphasis) {
        (Role::Text, true, true) => Role::StrongEmphasis,
        (Role::Text, true, false) => Role::Strong,
        (Role::Text, false, true) => Role::Emphasis,
        _ => base,
    }
}

/// Text without markup on lines of so many columns at most, made safe to print; an author's line feeds are spaces.
pub fn fold(text: &str, columns: usize) -> Vec<String> {
    let lines = wrap_line(&[Span::new(one_line(text), Role::Text)], columns);
    lines.iter().map(|line| line.iter().map(|span| span.text.as_str()).collect()).collect()
}

/// Wraps each line to a width.
pub(super) fn wrap(lines: &[Line], columns: usize) -> Vec<Line> {
    lines.iter().flat_map(|line| wrap_line(line, columns)).collect()
}

fn wrap_line(line: &[Span], columns: usize) -> Vec<Line> {
    let words: Vec<Word> = words(line).into_iter().flat_map(|word| word.broken(columns)).collect();
    if words.is_empty() {
        return Vec::new();
    }
    fitted(&words, columns).into_iter().map(joined).collect()
}

/// Fragments on as many lines as they need.
#[expect(clippy::cast_precision_loss, reason = "a line has fewer columns than a float's 53 bits count")]
pub(super) fn fitted<T: Fragment>(fragments: &[T], columns: usize) -> Vec<&[T]> {
    wrap_first_fit(fragments, &[columns as f64])
}

fn joined(words: &[Word]) -> Line {
    let mut line = Line::new();
    let mut space: &[Span] = &[];
    for word in words {
        for span in space.iter().chain(&word.spans) {
            push(&mut line, &span.text, span.role);
        }
        space = &word.space;
    }
    line
}

/// Columns of the widest piece that would rather not be broken.
pub(super) fn longest_word(line: &[Span]) -> usize {
    words(line).iter().map(|word| word.width).max().unwrap_or(0)
}

/// What stays on one line, and the space after it, which vanishes where the line ends.
#[derive(Debug)]
struct Word {
    spans: Line,
    space: Line,
    width: usize,
}

#[expect(clippy::cast_precision_loss, reason = "a word has fewer columns than a float's 53 bits count")]
impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        line_width(&self.space) as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

impl Word {
    fn new(spans: Line, space: Line) -> Self {
        let width = line_width(&spans);
        Self { spans, space, width }
    }

    /// Whether what follows belongs on the same line: a footnote's number, a host behind its scheme, and a combining mark
    /// of a script whose breaks need a dictionary.
    fn holds(&self, next: &str, spans: &[Span]) -> bool {
        let is_number = spans.first().is_some_and(|span| span.role == Role::Footnote);
        let is_host = self.spans.last().is_some_and(|span| span.text.ends_with("://"));
        let is_mark = next.chars().next().is_some_and(|first| first.width() == Some(0));
        is_mark || (self.space.is_empty() && (is_number || is_host))
    }

    /// Takes in what follows, and the space between.
    fn grow(&mut self, spans: &[Span], space: Line) {
        let before = std::mem::replace(&mut self.space, space);
        for span in before.iter().chain(spans) {
            push(&mut self.spans, &span.text, span.role);
        }
        self.width = line_width(&self.spans);
    }

    /// Itself, or pieces of it where it is wider than a whole line.
    fn broken(self, columns: usize) -> Vec<Self> {
        if self.width <= columns {
            return vec![self];
        }
        let mut pieces = broken(&self.spans, columns);
        let last = pieces.pop().unwrap_or_default();
        let whole = pieces.into_iter().map(|piece| Self::new(piece, Line::new()));
        whole.chain([Self::new(last, self.space)]).collect()
    }
}

/// A line cut between clusters into pieces that fit.
pub(super) fn broken(line: &[Span], columns: usize) -> Vec<Line> {
    let mut pieces = vec![Line::new()];
    let mut used = 0;
    for span in line {
        for cluster in span.text.graphemes(true) {
            let cluster = fitting(cluster, columns);
            if used > 0 && used + width(cluster) > columns {
                pieces.push(Line::new());
                used = 0;
            }
            used += width(cluster);
            if let Some(piece) = pieces.last_mut() {
                push(piece, cluster, span.role);
            }
        }
    }
    pieces
}

/// Cuts a line into words.
fn words(line: &[Span]) -> Vec<Word> {
    let text: String = line.iter().map(|span| span.text.as_str()).collect();
    let mut rest: VecDeque<(&str, Role)> = line.iter().map(|span| (span.text.as_str(), span.role)).collect();
    let mut words: Vec<Word> = Vec::new();
    for word in split_words(UnicodeBreakProperties.find_words(&text), &WordSplitter::Custom(hyphens)) {
        let spans = taken(&mut rest, word.word.len());
        let space = taken(&mut rest, word.whitespace.len());
        match words.last_mut() {
            Some(before) if before.holds(word.word, &spans) => before.grow(&spans, space),
            _ => words.push(Word::new(spans, space)),
        }
    }
    words
}

/// Where a word may be broken: after hyphens between letters. One beside a digit belongs to a name, such as `Storm-0558`.
fn hyphens(word: &str) -> Vec<usize> {
    let letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    let bytes = word.as_bytes();
    let between = |place: &usize| letter(bytes.get(place.wrapping_sub(1))) && letter(bytes.get(place + 1));
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'-')
        .map(|(place, _)| place)
        .filter(between)
        .map(|place| place + 1)
        .collect()
}

/// Takes so many bytes from the front of the spans.
fn taken(rest: &mut VecDeque<(&str, Role)>, mut bytes: usize) -> Line {
    let mut line = Line::new();
    while bytes > 0
        && let Some((text, role)) = rest.pop_front()
    {
        let (head, tail) = text.split_at_checked(bytes).unwrap_or((text, ""));
        bytes -= head.len();
        push(&mut line, head, role);
        if !tail.is_empty() {
            rest.push_front((tail, role));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<String> {
        let lines = wrap(&[vec![Span::new(text, Role::Text)]], columns);
        lines.iter().map(|line| line.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    #[test]
    fn words_move_to_the_next_line_whole() {
        assert_eq!(wrapped("own the setting, not the machinery", 16), ["own the setting,", "not the", "machinery"]);
        assert_eq!(wrapped("customer-managed key", 10), ["customer-", "managed", "key"]);
        assert_eq!(wrapped("", 10), Vec::<String>::new());
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_between_clusters() {
        assert_eq!(wrapped("a responsibility", 6), ["a", "respon", "sibili", "ty"]);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(wrapped("日本", 1), ["?", "?"]);
    }

    #[test]
    fn text_without_spaces_breaks_where_unicode_allows() {
        assert_eq!(wrapped("日本語日本語", 8), ["日本語日", "本語"]);
        assert_eq!(wrapped("https://example.org/one/two", 20), ["https://example.org/", "one/two"]);
    }

    #[test]
    fn a_footnotes_number_stays_with_its_word() {
        let line = vec![Span::new("it counts.", Role::Text), Span::new("[1]", Role::Footnote)];
        assert_eq!(wrap(&[line], 11).iter().map(|line| line_width(line)).collect::<Vec<_>>(), [2, 10]);
    }

    #[test]
    fn roles_survive_the_break() {
        let line = vec![Span::new("so ", Role::Text), Span::new("very much", Role::Strong), Span::new("!", Role::Text)];
        let lines = wrap(&[line], 7);
        assert_eq!(lines[0], [Span::new("so ", Role::Text), Span::new("very", Role::Strong)]);
        assert_eq!(lines[1], [Span::new("much", Role::Strong), Span::new("!", Role::Text)]);
    }
}
