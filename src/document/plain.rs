//! A document as plain lines, for screen readers, braille lines and transcripts: no drawing, no wrapping, and in words
//! whatever a screen would show by shape.

use super::outline::words;
use super::wrap::{flow, single};
use super::{Block, Content, Document, Inline, Item, Role};

/// One line for each paragraph, item and row, an empty one between blocks. A scenario's line is told by the caller, given
/// its id.
pub fn plain(document: &Document, told: &dyn Fn(&str) -> String) -> String {
    let mut text = blocks(&document.blocks, told).join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

type Told<'a> = &'a dyn Fn(&str) -> String;

fn blocks(blocks: &[Block], told: Told<'_>) -> Vec<String> {
    let lines = blocks.iter().map(|each| block(each, told)).filter(|lines| !lines.is_empty());
    lines.collect::<Vec<_>>().join(&[String::new()][..])
}

fn block(block: &Block, told: Told<'_>) -> Vec<String> {
    match &block.content {
        Content::Heading { text, .. } => vec![format!("Section: {}", words(text))],
        Content::Paragraph(text) => running(text),
        Content::List { start, tight, items } => list(*start, *tight, items, told),
        Content::Table { header, rows, .. } => rows.iter().map(|row| table_row(header, row)).collect(),
        Content::Code { lines, .. } => indented(lines.clone(), "    ", "    "),
        Content::Quote(quoted) => headed("Quote:".to_owned(), quoted, told),
        Content::Note { kind, title, blocks } => headed(note_heading(kind.word(), title), blocks, told),
        Content::Line { scenario } => told(scenario).lines().map(str::to_owned).collect(),
        Content::Rule => Vec::new(),
        Content::Footnotes(footnotes) => {
            let line = |number: usize| format!("[{number}] ");
            footnotes.iter().flat_map(|each| indented(blocks(&each.blocks, told), &line(each.number), "    ")).collect()
        }
    }
}

/// The author's own line breaks are kept.
fn running(text: &[Inline]) -> Vec<String> {
    flow(text, Role::Text).iter().map(|line| line.iter().map(|span| span.text.as_str()).collect()).collect()
}

fn cell(text: &[Inline]) -> String {
    single(text, Role::Text).into_iter().map(|span| span.text).collect()
}

fn table_row(header: &[Vec<Inline>], row: &[Vec<Inline>]) -> String {
    let pair = |(head, value): (&Vec<Inline>, &Vec<Inline>)| format!("{}: {}", cell(head), cell(value));
    header.iter().zip(row).map(pair).collect::<Vec<_>>().join("; ")
}

fn list(start: Option<u64>, tight: bool, items: &[Item], told: Told<'_>) -> Vec<String> {
    let gap: &[String] = if tight { &[] } else { &[String::new()] };
    let item = |(place, item): (u64, &Item)| {
        let mark = start.map_or_else(|| "- ".to_owned(), |start| format!("{}. ", start.saturating_add(place)));
        let task = item.task.map_or("", |done| if done { "[x] " } else { "[ ] " });
        let lines: Vec<Vec<String>> = item.blocks.iter().map(|each| block(each, told)).collect();
        marked(lines.join(gap), &(mark + task))
    };
    (0..).zip(items).map(item).collect::<Vec<_>>().join(gap)
}

/// `Warning: Big round numbers`, as a sentence would begin.
fn note_heading(word: &str, title: &str) -> String {
    let mut letters = word.chars();
    let word: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if title.is_empty() { format!("{word}:") } else { format!("{word}: {title}") }
}

/// What belongs to a heading is indented under it, so that a listener hears where it ends.
fn headed(heading: String, under: &[Block], told: Told<'_>) -> Vec<String> {
    let lines = indented(blocks(under, told), "  ", "  ");
    std::iter::once(heading).chain(lines).collect()
}

/// What has no lines still has its mark.
fn marked(lines: Vec<String>, mark: &str) -> Vec<String> {
    if lines.is_empty() { vec![mark.trim_end().to_owned()] } else { indented(lines, mark, "  ") }
}

fn indented(lines: Vec<String>, first: &str, rest: &str) -> Vec<String> {
    let before = std::iter::once(first).chain(std::iter::repeat(rest));
    let join = |(line, before): (String, &str)| if line.is_empty() { line } else { format!("{before}{line}") };
    lines.into_iter().zip(before).map(join).collect()
}
