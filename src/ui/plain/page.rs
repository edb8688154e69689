//! Texts in words: a page as a whole, a lesson by sections.

use crate::{
    app::{
        Page, PageKind, State,
        pages::{Sections, moving_in_words},
        plot::Plot,
    },
    course::{Scenario, percent},
    document::{Content, Document, plain},
};

/// The whole page.
pub(super) fn whole(state: &State, page: &Page) -> String {
    match &page.kind {
        PageKind::Progress(sections) => tell_plotted(page, sections),
        PageKind::Moving { ladder, at, .. } => {
            let line = state.cx.moving(ladder).map_or_else(String::new, |moving| moving_in_words(&moving, *at));
            format!("{}\n\n", plain(&page.document, &|_| line.clone()).trim_end())
        }
        _ => tell(state, &page.document),
    }
}

fn tell_plotted(page: &Page, sections: &Sections) -> String {
    let plot = |id: &str| sections.named(id).map_or_else(String::new, Plot::words);
    format!("{}\n\n", plain(&page.document, &plot).trim_end())
}

pub(super) fn tell(state: &State, document: &Document) -> String {
    let line = |id: &str| match state.cx.sealed(id) {
        Some(seal) => seal.words(),
        None => state.cx.scenarios.get(id).map_or_else(String::new, |scenario| key(scenario)),
    };
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

/// How a page that looks back on work closes: its score, where that may be told.
pub(super) fn score_line(state: &State, page: &Page) -> String {
    if matches!(page.kind, PageKind::Result(sitting) if state.cx.withheld(sitting)) {
        return String::new();
    }
    let (points, out_of) = score(state, page);
    format!("score: {points}/{out_of} ({}%)\n", percent(points, out_of))
}

/// Points reached and there were, of the work a page looks back on.
fn score(state: &State, page: &Page) -> (u32, u32) {
    let progress = &state.cx.progress;
    match page.kind {
        PageKind::Debrief(id) => progress.attempt(id).map_or((0, 0), |log| (log.points, log.out_of)),
        PageKind::Result(id) if state.cx.duty_of(id).is_some() => {
            let tries = state.cx.duty_of(id).map(|duty| duty.standing(&state.cx).tries);
            let one = tries.into_iter().flatten().find(|one| one.sitting == id);
            one.map_or((0, 0), |one| (one.points, one.out_of))
        }
        PageKind::Result(id) => {
            let result = progress.sitting(id).and_then(|sat| sat.result);
            result.map_or((0, 0), |(points, out_of, _)| (points, out_of))
        }
        PageKind::Round(id) => {
            let attempts = progress.round(id).map_or(&[][..], |round| &round.attempts);
            let logs = attempts.iter().filter_map(|id| progress.attempt(*id));
            logs.fold((0, 0), |(points, out_of), log| (points + log.points, out_of + log.out_of))
        }
        _ => (0, 0),
    }
}
