//! The report as one page of HTML that fetches nothing and runs nothing.

use std::fmt::Write as _;

use crate::{
    classroom::report::Report,
    ui::figure::{escaped, whole},
};

use super::{
    document::blocks,
    page::{Block, Column, Detail, Kind, Table},
};

const STYLE: &str = include_str!("report.css");

/// The report as a page.
pub fn html(report: &Report) -> String {
    let blocks = blocks(report, Detail::Full);
    let mut body = String::new();
    for (place, one) in blocks.iter().enumerate() {
        match one {
            Block::Heading(level, text) => heading(&mut body, (place, *level), text),
            Block::Break => body.push_str("<div class=\"sheet\"></div>\n"),
            other => body.push_str(&block(other)),
        }
        if place == 1 {
            body.push_str(&contents(&blocks));
        }
    }
    whole(&format!("{}: report", report.title), STYLE, &body)
}

fn heading(to: &mut String, (place, level): (usize, usize), text: &str) {
    let _ = writeln!(to, "<h{level} id=\"part-{place}\">{}</h{level}>", escaped(text));
}

/// Links to the parts; sheets are many and each begins a page.
fn contents(blocks: &[Block]) -> String {
    let link = |(place, block): (usize, &Block)| match block {
        Block::Heading(2, text) => Some(format!("<li><a href=\"#part-{place}\">{}</a></li>\n", escaped(text))),
        _ => None,
    };
    let links: String = blocks.iter().enumerate().filter_map(link).collect();
    format!("<nav aria-label=\"Contents\">\n<ul>\n{links}</ul>\n</nav>\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Words(text) => format!("<p>{}</p>\n", escaped(text)),
        Block::List { numbered, items } => list(*numbered, items),
        Block::Table(table) => self::table(table),
        Block::Plot(svg) => format!("<figure>\n{svg}</figure>\n"),
        Block::Heading(..) | Block::Break => String::new(),
    }
}

fn list(numbered: bool, items: &[Vec<String>]) -> String {
    let tag = if numbered { "ol" } else { "ul" };
    let line = |(place, text): (usize, &String)| match place {
        0 => format!("<strong>{}</strong>", escaped(text)),
        _ => format!("<br/>{}", escaped(text)),
    };
    let item = |lines: &Vec<String>| {
        let lines: String = lines.iter().enumerate().map(line).collect();
        format!("<li>{lines}</li>\n")
    };
    format!("<{tag}>\n{}</{tag}>\n", items.iter().map(item).collect::<String>())
}

fn table(table: &Table) -> String {
    let class = |column: &Column| if column.kind == Kind::Number { " class=\"number\"" } else { "" };
    let head = |column: &Column| format!("<th scope=\"col\"{}>{}</th>", class(column), escaped(column.name));
    let heads: String = table.columns.iter().map(head).collect();
    let cell = |(place, (text, column)): (usize, (&String, &Column))| match place {
        0 => format!("<th scope=\"row\">{}</th>", escaped(text)),
        _ => format!("<td{}>{}</td>", class(column), escaped(text)),
    };
    let row = |row: &Vec<String>| match row.as_slice() {
        [only] if table.columns.len() > 1 => {
            let across = table.columns.len();
            format!("<tr><th scope=\"rowgroup\" class=\"group\" colspan=\"{across}\">{}</th></tr>\n", escaped(only))
        }
        row => {
            let cells: String = row.iter().zip(&table.columns).enumerate().map(cell).collect();
            format!("<tr>{cells}</tr>\n")
        }
    };
    let rows: String = table.rows.iter().map(row).collect();
    let caption = escaped(&table.caption);
    format!(
        "<div class=\"wide\"><table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}
