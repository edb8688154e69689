//! Texts in words: a page as a whole, a lesson by sections.

use crate::{
    app::{Page, PageKind, State, pages::moving_in_words},
    course::Scenario,
    document::{Content, Document, plain},
};

/// The whole page.
pub(super) fn whole(state: &State, page: &Page) -> String {
    if let PageKind::Moving { ladder, at, .. } = &page.kind {
        let picture =
            |_: &str| state.cx.moving(ladder).map_or_else(String::new, |moving| moving_in_words(&moving, *at));
        return format!("{}\n\n", plain(&page.document, &picture).trim_end());
    }
    tell(state, &page.document)
}

pub(super) fn tell(state: &State, document: &Document) -> String {
    let line = |id: &str| state.cx.scenarios.get(id).map_or_else(String::new, |scenario| key(scenario));
    format!("{}\n\n", plain(document, &line).trim_end())
}

/// A scenario's line in words: each layer and its side.
fn key(scenario: &Scenario) -> String {
    let row = |layer: &crate::course::Layer| format!("{}: {}", layer.label, layer.owner.word());
    let rows: Vec<String> = scenario.layers.iter().map(row).collect();
    format!("The line of \"{}\", top to bottom.\n{}", scenario.title, rows.join("\n"))
}

/// The first block after the section that begins at `block`.
fn end_of_section(page: &Page, block: usize) -> usize {
    let blocks = page.document.blocks.iter().enumerate().skip(block + 1);
    let heading = |content: &Content| matches!(content, Content::Heading { .. });
    blocks.into_iter().find(|(_, block)| heading(&block.content)).map_or(page.document.blocks.len(), |(place, _)| place)
}

/// The section is the last one.
pub(super) fn is_last(page: &Page, block: usize) -> bool {
    end_of_section(page, block) >= page.document.blocks.len()
}

/// The section that begins at `block`.
pub(super) fn section(state: &State, page: &Page, block: usize) -> String {
    let blocks = page.document.blocks.get(block..end_of_section(page, block)).unwrap_or_default();
    tell(state, &Document { blocks: blocks.to_vec() })
}

/// Points reached and there were, of the work a page looks back on.
pub(super) fn score(state: &State, page: &Page) -> (u32, u32) {
    let progress = &state.cx.progress;
    match page.kind {
        PageKind::Debrief(id) => progress.attempt(id).map_or((0, 0), |log| (log.points, log.out_of)),
        PageKind::Result(id) => {
            let result = progress.sitting(id).and_then(|sat| sat.result);
            result.map_or((0, 0), |(points, out_of, _)| (points, out_of))
        }
        _ => (0, 0),
    }
}
