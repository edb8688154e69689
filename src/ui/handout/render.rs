//! A page as Markdown, and as HTML that prints on one sheet.

use crate::{
    document::printable,
    ui::figure::{escaped, whole},
};

use super::{Block, Page};

const STYLE: &str = include_str!("handout.css");

/// The page as Markdown.
pub fn markdown(page: &Page) -> String {
    let blocks = page.blocks.iter().map(|block| match block {
        Block::Heading(text) => format!("## {}", plain(text)),
        Block::Words(text) => plain(text),
        Block::List(items) => items.iter().map(|item| format!("- {}", plain(item))).collect::<Vec<_>>().join("\n"),
        Block::Code(text) => format!("```sh\n{}\n```", lines(text)),
        Block::Table(rows) => table(rows),
    });
    let blocks: Vec<String> = std::iter::once(format!("# {}", plain(&page.title))).chain(blocks).collect();
    blocks.join("\n\n") + "\n"
}

fn table(rows: &[Vec<String>]) -> String {
    let row = |cells: &Vec<String>| {
        format!("| {} |", cells.iter().map(|cell| plain(cell).replace('|', "\\|")).collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(row).collect();
    let rule = format!("|{}", "---|".repeat(rows.first().map_or(0, Vec::len)));
    lines.insert(lines.len().min(1), rule);
    lines.join("\n")
}

/// Words on one line in which nothing but backquotes is markup.
fn plain(text: &str) -> String {
    let line = printable(text).replace('\n', " ");
    let part = |(place, part): (usize, &str)| {
        if place % 2 == 1 {
            return format!("`{part}`");
        }
        part.chars().flat_map(|char| "\\*_[]<>#".contains(char).then_some('\\').into_iter().chain([char])).collect()
    };
    parts(&line).into_iter().enumerate().map(part).collect()
}

/// Words and code by turns. A backquote without its fellow is a word.
fn parts(line: &str) -> Vec<&str> {
    if line.matches('`').count().is_multiple_of(2) { line.split('`').collect() } else { vec![line] }
}

fn lines(text: &str) -> String {
    text.lines().map(|line| printable(line).into_owned()).collect::<Vec<_>>().join("\n")
}

/// The page as HTML that fetches nothing and runs nothing.
pub fn html(page: &Page) -> String {
    let blocks = page.blocks.iter().map(|block| match block {
        Block::Heading(text) => format!("<h2>{}</h2>\n", words(text)),
        Block::Words(text) => format!("<p>{}</p>\n", words(text)),
        Block::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", words(item))).collect();
            format!("<ul>\n{items}</ul>\n")
        }
        Block::Code(text) => format!("<pre>{}</pre>\n", text.lines().map(escaped).collect::<Vec<_>>().join("\n")),
        Block::Table(rows) => html_table(rows),
    });
    let body: String = std::iter::once(format!("<h1>{}</h1>\n", words(&page.title))).chain(blocks).collect();
    whole(&page.title, STYLE, &body)
}

fn html_table(rows: &[Vec<String>]) -> String {
    let row = |(place, cells): (usize, &Vec<String>)| {
        let (open, close) = if place == 0 { ("<th scope=\"col\">", "</th>") } else { ("<td>", "</td>") };
        let cells: String = cells.iter().map(|cell| format!("{open}{}{close}", words(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    format!("<table>\n{}</table>\n", rows.iter().enumerate().map(row).collect::<String>())
}

fn words(text: &str) -> String {
    let line = text.replace('\n', " ");
    let part = |(place, part): (usize, &str)| match place % 2 {
        1 => format!("<code>{}</code>", escaped(part)),
        _ => escaped(part),
    };
    parts(&line).into_iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let cell = |text: &str| text.to_owned();
        Page {
            title: "A *class* <b>`x`".into(),
            blocks: vec![
                Block::Words("Type `q|<`, then [go](x)\u{1b}\nnow".into()),
                Block::Code("ssh box\n\u{1b}[2J".into()),
                Block::Table(vec![vec![cell("a"), cell("b")], vec![cell("1|2"), cell("`k`")]]),
            ],
        }
    }

    #[test]
    fn nothing_of_a_text_is_markup_but_its_code() {
        let text = markdown(&page());
        assert!(text.starts_with("# A \\*class\\* \\<b\\>`x`\n\nType `q|<`, then \\[go\\](x)"), "{text}");
        assert!(text.contains("| a | b |\n|---|---|\n| 1\\|2 | `k` |") && !text.contains('\u{1b}'), "{text}");
        let page = html(&page());
        assert!(page.contains("<h1>A *class* &lt;b&gt;<code>x</code></h1>"), "{page}");
        assert!(page.contains("<td>1|2</td><td><code>k</code></td>") && !page.contains('\u{1b}'), "{page}");
    }
}
