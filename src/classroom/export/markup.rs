//! Markdown as the few elements of HTML that GIFT, QTI 2.1 and QTI 3.0 all take.
//!
//! No attributes, so that no address is ever followed by a click in a question: a link is its words and its address in
//! words. Line feeds stand only within `pre`. What these systems have no element for is said in words.

use crate::document::{Block, Content, Document, Inline, Item, Style};

use super::tree::{Element, Node};

/// The blocks of a Markdown text.
pub(super) fn blocks(markdown: &str) -> Vec<Node> {
    listed(&Document::parse(markdown).0.blocks)
}

fn listed(blocks: &[Block]) -> Vec<Node> {
    blocks.iter().flat_map(block).collect()
}

fn block(block: &Block) -> Vec<Node> {
    match &block.content {
        Content::Heading { text, .. } => vec![paragraph([strong(running(text))])],
        Content::Paragraph(text) => vec![paragraph(running(text))],
        Content::List { start, items, .. } => list(*start, items),
        Content::Table { header, rows, .. } => vec![table(header, rows)],
        Content::Code { lines, .. } => vec![Element::new("pre").saying(&lines.join("\n")).into()],
        Content::Quote(quoted) => vec![Element::new("blockquote").holding(listed(quoted)).into()],
        Content::Note { kind, title, blocks } => note(kind.word(), title, blocks),
        // A scenario's line tells its answers: no question holds one.
        Content::Line { .. } => Vec::new(),
        Content::Rule => vec![Element::new("hr").into()],
        Content::Footnotes(footnotes) => {
            let numbered = |number: usize, blocks| marked(&format!("[{number}] "), blocks);
            footnotes.iter().flat_map(|footnote| numbered(footnote.number, &footnote.blocks)).collect()
        }
    }
}

fn paragraph(text: impl IntoIterator<Item = Node>) -> Node {
    Element::new("p").holding(text).into()
}

fn strong(text: Vec<Node>) -> Node {
    Element::new("strong").holding(text).into()
}

/// A mark before a text's first words.
fn marked(mark: &str, blocks: &[Block]) -> Vec<Node> {
    let (first, others) = blocks.split_at_checked(1).unwrap_or_default();
    match first.first().map(|block| &block.content) {
        Some(Content::Paragraph(text)) => {
            let words = std::iter::once(Node::text(mark)).chain(running(text));
            std::iter::once(paragraph(words)).chain(listed(others)).collect()
        }
        _ => std::iter::once(paragraph([Node::text(mark)])).chain(listed(blocks)).collect(),
    }
}

/// Numbers from one are the reader's own; a list that begins elsewhere says its numbers.
fn list(start: Option<u64>, items: &[Item]) -> Vec<Node> {
    let said = start.filter(|start| *start != 1);
    let item = |(place, item): (u64, &Item)| {
        let number = said.map_or_else(String::new, |start| format!("{}. ", start.saturating_add(place)));
        let task = item.task.map_or("", |done| if done { "[x] " } else { "[ ] " });
        let mark = number + task;
        Element::new("li").holding(if mark.is_empty() { tight(&item.blocks) } else { marked(&mark, &item.blocks) })
    };
    let name = if start == Some(1) { "ol" } else { "ul" };
    vec![Element::new(name).holding((0..).zip(items).map(item)).into()]
}

/// An item of one paragraph needs no paragraph.
fn tight(blocks: &[Block]) -> Vec<Node> {
    match blocks {
        [Block { content: Content::Paragraph(text), .. }] => running(text),
        blocks => listed(blocks),
    }
}

fn table(header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Node {
    let row = |name: &'static str, cells: &[Vec<Inline>]| {
        Element::new("tr").holding(cells.iter().map(|cell| Element::new(name).holding(running(cell))))
    };
    let head = row("th", header);
    // A table without a body is none to QTI.
    let parts = if rows.is_empty() {
        vec![Element::new("tbody").holding([head])]
    } else {
        let body = rows.iter().map(|cells| row("td", cells));
        vec![Element::new("thead").holding([head]), Element::new("tbody").holding(body)]
    };
    Element::new("table").holding(parts).into()
}

fn note(kind: &str, title: &str, blocks: &[Block]) -> Vec<Node> {
    let heading = if title.is_empty() { format!("{kind}:") } else { format!("{kind}: {title}") };
    let heading = paragraph([strong(vec![Node::text(&heading)])]);
    let held = std::iter::once(heading).chain(listed(blocks));
    vec![Element::new("blockquote").holding(held).into()]
}

fn running(text: &[Inline]) -> Vec<Node> {
    text.iter().flat_map(inline).collect()
}

fn inline(piece: &Inline) -> Vec<Node> {
    match piece {
        Inline::Text { text, style } => styled(text, *style),
        Inline::Code(code) => vec![Element::new("code").saying(code).into()],
        Inline::Link { text, address } if text.is_empty() => vec![Node::text(address)],
        Inline::Link { text, address } => {
            running(text).into_iter().chain([Node::text(&format!(" ({address})"))]).collect()
        }
        Inline::Footnote(number) => vec![Node::text(&format!("[{number}]"))],
        Inline::SoftBreak => vec![Node::text(" ")],
        Inline::HardBreak => vec![Element::new("br").into()],
    }
}

fn styled(text: &str, style: Style) -> Vec<Node> {
    let said = if style.struck { format!("(no longer: {text})") } else { text.to_owned() };
    let around = |node: Node, name: &'static str, on: bool| {
        if on { Element::new(name).holding([node]).into() } else { node }
    };
    vec![around(around(Node::text(&said), "em", style.emphasis), "strong", style.strong)]
}

#[cfg(test)]
mod tests {
    use super::{super::tree::fragment, *};

    fn html(markdown: &str) -> String {
        fragment(&blocks(markdown)).expect("it is written")
    }

    #[test]
    fn running_text_keeps_its_stress_and_its_breaks() {
        assert_eq!(
            html("A **b *c*** `d<e`\\\nf\ng"),
            "<p>A <strong>b </strong><strong><em>c</em></strong> <code>d&lt;e</code><br/>f g</p>"
        );
        assert_eq!(html("~~old~~"), "<p>(no longer: old)</p>");
        assert_eq!(html("[the page](https://a.example/b)"), "<p>the page (https://a.example/b)</p>");
    }

    #[test]
    fn blocks_are_those_that_every_importer_knows() {
        assert_eq!(html("# H\n\n---"), "<p><strong>H</strong></p><hr/>");
        assert_eq!(html("- a\n- b\n\n  c"), "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>");
        assert_eq!(html("1. a\n2. b"), "<ol><li>a</li><li>b</li></ol>");
        assert_eq!(html("7. a\n8. b"), "<ul><li><p>7. a</p></li><li><p>8. b</p></li></ul>");
        assert_eq!(html("- [x] a"), "<ul><li><p>[x] a</p></li></ul>");
        assert_eq!(html("```sh\na\n  b\n```"), "<pre>a\n  b</pre>");
        assert_eq!(html("> a"), "<blockquote><p>a</p></blockquote>");
        assert_eq!(html(":::tip T\na\n:::"), "<blockquote><p><strong>tip: T</strong></p><p>a</p></blockquote>");
        assert_eq!(html("a[^n]\n\n[^n]: why"), "<p>a[1]</p><p>[1] why</p>");
    }

    #[test]
    fn a_table_has_a_body_and_a_scenarios_line_is_left_out() {
        let whole = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>";
        assert_eq!(html("| a |\n|--|\n| b |"), whole);
        assert_eq!(html("| a |\n|--|"), "<table><tbody><tr><th>a</th></tr></tbody></table>");
        assert_eq!(html(":::line shop\n"), "");
    }

    #[test]
    fn html_of_the_author_is_text() {
        assert_eq!(html("a <script>b"), "<p>a &lt;script&gt;b</p>");
    }
}
