//! The report on a terminal of 80 columns: plain lines, no colour.

use crate::{
    classroom::report::Report,
    document::{fold, printable, width},
};

use super::{
    document::blocks,
    page::{Block, Column, Detail, Kind, Table},
};

/// Columns there are.
const WIDE: usize = 80;
/// Columns that a text keeps at least, however many numbers stand beside it.
const LEAST: usize = 16;

/// The report as lines.
pub fn text(report: &Report) -> String {
    let parts: Vec<String> = blocks(report, Detail::Brief).iter().map(block).filter(|text| !text.is_empty()).collect();
    parts.join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => heading(*level, text),
        Block::Words(text) => lines(text, WIDE, ["", ""]),
        Block::List { numbered, items } => {
            items.iter().enumerate().map(|(place, item)| point(numbered.then_some(place + 1), item)).collect()
        }
        Block::Table(table) => self::table(table),
        Block::Plot(_) | Block::Break => String::new(),
    }
}

fn heading(level: usize, text: &str) -> String {
    let text = one_line(text);
    let rule = if level < 3 { "=" } else { "-" };
    let long = width(&text).min(WIDE);
    format!("{}{}\n", lines(&text, WIDE, ["", ""]), rule.repeat(long))
}

fn point(number: Option<usize>, item: &[String]) -> String {
    let mark = number.map_or_else(|| "* ".to_owned(), |number| format!("{number}. "));
    let indent = " ".repeat(width(&mark));
    let line = |(place, text): (usize, &String)| {
        lines(text, WIDE, [if place == 0 { mark.as_str() } else { indent.as_str() }, indent.as_str()])
    };
    item.iter().enumerate().map(line).collect()
}

/// `text` broken into lines, the first behind one mark, the others behind another.
fn lines(text: &str, wide: usize, [first, next]: [&str; 2]) -> String {
    let folded = fold(&one_line(text), wide - width(first).max(width(next)));
    let mark = |place: usize| if place == 0 { first } else { next };
    folded
        .iter()
        .enumerate()
        .map(|(place, line)| format!("{}{line}", mark(place)).trim_end().to_owned() + "\n")
        .collect()
}

fn one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

fn table(table: &Table) -> String {
    let widths = widths(table);
    let heads: Vec<String> = table.columns.iter().map(|column| column.name.to_uppercase()).collect();
    let mut text = lines(&table.caption, WIDE, ["", ""]);
    text.push_str(&row(&heads, &table.columns, &widths));
    for cells in &table.rows {
        text.push_str(&match cells.as_slice() {
            [only] if table.columns.len() > 1 => lines(only, WIDE, ["", ""]),
            cells => row(cells, &table.columns, &widths),
        });
    }
    text
}

/// Every column as wide as its widest cell; where that is too much, texts share what the others leave.
fn widths(table: &Table) -> Vec<usize> {
    let cells = |place: usize| table.rows.iter().filter(|row| row.len() > 1).filter_map(move |row| row.get(place));
    let wide = |(place, column): (usize, &Column)| {
        cells(place).map(|cell| width(&one_line(cell))).chain([width(column.name)]).max().unwrap_or_default()
    };
    let mut widths: Vec<usize> = table.columns.iter().enumerate().map(wide).collect();
    let gaps = 2 * widths.len().saturating_sub(1);
    let is_text = |place: usize| table.columns.get(place).is_some_and(|column| column.kind == Kind::Text);
    let fixed: usize = widths.iter().enumerate().filter(|(place, _)| !is_text(*place)).map(|(_, wide)| wide).sum();
    let texts = table.columns.iter().filter(|column| column.kind == Kind::Text).count().max(1);
    if widths.iter().sum::<usize>() + gaps > WIDE {
        let share = WIDE.saturating_sub(fixed + gaps) / texts;
        widths.iter_mut().enumerate().filter(|(place, _)| is_text(*place)).for_each(|(_, wide)| {
            *wide = (*wide).min(share.max(LEAST));
        });
    }
    widths
}

/// A row, its texts on as many lines as they need.
fn row(cells: &[String], columns: &[Column], widths: &[usize]) -> String {
    let folded: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, wide)| fold(&one_line(cell), (*wide).max(1))).collect();
    let high = folded.iter().map(Vec::len).max().unwrap_or_default();
    let line = |place: usize| {
        let cells = folded.iter().zip(columns).zip(widths).map(|((cell, column), wide)| {
            let text = cell.get(place).map_or("", String::as_str);
            let gap = " ".repeat(wide.saturating_sub(width(text)));
            if column.kind == Kind::Number { gap + text } else { text.to_owned() + &gap }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    (0..high).map(line).collect()
}
