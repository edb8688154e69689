//! The lesson's Markdown to blocks, and blocks to rows, measured apart; every resize costs the second.
//!
//! The floor of reading is the parser underneath, of laying out the wrapping of the same words as one paragraph.

use divan::{Bencher, black_box};
use respline::document::{Document, Glyphs, layout};

const LESSON: &str = include_str!("../lessons/8.1-shared-responsibility.md");

const WIDTHS: [u16; 3] = [40, 80, 200];

fn main() {
    divan::main();
}

#[divan::bench]
fn parse() -> usize {
    Document::parse(black_box(LESSON)).0.blocks.len()
}

#[divan::bench]
fn parse_floor() -> usize {
    pulldown_cmark::Parser::new_ext(black_box(LESSON), pulldown_cmark::Options::all()).count()
}

#[divan::bench(args = WIDTHS)]
fn rows(bencher: Bencher<'_, '_>, width: u16) {
    let (document, _) = Document::parse(LESSON);
    bencher.bench_local(|| layout(black_box(&document), width, Glyphs::Unicode, &|_, _| Vec::new()));
}

#[divan::bench(args = WIDTHS)]
fn rows_floor(width: u16) -> usize {
    textwrap::wrap(black_box(LESSON), usize::from(width)).len()
}
