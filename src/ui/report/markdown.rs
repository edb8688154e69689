//! The report in Markdown.

use crate::{classroom::report::Report, document::printable};

use super::{
    document::blocks,
    page::{Block, Detail, Kind, Table},
};

/// The report as `CommonMark` with tables.
pub fn markdown(report: &Report) -> String {
    let parts: Vec<String> = blocks(report, Detail::Full).iter().map(block).filter(|text| !text.is_empty()).collect();
    parts.join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => format!("{} {}\n", "#".repeat(*level), escaped(text)),
        Block::Words(text) => format!("{}\n", escaped(text)),
        Block::List { numbered, items } => {
            items.iter().enumerate().map(|(place, item)| point(numbered.then_some(place + 1), item)).collect()
        }
        Block::Table(table) => self::table(table),
        Block::Plot(_) => String::new(),
        Block::Break => "---\n".to_owned(),
    }
}

fn point(number: Option<usize>, item: &[String]) -> String {
    let mark = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
    let indent = " ".repeat(mark.len());
    // Two spaces at its end break a line.
    let lines: Vec<String> = item.iter().map(|line| escaped(line)).collect();
    format!("{mark}{}\n", lines.join(&format!("  \n{indent}")))
}

fn table(table: &Table) -> String {
    let cells = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = cells(table.columns.iter().map(|column| escaped(column.name)).collect());
    let rule = |kind: Kind| if kind == Kind::Number { "---:" } else { "---" }.to_owned();
    let rule = cells(table.columns.iter().map(|column| rule(column.kind)).collect());
    let row = |row: &Vec<String>| match row.as_slice() {
        [only] if table.columns.len() > 1 => {
            let rest = vec![String::new(); table.columns.len() - 1];
            cells(std::iter::once(format!("**{}**", escaped(only))).chain(rest).collect())
        }
        row => cells(row.iter().map(|cell| escaped(cell)).collect()),
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!("{}\n\n{head}{rule}{rows}", escaped(&table.caption))
}

/// Text that is text: nothing in it is Markdown, HTML, or the end of a cell.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in printable(text).replace('\n', " ").chars() {
        if matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~') {
            safe.push('\\');
        }
        safe.push(char);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_no_markup() {
        assert_eq!(escaped("a|b <i> [x](y) *z*\n`c`"), "a\\|b \\<i\\> \\[x\\](y) \\*z\\* \\`c\\`");
    }
}
